"""Presentation mode: the picture, the five steps and the loss, large enough for the back row; all else is put away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QWidget

from ann_viz.ui.kit import theme
from ann_viz.ui.kit.screen_fit import SMALLEST
from ann_viz.ui.window.docks import Docks
from ann_viz.ui.window.watch_dock import RightPanel

__all__ = ["Presentation"]

LARGER: Final = 1.35
"""How much larger words are; less on a small screen, of which a letter takes the same share as it is."""


def factor_for(width: int) -> float:
    """Return how much larger words may be on a screen of so many pixels, so that none has to be cut."""
    return min(max(width / SMALLEST.width(), 1.0), LARGER)


class Presentation(QObject):
    """Puts the window into presentation mode, and back as it was.

    Parameters
    ----------
    window : QMainWindow
    menu_bar : QWidget
        Put away.
    docks : Docks
        Of which Explain and Watch stay.
    right_panel : RightPanel
        Shows its chart only.
    magnify : callable
        Draws the picture so many times as large.
    """

    def __init__(
        self,
        window: QMainWindow,
        menu_bar: QWidget,
        docks: Docks,
        right_panel: RightPanel,
        magnify: Callable[[float], object],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._menu_bar = menu_bar
        self._docks = docks
        self._right_panel = right_panel
        self._magnify_picture = magnify
        self._before: list[tuple[QWidget, bool]] = []
        self._state = Qt.WindowState.WindowNoState

    @property
    def active(self) -> bool:
        """Whether something is presented now."""
        return bool(self._before)

    def toggle(self) -> None:
        """Begin or end."""
        if self.active:
            self.leave()
        else:
            self._enter()

    def _enter(self) -> None:
        window = self._window
        kept = (self._docks.explain, self._docks.watch)
        put_away = [self._menu_bar, *(dock for dock in window.findChildren(QDockWidget) if dock not in kept)]
        self._before = [(widget, widget.isVisible()) for widget in (*put_away, *kept)]
        self._state = window.windowState()
        for widget in put_away:
            widget.hide()
        for dock in kept:
            dock.show()
        self._right_panel.show_only_chart(True)
        self._magnify(factor_for(max(window.width(), window.screen().size().width())))
        window.setWindowState(self._state | Qt.WindowState.WindowFullScreen)

    def leave(self) -> None:
        """End; nothing when nothing is presented."""
        if not self.active:
            return
        before, self._before = self._before, []
        self._magnify(1.0)
        self._right_panel.show_only_chart(False)
        for widget, visible in before:
            widget.setVisible(visible)
        self._window.setWindowState(self._state)
        self._docks.settle()

    def _magnify(self, factor: float) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.magnify(app, factor)
        self._magnify_picture(factor)
        self._docks.fit_panels()
