"""Two networks side by side: their threads end, wait and fail as those of the session do."""

from __future__ import annotations

from functools import partial
from threading import Event

import pytest

from ann_viz.data import Dataset
from ann_viz.engine import OPTIMIZERS, NetworkConfig, TrainConfig
from ann_viz.engine.optimizers import UpdateRule
from ann_viz.session.comparison import Comparison


@pytest.fixture
def config(circles: Dataset) -> NetworkConfig:
    """Return a network with the ends of the circles."""
    return NetworkConfig(n_inputs=circles.encoder.n_inputs, n_outputs=circles.encoder.n_outputs, task="binary")


def rule_that_does(call: object) -> UpdateRule:
    """Return an optimiser whose step is one call."""
    return UpdateRule(name="odd", label="Odd", formula="", direction=lambda b: [call, partial(b.t.fill, 0)])


def until_stopped(comparison: Comparison) -> None:
    """Poll as the page does until both have ended."""
    while comparison.running:
        comparison.poll()


def test_a_long_batch_is_not_waited_for(circles, config, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopping comes back at once; the end is noticed by polling, and the numbers are exact then."""
    under_way, may_end = Event(), Event()

    def take_long() -> None:
        under_way.set()
        may_end.wait(30)

    monkeypatch.setitem(OPTIMIZERS, "odd", rule_that_does(take_long))
    comparison = Comparison(circles, config, TrainConfig(optimizer="odd", batch_size=16))
    comparison.start()
    assert under_way.wait(30)
    comparison.stop()
    assert comparison.running, "its trainers still belong to their threads"
    may_end.set()
    until_stopped(comparison)
    assert comparison.error is None
    assert all(snapshot.step >= 1 for snapshot in comparison.snapshots)


def test_a_fault_is_kept_to_be_told(circles, config, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a worker raises does not vanish with its thread; starting again forgets it."""

    def break_down() -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setitem(OPTIMIZERS, "odd", rule_that_does(break_down))
    comparison = Comparison(circles, config, TrainConfig(optimizer="odd", batch_size=16))
    comparison.start()
    until_stopped(comparison)
    assert comparison.error is not None and "ZeroDivisionError: oh" in str(comparison.error)
    assert not comparison.finished
