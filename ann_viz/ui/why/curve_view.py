"""What the answer would be along one column: a line over numbers and dates, bars over categories."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from ann_viz.session.trying.form import label_of
from ann_viz.session.trying.reasons import Curve
from ann_viz.session.trying.told_answer import Told
from ann_viz.session.trying.values import shown_value
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import Painted, fitted

__all__ = ["CurveView"]

HEIGHT: Final = 150
BESIDE: Final = 8.0  # what the axis is called
BOTTOM: Final = 18.0
TOP: Final = 8.0
BARS: Final = 10  # of rows, along the lower edge
MOST_BARS: Final = 8
ROW: Final = 22.0
NAMES: Final = 0.45  # of the width, at most


class CurveView(Painted):
    """A curve with the row's own value on it, and those of other networks as a band."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curve: Curve | None = None
        self._told = Told(task="binary")
        self.setFixedHeight(HEIGHT)

    def show_curve(self, curve: Curve, told: Told, sentence: str) -> None:
        """Show a curve, said in a sentence for screen readers."""
        self._curve, self._told = curve, told
        self.setAccessibleDescription(sentence)
        n_rows = len(self._shown(curve)) if curve.summary.choices else 0
        self.setFixedHeight(min(HEIGHT, round(TOP + n_rows * ROW)) if n_rows else HEIGHT)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(220, HEIGHT)

    def _range(self, curve: Curve) -> tuple[float, float]:
        """Return what the lower and the upper edge are."""
        if not self._told.is_number:
            return 0.0, 1.0
        low, high = float(curve.answers.min()), float(curve.answers.max())
        if curve.summary.choices:  # bars have a foot
            low, high = min(0.0, low), max(0.0, high)
        air = 0.08 * (high - low) or abs(high) or 1.0
        return (low - air if low else 0.0), (high + air if high else 0.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes, band, line and the row's own place."""
        curve = self._curve
        if curve is None or not curve.values:
            return
        low, high = self._range(curve)
        metrics = QFontMetricsF(self.font_of(11))
        left = BESIDE + max(metrics.horizontalAdvance(self._told.text(value)) for value in self._ticks(low, high))
        box = QRectF(left, TOP, self.width() - left - BESIDE, HEIGHT - TOP - BOTTOM)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if curve.summary.choices:
                self._paint_bars(painter, curve, low, high)
            else:
                self._paint_axis(painter, box, low, high)
                self._paint_line(painter, box, curve, low, high)

    @staticmethod
    def _ticks(low: float, high: float) -> list[float]:
        return [low, (low + high) / 2, high]

    def _paint_axis(self, painter: QPainter, box: QRectF, low: float, high: float) -> None:
        tokens = theme.current()
        painter.setFont(self.font_of(11))
        for value in self._ticks(low, high):
            y = box.bottom() - (value - low) / (high - low) * box.height()
            painter.fillRect(QRectF(box.left(), y, box.width(), 1), QColor(tokens.border))
            painter.setPen(QColor(tokens.muted))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, y - 8, box.left() - BESIDE + 2, 16), flags, self._told.text(value))
        if self._told.task == "binary":
            y = box.bottom() - self._told.threshold * box.height()
            painter.setPen(QPen(QColor(tokens.text2), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))

    def _paint_line(self, painter: QPainter, box: QRectF, curve: Curve, low: float, high: float) -> None:
        tokens, summary = theme.current(), curve.summary
        numbers = np.array([float(value) for value in curve.values if value is not None])
        first, last = float(numbers[0]), float(numbers[-1])
        xs = box.left() + (numbers - first) / ((last - first) or 1.0) * box.width()
        ys = box.bottom() - (curve.answers - low) / (high - low) * box.height()
        tallest = max(summary.histogram, default=0)
        width = box.width() / max(1, len(summary.histogram))
        for place, n in enumerate(summary.histogram):
            bar = QRectF(box.left() + place * width, 0, max(1.0, width - 1), n / tallest * BARS if tallest else 0)
            bar.moveBottom(box.bottom())
            painter.fillRect(bar, QColor(tokens.surface3))
        if len(ys) > 1:
            edges = [*zip(xs, ys.min(axis=0), strict=True), *reversed(list(zip(xs, ys.max(axis=0), strict=True)))]
            band = QColor(tokens.accent)
            band.setAlphaF(0.15)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(band)
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in edges]))
        painter.setPen(QPen(QColor(tokens.accent), 2))
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in zip(xs, ys[0], strict=True)]))
        if curve.here in curve.values:
            place = curve.values.index(curve.here)
            painter.setBrush(QColor(tokens.surface))
            painter.drawEllipse(QPointF(float(xs[place]), float(ys[0][place])), 4.5, 4.5)
        self._paint_ends(painter, box, curve)

    def _paint_ends(self, painter: QPainter, box: QRectF, curve: Curve) -> None:
        painter.setPen(QColor(theme.current().muted))
        painter.setFont(self.font_of(11))
        feature = curve.summary.feature
        below = QRectF(box.left(), box.bottom() + 3, box.width(), BOTTOM - 3)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, shown_value(feature, curve.values[0]))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, shown_value(feature, curve.values[-1]))

    def _paint_bars(self, painter: QPainter, curve: Curve, low: float, high: float) -> None:
        """Draw a row for every category; of many those with the highest answers, and the row's own."""
        places = self._shown(curve)
        names = [label_of(curve.summary, curve.values[place]) for place in places]
        bold, plain = self.font_of(12, QFont.Weight.DemiBold), self.font_of(12)
        widest = max(QFontMetricsF(bold).horizontalAdvance(name) for name in names)
        left = min(widest, NAMES * self.width()) + BESIDE
        numbers = max(QFontMetricsF(bold).horizontalAdvance(self._told.text(value)) for value in curve.answers[0])
        room = self.width() - left - numbers - BESIDE
        each = (self.height() - TOP) / len(places)
        for row, (place, name) in enumerate(zip(places, names, strict=True)):
            box = QRectF(left, TOP + row * each, room, each)
            is_own = curve.values[place] == curve.here
            painter.setFont(bold if is_own else plain)
            self._paint_bar(painter, box, curve.answers[:, place], (low, high), own=is_own)
            shown = fitted(name, QFontMetricsF(painter.font()), left - BESIDE)
            painter.drawText(QRectF(0, box.top(), left, each), Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_bar(
        self, painter: QPainter, box: QRectF, answers: NDArray[np.float64], ends: tuple[float, float], *, own: bool
    ) -> None:
        """Draw what all networks answer in one row, and write what the one on show does."""
        tokens, (low, high) = theme.current(), ends
        at = [box.left() + (float(value) - low) / (high - low) * box.width() for value in answers]
        foot = box.left() + (max(low, 0.0) - low) / (high - low) * box.width()
        thick = 0.62 * box.height()
        bar = QRectF(min(foot, at[0]), box.center().y() - thick / 2, max(1.0, abs(at[0] - foot)), thick)
        painter.fillRect(bar, QColor(tokens.accent if own else tokens.accent_line))
        if len(at) > 1:
            painter.setPen(QPen(QColor(tokens.text2), 1.2))
            painter.drawLine(QPointF(min(at), box.center().y()), QPointF(max(at), box.center().y()))
        painter.setPen(QColor(tokens.text if own else tokens.text2))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, box.top(), self.width(), box.height()), flags, self._told.text(float(answers[0])))

    @staticmethod
    def _shown(curve: Curve) -> list[int]:
        """Return the places of the categories there is room for, in their order."""
        order = sorted(range(len(curve.values)), key=lambda place: -curve.answers[0, place])
        own = [place for place in order if curve.values[place] == curve.here]
        others = [place for place in order if place not in own]
        return sorted([*own, *others[: MOST_BARS - len(own)]])
