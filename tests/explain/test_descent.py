"""Slices of the loss: recomputed by hand, and the landing point is where a step of the trainer really ends."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ann_viz.engine import LayerConfig, Network, NetworkConfig, TrainConfig, Trainer
from ann_viz.explain.descent import across_of, is_plain_descent, judged_rows, landing, measure_plane, measure_slope

TASKS = {"binary": 1, "multiclass": 3, "regression": 2}


def problem(task: str, n: int = 40) -> tuple[Network, np.ndarray, np.ndarray]:
    """Return a small network in float64 and rows for it."""
    rng = np.random.default_rng(5)
    n_out = TASKS[task]
    config = NetworkConfig(
        n_inputs=2,
        n_outputs=n_out,
        hidden=(LayerConfig(neurons=3, activation="tanh"),),
        task=task,
        dtype="float64",
        seed=1,
    )
    X = rng.normal(size=(n, 2))
    Y = rng.normal(size=(n, n_out))
    if task == "binary":
        Y = (X[:, :1] * X[:, 1:] > 0).astype(float)
    elif task == "multiclass":
        Y = np.eye(n_out)[rng.integers(0, n_out, n)]
    return Network(config), X, Y


def loss_by_hand(network: Network, params: np.ndarray, X: np.ndarray, Y: np.ndarray) -> float:
    """Return the mean loss from the network's answers alone."""
    P = Network.network_from(network.config, params).predict(X)
    if network.config.task == "binary":
        return float(-np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P)))
    if network.config.task == "multiclass":
        return float(-np.mean(np.sum(Y * np.log(P), axis=1)))
    return float(np.mean((P - Y) ** 2))


@pytest.mark.parametrize("task", TASKS)
def test_the_slope_is_what_hand_work_gives(task: str) -> None:
    """Gradient by differences; every loss by the definition, at weights moved by hand."""
    network, X, Y = problem(task)
    slope = measure_slope(network, X, Y)
    w, step = network.params, 1e-6
    for place in range(w.size):
        up, down = w.copy(), w.copy()
        up[place] += step
        down[place] -= step
        rise = (loss_by_hand(network, up, X, Y) - loss_by_hand(network, down, X, Y)) / (2 * step)
        assert slope.gradient[place] == pytest.approx(rise, abs=1e-6)
    for rate, loss in zip(slope.rates[::10], slope.losses[::10], strict=True):
        assert loss == pytest.approx(loss_by_hand(network, w - rate * slope.gradient, X, Y), rel=1e-9)


@pytest.mark.parametrize("task", TASKS)
def test_the_slice_goes_down_and_comes_up_again(task: str) -> None:
    """It begins at the present loss, falls at first, and ends above the start: too large a step can be seen."""
    network, X, Y = problem(task)
    slope = measure_slope(network, X, Y)
    assert slope.rates[0] == 0
    assert slope.loss == pytest.approx(loss_by_hand(network, network.params, X, Y))
    assert slope.losses[1] < slope.loss < slope.losses[-1]
    assert 0 < slope.lowest < slope.rates[-1]


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("rate", [0.01, 0.5, 3.0])
def test_it_lands_where_the_trainer_ends(task: str, rate: float) -> None:
    """Plain gradient descent on all rows with that learning rate gives exactly the loss that was foretold."""
    network, X, Y = problem(task)
    foretold = landing(network, X, Y, measure_slope(network, X, Y), rate)
    trainer = Trainer(network, X, Y, config=TrainConfig(optimizer="sgd", learning_rate=rate, batch_size=0))
    next(trainer)
    assert loss_by_hand(network, network.params, X, Y) == pytest.approx(foretold, rel=1e-9)


def test_the_plane_holds_the_slope() -> None:
    """Its middle row is the slice itself, and the direction across is as long and at a right angle."""
    network, X, Y = problem("binary")
    slope = measure_slope(network, X, Y)
    plane = measure_plane(network, X, Y, slope, seed=3)
    middle = len(plane.across) // 2
    assert plane.across[middle] == pytest.approx(0, abs=1e-12)
    for j in (0, 8, 24):
        expected = loss_by_hand(network, network.params - plane.down[j] * slope.gradient, X, Y)
        assert plane.losses[middle, j] == pytest.approx(expected, rel=1e-9)
    other = across_of(slope.gradient, 3)
    assert other @ slope.gradient == pytest.approx(0, abs=1e-12)
    assert np.linalg.norm(other) == pytest.approx(np.linalg.norm(slope.gradient))
    corner = network.params - plane.down[-1] * slope.gradient - plane.across[-1] * other
    assert plane.losses[-1, -1] == pytest.approx(loss_by_hand(network, corner, X, Y), rel=1e-9)


def test_flat_ground_is_survived() -> None:
    """Without any slope every loss is the same, and nothing overflows."""
    network, X, Y = problem("regression")
    network.params[:] = 0
    Y[:] = 0
    slope = measure_slope(network, X, Y)
    plane = measure_plane(network, X, Y, slope, seed=1)
    assert np.all(slope.losses == 0)
    assert np.all(plane.losses == 0)


def test_huge_weights_give_infinite_losses_not_errors() -> None:
    """Beyond the range of float32 the ground is infinitely high."""
    network, X, Y = problem("regression")
    network.params[:] = 1e200
    assert math.isinf(measure_slope(network, X, Y).losses[-1])


def test_a_cancelled_measurement_ends_at_once() -> None:
    """What was not measured is infinite."""
    network, X, Y = problem("binary")
    assert np.isinf(measure_slope(network, X, Y, cancelled=lambda: True).losses).all()


def test_many_rows_are_thinned_evenly() -> None:
    """The first and the last row are among the thousand, each at most once."""
    rows = judged_rows(5001)
    assert len(rows) == len(np.unique(rows)) == 1000
    assert (rows[0], rows[-1]) == (0, 5000)
    assert len(judged_rows(12)) == 12


@pytest.mark.parametrize(
    ("changes", "n_train", "plain"),
    [({}, 400, True), ({"batch_size": 400}, 400, True), ({"batch_size": 32}, 400, False), ({"l2": 0.1}, 400, False),
     ({"optimizer": "adam"}, 400, False), ({"schedule": "cosine"}, 400, False), ({}, 5000, False)],
)  # fmt: skip
def test_only_plain_descent_on_all_rows_ends_where_the_slope_says(
    changes: dict[str, object], n_train: int, plain: bool
) -> None:
    """Another optimiser, batches, penalties or rows that were left out lead elsewhere."""
    config = TrainConfig(**{"optimizer": "sgd", "batch_size": 0, **changes})
    assert is_plain_descent(config, n_train) is plain
