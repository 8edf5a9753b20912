"""Rows of a table as a Qt model that fetches a page at a time; sorting and filtering run in a worker thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from ann_viz.data import Table
from ann_viz.data.tables.paging import Contains, Order
from ann_viz.errors import AnnVizError
from ann_viz.numerals import format_number
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["RowsModel"]

PAGE: Final = 200
MOST_PAGES: Final = 40
MOST_TEXT: Final = 300
Index = QModelIndex | QPersistentModelIndex
_TOP: Final = QModelIndex()
Cells = tuple[int, tuple[str | None, ...]]


class RowsModel(QAbstractTableModel):
    """The table as read, in an order and of those rows that hold a text.

    Parameters
    ----------
    table : Table
        It stays open as long as the model is used.
    part : callable
        Says of a row of the table which part of the data it belongs to; nothing where it is not used.
    """

    arranged = Signal()

    def __init__(self, table: Table, part: Callable[[int], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table, self._part = table, part
        self._order: Order | None = None
        self._contains: Contains | None = None
        self._n_found = table.n_rows
        self._pages: dict[int, list[Cells]] = {}
        self._wanted: tuple[Order | None, Contains | None] = (None, None)
        self._watcher = JobWatcher("looking for rows", self)
        self._watcher.finished.connect(self._on_found)
        self._watcher.failed.connect(lambda _error: self._on_found(0))  # the table was closed meanwhile

    # The order ------------------------------------------------------------------------------------------------------
    def arrange(self, order: Order | None, contains: Contains | None) -> None:
        """Show rows in another order, or other rows; they appear when the worker has found them."""
        self._wanted = order, contains
        table = self._table

        def count(_progress: object, cancelled: Callable[[], bool]) -> int:
            with table.watched(cancelled):
                return table.page(0, 0, order=order, contains=contains).n_found

        self._watcher.start(count)

    def _on_found(self, n_found: int) -> None:
        self.beginResetModel()
        self._order, self._contains = self._wanted
        self._n_found = n_found
        self._pages.clear()
        self.endResetModel()
        self.arranged.emit()

    def close(self) -> None:
        """Stop the worker and show nothing more."""
        self._watcher.close()
        self.beginResetModel()
        self._n_found = 0
        self._pages.clear()
        self.endResetModel()

    @property
    def busy(self) -> bool:
        """Whether rows are being looked for."""
        return self._watcher.busy

    @property
    def n_found(self) -> int:
        """Rows on show."""
        return self._n_found

    def table_row(self, place: int) -> int | None:
        """Return which row of the table stands at a place."""
        row = self._row(place)
        return None if row is None else row[0]

    def place_of(self, table_row: int) -> int | None:
        """Return where a row of the table stands; None where it is not among those shown."""
        return self._table.place_of(table_row, self._order, self._contains)

    # Qt -------------------------------------------------------------------------------------------------------------
    def rowCount(self, parent: Index = _TOP) -> int:
        """Return the number of rows found."""
        return 0 if parent.isValid() else self._n_found

    def columnCount(self, parent: Index = _TOP) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Qt's own signature
        """Return a cell; numbers stand at the right, missing ones say so."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.ForegroundRole):
            return None
        row = self._row(index.row())
        cell = None if row is None else row[1][index.column()]
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(theme.current().muted) if cell is None else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cell) if cell is not None and len(cell) > MOST_TEXT else None
        return "empty" if cell is None else cell[:MOST_TEXT]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's name, or a row's number in the table with the part it belongs to."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return self._alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._table.columns[section].name
        row = self.table_row(section)
        if row is None:
            return ""
        part = self._part(row)
        return f"{format_number(row + 1)} · {part}" if part else format_number(row + 1)

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        known = self._table.columns[column]
        right = known.kind in ("number", "date") or (known.kind == "identifier" and known.maximum >= known.minimum)
        return (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter

    def _row(self, place: int) -> Cells | None:
        page, offset = divmod(place, PAGE)
        if page not in self._pages:
            if len(self._pages) >= MOST_PAGES:
                self._pages.pop(next(iter(self._pages)))
            try:
                found = self._table.page(page * PAGE, PAGE, order=self._order, contains=self._contains)
            except AnnVizError:
                return None  # the table was closed meanwhile
            self._pages[page] = found.rows
        rows = self._pages[page]
        return rows[offset] if offset < len(rows) else None
