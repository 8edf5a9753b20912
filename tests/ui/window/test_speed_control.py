"""The speed slider and the rate beside it, in words."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.session.speed import position_of, speed_at
from ann_viz.ui.window.speed_control import speed_words
from ann_viz.ui.window.toolbar import _rate


def test_the_speed_slider_goes_from_phases_to_no_limit() -> None:
    """Ends and middle say what they do."""
    assert speed_words(speed_at(0), 219) == "one phase at a time"
    assert speed_at(1).per_second == 1.0
    assert speed_words(speed_at(1), 219) == "1 step / s"
    assert speed_at(99).per_second == pytest.approx(10_000)
    assert speed_at(100).kind == "max" and math.isinf(speed_at(100).per_second)
    assert speed_words(speed_at(position_of(876)), 219) == "4 epochs / s"


@given(st.integers(1, 99))
def test_a_position_finds_its_way_back(position: int) -> None:
    """Position → speed → position is the identity."""
    assert position_of(speed_at(position).per_second) == position


@pytest.mark.parametrize(
    ("rate", "words"), [(0.0, ("–", "")), (950.0, ("950", "")), (41_234.0, ("41.2", "k")), (2.5e6, ("2.5", "M"))]
)
def test_rates_have_units(rate: float, words: tuple[str, str]) -> None:
    """Three digits and a unit."""
    assert _rate(rate) == words
