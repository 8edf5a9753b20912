"""The preview table of the import dialog: model, delegate and headers put together.

It keeps the columns as wide as their content, and fills the width when there is room to spare.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from ann_viz.data import Column, Role
from ann_viz.ui import theme
from ann_viz.ui.import_header import LEAST_WIDTH, RoleHeader, RowHeader
from ann_viz.ui.import_model import PADDING, PreviewDelegate, PreviewModel
from ann_viz.ui.import_preview import PreviewRow

__all__ = ["PreviewTable"]

MAX_WIDTH: Final = 220
MEASURED_ROWS: Final = 40


class PreviewTable(QTableView):
    """Rows as they will be read, with a role box above every column.

    ``role_chosen`` carries a column's name and the role the user gave it.
    """

    role_chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PreviewModel()
        self.setModel(self.rows)
        self.roles = RoleHeader(self.rows, self)
        self.setHorizontalHeader(self.roles)
        self.setVerticalHeader(RowHeader(self.rows, self))
        self.setItemDelegate(PreviewDelegate(self.rows, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget(self))  # an empty one: the style would draw a box where the scroll bars meet
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Preview of the file")
        self._natural: list[int] = []
        self._least: list[int] = []
        self.horizontalScrollBar().valueChanged.connect(self.roles.place_boxes)
        self.roles.role_chosen.connect(self._on_role_chosen)
        self.roles.column_focused.connect(self._on_column_focused)

    def show_rows(self, rows: Sequence[PreviewRow], columns: Sequence[Column], roles: Mapping[str, Role]) -> None:
        """Show another reading of a file."""
        self.clearSpans()
        self.rows.show_rows(rows, columns, roles)
        for place, row in enumerate(rows):
            if row.kind in {"gap", "reason"} and len(columns) > 1:
                self.setSpan(place, 0, 1, len(columns))
            self.setRowHeight(place, self.sizeHintForRow(place))
        self._least = [max(LEAST_WIDTH, min(MAX_WIDTH, self._name_width(column))) for column in columns]
        self._natural = [self._natural_width(rows, columns, place) for place in range(len(columns))]
        self.fit_columns()

    def show_roles(self, roles: Mapping[str, Role]) -> None:
        """Show what the columns are for now."""
        self.rows.show_roles(roles)

    def show_trouble(self) -> None:
        """Scroll to the first broken row and put the cursor there."""
        place = self.rows.first_broken()
        if place is not None:
            index = self.rows.index(place, 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
            self.setFocus()

    def fit_columns(self) -> None:
        """Give every column its natural width, and share out what is left of the view."""
        if not self._natural:
            return
        widths = self._squeezed()
        spare = max(self.viewport().width() - sum(widths), 0)
        each, rest = divmod(spare, len(widths))
        for place, width in enumerate(widths):
            self.setColumnWidth(place, width + each + (1 if place < rest else 0))
        self.roles.place_boxes()

    def _squeezed(self) -> list[int]:
        """Widths of the columns; a little too much goes at the cost of long cells, so that the last column is seen."""
        excess = sum(self._natural) - self.viewport().width()
        slack = [width - least for width, least in zip(self._natural, self._least, strict=True)]
        if not 0 < excess <= sum(slack):
            return self._natural
        share = excess / sum(slack)
        return [width - math.ceil(share * room) for width, room in zip(self._natural, slack, strict=True)]

    def _natural_width(self, rows: Sequence[PreviewRow], columns: Sequence[Column], place: int) -> int:
        font = self.font()
        font.setPixelSize(12)
        metrics = QFontMetrics(theme.tabular(font))
        cells = (row.cells[place] or "" for row in rows[:MEASURED_ROWS] if row.kind == "data")
        widest = max((metrics.horizontalAdvance(" ".join(text[:60].split())) for text in cells), default=0)
        return max(self._least[place], min(MAX_WIDTH, widest + 2 * PADDING + 2))

    def _name_width(self, column: Column) -> int:
        return QFontMetrics(self.roles.name_font()).horizontalAdvance(column.name) + PADDING + 6

    def _on_role_chosen(self, place: int, role: str) -> None:
        self.role_chosen.emit(self.rows.column(place).name, role)

    def _on_column_focused(self, place: int) -> None:
        left, right = self.columnViewportPosition(place), self.columnViewportPosition(place) + self.columnWidth(place)
        bar = self.horizontalScrollBar()
        if left < 0:
            bar.setValue(bar.value() + left)
        elif right > self.viewport().width():
            bar.setValue(bar.value() + right - self.viewport().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new width."""
        super().resizeEvent(event)
        self.fit_columns()
