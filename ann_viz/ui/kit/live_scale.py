"""How large everything is drawn, changed while windows are open.

Qt takes its factor from ``QT_SCALE_FACTOR`` when the program starts, and has no public way to change it later. Here it
is told what its own platforms tell it when a desktop is scaled otherwise; why, and how far that goes, is written in
``resources/docs/decisions/0024-text-size-at-once.md``.
"""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QPoint,
    QRect,
    QSize,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QMoveEvent, QResizeEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from ann_viz.ui.kit.qt_library import gui_function
from ann_viz.ui.kit.screen_fit import within

__all__ = ["set_scale"]

# static void QHighDpiScaling::setGlobalFactor(double)
SET_FACTOR: Final = "_ZN15QHighDpiScaling15setGlobalFactorEd"
# static void QWindowSystemInterface::handleScreenLogicalDotsPerInchChange(QScreen *, double, double)
SCREEN_CHANGED: Final = "_ZN22QWindowSystemInterface36handleScreenLogicalDotsPerInchChangeEP7QScreendd"
# static void QWindowSystemInterface::setSynchronousWindowSystemEvents(bool)
AT_ONCE: Final = "_ZN22QWindowSystemInterface32setSynchronousWindowSystemEventsEb"

REMARK: Final = "Should only be called when no windows exist"
"""What Qt says of a new factor: windows are to be told of it, which `set_scale` does."""

_MADE_LARGER: Final = "annVizMadeLarger"
"""The pixels that a window has and those that it was wanted to have, a property of it."""

FILLING: Final = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen


@dataclass(frozen=True, eq=False)
class _Place:
    """Where a window lies before everything is drawn in another size."""

    widget: QWidget
    logical: QRect
    from_corner: QPoint
    pixels: QSize
    """How many of its screen it takes."""


def set_scale(app: QApplication, factor: float) -> bool:
    """Draw everything so many times as large as the desktop asks for; windows keep their place and size on the screen.

    A window becomes larger only where it would be smaller than it may be. Returns False where nothing could be done.
    """
    functions = _functions()
    if functions is None:
        return False
    set_factor, screen_changed, at_once = functions
    windows = [each for each in app.topLevelWidgets() if each.windowHandle() is not None and _is_kept(each)]
    places = [_place_of(widget) for widget in windows]
    with _without(REMARK):
        set_factor(factor)
    at_once(True)  # or windows would paint before they know of it
    for screen in app.screens():
        dots = screen.logicalDotsPerInchX(), screen.logicalDotsPerInchY()
        screen_changed(shiboken6.Shiboken.getCppPointer(screen)[0], *dots)
    at_once(False)
    for place in places:
        _put_back(place)
    return True


@functools.cache
def _functions() -> tuple[Callable[..., None], ...] | None:
    found = (
        gui_function(SET_FACTOR, ctypes.c_double),
        gui_function(SCREEN_CHANGED, ctypes.c_void_p, ctypes.c_double, ctypes.c_double),
        gui_function(AT_ONCE, ctypes.c_bool),
    )
    functions = tuple(each for each in found if each is not None)
    return functions if len(functions) == len(found) else None


def _is_kept(widget: QWidget) -> bool:
    return widget.windowType() not in (Qt.WindowType.Popup, Qt.WindowType.ToolTip)


def _place_of(widget: QWidget) -> _Place:
    ratio, place = widget.devicePixelRatioF(), widget.geometry()
    corner = widget.screen().geometry().topLeft()  # which stays where it is, whatever the factor
    return _Place(widget, place, (place.topLeft() - corner) * ratio, place.size() * ratio)


def _put_back(place: _Place) -> None:
    """Give a window the pixels that it had; one that is not shown opens in the size that it asked for, as usual."""
    widget, screen = place.widget, place.widget.screen()
    _tell_size(widget, widget.windowHandle())
    if widget.windowState() & FILLING:
        return
    wanted = place.logical
    if widget.isVisible():
        ratio = widget.devicePixelRatioF()
        corner = screen.geometry().topLeft() + place.from_corner / ratio
        wanted = QRect(corner, (_wanted_pixels(place) / ratio).expandedTo(widget.minimumSize()))
    inside = within(wanted, screen.availableGeometry())
    widget.setGeometry(QRect(inside.topLeft(), inside.size().expandedTo(widget.minimumSize())))
    if widget.isVisible():
        widget.setProperty(_MADE_LARGER, (widget.size() * widget.devicePixelRatioF(), _wanted_pixels(place)))


def _wanted_pixels(place: _Place) -> QSize:
    """Return how large a window was before it had to become larger, if nobody has given it another size since."""
    made_larger = place.widget.property(_MADE_LARGER)
    return made_larger[1] if made_larger is not None and made_larger[0] == place.pixels else place.pixels


def _tell_size(widget: QWidget, window: QWindow) -> None:
    """Let a widget know how large its window is now, of which its screen sees no change."""
    QCoreApplication.sendEvent(window, QMoveEvent(window.position(), widget.pos()))
    QCoreApplication.sendEvent(window, QResizeEvent(window.size(), widget.size()))


@contextmanager
def _without(remark: str) -> Iterator[None]:
    """Leave out what Qt says of one thing, and hand on everything else."""

    def hand_on(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if remark not in message and before is not None:
            before(kind, context, message)

    before = qInstallMessageHandler(hand_on)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
