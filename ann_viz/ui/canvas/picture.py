"""The living picture of the network: one widget, one paint per frame.

What it draws is prepared by `Stage` and painted by `Layers`; who touches it is answered by `NetworkCanvas`.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ann_viz.scene import Element, Frame
from ann_viz.scene.lines import Box
from ann_viz.session import RunState
from ann_viz.ui.canvas.layers import Layers
from ann_viz.ui.canvas.stage import Stage
from ann_viz.ui.canvas.travel import Travel
from ann_viz.ui.canvas.zoom import Viewport
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.document.weight_gestures import WeightGestures

__all__ = ["ZOOM_STEP", "NetworkPicture"]

NUMBERS_INTERVAL_S: Final = 0.25
ZOOM_STEP: Final = 1.25
MOTION_INTERVAL_MS: Final = 33


class NetworkPicture(QWidget):
    """Draws the document's network with the shown row's values.

    Attributes
    ----------
    hand : WeightGestures
        What can be done to weights and neurons.
    stage : Stage
        What is drawn, and what lies where.
    layers : Layers
        How it is painted.
    viewport : Viewport
        Which part of it is seen.
    """

    zoomed = Signal()
    renumbered = Signal()
    """The numbers on show are those of the newest snapshot."""

    def __init__(self, bridge: Bridge, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._view = view
        self.hand = WeightGestures(bridge, view, self)
        self.stage = Stage(bridge, view, self.hand, self.font())
        self.viewport = Viewport()
        self.layers = Layers(self, self.stage, view, self.viewport)
        self._due = QRect()
        self._motion = QTimer(self)  # frames between snapshots, only while something travels
        self._motion.setSingleShot(True)
        self._motion.timeout.connect(self.move_on)
        self.setAccessibleName(self.tr("Network"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        bridge.dataset_changed.connect(self._on_dataset_changed)
        bridge.settings_changed.connect(self._on_settings_changed)
        bridge.example_changed.connect(self._on_example_changed)
        bridge.snapshot_changed.connect(self._on_snapshot_changed)
        bridge.turn_offered.connect(self._on_turn_offered)
        bridge.state_changed.connect(self._renew)
        view.selection_changed.connect(self._on_selection_changed)
        view.mode_changed.connect(self._on_mode_changed)
        view.told_changed.connect(self._renew)
        view.folded_changed.connect(self._rearrange)
        view.looks_for_changed.connect(self._on_looks_for_changed)
        view.voice_changed.connect(self._on_voice_changed)
        self._rearrange()

    @property
    def frame(self) -> Frame | None:
        """What is drawn now; None without a network."""
        self.stage.prepare(lines_only=self.is_flat_out)
        return self.stage.frame

    @property
    def travel(self) -> Travel:
        """What runs along the lines."""
        return self.stage.travel

    @property
    def zoom(self) -> float:
        """How much larger than fitted the picture is, 1 to 8."""
        return self.viewport.scale

    def forget_scale(self) -> None:
        """Let the thickness scale begin anew (a new run)."""
        self.stage.forget_scale()
        self.update()

    @property
    def is_flat_out(self) -> bool:
        """Whether training is too fast for numbers to be read."""
        document = self._bridge.document
        return document.state is RunState.RUNNING and document.speed.kind == "max"

    # What changed ---------------------------------------------------------------------------------------------------
    def _on_dataset_changed(self) -> None:
        self.stage.forget_looks()
        self.stage.forget_scale()
        self.fit()
        self._rearrange()

    def _on_settings_changed(self) -> None:
        if self.stage.outdated:
            self._rearrange()
        self.layers.forget_words()
        self._renew()

    def _on_example_changed(self) -> None:
        self.stage.forget_row()
        self.layers.forget_words()
        self._renew()

    def _on_selection_changed(self) -> None:
        self.layers.forget_numbers()
        self._renew()
        self.setAccessibleDescription(self.stage.describe_selection())

    def _on_looks_for_changed(self) -> None:
        self.stage.forget_looks()
        self.layers.forget_numbers()
        self._renew()

    def _on_voice_changed(self) -> None:
        self.layers.forget_words()
        self._on_selection_changed()

    def _on_mode_changed(self) -> None:
        self.layers.forget_haze()
        self._renew()

    def _renew(self) -> None:
        """Paint all of it anew."""
        self.stage.expire()
        if self.isVisible():
            if self.stage.outdated:
                self._rearrange()
            self.update()
            if not self.is_flat_out:
                self.renumbered.emit()

    def _on_snapshot_changed(self) -> None:
        """Paint all of it anew; flat out, only where lines are drawn otherwise now."""
        if not self.is_flat_out or self.stage.outdated or self.stage.travel.moving or not self.isVisible():
            self._renew()
            return
        before = self.stage.frame
        self.stage.expire()
        self.stage.prepare(lines_only=True)
        if (frame := self.stage.frame) is not None and frame is not before:
            self._add_due(frame.lines.changed)
        self.update(self._due)
        self._due = QRect()

    def _add_due(self, box: Box | None) -> None:
        """Have a part of the picture painted with the next frame, or all of it."""
        self._due = self._due.united(self.rect() if box is None else self.viewport.on_widget(*box))

    def move_on(self) -> None:
        """Paint what travels where it is now, with the circles it has filled and the lines it has moved."""
        if self.stage.travel.changes_numbers:
            self.stage.expire()
        self.update()

    def _on_turn_offered(self) -> None:
        """Flat out, draw between two frames what would make a frame late."""
        if not self.is_flat_out or not self.isVisible():
            return
        if self._bridge.take_turn(self.layers.numbers_drawn, NUMBERS_INTERVAL_S):
            self.stage.expire()
            self.stage.prepare()
            self.layers.renew_numbers()
            self.renumbered.emit()
            self._add_due(None)
        elif (hazy := self.layers.renew_haze()) is not None:
            self._add_due(hazy)

    def _rearrange(self) -> None:
        self.layers.forget()
        factor = self.viewport.magnified
        self.stage.arrange(self.width() / factor, self.height() / factor)
        self.update()

    def fold_categories(self, column: str | None = None) -> None:
        """Draw a column of categories, by default every one, as one input, or all of its inputs again."""
        self.stage.toggle_fold(column)

    # Zoom -----------------------------------------------------------------------------------------------------------
    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom around a place of the widget, its middle by default."""
        point = QPointF(self.width() / 2, self.height() / 2) if at is None else at
        self.viewport.zoom_at(point, factor, self.width(), self.height())
        self._on_viewport_changed()

    def pan(self, by: QPointF) -> None:
        """Move the picture, as far as there is more of it than is seen."""
        self.viewport.pan(by, self.width(), self.height())
        self._on_viewport_changed()

    def magnify(self, factor: float) -> None:
        """Draw words, circles and lines so many times as large as usual."""
        self.viewport.magnified = factor
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
        self.viewport.fit()
        self._on_viewport_changed()

    def _on_viewport_changed(self) -> None:
        self.stage.show_at(self.viewport.scale)
        self.layers.forget_words()
        self.zoomed.emit()
        self.update()

    # Painting -------------------------------------------------------------------------------------------------------
    def sizeHint(self) -> QSize:
        """Return the size the design gives it."""
        return QSize(822, 480)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the newest frame."""
        flat_out = self.is_flat_out
        self.stage.prepare(lines_only=flat_out)
        with QPainter(self) as painter:
            self.layers.paint(
                painter,
                flat_out=flat_out,
                still=self._bridge.document.state is not RunState.RUNNING,
                focused=self.hasFocus() and self._view.selection is None,
            )
        if self.stage.travel.moving:  # flat out, the next snapshot mostly comes first and is frame enough
            self._motion.start(2 * MOTION_INTERVAL_MS if flat_out else MOTION_INTERVAL_MS)

    # Asking ---------------------------------------------------------------------------------------------------------
    def describe_at(self, point: QPointF) -> str:
        """Return a sentence about what is at `point`, or about the neuron whose name stands there, or an empty text."""
        return self.stage.describe(self.mark_at(point) or self._named_at(point))

    def _named_at(self, point: QPointF) -> Element | None:
        place, arrangement = self.viewport.to_picture(point), self.stage.arrangement
        return None if arrangement is None else arrangement.named_at(place.x(), place.y())

    def mark_at(self, point: QPointF) -> Element | None:
        """Return the neuron or connection at a place of the widget."""
        place = self.viewport.to_picture(point)
        return self.stage.mark_at(place.x(), place.y())

    def button_at(self, point: QPointF) -> tuple[int, int] | None:
        """Return hidden layer, counted from 0, and −1 or 1 when one of its buttons is at a place of the widget."""
        place, arrangement = self.viewport.to_picture(point), self.stage.arrangement
        if arrangement is None or not self.stage.can_resize:
            return None
        return arrangement.button_at(place.x(), place.y())

    def column_at(self, point: QPointF) -> str | None:
        """Return the column of categories whose name is at a place of the widget."""
        place, arrangement = self.viewport.to_picture(point), self.stage.arrangement
        return None if arrangement is None else arrangement.column_at(place.x(), place.y())

    # Qt -------------------------------------------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the network to the new size."""
        # The card behind need not be painted each frame, unless the picture ends within a pixel: that would stay black.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, self.devicePixelRatioF().is_integer())
        self.fit()
        self._rearrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up after having been hidden."""
        self._renew()

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the words in the new theme or font."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.layers.forget()
            self.update()
        super().changeEvent(event)
