"""The scale of thickness in the legend: a wedge to each side of zero, and what lies beyond its ends."""

from __future__ import annotations

from dataclasses import dataclass
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
STUB_ROOM: Final = 36.0
"""From its far end to that of the wedge: both have a number below."""


def scale_text(reference: float) -> str:
    """Return how an end of the scale is written."""
    return format_number(reference, ".0e" if reference < 0.001 or reference >= 10_000 else "g")


def beyond_text(number: float) -> str:
    """Return a number beyond the scale with its sign, in three digits."""
    text = format_number(number, ".1e" if abs(number) >= 10_000 or abs(number) < 0.001 else ".3g")
    return text if number < 0 else f"+{text}"


def paint_scale(painter: QPainter, tokens: Tokens, font: QFont, frame: Frame) -> None:
    """Draw the scale of a frame's lines, with the numbers at its ends and those beyond them."""
    stubs = _stubs(tokens, frame)
    left = LEFT + (STUB_ROOM if any(stub.x == LEFT for stub in stubs) else 0.0)
    right = LEFT + WIDTH - (STUB_ROOM if any(stub.x != LEFT for stub in stubs) else 0.0)
    text = scale_text(frame.reference)
    gradient = QLinearGradient(left, 0, right, 0)
    if frame.mode == "gradients":  # one colour, two decades
        gradient.setColorAt(0.0, QColor(tokens.canvas))
        gradient.setColorAt(1.0, QColor(tokens.error))
        _wedge(painter, gradient, left, right)
        labels = [(left, format_number(frame.reference / 100, ".0g")), (right, text)]
    else:
        centre = (left + right) / 2
        gradient.setColorAt(0.0, QColor(tokens.negative))
        gradient.setColorAt(0.5, QColor(tokens.canvas))
        gradient.setColorAt(1.0, QColor(tokens.positive))
        for end in (left, right):
            _wedge(painter, gradient, centre, end)
        labels = [(left, f"{MINUS}{text}"), (centre, "0"), (right, f"+{text}")]
    for stub in stubs:
        painter.fillRect(QRectF(stub.x, MIDDLE - HALF, STUB, 2 * HALF), QColor(stub.colour))
        labels.append((stub.x + STUB / 2, stub.text))
    metrics = QFontMetricsF(_small(font))
    for x, label in labels:
        half = metrics.horizontalAdvance(label) / 2
        paint_small(painter, tokens, font, QRectF(max(x, EDGE + half) - 30, 25, 60, 14), label)


@dataclass(frozen=True, slots=True)
class _Stub:
    """A piece of full thickness beyond an end of the scale, and the number that is furthest out there."""

    x: float
    colour: str
    text: str


def _stubs(tokens: Tokens, frame: Frame) -> list[_Stub]:
    low, high, right = frame.beyond.low, frame.beyond.high, LEFT + WIDTH - STUB
    if frame.mode == "gradients":  # whose size is drawn, whatever the sign
        largest = max(low, high, key=abs)
        return [_Stub(right, tokens.error, beyond_text(largest))] if largest else []
    ends = (_Stub(LEFT, tokens.negative, beyond_text(low)), _Stub(right, tokens.positive, beyond_text(high)))
    return [stub for stub, number in zip(ends, (low, high), strict=True) if number]


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
