"""The words of the network picture: headings, column names with the row's values, layer captions, the answer."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from itertools import pairwise, repeat
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from ann_viz.explain.input_labels import InputLabels
from ann_viz.isolates import isolated
from ann_viz.numerals import MINUS
from ann_viz.scene import Layout
from ann_viz.short_names import told_apart
from ann_viz.ui.kit import icons
from ann_viz.ui.kit.painted import fitted
from ann_viz.ui.kit.theme import Tokens, tabular

__all__ = [
    "LABEL_HEIGHT",
    "button_at",
    "cell_lines",
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
COLUMN_WIDTH: Final = MEMBER_X - LEFT - 22  # of the name of a column of several inputs
MOST_OF_VALUE: Final = 70.0
LEAST_VALUE: Final = 40.0
LEAST_MEMBER: Final = 56.0  # of name and value of an input beside its bracket
BETWEEN: Final = 8.0  # between two texts


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
    """Draw one line of text in a box, cut in its middle where it is too long."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    if elide:
        text = fitted(text, QFontMetricsF(font), box.width())
    painter.drawText(box, flags | Qt.AlignmentFlag.AlignVCenter, isolated(text))


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
    hidden = layout.x[1:-1]
    boxes = [QRectF(LEFT, 11, 200, 20)]
    if hidden:
        middle = (hidden[0] + hidden[-1]) / 2
        room = max(170.0, min(240.0, 2 * (layout.x[-1] - 70 - middle)))
        boxes.append(QRectF(middle - room / 2, 11, room, 20))
        _bracket_above(painter, hidden[0] - 64, hidden[-1] + 64, tokens)
    width = min(160.0, 2 * (layout.width - layout.x[-1]) - 8)
    boxes.append(QRectF(layout.x[-1] - width / 2, 11, width, 20))
    _paint_titles(painter, boxes, headings, tokens, base)
    for column, caption in enumerate(captions, start=1):
        boxed = column < len(layout.x) - 1
        _pill(painter, layout, column, caption, tokens, base, boxed=boxed, can_resize=can_resize)


def _paint_titles(
    painter: QPainter, boxes: Sequence[QRectF], headings: Sequence[tuple[str, str]], tokens: Tokens, base: QFont
) -> None:
    """Write each title in its box, the first from its left; what it means below them where no two texts would meet."""
    strong, plain = label_font(base, 13, QFont.Weight.DemiBold), label_font(base, 12)
    sides = [Qt.AlignmentFlag.AlignLeft, *[Qt.AlignmentFlag.AlignHCenter] * (len(boxes) - 1)]
    below = [QFontMetricsF(plain).horizontalAdvance(heading[1]) for heading in headings]
    ends = [
        (box.left(), box.left() + width) if place == 0 else (box.center().x() - width / 2, box.center().x() + width / 2)
        for place, (box, width) in enumerate(zip(boxes, below, strict=True))
    ]
    has_room = all(left[1] + BETWEEN < right[0] for left, right in pairwise(ends))
    for box, side, (title, meaning) in zip(boxes, sides, headings, strict=True):
        draw_text(painter, strong, tokens.text, box, side, title)
        if has_room:
            draw_text(painter, plain, tokens.muted, box.translated(0, 18), side, meaning)


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
    wanted = QFontMetricsF(font).horizontalAdvance(caption) + 26
    width = min(wanted, gap - 6)
    box = QRectF(layout.x[column] - width / 2, PILL_TOP, width, PILL_HEIGHT)
    if not boxed:  # right of the output nothing stands as high
        box.setWidth(min(wanted, layout.width - box.left()))
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
    rows = layout.y[0]
    pitch = float(np.diff(rows).min()) if len(rows) > 1 else LABEL_HEIGHT
    every = max(1, math.ceil((LABEL_HEIGHT - 4) / pitch))
    strong, plain = label_font(base, 12, QFont.Weight.Medium), label_font(base, 12)
    right = layout.x[0] - layout.radius[0] - 9
    has_brackets = every == 1 and right - MEMBER_X >= LEAST_MEMBER
    alone = _names_alone(labels, QFontMetricsF(strong), right - LEFT)
    for (column, start, stop), cell in zip(labels.groups, labels.cells or repeat(""), strict=False):
        grouped = stop - start > 1 and has_brackets
        box = fold_box(layout, labels, column, start, stop)
        if box is not None:
            glyph = "chevron-right" if column in labels.folded else "chevron-down"
            painter.drawPixmap(QPointF(box.left(), box.center().y() - 5), icons.pixmap(glyph, tokens.faint, 10))
        if grouped:
            _bracket(painter, layout, start, stop, tokens)
            told = cell if column in labels.dates else ""
            _paint_column(painter, (rows[start] + rows[stop - 1]) / 2, column, told, tokens, base)
        for index in range(start, stop):
            if index % every:
                continue
            room = QRectF(MEMBER_X - 12 if grouped else LEFT, float(rows[index]) - LABEL_HEIGHT / 2, 0, LABEL_HEIGHT)
            room.setRight(right)
            name = labels.names[index] if grouped else alone[index]
            look = (plain, tokens.text2) if grouped else (strong, tokens.text)
            _paint_input(painter, room, name, labels.values[index], look, tokens, is_date=column in labels.dates)


def _names_alone(labels: InputLabels, metrics: QFontMetricsF, room: float) -> dict[int, str]:
    """Return the names of inputs that stand under no column's: where one needs all the room, without what all share."""
    names = labels.names
    if any(metrics.horizontalAdvance(name) > room - LEAST_VALUE for name in names):
        columns = {start: column for column, start, stop in labels.groups if stop - start == 1}
        short = dict(zip(columns, told_apart(list(columns.values())), strict=True))
        return {index: short[index] if columns.get(index) == name else name for index, name in enumerate(names)}
    return dict(enumerate(names))


def _paint_column(painter: QPainter, y: float, column: str, cell: str, tokens: Tokens, base: QFont) -> None:
    """Write the name of a column of several inputs at the middle of their bracket, and below it what the file has."""
    font, align = label_font(base, 12, QFont.Weight.Medium), Qt.AlignmentFlag.AlignLeft
    small = label_font(base, 11)
    lines = cell_lines(cell, QFontMetricsF(small), COLUMN_WIDTH)
    box = QRectF(LEFT, y - LABEL_HEIGHT / 2 * (1 + len(lines)), COLUMN_WIDTH, LABEL_HEIGHT)
    draw_text(painter, font, tokens.text, box, align, column)
    for place, line in enumerate(lines, start=1):
        below = box.translated(0, place * LABEL_HEIGHT)
        draw_text(painter, small, tokens.muted, below, align, line)


def cell_lines(cell: str, metrics: QFontMetricsF, width: float) -> tuple[str, ...]:
    """Return a date in one line, or day and time in two where one has too little room."""
    if not cell or metrics.horizontalAdvance(cell) <= width:
        return (cell,) if cell else ()
    day, _, time = cell.partition("T" if "T" in cell else " ")
    return tuple(part for part in (day, time) if part)


def _paint_input(
    painter: QPainter,
    room: QRectF,
    name: str,
    value: str,
    look: tuple[QFont, str],
    tokens: Tokens,
    *,
    is_date: bool,
) -> None:
    """Write name and value of one input; a part of a date keeps its name, for its value stands in the circle too."""
    font, colour = look
    plain = label_font(font, 12)
    width = min(QFontMetricsF(plain).horizontalAdvance(value), MOST_OF_VALUE)
    name_width = room.width() - width - 8
    if is_date and QFontMetricsF(font).horizontalAdvance(name) > name_width:
        width, name_width = 0.0, room.width()
    if width:
        box = QRectF(room.right() - width, room.top(), width + 1, room.height())
        draw_text(painter, plain, tokens.muted, box, Qt.AlignmentFlag.AlignRight, value)
    box = QRectF(room.left(), room.top(), name_width, room.height())
    draw_text(painter, font, colour, box, Qt.AlignmentFlag.AlignLeft, name)


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
