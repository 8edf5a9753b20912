"""What stands in the middle of the window: the start page, the network, or a page that a lesson brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

if TYPE_CHECKING:
    from ann_viz.ui.bridge import Bridge

__all__ = ["Pages"]


class Pages(QObject):
    """Chooses the page of the stack; those of lessons are made when first asked for.

    Parameters
    ----------
    bridge : Bridge
        To the session.
    stack : QStackedWidget
        With the start page and the network in it.
    """

    changed = Signal()
    """Something a lesson may ask about has changed on a page."""

    def __init__(self, bridge: Bridge, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._bridge = bridge
        self._stack = stack
        self._name = "network"

    def show(self, name: str) -> None:
        """Show "network", "slope" or "compare"; without data it is the start page all the same."""
        self._name = name
        self.refresh()

    def refresh(self) -> None:
        """Show the page that was asked for, or the start page without data."""
        self._stack.setCurrentIndex(0 if self._bridge.session.dataset is None else 1)

    def facts(self) -> dict[str, Any]:
        """Return what the pages know, as fields of `LessonState`."""
        return {}
