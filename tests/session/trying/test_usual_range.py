"""What a slider and a curve reach over where a few rows lie far from all others."""

from __future__ import annotations

from ann_viz.data import Feature
from ann_viz.session.trying.column_summary import ColumnSummary
from ann_viz.session.trying.usual_range import usual

FEATURE = Feature(column="age", kind="number", inputs=("age",))


def column(low: float, high: float, *bars: int, whole: bool = True) -> ColumnSummary:
    return ColumnSummary(feature=FEATURE, label="age", low=low, high=high, histogram=bars, whole=whole)


def test_a_mistyped_value_does_not_push_all_others_together() -> None:
    """Ages from 18 to 90, and one of 430: the range ends where nearly all rows do, and the bars with it."""
    ages = column(18, 438, 900, 1200, 700, 100, *[0] * 30, 1, whole=True)
    assert usual(ages) == column(18, 66, 900, 1200, 700, 100)
    below = column(-1000, 50, 2, *[0] * 18, 300, 700, whole=False)
    assert usual(below).low == -50.0 and usual(below).histogram == (300, 700)


def test_bars_of_single_numbers_keep_their_numbers() -> None:
    """Two to four of something, and once thirty."""
    few = column(2, 30, 400, 500, 300, *[0] * 25, 1)
    assert usual(few) == column(2, 4, 400, 500, 300)


def test_a_long_tail_and_a_row_of_its_own_keep_the_whole_range() -> None:
    """What many rows reach is no slip, a value to be shown needs its place, and without bars nothing is known."""
    ages = column(18, 438, 900, 1200, 700, 100, *[0] * 30, 1)
    assert usual(ages, 430.0) is ages and usual(ages, 40.0) is not ages
    tail = column(0, 36, *range(36, 0, -1), whole=False)
    assert usual(tail) is tail
    unknown = ColumnSummary(feature=FEATURE, label="age")
    assert usual(unknown) is unknown
    assert usual(column(5, 45, 1000, *[0] * 39, 1)).high > 5
