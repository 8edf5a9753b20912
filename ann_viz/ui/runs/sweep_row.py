"""How a sweep is drawn among the runs: a mark that unfolds it, its name, how many runs it did and the best of them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ann_viz.numerals import count
from ann_viz.session.run_tree import SweepRow
from ann_viz.ui.kit import icons, theme

__all__ = ["is_on_fold", "paint_sweep"]

FOLD: Final = 22
"""From the left end of the row: here a click folds or unfolds, where there is something to unfold."""

ICON: Final = 14
GAP: Final = 6
NAME_PIXELS: Final = 12.5
SMALL_PIXELS: Final = 11.0
CHIP_HEIGHT: Final = 17.0


def is_on_fold(row: QRect, x: int) -> bool:
    """Return whether a place in the row of a sweep is the mark that unfolds it."""
    return x < row.left() + FOLD


def paint_sweep(
    painter: QPainter, option: QStyleOptionViewItem, sweep: SweepRow, *, has_runs: bool, is_open: bool
) -> None:
    """Draw the row of a sweep.

    Parameters
    ----------
    painter, option
        As a delegate gets them.
    sweep : SweepRow
    has_runs : bool
        Whether runs were opened from it, which stand below.
    is_open : bool
        Whether these are seen.
    """
    tokens, rect = theme.current(), QRectF(option.rect)
    _paint_ground(painter, option)
    middle, ratio = rect.center().y(), painter.deviceTransform().m11()
    if has_runs:
        fold = icons.pixmap("chevron-down" if is_open else "chevron-right", tokens.muted, ICON, ratio=ratio)
        painter.drawPixmap(QPointF(rect.left() + 4, middle - ICON / 2), fold)
    glyph = icons.pixmap("chart-scatter", tokens.text2, ICON, ratio=ratio)
    painter.drawPixmap(QPointF(rect.left() + FOLD, middle - ICON / 2), glyph)
    right = _paint_best(painter, rect.adjusted(0, 0, -6, 0), option.font, sweep)
    left = rect.left() + FOLD + ICON + GAP
    left = _write(painter, left, right, rect, _font(option.font, NAME_PIXELS, bold=True), tokens.text, sweep.name)
    _paint_chip(painter, left + GAP, right - GAP, middle, _font(option.font, SMALL_PIXELS), count(sweep.n_runs, "run"))


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    tokens, rect = theme.current(), QRectF(option.rect)
    box = rect.adjusted(0.5, 3.5, -0.5, -2.5)
    painter.setPen(QPen(QColor(tokens.border), 1))
    painter.drawLine(rect.topLeft(), rect.topRight())
    has_keys = bool(option.state & QStyle.StateFlag.State_Selected and option.state & QStyle.StateFlag.State_HasFocus)
    if has_keys or bool(option.state & QStyle.StateFlag.State_MouseOver):
        painter.setPen(QPen(QColor(tokens.accent), 2) if has_keys else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.surface2))
        painter.drawRoundedRect(box, 8, 8)


def _paint_best(painter: QPainter, rect: QRectF, base: QFont, sweep: SweepRow) -> float:
    """Write the best score at the right, and return where it begins."""
    if not sweep.best:
        return rect.right()
    tokens, bold = theme.current(), _font(base, SMALL_PIXELS, bold=True)
    word = QCoreApplication.translate("SweepRow", "best")
    left = rect.right() - QFontMetricsF(bold).horizontalAdvance(sweep.best)
    _write(painter, left, rect.right(), rect, bold, tokens.text, sweep.best)
    plain = _font(base, SMALL_PIXELS)
    start = left - QFontMetricsF(plain).horizontalAdvance(f"{word} ")
    _write(painter, start, left, rect, plain, tokens.muted, word)
    return start


def _paint_chip(painter: QPainter, left: float, right: float, middle: float, font: QFont, text: str) -> None:
    """Write in a rounded box, where there is room for it."""
    tokens, width = theme.current(), QFontMetricsF(font).horizontalAdvance(text) + 12
    if left + width > right:
        return
    height = CHIP_HEIGHT * theme.magnified()
    box = QRectF(left, middle - height / 2, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.surface3))
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(QColor(tokens.text2))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _write(painter: QPainter, left: float, right: float, row: QRectF, font: QFont, colour: str, text: str) -> float:
    """Write from `left` on, no further than `right`; return where it ends."""
    metrics = QFontMetricsF(font)
    room = max(0.0, right - left)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room + 0.5)
    painter.drawText(QRectF(left, row.top(), room + 1, row.height()), Qt.AlignmentFlag.AlignVCenter, shown)
    return left + metrics.horizontalAdvance(shown)


def _font(base: QFont, pixels: float, *, bold: bool = False) -> QFont:
    font = theme.tabular(base)
    font.setPixelSize(round(pixels * theme.magnified()))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font
