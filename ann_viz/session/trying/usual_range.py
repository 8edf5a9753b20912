"""The part of a column's range in which nearly all rows are: one mistyped age of 430 would push all others together."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import Final

from ann_viz.session.trying.column_summary import ColumnSummary
from ann_viz.session.trying.values import Value

__all__ = ["usual"]

FAR_SHARE: Final = 0.005
"""Of the rows may lie beyond each end."""

CROWDED: Final = 0.4
"""Of the range, at most, is what nearly all rows leave free of far ones; else it is drawn whole."""


def usual(summary: ColumnSummary, here: Value = None) -> ColumnSummary:
    """Return a summary to be drawn: without the far ends of its range where a few rows take up most of it.

    Parameters
    ----------
    summary : ColumnSummary
    here : float, str or None
        A value that must have a place in it.
    """
    bars = summary.histogram
    few = sum(bars) * FAR_SHARE
    first = sum(n <= few for n in accumulate(bars))
    last = len(bars) - sum(n <= few for n in accumulate(reversed(bars)))
    if not bars or last - first > CROWDED * len(bars):
        return summary
    each = summary.whole and summary.high - summary.low == len(bars) - 1  # a bar for each number
    width = 1.0 if each else (summary.high - summary.low) / len(bars)
    low, high = summary.low + first * width, summary.low + (last - each) * width
    if summary.whole:
        low, high = float(round(low)), float(round(high))
    if not high > low or (isinstance(here, float) and not low <= here <= high):
        return summary
    return replace(summary, low=low, high=high, histogram=bars[first:last])
