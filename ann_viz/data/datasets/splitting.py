"""Dividing rows into parts whose sizes are exact and in which every class keeps its share."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.datasets.row_parts import PART_NAMES
from ann_viz.data.encoding.recipe import Split
from ann_viz.errors import DataError
from ann_viz.translation import translate

__all__ = ["split_rows"]

_ROWS_FOR_TRAINING: Final = 3


def split_rows(
    n_rows: int,
    split: Split,
    classes: NDArray[np.integer[Any]] | None = None,
    times: NDArray[np.float64] | None = None,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Divide row numbers into training, validation and test rows.

    Parameters
    ----------
    n_rows : int
        Number of rows.
    split : Split
        Shares, seed and whether to shuffle and stratify.
    classes : ndarray of int, shape (n_rows,), optional
        Class of every row; used when ``split.stratify`` and ``split.shuffle``.
    times : ndarray of float, shape (n_rows,), optional
        What ``split.by_time`` says of every row, NaN where it says nothing. Rows of the same time keep
        the order of the file; rows without one come first, so that every test row is known to be later than the
        training rows with a time.

    Returns
    -------
    tuple of three ndarrays of int64
        A partition of ``0 … n_rows - 1``; each part in ascending order.

    Raises
    ------
    DataError
        When the split is by time and there are no times.
    """
    shares = np.array([split.train, split.validation, split.test])
    sizes = _largest_remainder(n_rows * shares, n_rows)
    if sizes[0] == 0:
        sizes[0] += 1
        sizes[int(np.argmax(sizes[1:])) + 1] -= 1
    order = _order(n_rows, split, times)
    if classes is None or not (split.stratify and split.shuffle) or split.by_time is not None:
        bounds = np.cumsum(sizes)
        parts = [order[: bounds[0]], order[bounds[0] : bounds[1]], order[bounds[1] :]]
    else:
        parts = _stratified(order, classes, sizes, shares)
    train, validation, test = (np.sort(part).astype(np.int64) for part in parts)
    return train, validation, test


def _order(n_rows: int, split: Split, times: NDArray[np.float64] | None) -> NDArray[np.int64]:
    """The rows in the order in which they are taken."""
    if split.by_time is not None:
        if times is None:
            raise DataError(
                translate("The rows can't be divided by '{name}'.").format(name=split.by_time),
                hint=translate("Choose another way to divide."),
            )
        return np.argsort(np.where(np.isnan(times), -np.inf, times), kind="stable")
    return np.random.default_rng(split.seed).permutation(n_rows) if split.shuffle else np.arange(n_rows)


def _largest_remainder(ideal: NDArray[np.float64], total: int) -> NDArray[np.int64]:
    """Whole numbers near the ideal ones that add up to the total; ties go to the first."""
    whole = np.floor(ideal + 1e-9).astype(np.int64)
    order = np.argsort(-(ideal - whole), kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return whole


def _stratified(
    order: NDArray[np.int64], classes: NDArray[np.integer[Any]], sizes: NDArray[np.int64], shares: NDArray[np.float64]
) -> list[NDArray[np.int64]]:
    labels, counts = np.unique(classes, return_counts=True)
    table = _table(counts, sizes, shares)
    parts: list[list[NDArray[np.int64]]] = [[] for _ in range(len(PART_NAMES))]
    for row, label in enumerate(labels):
        members = order[classes[order] == label]
        bounds = np.cumsum(table[row])
        for part, (start, stop) in enumerate(zip(np.r_[0, bounds[:-1]], bounds, strict=True)):
            parts[part].append(members[start:stop])
    return [np.concatenate(part) for part in parts]


def _table(counts: NDArray[np.int64], sizes: NDArray[np.int64], shares: NDArray[np.float64]) -> NDArray[np.int64]:
    """Rows of each class in each part: both the classes' counts and the parts' sizes come out exactly."""
    ideal = counts[:, None] * shares
    table = np.floor(ideal + 1e-9).astype(np.int64)
    left_of_class = counts - table.sum(axis=1)
    left_of_part = sizes - table.sum(axis=0)
    for flat in np.argsort(-(ideal - table), axis=None, kind="stable"):
        row, part = divmod(int(flat), len(PART_NAMES))
        if left_of_class[row] > 0 and left_of_part[part] > 0:
            table[row, part] += 1
            left_of_class[row] -= 1
            left_of_part[part] -= 1
    for row in map(int, np.flatnonzero(left_of_class)):
        for part in range(len(PART_NAMES)):
            take = min(left_of_class[row], left_of_part[part])
            table[row, part] += take
            left_of_class[row] -= take
            left_of_part[part] -= take
    return _with_every_class_in_training(table, counts)


def _with_every_class_in_training(table: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Swap one row of a class that training lacks for one of the class it has most of."""
    for row in np.flatnonzero((table[:, 0] == 0) & (counts >= _ROWS_FOR_TRAINING)):
        giver = int(np.argmax(table[:, 0]))
        if table[giver, 0] < 2:
            break
        taker = 1 + int(np.argmax(table[row, 1:]))
        table[row, 0] += 1
        table[row, taker] -= 1
        table[giver, 0] -= 1
        table[giver, taker] += 1
    return table
