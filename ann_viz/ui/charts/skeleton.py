"""What is seen while figures are worked out: pale bars in their place, or those of before, paler."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ann_viz.ui.charts.working_bar import WorkingBar
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.pale import LEFT

__all__ = ["Skeleton", "Veil"]

ROW: Final = 24.0
BAR: Final = 9.0
BARS: Final = ((0.10, 0.36), (0.26, 0.24), (0.33, 0.08), (0.23, 0.05), (0.19, 0.03), (0.18, 0.02))
"""How wide name and bar of each row are, as shares of the width."""

BARS_AT: Final = 0.40


class Skeleton(QWidget):
    """Bars as of a chart, and below them a line with a button that stops it."""

    appeared = Signal()
    """It takes longer than a moment, or there is something to be told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = WorkingBar(self)
        self.bar.appeared.connect(self._on_appeared)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch()
        column.addWidget(self.bar)

    def _on_appeared(self) -> None:
        self.update()
        self.appeared.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars, as many as there is room for; none once there is nothing to wait for."""
        if not self.bar.is_working:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.current().surface3))
            for row, (name, bar) in enumerate(BARS):
                top = ROW * (row + 1)
                if top + BAR > self.bar.geometry().top():
                    break
                for left, share in ((0.0, name), (BARS_AT, bar)):
                    box = QRectF(left * self.width(), top, max(BAR, share * self.width()), BAR)
                    painter.drawRoundedRect(box, BAR / 2, BAR / 2)


class Veil(QWidget):
    """Lies over figures that are about to be others, so that less than half of their colour is left."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self, bar: WorkingBar) -> None:
        """Lie over all that stands above a bar which speaks of work."""
        if bar.is_working:
            for widget in (bar.parentWidget(), self._page):
                layout = None if widget is None else widget.layout()
                if layout is not None:
                    layout.activate()  # the bar has only just been shown
            self.setGeometry(0, 0, self._page.width(), bar.mapTo(self._page, QPoint(0, 0)).y())
            self.show()
            self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground over the figures."""
        ground = QColor(theme.current().surface)
        ground.setAlphaF(1.0 - LEFT)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), ground)
