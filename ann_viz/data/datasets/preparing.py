"""Which rows of a table are learned from, and for what: found in ranges of rows, so that memory stays bounded.

Up to two million rows are divided as `split_rows` does, more of them block by block.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.database.store import ROW_GROUP
from ann_viz.data.datasets.row_parts import RowParts
from ann_viz.data.datasets.row_sampling import sample_rows, split_into_parts
from ann_viz.data.datasets.splitting import split_rows
from ann_viz.data.encoding.encoder import MOST_FIT_ROWS
from ann_viz.data.encoding.recipe import Recipe, Split
from ann_viz.data.tables.cells import OddCells
from ann_viz.data.tables.table import Table
from ann_viz.errors import Cancelled

__all__ = ["LEFT_OUT", "WorkProgress", "divided", "fit_rows", "row_ranges", "with_target"]

LEFT_OUT: Final = 3
MOST_LISTED_ROWS: Final = 2_000_000
MOST_COMPARED_ROWS: Final = 200_000  # texts of more would fill the memory
_RANGE_BYTES: Final = 1 << 26
_FIT_STRETCHES: Final = 100
_FIT_MARGIN: Final = 1.2


class WorkProgress:
    """Tells how far the work is, and stops it when asked to.

    Parameters
    ----------
    progress : callable, optional
        Called with the share of the work done, 0 to 1.
    cancelled : callable, optional
        Asked now and then; true stops the work.
    """

    def __init__(self, progress: Callable[[float], None] | None, cancelled: Callable[[], bool] | None) -> None:
        self._progress = progress
        self._cancelled = cancelled

    def at(self, share: float) -> None:
        """Report; raises Cancelled when the work was cancelled."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled
        if self._progress is not None:
            self._progress(share)

    def over(self, ranges: list[tuple[int, int]], begin: float, end: float) -> Iterator[tuple[int, int]]:
        """Yield ranges of rows, reporting shares from `begin` to `end`."""
        for number, rows in enumerate(ranges):
            self.at(begin + (end - begin) * number / len(ranges))
            yield rows
        self.at(end)


def row_ranges(n_rows: int, bytes_per_row: int = 8, *, n_groups: int = 1) -> list[tuple[int, int]]:
    """Cut a table into ranges of rows that are read quickly and take little memory.

    Parameters
    ----------
    n_rows : int
        Rows of the table.
    bytes_per_row : int
        What a row takes in memory.
    n_groups : int
        How many row groups are read at once if memory allows; the database gives each to a thread of its own.
    """
    length = max(1, min(n_groups * ROW_GROUP, _RANGE_BYTES // bytes_per_row))
    length -= length % ROW_GROUP if length > ROW_GROUP else 0
    return [(start, min(n_rows, start + length)) for start in range(0, n_rows, length)]


def with_target(
    table: Table, recipe: Recipe, progress: WorkProgress
) -> tuple[NDArray[np.bool_], NDArray[np.signedinteger] | None]:
    """Say which rows can be learned from, and the class of every row, below 0 without one; None for numbers.

    They have a value in the target, and no odd cell in an input whose odd rows are to be left out.
    """
    column = table.column(recipe.target)
    usable = np.empty(table.n_rows, np.bool_)
    odd = [OddCells(table.column(name).index) for name in recipe.inputs if recipe.plan(name).leave_out_odd]
    if recipe.task == "regression":
        for start, stop in progress.over(row_ranges(table.n_rows), 0.0, 0.1):
            usable[start:stop] = ~np.isnan(table.numbers(column.index, start=start, stop=stop))
            usable[start:stop] &= ~_any_of(table, odd, start, stop)
        return usable, None
    values = table.values(column.index)
    classes = np.empty(table.n_rows, np.min_scalar_type(-len(values) - 2))
    for start, stop in progress.over(row_ranges(table.n_rows), 0.0, 0.1):
        classes[start:stop] = table.codes(column.index, values, start, stop)
        usable[start:stop] = (classes[start:stop] >= 0) & ~_any_of(table, odd, start, stop)
    return usable, classes


def _any_of(table: Table, odd: Sequence[OddCells], start: int, stop: int) -> NDArray[np.bool_]:
    """Say which of some rows have an odd cell."""
    found = np.zeros(stop - start, np.bool_)
    for cells in table.read(odd, start, stop) if odd else ():
        found |= cells
    return found


def divided(
    table: Table,
    recipe: Recipe,
    usable: NDArray[np.bool_],
    classes: NDArray[np.signedinteger] | None,
    progress: WorkProgress,
) -> RowParts:
    """Draw the sample the recipe asks for and divide it.

    Parameters
    ----------
    table : Table
    recipe : Recipe
        Says how many rows are drawn, and how they are split.
    usable : ndarray of bool, shape (n_rows,)
        Rows of the table that can be learned from.
    classes : ndarray of int, shape (n_rows,), or None
        Class of every row, for a split that keeps their shares.
    progress : WorkProgress
        Told while dates are read to divide by.

    Returns
    -------
    RowParts
        For every row of the table the index of its part, or `LEFT_OUT`.
    """
    split = recipe.split
    if recipe.sample_rows is not None:
        usable = sample_rows(usable, recipe.sample_rows, split.seed)
    kept = None if classes is None else classes[usable]
    times = None if split.by_time is None else _times(table, split.by_time, progress)[usable]
    marks = np.full(len(usable), LEFT_OUT, np.uint8)
    if split.together and len(usable) <= MOST_COMPARED_ROWS:
        first, group = np.unique(_groups(table, recipe)[usable], return_index=True, return_inverse=True)[1:]
        some = None if kept is None else kept[first]
        then = None if times is None else times[first]
        marks[usable] = _dealt(len(first), split, some, then)[group.ravel()]
    else:
        marks[usable] = _dealt(int(np.count_nonzero(usable)), split, kept, times)
    return RowParts(marks)


def _dealt(
    n_rows: int, split: Split, classes: NDArray[np.signedinteger] | None, times: NDArray[np.float64] | None
) -> NDArray[np.uint8]:
    """Return the part of every row."""
    if n_rows > MOST_LISTED_ROWS:
        return split_into_parts(n_rows, split, classes, times)
    dealt = np.empty(n_rows, np.uint8)
    for part, rows in enumerate(split_rows(n_rows, split, classes, times)):
        dealt[rows] = part
    return dealt


def _groups(table: Table, recipe: Recipe) -> NDArray[np.int64]:
    """Return a number for every row of the table that rows with the same cells in all inputs share."""
    places = [table.column(name).index for name in recipe.inputs]
    numbers: dict[tuple[str | None, ...], int] = {}
    return np.array([numbers.setdefault(tuple(row[i] for i in places), len(numbers)) for row in table.rows()])


def _times(table: Table, name: str, progress: WorkProgress) -> NDArray[np.float64]:
    """Return what puts the rows in order of time, NaN where nothing does: numbers and dates, else texts by alphabet."""
    column = table.column(name)
    values = None if column.maximum >= column.minimum else table.values(column.index)
    times = np.empty(table.n_rows)
    for start, stop in progress.over(row_ranges(table.n_rows), 0.1, 0.1):
        if values is None:
            times[start:stop] = table.numbers(column.index, start=start, stop=stop)
        else:
            places = table.codes(column.index, values, start, stop)
            times[start:stop] = np.where(places < 0, np.nan, places)
    return times


def fit_rows(marks: RowParts, seed: int) -> NDArray[np.int64]:
    """Return the training rows the encoding is learned from.

    All of them, or a million drawn at random from a hundred stretches at even distances that together hold a few more:
    of a stretch that holds a single row of them, all have to be read.
    """
    training = marks.marks == 0
    if marks.count(0) > MOST_FIT_ROWS:
        n_near = _FIT_MARGIN * MOST_FIT_ROWS * len(marks) / marks.count(0)
        length = math.ceil(n_near / _FIT_STRETCHES)
        near = np.zeros_like(training)
        for number in range(_FIT_STRETCHES):
            start = number * len(marks) // _FIT_STRETCHES
            near[start : start + length] = True
        training &= near
    return np.flatnonzero(sample_rows(training, MOST_FIT_ROWS, seed))
