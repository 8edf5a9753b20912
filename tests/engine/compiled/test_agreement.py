"""Turbo and NumPy learn the same: first gradients to 1e-6, parameters after 100 steps to 1e-4, whatever is set."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ann_viz.engine import ACTIVATIONS, LOSSES, OPTIMIZERS, SCHEDULES, Trainer
from ann_viz.engine.arrays import Array
from ann_viz.engine.compiled.kernels import ACTIVATION_KERNELS, LOSS_KERNELS, OPTIMIZER_KERNELS
from ann_viz.errors import TrainingError

FIRST_GRADIENT = 1e-6
AFTER_100_STEPS = 1e-4

EVERYTHING = {
    "l1": 0.001,
    "l2": 0.01,
    "clip_norm": 0.5,
    "dropout": 0.2,
    "class_weights": "balanced",
    "average_epochs": 2,
}
RATES = {"sgd": 0.05, "momentum": 0.01, "nesterov": 0.01}


def distance(mine: Array, its: Array) -> float:
    """Return the length of the difference relative to the length of what is expected."""
    return float(np.linalg.norm(mine - its) / np.linalg.norm(its))


def steps(trainer: Trainer, n: int) -> None:
    for _ in range(n):
        next(trainer)


def assert_alike(numpy: Trainer, turbo: Trainer, *, n: int = 100) -> None:
    """Go through the steps of both and compare."""
    for trainer in (numpy, turbo):
        next(trainer)
    assert distance(turbo.gradients, numpy.gradients) <= FIRST_GRADIENT
    for trainer in (numpy, turbo):
        steps(trainer, n - 1)
    assert distance(turbo.network.params, numpy.network.params) <= AFTER_100_STEPS
    mine, its = turbo.history.view(), numpy.history.view()
    np.testing.assert_allclose(mine.train_loss, its.train_loss, rtol=1e-4)
    np.testing.assert_allclose(mine.validation_loss, its.validation_loss, rtol=1e-4)
    np.testing.assert_array_equal(mine.learning_rate, its.learning_rate)


def test_kernels_are_rows_of_the_tables() -> None:
    """By the same names; a row that has none trains with NumPy."""
    assert set(ACTIVATION_KERNELS) <= set(ACTIVATIONS)
    assert set(LOSS_KERNELS) <= set(LOSSES)
    assert set(OPTIMIZER_KERNELS) <= set(OPTIMIZERS)


@pytest.mark.parametrize("loss", LOSS_KERNELS)
@pytest.mark.parametrize("activation", ACTIVATION_KERNELS)
def test_every_combination(makes: Any, activation: str, loss: str) -> None:
    """Each activation with each loss and each optimiser, plain and with all that can be switched on."""
    assert_agreement(makes, activation, loss)


@pytest.mark.slow
def test_every_combination_of_every_instruction_set(makes_each: Any) -> None:
    """The same for all that this processor has."""
    for activation in ACTIVATION_KERNELS:
        for loss in LOSS_KERNELS:
            assert_agreement(makes_each, activation, loss)


def assert_agreement(makes: Any, activation: str, loss: str) -> None:
    """Compare what NumPy and Turbo learn with every optimiser."""
    sizes = (5, 7, 4, 1 if loss == "binary_cross_entropy" else 3)
    for optimizer in OPTIMIZER_KERNELS:
        for extra in ({}, EVERYTHING):
            settings = {"activation": activation, "loss": loss, "optimizer": optimizer, **extra}
            settings["learning_rate"] = RATES.get(optimizer, 0.003)
            assert_alike(makes.one(sizes, **settings, validation=30), makes.turbo(sizes, **settings, validation=30))


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_every_schedule(makes: Any, schedule: str) -> None:
    """Rates fall in the same epochs, also where the loss decides when."""
    settings = {"schedule": schedule, "schedule_epochs": 2, "epochs": 40, "learning_rate": 0.05, "validation": 30}
    numpy, turbo = makes.one(**settings), makes.turbo(**settings)
    for _ in numpy:
        pass
    while turbo.finished is None:
        turbo.advance()
    np.testing.assert_array_equal(turbo.history.view().learning_rate, numpy.history.view().learning_rate)
    assert distance(turbo.network.params, numpy.network.params) <= AFTER_100_STEPS


@pytest.mark.parametrize(
    ("sizes", "n", "batch_size"),
    [
        ((1, 1), 3, 1),
        ((3, 2), 40, 0),
        ((40, 33, 17, 1), 500, 200),
        ((64, 32, 16, 10), 300, 32),
        ((130, 48, 3), 300, 0),
        ((30, 100, 5), 140, 70),
        ((9, 5, 6, 7, 8, 9, 2), 257, 129),
        ((200, 160, 2), 129, 128),
        ((64, 20), 100, 32),
    ],
)
def test_every_shape(makes_each: Any, sizes: tuple[int, ...], n: int, batch_size: int) -> None:
    """Narrow and wide layers, none hidden and many, batches below, at and above a block, rests of every length."""
    settings = {"n": n, "batch_size": batch_size, "validation": 70, "learning_rate": 0.003}
    settings["loss"] = (
        "mse" if len(sizes) == 2 else "binary_cross_entropy" if sizes[-1] == 1 else "categorical_cross_entropy"
    )
    assert_alike(makes_each.one(sizes, **settings), makes_each.turbo(sizes, **settings), n=60)


def test_large_sums(makes_each: Any) -> None:
    """Sums far from zero overflow nowhere: saturated answers have the loss and the gradient that NumPy gives them."""
    for activation in ACTIVATION_KERNELS:
        for loss in LOSS_KERNELS:
            sizes = (5, 7, 4, 1 if loss == "binary_cross_entropy" else 3)
            numpy = makes_each.one(sizes, activation=activation, loss=loss)
            turbo = makes_each.turbo(sizes, activation=activation, loss=loss)
            for trainer in (numpy, turbo):
                trainer.write(np.arange(trainer.network.params.size), 30 * trainer.network.params)
            mine, its = turbo.snapshot(measured=True).scores, numpy.snapshot(measured=True).scores
            assert mine.train_loss == pytest.approx(its.train_loss, rel=1e-5)
            for trainer in (numpy, turbo):
                next(trainer)
            assert distance(turbo.gradients, numpy.gradients) <= 1e-4, (activation, loss)  # 1 − a² of a near 1


def test_what_is_frozen_stays(makes: Any) -> None:
    """To the bit, and the rest learns as with NumPy."""
    numpy, turbo = makes.one(l2=0.1, optimizer="adamw"), makes.turbo(l2=0.1, optimizer="adamw")
    indices = np.array([3, 11, 40])
    for trainer in (numpy, turbo):
        before = trainer.network.params[indices].copy()
        trainer.freeze(indices)
        steps(trainer, 30)
        np.testing.assert_array_equal(trainer.network.params[indices], before)
    assert distance(turbo.network.params, numpy.network.params) <= 1e-5


def test_a_failing_run_ends_alike(makes: Any) -> None:
    """Both go back to the last good epoch, name the same layer, and can go on with a lower rate."""
    ends = []
    for trainer in (makes.one, makes.turbo):
        failing = trainer(loss="mse", activation="relu", optimizer="sgd", learning_rate=100)
        with pytest.raises(TrainingError, match="lower learning rate") as error:
            for _ in range(1000):
                failing.advance()
        assert np.isfinite(failing.network.params).all()
        assert failing.finished == "non-finite"
        ends.append((error.value.layer, error.value.epoch, failing.epoch, str(error.value)))
        failing.configure(type(failing.config)(optimizer="sgd", learning_rate=1e-4, epochs=failing.epoch + 2))
        while failing.finished is None:
            failing.advance()
        assert failing.finished == "epochs"
    assert ends[0] == ends[1]
