"""What stands behind the start card: the outline of a network that isn't there yet."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from ann_viz.scene import arrange
from ann_viz.ui import theme
from ann_viz.ui.canvas_paint import paint_dots

__all__ = ["GhostNetwork"]

SIZES: Final = (11, 6, 6, 1)


class GhostNetwork(QFrame):
    """Dashed circles on the dot grid; no weights, since there are none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "canvas")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, the dots and the circles."""
        super().paintEvent(event)
        tokens = theme.current()
        layout = arrange(SIZES, self.width(), self.height())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_dots(painter, self.width(), self.height(), tokens)
            painter.setPen(QPen(QColor(tokens.border_strong), 1.2, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(tokens.canvas))
            for x, rows, radius in zip(layout.x, layout.y, layout.radius, strict=True):
                for y in rows:
                    painter.drawEllipse(QPointF(x, float(y)), radius, radius)
