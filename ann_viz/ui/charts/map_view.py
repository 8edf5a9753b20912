"""The answer over two columns as a picture, the line where it turns, and rows as dots in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ann_viz.numerals import at_most_four_digits, percent
from ann_viz.scene.contours import contour
from ann_viz.scene.figure import number_ticks
from ann_viz.session.judged.columns import Map
from ann_viz.session.judged.spots import ends, spread_apart, step
from ann_viz.session.judged.values import ColumnValues
from ann_viz.ui.charts.map_ring import MapRing, RingedRow, paint_words
from ann_viz.ui.document.shades import shaded
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import Painted
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.theme import Tokens

__all__ = ["MapView", "Shades"]

STRONGEST: Final = 0.72
DOT: Final = 2.6
NEAR: Final = 6.0
FOOT: Final = 34.0
EDGE: Final = 10.0  # so that a ring at the end is whole


@dataclass(frozen=True, slots=True)
class Shades:
    """How answers become colours.

    Parameters
    ----------
    turn : float
        The answer in the middle, where the line is.
    reach : float
        How far from it the colour is full.
    lines : tuple of float
        Answers at which thin lines are drawn.
    is_share : bool
        Whether answers are chances.
    """

    turn: float
    reach: float
    lines: tuple[float, ...] = ()
    is_share: bool = True


class MapView(Painted):
    """Draws a `Map`; a click on a dot chooses its row, and the ring around the shown one can be moved.

    Attributes
    ----------
    ring : MapRing
    """

    chosen = Signal(int)
    """A row of the dataset."""
    dragged = Signal(float, float)
    """The ring is taken to these values across and up."""

    def __init__(self, parent: QWidget | None = None, *, titles: bool = True) -> None:
        super().__init__(parent)
        self._map: Map | None = None
        self._shades = Shades(0.5, 0.5)
        self._image: QImage | None = None
        self._spots = np.empty((0, 2))
        self._row: RingedRow | None = None
        self._titles = titles
        self.ring = MapRing(self)
        self.ring.moved.connect(lambda where: self.dragged.emit(*self.values_at(where)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    @property
    def map(self) -> Map | None:
        """What is on show."""
        return self._map

    @property
    def row(self) -> RingedRow | None:
        """The row in the ring."""
        return self._row

    def show_map(self, drawn: Map, shades: Shades, row: RingedRow) -> None:
        """Show the answer over two columns, and where the shown row is."""
        self._map, self._shades, self._row, self._image = drawn, shades, row, None
        rng = np.random.default_rng(0)
        self._spots = np.stack(
            [spread_apart(values, own, rng) for values, own in ((drawn.across, drawn.x), (drawn.up, drawn.y))], axis=1
        )
        self.setAccessibleName(
            self.tr("The answer over {across} and {up}").format(across=drawn.across.column, up=drawn.up.column)
        )
        self.ring.show_row(row)
        self.ring.put(self._middle(row))
        self.update()

    def sizeHint(self) -> QSize:
        """The layout decides."""
        return QSize(300, 200)

    def changeEvent(self, event: QEvent) -> None:
        """Colour anew in another theme."""
        self._image = None
        super().changeEvent(event)

    # Places ---------------------------------------------------------------------------------------------------------
    def _ticks(self, values: ColumnValues) -> tuple[tuple[float, str], ...]:
        if not values.is_number:
            return tuple((float(at), name) for at, name in zip(values.at, values.names, strict=True))
        return number_ticks(float(values.at[0]), float(values.at[-1]), 6, whole=values.is_whole)

    def area(self) -> QRectF:
        """Return where the picture is."""
        assert self._map is not None  # asked only when something is drawn
        metrics = QFontMetricsF(self.font_of(11))
        left = max((metrics.horizontalAdvance(text) for _, text in self._ticks(self._map.up)), default=0.0) + 8
        left = min(left, 0.3 * self.width()) + (16 if self._titles else 0)
        return QRectF(left, EDGE, max(1.0, self.width() - left - EDGE), max(1.0, self.height() - EDGE - 4 - FOOT))

    def place(self, x: float, y: float) -> QPointF:
        """Return where two values are."""
        assert self._map is not None  # asked only when something is drawn
        area = self.area()
        (low_x, high_x), (low_y, high_y) = ends(self._map.across), ends(self._map.up)
        return QPointF(
            area.left() + (x - low_x) / (high_x - low_x) * area.width(),
            area.bottom() - (y - low_y) / (high_y - low_y) * area.height(),
        )

    def _middle(self, row: RingedRow) -> QPointF:
        """Return where a row is; beyond the ends of an axis at its end."""
        where, area = self.place(row.x, row.y), self.area()
        return QPointF(min(max(where.x(), area.left()), area.right()), min(max(where.y(), area.top()), area.bottom()))

    def values_at(self, where: QPointF) -> tuple[float, float]:
        """Return the two values of a place."""
        assert self._map is not None  # asked only when something is drawn
        area = self.area()
        (low_x, high_x), (low_y, high_y) = ends(self._map.across), ends(self._map.up)
        return (
            low_x + (where.x() - area.left()) / area.width() * (high_x - low_x),
            low_y + (area.bottom() - where.y()) / area.height() * (high_y - low_y),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the ring along."""
        super().resizeEvent(event)
        if self._row is not None:
            self.ring.put(self._middle(self._row))

    # Painting -------------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw picture, lines, dots, axes."""
        if self._map is None:
            return
        tokens, area = theme.current(), self.area()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            clip = QPainterPath()
            clip.addRoundedRect(area, 6, 6)
            painter.setClipPath(clip)
            painter.drawImage(self._image_box(self._map), self._picture(tokens))
            self._paint_lines(painter, tokens)
            painter.setClipping(False)
            self._paint_dots(painter, tokens)  # those at an end are whole
            self._paint_axes(painter, tokens, area)
            if self._row is not None:
                paint_words(painter, self, area, self._middle(self._row), self._row.words)

    def _picture(self, tokens: Tokens) -> QImage:
        if self._image is None:
            assert self._map is not None  # asked only when something is drawn
            shares = (self._map.answer - self._shades.turn) / self._shades.reach
            self._image = shaded(np.flipud(np.clip(shares, -1, 1)), tokens, STRONGEST)
        return self._image

    def _image_box(self, drawn: Map) -> QRectF:
        """Return the box whose pixels' middles are the grid's values."""
        (left, right), (low, high) = (
            (float(values.at[0]) - step(values) / 2, float(values.at[-1]) + step(values) / 2)
            for values in (drawn.across, drawn.up)
        )
        return QRectF(self.place(left, high), self.place(right, low))

    def _paint_lines(self, painter: QPainter, tokens: Tokens) -> None:
        drawn = self._map
        assert drawn is not None  # asked only when something is drawn
        if not (drawn.across.is_number and drawn.up.is_number):
            return
        for level, width in ((self._shades.turn, 2.0), *((level, 1.0) for level in self._shades.lines)):
            pieces = contour(drawn.answer, level)
            xs = np.interp(pieces[:, ::2], np.arange(len(drawn.across.at)), drawn.across.at)
            ys = np.interp(pieces[:, 1::2], np.arange(len(drawn.up.at)), drawn.up.at)
            colour = QColor(tokens.text)
            colour.setAlphaF(1.0 if width > 1 else 0.5)
            painter.setPen(QPen(colour, width))
            painter.drawLines(
                [QLineF(self.place(x1, y1), self.place(x2, y2)) for (x1, x2), (y1, y2) in zip(xs, ys, strict=True)]
            )

    def _paint_dots(self, painter: QPainter, tokens: Tokens) -> None:
        drawn = self._map
        assert drawn is not None  # asked only when something is drawn
        for (x, y), is_yes in zip(self._spots.tolist(), drawn.is_yes.tolist(), strict=True):
            painter.setPen(QPen(QColor(tokens.surface if is_yes else tokens.negative), 0.9))
            painter.setBrush(QColor(tokens.positive if is_yes else tokens.surface))
            painter.drawEllipse(self.place(x, y), DOT, DOT)

    def _paint_axes(self, painter: QPainter, tokens: Tokens, area: QRectF) -> None:
        drawn = self._map
        assert drawn is not None  # asked only when something is drawn
        align = Qt.AlignmentFlag
        painter.setFont(self.font_of(11))
        painter.setPen(QColor(tokens.muted))
        metrics, end = QFontMetricsF(painter.font()), -1.0
        for value, text in self._ticks(drawn.across):
            x, width = self.place(value, 0.0).x(), metrics.horizontalAdvance(text)
            if x - width / 2 > end:
                painter.drawText(QRectF(x - width / 2, area.bottom() + 3, width + 2, 16), align.AlignLeft, text)
                end = x + width / 2 + 6
        for value, text in self._ticks(drawn.up):
            y = self.place(0.0, value).y()
            short = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.left() - 8)
            painter.drawText(QRectF(0, y - 9, area.left() - 6, 18), align.AlignRight | align.AlignVCenter, short)
        painter.setPen(QColor(tokens.text2))
        foot = QRectF(area.left(), area.bottom() + 18, area.width(), 16)
        painter.drawText(foot, align.AlignHCenter, drawn.across.column)
        if self._titles:
            painter.save()
            painter.translate(9, area.center().y())
            painter.rotate(-90)
            name = metrics.elidedText(drawn.up.column, Qt.TextElideMode.ElideRight, area.height())
            painter.drawText(QRectF(-area.height() / 2, -9, area.height(), 18), align.AlignCenter, name)
            painter.restore()

    # Asking ---------------------------------------------------------------------------------------------------------
    def _row_at(self, where: QPointF) -> int | None:
        if self._map is None or not len(self._spots):
            return None
        places = np.array([[p.x(), p.y()] for p in (self.place(x, y) for x, y in self._spots.tolist())])
        far = np.hypot(places[:, 0] - where.x(), places[:, 1] - where.y())
        nearest = int(far.argmin())
        return int(self._map.numbers[nearest]) if far[nearest] <= NEAR else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the row of a dot."""
        row = self._row_at(event.position())
        if row is not None:
            self.chosen.emit(row)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say the answer at a place."""
        drawn = self._map
        if drawn is not None and self.area().contains(event.position()):
            text = self.told_at(*self.values_at(event.position()))
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(text), self)
        super().mouseMoveEvent(event)

    def told_at(self, x: float, y: float) -> str:
        """Return the values at a place, and the answer there."""
        drawn = self._map
        assert drawn is not None  # asked only where something is drawn
        column, row = (int(np.abs(values.at - at).argmin()) for values, at in ((drawn.across, x), (drawn.up, y)))
        told = [
            f"{values.column}: {values.names[place] if values.names else at_most_four_digits(float(values.at[place]))}"
            for values, place in ((drawn.across, column), (drawn.up, row))
        ]
        answer = float(drawn.answer[row, column])
        return "\n".join([*told, percent(answer) if self._shades.is_share else at_most_four_digits(answer)])
