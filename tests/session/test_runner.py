"""What the worker does that a session does not show."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.data import Dataset
from ann_viz.engine import Network, NetworkConfig, TrainConfig, Trainer
from ann_viz.errors import TrainingError
from ann_viz.session import Speed
from ann_viz.session.runner import Runner, find_infinities


@pytest.fixture
def trainer(circles: Dataset) -> Trainer:
    config = NetworkConfig(n_inputs=circles.encoder.n_inputs, n_outputs=1)
    return Trainer(Network(config), *circles.part("train"), config=TrainConfig(epochs=2, batch_size=8))


def test_infinite_weights_are_found_before_they_are_shown(trainer: Trainer) -> None:
    # Intention: the trainer looks now and then; a view must never see what it has not looked at yet.
    next(trainer)
    find_infinities(trainer)
    trainer.network.params[0] = np.inf
    with pytest.raises(TrainingError):
        find_infinities(trainer)
    assert np.isfinite(trainer.network.params).all()
    for _ in trainer:
        pass
    trainer.network.params[0] = np.nan
    with pytest.raises(TrainingError):
        find_infinities(trainer)
    assert np.isfinite(trainer.network.params).all()


def test_no_snapshot_holds_infinite_weights(trainer: Trainer) -> None:
    # Intention: asked at a bad moment, the worker sends nothing rather than numbers that can't be drawn.
    trainer.network.params[0] = np.nan
    runner = Runner(trainer, Speed("step", 20))
    runner.request_snapshot()
    runner.start()
    assert runner.join(30)
    assert isinstance(runner.error, TrainingError)
    assert runner.take_snapshot() is None


def test_steady_pace_is_kept_in_number_not_in_time(trainer: Trainer) -> None:
    # Intention: a paced run does the same steps as a flat-out one, and answers requests between two quick moves.
    runner = Runner(trainer, Speed("step", 5000))
    runner.request_snapshot()
    runner.start()
    assert runner.join(30)
    assert runner.error is None
    assert trainer.finished == "epochs"
    assert runner.take_snapshot() is not None
