"""What scrolls where it is too high for its place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

__all__ = ["Scrolling"]


class Scrolling(QScrollArea):
    """A pane without a frame, as wide as its place, that scrolls up and down.

    Parameters
    ----------
    content : QWidget, optional
        What scrolls; may come later, by ``setWidget``.
    name : str
        What a screen reader calls it. With a name Tab stops at it, so that keys can scroll what has nothing to focus;
        without one Tab goes on to what is inside.
    sideways : bool
        Whether it scrolls sideways as well where what is inside can't be narrower.
    """

    def __init__(
        self, content: QWidget | None = None, parent: QWidget | None = None, *, name: str = "", sideways: bool = False
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if name else Qt.FocusPolicy.NoFocus)
        if content is not None:
            self.setWidget(content)
