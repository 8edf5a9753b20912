"""Windows no larger than their screen: at the first start, where they were the last time, and when a screen goes away.

How small a window may be depends on the screen: a laptop whose desktop or text is scaled has less room than a window
would like to have at least.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

__all__ = ["FRAME", "QWIDGETSIZE_MAX", "SMALLEST", "ScreenFit", "dialog_size", "first_size", "least_size", "within"]

QWIDGETSIZE_MAX: Final = (1 << 24) - 1
"""Qt's own word for as large as a widget likes, which has no name in Python."""

SMALLEST: Final = QSize(900, 520)
"""Below it parts of the window would lie over each other, however small the screen is."""

FRAME: Final = QSize(2, 40)
"""What the desktop may draw around a window."""


MARGIN: Final = QSize(48, 48)
"""By so much a dialog is smaller than its window: what is left of that shows what it stands on."""


def dialog_size(wanted: QSize, dialog: QWidget) -> QSize:
    """Return how large a dialog may be: it leaves something of its window to be seen, and fits the screen."""
    window = dialog.parentWidget()
    room = dialog.screen().availableSize()
    if window is not None:
        room = room.boundedTo(window.window().size() - MARGIN)
    return wanted.boundedTo(room)


def least_size(usual: QSize, room: QSize) -> QSize:
    """Return how small a window may become: where it is possible at all, no larger than the room of its screen."""
    return usual.boundedTo((room - FRAME).expandedTo(SMALLEST))


def first_size(usual: QSize, least: QSize, room: QSize) -> QSize:
    """Return how large a window opens for the first time.

    Parameters
    ----------
    usual, least : QSize
        The size where there is room, and the one below which it never opens.
    room : QSize
        What the screen has to give.
    """
    return usual.boundedTo(room - FRAME).expandedTo(least)


def within(place: QRect, room: QRect) -> QRect:
    """Return a place moved, and made smaller where it must be, so that it lies on the screen."""
    size = place.size().boundedTo(room.size())
    left = min(max(place.left(), room.left()), room.left() + room.width() - size.width())
    top = min(max(place.top(), room.top()), room.top() + room.height() - size.height())
    return QRect(QPoint(left, top), size)


class ScreenFit(QObject):
    """Keeps a window on its screen.

    Parameters
    ----------
    window : QWidget
    usual_least : QSize
        How small it may become where there is room.
    """

    def __init__(self, window: QWidget, usual_least: QSize) -> None:
        super().__init__(window)
        self._window = window
        self._usual_least = usual_least
        self._bound_size()
        for screen in QGuiApplication.screens():
            self._follow(screen)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._follow)
            app.screenRemoved.connect(self.fit)

    def open_in(self, usual: QSize) -> None:
        """Give the window its first size."""
        screen = self._screen_of_window()
        if screen is None:
            self._window.resize(usual)
        else:
            self._window.resize(first_size(usual, self._window.minimumSize(), screen.availableSize()))

    def fit(self) -> None:
        """Let the window become as small as its screen, and bring back what lies outside of it."""
        self._bound_size()
        window, screen = self._window, self._screen_of_window()
        filling = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen
        if screen is None or window.windowState() & filling:
            return
        room = screen.availableGeometry()
        frame = window.frameGeometry()
        inside = within(frame, room)
        if inside != frame:
            beside = frame.size() - window.size()
            window.resize((inside.size() - beside).expandedTo(window.minimumSize()))
            window.move(inside.topLeft())

    def _bound_size(self) -> None:
        screen = self._screen_of_window()
        room = QSize(0, 0) if screen is None else screen.availableSize()
        self._window.setMinimumSize(least_size(self._usual_least, room))

    def _screen_of_window(self) -> QScreen | None:
        """Return where its middle is; where that is nowhere any more, the primary screen."""
        return QGuiApplication.screenAt(self._window.frameGeometry().center()) or QGuiApplication.primaryScreen()

    def _follow(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self.fit)
