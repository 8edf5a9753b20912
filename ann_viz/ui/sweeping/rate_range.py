"""A slider over decades with two knobs: from which number to which."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.ui.kit import theme
from ann_viz.ui.kit.number_controls import number_text
from ann_viz.ui.kit.painted import Painted

__all__ = ["RateRange"]

HEIGHT: Final = 40
KNOB: Final = 7.0
STEP: Final = 0.1  # of a decade for an arrow key
LEAST: Final = 0.1


class RateRange(Painted):
    """Two numbers, of which the second is larger.

    The arrow keys move the knob that was moved last; Tab stays with the next control, Up and Down choose the knob.

    Parameters
    ----------
    name : str
        What it is for, for screen readers.
    low, high : float
        Its ends, powers of ten.
    """

    changed = Signal()

    def __init__(self, name: str, low: float, high: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._ends = math.log10(low), math.log10(high)
        self._knobs = list(self._ends)
        self._held = 0
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._describe()

    @property
    def numbers(self) -> tuple[float, float]:
        """Both numbers, with one digit."""
        low, high = (float(f"{10**knob:.1g}") for knob in self._knobs)
        return low, high

    def show_numbers(self, low: float, high: float) -> None:
        """Put the knobs where these numbers are; nothing is reported."""
        first, last = self._ends
        self._knobs = [min(max(math.log10(number), first), last) for number in (low, high)]
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a usual size."""
        return QSize(220, HEIGHT)

    def _describe(self) -> None:
        words = " – ".join(number_text(number) for number in self.numbers)
        self.setAccessibleName(f"{self._name}: {words}")

    def _x_of(self, power: float) -> float:
        first, last = self._ends
        return KNOB + 4 + (power - first) / (last - first) * (self.width() - 2 * KNOB - 8)

    def _move(self, knob: int, power: float) -> None:
        first, last = self._ends
        low = first if knob == 0 else self._knobs[0] + LEAST
        high = self._knobs[1] - LEAST if knob == 0 else last
        self._knobs[knob] = min(max(power, low), high)
        self._describe()
        self.update()
        self.changed.emit()

    # Qt -------------------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the nearer knob."""
        far = [abs(self._x_of(power) - event.position().x()) for power in self._knobs]
        self._held = int(far[1] < far[0])
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the knob that is held."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            first, last = self._ends
            share = (event.position().x() - KNOB - 4) / max(1.0, self.width() - 2 * KNOB - 8)
            self._move(self._held, first + share * (last - first))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move a knob, or take the other one."""
        steps = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP}
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._held = int(event.key() == Qt.Key.Key_Up)
            self.update()
        elif Qt.Key(event.key()) in steps:
            self._move(self._held, self._knobs[self._held] + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw groove, the part between the knobs, knobs and decades."""
        tokens = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setOpacity(1.0 if self.isEnabled() else 0.6)
            middle = 10.0
            left, right = (self._x_of(end) for end in self._ends)
            low, high = (self._x_of(knob) for knob in self._knobs)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.surface3))
            painter.drawRoundedRect(QRectF(left, middle - 2, right - left, 4), 2, 2)
            painter.setBrush(QColor(tokens.accent))
            painter.drawRoundedRect(QRectF(low, middle - 2, high - low, 4), 2, 2)
            for knob, x in enumerate((low, high)):
                has_keys = self.hasFocus() and knob == self._held
                painter.setPen(QPen(QColor(tokens.accent if has_keys else tokens.border_strong), 2 if has_keys else 1))
                painter.setBrush(QColor(tokens.knob))
                painter.drawEllipse(QPointF(x, middle), KNOB, KNOB)
            self._paint_decades(painter)

    def _paint_decades(self, painter: QPainter) -> None:
        painter.setFont(self.font_of(11))
        painter.setPen(QColor(theme.current().muted))
        first, last = self._ends
        for power in range(round(first), round(last) + 1):
            text = number_text(10.0**power)
            width = painter.fontMetrics().horizontalAdvance(text)
            x = min(max(0.0, self._x_of(power) - width / 2), self.width() - width)
            painter.drawText(QPointF(x, 34.0), text)
