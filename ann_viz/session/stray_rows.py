"""Rows of a file that don't fit its table, put back among the others, where they stood and without an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ann_viz.data import Table
from ann_viz.data.files.dialect import BLANKS
from ann_viz.session.csv_rows import Cells
from ann_viz.session.importing.repair import cells_of

__all__ = ["StrayRows"]


class StrayRows:
    """Hands such rows out in the order of the file.

    Their cells are written as they stand as far as the table is wide; of more than 10,000 such rows, the further ones
    have their line only.

    Parameters
    ----------
    table : Table
        The table they don't fit.
    n_added : int
        Columns behind those of the table; the first of them holds the line.
    passed : callable
        Makes the cells of a row fit to be written.
    """

    def __init__(self, table: Table, n_added: int, passed: Callable[[Cells], Cells]) -> None:
        self._passed = passed
        self._table = table
        self._lines = table.lines.bad.tolist()
        self._next = 0
        self._nothing: Cells = [None] * (n_added - 1)

    def between(self, rows: Iterable[Cells], lines: Sequence[int]) -> Iterator[Cells]:
        """Yield rows, which stand on these lines, and before each of them the stray ones above it."""
        if self._next == len(self._lines) or self._lines[self._next] > lines[-1]:
            yield from rows
            return
        for row, line in zip(rows, lines, strict=True):
            while self._next < len(self._lines) and self._lines[self._next] < line:
                yield self._stray()
            yield row

    def left(self) -> Iterator[Cells]:
        """Yield those below the last row."""
        while self._next < len(self._lines):
            yield self._stray()

    def _stray(self) -> Cells:
        place, width = self._next, len(self._table.columns)
        self._next += 1
        cells: Cells = []
        if place < len(self._table.bad_lines):
            text = self._table.bad_lines[place].text
            cells = [cell.strip(BLANKS) for cell in cells_of(text, self._table.dialect) or [text]]
        row = [*(cells + [None] * width)[:width], str(self._lines[place]), *self._nothing]
        return self._passed(row)
