"""The two pictures of the slope page: the loss along the steepest way down, and on a square around the network.

They paint arrays that `explain.descent` has measured.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.explain.descent import Plane, Slope
from ann_viz.numerals import compact, short_number, unsigned
from ann_viz.ui.document.paint import mix
from ann_viz.ui.kit import theme

__all__ = ["PlaneView", "SlopeView"]

BALL: Final = 8.0
LEFT: Final = 52.0
BOTTOM: Final = 26.0
TOP: Final = 26.0
SIDE: Final = 18.0
N_LINES: Final = 4
N_SHADES: Final = 12  # few enough to read as lines of equal height


class _Picture(QWidget):
    """What both have in common: the place of the landing, and a frame with room for words."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rate = self._landing = math.nan
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Return a size that leaves room for the other."""
        return QSize(340, 260)

    def show_landing(self, rate: float, loss: float) -> None:
        """Mark where a step of size `rate` lands."""
        self._rate, self._landing = rate, loss
        self.update()

    def _inside(self) -> QRectF:
        return QRectF(self.rect()).adjusted(LEFT, TOP, -SIDE, -BOTTOM)

    def _words(self, painter: QPainter, text: str, box: QRectF, flags: Qt.AlignmentFlag, colour: str) -> None:
        painter.setPen(QColor(colour))
        painter.drawText(box, flags, text)


class SlopeView(_Picture):
    """The curve L(w − η·g): the filled ball is the network, the ring is where its step would land."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("slopeCurve", parent)
        self._slope: Slope | None = None

    def show_slope(self, slope: Slope) -> None:
        """Draw another slice."""
        self._slope = slope
        self.update()

    def place_of(self, rate: float, loss: float) -> QPointF:
        """Return where in the widget a step size and a loss are, within the frame."""
        inside = self._inside()
        low, high = self._range()
        reach = 1.0 if self._slope is None else float(self._slope.rates[-1])
        x = inside.left() + inside.width() * min(1.0, rate / reach)
        height = min(1.0, max(0.0, (loss - low) / (high - low))) if math.isfinite(loss) else 1.0
        return QPointF(x, inside.bottom() - height * inside.height())

    def _range(self) -> tuple[float, float]:
        """Lowest and highest loss in the frame."""
        if self._slope is None or not math.isfinite(self._slope.loss):
            return 0.0, 1.0
        finite = self._slope.losses[np.isfinite(self._slope.losses)]
        low, high = float(finite.min()), float(finite.max())
        margin = 0.08 * (high - low) or max(0.5, 0.05 * high)  # of a flat loss so large that a half is nothing to it
        return low - margin, high + margin

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the curve, the ball and the ring."""
        slope = self._slope
        if slope is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_frame(painter, slope)
            points = [self.place_of(x, y) for x, y in zip(slope.rates, slope.losses, strict=True)]
            painter.setPen(QPen(QColor(theme.current().accent), 2.25))
            painter.drawPolyline(QPolygonF(points))
            self._paint_balls(painter, slope)

    def _paint_frame(self, painter: QPainter, slope: Slope) -> None:
        tokens, inside = theme.current(), self._inside()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value in np.linspace(*self._range(), N_LINES + 2)[1:-1]:
            y = self.place_of(0.0, float(value)).y()
            painter.setPen(QColor(tokens.border))
            painter.drawLine(QPointF(inside.left(), y), QPointF(inside.right(), y))
            self._words(painter, compact(float(value)), QRectF(0, y - 9, LEFT - 8, 18), right, tokens.muted)
        below = QRectF(inside.left(), inside.bottom() + 4, inside.width(), 18)
        self._words(painter, self.tr("step size (learning rate) →"), below, Qt.AlignmentFlag.AlignLeft, tokens.muted)
        end = unsigned(float(slope.rates[-1]))
        self._words(painter, end, below, Qt.AlignmentFlag.AlignRight, tokens.muted)
        above = QRectF(8, 2, self.width() - 16, 20)
        self._words(painter, self.tr("Loss"), above, Qt.AlignmentFlag.AlignLeft, tokens.text2)

    def _paint_balls(self, painter: QPainter, slope: Slope) -> None:
        tokens, inside = theme.current(), self._inside()
        ball, ring = self.place_of(0.0, slope.loss), self.place_of(self._rate, self._landing)
        colour = QColor(tokens.danger if not self._landing < slope.loss else tokens.ok)
        painter.setPen(QPen(colour, 1.25, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(ring.x(), inside.bottom()), QPointF(ring.x(), inside.top()))
        painter.setPen(QPen(colour, 3))
        painter.setBrush(QColor(tokens.canvas))
        painter.drawEllipse(ring, BALL, BALL)
        painter.setPen(QPen(QColor(tokens.canvas), 2))
        painter.setBrush(QColor(tokens.text))
        painter.drawEllipse(ball, BALL + 1, BALL + 1)
        text = short_number(self._landing) if math.isfinite(self._landing) else "∞"
        at_left = ring.x() > inside.center().x()
        box = QRectF(ring.x() - 110 if at_left else ring.x() + 10, inside.top() - 20, 100, 18)
        side = Qt.AlignmentFlag.AlignRight if at_left else Qt.AlignmentFlag.AlignLeft
        self._words(painter, text, box, side, colour.name())


class PlaneView(_Picture):
    """The loss from above: across is the steepest way down, up is a direction at a right angle to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("slopeMap", parent)
        self._plane: Plane | None = None
        self._image: QImage | None = None

    def show_plane(self, plane: Plane) -> None:
        """Draw another square."""
        self._plane = plane
        self.tint()

    def tint(self) -> None:
        """Make the picture anew, in the colours of the theme."""
        self._image = None if self._plane is None else _shaded(self._plane.losses)
        self.update()

    def place_of(self, down: float, across: float = 0.0) -> QPointF:
        """Return where in the widget a place of the square is, within the frame."""
        inside = self._inside()
        if self._plane is None:
            return inside.center()
        x = (down - self._plane.down[0]) / (self._plane.down[-1] - self._plane.down[0])
        y = (across - self._plane.across[0]) / (self._plane.across[-1] - self._plane.across[0])
        return QPointF(
            inside.left() + min(1.0, max(0.0, float(x))) * inside.width(), inside.bottom() - float(y) * inside.height()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the map, the ball and its way."""
        if self._image is None:
            return
        tokens, inside = theme.current(), self._inside()
        with QPainter(self) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(inside, self._image)
            ball, ring = self.place_of(0.0), self.place_of(self._rate)
            painter.setPen(QPen(QColor(tokens.text), 2))
            painter.drawLine(ball, ring)
            painter.setBrush(QColor(tokens.canvas))
            painter.drawEllipse(ring, BALL - 1, BALL - 1)
            painter.setBrush(QColor(tokens.text))
            painter.setPen(QPen(QColor(tokens.canvas), 2))
            painter.drawEllipse(ball, BALL, BALL)
            below = QRectF(inside.left(), inside.bottom() + 4, inside.width(), 18)
            steepest, aside = self.tr("steepest way down →"), self.tr("↑ another direction")
            self._words(painter, steepest, below, Qt.AlignmentFlag.AlignLeft, tokens.muted)
            above = QRectF(inside.left(), 2, inside.width(), 20)
            self._words(painter, aside, above, Qt.AlignmentFlag.AlignLeft, tokens.text2)
            words = self.tr("strong colour: low loss")
            metrics = painter.fontMetrics()
            if metrics.horizontalAdvance(steepest + words) + SIDE < inside.width():
                self._words(painter, words, below, Qt.AlignmentFlag.AlignRight, tokens.muted)


def _shaded(losses: NDArray[np.floating]) -> QImage:
    """Return the square as a picture in shades of the accent, from strong (low) to none (high)."""
    tokens = theme.current()
    finite = losses[np.isfinite(losses)]
    low, high = (float(finite.min()), float(np.percentile(finite, 95))) if finite.size else (0.0, 1.0)
    share = np.clip((np.nan_to_num(losses, posinf=high) - low) / max(high - low, 1e-12), 0.0, 1.0)
    shades = np.array([mix(tokens.accent, tokens.surface, step / N_SHADES).rgb() for step in range(N_SHADES + 1)])
    fine = _finer(1 - (1 - share) ** 2)
    pixels = shades[np.round(fine * N_SHADES).astype(int)].astype(np.uint32)[::-1].copy()  # up is up
    height, width = pixels.shape
    return QImage(pixels.data, width, height, width * 4, QImage.Format.Format_RGB32).copy()


def _finer(values: NDArray[np.floating], times: int = 8) -> NDArray[np.floating]:
    """Return the square with values in between, so that its lines of equal height bend smoothly."""
    n = len(values)
    places = np.linspace(0, n - 1, (n - 1) * times + 1)
    wide = np.array([np.interp(places, np.arange(n), row) for row in values])
    return np.array([np.interp(places, np.arange(n), column) for column in wide.T]).T
