"""Marks of what is held by hand: a padlock on weights and biases, and neurons that are switched off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from ann_viz.scene import Connection, Element, LineCurves, Neuron
from ann_viz.translation import translate
from ann_viz.ui.kit import icons
from ann_viz.ui.kit.theme import Tokens

__all__ = ["paint_manual_edits"]

LOCK: Final = 11
SMALLEST_WITH_TEXT: Final = 10.0


def paint_manual_edits(
    painter: QPainter,
    curves: LineCurves,
    off: Sequence[Neuron],
    locked: Sequence[Element],
    tokens: Tokens,
    base: QFont,
) -> None:
    """Draw a padlock on everything locked, and neurons that are off as empty dashed circles.

    Parameters
    ----------
    off : sequence of Neuron
    locked : sequence of Element
        Connections, and neurons whose bias is locked.
    """
    layout = curves.layout
    for neuron in off:
        centre = QPointF(layout.x[neuron.column], float(layout.y[neuron.column][neuron.index]))
        _paint_off(painter, centre, layout.radius[neuron.column], tokens, base)
    for mark in locked:
        if isinstance(mark, Connection):
            middle = QPointF(*curves.middle(mark.gap, mark.source, mark.target))
        else:
            radius = layout.radius[mark.column]
            x, y = layout.x[mark.column], float(layout.y[mark.column][mark.index])
            middle = QPointF(x - radius - 4, y + radius)
        _paint_lock(painter, middle, tokens)


def _paint_off(painter: QPainter, centre: QPointF, radius: float, tokens: Tokens, base: QFont) -> None:
    painter.setPen(QPen(QColor(tokens.muted), 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(QColor(tokens.canvas))
    painter.drawEllipse(centre, radius, radius)
    if radius < SMALLEST_WITH_TEXT:
        return
    font = QFont(base)
    font.setPixelSize(10)
    painter.setFont(font)
    painter.setPen(QColor(tokens.muted))
    box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, translate("off"))


def _paint_lock(painter: QPainter, middle: QPointF, tokens: Tokens) -> None:
    painter.setPen(QPen(QColor(tokens.border_strong), 1.0))
    painter.setBrush(QColor(tokens.canvas))
    painter.drawEllipse(middle, LOCK / 2 + 3, LOCK / 2 + 3)
    corner = middle - QPointF(LOCK / 2, LOCK / 2)
    painter.drawPixmap(corner, icons.pixmap("lock", tokens.text2, LOCK))
