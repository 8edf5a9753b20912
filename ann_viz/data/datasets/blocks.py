"""Rows of numbers in files, for tables that do not fit in memory.

A file holds nothing but float32 numbers, row after row, and is read by plain reads of the rows asked for: a file
mapped into memory would count as memory of the process. It is opened for every read, so it can always be removed.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.database.scratch import Scratch
from ann_viz.data.datasets.row_parts import RowParts
from ann_viz.errors import DataError
from ann_viz.translation import translate

__all__ = ["FileRows", "WovenRows"]

_DENSE: Final = 8  # rows that make up an eighth of a stretch are read with the whole stretch


class FileRows:
    """Rows of float32 in a file; slices and lists of row numbers read what they name.

    Parameters
    ----------
    scratch : Scratch
        The folder of the file, which stays as long as its rows are in use.
    name : str
        Name of the file.
    n_rows, width : int
        Its shape.
    """

    def __init__(self, scratch: Scratch, name: str, n_rows: int, width: int) -> None:
        self._scratch = scratch
        self._path = scratch.path / name
        self.shape: tuple[int, int] = (n_rows, width)
        self.dtype: np.dtype[np.float32] = np.dtype(np.float32)

    def __len__(self) -> int:
        """Return the number of rows."""
        return self.shape[0]

    def __getitem__(self, rows: slice | NDArray[np.integer[Any]], /) -> NDArray[np.float32]:
        """Return some rows as an array."""
        if isinstance(rows, slice):
            start, stop, step = rows.indices(len(self))
            if step == 1:
                return self._read(start, max(0, stop - start))
            rows = np.arange(start, stop, step)
        if not len(rows):
            return np.empty((0, self.shape[1]), np.float32)
        low, high = int(rows.min()), int(rows.max()) + 1
        if low < 0 or high > len(self):
            raise IndexError(f"rows {low} to {high - 1} of {len(self)}")
        if high - low <= _DENSE * len(rows):
            return self._read(low, high - low)[rows - low]
        return np.concatenate([self._read(row, 1) for row in rows.tolist()])

    def _read(self, start: int, count: int) -> NDArray[np.float32]:
        width = self.shape[1]
        try:
            values = np.fromfile(self._path, np.float32, count * width, offset=start * width * self.dtype.itemsize)
        except OSError as error:
            raise _gone() from error
        if len(values) != count * width:
            raise _gone()
        return values.reshape(count, width)


def _gone() -> DataError:
    return DataError(
        translate("The prepared rows of this table can't be read any more."),
        hint=translate("Open the file again; perhaps the folder for temporary files was emptied."),
    )


class WovenRows:
    """Rows that lie in one file per part, in the order they have in the table.

    Parameters
    ----------
    parts : tuple of FileRows
        The rows of each part.
    marks : RowParts
        For every row the index of its part.
    """

    def __init__(self, parts: tuple[FileRows, ...], marks: RowParts) -> None:
        self._parts = parts
        self._marks = marks
        self.shape: tuple[int, int] = (len(marks), parts[0].shape[1])
        self.dtype: np.dtype[np.float32] = parts[0].dtype

    def __len__(self) -> int:
        """Return the number of rows."""
        return self.shape[0]

    def __getitem__(self, key: Any, /) -> NDArray[np.float32]:
        """Return rows by number, slice or list of numbers, or by a pair of such and columns, as NumPy does."""
        if isinstance(key, tuple):
            rows, columns = key
            return np.asarray(self[rows][..., columns])
        numbers = np.arange(*key.indices(len(self))) if isinstance(key, slice) else self._checked(np.asarray(key))
        picked = np.atleast_1d(numbers)
        found = np.empty((len(picked), self.shape[1]), np.float32)
        owners, ranks = self._marks.marks[picked], self._marks.ranks(picked)
        for owner, part in enumerate(self._parts):
            here = np.flatnonzero(owners == owner)
            found[here] = part[ranks[here]]
        return found if np.ndim(numbers) else found[0]

    def _checked(self, numbers: NDArray[np.integer[Any]]) -> NDArray[np.integer[Any]]:
        """Row numbers counted from the start."""
        counted = np.where(numbers < 0, numbers + len(self), numbers)
        if counted.size and not 0 <= counted.min() <= counted.max() < len(self):
            raise IndexError(f"row {numbers} of {len(self)}")
        return counted
