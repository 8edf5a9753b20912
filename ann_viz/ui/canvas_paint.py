"""Painting of the network: lines, circles, numbers. Reads arrays prepared by `scene`, decides nothing.

The same functions serve the window and exported pictures.
"""

from __future__ import annotations

import functools
from typing import Final

import numpy as np
import shiboken6
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen

from ann_viz.scene import Frame, Lines
from ann_viz.ui.theme import Tokens, tabular

__all__ = ["MINUS", "mix", "number", "paint_circles", "paint_dots", "paint_lines", "tint"]

MINUS: Final = "\N{MINUS SIGN}"
N_TINTS: Final = 32
DOT_PITCH: Final = 24
DARK_NUMBER: Final = "#171B23"
NUMBER_RADIUS: Final = 11.0
"""Circles smaller than this carry no number; it is shown on hover."""


def mix(base: str, colour: str, share: float) -> QColor:
    """Return `base` with `share` (0 to 1) of `colour` laid over it: opaque pens are far quicker than clear ones."""
    a, b = QColor(base), QColor(colour)
    return QColor.fromRgbF(
        a.redF() + (b.redF() - a.redF()) * share,
        a.greenF() + (b.greenF() - a.greenF()) * share,
        a.blueF() + (b.blueF() - a.blueF()) * share,
    )


def number(value: float, decimals: int) -> str:
    """Return `value` with a true minus sign and never a minus before zero."""
    text = f"{value:.{decimals}f}"
    if text.startswith("-"):
        text = text[1:] if float(text) == 0 else MINUS + text[1:]
    return text


@functools.cache
def _line_colour(tokens: Tokens, negative: bool, opacity: float) -> QColor:
    return mix(tokens.canvas, tokens.negative if negative else tokens.positive, opacity)


@functools.cache
def _tints(tokens: Tokens, negative: bool) -> tuple[tuple[QBrush, QColor], ...]:
    """Return fill and number colour of every tint, weakest first."""
    colour = tokens.negative if negative else tokens.positive
    low, span = (0.16, 0.74) if tokens.dark else (0.10, 0.82)
    result = []
    for step in range(N_TINTS + 1):
        fill = mix(tokens.node_base, colour, low + span * step / N_TINTS)
        luminance = 0.2126 * fill.redF() ** 2.2 + 0.7152 * fill.greenF() ** 2.2 + 0.0722 * fill.blueF() ** 2.2
        white = luminance < 0.30 or (tokens.dark and step > 0)  # design.md
        result.append((QBrush(fill), QColor("#FFFFFF" if white else DARK_NUMBER)))
    return tuple(result)


def tint(tokens: Tokens, value: float, reference: float = 2.2) -> QBrush:
    """Return the fill of a circle with activation `value`."""
    if abs(value) < 0.005:  # rounds to 0.00
        return QBrush(QColor(tokens.node_base))
    strength = min(1.0, abs(value) / reference) ** 0.8
    fill: QBrush = _tints(tokens, value < 0)[round(strength * N_TINTS)][0]
    return fill


def paint_dots(painter: QPainter, width: float, height: float, tokens: Tokens) -> None:
    """Draw the dot grid of the background."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.grid))
    for x in range(DOT_PITCH // 2, int(width), DOT_PITCH):
        for y in range(DOT_PITCH // 2, int(height), DOT_PITCH):
            painter.drawEllipse(QPointF(x, y), 1, 1)


def paint_lines(painter: QPainter, lines: Lines, tokens: Tokens) -> None:
    """Draw all connections, one call per pen.

    The array's memory is handed to Qt as it is (four float64 are one QLineF). Flat caps keep the fast antialiased path.
    """
    pieces = lines.pieces
    address = pieces.ctypes.data
    pen = QPen()
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    for bucket in lines.buckets:
        pen.setColor(_line_colour(tokens, bucket.negative, bucket.opacity))
        pen.setWidthF(bucket.width)
        painter.setPen(pen)
        first = shiboken6.Shiboken.wrapInstance(address + bucket.start * pieces.strides[0], QLineF)
        painter.drawLines(first, bucket.stop - bucket.start)  # type: ignore[call-overload]


def paint_circles(painter: QPainter, frame: Frame, tokens: Tokens, font: QFont) -> None:
    """Draw every neuron with its activation and its bias."""
    layout = frame.layout
    for column, (x, rows, radius) in enumerate(zip(layout.x, layout.y, layout.radius, strict=True)):
        values = frame.values[column]
        _paint_column(painter, tokens, x, rows, radius, values, frame.strengths[column])
        if radius >= NUMBER_RADIUS:
            _paint_numbers(painter, tokens, font, x, rows, radius, values, frame.strengths[column], column == 0)
        if column > 0 and radius >= NUMBER_RADIUS:
            _paint_biases(painter, tokens, x, rows, radius, frame.biases[column - 1])


def _paint_column(
    painter: QPainter,
    tokens: Tokens,
    x: float,
    rows: np.ndarray,
    radius: float,
    values: np.ndarray,
    strengths: np.ndarray,
) -> None:
    halo, empty_pen, empty_fill = (
        QBrush(tokens.canvas),
        QPen(QColor(tokens.border_strong), 1.5),
        QBrush(tokens.node_base),
    )
    pens = (QPen(QColor(tokens.positive), 1.5), QPen(QColor(tokens.negative), 1.5))
    small = radius < 5.0  # an outline would hide the tint
    for y, value, strength in zip(rows.tolist(), values.tolist(), strengths.tolist(), strict=True):
        centre = QPointF(x, y)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(halo)
        painter.drawEllipse(centre, radius + 2.5, radius + 2.5)
        if abs(value) < 0.005:  # rounds to 0.00
            painter.setPen(empty_pen)
            painter.setBrush(empty_fill)
        else:
            painter.setBrush(_tints(tokens, value < 0)[round(strength * N_TINTS)][0])
            painter.setPen(Qt.PenStyle.NoPen if small else pens[value < 0])
        painter.drawEllipse(centre, radius, radius)


def _paint_numbers(
    painter: QPainter,
    tokens: Tokens,
    font: QFont,
    x: float,
    rows: np.ndarray,
    radius: float,
    values: np.ndarray,
    strengths: np.ndarray,
    is_input: bool,
) -> None:
    text_font = tabular(font)
    text_font.setPixelSize(9 if is_input else 12 if radius < 22 else 14)  # the output's circle is larger
    text_font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(text_font)
    decimals = 1 if is_input or radius < 17 else 2  # what fits
    muted = QColor(tokens.muted)
    for y, value, strength in zip(rows.tolist(), values.tolist(), strengths.tolist(), strict=True):
        empty = abs(value) < 0.005
        painter.setPen(muted if empty else _tints(tokens, value < 0)[round(strength * N_TINTS)][1])
        box = QRectF(x - radius, y - radius, 2 * radius, 2 * radius)
        text = number(value, decimals)
        if len(text) > 5:  # a large activation: fewer decimals before it leaves the circle
            text = number(value, 0) if abs(value) < 1e5 else f"{value:.0e}"
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _paint_biases(
    painter: QPainter, tokens: Tokens, x: float, rows: np.ndarray, radius: float, biases: np.ndarray
) -> None:
    painter.setPen(QPen(QColor(tokens.canvas), 1.0))
    offset = radius * 0.72
    for y, bias in zip(rows.tolist(), biases.tolist(), strict=True):
        colour = tokens.negative if bias < 0 else tokens.positive
        share = 0.25 + 0.7 * min(1.0, abs(bias) / 1.6)
        painter.setBrush(mix(tokens.canvas, colour, share))
        painter.drawRoundedRect(QRectF(x - offset - 4.5, y + offset - 4.5, 9, 9), 2, 2)
