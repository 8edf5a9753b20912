"""The first rows of a file with their answers, in a small table."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QTableView, QWidget

from ann_viz.session.prediction import Glimpse
from ann_viz.ui.document.copying import let_copy
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["FirstRows"]

MOST_TEXT: Final = 120
WIDEST: Final = 220
_TOP: Final = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class _Model(QAbstractTableModel):
    def __init__(self, glimpse: Glimpse, parent: QWidget) -> None:
        super().__init__(parent)
        self._glimpse = glimpse

    def rowCount(self, parent: Index = _TOP) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._glimpse.cells)

    def columnCount(self, parent: Index = _TOP) -> int:
        """Return how many columns there are, answers included."""
        return 0 if parent.isValid() else len(self._glimpse.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell; those that are added stand out."""
        cell = self._glimpse.cells[index.row()][index.column()]
        added = index.column() < self._glimpse.n_added
        if role == Qt.ItemDataRole.DisplayRole:
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
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._glimpse.names[section][:MOST_TEXT]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._glimpse.names[section])
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
        for column in range(len(glimpse.names)):
            self.setColumnWidth(column, min(WIDEST, self.columnWidth(column) + 16))
