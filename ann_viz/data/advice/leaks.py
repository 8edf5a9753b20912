"""Columns that give the answer away: copies of the target, and those that alone predict it almost perfectly.

How well one column alone predicts is measured on rows that were not looked at: values are put into bins, four fifths
of the rows give the mean answer of every bin, and the rest is compared with it. So a column that differs in every
row does not look like a leak.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.columns.column import Column
from ann_viz.data.tables.sample import RowSample
from ann_viz.data.tables.table import Table

__all__ = ["TargetSample", "repeats_of", "same_values"]

_MOST_BINS: Final = 50
_FEWEST_BINS: Final = 10
_ROWS_PER_BIN: Final = 20
_FOLDS: Final = 5
_NEIGHBOURS: Final = 2  # values that are put together where size is all that counts

_FEWEST_ROWS: Final = 20  # in fewer rows two yes/no columns may agree by chance
_FEWEST_OTHERS: Final = 5  # and so they may when nearly all rows have the same value
_MOST_RENAMED: Final = 0.5  # of the rows: beyond, a renaming is no wonder, as hardly a value repeats
_DISTINCT_SLACK: Final = 0.1  # counts of different values are estimates in large tables


def repeats_of(table: Table, target: str, names: Iterable[str], sample: RowSample | None = None) -> tuple[str, ...]:
    """Return the columns whose values repeat those of the target, written the same or otherwise.

    Parameters
    ----------
    table : Table
        The table.
    target : str
        Column to predict.
    names : iterable of str
        Columns to look at.
    sample : RowSample, optional
        Rows to look at; drawn when needed without it.

    Returns
    -------
    tuple of str
    """
    wanted = table.column(target)
    likely = [name for name in names if name != target and _may_repeat(table.column(name), wanted)]
    if not likely or table.n_rows - wanted.n_missing < _FEWEST_ROWS:
        return ()
    sample = sample or RowSample(table)
    return tuple(name for name in likely if same_values(sample, table.column(name), wanted))


def _may_repeat(column: Column, target: Column) -> bool:
    """Whether the profile leaves it possible; spares drawing a sample."""
    slack = _DISTINCT_SLACK * max(column.n_distinct, target.n_distinct) if target.n_distinct > 100 else 0
    if column.kind == "date" or abs(column.n_distinct - target.n_distinct) > slack:
        return False
    if column.n_missing != target.n_missing or column.n_distinct < 2:
        return False
    counts = [sorted(n for _, n in each.categories) for each in (column, target)]
    return not all(counts) or counts[0] == counts[1]


def same_values(sample: RowSample, column: Column, other: Column) -> bool:
    """Whether two columns say the same in every row of a sample: the same numbers, or values merely renamed."""
    codes, others = sample.codes(column.index), sample.codes(other.index)
    known = others >= 0
    n_known = int(known.sum())
    if n_known < _FEWEST_ROWS or not np.array_equal(codes >= 0, known):
        return False
    if n_known - int(np.bincount(others[known]).max()) < _FEWEST_OTHERS:
        return False
    if np.array_equal(codes, others) and int(others.max()) + 1 <= _MOST_RENAMED * n_known:
        return True
    if column.kind == other.kind == "number":  # the same, perhaps written otherwise (1.0 and 1)
        return bool(np.array_equal(sample.numbers(column.index)[known], sample.numbers(other.index)[known]))
    return sample.texts(column.index) == sample.texts(other.index)


class TargetSample:
    """The target's values in a sample, prepared for measuring how well one column alone predicts them.

    Parameters
    ----------
    sample : RowSample
        Rows to look at.
    target : Column
        Column to predict.
    as_number : bool
        Whether it is predicted as a number; otherwise as classes.
    """

    def __init__(self, sample: RowSample, target: Column, as_number: bool) -> None:
        self._sample = sample
        self._scales: list[NDArray[np.float64]] = []
        self._classes: NDArray[np.int64] | None = None
        if as_number:
            values = _measured(sample, target)
            self._known = ~np.isnan(values)
            raw = values[self._known]
            # Ranks as well: a few huge values would hide how well the others are predicted.
            self._scales = [raw - raw.mean(), _ranks(raw)] if len(raw) else []
        else:
            codes = sample.codes(target.index)
            self._known = codes >= 0
            self._classes = codes[self._known]
        self.n_rows: int = int(self._known.sum())

    def explained(self, column: Column) -> float:
        """Return the share of the target's variance that this column alone explains in rows not looked at."""
        return self._explained(self._bins(column))

    def explained_by_size(self, column: Column) -> float:
        """Return the same for the numbers of a column where neighbouring values have one bin.

        What a value tells by being large or small is left by this, what it tells by being that very value is not.
        """
        bins = self._bins(column)
        return self._explained(np.where(bins > 0, 1 + (bins - 1) // _NEIGHBOURS, 0))

    def explained_by_holes(self, column: Column) -> float:
        """Return the same for nothing but whether the column has a value."""
        return self._explained((self._sample.codes(column.index)[self._known] >= 0).astype(np.int64))

    def _explained(self, bins: NDArray[np.int64]) -> float:
        if self.n_rows < _FEWEST_ROWS:
            return 0.0
        n_bins = int(bins.max()) + 1
        if n_bins > max(_FEWEST_BINS, self.n_rows / 2):  # nearly every row has a bin of its own
            return 0.0
        cells = np.arange(self.n_rows) % _FOLDS * n_bins + bins
        if self._classes is not None:
            n_classes = int(self._classes.max()) + 1
            flat = np.bincount(cells * n_classes + self._classes, minlength=_FOLDS * n_bins * n_classes)
            by_class: NDArray[np.float64] = flat.reshape(_FOLDS, n_bins, n_classes).astype(np.float64)
            return _held_out_share(by_class.sum(axis=2), by_class, by_class.sum(axis=1))
        counts = np.bincount(cells, minlength=_FOLDS * n_bins).astype(np.float64).reshape(_FOLDS, n_bins)
        shares = []
        for y in self._scales:
            sums = np.bincount(cells, weights=y, minlength=_FOLDS * n_bins).reshape(_FOLDS, n_bins, 1)
            squares = np.bincount(np.arange(self.n_rows) % _FOLDS, weights=y * y, minlength=_FOLDS)[:, None]
            shares.append(_held_out_share(counts, sums, squares))
        return max(shares)

    def _bins(self, column: Column) -> NDArray[np.int64]:
        """The bin of every row: one per value, or equally filled ones where a number has many; no value is one too."""
        if column.kind != "number":
            return self._sample.codes(column.index)[self._known] + 1
        values = _measured(self._sample, column)[self._known]
        holes = np.isnan(values)
        distinct, places = np.unique(np.where(holes, 0.0, values), return_inverse=True)
        n_bins = min(_MOST_BINS, max(_FEWEST_BINS, self.n_rows // _ROWS_PER_BIN))
        if len(distinct) > n_bins:
            edges = np.quantile(values[~holes], np.linspace(0, 1, n_bins + 1)[1:-1])
            places = np.searchsorted(edges, values, side="right")
        return np.where(holes, 0, places + 1)


def _measured(sample: RowSample, column: Column) -> NDArray[np.float64]:
    """Numbers of a column, those left out that may mean "missing": where one sensor fails, often others do too."""
    values = sample.numbers(column.index)
    absent = [value for value, _ in column.sentinels]
    return np.where(np.isin(values, absent), np.nan, values) if absent else values


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks between -0.5 and 0.5, equal ones for equal values."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    means = (np.cumsum(counts) - (counts + 1) / 2) / len(values)
    ranks: NDArray[np.float64] = means[places] - 0.5
    return ranks


def _held_out_share(counts: NDArray[Any], sums: NDArray[Any], squares: NDArray[Any]) -> float:
    """Share of the variance of Y that the mean of a row's bin explains, on folds not used for that mean.

    ``counts`` (folds, bins) of rows, ``sums`` (folds, bins, k) of Y, ``squares`` (folds, k) of Y².
    """
    n_train = counts.sum(axis=0) - counts  # (folds, bins)
    sum_train = sums.sum(axis=0) - sums  # (folds, bins, k)
    mean = sum_train.sum(axis=1) / np.maximum(n_train.sum(axis=1), 1)[:, None]  # (folds, k)
    seen = (n_train > 0)[:, :, None]
    guess = np.where(seen, sum_train / np.maximum(n_train, 1)[:, :, None], mean[:, None, :])
    left = squares.sum() - 2 * (guess * sums).sum() + (guess**2 * counts[:, :, None]).sum()
    total = squares.sum() - 2 * (mean * sums.sum(axis=1)).sum() + (mean**2 * counts.sum(axis=1)[:, None]).sum()
    return float(1.0 - left / total) if total > 0 else 0.0
