"""The answer on a scale: with the average, the threshold, the answers of other networks and of pinned rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ann_viz.ui.kit import theme
from ann_viz.ui.kit.diamond import paint_diamond
from ann_viz.ui.kit.painted import Painted

__all__ = ["Gauge", "Scale"]

HEIGHT: Final = 40
BAR_AT: Final = 11.0
BAR: Final = 9.0
EDGE: Final = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What a gauge shows.

    Parameters
    ----------
    low, high : float
        At its ends.
    answer, average : float
    threshold : float or None
        Where the answer turns.
    committee : sequence of float
        Of all networks; empty for one alone.
    pinned : sequence of float
    captions : tuple of (float, str)
        What stands below, and where.
    """

    low: float
    high: float
    answer: float
    average: float
    threshold: float | None = None
    committee: Sequence[float] = ()
    pinned: Sequence[float] = ()
    captions: tuple[tuple[float, str], ...] = ()


class Gauge(Painted):
    """A bar from the left end of a scale to the answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale: Scale | None = None
        self.setFixedHeight(HEIGHT)

    def show_scale(self, scale: Scale, text: str) -> None:
        """Show these numbers, said in a text for screen readers."""
        self._scale = scale
        self.setAccessibleDescription(text)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(220, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track, bar, ticks and captions."""
        scale, tokens = self._scale, theme.current()
        if scale is None:
            return
        width = self.width() - 2 * EDGE
        span = (scale.high - scale.low) or 1.0

        def across(value: float) -> float:
            return EDGE + min(1.0, max(0.0, (value - scale.low) / span)) * width

        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            for end, colour in ((EDGE + width, tokens.surface3), (across(scale.answer), tokens.positive)):
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(QRectF(EDGE, BAR_AT - BAR / 2, end - EDGE, BAR), BAR / 2, BAR / 2)
            if len(scale.committee) > 1:
                ends = across(min(scale.committee)), across(max(scale.committee))
                band = QColor(tokens.positive)
                band.setAlphaF(0.28)
                painter.fillRect(QRectF(ends[0], BAR_AT - BAR / 2, ends[1] - ends[0], BAR), band)
            for value in scale.committee:
                painter.fillRect(QRectF(across(value) - 0.75, BAR_AT - 8, 1.5, 16), QColor(tokens.text2))
            self._tick(painter, across(scale.average), tokens.muted, tokens.surface)
            if scale.threshold is not None:
                self._tick(painter, across(scale.threshold), tokens.text, tokens.surface)
            for value in scale.pinned:
                paint_diamond(painter, QPointF(across(value), BAR_AT))
            self._paint_captions(painter, [(across(value), text) for value, text in scale.captions])

    @staticmethod
    def _tick(painter: QPainter, x: float, colour: str, halo: str) -> None:
        painter.fillRect(QRectF(x - 2, BAR_AT - 9, 4, 18), QColor(halo))
        painter.fillRect(QRectF(x - 1, BAR_AT - 9, 2, 18), QColor(colour))

    def _paint_captions(self, painter: QPainter, captions: list[tuple[float, str]]) -> None:
        """Write what the ticks are, as near to them as they have room beside each other; what has none is left out."""
        font = self.font_of(11)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(theme.current().muted))
        free = 0.0
        for x, text in sorted(captions):
            width = metrics.horizontalAdvance(text)
            left = max(free, min(x - width / 2, self.width() - width))
            if left + width > self.width() + 1:
                continue
            painter.drawText(QPointF(left, HEIGHT - 6), text)
            free = left + width + 8
