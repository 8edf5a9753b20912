"""The loss over the learning rate, as the finder saw it: the suggested rate is marked, a click takes any other."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ann_viz.numerals import power_of_ten, short_number
from ann_viz.session.rate_finder import HIGHEST, LOWEST, RateCurve
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.number_controls import number_text
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["RatePlot"]

SIZE: Final = QSize(300, 170)
LEFT, TOP, RIGHT, BOTTOM = 40.0, 14.0, 10.0, 22.0
LOW, HIGH = round(math.log10(LOWEST)), round(math.log10(HIGHEST))
HEADROOM: Final = 0.35  # above the loss at the lowest rate, of what it falls; an explosion is cut off there
KEY_STEP: Final = 0.1  # decades


class RatePlot(QWidget):
    """Draws a `RateCurve`; what is chosen in it is a rate."""

    chosen = Signal(float)
    """A rate was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curve: RateCurve | None = None
        self._at: float | None = None  # decades
        self.setAccessibleName(self.tr("Loss over the learning rate"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        """Return what a small window has room for."""
        return SIZE

    def show_curve(self, curve: RateCurve | None) -> None:
        """Draw what was found."""
        self._curve = curve
        self._at = None if curve is None or curve.suggested is None else math.log10(curve.suggested)
        self.update()

    def x_of(self, rate: float) -> float:
        """Return where a rate is drawn."""
        return self._x(math.log10(rate))

    def _x(self, decade: float) -> float:
        return LEFT + (self.width() - LEFT - RIGHT) * (decade - LOW) / (HIGH - LOW)

    def _rate_at(self, x: float) -> float:
        decade = LOW + (HIGH - LOW) * (x - LEFT) / (self.width() - LEFT - RIGHT)
        return float(f"{10 ** min(max(decade, LOW), HIGH):.1g}")

    def _range(self, losses: np.ndarray) -> tuple[float, float]:
        low = float(losses.min())
        high = max(float(losses[0]), low)
        room = HEADROOM * (high - low) or 0.1 * abs(high) or 1.0
        return low - room * 0.3, high + room

    # Painting -------------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes, curve and the rate that is suggested or pointed at."""
        tokens = theme.current()
        font = theme.tabular(self.font())
        font.setPixelSize(11)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font)
            bottom = self.height() - BOTTOM
            painter.setPen(QPen(QColor(tokens.border), 1))
            for decade in range(LOW, HIGH + 1):
                x = self._x(decade)
                painter.drawLine(QPointF(x, TOP), QPointF(x, bottom))
            painter.setPen(QColor(tokens.muted))
            for decade in range(LOW, HIGH + 1, 2):
                text = number_text(10.0**decade) if decade > -4 else power_of_ten(decade)
                box = QRectF(self._x(decade) - 30, bottom + 3, 60, 16)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            if self._curve is not None and len(self._curve.losses):
                self._paint_curve(painter, self._curve)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(tokens.accent), 1.5))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)

    def _paint_curve(self, painter: QPainter, curve: RateCurve) -> None:
        tokens = theme.current()
        low, high = self._range(curve.losses)
        bottom = self.height() - BOTTOM
        height = bottom - TOP

        def y(loss: float) -> float:
            return bottom - height * min(1.0, max(0.0, (loss - low) / (high - low)))

        painter.setPen(QColor(tokens.muted))
        for loss in (float(curve.losses[0]), float(curve.losses.min())):
            box = QRectF(0, y(loss) - 8, LEFT - 6, 16)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, short_number(loss, 2))
        points = [QPointF(self.x_of(rate), y(loss)) for rate, loss in zip(curve.rates, curve.losses, strict=True)]
        painter.setPen(QPen(QColor(tokens.train), 2))
        painter.drawPolyline(QPolygonF(points))
        if self._at is not None:
            x = self._x(self._at)
            at = int(np.abs(np.log10(curve.rates) - self._at).argmin())
            painter.setPen(QPen(QColor(tokens.accent), 1.5))
            painter.drawLine(QPointF(x, TOP), QPointF(x, bottom))
            painter.setBrush(QColor(tokens.accent))
            painter.setPen(QPen(QColor(tokens.surface), 1.5))
            painter.drawEllipse(QPointF(x, y(float(curve.losses[at]))), 5, 5)

    # What the user does ---------------------------------------------------------------------------------------------
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which rate a click would take."""
        if self._curve is not None:
            words = self.tr("Click to take {rate}").format(rate=number_text(self._rate_at(event.position().x())))
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(words), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the rate under the mouse."""
        if self._curve is not None and event.button() == Qt.MouseButton.LeftButton:
            self._take(self._rate_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._curve is not None:
            step = KEY_STEP if event.key() == Qt.Key.Key_Right else -KEY_STEP
            self._take(float(f"{10 ** min(max((self._at or LOW) + step, LOW), HIGH):.2g}"))
        else:
            super().keyPressEvent(event)

    def _take(self, rate: float) -> None:
        self._at = math.log10(rate)
        self.update()
        self.chosen.emit(rate)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the words away."""
        QToolTip.hideText()
        super().leaveEvent(event)
