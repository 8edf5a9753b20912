"""Tables and charts as text on the clipboard, which spreadsheets and mails take as a table.

No cell that was copied is run as a formula where it is pasted: see `ann_viz.session.spreadsheet`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, cast

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QTableView, QWidget

from ann_viz.session.spreadsheet import pasted

__all__ = ["MOST_COPIED_ROWS", "copy_numbers", "let_copy", "on_copy"]

MOST_COPIED_ROWS: Final = 10_000
"""Of a table in which nothing is selected, no more are copied: a clipboard is no file."""


def copy_numbers(rows: Iterable[Sequence[str | float]]) -> None:
    """Put rows on the clipboard; the first are headings."""
    QGuiApplication.clipboard().setText("\n".join(pasted(map(str, row)) for row in rows))


def let_copy(table: QTableView) -> None:
    """Let Ctrl+C in a table copy the rows in which something is selected, the first of all rows where nothing is."""
    on_copy(table, lambda: copy_numbers(_rows_of(table)))


def on_copy(widget: QWidget, copy: Callable[[], None]) -> None:
    """Have Ctrl+C do this where the keys go to a widget."""
    QShortcut(QKeySequence.StandardKey.Copy, widget, copy).setContext(Qt.ShortcutContext.WidgetShortcut)


def _rows_of(table: QTableView) -> list[list[str]]:
    model = cast("QAbstractItemModel | None", table.model())  # of which PySide's types know nothing
    if model is None:
        return []
    seen = [column for column in range(model.columnCount()) if not table.isColumnHidden(column)]
    chosen = sorted({index.row() for index in table.selectionModel().selectedIndexes()})
    rows = chosen or range(min(model.rowCount(), MOST_COPIED_ROWS))
    across, shown = Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole
    heads = [_text(model.headerData(column, across, shown)) for column in seen]
    return [heads, *([_text(model.index(row, column, QModelIndex()).data()) for column in seen] for row in rows)]


def _text(value: object) -> str:
    return "" if value is None else str(value)
