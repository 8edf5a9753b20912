"""Widgets that paint themselves in the colours of the theme, and texts cut or broken to the room they have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.isolates import isolated
from ann_viz.short_names import told_apart
from ann_viz.ui.kit import theme

__all__ = ["Painted", "fitted", "fitted_names", "in_lines", "write_cut"]

LEAST_HEAD: Final = 3  # letters that are left of a column's name before its category is cut as well


def fitted(text: str, metrics: QFontMetricsF, width: float) -> str:
    """Return `text` cut to `width`, with both of its ends: "sensor_017_n" and "sensor_018_n" differ in the last.

    Of "Geography: Spain" the column's name is cut before the category.
    """
    text = isolated(text)
    if metrics.horizontalAdvance(text) <= width:
        return text
    head, colon, tail = text.partition(": ")
    room = width - metrics.horizontalAdvance(colon + tail)
    if colon and room >= metrics.horizontalAdvance(head[:LEAST_HEAD] + "…"):
        return metrics.elidedText(head, Qt.TextElideMode.ElideRight, room) + colon + tail
    return metrics.elidedText(f"…{tail}" if colon else text, Qt.TextElideMode.ElideMiddle, width)


def fitted_names(names: Sequence[str], metrics: QFontMetricsF, width: float) -> tuple[str, ...]:
    """Return the names of a list in the longest form that fits: whole, without what all share, or else cut."""
    for form in (names, told_apart(names), told_apart(names, bare=True)):
        names = form
        if all(metrics.horizontalAdvance(name) <= width for name in names):
            break
    return tuple(fitted(name, metrics, width) for name in names)


def in_lines(text: str, metrics: QFontMetricsF, most: int) -> tuple[str, ...]:
    """Break `text` between words into two lines, so that the longer one is short, unless at `most` one is allowed."""
    words = text.split()
    if most == 1 or len(words) <= 1:
        return (text,)
    breaks = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words)))
    return min(breaks, key=lambda lines: max(metrics.horizontalAdvance(line) for line in lines))


def write_cut(
    painter: QPainter,
    box: QRectF,
    font: QFont,
    colour: str,
    text: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Write a line halfway down a box; what it has no room for is cut at the end."""
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)


class Painted(QWidget):
    """A widget that paints itself in the colours of the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def font_of(self, pixels: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return the program's font in this size, with digits of equal width."""
        font = theme.tabular(self.font())
        font.setPixelSize(pixels)
        font.setWeight(weight)
        return font

    def changeEvent(self, event: QEvent) -> None:
        """Repaint in another theme or font."""
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self.update()
        super().changeEvent(event)
