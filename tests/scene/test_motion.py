"""How far what travels along the lines has come."""

from __future__ import annotations

import pytest

from ann_viz.scene.motion import Flow, Motion


def test_a_signal_comes_to_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs through its gaps once, at 0.6 s each, and then stands still in the last."""
    clock = [0.0]
    monkeypatch.setattr("ann_viz.scene.motion.time.monotonic", lambda: clock[0])
    motion = Motion()
    motion.show(Flow("signals", 0, 2))
    assert motion.place == (0, 0.0) and motion.moving
    clock[0] = 0.9
    assert motion.place == (1, pytest.approx(0.5))
    clock[0] = 60.0
    assert motion.place == (2, pytest.approx(0.86)) and not motion.moving
    motion.show(Flow("signals", 0, 2, endless=True))
    clock[0] = 60.0 + 0.6 * 4.5
    assert motion.place == (1, pytest.approx(0.5)) and motion.moving


def test_without_motion_a_signal_is_at_once_where_it_rests() -> None:
    """Nothing moves, and what would never come to rest is not shown at all."""
    motion = Motion()
    motion.show(Flow("signals", 0, 2), still=True)
    assert not motion.moving
    assert motion.place == (2, pytest.approx(0.86))
    motion.show(Flow("error", 1, 3), still=True)
    assert not motion.moving
    assert motion.dot_shift == 0.0
    motion.show(Flow("signals", 0, 2, endless=True), still=True)
    assert motion.flow.kind == "nothing"
    motion.show(Flow("signals", 0, 2, endless=True))
    assert motion.moving
