"""Setting one weight or bias by hand, at the line or neuron that was double-clicked."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from ann_viz.errors import AnnVizError
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.popover import Popover

__all__ = ["WeightEditor"]

LARGEST: Final = 1000.0


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
        self.value = QDoubleSpinBox(self)
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
