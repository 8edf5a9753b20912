"""The Network card: a row per hidden layer, the output row that follows the target, a button for one more layer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from ann_viz.engine import ACTIVATIONS, MOST_HIDDEN_LAYERS, OUTPUTS, LayerConfig, NetworkConfig
from ann_viz.errors import AnnVizError
from ann_viz.numerals import count
from ann_viz.translation import translate
from ann_viz.ui.building.grip import DropMark, Grip
from ann_viz.ui.building.size_switch import SizeSwitch
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.card import Card
from ann_viz.ui.kit.controls import Glyph, Stepper
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.wheel import ComboBox

__all__ = ["NetworkCard"]

MOST_NEURONS: Final = 4096
LABEL_WIDTH: Final = 82
LOCK: Final = 14
LOCK_INDENT: Final = 5  # of the lock below the grips, and of the word behind it
Layers = tuple[LayerConfig, ...]


class NetworkCard(Card):
    """Hidden layers of the document's network.

    Parameters
    ----------
    bridge : Bridge
        Gives the document, and takes the new layers.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__("network", translate("Network"), parent)
        self.setObjectName("networkCard")
        self._bridge = bridge
        self._layers: Layers = ()
        self.rows: list[LayerRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._mark = DropMark(self)
        self.output = _OutputRow()
        self.add = QPushButton(self.tr("Add hidden layer"))
        self.add.setProperty("kind", "soft")
        self.add.clicked.connect(self._on_added)
        self.sizes = SizeSwitch(bridge)
        self.body.addWidget(self.sizes)
        self.body.addLayout(self._rows)
        self.body.addWidget(self.output)
        self.body.addWidget(self.add)
        bridge.dataset_changed.connect(self._on_settings_changed)
        bridge.settings_changed.connect(self._on_settings_changed)
        self._on_settings_changed()
        self._tint_button()

    def show_network(self, config: NetworkConfig | None) -> None:
        """Fill the card with `config`; without one it shows what a network starts with, and waits."""
        shown = config or NetworkConfig(n_inputs=1, n_outputs=1)
        self._layers = shown.hidden
        while len(self.rows) > len(self._layers):
            row = self.rows.pop()
            self._rows.removeWidget(row)
            row.hide()  # a widget waiting for deletion must not be seen beside its successor
            row.deleteLater()
        while len(self.rows) < len(self._layers):
            self._append_row()
        for row, layer in zip(self.rows, self._layers, strict=True):
            row.show_layer(layer, len(self._layers))
            row.setEnabled(config is not None)
        self.output.show_network(config)
        self.add.setEnabled(config is not None and len(self._layers) < MOST_HIDDEN_LAYERS)
        self.summary.setText("" if config is None else count(config.n_parameters, "parameter"))

    def _append_row(self) -> None:
        position = len(self.rows)
        row = LayerRow(position)
        row.edited.connect(lambda layer: self._change(lambda layers: _with(layers, position, layer)))
        row.removed.connect(lambda: self._change(lambda layers: layers[:position] + layers[position + 1 :]))
        row.moved.connect(lambda by: self._change(lambda layers: _moved(layers, position, position + by)))
        row.dragged.connect(lambda y: self._show_mark(self._place_at(y)))
        row.dropped.connect(lambda y: self._drop(position, self._place_at(y)))
        self.rows.append(row)
        self._rows.addWidget(row)

    def _place_at(self, y: int) -> int:
        """Return before which row, from 0, a layer would be put that is dropped at a height of the screen."""
        middles = [row.mapToGlobal(row.rect().center()).y() for row in self.rows]
        return sum(middle < y for middle in middles)

    def _show_mark(self, place: int) -> None:
        row = self.rows[min(place, len(self.rows) - 1)]
        self._mark.show_at(row, above=place < len(self.rows))

    def _drop(self, position: int, place: int) -> None:
        self._mark.hide()
        target = place if place <= position else place - 1
        if target != position:
            self._change(lambda layers: _moved(layers, position, target))

    def _change(self, edit: Callable[[Layers], Layers]) -> None:
        try:
            self._bridge.edit_hidden(edit(self._layers))
        except AnnVizError as error:
            self._on_settings_changed()
            self.show_problem(str(error))

    def _on_added(self) -> None:
        self._change(lambda layers: (*layers, layers[-1] if layers else LayerConfig()))

    def _on_settings_changed(self) -> None:
        self.show_problem("")
        self.show_network(self._bridge.document.network_config)

    def _tint_button(self) -> None:
        self.add.setIcon(icons.icon("plus", theme.current().accent))
        self.add.setIconSize(QSize(14, 14))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the button's icon when the theme changes."""
        if event.type() == QEvent.Type.PaletteChange:
            self._tint_button()
        super().changeEvent(event)


class LayerRow(QWidget):
    """One hidden layer: handle with a menu, number of neurons, activation.

    ``edited`` carries the layer the user wants, ``moved`` by how many places, ``removed`` nothing, ``dragged`` and
    ``dropped`` the height of the mouse on the screen.
    """

    edited = Signal(object)
    moved = Signal(int)
    removed = Signal()
    dragged = Signal(int)
    dropped = Signal(int)

    def __init__(self, position: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer = LayerConfig()
        self._position = position
        self._n_layers = 1
        name = self.tr("hidden layer {n}").format(n=position + 1)
        self.handle = Grip(
            "grip-vertical",
            self.tr("Drag to move, click to move or remove {name}").format(name=name),
            icon_size=13,
        )
        caption = self.tr("Hidden {n}") if position < 9 else self.tr("Layer {n}")  # what fits
        label = PlainLabel(caption.format(n=position + 1))
        self.neurons = Stepper(self.tr("Neurons in {name}").format(name=name), 1, MOST_NEURONS)
        self.neurons.setFixedWidth(68)
        self.activation = _activation_box(self.tr("Activation of {name}").format(name=name))
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.handle)
        head.addWidget(label)
        head.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(_fixed_width(head, LABEL_WIDTH))
        row.addWidget(self.neurons)
        row.addSpacing(4)
        row.addWidget(self.activation, 1)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.handle.clicked.connect(lambda: self._open_menu(self.handle.geometry().bottomLeft()))
        self.handle.dragged.connect(self.dragged)
        self.handle.dropped.connect(self.dropped)
        self.customContextMenuRequested.connect(self._open_menu)
        self.neurons.valueChanged.connect(self._on_edited)
        self.activation.activated.connect(self._on_edited)

    def show_layer(self, layer: LayerConfig, n_layers: int) -> None:
        """Show `layer`, one of `n_layers`."""
        self._layer = layer
        self._n_layers = n_layers
        with QSignalBlocker(self.neurons), QSignalBlocker(self.activation):
            self.neurons.setValue(layer.neurons)
            self.activation.setCurrentIndex(self.activation.findData(layer.activation))
        self.activation.setToolTip(plain_tip(ACTIVATIONS[layer.activation].label))

    def menu(self) -> QMenu:
        """Build what can be done with the whole layer."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        earlier = menu.addAction(icons.icon("chevron-up"), self.tr("Move towards the inputs"))
        earlier.setEnabled(self._position > 0)
        earlier.triggered.connect(lambda: self.moved.emit(-1))
        later = menu.addAction(icons.icon("chevron-down"), self.tr("Move towards the output"))
        later.setEnabled(self._position < self._n_layers - 1)
        later.triggered.connect(lambda: self.moved.emit(1))
        menu.addSeparator()
        remove = menu.addAction(icons.icon("x"), self.tr("Remove this layer"))
        remove.triggered.connect(self.removed)
        return menu

    def _open_menu(self, place: QPoint) -> None:
        self.menu().popup(self.mapToGlobal(place))

    def _on_edited(self) -> None:
        self.edited.emit(replace(self._layer, neurons=self.neurons.value(), activation=self.activation.currentData()))


class _OutputRow(QWidget):
    """The output layer, which the target decides."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = PlainLabel(role="muted")
        caption = PlainLabel(self.tr("Output"), role="muted")
        head = QHBoxLayout()
        head.setSpacing(LOCK_INDENT)  # lock and word below grip and words of the rows above
        head.addSpacing(0)  # and the spacing behind it
        head.addWidget(Glyph("lock", "muted", LOCK))
        head.addWidget(caption)
        head.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(0)
        row.addLayout(_fixed_width(head, LABEL_WIDTH))
        row.addWidget(self.text, 1)
        self.setToolTip(self.tr("The target decides the output layer: yes or no, one of many, or a number"))

    def show_network(self, config: NetworkConfig | None) -> None:
        """Say what the output layer is."""
        if config is None:
            self.text.setText(self.tr("set by the target"))
            return
        self.text.setText(f"{count(config.n_outputs, 'neuron')} · {OUTPUTS[config.task].label}")


def _fixed_width(inner: QHBoxLayout, width: int) -> QHBoxLayout:
    """Return `inner` in a column of `width` pixels, so that the rows line up."""
    outer = QHBoxLayout()
    outer.setSpacing(0)
    box = QWidget()
    box.setProperty("plain", True)
    inner.setContentsMargins(0, 0, 0, 0)
    box.setLayout(inner)
    box.setFixedWidth(width)
    outer.addWidget(box)
    return outer


def _activation_box(name: str) -> QComboBox:
    """Return a box of all activations; `name` is for screen readers."""
    box = ComboBox()
    box.setAccessibleName(name)
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.setMinimumWidth(60)
    box.setProperty("narrow", True)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.view().setMinimumWidth(120)  # the longest name is wider than the closed box
    for activation in ACTIVATIONS.values():
        box.addItem(activation.label, activation.name)
    return box


def _with(layers: Layers, position: int, layer: LayerConfig) -> Layers:
    return (*layers[:position], layer, *layers[position + 1 :])


def _moved(layers: Layers, position: int, target: int) -> Layers:
    order = list(layers)
    order.insert(target, order.pop(position))
    return tuple(order)
