"""Values of a column that are tried one after the other: round ones, within what the network has seen."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from ann_viz.session.trying.column_summary import ColumnSummary
from ann_viz.session.trying.rounding import nice_step
from ann_viz.session.trying.values import Value

__all__ = ["between", "curve_values", "seen_values"]

MOST_WHOLE: Final = 60
N_STEPS: Final = 40
MOST_CHOICES: Final = 60


def seen_values(summary: ColumnSummary) -> tuple[Value, ...]:
    """Return the values that a column may be given: whole or round numbers, days, or its texts; none of free text."""
    if summary.choices:
        return tuple(text for text, _ in summary.choices[:MOST_CHOICES] if text in summary.feature.categories)
    if not summary.has_range:
        return ()
    return between(summary, summary.low, summary.high)


def between(summary: ColumnSummary, first: float, last: float, n: int = N_STEPS) -> tuple[Value, ...]:
    """Return round numbers of a column between two of them, ascending; whole ones where it has no others.

    Parameters
    ----------
    summary : ColumnSummary
        Of the column.
    first, last : float
        In either order; they are among the numbers where these are round.
    n : int
        About how many there are to be.
    """
    low, high = sorted((first, last))
    if not high > low:
        return ()
    step = 1.0 if summary.whole and high - low <= MOST_WHOLE else nice_step(high - low, n, whole=summary.whole)
    start = math.ceil(low / step - 1e-9)
    count = math.floor(high / step + 1e-9) - start + 1
    return tuple(float(f"{(start + k) * step:.12g}") for k in range(count))


def curve_values(summary: ColumnSummary, here: Value) -> tuple[Value, ...]:
    """Return the values along which an answer is drawn: the whole range seen, and the row's own value."""
    if summary.choices:
        values = seen_values(summary)
        return values if here is None or here in values else (*values, here)
    if not summary.has_range:
        return () if here is None else (here,)
    numbers = np.linspace(summary.low, summary.high, N_STEPS + 1)
    if summary.whole:
        numbers = np.unique(np.rint(numbers))
    own = {here} if isinstance(here, float) else set()
    return tuple(sorted({*numbers.tolist(), *own}))
