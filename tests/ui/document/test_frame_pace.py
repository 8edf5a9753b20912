"""How often the picture is painted follows what painting costs, and whom."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ann_viz.ui.document.frame_pace import FEWEST, SPARE, TAKEN, FramePace, Tick


def tick(cost_ms: float, training_share: float = 1.0) -> Tick:
    return Tick(1 / 60, cost_ms / 1000, training_share / 60)


def paced(cost_ms: float, *, screen: float = 60.0, training_share: float = 1.0, **how: bool) -> FramePace:
    """A pace after a second or two of frames that cost the same."""
    pace = FramePace(screen)
    for _ in range(60):
        pace.note(tick(cost_ms, training_share), **{"flat_out": True, "turbo": True} | how)
    return pace


@pytest.mark.parametrize(
    ("cost_ms", "how", "expected"),
    [
        (0.0, {"turbo": False}, 60),
        (3.0, {}, 60),
        (7.0, {}, 30),
        (100.0, {}, 30),
        (3.0, {"turbo": False}, 30),  # which waits for the interpreter
        (3.0, {"training_share": 0.8}, 30),  # for a core
        (3.0, {"turbo": False, "flat_out": False}, 60),  # for its own pace
        (3.0, {"screen": 144.0}, 72),
        (0.1, {"screen": 0.0}, 60),  # that doesn't say
    ],
)
def test_every_refresh_while_frames_are_cheap_and_fewer_where_not(cost_ms, how, expected) -> None:
    pace = paced(cost_ms, **how)
    assert round(pace.per_second) == expected
    assert pace.interval_ms == round(1000 / pace.per_second)
    assert pace.is_slowed == (expected < how.get("screen", 60.0))


@pytest.mark.parametrize("turbo", [False, True])
def test_frames_never_take_more_than_their_share_unless_there_would_be_too_few(turbo) -> None:
    for tenths in range(1, 300):
        pace = paced(tenths / 10, turbo=turbo)
        assert pace.per_second * tenths / 10_000 <= (SPARE if turbo else TAKEN) + 1e-9 or pace.per_second == FEWEST


def test_the_pace_does_not_flicker_where_a_cost_is_on_the_border() -> None:
    """A cost that wavers by a twentieth around what one pace just affords changes it once at most."""
    pace, seen = FramePace(), []
    for frame in range(600):
        cost_ms = SPARE / 60 * 1000 * (1.05 if frame // 30 % 2 else 0.95)
        pace.note(tick(cost_ms), flat_out=True, turbo=True)
        seen.append(pace.interval_ms)
    assert sum(a != b for a, b in pairwise(seen)) == 1


def test_it_recovers_when_frames_are_cheap_again() -> None:
    pace = paced(40.0)
    for _ in range(60):
        pace.note(tick(1.0), flat_out=True, turbo=True)
    assert round(pace.per_second) == 60
