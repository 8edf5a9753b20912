"""The picture of the network as it answers mouse, fingers and keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from ann_viz.scene import Element
from ann_viz.ui.canvas.picture import ZOOM_STEP, NetworkPicture
from ann_viz.ui.canvas.walk import ARROWS, walked
from ann_viz.ui.canvas.zoom import Pinch
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["NetworkCanvas"]

WHEEL_STEP: Final = 120.0


class NetworkCanvas(NetworkPicture):
    """Selects, edits, turns weights, walks, zooms and pans."""

    layer_resized = Signal(int, int)
    """A hidden layer, counted from 0, shall have one neuron more or fewer."""

    def __init__(self, bridge: Bridge, view: View, parent: QWidget | None = None) -> None:
        super().__init__(bridge, view, parent)
        self._pressed: QPointF | None = None
        self._dragged = self._turning = False
        self.setObjectName("networkCanvas")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        Pinch(self, self.zoom_by)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag: of the picture, or of the selected connection's weight."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed, self._dragged = event.position(), False
            mark = self.mark_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
            self._turning = self.hand.begin_drag(mark, event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan while dragging; else answer a hover with its numbers."""
        if self._pressed is not None:
            by = event.position() - self._pressed
            if self._dragged or by.manhattanLength() >= QApplication.startDragDistance():
                self._dragged, self._pressed = True, event.position()
                if self._turning:
                    self._turn_weight(event)
                    return
                self.pan(by)
            return
        column = self.column_at(event.position())
        over = column is not None or self.button_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        text = self.tr("Click: one input for the whole column, or one per category")
        text = self.describe_at(event.position()) if column is None else f"{column}\n{text}"
        if text:
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(text), self)
        else:
            QToolTip.hideText()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select what was clicked, with Shift together with the other end; a click beside everything ends it."""
        if self._pressed is not None and not self._dragged and event.button() == Qt.MouseButton.LeftButton:
            place = event.position()
            if (button := self.button_at(place)) is not None:
                self.layer_resized.emit(*button)
            elif (column := self.column_at(place)) is not None:
                self.fold_categories(column)
            else:
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                (self._view.join if shift else self._view.select)(self.mark_at(place))
        self._pressed = None
        self._turning = False
        self.hand.end_drag()

    def _turn_weight(self, event: QMouseEvent) -> None:
        if self.stage.frame is not None and self._view.mode == "weights":
            self.hand.drag(event.position().y(), self.stage.frame.reference)
            text = self.stage.describe(self._view.selection)
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(text), self)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done by hand to what is under the mouse, or selected when the key was pressed."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        mark = self.mark_at(QPointF(event.pos())) if by_mouse else self._view.selection
        if mark is not None:
            self.hand.open_menu(mark, self.stage.title_of(mark), event.globalPos(), self)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Let a weight or a bias be set by hand."""
        mark = self.mark_at(event.position())
        if mark is not None:
            self.edit(mark, event.globalPosition().toPoint())

    def edit(self, mark: Element, at: QPoint | None = None) -> None:
        """Open the editor of a connection's weight or a neuron's bias; an input has neither."""
        self.hand.edit(mark, self.stage.title_of(mark), at or self.mapToGlobal(self.rect().center()), self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the pointer."""
        steps = event.angleDelta().y() / WHEEL_STEP
        if steps:
            self.zoom_by(ZOOM_STEP**steps, event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, edit with Enter, zoom with + − 0, and let go of the selection with Esc."""
        key = Qt.Key(event.key())
        if key in ARROWS and self.stage.arrangement is not None:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._view.select(walked(self.stage.arrangement, self._view.selection, *ARROWS[key], shift=shift))
        elif key == Qt.Key.Key_Escape and self._view.selection is not None:
            self._view.select(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._view.selection is not None:
            self.edit(self._view.selection)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)
