"""Formulas printed with numbers beyond all that can be reckoned with."""

from __future__ import annotations

import math

import pytest

from ann_viz.explain.printed_formula import change, stated


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (math.inf, math.inf, ("∞", "∞", "–")),
        (1.0, math.inf, ("1.000", "∞", "+∞")),
        (math.nan, 1.0, ("–", "1.000", "–")),
    ],
)
def test_a_change_that_is_no_number_has_no_sign(before: float, after: float, told: tuple[str, str, str]) -> None:
    """What has overflown is told as that, and what can't be compared is not."""
    assert change(before, after) == told


def test_a_result_that_is_no_number_is_told() -> None:
    """Also where results have a sign."""
    assert stated("x", math.nan, signed=True).spans[-1].text == "–"
