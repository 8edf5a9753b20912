"""Words over a picture full of lines."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from ann_viz.ui.kit import theme

__all__ = ["write", "write_on_ground"]

GROUND: Final = 0.82


def write(painter: QPainter, font: QFont, colour: str, text: str, at: QPointF) -> None:
    """Write from a point of the line that letters stand on."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(at, text)


def write_on_ground(painter: QPainter, font: QFont, text: str, at: QPointF) -> None:
    """Write over lines so that both can be told apart."""
    tokens, metrics = theme.current(), QFontMetricsF(font)
    ground = QColor(tokens.surface)
    ground.setAlphaF(GROUND)
    box = QRectF(at.x() - 2, at.y() - metrics.ascent(), metrics.horizontalAdvance(text) + 4, metrics.height())
    painter.fillRect(box, ground)
    write(painter, font, tokens.text2, text, at)
