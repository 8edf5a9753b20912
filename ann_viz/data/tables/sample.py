"""Some rows of a table held column by column, for tests that would take long over all of them.

Up to 20,000 rows come whole; of more, blocks at even distances are taken, so that a sorted file is met everywhere.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.files.numbers import parse_number
from ann_viz.data.tables.table import Table

__all__ = ["RowSample"]

_MOST_ROWS: Final = 20_000
_MOST_CELLS: Final = (
    4_000_000  # a wide table gives fewer rows: cells are Python texts, of which a second brings so many
)
_FEWEST_ROWS: Final = 500
_BLOCKS: Final = 20


class RowSample:
    """Rows drawn from a table.

    Parameters
    ----------
    table : Table
        The table.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        most = min(_MOST_ROWS, max(_FEWEST_ROWS, _MOST_CELLS // len(table.columns)))
        self.complete: bool = table.n_rows <= most
        if self.complete:
            rows = table.rows()
        else:
            starts = np.linspace(0, table.n_rows - most // _BLOCKS, _BLOCKS).astype(np.int64)
            rows = [row for start in starts for row in table.rows(int(start), most // _BLOCKS)]
        self.n_rows: int = len(rows)
        self._cells: list[tuple[str | None, ...]] = list(zip(*rows, strict=True))
        self._numbers: dict[int, NDArray[np.float64]] = {}
        self._codes: dict[int, NDArray[np.int64]] = {}

    def texts(self, index: int) -> tuple[str | None, ...]:
        """Return the cells of a column, None where there is no value."""
        return self._cells[index]

    def n_different_rows(self) -> int:
        """Return how many rows differ from all earlier ones."""
        return len(set(zip(*self._cells, strict=True)))

    def numbers(self, index: int) -> NDArray[np.float64]:
        """Return the numbers of a column that holds numbers, shape (n_rows,), NaN where there is no value."""
        if index not in self._numbers:
            form, dialect = self._table.columns[index].form, self._table.dialect
            if form == "" and not self._table.columns[index].n_odd:
                values = [np.nan if text is None else float(text) for text in self._cells[index]]
            else:
                known: dict[str | None, float] = {None: np.nan}
                for text in self._cells[index]:
                    if text is not None and text not in known:
                        known[text] = parse_number(text, form, dialect)
                values = [known[text] for text in self._cells[index]]
            self._numbers[index] = np.array(values, dtype=np.float64)
        return self._numbers[index]

    def codes(self, index: int) -> NDArray[np.int64]:
        """Return a number for every cell, shape (n_rows,): values count from 0 as they appear, no value is -1.

        Two columns have the same codes exactly when one is the other with its values renamed.
        """
        if index not in self._codes:
            places: dict[str | None, int] = {}
            for text in self._cells[index]:
                if text is not None and text not in places:
                    places[text] = len(places)
            places[None] = -1
            self._codes[index] = np.array([places[text] for text in self._cells[index]], dtype=np.int64)
        return self._codes[index]
