"""The first rows of a file with their answers, in a small table.

Of many classes only the chance of the answer stands beside it: a hundred columns would hide those of the file.
"""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QTableView, QWidget

from ann_viz.numerals import format_number
from ann_viz.session.prediction import Glimpse
from ann_viz.ui.document.copying import let_copy
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["FirstRows"]

MOST_TEXT: Final = 120
MOST_CLASSES: Final = 24
"""Whose chances all have a column."""

ANSWER: Final = 1
CHANCES: Final = 2
"""Where the answer and the first chance stand: the row comes before them."""

WIDEST: Final = 220
_TOP: Final = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class _Model(QAbstractTableModel):
    """The cells of a glimpse; the chances of more classes than can be read are one column."""

    def __init__(self, glimpse: Glimpse, parent: QWidget) -> None:
        super().__init__(parent)
        self._glimpse = glimpse
        classes = glimpse.rows.model.encoder.class_names
        self._chances = {name: CHANCES + place for place, name in enumerate(classes)}
        self._places: list[int | None] = list(range(len(glimpse.names)))
        if len(classes) > MOST_CLASSES:
            self._places[CHANCES : glimpse.n_added] = [None]

    def rowCount(self, parent: Index = _TOP) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._glimpse.cells)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Return how many columns there are, answers included."""
        return 0 if parent.isValid() else len(self._places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell; those that are added stand out."""
        cells, place = self._glimpse.cells[index.row()], self._places[index.column()]
        added = place is None or place < self._glimpse.n_added
        if role == Qt.ItemDataRole.DisplayRole:
            if place is None:
                place = self._chances.get(str(cells[ANSWER]))  # none for a row without an answer
            cell = None if place is None else cells[place]
            return "" if cell is None else cell[:MOST_TEXT]
        if role == Qt.ItemDataRole.FontRole and added:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == Qt.ItemDataRole.BackgroundRole and added:
            return QColor(theme.current().accent_soft)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's name."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        place, n = self._places[section], len(self._chances)
        if role == Qt.ItemDataRole.DisplayRole:
            folded = self.tr("its chance (+{n} more)").format(n=format_number(n - 1))
            return folded if place is None else self._glimpse.names[place][:MOST_TEXT]
        if role == Qt.ItemDataRole.ToolTipRole:
            folded = self.tr("The file gets a column with the chance of each of the {n} classes")
            return plain_tip(folded.format(n=format_number(n)) if place is None else self._glimpse.names[place])
        return None


class FirstRows(QTableView):
    """Shows a glimpse; nothing can be changed in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("firstRows")
        self.setAccessibleName(self.tr("First rows with their answers"))
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        let_copy(self)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(26)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_glimpse(self, glimpse: Glimpse) -> None:
        """Show the first rows of a file."""
        before = self.model()
        self.setModel(_Model(glimpse, self))
        if before is not None:
            before.deleteLater()
        self.resizeColumnsToContents()
        for column in range(self.model().columnCount()):
            self.setColumnWidth(column, min(WIDEST, self.columnWidth(column) + 16))
