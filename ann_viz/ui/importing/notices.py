"""The notices card: what was found in the data, warnings first, each with links that act on it or take it back.

One list view paints all lines, so thousands of findings cost no more than ten. The keyboard walks the lines with Up and
Down and the links of a line with Left and Right; Enter or Space takes the link.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from ann_viz.session.importing.notice import Notice
from ann_viz.ui.importing.notice_lines import NoticeDelegate, NoticeModel

__all__ = ["NoticeList"]

Index = QModelIndex | QPersistentModelIndex
_TAKING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_STEPS: Final = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}


class NoticeList(QListView):
    """The lines of the notices card.

    ``action_taken`` carries the notice whose link was taken.
    """

    action_taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._model = NoticeModel()
        self._delegate = NoticeDelegate(self, self._model)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setProperty("plain", True)
        self.setAccessibleName(self.tr("Notices"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def notices(self) -> Sequence[Notice]:
        """The lines on show."""
        return self._model.notices

    def show_notices(self, shown: Sequence[Notice]) -> None:
        """Show these lines; the cursor stays where it was, and nothing happens when they are the same."""
        if shown == self._model.notices:
            return
        place = max(self.currentIndex().row(), 0)
        self._model.show_notices(shown)
        if shown:
            self.setCurrentIndex(self._model.index(min(place, len(shown) - 1)))

    def take(self, place: int, link: int = 0) -> None:
        """Take a link of a line, if it has one."""
        notice = self._model.notices[place]
        if link < len(notice.actions):
            self.action_taken.emit(notice.choosing(link))

    def _over_link(self, event: QMouseEvent) -> tuple[int, int] | None:
        """The line under the pointer and which of its links, if any."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        if not index.isValid():
            return None
        boxes = self._delegate.links(self._model.notices[index.row()], self.visualRect(index))
        return next(((index.row(), link) for link, box in enumerate(boxes) if box.contains(point)), None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over a link."""
        over = self._over_link(event) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the link under the pointer."""
        super().mouseReleaseEvent(event)
        place = self._over_link(event)
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.take(*place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right walk the links of the current line; Enter and Space take one."""
        place = self.currentIndex().row()
        n_links = len(self._model.notices[place].actions) if self.currentIndex().isValid() else 0
        if n_links and event.key() in _TAKING:
            self.take(place, self._delegate.link)
        elif n_links > 1 and event.key() in _STEPS:
            self._delegate.link = min(max(self._delegate.link + _STEPS[event.key()], 0), n_links - 1)
            self.viewport().update()
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Begin with the first link of another line."""
        self._delegate.link = 0
        super().currentChanged(current, previous)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Repaint when the theme changes."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self.viewport().update()
