"""The network: shapes, starting weights, prediction and change of architecture."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ann_viz.engine import INITIALIZERS, LayerConfig, Network, NetworkConfig

WIDTHS = st.lists(st.integers(1, 6), max_size=4)


def network_of(widths: list[int], n_outputs: int = 2, seed: int = 3) -> Network:
    """Return a classifier of three inputs."""
    hidden = tuple(LayerConfig(neurons=n) for n in widths)
    config = NetworkConfig(n_inputs=3, n_outputs=n_outputs, hidden=hidden, task="multiclass", seed=seed)
    return Network(config)


def test_params_lie_in_documented_order() -> None:
    """The flat vector reads W0, b0, W1, b1, and the layers are views into it."""
    network = network_of([4])
    parts = [network.W[0].ravel(), network.b[0], network.W[1].ravel(), network.b[1]]
    np.testing.assert_array_equal(network.params, np.concatenate(parts))
    network.b[1][0] = 7
    assert network.params[-2] == 7


def test_forward_pass_by_definition() -> None:
    """A[l + 1] = f(A[l] @ W[l] + b[l]), the output sums to 1, and it is what predict returns."""
    network, X = network_of([4, 5]), np.random.default_rng(0).standard_normal((9, 3))
    forward = network.activations(X)
    assert [A.shape[1] for A in forward.A] == [3, 4, 5, 2]
    for layer in range(3):
        np.testing.assert_allclose(forward.Z[layer], forward.A[layer] @ network.W[layer] + network.b[layer], rtol=1e-5)
    np.testing.assert_array_equal(forward.A[1], np.maximum(forward.Z[0], 0))
    np.testing.assert_allclose(forward.A[-1].sum(axis=1), 1, rtol=1e-6)
    np.testing.assert_array_equal(network.predict(X), forward.A[-1])


def test_predict_in_chunks() -> None:
    """More rows than one chunk give the same answers as few, and no rows give none."""
    network, X = network_of([4]), np.random.default_rng(0).standard_normal((9001, 3)).astype(np.float32)
    np.testing.assert_allclose(network.predict(X)[8990:], network.predict(X[8990:]), rtol=1e-6)
    assert network.predict(X[:0]).shape == (0, 2)


def test_extreme_logits_give_sure_answers() -> None:
    """Huge weighted sums answer 0 or 1 without a warning."""
    binary = Network(NetworkConfig(n_inputs=1, n_outputs=1, hidden=()))
    binary.params[:] = [1000, 0]
    np.testing.assert_array_equal(binary.predict(np.array([[-1.0], [1.0]])), [[0], [1]])
    classes = Network(NetworkConfig(n_inputs=1, n_outputs=2, hidden=(), task="multiclass"))
    classes.params[:] = [1000, -1000, 0, 0]
    np.testing.assert_array_equal(classes.predict(np.array([[1.0]])), [[1, 0]])


@pytest.mark.parametrize("name", INITIALIZERS)
def test_initializers_have_the_variance_of_their_rule(name: str) -> None:
    """He 2/n_in, Glorot 2/(n_in + n_out), LeCun 1/n_in; uniform ones stay within √3 standard deviations."""
    W = INITIALIZERS[name](300, 200, np.random.default_rng(0))
    assert W.shape == (300, 200)
    if name in ("zeros", "constant"):
        assert np.unique(W).tolist() == [0.0 if name == "zeros" else 0.1]
        return
    variance = {"he": 2 / 300, "glorot": 2 / 500, "lecun": 1 / 300}[name.split("_", maxsplit=1)[0]]
    assert W.var() == pytest.approx(variance, rel=0.03)
    if name.endswith("uniform"):
        assert np.abs(W).max() <= np.sqrt(3 * variance)


def test_initializer_follows_the_setting() -> None:
    """A layer's own rule and that of the output layer override the one the activation suggests."""
    hidden = (LayerConfig(neurons=2, initializer="constant"),)
    network = Network(NetworkConfig(n_inputs=2, n_outputs=1, hidden=hidden, output_initializer="zeros"))
    assert np.unique(network.W[0]).tolist() == [np.float32(0.1)]
    assert not network.W[1].any()
    assert not network.b[0].any()


def test_a_smaller_start_of_the_output() -> None:
    """The scale of the output layer's starting weights changes these and no others, and draws the same numbers."""
    config = NetworkConfig(n_inputs=3, n_outputs=2, task="multiclass")
    plain, small = Network(config), Network(replace(config, output_scale=0.1))
    np.testing.assert_array_equal(small.W[-1], plain.W[-1] * np.float32(0.1))
    for mine, its in zip(small.W[:-1], plain.W[:-1], strict=True):
        np.testing.assert_array_equal(mine, its)


def test_same_seed_same_weights() -> None:
    """The seed alone decides the starting weights; a generator overrides it."""
    np.testing.assert_array_equal(network_of([4], seed=8).params, network_of([4], seed=8).params)
    assert not np.array_equal(network_of([4], seed=8).params, network_of([4], seed=9).params)
    drawn = Network(network_of([4]).config, np.random.default_rng(9))
    np.testing.assert_array_equal(drawn.params, network_of([4], seed=9).params)


@given(old=WIDTHS, new=WIDTHS)
@settings(max_examples=60, deadline=None)
def test_resized_keeps_what_has_both_ends(old: list[int], new: list[int]) -> None:
    """Weights whose two neurons exist before and after are kept, all others are those of a fresh network."""
    before, fresh = network_of(old), network_of(new, seed=4)
    after = before.resized(fresh.config)
    common = min(len(old), len(new))
    for layer, W in enumerate(after.W):
        expected, b = fresh.W[layer].copy(), fresh.b[layer].copy()
        is_output = layer == len(new)
        source = len(old) if is_output else layer
        if (is_output and len(old) == len(new)) or (not is_output and layer < common):
            rows, columns = (min(pair) for pair in zip(W.shape, before.W[source].shape, strict=True))
            expected[:rows, :columns] = before.W[source][:rows, :columns]
        if is_output or layer < common:
            n = min(len(b), len(before.b[source]))
            b[:n] = before.b[source][:n]
        np.testing.assert_array_equal(W, expected)
        np.testing.assert_array_equal(after.b[layer], b)
    if old == new:
        np.testing.assert_array_equal(after.params, before.params)


@given(widths=WIDTHS, seed=st.integers(0, 2**31 - 1))
@settings(max_examples=30, deadline=None)
def test_config_survives_json(widths: list[int], seed: int) -> None:
    """A network's settings come back from JSON values unchanged, and the parameters fit them."""
    network = network_of(widths, seed=seed)
    config = NetworkConfig.from_json(network.config.to_json())
    assert config == network.config
    np.testing.assert_array_equal(Network.network_from(config, network.params).params, network.params)
