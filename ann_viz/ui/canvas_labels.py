"""The words of the network picture: headings, column names with the row's values, layer captions, the answer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from ann_viz.scene import Frame, Layout
from ann_viz.ui.theme import Tokens, tabular

__all__ = [
    "Answer",
    "InputLabels",
    "paint_answer",
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
SHARE_WIDTH: Final = 44.0


@dataclass(frozen=True, slots=True)
class InputLabels:
    """Names and values beside the input circles.

    Attributes
    ----------
    names : tuple of str
        One per input.
    values : tuple of str
        The shown row's value of every input as written in the file (0 or 1 for a member of a category).
    groups : tuple of (column, start, stop)
        CSV columns and the inputs that they feed.
    """

    names: tuple[str, ...]
    values: tuple[str, ...]
    groups: tuple[tuple[str, int, int], ...]

    def only(self, shown: Sequence[int]) -> InputLabels:
        """Return the labels of some inputs, each on its own."""
        if len(shown) == len(self.names):
            return self
        names = tuple(self.names[index] for index in shown)
        groups = tuple((name, place, place + 1) for place, name in enumerate(names))
        return InputLabels(names, tuple(self.values[index] for index in shown), groups)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the network says about the shown row.

    Attributes
    ----------
    kind : {"binary", "multiclass", "regression"}
    names : tuple of str
        Binary: what 1 means and what 0 means. Classes: one per output. Regression: target columns.
    texts : tuple of str
        The number beside every output, ready to show ("73 %", "182,784").
    shares : tuple of float
        Length of the bars, 0 to 1; empty for regression.
    best : int
        The winning output.
    """

    kind: str
    names: tuple[str, ...]
    texts: tuple[str, ...]
    shares: tuple[float, ...]
    best: int


def _font(base: QFont, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = tabular(base)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


def _text(
    painter: QPainter, font: QFont, colour: str, box: QRectF, flags: Qt.AlignmentFlag, text: str, *, elide: bool = True
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    if elide:
        text = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, flags | Qt.AlignmentFlag.AlignVCenter, text)


def paint_headings(painter: QPainter, layout: Layout, captions: Sequence[str], tokens: Tokens, base: QFont) -> None:
    """Draw the three headings and, above every column after the inputs, its size and activation.

    Parameters
    ----------
    captions : sequence of str
        One per column after the inputs: "6 · ReLU".
    """
    strong, plain = _font(base, 13, QFont.Weight.DemiBold), _font(base, 12)
    left, centre = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter

    def heading(x: float, width: float, flags: Qt.AlignmentFlag, title: str, subtitle: str) -> None:
        _text(painter, strong, tokens.text, QRectF(x, 11, width, 20), flags, title)
        _text(painter, plain, tokens.muted, QRectF(x, 30, width, 18), flags, subtitle)

    heading(LEFT, 200, left, "Input layer", "what is known about each row")
    hidden = layout.x[1:-1]
    if hidden:
        middle = (hidden[0] + hidden[-1]) / 2
        room = max(170.0, min(240.0, 2 * (layout.x[-1] - 70 - middle)))
        title = "Hidden layer" if len(hidden) == 1 else "Hidden layers"
        heading(middle - room / 2, room, centre, title, "what it works out in between")
        _bracket_above(painter, hidden[0] - 64, hidden[-1] + 64, tokens)
    width = min(160.0, 2 * (layout.width - layout.x[-1]) - 8)
    heading(layout.x[-1] - width / 2, width, centre, "Output layer", "what it predicts")
    for column, caption in enumerate(captions, start=1):
        _pill(painter, layout, column, caption, tokens, base, boxed=column < len(layout.x) - 1)


def _bracket_above(painter: QPainter, start: float, stop: float, tokens: Tokens) -> None:
    painter.setPen(QPen(QColor(tokens.border_strong), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline([QPointF(start, 57), QPointF(start, 53), QPointF(stop, 53), QPointF(stop, 57)])


def _pill(
    painter: QPainter, layout: Layout, column: int, caption: str, tokens: Tokens, base: QFont, *, boxed: bool
) -> None:
    font = _font(base, 12, QFont.Weight.Medium)
    gap = layout.x[column] - layout.x[column - 1]
    width = min(QFontMetricsF(font).horizontalAdvance(caption) + 26, gap - 6)
    box = QRectF(layout.x[column] - width / 2, PILL_TOP, width, PILL_HEIGHT)
    buttons = pill_buttons(layout, column)
    if buttons is not None:
        box = buttons[0].united(buttons[1])
    if boxed:
        painter.setPen(QPen(QColor(tokens.border), 1.0))
        painter.setBrush(QColor(tokens.surface2))
        painter.drawRoundedRect(box, 12, 12)
    _text(painter, font, tokens.text2 if boxed else tokens.muted, box, Qt.AlignmentFlag.AlignHCenter, caption)
    for button, text in zip(buttons or (), ("\N{MINUS SIGN}", "+"), strict=False):
        _text(painter, _font(base, 15), tokens.text2, button, Qt.AlignmentFlag.AlignHCenter, text)


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


def paint_input_labels(painter: QPainter, layout: Layout, labels: InputLabels, tokens: Tokens, base: QFont) -> None:
    """Draw column names, brackets round one-hot groups and the row's values; where rows are tight, every k-th."""
    rows, radius = layout.y[0], layout.radius[0]
    pitch = float(rows[1] - rows[0]) if len(rows) > 1 else LABEL_HEIGHT
    every = max(1, math.ceil((LABEL_HEIGHT - 4) / pitch))
    value_right = layout.x[0] - radius - 9
    name_font, value_font = _font(base, 12, QFont.Weight.Medium), _font(base, 12)
    right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
    for column, start, stop in labels.groups:
        grouped = stop - start > 1 and every == 1
        name_left = MEMBER_X - 12 if grouped else LEFT
        if grouped:
            _bracket(painter, layout, start, stop, tokens)
            middle = (rows[start] + rows[stop - 1]) / 2
            box = QRectF(LEFT, middle - 9, MEMBER_X - LEFT - 22, LABEL_HEIGHT)
            _text(painter, name_font, tokens.text, box, left, column)
        for index in range(start, stop):
            if index % every:
                continue
            value = labels.values[index]
            width = min(QFontMetricsF(value_font).horizontalAdvance(value), 70.0)
            y = float(rows[index]) - LABEL_HEIGHT / 2
            _text(
                painter, value_font, tokens.muted, QRectF(value_right - width, y, width + 1, LABEL_HEIGHT), right, value
            )
            name_box = QRectF(name_left, y, value_right - width - 8 - name_left, LABEL_HEIGHT)
            font, colour = (value_font, tokens.text2) if grouped else (name_font, tokens.text)
            _text(painter, font, colour, name_box, left, labels.names[index])


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
    font, centre = _font(base, 11, QFont.Weight.Medium), Qt.AlignmentFlag.AlignHCenter
    for x, rows, radius, text in zip(layout.x, layout.y, layout.radius, texts, strict=True):
        if text:
            box = QRectF(x - 60, float(rows[-1]) + radius + 3, 120, 16)
            _text(painter, font, tokens.muted, box, centre, text)


def paint_answer(painter: QPainter, frame: Frame, answer: Answer, tokens: Tokens, base: QFont) -> None:
    """Draw what the network says, right of the output column."""
    layout = frame.layout
    left = layout.x[-1] + layout.radius[-1] + 14
    room = layout.width - left - 8
    if answer.kind == "binary":
        _paint_chance(painter, QRectF(left, float(layout.y[-1][0]), room, 0), answer, tokens, base)
        return
    rows = layout.y[-1]
    pitch = float(rows[1] - rows[0]) if len(rows) > 1 else 40.0
    every = max(1, math.ceil(14 / pitch))
    metrics = QFontMetricsF(_font(base, 12, QFont.Weight.DemiBold))
    longest = min(max(metrics.horizontalAdvance(name) for name in answer.names) + 2, room * 0.5 - 6)
    for index, y in enumerate(rows.tolist()):
        if index % every and index != answer.best:
            continue
        strong = index == answer.best
        weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
        colour = tokens.text if strong else tokens.muted
        text_font = _font(base, 12 if answer.kind == "multiclass" else 16, weight)
        name_width = room if answer.kind == "regression" else longest
        name_y = y - 26 if answer.kind == "regression" else y - 9
        _text(
            painter, _font(base, 12, weight), colour, QRectF(left, name_y, name_width, 18),
            Qt.AlignmentFlag.AlignLeft, answer.names[index],
        )  # fmt: skip
        if answer.kind == "regression":
            box = QRectF(left, y - 8, room, 22)
            _text(painter, text_font, tokens.text, box, Qt.AlignmentFlag.AlignLeft, answer.texts[index])
        else:
            track = QRectF(left + name_width + 6, y - 2.5, room - name_width - 6 - SHARE_WIDTH, 5)
            _paint_bar(painter, track, answer.shares[index], tokens)
            box = QRectF(left + room * 0.5, y - 9, room * 0.5, 18)
            _text(painter, text_font, colour, box, Qt.AlignmentFlag.AlignRight, answer.texts[index])


def _paint_bar(painter: QPainter, track: QRectF, share: float, tokens: Tokens) -> None:
    """Draw how probable an answer is, where there is room for it."""
    if track.width() < 16:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    for width, colour in ((track.width(), tokens.surface3), (track.width() * share, tokens.positive)):
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(QRectF(track.left(), track.top(), width, track.height()), 2.5, 2.5)


def _paint_chance(painter: QPainter, box: QRectF, answer: Answer, tokens: Tokens, base: QFont) -> None:
    left, y, width = box.left(), box.top(), box.width()
    align = Qt.AlignmentFlag.AlignLeft
    _text(painter, _font(base, 12), tokens.text2, QRectF(left, y - 37, width, 18), align, answer.names[0])
    big = _font(base, 20, QFont.Weight.DemiBold)
    _text(painter, big, tokens.text, QRectF(left, y - 20, width, 26), align, answer.texts[0], elide=False)
    track = QRectF(left, y + 10, min(width, 66.0), 5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.surface3))
    painter.drawRoundedRect(track, 2.5, 2.5)
    painter.setBrush(QColor(tokens.positive))
    painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * answer.shares[0], 5), 2.5, 2.5)
    painter.setBrush(QColor(tokens.text2))
    painter.drawRect(QRectF(track.center().x() - 0.75, track.top() - 3, 1.5, 11))  # decides at one half
    other = f"{answer.names[1]} {answer.texts[1]}"
    _text(painter, _font(base, 12), tokens.muted, QRectF(left, y + 19, width, 18), align, other)
