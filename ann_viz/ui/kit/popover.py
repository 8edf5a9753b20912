"""A small window that opens at a control and closes with Esc or a click beside it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QSizePolicy, QVBoxLayout, QWidget

from ann_viz.translation import translate
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.screen_fit import within
from ann_viz.ui.kit.wheel import ComboBox

__all__ = ["Popover", "choice_box"]

MARGIN = 14
GAP = 4  # between it and what it belongs to


class Popover(QFrame):
    """A bordered column of controls.

    Parameters
    ----------
    title : str
        What it is about, for screen readers.
    width : int
        How wide it is.
    parent : QWidget
        The dialog it belongs to.
    """

    def __init__(self, title: str, width: int, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAccessibleName(title)
        self.setFixedWidth(width)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, MARGIN - 2, MARGIN, MARGIN - 2)
        self.column.setSpacing(8)

    def open_at(self, point: QPoint) -> None:
        """Open below a point of the screen, as far as there is room."""
        self.adjustSize()
        self._keep_within(point)
        self.show()

    def open_beside(self, widget: QWidget) -> None:
        """Open below a widget, above it where there is no room below; in the middle of the window where it is hidden.

        So what was clicked stays in sight.
        """
        self.adjustSize()
        if not widget.isVisible():
            window = widget.window()
            self.open_at(window.mapToGlobal(window.rect().center()) - self.rect().center())
            return
        below = widget.mapToGlobal(QPoint(0, widget.height() + GAP))
        above = widget.mapToGlobal(QPoint(0, -GAP - self.height()))
        room = widget.screen().availableGeometry()
        fits = below.y() + self.height() <= room.top() + room.height() or above.y() < room.top()
        self.open_at(below if fits else above)

    def _keep_within(self, point: QPoint) -> None:
        self.move(within(QRect(point, self.size()), self.screen().availableGeometry()).topLeft())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay on the screen with what has come into it since."""
        super().resizeEvent(event)
        if self.isVisible():
            self._keep_within(self.pos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter closes it as Esc does: every change has acted already."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.close()
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the keys back to the window: not every desktop does."""
        super().hideEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            parent.window().activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the border."""
        with QPainter(self) as painter:
            painter.setPen(QColor(theme.current().border_strong))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


def choice_box(name: str, choices: Iterable[tuple[str, object]]) -> QComboBox:
    """Return a combo box of marked labels with values."""
    box = ComboBox()
    box.setAccessibleName(name)
    box.setProperty("small", True)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    for text, value in choices:
        box.addItem(translate(text), value)
    return box
