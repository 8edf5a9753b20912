"""Points at a widget of the window: a ring around it for two seconds.

The ring stands still, so that there is nothing to switch off for those who want no motion.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDockWidget, QScrollArea, QTabWidget, QWidget

from ann_viz.ui.kit import theme
from ann_viz.ui.kit.late import LatePage
from ann_viz.ui.kit.side import Flyover

__all__ = ["Ring", "can_be_shown", "find_part", "point_at"]

DURATION_MS: Final = 2000
MARGIN: Final = 4
WIDTH: Final = 3.0
RADIUS: Final = 11.0


class Ring(QWidget):
    """A frame around a widget of the same window that lets the mouse through and removes itself.

    Parameters
    ----------
    target : QWidget
        What it is drawn around, also when that moves.
    """

    def __init__(self, target: QWidget) -> None:
        super().__init__(target.window())
        self._target = target
        self.setObjectName("showMeRing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DURATION_MS)
        self._timer.timeout.connect(self.deleteLater)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._place)
        target.installEventFilter(self)
        target.window().installEventFilter(self)
        target.destroyed.connect(self._soon.stop)
        target.destroyed.connect(self.deleteLater)
        self._place()
        self.raise_()
        self.show()
        self._timer.start()

    def _place(self) -> None:
        """Surround what is to be seen of the target, within the window."""
        window = self._target.window()
        seen = self._target.visibleRegion().boundingRect() or self._target.rect()
        box = QRect(self._target.mapTo(window, QPoint(0, 0)) + seen.topLeft(), seen.size())
        self.setGeometry(box.marginsAdded(QMargins(MARGIN, MARGIN, MARGIN, MARGIN)).intersected(window.rect()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay around the target when the window is arranged anew."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.LayoutRequest):
            # Not at once: the layout may not have moved the target yet.
            self._soon.start(0)
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        inset = WIDTH / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.current().accent), WIDTH))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)


def find_part(window: QWidget, name: str) -> QWidget | None:
    """Return the part of a window that has this object name.

    If it is in no page that stands, it may be in one that nobody has looked at yet: those are made then.
    """
    late = [page for page in window.findChildren(LatePage) if not page.is_made]
    found = window.findChild(QWidget, name)
    while found is None and late:
        _ = late.pop().page
        found = window.findChild(QWidget, name)
    return found


def can_be_shown(widget: QWidget) -> bool:
    """Return whether `widget` can be seen as soon as the docks and tabs it sits in are shown."""
    window = widget.window()
    part: QWidget | None = widget
    while part is not None and part is not window:
        if part.isHidden() and not isinstance(part, (QDockWidget, Flyover)) and _tabs_of(part) is None:
            return False
        part = part.parentWidget()
    return True


def point_at(widget: QWidget) -> Ring:
    """Raise the window of `widget`, show its dock and tab, scroll to it, and put a ring around it for two seconds.

    Parameters
    ----------
    widget : QWidget
        Of which `can_be_shown` is true.

    Returns
    -------
    Ring
        The ring; it removes itself, and takes away another one that is still there.
    """
    window = widget.window()
    for old in window.findChildren(Ring):
        old.hide()
        old.deleteLater()
    part: QWidget | None = widget
    while part is not None and part is not window:
        tabs = _tabs_of(part)
        if tabs is not None:
            tabs.setCurrentWidget(part)
        if isinstance(part, QDockWidget):
            part.show()
        elif isinstance(part, Flyover):
            part.open_for(widget)
        part = part.parentWidget()
    _arrange(window)
    part = widget.parentWidget()
    while part is not None and part is not window:
        if isinstance(part, QScrollArea) and part.isAncestorOf(widget):
            part.ensureWidgetVisible(widget, 0, MARGIN)
        part = part.parentWidget()
    if window.isMinimized():
        window.showNormal()
    window.raise_()
    window.activateWindow()
    return Ring(widget)


def _tabs_of(page: QWidget) -> QTabWidget | None:
    """Return the tabs of which `page` is one."""
    stack = page.parentWidget()
    tabs = stack.parentWidget() if stack is not None else None
    return tabs if isinstance(tabs, QTabWidget) and tabs.indexOf(page) >= 0 else None


def _arrange(window: QWidget) -> None:
    """Lay the window out now: a dock that was hidden has no place until then."""
    layout = window.layout()
    if layout is not None:
        layout.activate()
