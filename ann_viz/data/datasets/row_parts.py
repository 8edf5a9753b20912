"""One byte per row that says where the row belongs, for tables with too many rows for lists of row numbers."""

from __future__ import annotations

from typing import Any, Final, Literal, get_args, overload

import numpy as np
from numpy.typing import NDArray

__all__ = ["PART_NAMES", "PartName", "RowNumbersOfPart", "RowParts"]

PartName = Literal["train", "validation", "test"]
PART_NAMES: Final[tuple[PartName, ...]] = get_args(PartName)
"""In the order of their numbers."""

_BLOCK: Final = 1 << 14


class RowParts:
    """Marks of all rows, and quick answers to "which is the n-th row with this mark?" and the reverse.

    Parameters
    ----------
    marks : ndarray of uint8, shape (n,)
        A small whole number per row; kept, not copied.
    """

    def __init__(self, marks: NDArray[np.uint8]) -> None:
        self.marks = marks
        n_marks = int(marks.max(initial=0)) + 1
        blocks = range(0, len(marks), _BLOCK)
        counts = np.zeros((len(blocks) + 1, n_marks), np.int64)
        for row, start in enumerate(blocks, start=1):
            counts[row] = np.bincount(marks[start : start + _BLOCK], minlength=n_marks)
        self._before = counts.cumsum(axis=0)  # rows with each mark that lie before each block

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.marks)

    def count(self, mark: int) -> int:
        """Return how many rows have a mark."""
        return int(self._before[-1, mark]) if mark < self._before.shape[1] else 0

    def n_other(self, mark: int) -> int:
        """Return how many rows have another mark."""
        return len(self) - self.count(mark)

    def rows(self, mark: int, start: int, stop: int) -> NDArray[np.int64]:
        """Return the rows with a mark, from the ``start``-th to before the ``stop``-th, in ascending order."""
        stop = min(stop, self.count(mark))
        if start >= stop:
            return np.empty(0, np.int64)
        before = self._before[:, mark]
        first = int(np.searchsorted(before, start, side="right")) - 1
        last = int(np.searchsorted(before, stop, side="left"))
        found = np.flatnonzero(self.marks[first * _BLOCK : last * _BLOCK] == mark) + first * _BLOCK
        return found[start - int(before[first]) :][: stop - start]

    def ranks(self, rows: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
        """Return, for each of some rows, how many rows before it have the same mark."""
        ranks = np.empty(len(rows), np.int64)
        blocks = rows // _BLOCK
        for block in np.unique(blocks).tolist():
            marks = self.marks[block * _BLOCK : (block + 1) * _BLOCK]
            here = np.flatnonzero(blocks == block)
            inside = rows[here] - block * _BLOCK
            for mark in np.unique(marks[inside]).tolist():
                wanted = marks[inside] == mark
                counted = np.cumsum(marks == mark) - 1 + self._before[block, mark]
                ranks[here[wanted]] = counted[inside[wanted]]
        return ranks


class RowNumbersOfPart:
    """The numbers of the rows that have one mark, in ascending order, worked out when asked for.

    Parameters
    ----------
    marks : RowParts
        Marks of all rows.
    mark : int
        The mark.
    """

    def __init__(self, marks: RowParts, mark: int) -> None:
        self._marks = marks
        self._mark = mark
        self._n = marks.count(mark)

    def __len__(self) -> int:
        """Return how many rows have the mark."""
        return self._n

    @overload
    def __getitem__(self, places: int, /) -> int: ...

    @overload
    def __getitem__(self, places: slice, /) -> NDArray[np.int64]: ...

    def __getitem__(self, places: int | slice, /) -> int | NDArray[np.int64]:
        """Return one row number, or those of a slice."""
        if isinstance(places, slice):
            start, stop, step = places.indices(self._n)
            return self._marks.rows(self._mark, start, stop)[::step]
        place = places + self._n if places < 0 else places
        if not 0 <= place < self._n:
            raise IndexError(places)
        return int(self._marks.rows(self._mark, place, place + 1)[0])
