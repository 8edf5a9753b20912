"""Painting of the network: lines, circles, numbers. Reads arrays prepared by `scene`, decides nothing.

The same functions serve the window and exported pictures.
"""

from __future__ import annotations

import functools
import math
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPaintEngine, QPainter, QPainterPath, QPen, QPixmap, QStaticText

from ann_viz.numerals import narrow
from ann_viz.scene import FADED, FULL_TINT, Bucket, Frame, LineMode, Lines, activation_strength, build_curves
from ann_viz.scene.curves import controls
from ann_viz.scene.scales import EMPTY, bias_share, tint_share
from ann_viz.ui.kit.fast_lines import draw_lines
from ann_viz.ui.kit.theme import Tokens, tabular

__all__ = [
    "ink_on",
    "is_vector",
    "mix",
    "paint_circles",
    "paint_curves",
    "paint_dots",
    "paint_lines",
    "paint_ring",
    "readable_ink",
    "tint",
]

N_TINTS: Final = 32
OUTLINE_RADIUS: Final = 5.0  # on smaller circles an outline would hide the tint
DOT_PITCH: Final = 24
_VECTOR_ENGINES: Final = (QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf, QPaintEngine.Type.Picture)
EVEN: Final = 0.179
"""On a fill of this luminance white and black stand out alike, at 4.58:1."""

LIGHT_ENOUGH: Final = 4.5
"""Contrast of the light ink that is as good as any."""

STRENGTHENED: Final = 0.5
"""Power that a line's opacity is raised to in the themes of high contrast: the faintest gain most."""

SMALL_RADIUS: Final = 14.0
NUMBER_RADIUS: Final = 11.0
"""Circles smaller than this carry no number; it is shown on hover."""


def mix(base: str, colour: str, share: float) -> QColor:
    """Return `base` with `share` (0 to 1) of `colour` laid over it: opaque pens are far quicker than clear ones."""
    red, green, blue = (a + (b - a) * share for a, b in zip(_parts(base), _parts(colour), strict=True))
    return QColor.fromRgbF(red, green, blue)


@functools.cache
def _parts(colour: str) -> tuple[float, float, float]:
    parsed = QColor(colour)
    return parsed.redF(), parsed.greenF(), parsed.blueF()


@functools.lru_cache(maxsize=1024)
def _line_colour(tokens: Tokens, name: str, opacity: float) -> QColor:
    if tokens.contrast:
        opacity = opacity**STRENGTHENED
    return mix(tokens.canvas, getattr(tokens, name), opacity)


def ink_on(fill: QColor, tokens: Tokens) -> QColor:
    """Return the colour of a number on a circle of this fill (design.md)."""
    luminance = 0.2126 * fill.redF() ** 2.2 + 0.7152 * fill.greenF() ** 2.2 + 0.0722 * fill.blueF() ** 2.2
    if tokens.contrast:
        return QColor(tokens.ink_light if luminance < EVEN else tokens.ink_dark)
    return QColor(tokens.ink_light if tokens.dark or luminance < 0.30 else tokens.ink_dark)


def readable_ink(fill: QColor, tokens: Tokens) -> QColor:
    """Return the dark or the light ink, whichever is read more easily on a colour (WCAG 2.2, contrast ratio)."""
    parts = (fill.redF(), fill.greenF(), fill.blueF())
    r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b
    return QColor(tokens.ink_light if 1.05 / (luminance + 0.05) >= LIGHT_ENOUGH else tokens.ink_dark)


@functools.cache
def _tints(tokens: Tokens, negative: bool) -> tuple[tuple[QBrush, QColor], ...]:
    """Return fill and number colour of every tint, weakest first."""
    colour = tokens.negative if negative else tokens.positive
    result = []
    for step in range(N_TINTS + 1):
        fill = mix(tokens.node_base, colour, tint_share(step / N_TINTS, dark=tokens.dark))
        result.append((QBrush(fill), ink_on(fill, tokens)))
    return tuple(result)


def tint(tokens: Tokens, value: float, reference: float = FULL_TINT) -> QBrush:
    """Return the fill of a circle with activation `value`."""
    if abs(value) < EMPTY:
        return QBrush(QColor(tokens.node_base))
    strength = float(activation_strength(np.asarray(value), reference))
    fill: QBrush = _tints(tokens, value < 0)[round(strength * N_TINTS)][0]
    return fill


def paint_dots(painter: QPainter, width: float, height: float, tokens: Tokens) -> None:
    """Draw the dot grid of the background."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.grid))
    for x in range(DOT_PITCH // 2, int(width), DOT_PITCH):
        for y in range(DOT_PITCH // 2, int(height), DOT_PITCH):
            painter.drawEllipse(QPointF(x, y), 1, 1)


def is_vector(painter: QPainter) -> bool:
    """Return whether what is painted on keeps lines, circles and letters as such: an SVG or PDF file."""
    engine = painter.paintEngine()
    return engine is not None and engine.type() in _VECTOR_ENGINES


def paint_curves(painter: QPainter, frame: Frame, tokens: Tokens) -> None:
    """Draw all connections as curves, one path per pen: for files that keep curves, where pieces would show."""
    layout, lines = frame.layout, frame.lines
    curves = build_curves(layout)
    n_pieces = len(lines.pieces) // max(1, lines.n_drawn)
    pen = QPen()
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for bucket in lines.buckets:
        _set_pen(pen, bucket, tokens, frame.mode)
        pen.setStyle(Qt.PenStyle.DashLine if tokens.contrast and bucket.negative else Qt.PenStyle.SolidLine)
        painter.setPen(pen)
        chosen = lines.connections[bucket.start // n_pieces : bucket.stop // n_pieces]
        path = QPainterPath()
        for gap, (start, stop) in enumerate(curves.gaps):
            local = chosen[(chosen >= start) & (chosen < stop)] - start
            for first, near, far, last in controls(layout, gap, local).tolist():
                path.moveTo(*first)
                path.cubicTo(*near, *far, *last)
        painter.drawPath(path)


def _set_pen(pen: QPen, bucket: Bucket, tokens: Tokens, mode: LineMode) -> None:
    name = "error" if mode == "gradients" else "negative" if bucket.negative else "positive"
    pen.setColor(_line_colour(tokens, name, bucket.opacity))
    pen.setWidthF(bucket.width)


def paint_lines(painter: QPainter, lines: Lines, tokens: Tokens, mode: LineMode = "weights") -> None:
    """Draw all connections, one call per pen; gradients in the colour of what flows backwards.

    Flat caps keep the fast antialiased path.
    """
    pen = QPen()
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    for bucket in lines.buckets:
        _set_pen(pen, bucket, tokens, mode)
        painter.setPen(pen)
        pieces = lines.pieces[bucket.start : bucket.stop]
        if tokens.contrast and bucket.negative:  # every second piece: the sign is seen without colours as well
            pieces = np.ascontiguousarray(pieces[::2])
        draw_lines(painter, pieces)


def paint_circles(painter: QPainter, frame: Frame, tokens: Tokens, font: QFont, *, picture: bool = False) -> None:
    """Draw every neuron with its activation and its bias.

    Parameters
    ----------
    picture : bool
        The inputs are drawn elsewhere, as pixels.
    """
    layout, family = frame.layout, font.family()
    for column, radius in enumerate(layout.radius):
        if picture and column == 0:
            continue
        _paint_column(painter, tokens, frame, column)
        if radius >= NUMBER_RADIUS and column < frame.n_filled:
            _paint_numbers(painter, tokens, family, frame, column)
        if frame.dropped and column < frame.n_filled:
            _paint_dropped(painter, tokens, frame, column)
        if column > 0 and radius >= NUMBER_RADIUS:
            _paint_biases(painter, tokens, frame, column)


def paint_ring(painter: QPainter, x: float, y: float, radius: float, tokens: Tokens) -> None:
    """Draw the ring of the selected neuron."""
    painter.setPen(QPen(QColor(tokens.text), 2.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QPointF(x, y), radius + 5, radius + 5)


def _fading(frame: Frame, column: int) -> list[bool]:
    """Return for every neuron of a column whether it fades behind the selection."""
    if not frame.faded:
        return [False] * len(frame.values[column])
    faded: list[bool] = frame.faded[column].tolist()
    return faded


@functools.lru_cache(maxsize=512)
def _circle(tokens: Tokens, step: int, negative: bool, radius: float, ratio: float, faded: bool) -> QPixmap:
    """Return a neuron with its halo, drawn once per tint; `step` −1 is the empty circle of an activation of zero.

    Each takes 10 to 60 KB, and another size of the window makes others: more of them would be memory for nothing.
    """
    side = 2 * math.ceil(radius + 4)
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    centre = QPointF(side / 2, side / 2)
    with QPainter(pixmap) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_circle(painter, centre, tokens, step, negative, radius, faded)
    return pixmap


def _draw_circle(
    painter: QPainter, centre: QPointF, tokens: Tokens, step: int, negative: bool, radius: float, faded: bool
) -> None:
    """Draw a neuron with its halo; `step` as for `_circle`."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.canvas))
    painter.drawEllipse(centre, radius + 2.5, radius + 2.5)
    painter.setOpacity(FADED if faded else 1.0)  # the halo stays, or the lines would show through
    if step < 0:
        painter.setPen(QPen(QColor(tokens.border_strong), 1.5))
        painter.setBrush(QColor(tokens.node_base))
    else:
        if radius >= OUTLINE_RADIUS:
            painter.setPen(QPen(QColor(tokens.negative if negative else tokens.positive), 1.5))
        painter.setBrush(_tints(tokens, negative)[step][0])
    painter.drawEllipse(centre, radius, radius)
    painter.setOpacity(1.0)


def _paint_column(painter: QPainter, tokens: Tokens, frame: Frame, column: int) -> None:
    x, radius = frame.layout.x[column], frame.layout.radius[column]
    ratio = painter.deviceTransform().m11()
    half, vector = math.ceil(radius + 4), is_vector(painter)
    place = QPointF(x - half, 0)
    values, strengths = frame.values[column].tolist(), frame.strengths[column].tolist()
    if column >= frame.n_filled:  # nothing has arrived here
        values = [0.0] * len(values)
    for y, value, strength, faded in zip(
        frame.layout.y[column].tolist(), values, strengths, _fading(frame, column), strict=True
    ):
        step = -1 if abs(value) < EMPTY else round(strength * N_TINTS)
        if vector:
            _draw_circle(painter, QPointF(x, y), tokens, step, value < 0, radius, faded)
            continue
        place.setY(y - half)
        painter.drawPixmap(place, _circle(tokens, step, value < 0, radius, ratio, faded))


def _paint_dropped(painter: QPainter, tokens: Tokens, frame: Frame, column: int) -> None:
    """Strike out the neurons that dropout has switched off in this batch, and dash their edge."""
    x, radius = frame.layout.x[column], frame.layout.radius[column]
    reach = radius * math.sqrt(0.5)
    painter.setBrush(QColor(tokens.node_base))
    for y in frame.layout.y[column][frame.dropped[column]].tolist():
        painter.setPen(QPen(QColor(tokens.muted), 1.5, Qt.PenStyle.DashLine))
        painter.drawEllipse(QPointF(x, y), radius, radius)
        painter.setPen(QPen(QColor(tokens.muted), 1.5))
        painter.drawLine(QPointF(x - reach, y + reach), QPointF(x + reach, y - reach))


@functools.lru_cache(maxsize=2048)
def _static_text(text: str, family: str, pixels: int) -> tuple[QStaticText, float, float]:
    """Return a number laid out once, with half its size; the same few thousand come again and again."""
    static = QStaticText(text)
    static.setTextFormat(Qt.TextFormat.PlainText)
    static.prepare(font=_number_font(family, pixels))
    size = static.size()
    return static, size.width() / 2, size.height() / 2


@functools.cache
def _number_font(family: str, pixels: int) -> QFont:
    font = tabular(QFont(family))
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _paint_numbers(painter: QPainter, tokens: Tokens, family: str, frame: Frame, column: int) -> None:
    x, radius, is_input = frame.layout.x[column], frame.layout.radius[column], column == 0
    pixels = 9 if is_input or radius < SMALL_RADIUS else 12 if radius < 22 else 14  # the output's circle is larger
    painter.setFont(_number_font(family, pixels))
    decimals = 1 if is_input or radius < 17 else 2  # what fits
    muted, place = QColor(tokens.muted), QPointF()
    tints = _tints(tokens, False), _tints(tokens, True)
    values, strengths = frame.values[column].tolist(), frame.strengths[column].tolist()
    for y, value, strength, faded in zip(
        frame.layout.y[column].tolist(), values, strengths, _fading(frame, column), strict=True
    ):
        empty = faded or abs(value) < EMPTY
        painter.setPen(muted if empty else tints[value < 0][round(strength * N_TINTS)][1])
        static, half_width, half_height = _static_text(narrow(value, decimals), family, pixels)
        place.setX(x - half_width)
        place.setY(y - half_height)
        painter.drawStaticText(place, static)


def _paint_biases(painter: QPainter, tokens: Tokens, frame: Frame, column: int) -> None:
    painter.setPen(QPen(QColor(tokens.canvas), 1.0))
    x, offset = frame.layout.x[column], frame.layout.radius[column] * 0.72
    biases, square = frame.biases[column - 1].tolist(), QRectF(0, 0, 9, 9)
    for y, bias, faded in zip(frame.layout.y[column].tolist(), biases, _fading(frame, column), strict=True):
        colour = tokens.negative if bias < 0 else tokens.positive
        share = bias_share(bias) * (FADED if faded else 1.0)
        painter.setBrush(mix(tokens.canvas, colour, share))
        square.moveTo(x - offset - 4.5, y + offset - 4.5)
        painter.drawRoundedRect(square, 2, 2)
