"""Reading columns of a table in ranges of rows, so that memory stays bounded however long the table is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.database.store import ROW_GROUP

__all__ = ["drawn", "pick", "pick_columns", "ranges"]

_GAP: Final = 16_384  # rows that take longer to read than a query takes to begin
_SEED: Final = 5


def ranges(n_rows: int) -> Iterator[tuple[int, int]]:
    """Yield start and stop of ranges that together are all rows."""
    for start in range(0, n_rows, ROW_GROUP):
        yield start, min(n_rows, start + ROW_GROUP)


def pick(read: Callable[[int, int], NDArray[Any]], rows: NDArray[np.int64]) -> NDArray[Any]:
    """Read some rows of which only ranges can be read.

    Parameters
    ----------
    read : callable
        Returns the rows from start to stop (exclusive).
    rows : ndarray of int64, shape (n,)
        Numbers of the rows wanted, in any order.

    Returns
    -------
    ndarray, shape (n, …)
        The rows in that order.
    """
    return pick_columns(lambda start, stop: (read(start, stop),), rows)[0]


def pick_columns(read: Callable[[int, int], Sequence[NDArray[Any]]], rows: NDArray[np.int64]) -> list[NDArray[Any]]:
    """Read some rows of several columns, of which only ranges can be read; see `pick`."""
    if not len(rows):
        return list(read(0, 0))
    in_order = bool((rows[1:] >= rows[:-1]).all())
    order = slice(None) if in_order else np.argsort(rows, kind="stable")
    wanted = rows[order]
    pieces = []
    for first, last in pairwise([0, *np.flatnonzero(_breaks(wanted)) + 1, len(wanted)]):
        start = int(wanted[first])
        places = wanted[first:last] - start
        pieces.append([column[places] for column in read(start, int(wanted[last - 1]) + 1)])
    found = [np.concatenate(column) for column in zip(*pieces, strict=True)]
    if in_order:
        return found
    picked = [np.empty_like(column) for column in found]
    for column, sorted_column in zip(picked, found, strict=True):
        column[order] = sorted_column
    return picked


def _breaks(wanted: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say after which rows, in ascending order, another range begins: at the end of a group, and before a long gap."""
    groups = wanted // ROW_GROUP
    breaks: NDArray[np.bool_] = (groups[1:] != groups[:-1]) | (np.diff(wanted) > _GAP)
    return breaks


def drawn(rows: NDArray[np.int64], at_most: int) -> NDArray[np.int64]:
    """Return so many of the rows, in ascending order, the same ones every time; all if there are no more."""
    if len(rows) <= at_most:
        return np.sort(rows)
    return np.sort(np.random.default_rng(_SEED).choice(rows, at_most, replace=False))
