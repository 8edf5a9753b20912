"""A handle that is clicked or dragged up and down, and the line that says where what is dragged would go."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from ann_viz.ui.kit import theme
from ann_viz.ui.kit.controls import IconButton

__all__ = ["DropMark", "Grip"]

THICKNESS: Final = 3


class Grip(IconButton):
    """An icon that can be dragged; ``dragged`` and ``dropped`` carry the height of the mouse on the screen."""

    dragged = Signal(int)
    dropped = Signal(int)

    _pressed: QPoint | None = None
    _dragging = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        self._pressed, self._dragging = event.globalPosition().toPoint(), False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse once it has gone far enough."""
        here = event.globalPosition().toPoint()
        if self._pressed is not None and (
            self._dragging or (here - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        ):
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.dragged.emit(here.y())
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop what was dragged; without a drag it was a click."""
        was_dragging, self._pressed, self._dragging = self._dragging, None, False
        if not was_dragging:
            super().mouseReleaseEvent(event)
            return
        self.unsetCursor()
        self.setDown(False)
        self.dropped.emit(event.globalPosition().toPoint().y())


class DropMark(QWidget):
    """A line between two rows.

    Parameters
    ----------
    parent : QWidget
        In which the rows stand.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._host = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, row: QWidget, *, above: bool) -> None:
        """Show the line at an edge of `row`."""
        corner = row.mapTo(self._host, QPoint(0, -THICKNESS - 1 if above else row.height() + 1))
        self.setGeometry(corner.x(), corner.y(), row.width(), THICKNESS)
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(theme.current().accent))
