"""The living picture of the network: one widget, one paint per frame.

What it draws is prepared by `Stage` and painted by `Layers`; the widget itself answers mouse and keys.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from ann_viz.scene import Element, Frame
from ann_viz.session import RunState
from ann_viz.ui.canvas.layers import Layers
from ann_viz.ui.canvas.pinch import Pinch
from ann_viz.ui.canvas.stage import Stage
from ann_viz.ui.canvas.travel import Travel
from ann_viz.ui.canvas.walk import ARROWS, walked
from ann_viz.ui.canvas.zoom import Viewport
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.document.weight_gestures import WeightGestures
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["NetworkCanvas"]

NUMBERS_INTERVAL_S: Final = 0.25
ZOOM_STEP: Final = 1.25
WHEEL_STEP: Final = 120.0
MOTION_INTERVAL_MS: Final = 33


class NetworkCanvas(QWidget):
    """Draws the session's network with the shown row's values."""

    zoomed = Signal()
    renumbered = Signal()
    """The numbers on show are those of the newest snapshot."""
    layer_resized = Signal(int, int)
    """A hidden layer, counted from 0, shall have one neuron more or fewer."""

    def __init__(self, bridge: Bridge, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._view = view
        self.hand = WeightGestures(bridge, view, self)
        self._stage = Stage(bridge, view, self.hand, self.font())
        self._viewport = Viewport()
        self._layers = Layers(self, self._stage, view, self._viewport)
        self._pressed: QPointF | None = None
        self._dragged = self._turning = False
        self._motion = QTimer(self)  # frames between snapshots, only while something travels
        self._motion.setSingleShot(True)
        self._motion.timeout.connect(self.update)
        self.setObjectName("networkCanvas")
        self.setAccessibleName(self.tr("Network"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        Pinch(self, self.zoom_by)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # the card behind need not be painted each frame
        bridge.dataset_changed.connect(self._on_dataset_changed)
        bridge.settings_changed.connect(self._on_settings_changed)
        bridge.example_changed.connect(self._on_example_changed)
        bridge.snapshot_changed.connect(self._on_snapshot_changed)
        bridge.turn_offered.connect(self._on_turn_offered)
        bridge.state_changed.connect(self._on_snapshot_changed)
        view.selection_changed.connect(self._on_selection_changed)
        view.mode_changed.connect(self._on_mode_changed)
        view.told_changed.connect(self._on_snapshot_changed)
        view.folded_changed.connect(self._rearrange)
        view.voice_changed.connect(self._on_voice_changed)

    @property
    def frame(self) -> Frame | None:
        """What is drawn now; None without a network."""
        self._stage.prepare(lines_only=self._is_flat_out)
        return self._stage.frame

    @property
    def travel(self) -> Travel:
        """What runs along the lines."""
        return self._stage.travel

    @property
    def zoom(self) -> float:
        """How much larger than fitted the picture is, 1 to 8."""
        return self._viewport.scale

    def forget_scale(self) -> None:
        """Let the thickness scale begin anew (a new run)."""
        self._stage.forget_scale()
        self.update()

    @property
    def _is_flat_out(self) -> bool:
        session = self._bridge.session
        return session.state is RunState.RUNNING and session.speed.kind == "max"

    # What changed ---------------------------------------------------------------------------------------------------
    def _on_dataset_changed(self) -> None:
        self._stage.forget_scale()
        self.fit()
        self._rearrange()

    def _on_settings_changed(self) -> None:
        if self._stage.outdated:
            self._rearrange()
        self._layers.forget_words()
        self._on_snapshot_changed()

    def _on_example_changed(self) -> None:
        self._stage.forget_row()
        self._layers.forget_words()
        self._on_snapshot_changed()

    def _on_selection_changed(self) -> None:
        self._layers.forget_numbers()
        self._on_snapshot_changed()
        self.setAccessibleDescription(self._stage.describe(self._view.selection))

    def _on_voice_changed(self) -> None:
        self._layers.forget_words()
        self._on_selection_changed()

    def _on_mode_changed(self) -> None:
        self._layers.forget_haze()
        self._on_snapshot_changed()

    def _on_snapshot_changed(self) -> None:
        self._stage.expire()
        if self.isVisible():
            if self._stage.outdated:
                self._rearrange()
            self.update()
            if not self._is_flat_out:
                self.renumbered.emit()

    def _on_turn_offered(self) -> None:
        """Flat out, draw between two frames what would make a frame late."""
        if not self._is_flat_out or not self.isVisible():
            return
        if self._bridge.take_turn(self._layers.numbers_drawn, NUMBERS_INTERVAL_S):
            self._stage.expire()
            self._stage.prepare()
            self._layers.renew_numbers()
            self.renumbered.emit()
        else:
            self._layers.renew_haze()

    def _rearrange(self) -> None:
        self._layers.forget()
        factor = self._viewport.magnified
        self._stage.arrange(self.width() / factor, self.height() / factor)
        self.update()

    def fold_categories(self) -> None:
        """Draw every column of categories as one input, or all of their inputs again."""
        self._stage.toggle_fold()

    # Zoom -----------------------------------------------------------------------------------------------------------
    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom around a place of the widget, its middle by default."""
        point = QPointF(self.width() / 2, self.height() / 2) if at is None else at
        self._viewport.zoom_at(point, factor, self.width(), self.height())
        self._on_viewport_changed()

    def magnify(self, factor: float) -> None:
        """Draw words, circles and lines so many times as large as usual."""
        self._viewport.magnified = factor
        self.fit()
        self._rearrange()

    def zoom_in(self) -> None:
        """Zoom in one step."""
        self.zoom_by(ZOOM_STEP)

    def zoom_out(self) -> None:
        """Zoom out one step."""
        self.zoom_by(1 / ZOOM_STEP)

    def fit(self) -> None:
        """Show the whole network."""
        self._viewport.fit()
        self._on_viewport_changed()

    def _on_viewport_changed(self) -> None:
        self._stage.show_at(self._viewport.scale)
        self._layers.forget_words()
        self.zoomed.emit()
        self.update()

    # Painting -------------------------------------------------------------------------------------------------------
    def sizeHint(self) -> QSize:
        """Return the size the design gives it."""
        return QSize(822, 480)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the newest frame."""
        flat_out = self._is_flat_out
        self._stage.prepare(lines_only=flat_out)
        with QPainter(self) as painter:
            self._layers.paint(
                painter,
                flat_out=flat_out,
                still=self._bridge.session.state is not RunState.RUNNING,
                focused=self.hasFocus() and self._view.selection is None,
            )
        if self._stage.travel.moving:  # flat out, the next snapshot mostly comes first and is frame enough
            self._motion.start(2 * MOTION_INTERVAL_MS if flat_out else MOTION_INTERVAL_MS)

    # Mouse and keys -------------------------------------------------------------------------------------------------
    def describe_at(self, point: QPointF) -> str:
        """Return a sentence about the neuron or connection at `point`, or an empty text."""
        return self._stage.describe(self._mark_at(point))

    def _mark_at(self, point: QPointF) -> Element | None:
        place = self._viewport.to_picture(point)
        return self._stage.mark_at(place.x(), place.y())

    def mark_on_screen(self, point: QPoint) -> Element | None:
        """Return the neuron or connection at a point of the screen."""
        place = self._viewport.to_picture(QPointF(self.mapFromGlobal(point)))
        return self._stage.mark_at(place.x(), place.y())

    def place_on_screen(self, mark: Element | None) -> QRect:
        """Return where a neuron is on the screen; an empty rectangle for one that isn't drawn."""
        place = self._stage.place_of(mark)
        if place is None:
            return QRect()
        x, y, radius = place
        box = self._viewport.transform().mapRect(QRectF(x - radius, y - radius, 2 * radius, 2 * radius)).toRect()
        return QRect(self.mapToGlobal(box.topLeft()), box.size())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag: of the picture, or of the selected connection's weight."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed, self._dragged = event.position(), False
            mark = self._mark_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
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
                self._viewport.pan(by, self.width(), self.height())
                self._on_viewport_changed()
            return
        place = self._viewport.to_picture(event.position())
        column = self._stage.column_at(place.x(), place.y())
        over = column is not None or self._stage.button_at(place.x(), place.y()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        text = self.tr("Click: one input for the whole column, or one per category")
        text = self.describe_at(event.position()) if column is None else text
        if text:
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(text), self)
        else:
            QToolTip.hideText()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Select what was clicked; a click beside everything ends the selection."""
        if self._pressed is not None and not self._dragged and event.button() == Qt.MouseButton.LeftButton:
            place = self._viewport.to_picture(event.position())
            button = self._stage.button_at(place.x(), place.y())
            if button is not None:
                self.layer_resized.emit(*button)
            elif (column := self._stage.column_at(place.x(), place.y())) is not None:
                self._stage.toggle_fold(column)
            else:
                self._view.select(self._stage.mark_at(place.x(), place.y()))
        self._pressed = None
        self._turning = False
        self.hand.end_drag()

    def _turn_weight(self, event: QMouseEvent) -> None:
        if self._stage.frame is not None and self._view.mode == "weights":
            self.hand.drag(event.position().y(), self._stage.frame.reference)
            text = self._stage.describe(self._view.selection)
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(text), self)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done by hand to what is under the mouse, or selected when the key was pressed."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        mark = self._mark_at(QPointF(event.pos())) if by_mouse else self._view.selection
        if mark is not None:
            self.hand.open_menu(mark, self._stage.title_of(mark), event.globalPos(), self)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Let a weight or a bias be set by hand."""
        mark = self._mark_at(event.position())
        if mark is not None:
            self.edit(mark, event.globalPosition().toPoint())

    def edit(self, mark: Element, at: QPoint | None = None) -> None:
        """Open the editor of a connection's weight or a neuron's bias; an input has neither."""
        self.hand.edit(mark, self._stage.title_of(mark), at or self.mapToGlobal(self.rect().center()), self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the pointer."""
        steps = event.angleDelta().y() / WHEEL_STEP
        if steps:
            self.zoom_by(ZOOM_STEP**steps, event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, edit with Enter, zoom with + − 0, and let go of the selection with Esc."""
        key = Qt.Key(event.key())
        if key in ARROWS:
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._view.select(walked(self._stage, self._view.selection, *ARROWS[key], shift=shift))
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

    # Qt -------------------------------------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the network to the new size."""
        self.fit()
        self._rearrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up after having been hidden."""
        self._on_snapshot_changed()

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the words in the new theme or font."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._layers.forget()
            self.update()
        super().changeEvent(event)
