"""Optimisers against PyTorch, and what surrounds the gradient: penalties, clipping, schedules."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from ann_viz.engine import OPTIMIZERS, LayerConfig, Network, NetworkConfig, TrainConfig, Trainer
from ann_viz.engine.learning_rate import LearningRate, Plateaus
from ann_viz.engine.optimizers import Optimizer

TORCH = Path(__file__).with_name("torch_trajectories.npz")


def small_trainer(n_rows: int = 40, **settings: object) -> Trainer:
    """Return a trainer on a small random classification in float64."""
    rng = np.random.default_rng(5)
    X, Y = rng.standard_normal((n_rows, 3)), np.eye(2)[rng.integers(0, 2, n_rows)]
    config = NetworkConfig(
        n_inputs=3, n_outputs=2, hidden=(LayerConfig(neurons=4, activation="tanh"),), task="multiclass", dtype="float64"
    )
    return Trainer(Network(config), X, Y, config=TrainConfig(**{"batch_size": 0, **settings}))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_200_steps_equal_pytorch(name: str) -> None:
    """Every optimiser takes the same 200 steps as PyTorch's, to 1e-9, in float64."""
    with np.load(TORCH) as stored:
        X, labels, start, points = stored["X"], stored["labels"], stored["start"], stored[name]
    hidden = (LayerConfig(neurons=7, activation="tanh"),)
    config = NetworkConfig(n_inputs=5, n_outputs=3, hidden=hidden, task="multiclass", dtype="float64")
    network = Network.network_from(config, start)
    settings = TrainConfig(
        optimizer=name, learning_rate=0.01, batch_size=0, epochs=0, l2=0.05 if name == "adamw" else 0
    )
    trainer = Trainer(network, X, np.eye(3)[labels], config=settings)
    for step in range(1, 201):
        next(trainer)
        if step % 20 == 0:
            np.testing.assert_allclose(network.params, points[step // 20 - 1], rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_blocks_change_nothing(name: str) -> None:
    """A vector longer than one block moves as its parts would on their own."""
    rng = np.random.default_rng(0)
    start, gradient = rng.standard_normal(140_000), rng.standard_normal(140_000)
    whole, head, tail = start.copy(), start[:100].copy(), start[-100:].copy()
    for params, g in ((whole, gradient), (head, gradient[:100]), (tail, gradient[-100:])):
        optimizer = Optimizer(name, params, g.copy())
        optimizer.set_rate(0.1, 0.9)
        for call in optimizer.calls * 3:
            call()
    np.testing.assert_array_equal(whole[:100], head)
    np.testing.assert_array_equal(whole[-100:], tail)
    assert not np.array_equal(whole, start)


def test_momentum_by_hand() -> None:
    """Two momentum steps with g = 1, η = 0.1, μ = 0.5: m = 1 then 1.5, so p = 0 − 0.1 − 0.15."""
    params = np.zeros(1)
    optimizer = Optimizer("momentum", params, np.ones(1))
    optimizer.set_rate(0.1, 0.5)
    for call in optimizer.calls * 2:
        call()
    assert params[0] == pytest.approx(-0.25)


def test_clipping_shortens_long_gradients_only() -> None:
    """The gradient is scaled to the given length when it is longer, and untouched when it is shorter."""
    free, tight, loose = small_trainer(), small_trainer(clip_norm=0.01), small_trainer(clip_norm=1e6)
    for trainer in (free, tight, loose):
        next(trainer)
    assert np.linalg.norm(tight.gradients) == pytest.approx(0.01)
    np.testing.assert_allclose(tight.gradients / 0.01, free.gradients / np.linalg.norm(free.gradients))
    np.testing.assert_array_equal(loose.gradients, free.gradients)


def test_penalties_spare_the_biases() -> None:
    """L1 and L2 add λ₁·sign(w) + λ₂·w to the gradient of weights and nothing to that of biases."""
    plain, penalised = small_trainer(), small_trainer(l1=0.1, l2=0.01)
    W = [W.copy() for W in plain.network.W]
    for trainer in (plain, penalised):
        next(trainer)
    for layer, (W_before, dW, dW_plain) in enumerate(zip(W, penalised.snapshot().dW, plain.snapshot().dW, strict=True)):
        np.testing.assert_allclose(dW, dW_plain + 0.1 * np.sign(W_before) + 0.01 * W_before, atol=1e-12)
        np.testing.assert_allclose(penalised.snapshot().db[layer], plain.snapshot().db[layer], atol=1e-12)


def test_schedules() -> None:
    """Each schedule gives the rate its formula says."""
    rate = LearningRate()
    assert rate.after(TrainConfig(learning_rate=0.1), 77) == 0.1
    step = TrainConfig(learning_rate=0.1, schedule="step", schedule_epochs=10, schedule_factor=0.5)
    assert [rate.after(step, epoch) for epoch in (0, 9, 10, 20)] == [0.1, 0.1, 0.05, 0.025]
    cosine = TrainConfig(learning_rate=0.1, schedule="cosine", epochs=100)
    assert rate.after(cosine, 50) == pytest.approx(0.05)
    assert rate.after(cosine, 100) == pytest.approx(0)
    assert rate.after(TrainConfig(learning_rate=0.1, schedule="cosine", epochs=0), 5) == 0.1
    plateau = TrainConfig(learning_rate=0.1, schedule="plateau", schedule_factor=0.1)
    rate.plateaus = Plateaus(2)
    assert rate.after(plateau, 3) == pytest.approx(0.001)


def test_plateau_drops_after_stale_epochs() -> None:
    """The rate drops once `schedule_epochs` epochs brought nothing better, and again after as many more."""
    config, rate = TrainConfig(schedule="plateau", schedule_epochs=2), LearningRate()
    drops = []
    for loss in (1.0, 0.9, 0.9, 0.95, 0.91, 0.92, 0.8, math.inf):
        rate.note(config, loss)
        drops.append(rate.plateaus.n)
    assert drops == [0, 0, 0, 1, 1, 2, 2, 2]


def test_schedule_reaches_the_step() -> None:
    """The rate of a schedule is the one used, shown and written to the history."""
    trainer = small_trainer(optimizer="sgd", learning_rate=1, schedule="step", schedule_epochs=1, schedule_factor=0.5)
    for rate in (1, 0.5, 0.25):
        assert trainer.learning_rate == rate
        before = trainer.network.params.copy()
        next(trainer)
        np.testing.assert_allclose(trainer.network.params, before - rate * trainer.gradients, atol=1e-15)
    assert trainer.history.view().learning_rate.tolist() == [1, 1, 0.5, 0.25]
