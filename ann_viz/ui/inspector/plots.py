"""The inspector's small pictures: a neuron's circle, its activation curve, a histogram, and the course of a weight.

They paint arrays that were prepared by `explain`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ann_viz.explain.connection import Trail
from ann_viz.explain.neuron_spread import Spread
from ann_viz.numerals import compact, format_number, narrow
from ann_viz.scene.scales import EMPTY
from ann_viz.ui.document.paint import ink_on, tint
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import Painted, fitted
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.theme import Tokens

__all__ = ["CurveView", "Heading", "SpreadView", "TrailView"]

CIRCLE: Final = 32.0
POINT: Final = 4.5
MARGIN: Final = 6.0
CAPTION: Final = 15.0
MOST_DIGITS: Final = 4  # in the circle, in the usual size


class Heading(Painted):
    """A circle tinted and numbered as in the picture, a name, and a line about what it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: float | None = None
        self._reference = 1.0
        self._title = self._about = ""
        self.setFixedHeight(38)

    @property
    def title(self) -> str:
        """The name on show."""
        return self._title

    @property
    def about(self) -> str:
        """The line below it."""
        return self._about

    def show_heading(self, title: str, about: str, value: float | None = None, reference: float = 1.0) -> None:
        """Show a name, a line, and the circle of an activation; no circle without one."""
        if (title, about) != (self._title, self._about):
            self._title, self._about = title, about
            self.setAccessibleName(f"{title}, {about}")
            self.setToolTip(plain_tip(f"{title}\n{about}"))
        self._value, self._reference = value, reference
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines; the width is up to the layout."""
        return QSize(120, 38)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the circle and the two lines, cut where they are too long."""
        tokens = theme.current()
        left = 0.0
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._value is not None and math.isfinite(self._value):
                self._paint_circle(painter, tokens, self._value)
                left = CIRCLE + 10
            room = self.width() - left
            lines = ((self.font_of(14, QFont.Weight.DemiBold), tokens.text, self._title, 1),)
            for font, colour, text, y in (*lines, (self.font_of(11), tokens.muted, self._about, 20)):
                painter.setFont(font)
                painter.setPen(QColor(colour))
                box = QRectF(left, y, room, 18)
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, fitted(text, QFontMetricsF(font), room))

    def _paint_circle(self, painter: QPainter, tokens: Tokens, value: float) -> None:
        fill = tint(tokens, value, self._reference)
        outline = tokens.border_strong if abs(value) < EMPTY else tokens.negative if value < 0 else tokens.positive
        painter.setPen(QPen(QColor(outline), 1.5))
        painter.setBrush(fill)
        box = QRectF(1, (self.height() - CIRCLE) / 2, CIRCLE, CIRCLE)
        painter.drawEllipse(box)
        painter.setPen(QColor(tokens.muted) if abs(value) < EMPTY else ink_on(fill.color(), tokens))
        text = narrow(value, 2)
        painter.setFont(self.font_of(9 if len(text) > MOST_DIGITS and "." not in text else 11, QFont.Weight.DemiBold))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


class CurveView(Painted):
    """An activation function around a neuron's z, with the point where the neuron is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._z = self._a = np.empty(0)
        self._point = (0.0, 0.0)
        self.setFixedSize(124, 84)
        self.setAccessibleName(self.tr("Activation function"))

    def show_curve(self, z: NDArray[np.float64], a: NDArray[np.float64], point: tuple[float, float]) -> None:
        """Show a curve and the point (z, a)."""
        self._z, self._a, self._point = z, a, point
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the axes, the curve, dashed lines to the axes, and the point."""
        if not len(self._z) or not math.isfinite(self._point[1]):
            return
        tokens = theme.current()
        low, high = float(min(self._a.min(), 0.0)), float(max(self._a.max(), 0.0))
        place = _Plane(QRectF(self.rect()), (float(self._z[0]), float(self._z[-1])), (low, high))
        origin, point = place.at(0.0, 0.0), place.at(*self._point)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens.border_strong), 1))
            painter.drawLine(QLineF(0, origin.y(), self.width(), origin.y()))
            painter.drawLine(QLineF(origin.x(), 0, origin.x(), self.height()))
            painter.setFont(self.font_of(11))
            painter.setPen(QColor(tokens.muted))
            painter.drawText(QPointF(self.width() - 8, origin.y() - 3), "z")
            painter.drawText(QPointF(origin.x() - 10, 9), "a")
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.drawPolyline(place.polygon(self._z, self._a))
            painter.setPen(QPen(QColor(tokens.muted), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(point.x(), origin.y(), point.x(), point.y()))
            painter.drawLine(QLineF(origin.x(), point.y(), point.x(), point.y()))
            painter.setPen(QPen(QColor(tokens.surface), 1.5))
            painter.setBrush(QColor(tokens.negative if self._point[1] < 0 else tokens.positive))
            painter.drawEllipse(point, POINT, POINT)


class SpreadView(Painted):
    """A histogram of activations, with a mark at that of the shown row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spread: Spread | None = None
        self._value = 0.0
        self.setFixedHeight(76)

    @property
    def spread(self) -> Spread | None:
        """What is on show."""
        return self._spread

    def show_spread(self, spread: Spread | None, value: float) -> None:
        """Show how often which activation occurs, and the shown row's."""
        self._spread, self._value = spread, value
        self.update()

    def sizeHint(self) -> QSize:
        """One height; the width is up to the layout."""
        return QSize(240, 76)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars, the mark, and the two ends of the scale."""
        spread = self._spread
        if spread is None:
            return
        tokens = theme.current()
        floor = self.height() - CAPTION
        width = self.width() / len(spread.counts)
        unit = (floor - MARGIN) / max(1, int(spread.counts.max()))
        with QPainter(self) as painter:
            bars = QColor(tokens.border_strong)
            for place, count in enumerate(spread.counts.tolist()):
                height = max(1.0, unit * count) if count else 0.0  # one row among thousands can be seen too
                painter.fillRect(QRectF(place * width, floor - height, max(1.0, width - 1), height), bars)
            painter.fillRect(QRectF(0, floor, self.width(), 1), QColor(tokens.border))
            share = 0.5 if spread.high == spread.low else (self._value - spread.low) / (spread.high - spread.low)
            if math.isfinite(share):
                x = min(max(share, 0.0), 1.0) * (self.width() - 2)
                painter.fillRect(QRectF(x, 0, 2, floor), QColor(tokens.accent))
            _paint_ends(painter, self, tokens, compact(spread.low), compact(spread.high))


class TrailView(Painted):
    """How a weight has moved: a line for what the optimiser did, a dotted step where it was set by hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trail = Trail(())
        self.setFixedHeight(76)
        self.setAccessibleName(self.tr("Course of the weight"))

    @property
    def points(self) -> Sequence[tuple[float, float]]:
        """(epoch, weight) on show."""
        return self._trail.points

    def show_trail(self, trail: Trail) -> None:
        """Show weights by epoch; those that are not finite are left out."""
        self._trail = Trail(tuple(point for point in trail.points if math.isfinite(point[1])), trail.breaks)
        self.update()

    def sizeHint(self) -> QSize:
        """One height; the width is up to the layout."""
        return QSize(240, 76)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines, the end as a point, zero where it is in range, and the ends of the scale."""
        if not self._trail.points:
            return
        tokens, pieces = theme.current(), self._trail.pieces()
        every = np.array([point for piece in pieces for point in piece])
        (first, last), weights = every[[0, -1], 0], every[:, 1]
        area = QRectF(0, 0, self.width(), self.height() - CAPTION)
        place = _Plane(area, (first, last), (float(weights.min()), float(weights.max())))
        zero = place.at(0.0, 0.0).y()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if weights.min() <= 0 <= weights.max():
                painter.setPen(QPen(QColor(tokens.border_strong), 1))
                painter.drawLine(QLineF(0, zero, self.width(), zero))
            colour = QColor(tokens.negative if weights[-1] < 0 else tokens.positive)
            painter.setPen(QPen(colour, 1.75))
            for piece in pieces:
                painter.drawPolyline(place.polygon(*np.array(piece).T))
            painter.setPen(QPen(QColor(tokens.muted), 1.25, Qt.PenStyle.DotLine))
            for epoch, before, after in self._trail.breaks:
                painter.drawLine(place.at(epoch, before), place.at(epoch, after))
            painter.setBrush(colour)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(place.at(*every[-1].tolist()), 3.0, 3.0)
            ends = [format_number(end, ".0f" if end == round(end) else ".1f") for end in (first, last)]
            _paint_ends(
                painter, self, tokens, self.tr("epoch {n}").format(n=ends[0]), ends[1] if len(every) > 1 else ""
            )


class _Plane:
    """Where values lie in a rectangle, with a margin."""

    def __init__(self, area: QRectF, x: tuple[float, float], y: tuple[float, float]) -> None:
        self._area = area.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        self._x, self._y = _with_width(x), _with_width(y)

    def at(self, x: float, y: float) -> QPointF:
        """Return the place of a point."""
        across = (x - self._x[0]) / (self._x[1] - self._x[0])
        up = (y - self._y[0]) / (self._y[1] - self._y[0])
        area = self._area
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

    def polygon(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> QPolygonF:
        """Return the places of many points."""
        return QPolygonF([self.at(*point) for point in zip(x.tolist(), y.tolist(), strict=True)])


def _with_width(ends: tuple[float, float]) -> tuple[float, float]:
    """A range without width gets some, with its value in the middle."""
    low, high = ends
    half = max(abs(low) * 0.05, 1e-6)
    return (low, high) if high > low else (low - half, low + half)


def _paint_ends(painter: QPainter, widget: Painted, tokens: Tokens, left: str, right: str) -> None:
    """Write the ends of a scale below it."""
    painter.setFont(widget.font_of(11))
    painter.setPen(QColor(tokens.muted))
    box = QRectF(0, widget.height() - CAPTION + 1, widget.width(), CAPTION)
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft, left)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight, right)
