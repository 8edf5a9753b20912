"""One row's numbers: against finite differences, and against the engine's own gradient."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ann_viz.engine import ACTIVATIONS, LOSSES, Network
from ann_viz.explain import follow

CASES = [(loss.task, loss.name) for loss in LOSSES.values()]


@pytest.mark.parametrize(("task", "loss"), CASES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gradients_are_slopes_of_the_loss(make: Any, task: str, loss: str, activation: str) -> None:
    """Every ∂L/∂w and ∂L/∂b is what the loss does when that one number is moved."""
    network, row = make(task, loss, activation)
    flat = np.concatenate([np.append(dW.ravel(), db) for dW, db in zip(row.dW, row.db, strict=True)])
    x, y, h = row.A[0], row.y, 1e-6
    for i in range(network.params.size):
        losses = []
        for sign in (1, -1):
            moved = Network.network_from(network.config, network.params)
            moved.params[i] += sign * h
            losses.append(follow(moved, x, y).loss)
        assert flat[i] == pytest.approx((losses[0] - losses[1]) / (2 * h), abs=2e-6)


@pytest.mark.parametrize(("task", "loss"), CASES)
def test_the_error_goes_back_through_the_weights(make: Any, task: str, loss: str) -> None:
    """δ of a hidden layer is f′(z)·Wδ of the next, and ∂L/∂W the product of what goes in and δ."""
    network, row = make(task, loss)
    for layer, W in enumerate(network.W):
        assert np.allclose(row.dW[layer], np.outer(row.A[layer], row.delta[layer]))
        if layer:
            slope = 1 - row.A[layer] ** 2  # of tanh
            assert np.allclose(row.delta[layer - 1], slope * (W @ row.delta[layer]))


def test_following_a_row_leaves_the_network_alone(make: Any) -> None:
    """Explaining reads weights and never writes them."""
    network, row = make("binary", None)
    before = network.params.copy()
    follow(network, row.A[0], row.y)
    assert np.array_equal(before, network.params)


@pytest.mark.parametrize(("task", "loss"), CASES)
def test_dropout_and_the_weight_of_a_class_are_in_loss_and_gradients(make: Any, task: str, loss: str) -> None:
    """What dropout switches off passes nothing on and gets no blame; loss and δ count as often as the class does."""
    network, row = make(task, loss)
    x, y, h = row.A[0], row.y, 1e-6
    settings: Any = {"weight": 2.5, "masks": (np.array([2.0, 0, 2, 2]), np.array([0, 2.0, 2]))}
    masked = follow(network, x, y, **settings)
    assert masked.A[1][1] == masked.A[2][0] == masked.delta[0][1] == masked.delta[1][0] == 0
    assert masked.masks is settings["masks"]
    assert masked.weight == 2.5
    assert masked.loss != pytest.approx(row.loss)
    assert follow(network, x, y, weight=2.5).loss == pytest.approx(2.5 * row.loss)
    flat = np.concatenate([np.append(dW.ravel(), db) for dW, db in zip(masked.dW, masked.db, strict=True)])
    for i in range(network.params.size):
        losses = []
        for sign in (1, -1):
            moved = Network.network_from(network.config, network.params)
            moved.params[i] += sign * h
            losses.append(follow(moved, x, y, **settings).loss)
        assert flat[i] == pytest.approx((losses[0] - losses[1]) / (2 * h), abs=5e-6)
