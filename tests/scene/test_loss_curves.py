"""Which part of a curve is shown, and which round values stand beside it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.scene.loss_curves import (
    HEAD_SHARE_OF_RUNS,
    HEADROOM,
    LEAST_FILLED,
    LossCurves,
    Shown,
    log_ticks,
    smoothed,
    steady_range,
    tick_texts,
    ticks,
    visible_range,
)

ENDS = st.floats(-1e3, 1e3)
SPANS = st.floats(1e-6, 1e3)


def test_only_another_moment_leaves_the_lines_as_they_are() -> None:
    """Of the same course; every other course, scale or line is drawn anew."""
    course = np.linspace(1.0, 0.5, 9)
    drawn = LossCurves(
        epoch=np.arange(9.0), train=course, validation=course, best=8, baseline=0.6, log=False, fast=False
    )
    assert replace(drawn, now=Shown(3.0, 0.8, 0.8), past=True).has_lines_of(drawn)
    others = ({"train": course.copy()}, {"log": True}, {"fast": True}, {"baseline": None}, {"linear": 0.4}, {"best": 7})
    for other in (*others, {"now": Shown(8.5, 0.5, 0.5)}):
        assert not replace(drawn, **other).has_lines_of(drawn), other


@given(ENDS, SPANS, ENDS, SPANS, st.booleans())
def test_all_that_is_to_be_seen_is_seen(kept_low, kept_span, low, span, fixed_low) -> None:
    """Whatever was shown before; and the curve never shrinks to a corner of the chart."""
    kept, high = (kept_low, kept_low + kept_span), low + span
    first, last = steady_range(kept, low, high, fixed_low=fixed_low)
    assert first <= low < high <= last
    assert (high - low) / (last - first) >= min(LEAST_FILLED, 1 / (1 + HEADROOM)) - 1e-9
    if fixed_low and (first, last) != kept:
        assert first == low


@given(ENDS, SPANS, st.floats(0, 0.15), st.floats(0, 0.15))
def test_what_still_fits_moves_nothing(low, span, below, above) -> None:
    """A range that is 70 % filled stays, to the last digit."""
    kept = (low - below * span, low + span + above * span)
    assert steady_range(kept, low, low + span) == kept


def test_the_first_fall_does_not_flatten_the_rest() -> None:
    """The y axis leaves the first steep epochs out, and never a low value."""
    curve = np.concatenate(([9.0, 3.0, 1.0], np.linspace(0.5, 0.4, 97)))
    low, high = visible_range((curve,))
    assert low < 0.4
    assert high < 1.0
    assert visible_range((np.array([np.nan]),)) == (0.0, 1.0)
    slow = np.concatenate((np.linspace(9.0, 0.6, 12), np.full(88, 0.5)))
    assert visible_range((slow,))[1] > 5.0 and visible_range((slow,), HEAD_SHARE_OF_RUNS)[1] < 0.7


def test_smoothing_keeps_length_ends_and_mean() -> None:
    """A straight line stays a straight line; a short curve stays as it is."""
    line = np.linspace(1.0, 0.0, 50)
    assert np.allclose(smoothed(line), line)
    assert smoothed(line[:5]) is not None
    noisy = np.random.default_rng(0).random(60)
    assert len(smoothed(noisy)) == 60
    assert smoothed(noisy)[0] == pytest.approx(noisy[0])
    assert smoothed(noisy).std() < noisy.std()


@pytest.mark.parametrize(("low", "high"), [(0.31, 0.43), (0.0, 200.0), (1e-4, 3e-4), (0.2, 7.0), (2.0, 90_000.0)])
def test_ticks_are_round_few_and_inside(low, high) -> None:
    """Between two and seven ticks, all inside of the axis, in steps of 1, 2 or 5."""
    values = ticks(low, high, 6)
    assert 2 <= len(values) <= 7
    assert all(low - 1e-9 <= value <= high + 1e-9 for value in values)
    logarithmic = log_ticks(max(low, 1e-3 * high), high, 6)
    assert 1 <= len(logarithmic) <= 7


def test_ticks_tell_neighbours_apart() -> None:
    """Also where numbers are huge."""
    assert tick_texts([1e28, 1.5e28, 2e28]) == ["1.0·10²⁸", "1.5·10²⁸", "2.0·10²⁸"]
    assert tick_texts([0.0, 5e5, 1e6]) == ["0", "5.0·10⁵", "1.0·10⁶"]
