"""A run that was left and gone on with is the same run, to the last bit."""

from __future__ import annotations

import itertools
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ann_viz.engine import (
    OPTIMIZERS,
    SCHEDULES,
    Checkpoint,
    LayerConfig,
    Network,
    NetworkConfig,
    TrainConfig,
    Trainer,
    streamed_batches,
)
from ann_viz.engine.arrays import Array
from ann_viz.errors import TrainingError


class Blocks:
    """Rows that are read when they are asked for, as those of a file that does not fit in memory."""

    def __init__(self, rows: Array) -> None:
        self._rows = rows
        self.shape, self.dtype = rows.shape, rows.dtype

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, rows: slice) -> Array:
        return self._rows[rows].copy()


@pytest.fixture(autouse=True)
def tiny_buffer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of 10 rows (of 20 bytes), of which the shuffle buffer holds 3."""
    monkeypatch.setattr(streamed_batches, "BLOCK_BYTES", 200)
    monkeypatch.setattr(streamed_batches, "SHUFFLE_BUFFER_BYTES", 600)


def table(n: int, seed: int, *, streamed: bool) -> tuple[Any, Any]:
    """Return rows with some noise in their truth."""
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, 3)).astype(np.float32)
    Y = (X.sum(axis=1, keepdims=True) + rng.standard_normal((n, 1)) > 0).astype(np.float32)
    return (Blocks(X), Blocks(Y)) if streamed else (X, Y)


def make(config: TrainConfig, *, streamed: bool = False, checkpoint: Checkpoint | None = None) -> Trainer:
    """Return a trainer of a 3-5-4-1 network, new or going on."""
    hidden = (LayerConfig(neurons=5), LayerConfig(neurons=4, activation="tanh"))
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=hidden))
    X_validation, Y_validation = table(30, 9, streamed=streamed)
    return Trainer(
        network,
        *table(75, 1, streamed=streamed),
        X_validation=X_validation,
        Y_validation=Y_validation,
        config=config,
        clock=itertools.count().__next__,
        checkpoint=checkpoint,
    )


def assert_same(one: Any, other: Any, where: str = "checkpoint") -> None:
    """Compare two records bit by bit; what time was spent may differ."""
    if is_dataclass(one):
        for field in fields(one):
            if field.name != "seconds":
                assert_same(getattr(one, field.name), getattr(other, field.name), f"{where}.{field.name}")
    elif isinstance(one, tuple):
        assert len(one) == len(other), where
        for place, (left, right) in enumerate(zip(one, other, strict=True)):
            assert_same(left, right, f"{where}[{place}]")
    elif isinstance(one, np.ndarray):
        assert one.dtype == other.dtype and one.tobytes() == other.tobytes(), where
    else:
        assert repr(one) == repr(other), where  # also where it is no number


SETTINGS = [
    *({"optimizer": name, "l1": 0.001, "l2": 0.01} for name in OPTIMIZERS),
    *({"schedule": name, "schedule_epochs": 2, "learning_rate": 0.3} for name in SCHEDULES),
    {"dropout": 0.4, "clip_norm": 0.1},
    {"class_weights": "balanced", "batch_size": 0},
    {"patience": 2, "learning_rate": 0.5},
    {"patience": 2, "learning_rate": 0.5, "average_epochs": 2},
]


@pytest.mark.parametrize("streamed", [False, True], ids=["in memory", "streamed"])
@pytest.mark.parametrize("changes", SETTINGS, ids=lambda changes: " ".join(str(value) for value in changes.values()))
def test_going_on_is_going_straight_on(changes: dict[str, Any], streamed: bool) -> None:
    """Left in the middle of an epoch and at its end: weights, gradients, memory, history and timeline are those."""
    config = TrainConfig(**{"batch_size": 16, "epochs": 7, **changes})
    straight = make(config, streamed=streamed)
    left = [straight.checkpoint()]
    for step, _ in enumerate(straight, start=1):
        if step in (2, 5, 13, 17):
            left.append(straight.checkpoint())
    assert len(left) >= 3
    for checkpoint in left:
        other = make(config, streamed=streamed, checkpoint=checkpoint)
        assert_same(other.checkpoint(), checkpoint)
        for _ in other:
            pass
        assert_same(other.checkpoint(), straight.checkpoint())


@given(stop=st.integers(0, 40), size=st.integers(1, 80), later=st.integers(1, 80))
@settings(max_examples=25)
def test_other_settings_count_from_the_next_step_on(stop: int, size: int, later: int) -> None:
    """Going on with another batch size is what `configure` does to a run that was never left."""
    before, after = (TrainConfig(batch_size=n, epochs=4) for n in (size, later))
    straight = make(before)
    for _ in itertools.islice(straight, stop):
        pass
    other = make(after, checkpoint=straight.checkpoint())
    straight.configure(after)
    for trainer in (straight, other):
        for _ in trainer:
            pass
    assert_same(other.checkpoint(), straight.checkpoint())


def test_a_checkpoint_is_a_copy_and_falls_between_two_steps() -> None:
    """Later steps don't touch it, and in the middle of a step there is none."""
    trainer = make(TrainConfig(batch_size=16, epochs=2))
    checkpoint = trainer.checkpoint()
    params = checkpoint.params.copy()
    next(trainer)
    np.testing.assert_array_equal(checkpoint.params, params)
    assert not checkpoint.params.flags.writeable
    next(trainer.phases())
    with pytest.raises(ValueError, match="under way"):
        trainer.checkpoint()


def test_a_run_that_exploded_stays_over() -> None:
    """What ended it is no rule of the settings, and is not forgotten."""
    config = TrainConfig(batch_size=16, epochs=50, learning_rate=100, optimizer="sgd")
    trainer = make(config)
    trainer.network.params *= 1e30
    with pytest.raises(TrainingError), np.errstate(all="ignore"):
        for _ in trainer:
            pass
    assert trainer.finished == "non-finite"
    assert make(config, checkpoint=trainer.checkpoint()).finished == "non-finite"
