"""What a project says of its columns, checked, as a form and reasons take it, and rows made up of it.

Where a file says nothing, being older, the encoding alone tells what it can.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Encoder, Feature
from ann_viz.data.encoding.scaling import unscaled
from ann_viz.session.trying.column_summary import N_BARS, ColumnSummary, column_label
from ann_viz.session.trying.rounding import rounded
from ann_viz.session.trying.summary_record import SummaryRecord
from ann_viz.session.trying.values import Value, blocks_of, may_stand_in

__all__ = ["check_summaries", "made_up_rows", "told_summaries"]

_SPREADS: Final = 2.0
_MOST_ROWS: Final = 1 << 40
_MIXED_WITH: Final = 0
"""Seed of the order in which the values of a column come."""


def told_summaries(records: Sequence[SummaryRecord], encoder: Encoder) -> tuple[ColumnSummary, ...]:
    """Return the summaries that a project tells, or where it has none what the encoding tells of its columns.

    Parameters
    ----------
    records : sequence of SummaryRecord
        As `check_summaries` has found them to fit, or none.
    encoder : Encoder
    """
    if not records:
        return tuple(_of_encoding(feature) for feature in encoder.features)
    return tuple(_summary(record, feature) for record, feature in zip(records, encoder.features, strict=True))


def _summary(record: SummaryRecord, feature: Feature) -> ColumnSummary:
    low, high, spread = (math.nan if each is None else each for each in (record.low, record.high, record.spread))
    return ColumnSummary(
        feature=feature,
        label=column_label(feature),
        low=low,
        high=high,
        histogram=record.histogram,
        choices=tuple(zip(feature.categories, record.counts, strict=True)),
        typical=record.typical,
        spread=spread,
        whole=record.whole,
        n_missing=record.n_missing,
    )


def _of_encoding(feature: Feature) -> ColumnSummary:
    label = column_label(feature)
    if feature.kind == "text":
        return ColumnSummary(feature=feature, label=label)
    if feature.kind not in ("number", "date"):
        known = isinstance(feature.fill, str) and feature.fill in feature.categories
        return ColumnSummary(
            feature=feature,
            label=label,
            choices=tuple((text, 0) for text in feature.categories),
            typical=feature.fill if known else feature.categories[0],
        )
    low, high = _ends(feature)
    middle = feature.fill if isinstance(feature.fill, float) else (low + high) / 2
    typical = rounded(min(max(middle, low), high), high - low, whole=feature.kind == "date")
    return ColumnSummary(
        feature=feature, label=label, low=low, high=high, typical=typical, spread=(high - low) / (2 * _SPREADS)
    )


def _ends(feature: Feature) -> tuple[float, float]:
    """Return the range of a column, of which earlier versions noted none, as far as its scaling tells."""
    if feature.low is not None and feature.high is not None:
        return feature.low, feature.high
    if feature.kind == "date":
        middle = feature.fill if isinstance(feature.fill, float) else 0.0
        return middle, middle
    ends = (0.0, 1.0) if feature.scaling == "minmax" else (-_SPREADS, _SPREADS)
    low, high = (unscaled(each, feature.scaling, feature.mean, feature.std) for each in ends)
    return (low, high) if math.isfinite(high - low) else (feature.mean, feature.mean)


# What is wrong with them -------------------------------------------------------------------------------------------
def check_summaries(records: Sequence[SummaryRecord], encoder: Encoder) -> None:
    """Raise ValueError where summaries contradict the encoding, or could be those of no column."""
    if not records:
        return
    if [each.column for each in records] != [feature.column for feature in encoder.features]:
        raise ValueError("its summaries are of other columns than the encoding")
    for record, feature in zip(records, encoder.features, strict=True):
        if not (_counts_fit(record, feature) and _range_fits(record, feature) and _typical_fits(record, feature)):
            raise ValueError(f"the summary of column '{feature.column}' contradicts its encoding")


def _counts_fit(record: SummaryRecord, feature: Feature) -> bool:
    counts = (*record.histogram, *record.counts, record.n_missing)
    fits = min(counts) >= 0 and sum(counts) < _MOST_ROWS
    return fits and len(record.counts) == len(feature.categories) and len(record.histogram) <= N_BARS


def _range_fits(record: SummaryRecord, feature: Feature) -> bool:
    """Whether ends and spread are those of the encoding: of numbers and dates all three, of others none."""
    low, high, spread = record.low, record.high, record.spread
    if low is None or high is None or spread is None:
        return low is high is spread is None and not record.histogram
    is_known = feature.low is None or (low, high) == (feature.low, feature.high)
    return is_known and low <= high and spread >= 0 and all(may_stand_in(feature, each) for each in (low, high))


def _typical_fits(record: SummaryRecord, feature: Feature) -> bool:
    typical = record.typical
    if isinstance(typical, float):
        return record.low is not None and may_stand_in(feature, typical)
    return typical is None or typical in feature.categories


# Rows to compare with -----------------------------------------------------------------------------------------------
def made_up_rows(summaries: Sequence[ColumnSummary], n: int) -> NDArray[np.floating[Any]]:
    """Return rows as inputs, ``(n, n_inputs)``, whose columns are spread as they were, each without regard to others.

    No row of the table is among them but by chance; the same summaries always give the same rows.
    """
    chance = np.random.default_rng(_MIXED_WITH)
    blocks = []
    for summary in summaries:
        values = _spread_out(summary, n)
        blocks.append(blocks_of(summary.feature, [values[place] for place in chance.permutation(n)]))
    return np.concatenate(blocks, axis=1)


def _spread_out(summary: ColumnSummary, n: int) -> list[Value]:
    """Return so many values of a column, each as often as it should be, those that are missing last."""
    values, counts = _values(summary)
    reached = np.cumsum([*counts, summary.n_missing], dtype=np.float64)
    if not reached[-1]:
        return [summary.typical] * n
    shares = reached / reached[-1]
    places = np.searchsorted(shares, (np.arange(n) + 0.5) / n, side="right")
    return [values[place] if place < len(values) else None for place in places.tolist()]


def _values(summary: ColumnSummary) -> tuple[Sequence[Value], Sequence[int]]:
    """Return the values that stand for a column, and how often each occurs."""
    if summary.choices:
        return [text for text, _ in summary.choices], [n for _, n in summary.choices]
    if not summary.histogram:
        return [], []
    n = len(summary.histogram)
    if summary.whole and summary.high - summary.low == n - 1:  # a bar for each number
        return np.linspace(summary.low, summary.high, n).tolist(), summary.histogram
    edges = np.linspace(summary.low, summary.high, n + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    return (np.rint(middles) if summary.whole else middles).tolist(), summary.histogram
