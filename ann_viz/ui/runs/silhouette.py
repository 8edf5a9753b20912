"""The course of a run's loss behind the slider over its epochs: worked out and drawn once, and shown as often as asked.

While somebody drags the knob only the place changes up to which it is drawn in full.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from ann_viz.engine import HistoryView
from ann_viz.scene.loss_curves import smoothed, visible_range
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.fast_lines import draw_lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Silhouette"]

MOST_POINTS: Final = 400
GROUND: Final = 0.16
REST: Final = 0.4


class Silhouette:
    """The smoothed loss of the rows that judge, in a box with the highest at the top.

    Parameters
    ----------
    margin : float
        Left free at both sides of the box.
    """

    def __init__(self, margin: float) -> None:
        self._margin = margin
        self._history: HistoryView | None = None
        self._curve: NDArray[np.float64] | None = None
        self._picture: tuple[object, QPixmap] | None = None

    def show(self, history: HistoryView) -> None:
        """Follow a run."""
        if history is not self._history:
            self._history, self._curve, self._picture = history, _curve(history), None

    def paint(self, painter: QPainter, box: QRectF, knob: float) -> None:
        """Draw it in full as far as the knob, and paler behind it."""
        if self._curve is None or len(self._curve) < 2:
            return
        picture = self._drawn(self._curve, box.size(), painter.deviceTransform().m11())
        for left, right, opacity in ((box.left(), knob, 1.0), (knob, box.right(), REST)):
            painter.save()
            painter.setClipRect(QRectF(left, box.top(), right - left, box.height()))
            painter.setOpacity(opacity)
            painter.drawPixmap(box.topLeft(), picture)
            painter.restore()

    def _drawn(self, curve: NDArray[np.float64], size: QSizeF, ratio: float) -> QPixmap:
        """Return its picture of a size, in the colours of the theme."""
        tokens = theme.current()
        of = size.toTuple(), ratio, tokens.validation
        if self._picture is None or self._picture[0] != of:
            picture = QPixmap((size * ratio).toSize())
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            with QPainter(picture) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._draw(painter, curve, size, QColor(tokens.validation))
            self._picture = of, picture
        return self._picture[1]

    def _draw(self, painter: QPainter, curve: NDArray[np.float64], size: QSizeF, colour: QColor) -> None:
        width, height = size.width() - 2 * self._margin, size.height()
        points = curve * (width, height - 2) + (self._margin, 0.0)
        corners = QPointF(self._margin + width, height), QPointF(self._margin, height)
        pale = QColor(colour)
        pale.setAlphaF(GROUND)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pale)
        painter.drawPolygon(QPolygonF([*map(QPointF, *points.T.tolist()), *corners]))
        # Piece by piece: as one line, so wide a pen takes twenty times as long.
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
        draw_lines(painter, np.hstack((points[:-1], points[1:])))


def _curve(history: HistoryView) -> NDArray[np.float64] | None:
    """Return the course in a unit square, shape (n, 2); None before there is one."""
    if len(history) < 2:
        return None
    losses = smoothed(history.judged_loss)
    low, high = visible_range((history.judged_loss,))
    rows = np.unique(np.linspace(0, len(losses) - 1, MOST_POINTS).astype(int))
    across = history.epoch[rows] / max(1.0, float(history.epoch[-1]))
    down = np.clip((high - losses[rows]) / (high - low), 0.0, 1.0)
    return np.asarray(np.column_stack((across, down))[np.isfinite(down)])
