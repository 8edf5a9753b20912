"""Some rows of a table, of which the columns that will be wanted are read together: a query takes time to begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.tables.cells import Cells
from ann_viz.data.tables.ranges import pick_columns
from ann_viz.data.tables.table import Table

__all__ = ["PickedRows"]

_MOST_BYTES: Final = 1 << 25
_MOST_TOGETHER: Final = 16  # columns, however few the rows: the texts of a query grow with them
_CELL_BYTES: Final = 8


class PickedRows:
    """Reads columns of some rows.

    Parameters
    ----------
    table : Table
        The table.
    rows : ndarray of int64
        The rows.
    """

    def __init__(self, table: Table, rows: NDArray[np.int64]) -> None:
        self.rows = rows
        self._table = table
        self._ahead: dict[Cells, NDArray[Any]] = {}
        self.n_together: int = max(1, min(_MOST_TOGETHER, _MOST_BYTES // (_CELL_BYTES * max(1, len(rows)))))
        """How many columns may be read ahead, so that memory stays bounded."""

    def __len__(self) -> int:
        """Return how many rows they are."""
        return len(self.rows)

    def first(self, count: int) -> PickedRows:
        """Return the first of the rows."""
        return PickedRows(self._table, self.rows[:count])

    def read_ahead(self, wanted: Sequence[Cells]) -> None:
        """Read what is about to be asked for, and forget what was read ahead before."""
        self._ahead = {}
        if wanted:
            self._ahead = dict(zip(wanted, self._read(wanted), strict=True))

    def cells(self, wanted: Cells) -> NDArray[Any]:
        """Return the cells of a column, shape (n_rows,)."""
        return self._ahead[wanted] if wanted in self._ahead else self._read([wanted])[0]

    def _read(self, wanted: Sequence[Cells]) -> list[NDArray[Any]]:
        return pick_columns(lambda start, stop: self._table.read(wanted, start, stop), self.rows)
