"""The two pictures of the slope page: the loss along the steepest way down, and on a square around the network.

They paint arrays that `explain.descent` has measured.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ann_viz.explain.descent import Plane, Slope
from ann_viz.numerals import short_number, unsigned
from ann_viz.ui.document.loss_picture import BALL, LossPicture, loss_range, paint_ball, paint_ring
from ann_viz.ui.document.paint import mix
from ann_viz.ui.kit import theme

__all__ = ["PlaneView", "SlopeView"]

AIR: Final = 18.0  # between two words
N_SHADES: Final = 12  # few enough to read as lines of equal height


class _Landing(LossPicture):
    """What both have in common: the place of the landing."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._rate = self._landing = math.nan

    def show_landing(self, rate: float, loss: float) -> None:
        """Mark where a step of size `rate` lands."""
        self._rate, self._landing = rate, loss
        self.update()


class SlopeView(_Landing):
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
        inside = self.inside()
        reach = 1.0 if self._slope is None else float(self._slope.rates[-1])
        x = inside.left() + inside.width() * min(1.0, rate / reach)
        return QPointF(x, self.height_of(loss, *self._range()))

    def _range(self) -> tuple[float, float]:
        """Lowest and highest loss in the frame."""
        if self._slope is None or not math.isfinite(self._slope.loss):
            return 0.0, 1.0
        return loss_range(self._slope.losses)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the curve, the ball and the ring."""
        slope = self._slope
        if slope is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_levels(painter, *self._range())
            self.write_below(painter, self.tr("step size (learning rate) →"), unsigned(float(slope.rates[-1])))
            points = [self.place_of(x, y) for x, y in zip(slope.rates, slope.losses, strict=True)]
            painter.setPen(QPen(QColor(theme.current().accent), 2.25))
            painter.drawPolyline(QPolygonF(points))
            self._paint_balls(painter, slope)

    def _paint_balls(self, painter: QPainter, slope: Slope) -> None:
        tokens, inside = theme.current(), self.inside()
        ball, ring = self.place_of(0.0, slope.loss), self.place_of(self._rate, self._landing)
        colour = QColor(tokens.danger if not self._landing < slope.loss else tokens.ok)
        painter.setPen(QPen(colour, 1.25, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(ring.x(), inside.bottom()), QPointF(ring.x(), inside.top()))
        paint_ring(painter, ring, colour)
        paint_ball(painter, ball, BALL + 1)
        text = short_number(self._landing) if math.isfinite(self._landing) else "∞"
        at_left = ring.x() > inside.center().x()
        box = QRectF(ring.x() - 110 if at_left else ring.x() + 10, inside.top() - 20, 100, 18)
        side = Qt.AlignmentFlag.AlignRight if at_left else Qt.AlignmentFlag.AlignLeft
        self.write(painter, text, box, side, colour.name())


class PlaneView(_Landing):
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
        inside = self.inside()
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
        tokens, inside = theme.current(), self.inside()
        with QPainter(self) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(inside, self._image)
            ball, ring = self.place_of(0.0), self.place_of(self._rate)
            painter.setPen(QPen(QColor(tokens.text), 2))
            painter.drawLine(ball, ring)
            painter.setBrush(QColor(tokens.canvas))
            painter.drawEllipse(ring, BALL - 1, BALL - 1)
            paint_ball(painter, ball)
            below = QRectF(inside.left(), inside.bottom() + 4, inside.width(), 18)
            steepest, aside = self.tr("steepest way down →"), self.tr("↑ another direction")
            self.write(painter, steepest, below, Qt.AlignmentFlag.AlignLeft, tokens.muted)
            above = QRectF(inside.left(), 2, inside.width(), 20)
            self.write(painter, aside, above, Qt.AlignmentFlag.AlignLeft, tokens.text2)
            words = self.tr("strong colour: low loss")
            metrics = painter.fontMetrics()
            if metrics.horizontalAdvance(steepest + words) + AIR < inside.width():
                self.write(painter, words, below, Qt.AlignmentFlag.AlignRight, tokens.muted)


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
