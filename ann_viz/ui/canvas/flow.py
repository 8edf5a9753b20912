"""Painting of what travels: beads to the right, dotted lines of the error to the left, and pills with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from ann_viz.numerals import fixed_signed
from ann_viz.scene import Beads, ErrorPaths, Errors, Layout, Neuron
from ann_viz.scene.scales import EMPTY
from ann_viz.ui.kit.theme import Tokens, tabular

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["paint_beads", "paint_blame", "paint_error_paths", "paint_error_sample", "paint_gradients", "paint_truth"]

DOT_PITCH: Final = 9.0
ARROW_LENGTH: Final = 8.0
ARROW_HALF: Final = 3.6
PILL_HEIGHT: Final = 15.0
PILL_GAP: Final = 4.0
PADDING: Final = 6.0
LEAST_AIR: Final = 6.0
"""Room between two circles that a pill needs, a little over their edges; with less, numbers are told on hover only."""


def paint_beads(painter: QPainter, beads: Beads, tokens: Tokens) -> None:
    """Draw the signals of one gap, each with a short tail."""
    columns = (beads.x, beads.y, beads.tail_x, beads.tail_y, beads.radius, beads.negative)
    for x, y, tail_x, tail_y, radius, negative in zip(*(column.tolist() for column in columns), strict=True):
        colour = QColor(tokens.negative if negative else tokens.positive)
        painter.setPen(QPen(colour, radius, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(tail_x, tail_y), QPointF(x, y))
        painter.setPen(QPen(colour, 1.75))
        painter.setBrush(QColor(tokens.canvas))
        painter.drawEllipse(QPointF(x, y), radius, radius)


def paint_error_paths(painter: QPainter, paths: ErrorPaths, shift: float, tokens: Tokens) -> None:
    """Draw the dotted lines, moved on by so many dots, with an arrow head where the error is received."""
    colour = QColor(tokens.error)
    for points, size in zip(paths.curves.tolist(), paths.dots.tolist(), strict=True):
        corners = [QPointF(points[i], points[i + 1]) for i in range(0, 8, 2)]
        path = QPainterPath(corners[0])
        path.cubicTo(corners[1], corners[2], corners[3] + QPointF(ARROW_LENGTH, 0))
        _dotted(painter, path, size, shift, colour)
        _arrow(painter, corners[3], colour)


def paint_error_sample(painter: QPainter, x: float, y: float, tokens: Tokens) -> None:
    """Draw a short dotted line with its arrow head from `x` on, for the legend."""
    path = QPainterPath(QPointF(x + 58, y))
    path.lineTo(x + ARROW_LENGTH, y)
    _dotted(painter, path, 3.0, 0.0, QColor(tokens.error))
    _arrow(painter, QPointF(x, y), QColor(tokens.error))


def _dotted(painter: QPainter, path: QPainterPath, size: float, shift: float, colour: QColor) -> None:
    pen = QPen(colour, size, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.001, DOT_PITCH / size])  # in units of the pen's width
    pen.setDashOffset(-shift * DOT_PITCH / size)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def _arrow(painter: QPainter, tip: QPointF, colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    base = tip + QPointF(ARROW_LENGTH, 0)
    painter.drawPolygon(QPolygonF([tip, base + QPointF(0, -ARROW_HALF), base + QPointF(0, ARROW_HALF)]))


def paint_blame(
    painter: QPainter,
    layout: Layout,
    errors: Errors,
    paths: ErrorPaths,
    selected: Neuron | None,
    tokens: Tokens,
    base: QFont,
) -> None:
    """Draw δ below every neuron that carries a part of the error; the selected one's is filled.

    That of a single output stands beneath the answer.
    """
    font = _font(base, 10)
    n_columns = len(layout.x) - (len(layout.y[-1]) == 1)
    for column in range(1, n_columns):
        air = _air(layout, column)
        if air < LEAST_AIR:
            continue
        height = min(PILL_HEIGHT, air + 5)
        for index in np.flatnonzero(paths.carries[column - 1]).tolist():
            strong = selected == Neuron(column, index)
            gap = PILL_GAP + 3 * strong  # the ring of the selected one stands between
            y = float(layout.y[column][index]) + layout.radius[column] + min(gap, (air - height) / 2)
            text = f"δ {fixed_signed(float(errors.delta[column - 1][index]), 3 if strong else 2)}"
            colours = (tokens.error, tokens.canvas if tokens.dark else tokens.ink_light) if strong else _soft(tokens)
            _pill(painter, layout.x[column], y, text, font, colours, height=height)


def paint_gradients(
    painter: QPainter, layout: Layout, gradients: NDArray[np.floating], column: int, tokens: Tokens, base: QFont
) -> None:
    """Draw ∂L/∂w of the lines to one neuron beside the neurons they come from.

    Parameters
    ----------
    gradients : ndarray, shape (n_in,)
    column : int
        Of the neurons they come from.
    """
    font = _font(base, 10)
    rows, taken = layout.y[column], -np.inf
    for index in np.argsort(rows).tolist():
        value, y = float(gradients[index]), float(rows[index])
        if abs(value) < EMPTY or y - taken < PILL_HEIGHT:
            continue
        taken = y
        middle = layout.x[column] + layout.radius[column] + 32
        _pill(painter, middle, y - PILL_HEIGHT / 2, fixed_signed(value, 2), font, _soft(tokens))


def paint_truth(
    painter: QPainter, layout: Layout, truth: str, error: str, *, below: float, tokens: Tokens, base: QFont
) -> None:
    """Draw what is true and what the error is, beneath the answer.

    Parameters
    ----------
    below : float
        Where the answer ends.
    """
    font = _font(base, 11)
    room = layout.width - 8 - (layout.x[-1] - layout.radius[-1])
    below = min(below, layout.height - (48 if error else 23))
    for place, (text, colours) in enumerate(((truth, (tokens.ok_soft, tokens.ok)), (error, _soft(tokens)))):
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - 2 * PADDING)
        half = metrics.horizontalAdvance(shown) / 2 + PADDING
        middle = min(layout.x[-1] + layout.radius[-1] + 46, layout.width - 8 - half)
        if text:
            _pill(painter, middle, below + 25 * place, shown, font, colours, height=19)


def _soft(tokens: Tokens) -> tuple[str, str]:
    return tokens.error_soft, tokens.error


def _font(base: QFont, pixels: int) -> QFont:
    font = tabular(base)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _air(layout: Layout, column: int) -> float:
    """Return the room below a neuron of a column before the next begins."""
    rows = layout.y[column]
    pitch = float(np.diff(rows).min()) if len(rows) > 1 else 100.0
    return pitch - 2 * layout.radius[column]


def _pill(
    painter: QPainter,
    middle: float,
    top: float,
    text: str,
    font: QFont,
    colours: tuple[str, str],
    *,
    height: float = PILL_HEIGHT,
) -> None:
    """Draw `text` on a rounded ground; `colours` are those of ground and text."""
    width = QFontMetricsF(font).horizontalAdvance(text) + 2 * PADDING
    box = QRectF(middle - width / 2, top, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours[0]))
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(QColor(colours[1]))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
