"""Rows of numbers that need not be in memory, and what is worked out from them block by block.

Any object with a shape and slices will do: a NumPy array, or one that reads its rows from a file. The engine asks for
slices only and never for all rows at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final, Protocol, TypeAlias

import numpy as np

from ann_viz.engine.arrays import Array
from ann_viz.engine.config import Task

__all__ = [
    "MOST_JUDGED_ROWS",
    "Column",
    "Computed",
    "Rows",
    "class_weighing",
    "class_weights_of",
    "computed",
    "judged",
    "row_bytes",
    "spread",
]

_BLOCK_ROWS: Final = 1 << 16
_MOST_IN_A_RUN: Final = 100
_FEWEST_RUNS: Final = 100
MOST_JUDGED_ROWS: Final = 100_000
_MOST_JUDGED_BYTES: Final = 1 << 25


class Rows(Protocol):
    """Rows that can be asked for by slices."""

    @property
    def shape(self) -> tuple[int, ...]:
        """Rows and columns."""
        ...

    def __len__(self) -> int: ...

    def __getitem__(self, rows: slice, /) -> Array: ...


class Computed:
    """Rows worked out from others whenever they are asked for.

    Parameters
    ----------
    rows : Rows
        Where they come from.
    work : callable
        Turns some of those rows into as many new ones.
    """

    def __init__(self, rows: Rows, work: Callable[[Array], Array]) -> None:
        self._rows = rows
        self._work = work
        first = self[0:1]
        self.shape: tuple[int, ...] = (len(rows), *first.shape[1:])
        self.dtype: np.dtype[Any] = first.dtype

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    def __getitem__(self, rows: slice, /) -> Array:
        """Return some rows."""
        return self._work(self._rows[rows])


Column: TypeAlias = "Array | Computed"
"""What a trainer deals out: inputs, targets or weights of all rows."""


def computed(rows: Rows, work: Callable[[Array], Array]) -> Column:
    """Return what `work` makes of rows: at once for an array, and only when asked for it otherwise."""
    return work(rows) if isinstance(rows, np.ndarray) else Computed(rows, work)


def row_bytes(columns: tuple[Column, ...]) -> int:
    """Return the bytes of one row of all columns together."""
    return sum(column.dtype.itemsize * column.shape[1] for column in columns)


def spread(rows: Rows, most: int) -> Array:
    """Return `most` rows spread evenly, all if they are fewer; always the same ones.

    Rows that are not in memory are read in short runs, which is quicker than one by one.
    """
    n = len(rows)
    if isinstance(rows, np.ndarray):
        return rows if n <= most else rows[np.arange(most) * n // most]
    if n <= most:
        return rows[0:n]
    length = max(1, min(_MOST_IN_A_RUN, most // _FEWEST_RUNS))
    starts = np.arange(most // length) * n // (most // length)
    return np.concatenate([rows[start : start + length] for start in starts.tolist()])


def judged(X: Rows, Y: Rows, most: int | None = None, *, n_ones: int = 0) -> tuple[Array, Array]:
    """Return the rows a network is judged by: all, or 100,000 spread evenly, or fewer if rows are wide.

    Parameters
    ----------
    X, Y : (n, n_in), (n, n_out) Rows
        Inputs and targets.
    most : int, optional
        How many to judge by at most, if fewer.
    n_ones : int
        Columns of X that are no inputs: with or without them the same rows are chosen.

    Returns
    -------
    tuple of two arrays
    """
    bytes_per_row = np.dtype(np.float32).itemsize * (X.shape[1] - n_ones + Y.shape[1])
    most = max(1, min(most or MOST_JUDGED_ROWS, MOST_JUDGED_ROWS, _MOST_JUDGED_BYTES // bytes_per_row))
    return spread(X, most), spread(Y, most)


def class_weights_of(task: Task, Y: Rows) -> Array | None:
    """Return the weight n / (k · its rows) of every class, with which each of the k classes counts the same.

    Parameters
    ----------
    task : str
        The task.
    Y : (n, n_out) Rows
        0/1 or one-hot; the classes are counted in them.

    Returns
    -------
    (k,) array or None
        None for regression.
    """
    if task == "regression":
        return None
    counts = sum(_classes(task, block).sum(axis=0, dtype=np.float64) for block in _blocks(Y))
    k = np.count_nonzero(counts)
    weights: Array = np.divide(len(Y), k * counts, out=np.zeros_like(counts), where=counts > 0)
    return weights


def class_weighing(task: Task, weights: Array) -> Callable[[Array], Array]:
    """Return what gives rows the weight of their class: from targets ``(m, n_out)`` to weights ``(m, 1)``."""
    return partial(_weigh, task, weights[:, None])


def _weigh(task: Task, weights: Array, Y: Array) -> Array:
    return np.asarray(_classes(task, Y) @ weights)


def _classes(task: Task, Y: Array) -> Array:
    """Targets as one-hot rows."""
    return np.hstack([1 - Y, Y]) if task == "binary" else Y


def _blocks(rows: Rows) -> Iterator[Array]:
    for start in range(0, len(rows), _BLOCK_ROWS):
        yield rows[start : start + _BLOCK_ROWS]
