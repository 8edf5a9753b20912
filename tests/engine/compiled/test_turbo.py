"""The compiled trainer: the same bits however it is driven, looked at from outside, and stopped at once."""

from __future__ import annotations

import itertools
import threading
import time
from typing import Any

import numpy as np
import pytest

from ann_viz.engine import Snapshot, TrainConfig, Trainer
from ann_viz.engine.arrays import Array

VARIANTS: list[dict[str, Any]] = [
    {},
    {"dropout": 0.3, "l1": 0.01, "class_weights": "balanced"},
    {"batch_size": 0},
    {"n": 700, "batch_size": 300, "dropout": 0.2},
    {"validation": 40, "patience": 3, "learning_rate": 0.1},
    {"schedule": "plateau", "schedule_epochs": 1, "learning_rate": 0.1, "optimizer": "momentum"},
    {"average_epochs": 1.5},
    {"average_epochs": 0.5, "validation": 40, "patience": 3, "learning_rate": 0.3},
]

PLACE = ("epoch", "step", "batch_index", "n_batches", "learning_rate", "best_epoch", "best_loss")


class Elsewhere:
    """Rows that are not in memory, as far as the engine can tell."""

    def __init__(self, array: Array) -> None:
        self._array = array
        self.shape = array.shape

    def __len__(self) -> int:
        return len(self._array)

    def __getitem__(self, rows: slice) -> Array:
        return self._array[rows].copy()


def finish(trainer: Trainer) -> None:
    while trainer.finished is None:
        trainer.advance()


def assert_same(one: Trainer, other: Trainer) -> None:
    """All that is known of both runs is the same, to the bit."""
    a, b = one.snapshot(), other.snapshot()
    for field in ("params", "average", "before", "gradients"):
        np.testing.assert_array_equal(getattr(a, field), getattr(b, field))
    for field in (*PLACE, "weights_of", "finished"):
        assert getattr(a, field) == getattr(b, field), field
    for column in ("epoch", "train_loss", "validation_loss", "train_metric", "validation_metric", "learning_rate"):
        np.testing.assert_array_equal(getattr(a.history, column), getattr(b.history, column))
    assert [moment.place for moment in a.timeline] == [moment.place for moment in b.timeline]
    for mine, its in zip(a.timeline, b.timeline, strict=True):
        for field in ("params", "average", "before"):
            np.testing.assert_array_equal(getattr(mine, field), getattr(its, field))
        if mine.gradient_kind == its.gradient_kind:  # the mean where a batch was gone through phase by phase
            np.testing.assert_array_equal(mine.gradients, its.gradients)
        for field in (*PLACE, "weights_of"):
            assert getattr(mine, field) == getattr(its, field), field
    np.testing.assert_array_equal(one.batch_rows, other.batch_rows)


@pytest.mark.parametrize("variant", VARIANTS)
def test_however_it_is_driven(makes: Any, variant: dict[str, Any]) -> None:
    """In one go, step by step, phase by phase, with stops in between: always the same."""
    settings = {"epochs": 12, **variant}
    at_once, stepped, watched, stopped = (makes.turbo(**settings) for _ in range(4))
    finish(at_once)
    for _ in stepped:
        pass
    for number in itertools.count():
        if watched.finished:
            break
        if number % 3 == 0:
            list(watched.phases())
        elif number % 3 == 1:
            next(iter(watched.phases()))
            list(itertools.islice(watched.phases(), 3))
            next(watched)
        else:
            watched.advance(watched.epoch + 1)
        watched.snapshot()
    while stopped.finished is None:
        next(stopped)
        stopped.configure(stopped.config)
        stopped.advance(stopped.epoch + 2)
    for other in (stepped, watched, stopped):
        assert_same(at_once, other)


def test_a_checkpoint_goes_on(makes: Any) -> None:
    """A run that is left half-way and taken up by another trainer ends in the same bits."""
    settings = {"epochs": 9, "dropout": 0.2, "validation": 20, "average_epochs": 2}
    straight, left = makes.turbo(**settings), makes.turbo(**settings)
    finish(straight)
    left.advance(4)
    for _ in range(3):
        next(left)
    again = makes.turbo(**settings, checkpoint=left.checkpoint())
    finish(again)
    assert_same(straight, again)


def test_rows_from_elsewhere(makes: Any) -> None:
    """Rows that are read block by block train as with NumPy, and the same however they are driven."""
    settings = {"epochs": 4, "n": 900, "kind": Elsewhere, "class_weights": "balanced", "validation": 30}
    numpy, at_once, stepped = makes.one(**settings), makes.turbo(**settings), makes.turbo(**settings)
    finish(numpy)
    finish(at_once)
    for _ in stepped:
        pass
    assert_same(at_once, stepped)
    np.testing.assert_allclose(at_once.network.params, numpy.network.params, rtol=1e-3, atol=1e-5)
    np.testing.assert_array_equal(at_once.batch_rows, numpy.batch_rows)


def test_stop_rules(makes: Any) -> None:
    """Each rule ends the run where it ends it with NumPy."""
    for settings in (
        {"epochs": 7},
        {"target_loss": 0.3, "learning_rate": 0.05},
        {"patience": 4, "validation": 30, "learning_rate": 0.3},
        {"patience": 4, "validation": 30, "learning_rate": 0.3, "average_epochs": 2},
    ):
        numpy, turbo = makes.one(**settings), makes.turbo(**settings)
        finish(numpy)
        finish(turbo)
        assert (turbo.finished, turbo.epoch, turbo.best_epoch) == (numpy.finished, numpy.epoch, numpy.best_epoch)
    timed = makes.turbo(max_seconds=0.05)
    finish(timed)
    assert timed.finished == "time"
    assert 0.05 <= timed.seconds < 1


def test_settings_change_on_the_way(makes: Any) -> None:
    """Another batch size, optimiser and rate, between two steps and in the middle of one."""
    numpy, turbo = makes.one(), makes.turbo()
    for trainer in (numpy, turbo):
        next(trainer)
        next(trainer.phases())
        trainer.configure(TrainConfig(optimizer="nesterov", batch_size=9, dropout=0.1, epochs=6, average_epochs=2))
        finish(trainer)
        trainer.configure(TrainConfig(optimizer="rmsprop", batch_size=0, epochs=8, class_weights="balanced"))
        finish(trainer)
    assert numpy.snapshot().place == turbo.snapshot().place
    np.testing.assert_allclose(turbo.network.params, numpy.network.params, rtol=1e-3, atol=1e-5)


def test_phases_tell_what_they_did(makes: Any) -> None:
    """Dropout's masks, the gradient layer by layer and what the optimiser knows are those of NumPy."""
    numpy, turbo = makes.one(dropout=0.4, n=500, batch_size=300), makes.turbo(dropout=0.4, n=500, batch_size=300)
    n_phases = 0
    for _ in zip(numpy.phases(), turbo.phases(), strict=True):
        n_phases += 1
        its, mine = numpy.snapshot(), turbo.snapshot()
        assert mine.phase == its.phase and mine.gradient_from == its.gradient_from
        assert mine.batch is not None and its.batch is not None
        np.testing.assert_array_equal(mine.batch.rows, its.batch.rows)
        for kept, expected in zip(mine.batch.kept, its.batch.kept, strict=True):
            np.testing.assert_array_equal(kept, expected)
        if its.gradients is not None and mine.gradients is not None:
            np.testing.assert_allclose(mine.gradients, its.gradients, atol=1e-7)
        here, there = turbo.parameter_state(1, 2, 3), numpy.parameter_state(1, 2, 3)
        assert (here is None) == (there is None)
        if here is not None and there is not None:
            assert (here.steps, here.weight) == (there.steps, there.weight)
            assert here.gradient_length == pytest.approx(there.gradient_length, rel=1e-5)
    assert n_phases > 2 * len(numpy.network.W)


@pytest.mark.usefixtures("rows_added")
def test_an_optimiser_without_kernel(makes: Any) -> None:
    """NumPy then ends each step; schedules need no kernel at all."""
    settings = {"optimizer": "sign", "schedule": "harmonic", "epochs": 5, "learning_rate": 0.01}
    numpy, turbo = makes.one(**settings), makes.turbo(**settings)
    finish(numpy)
    finish(turbo)
    np.testing.assert_allclose(turbo.network.params, numpy.network.params, atol=0.03)
    np.testing.assert_array_equal(turbo.history.view().learning_rate, numpy.history.view().learning_rate)


class Running:
    """A trainer at work in a thread of its own, until `stop`."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer, self._stopping = trainer, False
        self._thread = threading.Thread(target=self._train)
        self._thread.start()

    def _train(self) -> None:
        while not self._stopping:
            self.trainer.advance()

    def picture(self) -> Snapshot:
        """Wait for a picture."""
        while True:
            self.trainer.ask()
            seen = self.trainer.seen()
            if seen is not None:
                assert 0 <= seen[1] < 10
                return seen[0]

    def stop(self) -> float:
        """End the run; return how many seconds it took."""
        began = time.perf_counter()
        self._stopping = True
        self.trainer.interrupt()
        self._thread.join()
        self.trainer.resume()
        return time.perf_counter() - began


@pytest.mark.parametrize("average_epochs", [0, 2])
def test_pictures_while_it_runs_are_true(makes: Any, average_epochs: float) -> None:
    """Each is the moment it says it is: what a stepped run has after as many steps, to the bit."""
    settings = {"n": 200, "validation": 50, "learning_rate": 0.01, "average_epochs": average_epochs}
    running, stepped = Running(makes.turbo(**settings)), makes.turbo(**settings)
    pictures = [running.picture() for _ in range(12)]
    running.stop()
    assert [picture.step for picture in pictures] == sorted({picture.step for picture in pictures})
    for picture in pictures:
        while stepped.epoch + 1 < picture.epoch:
            stepped.advance(picture.epoch - 1)
        while stepped.step_index < picture.step:
            next(stepped)
        expected = stepped.snapshot()
        for field in ("params", "average", "before", "gradients"):
            np.testing.assert_array_equal(getattr(picture, field), getattr(expected, field))
        for field in (*PLACE, "weights_of", "gradient_kind"):
            assert getattr(picture, field) == getattr(expected, field), field
        assert len(picture.history) == len(expected.history)
        np.testing.assert_array_equal(picture.history.train_loss, expected.history.train_loss)


def test_other_threads_go_on_while_it_runs(makes: Any) -> None:
    """C holds no lock of Python's: this thread counts while the other one trains."""
    running = Running(makes.turbo((20, 64, 64, 1), n=5000, batch_size=32))
    first, counted = running.picture(), 0
    while running.picture().step == first.step:
        counted += 1
    assert running.picture().step > first.step
    running.stop()


def test_a_stop_comes_at_once(makes: Any) -> None:
    """Within a batch, however long the epoch is."""
    running = Running(makes.turbo((50, 64, 64, 1), n=20_000, batch_size=32))
    running.picture()
    assert running.stop() < 0.5  # a machine that does nothing else needs 5 ms
    assert running.trainer.epoch >= 2


def test_another_network_is_measured_meanwhile(makes: Any) -> None:
    """With the same functions, on the same rows, and the run under way is not touched."""
    running, past = Running(makes.turbo(n=300, validation=50)), makes.turbo(n=300, validation=50)
    past.advance(1)
    measured = running.trainer.measure(past.network)
    running.picture()
    running.stop()
    assert measured == past.snapshot(measured=True).measured
