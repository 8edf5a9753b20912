"""A row that is tried by its place in a map of two columns: which values a place stands for, and how far a step is."""

from __future__ import annotations

from typing import Final

import numpy as np

from ann_viz.session.judged.columns import Map
from ann_viz.session.judged.values import ColumnValues
from ann_viz.session.trying.column_summary import ColumnSummary
from ann_viz.session.trying.rounding import nice_step, rounded
from ann_viz.session.trying.tried_row import TriedRow
from ann_viz.session.trying.values import Value

__all__ = ["KEY_STEPS", "moved_on_map", "step_on"]

KEY_STEPS: Final = 50
"""From end to end of a number, by keys."""

MOVABLE: Final = ("number", "category", "yes_no")  # of dates and texts a map knows only an input, not the value


def moved_on_map(row: TriedRow, drawn: Map, x: float, y: float, summaries: tuple[ColumnSummary, ...]) -> TriedRow:
    """Return a row with the values of a place in a map, all others as they are.

    Parameters
    ----------
    row : TriedRow
    drawn : Map
    x, y : float
        The place on the scales of its two columns; beyond their ends it is taken for the end.
    summaries : tuple of ColumnSummary
        Of all columns.
    """
    places = {summary.name: place for place, summary in enumerate(summaries)}
    moved: dict[int, Value] = {}
    for values, at in ((drawn.across, x), (drawn.up, y)):
        place = places[values.column]
        if summaries[place].feature.kind in MOVABLE:
            moved[place] = _value_at(values, at, summaries[place], row.values[place])
    return row.with_values(moved)


def _value_at(values: ColumnValues, at: float, summary: ColumnSummary, now: Value) -> Value:
    low, high = float(values.at[0]), float(values.at[-1])
    if values.is_number:
        return rounded(float(np.clip(at, low, high)), high - low, whole=summary.whole)
    code, own = round(float(np.clip(at, low, high))), summary.feature.categories
    if code < len(own):
        return own[code]
    known = {*own, *(text for text, _ in summary.feature.spellings)}
    if isinstance(now, str) and now not in known:
        return now
    rarer = [text for text, _ in summary.choices if text not in known]
    return rarer[0] if rarer else now


def step_on(values: ColumnValues, summary: ColumnSummary) -> float:
    """Return how far one key press goes: to the next category, or a round step of a number."""
    if not values.is_number:
        return 1.0
    return nice_step(float(values.at[-1] - values.at[0]), KEY_STEPS, whole=summary.whole)
