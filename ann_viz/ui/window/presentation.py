"""Presentation mode: the picture, the five steps and the loss, large enough for the back row; all else is put away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QWidget

from ann_viz.ui.kit import theme

if TYPE_CHECKING:
    from ann_viz.ui.window.main_window import MainWindow

__all__ = ["Presentation"]

LARGER: Final = 1.35


class Presentation(QObject):
    """Puts the window into presentation mode, and back as it was.

    Parameters
    ----------
    window : MainWindow
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
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
        kept = (window.explain_dock, window.watch_dock)
        put_away = [window.menu_bar, *(dock for dock in window.findChildren(QDockWidget) if dock not in kept)]
        self._before = [(widget, widget.isVisible()) for widget in (*put_away, *kept)]
        self._state = window.windowState()
        for widget in put_away:
            widget.hide()
        for dock in kept:
            dock.show()
        window.right_panel.show_only_chart(True)
        self._magnify(LARGER)
        window.setWindowState(self._state | Qt.WindowState.WindowFullScreen)

    def leave(self) -> None:
        """End; nothing when nothing is presented."""
        if not self.active:
            return
        before, self._before = self._before, []
        self._magnify(1.0)
        self._window.right_panel.show_only_chart(False)
        for widget, visible in before:
            widget.setVisible(visible)
        self._window.setWindowState(self._state)
        self._window.docks.settle()

    def _magnify(self, factor: float) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.magnify(app, factor)
        self._window.canvas_card.canvas.magnify(factor)
        self._window.docks.fit_panels()
