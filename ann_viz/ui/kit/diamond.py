"""The mark of a value that is pinned to be compared with."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ann_viz.ui.kit import theme

__all__ = ["paint_diamond"]

SIZE: Final = 4.5


def paint_diamond(painter: QPainter, middle: QPointF, size: float = SIZE) -> None:
    """Draw it around a point."""
    tokens = theme.current()
    across, down = QPointF(size, 0), QPointF(0, size)
    pen = QPen(QColor(tokens.test), 1.6)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(QColor(tokens.surface))
    painter.drawPolygon(QPolygonF([middle - across, middle - down, middle + across, middle + down]))
