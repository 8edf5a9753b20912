"""Column summaries inside a project: what a form, a typical row and reasons need where the table is gone.

They hold counts, ends and middles, no row and no text that the encoding does not have anyway.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ann_viz.session.trying.column_summary import ColumnSummary

__all__ = ["SummaryRecord", "records_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRecord:
    """A `ColumnSummary` as plain values.

    Parameters
    ----------
    column : str
    low, high, spread : float or None
        None for NaN.
    histogram : tuple of int
    counts : tuple of int
        How often each category occurs, in the order of the encoding.
    typical : float, str or None
    whole : bool
    n_missing : int
    """

    column: str
    low: float | None = None
    high: float | None = None
    spread: float | None = None
    histogram: tuple[int, ...] = ()
    counts: tuple[int, ...] = ()
    typical: float | str | None = None
    whole: bool = False
    n_missing: int = 0


def records_of(summaries: Sequence[ColumnSummary]) -> tuple[SummaryRecord, ...]:
    """Return summaries as a project holds them: rare texts, which may say who somebody is, stay at home."""
    return tuple(
        SummaryRecord(
            column=each.name,
            low=_finite(each.low),
            high=_finite(each.high),
            spread=_finite(each.spread),
            histogram=each.histogram,
            counts=tuple(n for _, n in each.choices[: len(each.feature.categories)]),
            typical=each.typical,
            whole=each.whole,
            n_missing=each.n_missing,
        )
        for each in summaries
    )


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
