"""The preview table of the import dialog: model, delegate, headers and strips put together.

It keeps the columns as wide as their content, and fills the width when there is room to spare.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from ann_viz.data import BadLine, Column, Role
from ann_viz.data.encoding.recipe import Plan
from ann_viz.session.importing.preview_rows import PreviewRow
from ann_viz.session.importing.repair import Decision
from ann_viz.ui.importing.preview_delegate import PreviewDelegate
from ann_viz.ui.importing.preview_header import LEAST_WIDTH, RoleHeader, RowHeader
from ann_viz.ui.importing.preview_model import PADDING, PreviewModel
from ann_viz.ui.importing.strips import RowStrips
from ann_viz.ui.kit import theme

__all__ = ["PreviewTable"]

MAX_WIDTH: Final = 220
MEASURED_ROWS: Final = 40
MEASURED_CELLS: Final = 4000  # with more, the width is estimated from the number of characters
CHARACTER: Final = 7


class PreviewTable(QTableView):
    """Rows as they will be read, with a role box above every column.

    ``role_chosen`` carries a column's name and the role the user gave it, ``settings_asked`` the place of a column,
    ``row_decided`` a row with trouble and what to do with it.
    """

    role_chosen = Signal(str, str)
    settings_asked = Signal(int)
    row_decided = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PreviewModel()
        self.setModel(self.rows)
        self.roles = RoleHeader(self.rows, self)
        self.setHorizontalHeader(self.roles)
        self.setVerticalHeader(RowHeader(self.rows, self))
        self._delegate = PreviewDelegate(self.rows, self)
        self.setItemDelegate(self._delegate)
        self.strips = RowStrips(self, self.rows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget(self))  # an empty one: the style would draw a box where the scroll bars meet
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("Preview of the file"))
        self._natural: list[int] = []
        self._least: list[int] = []
        self.horizontalScrollBar().valueChanged.connect(self.roles.place_boxes)
        self.verticalScrollBar().valueChanged.connect(self.strips.place)
        self.roles.role_chosen.connect(self._on_role_chosen)
        self.roles.settings_asked.connect(self.settings_asked)
        self.roles.column_focused.connect(self._show_column)
        self.strips.decided.connect(self.row_decided)

    def show_rows(
        self,
        rows: Sequence[PreviewRow],
        columns: Sequence[Column],
        roles: Mapping[str, Role],
        decision_of: Callable[[int], Decision] = lambda _: "skip",
        can_fill: Callable[[BadLine], bool] = lambda _: False,
    ) -> None:
        """Show another reading of a file.

        For rows with trouble ``decision_of`` says by the line what was decided, and ``can_fill`` whether filling up
        is possible.
        """
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.clearSpans()
        decisions = {row.bad.line: decision_of(row.bad.line) for row in rows if row.bad is not None}
        self.rows.show_rows(rows, columns, roles, decisions)
        for place, row in enumerate(rows):
            if row.kind in {"gap", "reason"} and len(columns) > 1:
                self.setSpan(place, 0, 1, len(columns))
            self.setRowHeight(place, self._delegate.height(row))
        self._measure(rows, columns)
        self.fit_columns()
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(down)
        self.strips.rebuild(decision_of, can_fill)
        self._delegate.kept_free = self.strips.width

    def show_roles(self, roles: Mapping[str, Role], plans: Mapping[str, Plan]) -> None:
        """Show what the columns are for now, and how they become inputs."""
        self.rows.show_roles(roles, plans)

    def focus_role(self) -> None:
        """Put the keyboard focus on the role of the cursor's column."""
        self.roles.focus_column(max(self.currentIndex().column(), 0))

    def below_badge(self, place: int) -> QPoint:
        """Bring a column into sight, and return where on the screen its settings open."""
        self._show_column(place)
        return self.roles.below_badge(place)

    def fit_columns(self) -> None:
        """Give every column its natural width, and share out what is left of the view."""
        if not self._natural:
            return
        widths = self._squeezed()
        spare = max(self.viewport().width() - sum(widths), 0)
        each, rest = divmod(spare, len(widths))
        self.roles.frozen = True
        for place, width in enumerate(widths):
            wanted = width + each + (1 if place < rest else 0)
            if self.columnWidth(place) != wanted:
                self.setColumnWidth(place, wanted)
        self.roles.frozen = False
        self.updateGeometries()  # at once, not at the next turn: the scroll bars must know the new widths
        self.roles.place_boxes()

    def _squeezed(self) -> list[int]:
        """Widths of the columns; a little too much goes at the cost of long cells, so that the last column is seen."""
        excess = sum(self._natural) - self.viewport().width()
        slack = [width - least for width, least in zip(self._natural, self._least, strict=True)]
        if not 0 < excess <= sum(slack):
            return self._natural
        share = excess / sum(slack)
        return [width - math.ceil(share * room) for width, room in zip(self._natural, slack, strict=True)]

    def _measure(self, rows: Sequence[PreviewRow], columns: Sequence[Column]) -> None:
        """Find out how wide every column wants to be and can be."""
        measured = [row.cells for row in rows[:MEASURED_ROWS] if row.kind == "data"]
        exact = len(columns) * max(len(measured), 1) <= MEASURED_CELLS
        font = self.font()
        font.setPixelSize(12)
        cell, name = QFontMetrics(theme.tabular(font)), QFontMetrics(self.roles.name_font())
        self._least, self._natural = [], []
        for place, column in enumerate(columns):
            texts = [" ".join((cells[place] or "")[:60].split()) for cells in measured]
            if exact:
                title = name.horizontalAdvance(column.name)
                widest = max((cell.horizontalAdvance(text) for text in texts), default=0)
            else:
                title = CHARACTER * len(column.name)
                widest = CHARACTER * max(map(len, texts), default=0)
            least = max(LEAST_WIDTH, min(MAX_WIDTH, title + PADDING + 6))
            self._least.append(least)
            self._natural.append(max(least, min(MAX_WIDTH, widest + 2 * PADDING + 2)))

    def _on_role_chosen(self, place: int, role: str) -> None:
        self.role_chosen.emit(self.rows.column(place).name, role)

    def _show_column(self, place: int) -> None:
        """Scroll sideways as far as a column needs to be seen."""
        left, right = self.columnViewportPosition(place), self.columnViewportPosition(place) + self.columnWidth(place)
        bar = self.horizontalScrollBar()
        if left < 0:
            bar.setValue(bar.value() + left)
        elif right > self.viewport().width():
            bar.setValue(bar.value() + right - self.viewport().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the settings of the cursor's column, or the editor of its row if that has trouble."""
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            bad = self.rows.row(index.row()).bad
            if bad is not None:
                self.row_decided.emit(bad, "edit")
            else:
                self.settings_asked.emit(index.column())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new width."""
        super().resizeEvent(event)
        self.fit_columns()
        self.strips.place()
