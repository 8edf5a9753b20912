"""The scale of thickness in the legend: a wedge to each side of zero, and what lies beyond its ends."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QLinearGradient, QPainter, QPolygonF

from ann_viz.numerals import MINUS, format_number
from ann_viz.scene import Frame
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.theme import Tokens

__all__ = ["beyond_text", "paint_scale", "paint_small", "scale_text"]

LEFT: Final = 16.0
WIDTH: Final = 120.0
MIDDLE: Final = 17.0
HALF: Final = 3.25
EDGE: Final = 6.0  # no number begins before it
STUB: Final = 9.0
"""Length of the piece that stands for what lies beyond an end."""
SQUEEZED: Final = 80.0  # the wedge's width beside such a piece
BETWEEN: Final = 7.0  # two numbers
MOST_DIGITS: Final = 4  # of a number beyond an end


def scale_text(reference: float) -> str:
    """Return how an end of the scale is written."""
    return format_number(reference, ".0e" if reference < 0.001 or reference >= 10_000 else "g")


def beyond_text(number: float, reference: float) -> str:
    """Return a number beyond the scale with its sign: in two digits, so that it does not change with every frame.

    Close to the end of the scale it has as many as tell it from that.
    """
    sizes = (_size_text(abs(number), digits) for digits in range(2, MOST_DIGITS + 1))
    size = next((text for text in sizes if text != scale_text(reference)), _size_text(abs(number), MOST_DIGITS))
    return f"{MINUS}{size}" if number < 0 else f"+{size}"


def _size_text(size: float, digits: int) -> str:
    if size >= 10_000 or size < 0.001:
        return format_number(size, f".{digits - 1}e")
    return format_number(size, f".{max(digits, _whole_digits(size))}g")


def _whole_digits(size: float) -> int:
    """Return how many digits a number has before the point."""
    return 1 + math.floor(math.log10(size))


def paint_scale(painter: QPainter, tokens: Tokens, font: QFont, frame: Frame) -> float:
    """Draw the scale of a frame's lines, with the numbers at its ends and those beyond them; return where it ends."""
    metrics = QFontMetricsF(_small(font))
    text, logarithmic = scale_text(frame.reference), frame.mode == "gradients"
    ends = (format_number(frame.reference / 100, ".0g"), text) if logarithmic else (f"{MINUS}{text}", f"+{text}")
    beyond = _beyond_ends(frame)
    rooms = [_room(metrics, near, far) for near, far in zip(ends, beyond, strict=True)]
    left = max(LEFT, EDGE + metrics.horizontalAdvance(beyond[0] or ends[0]) / 2) + rooms[0]
    right = left + (SQUEEZED if any(beyond) else WIDTH)
    labels = [(left, ends[0]), (right, ends[1])]
    gradient = QLinearGradient(left, 0, right, 0)
    if logarithmic:  # one colour, two decades
        gradient.setColorAt(0.0, QColor(tokens.canvas))
        gradient.setColorAt(1.0, QColor(tokens.error))
        _wedge(painter, gradient, left, right)
    else:
        centre = (left + right) / 2
        gradient.setColorAt(0.0, QColor(tokens.negative))
        gradient.setColorAt(0.5, QColor(tokens.canvas))
        gradient.setColorAt(1.0, QColor(tokens.positive))
        for end in (left, right):
            _wedge(painter, gradient, centre, end)
        labels.append((centre, "0"))
    colours = (tokens.negative, tokens.error if logarithmic else tokens.positive)
    for middle, number, colour in zip((left - rooms[0], right + rooms[1]), beyond, colours, strict=True):
        if number:
            painter.fillRect(QRectF(middle - STUB / 2, MIDDLE - HALF, STUB, 2 * HALF), QColor(colour))
            labels.append((middle, number))
    for x, label in labels:
        paint_small(painter, tokens, font, QRectF(x - 30, 25, 60, 14), label)
    return max(x + metrics.horizontalAdvance(label) / 2 for x, label in labels)


def _beyond_ends(frame: Frame) -> tuple[str, str]:
    """Return the furthest number beyond each end of the scale; an empty text for none, or none that reads otherwise."""
    low, high, end = frame.beyond.low, frame.beyond.high, frame.reference
    if frame.mode == "gradients":  # whose size is drawn, whatever the sign
        low, high = 0.0, abs(max(low, high, key=abs))
    ends = f"{MINUS}{scale_text(end)}", f"+{scale_text(end)}"
    texts = [beyond_text(number, end) if number else "" for number in (low, high)]
    low_text, high_text = ("" if text == near else text for text, near in zip(texts, ends, strict=True))
    return low_text, high_text.lstrip("+") if frame.mode == "gradients" else high_text


def _room(metrics: QFontMetricsF, near: str, far: str) -> float:
    """Return how far from an end of the wedge the piece beyond it stands, so that both have their number below."""
    return (metrics.horizontalAdvance(near) + metrics.horizontalAdvance(far)) / 2 + BETWEEN if far else 0.0


def _wedge(painter: QPainter, gradient: QLinearGradient, point: float, end: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(gradient))
    painter.drawPolygon(QPolygonF([QPointF(end, MIDDLE - HALF), QPointF(point, MIDDLE), QPointF(end, MIDDLE + HALF)]))


def paint_small(painter: QPainter, tokens: Tokens, font: QFont, box: QRectF, text: str) -> None:
    """Write a number of the legend in the middle of a box."""
    painter.setFont(_small(font))
    painter.setPen(QColor(tokens.muted))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _small(font: QFont) -> QFont:
    small = theme.tabular(font)
    small.setPixelSize(11)
    return small
