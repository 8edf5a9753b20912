"""The page of an empty window: the start card on the outline of a network still to come.

Drawn without `scene`, which would have the first window wait for NumPy.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise, product
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QMargins, QObject, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ann_viz.ui.document.paint import mix, paint_dots
from ann_viz.ui.kit import theme
from ann_viz.ui.window.start_card import StartCard

__all__ = ["LEFT", "RIGHT", "StartPage"]

LEFT: Final = 57  # pixels from the edge to the first column, where the start card leaves room
RIGHT: Final = 49
TOP: Final = 104
BELOW: Final = 94
LEAST_HEIGHT: Final = 60
FAINT: Final = 0.35
HANDLE: Final = 0.46  # of the way between two columns
SPREAD: Final = 0.55  # of the radius, over which lines leave a circle
CLOSEST: Final = 0.42  # the radius, of the way from one circle to the next
WHOLE: Final = QMargins(12, 12, 12, 12)  # of the card: its corners let the ground through
SHADOW: Final = 0.13
SHADOW_DOWN: Final = 10
SHADOW_REACH: Final = 34  # pixels, where nothing is left of it
SHADOW_FALL: Final = 9.0  # pixels in which a third is left
SHADOW_CORNER: Final = 18


class _Outline(NamedTuple):
    """A column of circles: how far to the right it stands, and how wide and large they are where there is room."""

    share: float
    n: int
    pitch: float
    radius: float


OUTLINES: Final = (_Outline(0, 11, 48, 13), _Outline(0.38, 6, 80, 19), _Outline(0.71, 6, 80, 19), _Outline(1, 1, 0, 27))


class _Column(NamedTuple):
    x: float
    ys: list[float]
    radius: float

    def docks(self, n: int) -> list[float]:
        """Return how far below the middle of a circle each of n lines reaches it."""
        return [SPREAD * self.radius * (2 * line / (n - 1) - 1) if n > 1 else 0.0 for line in range(n)]


def _columns(width: float, height: float) -> list[_Column]:
    room = max(height - TOP - BELOW, LEAST_HEIGHT)
    columns = []
    for share, n, most_pitch, most_radius in OUTLINES:
        pitch = min(most_pitch, room / max(n - 1, 1))
        first = TOP + (room - (n - 1) * pitch) / 2
        radius = min(most_radius, CLOSEST * pitch) if n > 1 else most_radius
        columns.append(_Column(LEFT + share * (width - LEFT - RIGHT), [first + i * pitch for i in range(n)], radius))
    return columns


def _curves(columns: list[_Column]) -> Iterator[QPainterPath]:
    """Yield curves from all circles of each column to all of the next; what lies in circles is painted over."""
    for near, far in pairwise(columns):
        handle = QPointF(HANDLE * (far.x - near.x), 0)
        leave, arrive = near.docks(len(far.ys)), far.docks(len(near.ys))
        for (source, y), (target, to_y) in product(enumerate(near.ys), enumerate(far.ys)):
            start, end = QPointF(near.x, y + leave[target]), QPointF(far.x, to_y + arrive[source])
            curve = QPainterPath(start)
            curve.cubicTo(start + handle, end - handle, end)
            yield curve


def _paint_shadow(painter: QPainter, card: QRect, colour: QColor) -> None:
    """Draw what a card casts, ring by ring: an effect of Qt would do so anew whenever anything on the card changes."""
    box = QRectF(card).translated(0, SHADOW_DOWN)
    for reach in range(SHADOW_REACH, -SHADOW_DOWN, -1):  # the rest is below the card
        ring = QPainterPath()
        for edge in (reach, reach - 1):
            corner = max(SHADOW_CORNER + edge, 0)
            ring.addRoundedRect(box.adjusted(-edge, -edge, edge, edge), corner, corner)
        half = math.exp(-abs(reach - 0.5) / SHADOW_FALL) / 2  # is left at the edge
        colour.setAlphaF(SHADOW * (half if reach > 0 else 1 - half))
        painter.fillPath(ring, colour)


class StartPage(QFrame):
    """Dashed circles and faint lines on the dot grid, from edge to edge; all alike, since there are no weights.

    Parameters
    ----------
    card : StartCard
        Stands in the middle.
    """

    def __init__(self, card: StartCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "canvas")
        self._card = card
        card.installEventFilter(self)
        QVBoxLayout(self).addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the shadow follow the card."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self.update()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the card list as many projects as there is room for."""
        super().resizeEvent(event)
        self._card.fit(self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card, the dots and the circles."""
        super().paintEvent(event)
        if self._card.isVisible() and self._card.geometry().marginsRemoved(WHOLE).contains(event.rect()):
            return  # something on the card has changed, which covers all else
        tokens = theme.current()
        columns = _columns(self.width(), self.height())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_dots(painter, self.width(), self.height(), tokens)
            pen = QPen(mix(tokens.canvas, tokens.border_strong, FAINT), 1.0)
            for curve in _curves(columns):
                painter.strokePath(curve, pen)
            painter.setPen(QPen(QColor(tokens.border_strong), 1.2, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(tokens.canvas))
            for x, ys, radius in columns:
                for y in ys:
                    painter.drawEllipse(QPointF(x, y), radius, radius)
            if not self._card.isHidden():
                _paint_shadow(painter, self._card.geometry(), QColor(tokens.shadow))
