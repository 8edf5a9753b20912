"""How the answer moves with each column: one small curve beside the other, all on one scale."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ann_viz.session.judged.column_figures import curve_figure, one_scale, range_text
from ann_viz.session.judged.columns import Columns
from ann_viz.short_names import told_apart
from ann_viz.ui.charts.figure_view import FigureView
from ann_viz.ui.kit.labels import PlainLabel

__all__ = ["CurveTile", "CurveTiles"]

TILE_WIDTH: Final = 124
TILE_HEIGHT: Final = 106
MOST_BESIDE: Final = 5


class CurveTile(QWidget):
    """One column: its name, between which answers it moves, its curve. A click chooses it."""

    chosen = Signal(str)
    """Its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = ""
        self.name = PlainLabel(parent=self, role="label")
        font = self.name.font()
        font.setWeight(QFont.Weight.DemiBold)
        self.name.setFont(font)
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.span = PlainLabel(parent=self, role="muted")
        self.view = FigureView("", self, font_size=10)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.name, 1)
        head.addWidget(self.span)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.view, 1)

    def show_curve(self, columns: Columns, name: str, brief: str, span: tuple[float, float]) -> None:
        """Show a column; its brief name is for where the name has too little room."""
        request, curves = columns.request, columns.curves[name]
        task = request.dataset.recipe.task
        self._column = name
        self.name.brief = brief
        self.name.setText(name)
        self.span.setText(range_text(curves, task))
        self.view.setAccessibleName(f"{name}: {range_text(curves, task)}")
        self.view.show_figure(curve_figure(curves, span, task, request.when))
        self._share_head()

    def _share_head(self) -> None:
        """Leave the range out where long numbers would leave nothing of the name."""
        name, span = self.name.sizeHint().width(), self.span.sizeHint().width()
        self.span.setVisible(name + span + self.width() // 20 <= self.width() or span <= self.width() // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the head anew."""
        super().resizeEvent(event)
        self._share_head()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose this column."""
        self.chosen.emit(self._column)


class CurveTiles(QWidget):
    """As many tiles as there are curves, five beside each other or fewer."""

    chosen = Signal(str)
    """Name of a column that was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles: list[CurveTile] = []
        self._beside = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)

    def show_columns(self, columns: Columns) -> None:
        """Show the curves of all columns there are."""
        span = one_scale(columns.curves.values(), columns.request.dataset.recipe.task)
        while len(self.tiles) < len(columns.curves):
            tile = CurveTile(self)
            tile.chosen.connect(self.chosen)
            self.tiles.append(tile)
            self._beside = 0
        for place, tile in enumerate(self.tiles):
            tile.setVisible(place < len(columns.curves))
        briefly = told_apart(tuple(columns.curves))
        for tile, brief, name in zip(self.tiles, briefly, columns.curves, strict=False):
            tile.show_curve(columns, name, brief, span)
        self._arrange()

    def _arrange(self) -> None:
        beside = max(1, min(MOST_BESIDE, self.width() // TILE_WIDTH))
        if beside == self._beside:
            return
        self._beside = beside
        for column in range(MOST_BESIDE):
            self._grid.setColumnStretch(column, 1 if column < beside else 0)
        for place, tile in enumerate(self.tiles):
            self._grid.addWidget(tile, place // beside, place % beside)
        shown = sum(not tile.isHidden() for tile in self.tiles)
        self.setMinimumHeight(TILE_HEIGHT * -(-shown // beside))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put fewer beside each other where there is less room."""
        super().resizeEvent(event)
        self._arrange()
