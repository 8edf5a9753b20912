"""Several networks as one that answers their mean: the very sums, for every task and depth, and nothing too wide."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.engine import OUTPUTS, LayerConfig, Network, NetworkConfig, joined_config, side_by_side
from ann_viz.engine.outputs import output_of
from ann_viz.errors import ConfigError

ROWS = np.random.default_rng(8).normal(size=(20, 4)).astype(np.float32)


def networks(task: str, hidden: tuple[LayerConfig, ...], n: int = 3) -> list[Network]:
    n_outputs = 3 if task == "multiclass" else 1
    configs = [NetworkConfig(n_inputs=4, n_outputs=n_outputs, task=task, hidden=hidden, seed=s) for s in range(n)]
    made = [Network(config) for config in configs]
    for network in made:
        for b in network.b:
            b[:] = np.random.default_rng(network.config.seed).normal(size=b.shape)
    return made


@pytest.mark.parametrize("task", OUTPUTS)
@pytest.mark.parametrize("sizes", [(), (5,), (5, 3)])
def test_its_answer_is_the_mean_of_what_their_outputs_add_up(task: str, sizes: tuple[int, ...]) -> None:
    hidden = tuple(LayerConfig(neurons=size, activation="tanh") for size in sizes)
    each = networks(task, hidden)
    one = side_by_side(each)
    Z = np.mean([network.activations(ROWS).Z[-1] for network in each], axis=0)
    np.testing.assert_allclose(one.activations(ROWS).Z[-1], Z, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(one.predict(ROWS), output_of(task, Z), rtol=1e-4, atol=1e-6)
    assert one.config == joined_config(each[0].config, 3)
    assert [layer.neurons for layer in one.config.hidden] == [3 * size for size in sizes]


def test_numbers_are_the_mean_of_their_answers() -> None:
    each = networks("regression", (LayerConfig(neurons=6),), 2)
    expected = np.mean([network.predict(ROWS) for network in each], axis=0)
    np.testing.assert_allclose(side_by_side(each).predict(ROWS), expected, rtol=1e-5, atol=1e-6)


def test_they_stay_apart_and_as_they_were() -> None:
    """No line joins two of them, and they share no memory with the one that is made of them."""
    each = networks("binary", (LayerConfig(neurons=4), LayerConfig(neurons=2)), 2)
    one = side_by_side(each)
    np.testing.assert_array_equal(one.W[1][:4, :2], each[0].W[1])
    assert not one.W[1][:4, 2:].any() and not one.W[1][4:, :2].any()
    before = each[0].params.copy()
    one.params[:] = 0
    np.testing.assert_array_equal(each[0].params, before)


def test_layers_that_would_be_too_wide_are_refused() -> None:
    with pytest.raises(ConfigError, match="between 1 and 4096"):
        side_by_side(networks("binary", (LayerConfig(neurons=2049),), 2))
