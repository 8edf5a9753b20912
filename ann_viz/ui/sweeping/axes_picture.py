"""Parallel coordinates as a picture: axes, a line for every run, filters and words; the mouse is not its business."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.scene.parallel_axes import BOTTOM, Axis, curves
from ann_viz.tokens import mixed
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import Painted
from ann_viz.ui.sweeping.words_on_lines import write, write_on_ground

__all__ = ["AxesPicture", "score_colour"]

LEFT, RIGHT, FOOT = 78.0, 128.0, 18.0
HEAD, LOW_HEAD = 46.0, 30.0
NARROW: Final = 620
LOW: Final = 250
BRUSH: Final = 18.0
WIDTH, BEST_WIDTH, MARKED_WIDTH = 1.6, 3.5, 2.6
FAINT: Final = 0.32  # of a grey that is faint itself
MOST_DRAWN: Final = 200  # of more, the best


def score_colour(goodness: float) -> str:
    """Return the colour of a run: grey for the worst, 0, violet for the best, 1."""
    tokens = theme.current()
    return mixed(tokens.border_strong, tokens.accent, min(1.0, max(0.0, goodness)))


class AxesPicture(Painted):
    """Shows axes with runs in the order of their ranks.

    Attributes
    ----------
    filters : dict of str to (float, float)
        By the name of an axis, between which places runs are let through.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filters: dict[str, tuple[float, float]] = {}
        self._axes: tuple[Axis, ...] = ()
        self._order: list[str] = []
        self._best_text = self._better_text = ""
        self._marked = -1
        self._across = np.zeros(0)
        self._up = np.zeros((0, 0))
        self._lines: list[QPolygonF] = []
        self._still: QPixmap | None = None  # all but what the mouse stresses: 200 lines take 50 ms
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(190)

    def sizeHint(self) -> QSize:
        """Return a usual size."""
        return QSize(900, 330)

    # What is shown --------------------------------------------------------------------------------------------------
    def show_axes(self, axes: Sequence[Axis], *, best: str, better: str) -> None:
        """Show other runs.

        Parameters
        ----------
        axes : sequence of Axis
            The last one is the score, which stays last.
        best, better : str
            What stands at the best run, and at the upper end of the score.
        """
        names = [axis.name for axis in axes]
        if sorted(names) != sorted(self._order):
            self._order = names
            self.filters.clear()
        by_name = {axis.name: axis for axis in axes}
        self._axes = tuple(by_name[name] for name in self._order)
        self._best_text, self._better_text = best, better
        self._prepare()

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The axes, from left to right."""
        return self._axes

    def passing(self) -> NDArray[np.bool_]:
        """Return which runs all filters let through."""
        n_runs = len(self._axes[-1].places) if self._axes else 0
        found = np.ones(n_runs, bool)
        for axis in self._axes:
            if axis.name in self.filters:
                low, high = self.filters[axis.name]
                places = np.where(np.isfinite(axis.places), axis.places, BOTTOM)
                found &= (places >= low) & (places <= high)
        return found

    def mark(self, row: int) -> None:
        """Stress the line of a run; -1 for none."""
        if row != self._marked:
            self._marked = row
            self.update()

    # Geometry -------------------------------------------------------------------------------------------------------
    @property
    def head(self) -> float:
        """Room for the titles of the axes."""
        return LOW_HEAD if self.is_narrow else HEAD

    @property
    def is_narrow(self) -> bool:
        """Whether there is no room for subtitles."""
        return self.width() < NARROW or self.height() < LOW

    def axis_at(self, number: int) -> float:
        """Return where an axis stands, in pixels from the left."""
        room = self.width() - LEFT - RIGHT
        return LEFT + room * number / max(1, len(self._axes) - 1)

    def height_of(self, place: float) -> float:
        """Return where a place on an axis is, in pixels from the top."""
        return self.head + (1 - place) * (self.height() - self.head - FOOT)

    def place_of(self, y: float) -> float:
        """Return the place on an axis that is at a height."""
        return min(1.0, max(0.0, 1 - (y - self.head) / max(1.0, self.height() - self.head - FOOT)))

    def _prepare(self) -> None:
        """Work out the lines."""
        self._lines = []
        if self._axes:
            places = np.stack([np.nan_to_num(axis.places, nan=BOTTOM) for axis in self._axes], axis=1)[:MOST_DRAWN]
            at = [self.axis_at(number) for number in range(len(self._axes))]
            self._across, up = curves(places, at)
            self._up = self.head + (1 - up) * (self.height() - self.head - FOOT)
            self._lines = [
                QPolygonF([QPointF(x, y) for x, y in zip(self._across.tolist(), row.tolist(), strict=True)])
                for row in self._up
            ]
        self.renew()

    def renew(self) -> None:
        """Draw all anew."""
        self._still = None
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another theme or font."""
        self._still = None
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the lines out anew."""
        super().resizeEvent(event)
        self._prepare()

    # Painting -------------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes, lines from the worst to the best, filters and words."""
        if self._still is None or self._still.devicePixelRatio() != self.devicePixelRatioF():
            self._still = self._drawn()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawPixmap(0, 0, self._still)
            if 0 <= self._marked < len(self._lines):
                self._paint_line(painter, self._marked, theme.current().accent, MARKED_WIDTH, 1.0)
                self._paint_marked_values(painter)

    def _drawn(self) -> QPixmap:
        """Return the picture without what the mouse stresses."""
        ratio = self.devicePixelRatioF()
        still = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        still.setDevicePixelRatio(ratio)
        still.fill(Qt.GlobalColor.transparent)
        with QPainter(still) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for paint in (
                self._paint_axes,
                self._paint_lines,
                self._paint_filters,
                self._paint_words,
                self._paint_best,
            ):
                paint(painter)
        return still

    def _paint_axes(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(theme.current().border_strong), 1.5))
        for number in range(len(self._axes)):
            x = self.axis_at(number)
            painter.drawLine(QPointF(x, self.height_of(1)), QPointF(x, self.height_of(0)))

    def _paint_lines(self, painter: QPainter) -> None:
        if not self._lines:
            return
        tokens = theme.current()
        score, passing = self._axes[-1].places, self.passing()
        for row in range(len(self._lines) - 1, -1, -1):
            if not passing[row]:
                self._paint_line(painter, row, tokens.faint, 1.0, FAINT)
        for row in range(len(self._lines) - 1, -1, -1):
            if passing[row]:
                failed = not np.isfinite(score[row])
                colour = tokens.danger if failed else score_colour(float(score[row]))
                self._paint_line(painter, row, colour, BEST_WIDTH if row == 0 and not failed else WIDTH, 1.0)

    def _paint_line(self, painter: QPainter, row: int, colour: str, width: float, opacity: float) -> None:
        ink = QColor(colour)
        ink.setAlphaF(opacity)
        painter.setPen(QPen(ink, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(self._lines[row])
        painter.setPen(QPen(QColor(theme.current().surface), 1))
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(self._across[-1], self._up[row, -1]), 3.0 if width < BEST_WIDTH else 5.0, 3.0)

    def _paint_filters(self, painter: QPainter) -> None:
        tokens = theme.current()
        for number, axis in enumerate(self._axes):
            if axis.name not in self.filters:
                continue
            low, high = (self.height_of(place) for place in self.filters[axis.name])
            box = QRectF(self.axis_at(number) - BRUSH / 2, high, BRUSH, low - high)
            ground = QColor(tokens.accent)
            ground.setAlphaF(0.16)
            painter.setPen(QPen(QColor(tokens.accent), 1.5))
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 3, 3)
            painter.setBrush(QColor(tokens.surface))
            for y in (low, high):
                painter.drawRoundedRect(QRectF(box.center().x() - 6, y - 2.5, 12, 5), 2.5, 2.5)

    def _paint_words(self, painter: QPainter) -> None:
        tokens = theme.current()
        bold, small = self.font_of(12, QFont.Weight.DemiBold), self.font_of(11)
        for number, axis in enumerate(self._axes):
            x, is_score = self.axis_at(number), number == len(self._axes) - 1
            self._centred(painter, bold, tokens.text, axis.title, x, 12)
            if not self.is_narrow:
                self._centred(painter, small, tokens.muted, axis.subtitle, x, 29)
            for place, text in axis.ticks:
                y = self.height_of(place)
                if is_score:
                    write(painter, small, tokens.muted, text, QPointF(x + 14, y + 4))
                else:
                    font = self.font_of(11, QFont.Weight.DemiBold)
                    width = QFontMetricsF(font).horizontalAdvance(text)
                    write_on_ground(painter, font, text, QPointF(x - 12 - width, y + 4))
            if is_score:
                painter.setPen(QColor(tokens.accent))
                painter.setFont(small)
                painter.drawText(QPointF(x + 52, self.height_of(1) + 10), self._better_text)

    def _centred(self, painter: QPainter, font: QFont, colour: str, text: str, x: float, middle: float) -> None:
        """Write within the window's edges and half of the way to the next axis."""
        room = self.axis_at(1) - self.axis_at(0) - 10 if len(self._axes) > 1 else self.width()
        text = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room)
        width = QFontMetricsF(font).horizontalAdvance(text)
        left = min(max(4.0, x - width / 2), self.width() - width - 4)
        write(painter, font, colour, text, QPointF(left, middle + 4))

    def _paint_best(self, painter: QPainter) -> None:
        if not self._lines or not np.isfinite(self._axes[-1].places[0]) or not self._best_text:
            return
        tokens, font = theme.current(), self.font_of(11, QFont.Weight.DemiBold)
        width = QFontMetricsF(font).horizontalAdvance(self._best_text) + 18
        y = float(self._up[0, -1])
        box = QRectF(self._across[-1] - width - 13, y - 10, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.fill))
        painter.drawRoundedRect(box, 10, 10)
        painter.setFont(font)
        painter.setPen(QColor(tokens.on_fill))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._best_text)

    def _paint_marked_values(self, painter: QPainter) -> None:
        """Say the values of the run under the mouse beside its line."""
        tokens, font = theme.current(), self.font_of(11, QFont.Weight.DemiBold)
        for number, axis in enumerate(self._axes):
            text = axis.texts[self._marked]
            place = axis.places[self._marked]
            y = self.height_of(float(place) if np.isfinite(place) else BOTTOM)
            width = QFontMetricsF(font).horizontalAdvance(text) + 12
            box = QRectF(self.axis_at(number) + 8, y - 9, width, 18)
            painter.setPen(QPen(QColor(tokens.accent_line), 1))
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(box, 5, 5)
            painter.setFont(font)
            painter.setPen(QColor(tokens.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
