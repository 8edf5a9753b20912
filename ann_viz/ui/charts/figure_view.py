"""Paints a `Figure` of the scene, and says its values under the mouse."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ann_viz.scene.figure import Figure, Line, Ticks, nearest_on
from ann_viz.short_names import told_apart
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.painted import Painted, fitted
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.theme import Tokens

__all__ = ["FigureView"]

FOOT: Final = 17.0
TITLE: Final = 15.0
TOP: Final = 7.0
RIGHT: Final = 8.0
TICK_GAP: Final = 6.0
NEAR: Final = 9.0
POINT: Final = 3.0
GROUND: Final = 0.8  # opacity behind words in the chart
LEAST_NAME: Final = 22.0  # of a tick that is cut


class FigureView(Painted):
    """A chart that shows whatever figure it is given.

    Parameters
    ----------
    name : str
        What it shows, for screen readers.
    font_size : int
        Of its ticks and titles.
    """

    def __init__(self, name: str = "", parent: QWidget | None = None, *, font_size: int = 11) -> None:
        super().__init__(parent)
        self._figure: Figure | None = None
        self._font_size = font_size
        self._hover: float | None = None
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def figure(self) -> Figure | None:
        """What is on show."""
        return self._figure

    def show_figure(self, figure: Figure) -> None:
        """Show a figure."""
        self._figure = figure
        self.update()

    def sizeHint(self) -> QSize:
        """The layout decides."""
        return QSize(180, 120)

    # Places ---------------------------------------------------------------------------------------------------------
    def area(self) -> QRectF:
        """Return where the axes enclose."""
        figure = self._figure
        if figure is None:
            return QRectF(self.rect())
        metrics = QFontMetricsF(self.font_of(self._font_size))
        left = max((metrics.horizontalAdvance(text) for _, text in figure.y_ticks), default=0.0) + TICK_GAP
        below = (FOOT if figure.x_ticks else 4.0) + (TITLE if figure.x_title else 0.0)
        return QRectF(left, TOP, max(1.0, self.width() - left - RIGHT), max(1.0, self.height() - TOP - below))

    def place(self, x: float, y: float) -> QPointF:
        """Return where a point of the figure is in this widget."""
        figure, area = self._figure, self.area()
        assert figure is not None  # asked only of what is on show
        return QPointF(
            area.left() + _share(x, figure.x_range) * area.width(),
            area.bottom() - _share(y, figure.y_range) * area.height(),
        )

    # Painting -------------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axes, then what is in the figure from the back to the front."""
        figure = self._figure
        if figure is None:
            return
        tokens, area = theme.current(), self.area()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_axes(painter, tokens, figure, area)
            painter.setClipRect(area.adjusted(-6, -6, 6, 1))
            self._paint_bars(painter, tokens, figure)
            for line in figure.lines:
                self._paint_line(painter, tokens, line, area)
            self._paint_points(painter, tokens, figure)
            self._paint_marks(painter, tokens, figure, area)
            if self._hover is not None:
                painter.setPen(QPen(QColor(tokens.border_strong), 1))
                painter.drawLine(QLineF(self._hover, area.top(), self._hover, area.bottom()))
            painter.setClipping(False)
            self._paint_notes(painter, tokens, figure)

    def _paint_axes(self, painter: QPainter, tokens: Tokens, figure: Figure, area: QRectF) -> None:
        painter.setFont(self.font_of(self._font_size))
        align = Qt.AlignmentFlag
        for value, text in figure.y_ticks:
            y = round(self.place(figure.x_range[0], value).y()) + 0.5
            painter.setPen(QPen(QColor(tokens.surface3), 1))
            painter.drawLine(QLineF(area.left(), y, area.right(), y))
            painter.setPen(QColor(tokens.muted))
            painter.drawText(QRectF(0, y - 9, area.left() - TICK_GAP, 18), align.AlignRight | align.AlignVCenter, text)
        end = -1.0
        metrics = QFontMetricsF(painter.font())
        for value, text in self._ticks_across(figure, metrics, area.width()):
            x, width = self.place(value, figure.y_range[0]).x(), metrics.horizontalAdvance(text)
            left = min(max(area.left() - TICK_GAP, x - width / 2), self.width() - width)
            if left > end:  # what would lie on the one before is left out
                painter.drawText(QRectF(left, area.bottom() + 2, width + 2, FOOT), align.AlignLeft, text)
                end = left + width + 4
        if figure.x_title:
            below = area.bottom() + (FOOT if figure.x_ticks else 2.0)
            painter.setPen(QColor(tokens.text2))
            title = fitted(figure.x_title, metrics, self.width())
            width = metrics.horizontalAdvance(title) + 2
            left = min(max(0.0, area.center().x() - width / 2), self.width() - width)
            painter.drawText(QRectF(left, below, width, TITLE), align.AlignCenter, title)
        painter.setPen(QPen(QColor(tokens.faint), 1, Qt.PenStyle.DashLine))
        if figure.diagonal:
            painter.drawLine(QLineF(area.bottomLeft(), area.topRight()))
        if figure.level is not None:
            y = self.place(figure.x_range[0], figure.level).y()
            painter.drawLine(QLineF(area.left(), y, area.right(), y))

    @staticmethod
    def _ticks_across(figure: Figure, metrics: QFontMetricsF, width: float) -> Ticks:
        """Return the ticks with names that fit beside each other, as far as anything can be read of them then."""
        pitch = width / max(1, len(figure.x_ticks)) - 4
        values, names = zip(*figure.x_ticks, strict=True) if figure.x_ticks else ((), ())
        if not figure.x_names or pitch < LEAST_NAME or all(metrics.horizontalAdvance(name) <= pitch for name in names):
            return figure.x_ticks
        cut = (metrics.elidedText(name, Qt.TextElideMode.ElideRight, pitch) for name in told_apart(names))
        return tuple(zip(values, cut, strict=True))

    def _paint_bars(self, painter: QPainter, tokens: Tokens, figure: Figure) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for bar in figure.bars:
            colour = QColor(getattr(tokens, bar.colour))
            colour.setAlphaF(bar.opacity)
            painter.setBrush(colour)
            painter.drawRect(QRectF(self.place(bar.left, bar.y), self.place(bar.right, bar.base)).normalized())

    def _paint_line(self, painter: QPainter, tokens: Tokens, line: Line, area: QRectF) -> None:
        colour = QColor(getattr(tokens, line.colour))
        for piece in _pieces(line):
            points = [self.place(x, y) for x, y in piece]
            if line.fill and points:
                path = QPainterPath(QPointF(points[0].x(), area.bottom()))
                for point in points:
                    path.lineTo(point)
                path.lineTo(points[-1].x(), area.bottom())
                below = QColor(colour)
                below.setAlphaF(line.fill)
                painter.fillPath(path, below)
            pen_colour = QColor(colour)
            pen_colour.setAlphaF(line.opacity)
            style = Qt.PenStyle.DashLine if line.dashed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(pen_colour, line.width, style, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(points))

    def _paint_points(self, painter: QPainter, tokens: Tokens, figure: Figure) -> None:
        if len(figure.points):
            colour = QColor(getattr(tokens, figure.point_colour))
            colour.setAlphaF(1.0 if tokens.contrast else 0.5)
            painter.setPen(QPen(colour, POINT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPoints(QPolygonF([self.place(x, y) for x, y in figure.points.tolist()]))

    def _paint_marks(self, painter: QPainter, tokens: Tokens, figure: Figure, area: QRectF) -> None:
        for whisker in figure.whiskers:
            painter.setPen(QPen(QColor(getattr(tokens, whisker.colour)), 1.25))
            painter.drawLine(QLineF(self.place(whisker.x, whisker.low), self.place(whisker.x, whisker.high)))
        for dot in figure.dots:
            colour, middle = QColor(getattr(tokens, dot.colour)), self.place(dot.x, dot.y)
            if dot.guides:
                painter.setPen(QPen(colour, 1, Qt.PenStyle.DashLine))
                painter.drawLine(QLineF(middle, QPointF(middle.x(), area.bottom())))
                painter.drawLine(QLineF(middle, QPointF(area.left(), middle.y())))
            painter.setPen(QPen(colour if dot.hollow else QColor(tokens.surface), 1.5))
            painter.setBrush(QColor(tokens.surface) if dot.hollow else colour)
            painter.drawEllipse(middle, dot.radius, dot.radius)

    def _paint_notes(self, painter: QPainter, tokens: Tokens, figure: Figure) -> None:
        painter.setFont(self.font_of(self._font_size))
        metrics = QFontMetricsF(painter.font())
        for note in figure.notes:
            place, width = self.place(note.x, note.y), metrics.horizontalAdvance(note.text)
            left = place.x() - width if note.ends else place.x()
            below = note.below and place.y() + 16 <= self.area().bottom()  # below it the axis has its numbers
            top = place.y() + 2 if below else place.y() - 16
            ground = QColor(tokens.surface)
            ground.setAlphaF(GROUND)
            painter.fillRect(QRectF(left - 2, top, width + 4, 16), ground)  # or curves strike the words out
            painter.setPen(QColor(getattr(tokens, note.colour)))
            painter.drawText(QRectF(left, top, width + 2, 16), Qt.AlignmentFlag.AlignLeft, note.text)

    # Hover ----------------------------------------------------------------------------------------------------------
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is under the mouse."""
        text = self.tip_at(event.position())
        if text:
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(text), self)
        else:
            QToolTip.hideText()
        self.update()
        super().mouseMoveEvent(event)

    def tip_at(self, where: QPointF) -> str:
        """Return the values at a place: of a mark, of a bar, or of all lines there."""
        figure, area = self._figure, self.area()
        self._hover = None
        if figure is None or not area.adjusted(-4, -4, 4, 4).contains(where):
            return ""
        for dot in figure.dots:
            if dot.tip and (self.place(dot.x, dot.y) - where).manhattanLength() <= NEAR + dot.radius:
                return dot.tip
        low, high = figure.x_range
        x = low + (where.x() - area.left()) / area.width() * (high - low)
        told = nearest_on(figure, x)
        if told:
            self._hover = self.place(told[0][1], figure.y_range[0]).x()
            values = "\n".join(f"{name}: {figure.y_text(y)}" for name, _, y in told)
            return f"{figure.x_text(told[0][1])}\n{values}"
        return next((bar.tip for bar in figure.bars if bar.left <= x < bar.right), "")

    def leaveEvent(self, event: QEvent) -> None:
        """Take the line under the mouse away."""
        super().leaveEvent(event)
        self._hover = None
        self.update()


def _share(value: float, span: tuple[float, float]) -> float:
    low, high = span
    return (value - low) / (high - low) if high != low else 0.5


def _pieces(line: Line) -> list[list[tuple[float, float]]]:
    """Return the parts of a line between its gaps."""
    y = np.asarray(line.y, np.float64)
    known = ~np.isnan(y)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(int)))
    pairs = list(zip(line.x.tolist(), y.tolist(), strict=True))
    return [pairs[start:stop] for start, stop in edges.reshape(-1, 2).tolist()]
