"""The words beside the inputs of the network picture: names of columns and what the row on show has in them."""

from __future__ import annotations

import math
from itertools import repeat
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from ann_viz.explain.input_labels import InputLabels
from ann_viz.scene import Layout
from ann_viz.scene.label_places import places_apart
from ann_viz.short_names import told_apart
from ann_viz.ui.canvas.labels import LABEL_HEIGHT, LEFT, draw_text, label_font
from ann_viz.ui.kit import icons
from ann_viz.ui.kit.theme import Tokens

__all__ = ["cell_lines", "column_at", "fold_box", "paint_input_labels"]

MEMBER_X: Final = 114.0
COLUMN_WIDTH: Final = MEMBER_X - LEFT - 22  # of the name of a column of several inputs
MOST_OF_VALUE: Final = 70.0  # beside a name that needs the room
LEAST_VALUE: Final = 40.0
LEAST_MEMBER: Final = 56.0  # of name and value of an input beside its bracket
TIGHTEST: Final = LABEL_HEIGHT - 4  # between two lines of text
GAP: Final = 9.0  # between values and circles


def paint_input_labels(painter: QPainter, layout: Layout, labels: InputLabels, tokens: Tokens, base: QFont) -> None:
    """Draw names and the row's values: of every input, or where these lie closer than text is high of every column."""
    rows = layout.y[0]
    if len(rows) > 1 and float(np.diff(rows).min()) < TIGHTEST:
        _paint_columns(painter, layout, labels, tokens, base)
        return
    strong, plain = label_font(base, 12, QFont.Weight.Medium), label_font(base, 12)
    right = _right(layout)
    has_brackets = right - MEMBER_X >= LEAST_MEMBER
    alone = _names_alone(labels, QFontMetricsF(strong), right - LEFT)
    for (column, start, stop), cell in zip(labels.groups, labels.cells or repeat(""), strict=False):
        grouped = stop - start > 1 and has_brackets
        box = fold_box(layout, labels, column, start, stop)
        if box is not None:
            _paint_fold(painter, labels, column, box.left(), box.center().y(), tokens)
        if grouped:
            _bracket(painter, layout, start, stop, tokens)
            told = cell if column in labels.dates else ""
            _paint_column(painter, (rows[start] + rows[stop - 1]) / 2, column, told, tokens, base)
        for index in range(start, stop):
            room = _line(float(rows[index]), right, MEMBER_X - 12 if grouped else LEFT)
            name = labels.names[index] if grouped else alone[index]
            look = (plain, tokens.text2) if grouped else (strong, tokens.text)
            _paint_input(painter, room, name, labels.values[index], look, tokens, is_date=column in labels.dates)


def _paint_columns(painter: QPainter, layout: Layout, labels: InputLabels, tokens: Tokens, base: QFont) -> None:
    """Draw one name and what the file has for every column, or every k-th, and a line from it to its inputs."""
    rows, strong = layout.y[0], label_font(base, 12, QFont.Weight.Medium)
    right, font = _right(layout), QFontMetricsF(strong)
    every = math.ceil(len(labels.groups) * TIGHTEST / (float(rows[-1] - rows[0]) + TIGHTEST))
    cells = labels.cells or ("",) * len(labels.groups)
    shown = list(zip(labels.groups, cells, strict=True))[::every]
    names = [column for (column, _, _), _ in shown]
    if any(font.horizontalAdvance(name) > right - LEFT - LEAST_VALUE for name in names):
        names = list(told_apart(names))
    middles = [float(rows[start] + rows[stop - 1]) / 2 for (_, start, stop), _ in shown]
    places = places_apart(middles, TIGHTEST)
    for ((column, start, stop), cell), name, middle, y in zip(shown, names, middles, places, strict=True):
        box = fold_box(layout, labels, column, start, stop)
        if box is not None:
            _paint_fold(painter, labels, column, box.left(), y, tokens)
        value = cell if stop - start > 1 else labels.values[start]
        _paint_input(painter, _line(y, right, LEFT), name, value, (strong, tokens.text), tokens, is_date=False)
        painter.setPen(QPen(QColor(tokens.border_strong), 1.2))
        at = right + GAP - 4
        painter.drawLine(QLineF(at, float(rows[start]), at, float(rows[stop - 1])))
        if abs(y - middle) > 1:
            painter.drawLine(QLineF(right + 1, y, at, middle))


def _right(layout: Layout) -> float:
    """Return where values end."""
    return float(layout.x[0] - layout.radius[0]) - GAP


def _line(y: float, right: float, left: float) -> QRectF:
    """Return the room of a line of text round a height."""
    return QRectF(left, y - LABEL_HEIGHT / 2, right - left, LABEL_HEIGHT)


def _paint_fold(painter: QPainter, labels: InputLabels, column: str, left: float, y: float, tokens: Tokens) -> None:
    """Draw what a click folds or unfolds a column with."""
    glyph = "chevron-right" if column in labels.folded else "chevron-down"
    painter.drawPixmap(QPointF(left, y - 5), icons.pixmap(glyph, tokens.faint, 10))


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
    left_over = room.width() - 8 - QFontMetricsF(font).horizontalAdvance(name)
    width = min(QFontMetricsF(plain).horizontalAdvance(value), max(MOST_OF_VALUE, left_over))
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
