"""How long Turbo takes for an epoch is measured with a network of its own, and only for runs that it would help."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest

from ann_viz.data import Dataset
from ann_viz.errors import Cancelled
from ann_viz.session import Session, Speed, quicker
from ann_viz.session.quicker import SlowRun, slow_run, turbo_epoch

pytestmark = pytest.mark.usefixtures("turbo")


@pytest.fixture
def running(circles: Dataset, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A run that goes on, flat out, with NumPy; any epoch counts as a slow one."""
    monkeypatch.setattr(quicker, "SLOW_EPOCH_S", 0.0)
    session = Session()
    session.open(circles)
    session.set_training(epochs=0)
    session.set_speed(Speed())
    session.train()
    while session.newest is None or session.newest.epoch < 3:
        session.poll()
    yield session
    session.close()


def slow(running: Session, epoch_s: float = 60.0) -> SlowRun:
    found = slow_run(running)
    assert found is not None
    return SlowRun(
        run=found.run, epoch_s=epoch_s, dataset=found.dataset, network=found.network, training=found.training
    )


def test_the_last_epoch_is_what_an_epoch_takes(running) -> None:
    found = slow_run(running)
    assert found is not None and running.newest is not None
    assert found.epoch_s in np.diff(running.newest.history.seconds)
    assert found.network == running.network_config and found.training == running.train_config


def test_only_slow_runs_of_numpy_are_measured(running, monkeypatch) -> None:
    """Not one that is quick, or paced, or stands, or that Turbo can't train."""
    running.set_speed(Speed(kind="step", per_second=100.0))
    assert slow_run(running) is None
    running.set_speed(Speed())
    with monkeypatch.context() as quick:
        quick.setattr(quicker, "SLOW_EPOCH_S", 1e6)
        assert slow_run(running) is None
    with monkeypatch.context() as unable:
        unable.setattr(quicker, "obstacle", lambda *_: "there is none")
        assert slow_run(running) is None
    running.pause()
    assert slow_run(running) is None


def test_turbo_does_one_epoch_and_leaves_the_run_alone(running) -> None:
    asked = slow(running)
    running.pause()
    assert running.newest is not None
    before = running.newest.params.copy()
    assert 0 < turbo_epoch(asked) < 60
    assert np.array_equal(running.newest.params, before)


def test_what_is_not_worth_it_is_not_measured_to_its_end(running) -> None:
    assert turbo_epoch(slow(running, epoch_s=0.0)) == math.inf


def test_measuring_can_be_stopped(running) -> None:
    with pytest.raises(Cancelled):
        turbo_epoch(slow(running), lambda: True)
