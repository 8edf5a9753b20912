"""A place for what changes many times a second: nothing around it is laid out anew each time."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

__all__ = ["Pane"]


class Pane(QWidget):
    """Gives one widget all of its own room, whatever that asks for.

    Parameters
    ----------
    content : QWidget
    least : int
        The width that it insists on.
    """

    def __init__(self, content: QWidget, least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        content.setParent(self)
        self.setMinimumWidth(least)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pass the room on."""
        super().resizeEvent(event)
        self._content.setGeometry(self.rect())
