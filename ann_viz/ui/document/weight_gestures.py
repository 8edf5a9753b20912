"""What the user does by hand to one neuron or connection: lock it, switch it off, set or drag its weight, its menu."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from ann_viz.errors import AnnVizError
from ann_viz.scene import Connection, Element, Neuron
from ann_viz.session import Parameter
from ann_viz.session.ways import next_way
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.kit import icons
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.popover import Popover
from ann_viz.ui.kit.wheel import DoubleSpinBox

__all__ = ["WeightEditor", "WeightGestures"]

LARGEST: Final = 1000.0
PIXELS_TO_FULL: Final = 120.0
"""Dragging so far changes a weight by what is drawn at full thickness."""


class WeightGestures(QObject):
    """Acts on marks; every change can be undone, and pauses training first.

    Parameters
    ----------
    bridge : Bridge
    view : View
        Whose selection the commands without a mark act on.
    """

    def __init__(self, bridge: Bridge, view: View, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._view = view
        self._dragged: tuple[Parameter, float, float] | None = None

    # What can be done -----------------------------------------------------------------------------------------------
    @property
    def can_change(self) -> bool:
        """Whether anything may be done by hand: without rows nothing could be said of what comes of it."""
        return not self._bridge.document.is_without_rows

    def parameter_of(self, mark: Element | None) -> Parameter | None:
        """Return the place of a connection's weight or a neuron's bias; None for an input."""
        config = self._bridge.document.network_config
        if isinstance(mark, Connection):
            return mark.gap, mark.source, mark.target
        if mark is None or config is None or mark.column == 0:
            return None
        return mark.column - 1, config.sizes[mark.column - 1], mark.index

    def can_switch(self, mark: Element | None) -> bool:
        """Return whether `mark` is a neuron that may be switched off: any but an answer."""
        config = self._bridge.document.network_config
        if config is None or not self.can_change:
            return False
        return isinstance(mark, Neuron) and mark.column < len(config.sizes) - 1

    def is_locked(self, mark: Element | None) -> bool:
        """Return whether training leaves the weight or bias of `mark` alone."""
        return self.parameter_of(mark) in self._bridge.document.manual_edits.locked

    def is_off(self, mark: Element | None) -> bool:
        """Return whether `mark` is a neuron that is switched off."""
        return isinstance(mark, Neuron) and (mark.column, mark.index) in self._bridge.document.manual_edits.off

    # Doing it -------------------------------------------------------------------------------------------------------
    def lock(self, mark: Element | None = None) -> None:
        """Lock or unlock the weight or bias of `mark`, by default of what is selected."""
        mark = mark or self._view.selection
        parameter = self.parameter_of(mark)
        if parameter is not None and self.can_change:
            self._bridge.lock_parameter(*parameter, not self.is_locked(mark))

    def switch(self, mark: Element | None = None) -> None:
        """Switch a neuron off or on, by default the selected one."""
        mark = mark or self._view.selection
        if self.can_switch(mark) and isinstance(mark, Neuron):
            self._bridge.switch_neuron(mark.column, mark.index, self.is_off(mark))

    def edit(self, mark: Element, title: str, at: QPoint, parent: QWidget) -> None:
        """Open the editor of a weight or bias; an input has neither."""
        parameter = self.parameter_of(mark)
        if parameter is not None and self.can_change:
            self._view.select(mark)
            WeightEditor(self._bridge, *parameter, title, parent).open_at(at)

    def menu(self, mark: Element, title: str, at: QPoint, parent: QWidget) -> QMenu:
        """Return what can be done to `mark`, ready to pop up at a place of the screen."""
        menu = QMenu(parent)
        self._bridge.settings_changed.connect(menu.close)  # another network has other neurons
        if self.parameter_of(mark) is not None and self.can_change:
            what = self.tr("weight") if isinstance(mark, Connection) else self.tr("bias")
            change = menu.addAction(icons.icon("pencil"), self.tr("Set the {what}…").format(what=what))
            change.triggered.connect(lambda: self.edit(mark, title, at, parent))
            locked = self.is_locked(mark)
            text = self.tr("Unlock the {what}") if locked else self.tr("Lock the {what}")
            lock = menu.addAction(icons.icon("lock-open" if locked else "lock"), text.format(what=what))
            lock.triggered.connect(lambda: self.lock(mark))
        if isinstance(mark, Neuron) and self._is_an_end(mark):
            path = menu.addAction(icons.icon("split"), self.tr("Chain rule along a path"))
            path.triggered.connect(lambda: self._follow_from(mark))
        if self.can_switch(mark):
            text = self.tr("Switch the neuron on") if self.is_off(mark) else self.tr("Switch the neuron off")
            menu.addAction(icons.icon("power"), text).triggered.connect(lambda: self.switch(mark))
        return menu

    def _is_an_end(self, mark: Neuron) -> bool:
        config = self._bridge.document.network_config
        return config is not None and mark.column in (0, len(config.sizes) - 1)

    def _follow_from(self, mark: Neuron) -> None:
        row = self._bridge.document.shown_row()
        if row is not None:
            self._view.follow(next_way(row, mark, None))

    def open_menu(self, mark: Element, title: str, at: QPoint, parent: QWidget) -> None:
        """Select `mark` and pop its menu up at a place of the screen."""
        self._view.select(mark)
        menu = self.menu(mark, title, at, parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    # Dragging a weight ----------------------------------------------------------------------------------------------
    def begin_drag(self, mark: Element | None, y: float) -> bool:
        """Begin to change the weight of the selected connection; false for anything else."""
        parameter = self.parameter_of(mark)
        self._dragged = None
        manual_edits = self._bridge.document.manual_edits
        if not isinstance(mark, Connection) or mark != self._view.selection or parameter is None:
            return False
        if not self.can_change:
            return False
        if parameter[:2] in manual_edits.off:
            return False
        self._dragged = parameter, float(self._bridge.document.network.matrices[mark.gap][mark.source, mark.target]), y
        return True

    def drag(self, y: float, reference: float) -> None:
        """Follow the mouse: upwards is more."""
        if self._dragged is not None:
            parameter, start, from_y = self._dragged
            value = round(start + (from_y - y) * reference / PIXELS_TO_FULL, 3)
            self._bridge.set_parameter(*parameter, value)

    def end_drag(self) -> None:
        """Let go of the weight."""
        self._dragged = None


class WeightEditor(Popover):
    """A number that acts at once; Ctrl+Z in the window takes it back. It goes when data or network change.

    Parameters
    ----------
    layer, row, column : int
        As in `Session.set_parameter`.
    title : str
        Which weight it is: "Age → neuron 3", "Bias of neuron 3".
    """

    def __init__(self, bridge: Bridge, layer: int, row: int, column: int, title: str, parent: QWidget) -> None:
        super().__init__(title, 230, parent)
        self._bridge = bridge
        self._place = layer, row, column
        self._dataset, self._network = bridge.document.dataset, bridge.document.network_config
        self.value = DoubleSpinBox(self)
        self.value.setAccessibleName(title)
        self.value.setRange(-LARGEST, LARGEST)
        self.value.setDecimals(3)
        self.value.setSingleStep(0.1)
        self.value.setKeyboardTracking(False)
        self.value.setValue(float(bridge.document.network.matrices[layer][row, column]))
        self._says = PlainLabel(self.tr("Training pauses; Ctrl+Z takes it back."), role="muted", wrap=True)
        self.column.addWidget(PlainLabel(title, role="title"))
        self.column.addWidget(self.value)
        self.column.addWidget(self._says)
        self.value.valueChanged.connect(self._set)
        self.value.selectAll()
        self.value.setFocus()
        bridge.settings_changed.connect(self.close)

    def _set(self, value: float) -> None:
        document = self._bridge.document
        if document.dataset is not self._dataset or document.network_config != self._network:
            return  # typed, but not yet entered when it became another one
        try:
            self._bridge.set_parameter(*self._place, value)
        except AnnVizError as error:
            self._says.setText(str(error))
