"""Small pictures of networks, as they stand beside the names of projects."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from ann_viz.scene.thumbnail import STEPS, Thumbnail
from ann_viz.ui.document.paint import mix
from ann_viz.ui.kit import theme

__all__ = ["STAMP", "ThumbnailView", "thumbnail_picture"]

STAMP: Final = QSize(84, 50)
"""Beside the name of a project."""


RADIUS: Final = 5.0
MARGIN: Final = 7.0
BEND: Final = 0.45
THICK: Final = 1.7
THIN: Final = 0.9
WEAKEST: Final = 0.25


class ThumbnailView(QWidget):
    """The small picture of a network, in the colours of the theme of now.

    Parameters
    ----------
    size : QSize
        How large it is.
    parent : QWidget, optional
    """

    def __init__(self, size: QSize = STAMP, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnail: Thumbnail | None = None
        self.setFixedSize(size)

    def show_network(self, thumbnail: Thumbnail | None) -> None:
        """Show this one; its mere ground where there is none."""
        self._thumbnail = thumbnail
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        with QPainter(self) as painter:
            _paint(painter, self._thumbnail, self.size())


def thumbnail_picture(thumbnail: Thumbnail | None, size: QSize, ratio: float) -> QPixmap:
    """Return the picture on its own ground; an empty one where there is no thumbnail."""
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        _paint(painter, thumbnail, size)
    return picture


def _paint(painter: QPainter, thumbnail: Thumbnail | None, size: QSize) -> None:
    tokens = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.border), 1.0))
    painter.setBrush(QColor(tokens.canvas))
    painter.drawRoundedRect(QRectF(0.5, 0.5, size.width() - 1, size.height() - 1), RADIUS, RADIUS)
    if thumbnail is not None:
        _paint_network(painter, thumbnail, size)


def _paint_network(painter: QPainter, thumbnail: Thumbnail, size: QSize) -> None:
    tokens, columns = theme.current(), _columns(thumbnail, size)
    thickest = THIN if thumbnail.is_large else THICK
    scale = size.height() / 50
    for place, start, end, strength in thumbnail.lines:
        share = abs(strength) / STEPS
        colour = tokens.positive if strength >= 0 else tokens.negative
        ground = mix(tokens.canvas, colour, WEAKEST + (1 - WEAKEST) * share)
        painter.setPen(QPen(ground, scale * max(0.3, thickest * share)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        a, b = columns[place][start], columns[place + 1][end]
        bend = (b.x() - a.x()) * BEND
        path = QPainterPath(a)
        path.cubicTo(QPointF(a.x() + bend, a.y()), QPointF(b.x() - bend, b.y()), b)
        painter.drawPath(path)
    painter.setPen(QPen(QColor(tokens.text2), 0.8 * scale))
    painter.setBrush(QColor(tokens.surface))
    for column in columns:
        radius = scale * min(2.6, 17 / len(column))
        for point in column:
            painter.drawEllipse(point, radius, radius)


def _columns(thumbnail: Thumbnail, size: QSize) -> list[list[QPointF]]:
    """Return where the circles are, column by column."""
    n, width, height = len(thumbnail.sizes), size.width(), size.height()
    places = []
    for column, n_circles in enumerate(thumbnail.sizes):
        x = MARGIN + (width - 2 * MARGIN) * column / (n - 1)
        step = min((height - 2 * MARGIN) / max(1, n_circles - 1), height / 7)
        top = (height - step * (n_circles - 1)) / 2
        places.append([QPointF(x, top + step * circle) for circle in range(n_circles)])
    return places
