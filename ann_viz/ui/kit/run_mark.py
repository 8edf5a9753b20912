"""The letter of a run in its colour, or a swatch of it, as a widget."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ann_viz.ui.kit.run_colours import paint_mark

__all__ = ["RunMark", "mark_icon"]

SIDE: Final = 18


class RunMark(QWidget):
    """A or B on the colour of a run.

    Parameters
    ----------
    letter : str
        Empty for a swatch.
    place : int
        Of the run among all.
    side : int
        How large it is.
    """

    def __init__(self, letter: str, place: int, parent: QWidget | None = None, *, side: int = SIDE) -> None:
        super().__init__(parent)
        self._letter, self._place = letter, place
        self.setFixedSize(side, side)
        self.setAccessibleName(letter)

    def show_place(self, place: int) -> None:
        """Be of another run."""
        self._place = place
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            paint_mark(painter, QRectF(self.rect()), self._place, self._letter, self.font())


def mark_icon(letter: str, place: int, widget: QWidget) -> QIcon:
    """Return the same as an icon, for a list."""
    ratio = 2
    pixmap = QPixmap(SIDE * ratio, SIDE * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        paint_mark(painter, QRectF(0, 0, SIDE, SIDE), place, letter, widget.font())
    return QIcon(pixmap)
