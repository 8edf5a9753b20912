"""What the network says about the shown row, and how it is drawn right of the output column."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from ann_viz.explain.wording import Answer
from ann_viz.scene import Frame
from ann_viz.scene.layout import OUTPUT_CAP
from ann_viz.ui.canvas.labels import draw_text, label_font
from ann_viz.ui.kit.theme import Tokens

__all__ = ["chance_room", "paint_answer"]

SHARE_WIDTH: Final = 44.0
CHANCE_WIDTH: Final = 66.0  # of the bar
BEFORE, AFTER = 14.0, 8.0  # between output and answer, between answer and edge
MOST_ROOM: Final = 178.0


def chance_room(names: Sequence[str], widest: str, base: QFont) -> float:
    """Return how far from the right edge the output of a yes or no lies, so that its answer fits; at most 178 pixels.

    Parameters
    ----------
    names : sequence of str
        What 1 means and what 0 means.
    widest : str
        The longest text that a chance can have.
    base : QFont
        Of the picture.
    """
    small, big = QFontMetricsF(label_font(base, 12)), QFontMetricsF(label_font(base, 20, QFont.Weight.DemiBold))
    texts = (small.horizontalAdvance(names[0]), small.horizontalAdvance(f"{names[1]} {widest}"))
    return min(OUTPUT_CAP + BEFORE + max(CHANCE_WIDTH, big.horizontalAdvance(widest), *texts) + 2 + AFTER, MOST_ROOM)


def paint_answer(painter: QPainter, frame: Frame, answer: Answer, tokens: Tokens, base: QFont) -> None:
    """Draw what the network says, right of the output column."""
    layout = frame.layout
    left = layout.x[-1] + layout.radius[-1] + BEFORE
    room = layout.width - left - AFTER
    if room <= 0:  # so small a picture shows the network alone
        return
    if answer.kind == "binary":
        _paint_chance(painter, QRectF(left, float(layout.y[-1][0]), room, 0), answer, tokens, base)
        return
    rows = layout.y[-1]
    pitch = float(rows[1] - rows[0]) if len(rows) > 1 else 40.0
    every = max(1, math.ceil(14 / pitch))
    metrics = QFontMetricsF(label_font(base, 12, QFont.Weight.DemiBold))
    longest = min(max(metrics.horizontalAdvance(name) for name in answer.names) + 2, room * 0.5 - 6)
    for index, y in enumerate(rows.tolist()):
        if index % every and index != answer.best:
            continue
        strong = index == answer.best
        weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
        colour = tokens.text if strong else tokens.muted
        text_font = label_font(base, 12 if answer.kind == "multiclass" else 16, weight)
        name_width = room if answer.kind == "regression" else longest
        name_y = y - 26 if answer.kind == "regression" else y - 9
        draw_text(
            painter, label_font(base, 12, weight), colour, QRectF(left, name_y, name_width, 18),
            Qt.AlignmentFlag.AlignLeft, answer.names[index],
        )  # fmt: skip
        if answer.kind == "regression":
            box = QRectF(left, y - 8, room, 22)
            draw_text(painter, text_font, tokens.text, box, Qt.AlignmentFlag.AlignLeft, answer.texts[index])
        else:
            track = QRectF(left + name_width + 6, y - 2.5, room - name_width - 6 - SHARE_WIDTH, 5)
            _paint_bar(painter, track, answer.shares[index], tokens)
            box = QRectF(left + room * 0.5, y - 9, room * 0.5, 18)
            draw_text(painter, text_font, colour, box, Qt.AlignmentFlag.AlignRight, answer.texts[index])


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
    draw_text(painter, label_font(base, 12), tokens.text2, QRectF(left, y - 37, width, 18), align, answer.names[0])
    big = label_font(base, 20, QFont.Weight.DemiBold)
    draw_text(painter, big, tokens.text, QRectF(left, y - 20, width, 26), align, answer.texts[0], elide=False)
    track = QRectF(left, y + 10, min(width, CHANCE_WIDTH), 5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.surface3))
    painter.drawRoundedRect(track, 2.5, 2.5)
    painter.setBrush(QColor(tokens.positive))
    painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * answer.shares[0], 5), 2.5, 2.5)
    painter.setBrush(QColor(tokens.text2))
    turn = track.left() + track.width() * answer.threshold
    painter.drawRect(QRectF(turn - 0.75, track.top() - 3, 1.5, 11))  # from here on it says yes
    other = f"{answer.names[1]} {answer.texts[1]}"
    draw_text(painter, label_font(base, 12), tokens.muted, QRectF(left, y + 19, width, 18), align, other)
