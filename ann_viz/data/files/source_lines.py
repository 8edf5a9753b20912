"""On which line of its file every row of a table stands; rows may take several lines, and lines may be no rows."""

from __future__ import annotations

from array import array
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["LineNotes", "SourceLines"]

_WHOLE: Final = "q"


class SourceLines:
    """Where rows begin, kept as runs of rows that stand on consecutive lines.

    Parameters
    ----------
    rows, lines : array of int
        For every run its first row, from 0, and the line that row begins on, from 1.
    bad : array of int
        Lines of all rows that were left out because they don't fit.
    """

    def __init__(
        self,
        rows: array[int] = array(_WHOLE, [0]),  # noqa: B008 - read only
        lines: array[int] = array(_WHOLE, [1]),  # noqa: B008
        bad: array[int] = array(_WHOLE),  # noqa: B008
    ) -> None:
        self._rows, self._lines = (np.frombuffer(numbers, np.int64) for numbers in (rows, lines))
        self.bad: NDArray[np.int64] = np.frombuffer(bad, np.int64)

    def __eq__(self, other: object) -> bool:
        """Return whether the rows stand on the same lines."""
        if not isinstance(other, SourceLines):
            return NotImplemented
        mine, theirs = ((each._rows, each._lines, each.bad) for each in (self, other))
        return all(map(np.array_equal, mine, theirs))

    __hash__ = None  # type: ignore[assignment]  # two that are equal need not be one

    def of(self, start: int, stop: int) -> NDArray[np.int64]:
        """Return the lines, from 1, that the rows from ``start`` to before ``stop`` begin on, shape (stop - start,)."""
        rows = np.arange(start, stop, dtype=np.int64)
        run = np.searchsorted(self._rows, rows, side="right") - 1
        found: NDArray[np.int64] = self._lines[run] + (rows - self._rows[run])
        return found


class LineNotes:
    """Takes note of rows as they are read, to be asked for their lines later."""

    def __init__(self) -> None:
        self._rows, self._lines, self._bad = array(_WHOLE), array(_WHOLE), array(_WHOLE)
        self._n = 0
        self._expected = 0

    def rows_from(self, line: int, n: int = 1) -> None:
        """Note that the next row begins on a line, and further ones on those below it; none where n is 0."""
        if n == 0:
            return
        if line != self._expected:
            self._rows.append(self._n)
            self._lines.append(line)
        self._n += n
        self._expected = line + n

    def bad_row(self, line: int) -> None:
        """Note a row that is left out because it does not fit."""
        self._bad.append(line)

    def noted(self) -> SourceLines:
        """Return what was noted."""
        return SourceLines(self._rows, self._lines, self._bad) if self._n else SourceLines(bad=self._bad)
