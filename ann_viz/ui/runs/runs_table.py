"""The runs as a table that is sorted by a click on a heading; a click on a row makes it the run in the window."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ann_viz.session.run_columns import NOTE, RunColumn, RunsSideBySide
from ann_viz.ui.document.copying import copy_numbers, on_copy
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.run_colours import paint_mark

__all__ = ["RunsTable"]

ROW: Final = 32
PAD: Final = 9  # at both sides, one more than in the style sheet
SORT_MARK: Final = 14  # where Qt draws the arrow
NARROWEST_NOTE: Final = 90
WIDEST: Final = 260
MARK: Final = 16
DROPPED: Final = ("best_epoch", "seconds", "done")
"""Where there is no room these go first, then settings, the last of them before the others."""

AnyIndex = QModelIndex | QPersistentModelIndex


class RunsModel(QAbstractTableModel):
    """The table as Qt wants it: in the order of the tree, or of a column.

    Attributes
    ----------
    runs : RunsSideBySide
    rows : list of int
        Which of the runs stand from top to bottom.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runs = RunsSideBySide()
        self.rows: list[int] = []
        self._sorted: tuple[str, bool] | None = None

    def show(self, runs: RunsSideBySide) -> None:
        """Show other runs, in the order that was chosen."""
        self.beginResetModel()
        self.runs = runs
        self._arrange()
        self.endResetModel()

    def number_at(self, row: int) -> int | None:
        """Return the run of a row."""
        return self.runs.numbers[self.rows[row]] if 0 <= row < len(self.rows) else None

    def row_of(self, number: int | None) -> int:
        """Return the row of a run; -1 where there is none."""
        return next((row for row, run in enumerate(self.rows) if self.runs.numbers[run] == number), -1)

    def _arrange(self) -> None:
        names = [column.name for column in self.runs.columns]
        self.rows = list(range(len(self.runs.numbers)))
        if self._sorted is not None and self._sorted[0] in names:
            name, descending = self._sorted
            self.rows = self.runs.order(names.index(name), descending=descending)

    # Qt -------------------------------------------------------------------------------------------------------------
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by none as in the tree."""
        descending = order == Qt.SortOrder.DescendingOrder
        self._sorted = (self.runs.columns[column].name, descending) if 0 <= column < len(self.runs.columns) else None
        before = self.rows
        self.layoutAboutToBeChanged.emit()
        self._arrange()
        for index in self.persistentIndexList():
            self.changePersistentIndex(index, self.index(self.rows.index(before[index.row()]), index.column()))
        self.layoutChanged.emit()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """Return how many runs there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.runs.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the title of a column, and what it means."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.runs.columns):
            return None
        column = self.runs.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(column.tip)
        return _side(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the text of a cell, and how it is drawn; the run in the window is bold."""
        run, column = self.rows[index.row()], self.runs.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.runs.cells[run][index.column()][0]
        if role == Qt.ItemDataRole.ToolTipRole and not column.is_number:
            return plain_tip(self.runs.cells[run][index.column()][0])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        if role == Qt.ItemDataRole.FontRole and self.runs.numbers[run] == self.runs.current:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return _mark(self.runs.places[run])
        return None


def _side(column: RunColumn) -> int:
    """Return where the texts of a column stand: numbers at the right."""
    side = Qt.AlignmentFlag.AlignRight if column.is_number else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _mark(place: int) -> QPixmap:
    """Return the swatch of a run."""
    picture = QPixmap(2 * MARK, 2 * MARK)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, QRectF(0, 0, MARK, MARK), place, "", QFont())
    return picture


class RunsTable(QTableView):
    """One run in a row.

    Attributes
    ----------
    runs : RunsModel
    """

    shown_asked = Signal(int)
    chosen = Signal(int)
    """The keys are on another run."""
    menu_asked = Signal(int, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runs = RunsModel(self)
        self.setModel(self.runs)
        self.setObjectName("runsTable")
        self.setAccessibleName(self.tr("Runs, one in a row"))
        self.setFont(theme.tabular(self.font()))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(round(ROW * theme.magnified()))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(24)
        header.setStretchLastSection(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.clicked.connect(lambda index: self._show(index.row()))
        on_copy(self, self.copy)

    def show_runs(self, runs: RunsSideBySide) -> None:
        """Show other runs; the keys stay where they were, or go to the run in the window where that is another."""
        in_window, kept = self.runs.runs.current, self.number
        self.runs.show(runs)
        row = self.runs.row_of(kept if runs.current == in_window else runs.current)
        if row >= 0:
            self.selectRow(row)
        self.refit()

    @property
    def number(self) -> int | None:
        """The run that the keys are on."""
        return self.runs.number_at(self.currentIndex().row())

    def lines(self, *, selected: bool) -> list[list[str | float]]:
        """Return the rows with their headings, those that are selected or all, as they stand."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()}) if selected else []
        return self.runs.runs.lines([self.runs.rows[row] for row in rows] or self.runs.rows)

    def copy(self) -> None:
        """Put the rows that are selected on the clipboard, all where none is."""
        copy_numbers(self.lines(selected=True))

    def refit(self) -> None:
        """Give every column its room; some are left out where there is none."""
        columns = self.runs.runs.columns
        needed = {column.name: self._width_of(place) for place, column in enumerate(columns)}
        settings = [column.name for column in reversed(columns) if column.is_setting]
        for name in (*DROPPED, *settings):
            if sum(needed.values()) > self.viewport().width():
                needed.pop(name, None)
        for place, column in enumerate(columns):
            self.setColumnHidden(place, column.name not in needed)
            self.setColumnWidth(place, needed.get(column.name, 0))

    def _width_of(self, place: int) -> int:
        """Return the room that the texts of a column take; the note has what is left over."""
        column, bold = self.runs.runs.columns[place], QFont(self.font())
        if column.name == NOTE:
            return NARROWEST_NOTE
        bold.setWeight(QFont.Weight.DemiBold)
        measure = QFontMetrics(bold)
        widths = [measure.horizontalAdvance(cells[place][0]) for cells in self.runs.runs.cells]
        widest = max([measure.horizontalAdvance(column.title) + SORT_MARK, *widths])
        return 2 * PAD + min(WIDEST, widest) + (MARK + PAD if place == 0 else 0)

    def _show(self, row: int) -> None:
        number = self.runs.number_at(row)
        if number is not None and number != self.runs.runs.current:
            self.shown_asked.emit(number)

    # Qt -------------------------------------------------------------------------------------------------------------
    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Say on which run the keys are."""
        super().currentChanged(current, previous)
        number = self.runs.number_at(current.row())
        if number is not None:
            self.chosen.emit(number)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Let its owner offer what can be done with a run."""
        number = self.runs.number_at(self.rowAt(event.pos().y()))
        if number is not None:
            self.menu_asked.emit(number, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the run of the row with Enter; Space and letters are left to the window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._show(self.currentIndex().row())
        elif (event.text().strip() and not event.modifiers()) or event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns into the new width."""
        super().resizeEvent(event)
        self.refit()
