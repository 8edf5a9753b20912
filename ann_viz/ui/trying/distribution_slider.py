"""A slider that shows below its knob where the rows of the table are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStyle, QWidget

from ann_viz.ui.kit import theme
from ann_viz.ui.kit.diamond import paint_diamond
from ann_viz.ui.kit.wheel import Slider

__all__ = ["DistributionSlider"]

HEIGHT: Final = 30
BARS: Final = 15  # height of the tallest
TRACK_AT: Final = 20.0
KNOB: Final = 7.5
N_STEPS: Final = 1000
GAP: Final = 1.0


class DistributionSlider(Slider):
    """A slider over the range of a column, with its histogram and diamonds at pinned values.

    ``chosen`` carries a number, and fires only for what the user does.

    Parameters
    ----------
    name : str
        What is set, for screen readers.
    low, high : float
        At the ends; the second is the larger.
    histogram : sequence of int
        Rows in equal parts of the range.
    whole : bool
        Whether only whole numbers make sense.
    """

    chosen = Signal(float)

    def __init__(
        self,
        name: str,
        low: float,
        high: float,
        histogram: Sequence[int],
        *,
        whole: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._low, self._high, self._whole = low, high, whole
        tallest = sorted((0, 0, *histogram))[-2] or max(histogram, default=0)  # or a single value leaves the rest flat
        self._bars = [min(1.0, count / tallest) for count in histogram] if tallest else []
        self._pinned: tuple[float, ...] = ()
        self._is_empty = False
        self.setProperty("distribution", "true")
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(name)
        span = high - low
        self.setRange(0, round(span) if whole and span <= N_STEPS else N_STEPS)
        self.setPageStep(max(1, self.maximum() // 10))
        self.setSingleStep(max(1, self.maximum() // 100))
        self.valueChanged.connect(self._on_moved)

    @property
    def number(self) -> float:
        """The number under the knob."""
        number = self._low + (self._high - self._low) * self.value() / max(1, self.maximum())
        return float(round(number)) if self._whole else float(f"{number:.4g}")

    def show_number(self, number: float | None, text: str) -> None:
        """Put the knob at a number, or at the end nearest to it, or with None show that there is none."""
        self._is_empty = number is None
        if number is not None:
            with QSignalBlocker(self):
                share = (number - self._low) / (self._high - self._low)
                self.setValue(round(min(1.0, max(0.0, share)) * self.maximum()))
        self.setAccessibleDescription(text)
        self.update()

    def show_pinned(self, numbers: Sequence[float]) -> None:
        """Mark these numbers."""
        self._pinned = tuple(numbers)
        self.update()

    def _on_moved(self) -> None:
        self._is_empty = False
        self.chosen.emit(self.number)

    # Qt -------------------------------------------------------------------------------------------------------------
    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(160, HEIGHT)

    def _across(self, number: float) -> float:
        share = min(1.0, max(0.0, (number - self._low) / (self._high - self._low)))
        return KNOB + share * (self.width() - 2 * KNOB)

    def _value_at(self, x: float) -> int:
        room = max(1, round(self.width() - 2 * KNOB))
        return QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), round(x - KNOB), room)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the knob under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._value_at(event.position().x()))
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the knob follow."""
        if self.isSliderDown():
            self.setValue(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go of the knob."""
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars, the track, the diamonds and the knob."""
        tokens = theme.current()
        at = KNOB + self.value() / max(1, self.maximum()) * (self.width() - 2 * KNOB)
        filled = 0.0 if self._is_empty else at
        with QPainter(self) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            self._paint_bars(painter, filled)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for left, right, colour in ((0.0, float(self.width()), tokens.surface3), (0.0, filled, tokens.accent)):
                if right > left:
                    painter.setBrush(QColor(colour))
                    painter.drawRoundedRect(QRectF(left, TRACK_AT - 2, right - left, 4), 2, 2)
            for number in self._pinned:
                paint_diamond(painter, QPointF(self._across(number), TRACK_AT))
            if self._is_empty:
                return
            focused = self.hasFocus()
            painter.setPen(QPen(QColor(tokens.accent if focused else tokens.border_strong), 2.0 if focused else 1.0))
            painter.setBrush(QColor(tokens.knob))
            painter.drawEllipse(QPointF(at, TRACK_AT), KNOB - 0.5, KNOB - 0.5)

    def _paint_bars(self, painter: QPainter, filled: float) -> None:
        tokens = theme.current()
        width = self.width() / max(1, len(self._bars))
        for place, share in enumerate(self._bars):
            height = max(1.0, share * BARS) if share else 0.0
            bar = QRectF(place * width, TRACK_AT - 3 - height, max(1.0, width - GAP), height)
            painter.fillRect(bar, QColor(tokens.accent_line if bar.center().x() <= filled else tokens.border))
