"""The colours by which runs are known in the tree, in the charts and side by side: six of them, then again dashed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from ann_viz.ui.kit import theme

__all__ = ["is_dashed", "paint_mark", "run_colour"]

ROUND = 3.0  # the corners of a swatch


def run_colour(place: int) -> str:
    """Return the colour of the run at a place among all, from 0, in the theme that is in use."""
    colours = theme.current().runs
    return colours[place % len(colours)]


def is_dashed(place: int) -> bool:
    """Return whether the curve of a run is dashed, because others before it have all colours."""
    return place // len(theme.current().runs) % 2 == 1


def paint_mark(painter: QPainter, box: QRectF, place: int, letter: str, font: QFont) -> None:
    """Draw the swatch of a run, or its letter while it is compared.

    Parameters
    ----------
    painter : QPainter
    box : QRectF
        As large as a letter needs; a swatch is smaller.
    place : int
        Of the run among all.
    letter : str
        A or B; empty for a swatch.
    font : QFont
        Of the letter.
    """
    colour = QColor(run_colour(place))
    shrink = 0.0 if letter else box.width() * 0.16
    filled = box.adjusted(shrink, shrink, -shrink, -shrink)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.5) if is_dashed(place) else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.Dense4Pattern if is_dashed(place) and not letter else Qt.BrushStyle.SolidPattern)
    brush = painter.brush()
    brush.setColor(colour)
    painter.setBrush(brush)
    painter.drawRoundedRect(filled, ROUND, ROUND)
    if letter:
        dark = colour.lightnessF() > 0.6
        tokens = theme.current()
        painter.setPen(QColor(tokens.ink_dark if dark else tokens.ink_light))
        bold = QFont(font)
        bold.setPixelSize(round(box.height() * 0.7))
        bold.setWeight(QFont.Weight.Bold)
        painter.setFont(bold)
        painter.drawText(filled, Qt.AlignmentFlag.AlignCenter, letter)
    painter.restore()
