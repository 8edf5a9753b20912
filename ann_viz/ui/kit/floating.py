"""A strip that floats over the top of a widget, in the middle, so that nothing below it moves."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QWidget

from ann_viz.ui.kit import theme

__all__ = ["Floating"]

TOP: Final = 8


class Floating(QFrame):
    """Hidden until it has something to say; `place` is called whenever it is shown or what it floats over is resized.

    Parameters
    ----------
    over : QWidget
        What it floats over.
    """

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.over = over
        self.setProperty("card", "banner")
        over.installEventFilter(self)
        self.hide()

    def place(self) -> None:
        """Stand in the middle, at the size of what is in it; overridden where that depends on the room."""
        self.adjustSize()
        self.move(max(0, (self.over.width() - self.width()) // 2), round(TOP * theme.magnified()))
        self.raise_()

    def event(self, event: QEvent) -> bool:
        """Give what is in it the room it asks for, also where a theme changes that."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.adjustSize()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of what it floats over."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            QTimer.singleShot(0, self, self.place)  # once what it floats over has taken in its new size
        return False
