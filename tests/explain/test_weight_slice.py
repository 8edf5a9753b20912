"""The loss over one weight: every point is what the network's loss is with that weight, and the slope its gradient."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest

from ann_viz.engine import ACTIVATIONS, LOSSES, LayerConfig, Network, NetworkConfig
from ann_viz.explain import follow
from ann_viz.explain.weight_slice import LEAST_ROWS, MOST_ROWS, most_rows, slice_of

CASES = [(loss.task, loss.name, activation) for loss in LOSSES.values() for activation in ACTIVATIONS]
PLACES = [(0, 1, 2), (1, 3, 0), (2, 1, 0)]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("task", "loss", "activation"), CASES)
def test_the_curve_is_the_loss_and_its_slope_the_gradient(
    make: Any, task: str, loss: str, activation: str, place: tuple[int, int, int]
) -> None:
    """The mean over three rows, each sent through a network with that weight; the slope is the mean of ∂L/∂w."""
    network, row = make(task, loss, activation)
    X = np.stack([row.A[0], -row.A[0], row.A[0] + 0.3])
    Y = np.stack([row.y] * 3)
    cut = slice_of(network, X, Y, place, 2.0)
    for weight, measured in list(zip(cut.weights, cut.losses, strict=True))[::12]:
        other = Network.network_from(network.config, network.params)
        other.W[place[0]][place[1], place[2]] = weight
        assert measured == pytest.approx(np.mean([follow(other, x, y).loss for x, y in zip(X, Y, strict=True)]))
    rows = [follow(network, x, y) for x, y in zip(X, Y, strict=True)]
    assert cut.loss == pytest.approx(np.mean([each.loss for each in rows]))
    assert cut.slope == pytest.approx(np.mean([each.dW[place[0]][place[1], place[2]] for each in rows]), abs=1e-6)
    assert cut.here == network.W[place[0]][place[1], place[2]] and cut.n_rows == 3
    assert cut.at(cut.weights[7]) == cut.losses[7]


def test_the_network_is_left_alone(make: Any) -> None:
    """Asking what if changes nothing."""
    network, row = make("binary", None)
    before = network.params.copy()
    slice_of(network, row.A[0][None], row.y[None], (0, 0, 0), 5.0)
    assert np.array_equal(before, network.params)


def test_an_overflowing_loss_is_infinite() -> None:
    """Weights so large that numbers overflow make no warning."""
    network = Network(NetworkConfig(n_inputs=1, n_outputs=1, task="regression", dtype="float64"))
    cut = slice_of(network, np.array([[1e200]]), np.array([[0.0]]), (0, 0, 0), 1e200)
    assert np.isinf(cut.losses[0])


@pytest.mark.parametrize(("sizes", "n"), [((12, 6, 6, 1), MOST_ROWS), ((8, *(64,) * 16, 2), LEAST_ROWS)])
def test_behind_much_network_fewer_rows_are_taken(sizes: tuple[int, ...], n: int) -> None:
    """1,000 where that is quick, at least 32 in any case."""
    assert most_rows(sizes, 0) == n if n == MOST_ROWS else n <= most_rows(sizes, 0) < 100


@pytest.mark.parametrize("sizes", [(64, 32, 16, 10), (784, 128, 64, 10), (8, *(64,) * 16, 2)])
def test_a_curve_takes_50_ms_at_most(sizes: tuple[int, ...]) -> None:
    """Of the processor: other programs run beside this one. The best of five."""
    hidden = tuple(LayerConfig(neurons=n) for n in sizes[1:-1])
    network = Network(NetworkConfig(n_inputs=sizes[0], n_outputs=sizes[-1], hidden=hidden, task="multiclass"))
    rng = np.random.default_rng(0)
    n = most_rows(sizes, 0)
    X, Y = rng.normal(size=(n, sizes[0])).astype(np.float32), np.eye(sizes[-1])[rng.integers(sizes[-1], size=n)]
    times = []
    for _ in range(5):
        start = time.thread_time()
        slice_of(network, X, Y, (0, 0, 0), 2.0)
        times.append(time.thread_time() - start)
    assert min(times) <= 0.05
