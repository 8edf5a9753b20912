"""The words of the network picture: headings, column names with the row's values, layer captions, the answer."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from ann_viz.explain.wording import InputLabels
from ann_viz.numerals import MINUS
from ann_viz.scene import Layout
from ann_viz.ui.kit import icons
from ann_viz.ui.kit.theme import Tokens, tabular

__all__ = [
    "button_at",
    "column_at",
    "draw_text",
    "fold_box",
    "label_font",
    "paint_headings",
    "paint_input_labels",
    "paint_more",
    "pill_buttons",
]

LEFT: Final = 16.0
LABEL_HEIGHT: Final = 18.0
PILL_TOP: Final = 62.0
PILL_HEIGHT: Final = 24.0
PILL_WIDTH: Final = 116.0
PILL_BUTTON: Final = 25.0
OUTPUT_CAPTION: Final = 88.0
MEMBER_X: Final = 114.0


def label_font(base: QFont, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the font of the picture in a size, with digits of one width; not to be changed."""
    return _label_font(base.toString(), pixels, weight)


@functools.lru_cache(maxsize=64)
def _label_font(description: str, pixels: int, weight: QFont.Weight) -> QFont:
    font = QFont()
    font.fromString(description)
    font = tabular(font)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


def draw_text(
    painter: QPainter, font: QFont, colour: str, box: QRectF, flags: Qt.AlignmentFlag, text: str, *, elide: bool = True
) -> None:
    """Draw one line of text in a box, cut with an ellipsis where it is too long."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    if elide:
        text = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, flags | Qt.AlignmentFlag.AlignVCenter, text)


def paint_headings(
    painter: QPainter,
    layout: Layout,
    headings: Sequence[tuple[str, str]],
    captions: Sequence[str],
    tokens: Tokens,
    base: QFont,
    *,
    can_resize: bool = True,
) -> None:
    """Draw the headings and, above every column after the inputs, its size and activation.

    Parameters
    ----------
    headings : sequence of (title, subtitle)
        Of the inputs, of the hidden layers if there are any, and of the outputs.
    captions : sequence of str
        One per column after the inputs: "6 · ReLU".
    can_resize : bool
        Whether hidden layers have their buttons.
    """
    strong, plain = label_font(base, 13, QFont.Weight.DemiBold), label_font(base, 12)
    left, centre = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter

    def heading(x: float, width: float, flags: Qt.AlignmentFlag, words: tuple[str, str]) -> None:
        draw_text(painter, strong, tokens.text, QRectF(x, 11, width, 20), flags, words[0])
        draw_text(painter, plain, tokens.muted, QRectF(x, 30, width, 18), flags, words[1])

    heading(LEFT, 200, left, headings[0])
    hidden = layout.x[1:-1]
    if hidden:
        middle = (hidden[0] + hidden[-1]) / 2
        room = max(170.0, min(240.0, 2 * (layout.x[-1] - 70 - middle)))
        heading(middle - room / 2, room, centre, headings[1])
        _bracket_above(painter, hidden[0] - 64, hidden[-1] + 64, tokens)
    width = min(160.0, 2 * (layout.width - layout.x[-1]) - 8)
    heading(layout.x[-1] - width / 2, width, centre, headings[-1])
    for column, caption in enumerate(captions, start=1):
        boxed = column < len(layout.x) - 1
        _pill(painter, layout, column, caption, tokens, base, boxed=boxed, can_resize=can_resize)


def _bracket_above(painter: QPainter, start: float, stop: float, tokens: Tokens) -> None:
    painter.setPen(QPen(QColor(tokens.border_strong), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline([QPointF(start, 57), QPointF(start, 53), QPointF(stop, 53), QPointF(stop, 57)])


def _pill(
    painter: QPainter,
    layout: Layout,
    column: int,
    caption: str,
    tokens: Tokens,
    base: QFont,
    *,
    boxed: bool,
    can_resize: bool,
) -> None:
    font = label_font(base, 12, QFont.Weight.Medium)
    gap = layout.x[column] - layout.x[column - 1]
    width = min(QFontMetricsF(font).horizontalAdvance(caption) + 26, gap - 6)
    box = QRectF(layout.x[column] - width / 2, PILL_TOP, width, PILL_HEIGHT)
    buttons = pill_buttons(layout, column)
    if buttons is not None:
        box = buttons[0].united(buttons[1])
    if box.width() < PILL_HEIGHT:  # of so many layers the Network card tells
        return
    if boxed:
        painter.setPen(QPen(QColor(tokens.border), 1.0))
        painter.setBrush(QColor(tokens.surface2))
        painter.drawRoundedRect(box, 12, 12)
    draw_text(painter, font, tokens.text2 if boxed else tokens.muted, box, Qt.AlignmentFlag.AlignHCenter, caption)
    for button, text in zip(buttons if buttons and can_resize else (), (MINUS, "+"), strict=False):
        draw_text(painter, label_font(base, 15), tokens.text2, button, Qt.AlignmentFlag.AlignHCenter, text)


def pill_buttons(layout: Layout, column: int) -> tuple[QRectF, QRectF] | None:
    """Return where − and + stand in the pill above a hidden layer; None for other columns and where there's no room."""
    if not 0 < column < len(layout.x) - 1:
        return None
    before, behind = layout.x[column] - layout.x[column - 1], layout.x[column + 1] - layout.x[column]
    room = before if column > 1 else 2 * before  # above the inputs nothing stands
    room = min(room, behind if column < len(layout.x) - 2 else 2 * behind - OUTPUT_CAPTION)
    if room < PILL_WIDTH + 4:
        return None
    left = layout.x[column] - PILL_WIDTH / 2
    minus = QRectF(left, PILL_TOP, PILL_BUTTON, PILL_HEIGHT)
    return minus, minus.translated(PILL_WIDTH - PILL_BUTTON, 0)


def button_at(layout: Layout, x: float, y: float) -> tuple[int, int] | None:
    """Return hidden layer, counted from 0, and −1 or 1 when one of its buttons is under a point."""
    for column in range(1, len(layout.x) - 1):
        for change, box in zip((-1, 1), pill_buttons(layout, column) or (), strict=False):
            if box.contains(x, y):
                return column - 1, change
    return None


def paint_input_labels(painter: QPainter, layout: Layout, labels: InputLabels, tokens: Tokens, base: QFont) -> None:
    """Draw column names, brackets round one-hot groups and the row's values; where rows are tight, every k-th."""
    rows, radius = layout.y[0], layout.radius[0]
    pitch = float(np.diff(rows).min()) if len(rows) > 1 else LABEL_HEIGHT
    every = max(1, math.ceil((LABEL_HEIGHT - 4) / pitch))
    value_right = layout.x[0] - radius - 9
    name_font, value_font = label_font(base, 12, QFont.Weight.Medium), label_font(base, 12)
    right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
    for column, start, stop in labels.groups:
        grouped = stop - start > 1 and every == 1
        box = fold_box(layout, labels, column, start, stop)
        if box is not None:
            glyph = "chevron-right" if column in labels.folded else "chevron-down"
            painter.drawPixmap(QPointF(box.left(), box.center().y() - 5), icons.pixmap(glyph, tokens.faint, 10))
        name_left = MEMBER_X - 12 if grouped else LEFT
        if grouped:
            _bracket(painter, layout, start, stop, tokens)
            middle = (rows[start] + rows[stop - 1]) / 2
            box = QRectF(LEFT, middle - 9, MEMBER_X - LEFT - 22, LABEL_HEIGHT)
            draw_text(painter, name_font, tokens.text, box, left, column)
        for index in range(start, stop):
            if index % every:
                continue
            value = labels.values[index]
            width = min(QFontMetricsF(value_font).horizontalAdvance(value), 70.0)
            y = float(rows[index]) - LABEL_HEIGHT / 2
            draw_text(
                painter, value_font, tokens.muted, QRectF(value_right - width, y, width + 1, LABEL_HEIGHT), right, value
            )
            name_box = QRectF(name_left, y, value_right - width - 8 - name_left, LABEL_HEIGHT)
            font, colour = (value_font, tokens.text2) if grouped else (name_font, tokens.text)
            draw_text(painter, font, colour, name_box, left, labels.names[index])


def fold_box(layout: Layout, labels: InputLabels, column: str, start: int, stop: int) -> QRectF | None:
    """Return where a click folds or unfolds a column of categories; None where there is nothing to fold."""
    if column not in labels.foldable or (stop - start == 1 and column not in labels.folded):
        return None
    rows = layout.y[0]
    top, bottom = float(rows[start]), float(rows[stop - 1])
    half = min(LABEL_HEIGHT / 2, float(rows[1] - rows[0]) / 2 if len(rows) > 1 else LABEL_HEIGHT)
    return QRectF(LEFT - 12, top - half, MEMBER_X - LEFT, bottom - top + 2 * half)


def column_at(layout: Layout, labels: InputLabels, x: float, y: float) -> str | None:
    """Return the column of categories whose name is under a point."""
    for column, start, stop in labels.groups:
        box = fold_box(layout, labels, column, start, stop)
        if box is not None and box.contains(x, y):
            return column
    return None


def _bracket(painter: QPainter, layout: Layout, start: int, stop: int, tokens: Tokens) -> None:
    top, bottom = layout.y[0][start] - 12, layout.y[0][stop - 1] + 12
    x = MEMBER_X - 26
    path = QPainterPath(QPointF(x + 6, top))
    path.cubicTo(QPointF(x, top), QPointF(x, top), QPointF(x, top + 6))
    path.lineTo(x, bottom - 6)
    path.cubicTo(QPointF(x, bottom), QPointF(x, bottom), QPointF(x + 6, bottom))
    painter.setPen(QPen(QColor(tokens.border_strong), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def paint_more(painter: QPainter, layout: Layout, texts: Sequence[str], tokens: Tokens, base: QFont) -> None:
    """Say below every column how many of its neurons are not drawn; one text per column, empty where all are."""
    font, centre = label_font(base, 11, QFont.Weight.Medium), Qt.AlignmentFlag.AlignHCenter
    for x, rows, radius, text in zip(layout.x, layout.y, layout.radius, texts, strict=True):
        if text:
            box = QRectF(x - 60, float(rows[-1]) + radius + 3, 120, 16)
            draw_text(painter, font, tokens.muted, box, centre, text)
