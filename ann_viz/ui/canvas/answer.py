"""What the network says about the shown row, and how it is drawn right of the output column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from ann_viz.explain.wording import Answer
from ann_viz.scene import Layout
from ann_viz.scene.layout import OUTPUT_CAP
from ann_viz.ui.canvas.labels import draw_text, label_font
from ann_viz.ui.kit.painted import fitted_names
from ann_viz.ui.kit.theme import Tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["chance_room", "paint_answer"]

SHARE_WIDTH: Final = 44.0
CHANCE_WIDTH: Final = 66.0  # of the bar
BEFORE, AFTER = 14.0, 8.0  # between output and answer, between answer and edge
MOST_ROOM: Final = 178.0
PITCH: Final = 14.0  # from one class to the next, for letters of the usual size


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


def paint_answer(
    painter: QPainter, layout: Layout, answer: Answer, shown: NDArray[np.intp], tokens: Tokens, base: QFont
) -> None:
    """Draw what the network says, right of the output column.

    Parameters
    ----------
    shown : ndarray of int
        Which outputs are drawn.
    """
    left = layout.x[-1] + layout.radius[-1] + BEFORE
    room = layout.width - left - AFTER
    if room <= 0:  # so small a picture shows the network alone
        return
    box = QRectF(left, float(layout.y[-1][0]), room, 0)
    if answer.kind == "binary":
        _paint_chance(painter, box, answer, tokens, base)
    elif answer.kind == "multiclass":
        _paint_classes(painter, box, layout.y[-1], answer, shown, tokens, base)
    else:
        _paint_numbers(painter, box, layout.y[-1], answer, tokens, base)


def _paint_classes(
    painter: QPainter,
    box: QRectF,
    rows: NDArray[np.floating],
    answer: Answer,
    shown: NDArray[np.intp],
    tokens: Tokens,
    base: QFont,
) -> None:
    """Draw name, bar and chance of every class; where they are tight, those of the likeliest."""
    pitch = float(rows[1] - rows[0]) if len(rows) > 1 else PITCH
    size = 12 if pitch >= PITCH else 11
    strong, plain = label_font(base, size, QFont.Weight.DemiBold), label_font(base, size)
    room = box.width() * 0.5 - 6
    names = fitted_names([answer.names[place] for place in shown], QFontMetricsF(strong), room)
    width = min(max(QFontMetricsF(strong).horizontalAdvance(name) for name in names) + 2, room)
    shares = [answer.shares[place] for place in shown]
    for index in _readable(rows, shares, size):
        is_best, y = shown[index] == answer.best, float(rows[index])
        font, colour = (strong, tokens.text) if is_best else (plain, tokens.muted)
        name_box, text = QRectF(box.left(), y - 9, width, 18), answer.texts[shown[index]]
        draw_text(painter, font, colour, name_box, Qt.AlignmentFlag.AlignLeft, names[index], elide=False)
        track = QRectF(name_box.right() + 6, y - 2.5, box.width() - width - 6 - SHARE_WIDTH, 5)
        _paint_bar(painter, track, shares[index], tokens)
        half = QRectF(box.left() + box.width() * 0.5, y - 9, box.width() * 0.5, 18)
        draw_text(painter, font, colour, half, Qt.AlignmentFlag.AlignRight, text)


def _readable(rows: NDArray[np.floating], shares: Sequence[float], size: int) -> list[int]:
    """Return which of some rows can be written beside, so that none touches another: the likelier go first."""
    taken: list[int] = []
    for index in np.argsort(-np.asarray(shares), kind="stable").tolist():
        if all(abs(rows[index] - rows[other]) >= size - 0.5 for other in taken):
            taken.append(index)
    return taken


def _paint_numbers(
    painter: QPainter, box: QRectF, rows: NDArray[np.floating], answer: Answer, tokens: Tokens, base: QFont
) -> None:
    left, align = box.left(), Qt.AlignmentFlag.AlignLeft
    strong = [label_font(base, size, QFont.Weight.DemiBold) for size in (12, 16)]
    for y, name, text in zip(rows.tolist(), answer.names, answer.texts, strict=True):
        draw_text(painter, strong[0], tokens.text, QRectF(left, y - 26, box.width(), 18), align, name)
        draw_text(painter, strong[1], tokens.text, QRectF(left, y - 8, box.width(), 22), align, text)


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
