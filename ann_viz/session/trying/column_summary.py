"""What is known of the columns a network learned from, without any of their rows: enough for a form and a typical row.

Sums over many rows only, so that it may be given away with a network whose rows stay at home.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Column, Dataset, Feature, Table
from ann_viz.data.encoding.inputs import cells_of
from ann_viz.data.files.units import with_unit
from ann_viz.session.trying.rounding import rounded
from ann_viz.session.trying.values import Value

__all__ = ["N_BARS", "ColumnSummary", "column_label", "summaries_of"]

N_BARS: Final = 36
MOST_ROWS: Final = 20_000
_MOST_CELLS: Final = 1_500_000  # of a wide table fewer rows: the form waits for this
_RUNS: Final = 20
_FEWEST_ROWS: Final = 200
_MOST_CHOICES: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSummary:
    """A column of the table, as it was where the network learned.

    Parameters
    ----------
    feature : Feature
        How it becomes inputs.
    label : str
        Its name, with the unit of its numbers.
    low, high : float
        The smallest and largest number, or date in days since 1970, of the rows learned from; NaN for other kinds.
    histogram : tuple of int
        How many rows there are in equal parts of that range, or at every whole number of it where these are few.
    choices : tuple of (str, int)
        The texts that it may have and how often each occurs, in the order of the inputs.
    typical : float, str or None
        The middle of its numbers or dates, or the commonest text.
    spread : float
        Standard deviation of its numbers; NaN for other kinds.
    whole : bool
        Whether all its numbers are whole.
    n_missing : int
        How many of the rows have no value.
    """

    feature: Feature
    label: str
    low: float = math.nan
    high: float = math.nan
    histogram: tuple[int, ...] = ()
    choices: tuple[tuple[str, int], ...] = ()
    typical: Value = None
    spread: float = math.nan
    whole: bool = False
    n_missing: int = 0

    @property
    def name(self) -> str:
        """Of the column."""
        return self.feature.column

    @property
    def has_range(self) -> bool:
        """Whether its values are numbers or dates that differ."""
        return self.high > self.low

    def is_outside(self, value: Value) -> bool:
        """Whether a value is none that the network has seen in this column."""
        if isinstance(value, float):
            return not self.low <= value <= self.high
        if value is None or not self.feature.categories:
            return False
        known = {*self.feature.categories, *(text for text, _ in self.feature.spellings)}
        return value not in known


def summaries_of(dataset: Dataset) -> tuple[ColumnSummary, ...]:
    """Return one summary for every input column, of all rows or, of a long table, of some spread evenly."""
    table, features = dataset.table, dataset.encoder.features
    most = min(MOST_ROWS, max(_FEWEST_ROWS, _MOST_CELLS // len(features)))
    read = [_read(table, list(features), start, stop) for start, stop in _runs(table.n_rows, most)]
    columns = [np.concatenate(parts) for parts in zip(*read, strict=True)]
    return tuple(
        _summary(feature, table.column(feature.column), cells) for feature, cells in zip(features, columns, strict=True)
    )


def _runs(n_rows: int, most: int) -> list[tuple[int, int]]:
    """Return start and stop of runs of rows that are read: all rows, or runs at even distances."""
    if n_rows <= most:
        return [(0, n_rows)]
    length = most // _RUNS
    return [(start, start + length) for start in np.linspace(0, n_rows - length, _RUNS).astype(int).tolist()]


def _read(table: Table, features: Sequence[Feature], start: int, stop: int) -> list[NDArray[Any]]:
    return table.read([cells_of(feature, table) for feature in features], start, stop)


def _summary(feature: Feature, column: Column, cells: NDArray[Any]) -> ColumnSummary:
    label = column_label(feature)
    if feature.kind in ("number", "date"):
        return _of_numbers(feature, label, column, cells)
    if feature.kind == "text":
        missing = int(sum(text is None for text in cells))
        return ColumnSummary(feature=feature, label=label, n_missing=missing)
    return _of_choices(feature, label, column, cells)


def column_label(feature: Feature) -> str:
    """Return what a column is called: its name, with the unit of its numbers."""
    return with_unit(feature.column, feature.form) if feature.kind == "number" else feature.column


def _of_numbers(feature: Feature, label: str, column: Column, cells: NDArray[np.float64]) -> ColumnSummary:
    numbers = cells[np.isfinite(cells)]
    n_missing = len(cells) - len(numbers)
    if not len(numbers):
        return ColumnSummary(feature=feature, label=label, n_missing=n_missing)
    low = float(numbers.min()) if feature.low is None else feature.low
    high = float(numbers.max()) if feature.high is None else feature.high
    whole = column.whole if feature.kind == "number" else not column.has_time
    middle = float(np.median(numbers))
    return ColumnSummary(
        feature=feature,
        label=label,
        low=low,
        high=high,
        histogram=_histogram(numbers, low, high, whole=whole),
        typical=rounded(middle, high - low, whole=whole),
        spread=float(numbers.std()),
        whole=whole,
        n_missing=n_missing,
    )


def _histogram(numbers: NDArray[np.float64], low: float, high: float, *, whole: bool) -> tuple[int, ...]:
    if not high > low:
        return ()
    n_values = high - low + 1
    few = whole and n_values <= N_BARS
    edges = np.linspace(low, high + few, (int(n_values) if few else N_BARS) + 1)
    if not (np.diff(edges) > 0).all():  # a range of a few roundings
        return ()
    return tuple(np.histogram(numbers, edges)[0].tolist())


def _of_choices(feature: Feature, label: str, column: Column, codes: NDArray[np.int64]) -> ColumnSummary:
    counted = Counter(codes.tolist())
    own = [(text, counted.get(place, 0)) for place, text in enumerate(feature.categories)]
    rarer = [(text, n) for text, n in column.categories if feature.has_other and text not in feature.categories]
    choices = tuple(own + rarer[: _MOST_CHOICES - len(own)])
    commonest = max(own, key=lambda choice: choice[1], default=("", 0))[0]
    n_missing = counted.get(-1, 0)
    return ColumnSummary(feature=feature, label=label, choices=choices, typical=commonest, n_missing=n_missing)
