"""Where the focus goes when the control that has it is disabled or hidden: nowhere that a key could press.

Qt gives it to the next control, so that Space, pressed once more, presses a neighbour of what was meant: Cancel after
Import. Here the part of the window around the control takes it: Tab goes on from there, and the control has it back as
soon as it can be used again, unless another one has got it in between.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

__all__ = ["RestingFocus", "rest_focus"]


class RestingFocus(QObject):
    """Watches the focus of all windows of an application.

    Parameters
    ----------
    app : QApplication
        The application, which it belongs to.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._left: QWidget | None = None
        self._rest: QWidget | None = None
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now is self._rest:
            return
        self._forget()
        if (
            old is None
            or not isValid(old)
            or can_be_used(old)
            or (now is not None and old.window() is not now.window())
        ):
            return
        rest = old.parentWidget()
        while rest is not None and not (can_be_used(rest) and not rest.focusPolicy() & Qt.FocusPolicy.TabFocus):
            rest = rest.parentWidget()
        if rest is not None:
            self._left, self._rest = old, rest
            old.installEventFilter(self)
            rest.setFocus(Qt.FocusReason.OtherFocusReason)

    def _forget(self) -> None:
        if self._left is not None and isValid(self._left):
            self._left.removeEventFilter(self)
        self._left = self._rest = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the focus back to a control that can be used again."""
        if event.type() in (QEvent.Type.EnabledChange, QEvent.Type.Show) and watched is self._left:
            left, rest = self._left, self._rest
            if left is not None and rest is not None and can_be_used(left) and rest is left.window().focusWidget():
                self._forget()
                left.setFocus(Qt.FocusReason.OtherFocusReason)
        return False


def rest_focus(app: QApplication) -> None:
    """Let the focus of all windows of an application rest; asked again, it stays as it is."""
    if app.findChild(RestingFocus) is None:
        RestingFocus(app)


def can_be_used(control: QWidget) -> bool:
    """Whether keys can reach it."""
    return control.isEnabled() and control.isVisible()
