"""Backpropagation against central differences and against an example worked by hand."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from ann_viz.engine import ACTIVATIONS, LOSSES, LayerConfig, Network, NetworkConfig, Task, TrainConfig, Trainer
from ann_viz.engine.arrays import Array

TASKS: dict[str, Task] = {loss.name: loss.task for loss in LOSSES.values()}
CASES = [
    *((name, loss, depth) for name, loss, depth in itertools.product(ACTIVATIONS, TASKS, (1, 3))),
    *(("linear", loss, 0) for loss in TASKS),
]


def problem(loss: str, activation: str, depth: int, task: Task, seed: int = 1) -> tuple[Network, Array, Array]:
    """Return a float64 network and seven rows that keep away from the kinks of ReLU, MAE and Huber."""
    rng = np.random.default_rng(seed)
    n_outputs = 1 if task == "binary" else 3
    hidden = tuple(LayerConfig(neurons=n, activation=activation) for n in (5, 4, 6)[:depth])
    config = NetworkConfig(
        n_inputs=4,
        n_outputs=n_outputs,
        hidden=hidden,
        task=task,
        loss=loss if task == "regression" else None,
        dtype="float64",
    )
    network = Network(config)
    network.params += rng.normal(0, 0.3, network.params.size)
    X = rng.standard_normal((7, 4))
    if task == "binary":
        Y = rng.integers(0, 2, (7, 1)).astype(float)
    elif task == "multiclass":
        Y = np.eye(3)[rng.integers(0, 3, 7)]
    else:
        Y = network.predict(X) + rng.choice([-1.6, -0.5, 0.5, 1.6], (7, 3))
    return network, X, Y


def nearest_kink(network: Network, X: Array) -> float:
    """Return how close any weighted sum of a hidden layer comes to 0."""
    return min((float(np.abs(Z).min()) for Z in network.activations(X).Z[:-1]), default=math.inf)


def objective(network: Network, X: Array, Y: Array, l1: float, l2: float) -> float:
    """Return the batch's mean loss plus the penalties, straight from their definitions."""
    Z = network.activations(X).Z[-1]
    loss = LOSSES[network.config.loss_name].total(Z.T, Y.T) / len(X)
    return loss + sum(l1 * np.abs(W).sum() + 0.5 * l2 * (W**2).sum() for W in network.W)


@pytest.mark.parametrize("penalty", [(0.0, 0.0), (0.03, 0.2)])
@pytest.mark.parametrize(("activation", "loss", "depth"), CASES)
def test_gradient_equals_central_differences(
    activation: str, loss: str, depth: int, penalty: tuple[float, float]
) -> None:
    """The gradient of a step agrees with (L(p + h) − L(p − h)) / 2h to a relative error of 1e-6."""
    l1, l2 = penalty
    network, X, Y = next(
        made
        for made in (problem(loss, activation, depth, TASKS[loss], seed) for seed in itertools.count(1))
        if nearest_kink(made[0], X=made[1]) > 1e-3 and min(np.abs(W).min() for W in made[0].W) > 1e-3
    )
    h, expected = 1e-5, np.empty_like(network.params)
    for index in range(network.params.size):
        value = network.params[index]
        network.params[index] = value + h
        above = objective(network, X, Y, l1, l2)
        network.params[index] = value - h
        expected[index] = (above - objective(network, X, Y, l1, l2)) / (2 * h)
        network.params[index] = value
    trainer = Trainer(network, X, Y, config=TrainConfig(optimizer="sgd", batch_size=0, l1=l1, l2=l2))
    next(trainer)
    assert np.linalg.norm(trainer.gradients - expected) <= 1e-6 * np.linalg.norm(expected)
    np.testing.assert_allclose(trainer.gradients, expected, rtol=1e-5, atol=1e-7)


def test_step_worked_by_hand() -> None:
    """One step of a 2-2-1 sigmoid network on one row equals the arithmetic in the comments."""
    hidden = (LayerConfig(neurons=2, activation="relu"),)
    network = Network(NetworkConfig(n_inputs=2, n_outputs=1, hidden=hidden, dtype="float64"))
    # W0 = [[1, −1], [2, 1]], b0 = [0, 1], W1 = [[1], [3]], b1 = [−4]
    network.params[:] = [1, -1, 2, 1, 0, 1, 1, 3, -4]
    X, Y = np.array([[2.0, 1.0]]), np.array([[1.0]])
    trainer = Trainer(network, X, Y, config=TrainConfig(optimizer="sgd", learning_rate=1, batch_size=1, epochs=0))
    # Z0 = [2·1 + 1·2 + 0, 2·(−1) + 1·1 + 1] = [4, 0] → A1 = [4, 0]
    # Z1 = 4·1 + 0·3 − 4 = 0 → σ(0) = 1/2; loss = −log(1/2) = log 2
    assert trainer.history.view().train_loss[0] == pytest.approx(math.log(2))
    next(trainer)
    # dZ1 = 1/2 − 1 = −1/2 ; dW1 = A1·dZ1 = [−2, 0] ; db1 = −1/2
    # dA1 = W1·dZ1 = [−1/2, −3/2] ; relu′(4) = 1, relu′(0) = 0 → dZ0 = [−1/2, 0]
    # dW0 = X·dZ0 = [[2·(−1/2), 0], [1·(−1/2), 0]] = [[−1, 0], [−1/2, 0]] ; db0 = [−1/2, 0]
    expected = [-1, 0, -0.5, 0, -0.5, 0, -2, 0, -0.5]
    np.testing.assert_allclose(trainer.gradients, expected, atol=1e-15)
    # With a learning rate of 1 every parameter moves by minus its gradient.
    np.testing.assert_allclose(network.params, [2, -1, 2.5, 1, 0.5, 1, 3, 3, -3.5], atol=1e-15)


def test_balanced_weights_scale_rows() -> None:
    """With 3 rows of "no" and 1 of "yes", rows weigh 4/(2·3) and 4/(2·1)."""
    network = Network(NetworkConfig(n_inputs=1, n_outputs=1, hidden=(), dtype="float64"))
    network.params[:] = 0
    X, Y = np.array([[1.0], [1.0], [1.0], [1.0]]), np.array([[0.0], [0.0], [0.0], [1.0]])
    settings = TrainConfig(optimizer="sgd", batch_size=0, class_weights="balanced")
    trainer = Trainer(network, X, Y, config=settings)
    next(trainer)
    # σ(0) = 1/2, so the error of each row is +1/2 or −1/2: (3·(2/3)·½ − 2·½)/4 = 0
    np.testing.assert_allclose(trainer.gradients, 0, atol=1e-16)
    trainer = Trainer(network, X, Y, config=TrainConfig(optimizer="sgd", batch_size=0))
    next(trainer)
    # Without weights: (3·½ − ½)/4 = 1/4
    np.testing.assert_allclose(trainer.gradients, 0.25)


def test_balanced_weights_of_classes_and_values() -> None:
    """One-hot classes are weighed too; regression ignores the setting."""
    for task, Y, n_outputs in (("multiclass", np.eye(3)[[0, 0, 1, 2]], 3), ("regression", np.ones((4, 1)), 1)):
        network = Network(NetworkConfig(n_inputs=2, n_outputs=n_outputs, hidden=(), task=task, dtype="float64"))
        X = np.random.default_rng(0).standard_normal((4, 2))
        steps = []
        for class_weights in (None, "balanced"):
            copy = Network.network_from(network.config, network.params)
            trainer = Trainer(copy, X, Y, config=TrainConfig(batch_size=0, class_weights=class_weights))
            next(trainer)
            steps.append(trainer.gradients.copy())
        assert np.array_equal(*steps) == (task == "regression")


def test_dropout_keeps_the_expected_share() -> None:
    """About the asked share of hidden activations is off, the rest is scaled up, and the gradient follows the mask."""
    hidden = (LayerConfig(neurons=2000, activation="linear", initializer="constant"),)
    config = NetworkConfig(n_inputs=1, n_outputs=1, hidden=hidden, task="regression", dtype="float64")
    network = Network(config)
    X, Y = np.ones((1, 1)), np.zeros((1, 1))
    trainer = Trainer(network, X, Y, config=TrainConfig(optimizer="sgd", dropout=0.25, batch_size=1))
    next(trainer)
    dW0, dW1 = trainer.snapshot().dW
    off = dW1[:, 0] == 0
    assert 0.2 < off.mean() < 0.3
    assert np.array_equal(dW0[0] == 0, off)
    # dW1 = A/(1 − p)·dZ with A = 0.1, and dZ = 2·(output − 0)
    scaled = dW1[~off, 0]
    np.testing.assert_allclose(scaled, scaled[0])
    assert trainer.snapshot().db[1][0] * 0.1 / 0.75 == pytest.approx(scaled[0])


def test_evaluation_ignores_dropout() -> None:
    """The losses in the history are those of the whole network."""
    network, X, Y = problem("mse", "tanh", 1, "regression")
    trainer = Trainer(network, X, Y, config=TrainConfig(dropout=0.9, batch_size=0))
    next(trainer)
    expected = ((network.predict(X) - Y) ** 2).mean()
    assert trainer.history.view().last("train_loss") == pytest.approx(expected)
