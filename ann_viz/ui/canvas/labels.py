"""The words of the network picture that stand above and below it: headings, layer captions, what is not drawn."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from ann_viz.isolates import isolated
from ann_viz.numerals import MINUS
from ann_viz.scene import Layout
from ann_viz.ui.kit.painted import fitted
from ann_viz.ui.kit.theme import Tokens, tabular

__all__ = [
    "LABEL_HEIGHT",
    "between_headings",
    "button_at",
    "draw_text",
    "label_font",
    "paint_headings",
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
    if hidden:
        _bracket_above(painter, hidden[0] - 64, hidden[-1] + 64, tokens)
    boxes = _heading_boxes(layout)
    _paint_titles(painter, boxes, headings, tokens, base)
    for column, caption in enumerate(captions, start=1):
        boxed = column < len(layout.x) - 1
        _pill(painter, layout, column, caption, tokens, base, boxed=boxed, can_resize=can_resize)


def _heading_boxes(layout: Layout) -> list[QRectF]:
    """Return the rooms of the headings: of inputs, hidden layers if there are any, and outputs."""
    hidden, outputs = layout.x[1:-1], layout.x[-1]
    boxes = [QRectF(LEFT, 11, 200, 20)]
    if hidden:
        middle = (hidden[0] + hidden[-1]) / 2
        room = max(170.0, min(240.0, 2 * (outputs - 70 - middle)))
        boxes.append(QRectF(middle - room / 2, 11, room, 20))
    width = min(160.0, 2 * (layout.width - outputs) - 8)
    return [*boxes, QRectF(outputs - width / 2, 11, width, 20)]


def between_headings(layout: Layout, headings: Sequence[tuple[str, str]], base: QFont) -> tuple[float, float, float]:
    """Return where the heading of the inputs ends and that of the outputs begins, and the middle of what is between.

    That is the heading of the hidden layers where there are any. In pixels from the left.
    """
    fonts = label_font(base, 13, QFont.Weight.DemiBold), label_font(base, 12)
    first, last = (
        max(QFontMetricsF(font).horizontalAdvance(text) for font, text in zip(fonts, heading, strict=True))
        for heading in (headings[0], headings[-1])
    )
    boxes = _heading_boxes(layout)
    left, right = LEFT + first, boxes[-1].center().x() - last / 2
    return left, right, boxes[1].center().x() if len(boxes) > 2 else (left + right) / 2


def _paint_titles(
    painter: QPainter, boxes: Sequence[QRectF], headings: Sequence[tuple[str, str]], tokens: Tokens, base: QFont
) -> None:
    """Write each title in its box, the first from its left; what it means below them where no two texts would meet.

    Where titles would meet, the one in the middle is left out: its layers have a bracket.
    """
    strong, plain = label_font(base, 13, QFont.Weight.DemiBold), label_font(base, 12)
    sides = [Qt.AlignmentFlag.AlignLeft, *[Qt.AlignmentFlag.AlignHCenter] * (len(boxes) - 1)]
    has_room = _stand_apart(boxes, [meaning for _, meaning in headings], plain)
    titles_apart = _stand_apart(boxes, [title for title, _ in headings], strong)
    for place, (box, side, (title, meaning)) in enumerate(zip(boxes, sides, headings, strict=True)):
        if titles_apart or place in (0, len(boxes) - 1):
            draw_text(painter, strong, tokens.text, box, side, title)
        if has_room:
            draw_text(painter, plain, tokens.muted, box.translated(0, 18), side, meaning)


def _stand_apart(boxes: Sequence[QRectF], texts: Sequence[str], font: QFont) -> bool:
    """Say whether all texts have room, the first at the left of its box and the others in the middle of theirs."""
    widths = [QFontMetricsF(font).horizontalAdvance(text) for text in texts]
    lefts = [box.left() if place == 0 else box.center().x() - widths[place] / 2 for place, box in enumerate(boxes)]
    ends = [left + width for left, width in zip(lefts, widths, strict=True)]
    fit = all(width <= box.width() for width, box in zip(widths, boxes, strict=True))
    return fit and all(end + BETWEEN < left for end, left in zip(ends, lefts[1:], strict=False))


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
    _draw_caption(painter, base, tokens, box, caption, boxed=boxed)
    for button, text in zip(buttons if buttons and can_resize else (), (MINUS, "+"), strict=False):
        draw_text(painter, label_font(base, 15), tokens.text2, button, Qt.AlignmentFlag.AlignHCenter, text)
    if buttons is not None and can_resize:
        painter.setPen(QPen(QColor(tokens.border), 1.0))
        for x in (buttons[0].right(), buttons[1].left()):
            painter.drawLine(QPointF(x, box.top() + 5), QPointF(x, box.bottom() - 5))


def _draw_caption(painter: QPainter, base: QFont, tokens: Tokens, box: QRectF, caption: str, *, boxed: bool) -> None:
    """Write "6 · ReLU" in the middle of a box, the number in bold letters where all of it has room."""
    number, between, name = caption.partition(" · ")
    strong, plain = label_font(base, 12, QFont.Weight.DemiBold), label_font(base, 12, QFont.Weight.Medium)
    colour, behind = tokens.text2 if boxed else tokens.muted, f"{between}{name}"
    widths = [QFontMetricsF(font).horizontalAdvance(text) for font, text in ((strong, number), (plain, behind))]
    if not (between and boxed) or sum(widths) > box.width():
        draw_text(painter, plain, colour, box, Qt.AlignmentFlag.AlignHCenter, caption)
        return
    left = box.center().x() - sum(widths) / 2
    for font, ink, x, width, text in (
        (strong, tokens.text, left, widths[0], number), (plain, colour, left + widths[0], widths[1], behind),
    ):  # fmt: skip
        place = QRectF(x, box.top(), width + 1, box.height())
        draw_text(painter, font, ink, place, Qt.AlignmentFlag.AlignLeft, text, elide=False)


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


def paint_more(painter: QPainter, layout: Layout, texts: Sequence[str], tokens: Tokens, base: QFont) -> None:
    """Say below every column how many of its neurons are not drawn; one text per column, empty where all are."""
    font, centre = label_font(base, 11, QFont.Weight.Medium), Qt.AlignmentFlag.AlignHCenter
    for x, rows, radius, text in zip(layout.x, layout.y, layout.radius, texts, strict=True):
        if text:
            box = QRectF(x - 60, float(rows[-1]) + radius + 3, 120, 16)
            draw_text(painter, font, tokens.muted, box, centre, text)
