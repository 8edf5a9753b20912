"""Rows of a table as a Qt model that fetches a page at a time; sorting and filtering run in a worker thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from ann_viz.data import Table
from ann_viz.errors import AnnVizError
from ann_viz.numerals import format_number
from ann_viz.session.answered_rows import AnsweredRows
from ann_viz.session.shown_rows import ShownRows, Wish, find_rows
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
    """The table as read, in an order and of those rows that are wished for; the network's answers stand first.

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
        self._rows = ShownRows(table, None, None)
        self._answers: AnsweredRows | None = None
        self._closed = False
        self._pages: dict[int, list[Cells]] = {}
        self._watcher = JobWatcher("looking for rows", self)
        self._watcher.finished.connect(self._show)
        self._watcher.failed.connect(lambda _error: self.close())  # the table was closed meanwhile

    # The order ------------------------------------------------------------------------------------------------------
    def arrange(self, wish: Wish) -> None:
        """Show rows in another order, or other rows; they appear when the worker has found them."""
        table, answers = self._table, self._answers

        def find(_progress: object, cancelled: Callable[[], bool]) -> ShownRows:
            return find_rows(table, answers, wish, cancelled)

        self._watcher.start(find)

    def show_answers(self, answers: AnsweredRows | None, wish: Wish) -> None:
        """Put these answers beside the rows, and arrange them."""
        self._answers = answers
        self.arrange(wish)

    def _show(self, rows: ShownRows) -> None:
        self.beginResetModel()
        self._rows = rows
        self._pages.clear()
        self.endResetModel()
        self.arranged.emit()

    def close(self) -> None:
        """Stop the worker and show nothing more."""
        self._watcher.close()
        self.beginResetModel()
        self._closed = True
        self._pages.clear()
        self.endResetModel()

    @property
    def busy(self) -> bool:
        """Whether rows are being looked for."""
        return self._watcher.busy

    @property
    def rows(self) -> ShownRows:
        """The rows on show."""
        return self._rows

    @property
    def n_found(self) -> int:
        """How many rows are on show."""
        return 0 if self._closed else len(self._rows)

    def table_row(self, place: int) -> int | None:
        """Return which row of the table stands at a place."""
        row = self._row(place)
        return None if row is None else row[0]

    def place_of(self, table_row: int) -> int | None:
        """Return where a row of the table stands; None where it is not among those shown."""
        return None if self._closed else self._rows.place_of(table_row)

    # Qt -------------------------------------------------------------------------------------------------------------
    def rowCount(self, parent: Index = _TOP) -> int:
        """Return the number of rows found."""
        return 0 if parent.isValid() else self.n_found

    def columnCount(self, parent: Index = _TOP) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._rows.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Qt's own signature
        """Return a cell; numbers stand at the right, missing ones say so."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        is_answer = index.column() < self._rows.n_answers
        if role == Qt.ItemDataRole.BackgroundRole:
            return QColor(theme.current().accent_soft) if is_answer else None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.ForegroundRole):
            return None
        row = self._row(index.row())
        cell = None if row is None else row[1][index.column()]
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(theme.current().muted) if cell is None else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cell) if cell is not None and len(cell) > MOST_TEXT else None
        if cell is None:
            return "" if is_answer else "empty"
        return cell[:MOST_TEXT]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's name, or a row's number in the table with the part it belongs to."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return self._alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._rows.names[section]
        row = self.table_row(section)
        if row is None:
            return ""
        part = self._part(row)
        return f"{format_number(row + 1)} · {part}" if part else format_number(row + 1)

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        n_answers = self._rows.n_answers
        if column < n_answers:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        known = self._table.columns[column - n_answers]
        right = known.kind in ("number", "date") or (known.kind == "identifier" and known.maximum >= known.minimum)
        return (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter

    def _row(self, place: int) -> Cells | None:
        page, offset = divmod(place, PAGE)
        if page not in self._pages:
            if len(self._pages) >= MOST_PAGES:
                self._pages.pop(next(iter(self._pages)))
            try:
                self._pages[page] = self._rows.page(page * PAGE, PAGE)
            except AnnVizError:
                return None  # the table was closed meanwhile
        rows = self._pages[page]
        return rows[offset] if offset < len(rows) else None
