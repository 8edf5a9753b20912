"""The centre of the window: example bar, rows of the batch, network picture, legend."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ann_viz.ui.canvas.accessible import CanvasSpeaker
from ann_viz.ui.canvas.batch_strip import BatchStrip
from ann_viz.ui.canvas.canvas import NetworkCanvas
from ann_viz.ui.canvas.example_bar import ExampleBar
from ann_viz.ui.canvas.legend import Legend
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.view import View
from ann_viz.ui.kit.line import horizontal_line

__all__ = ["CanvasCard"]


class CanvasCard(QFrame):
    """Example bar above, network in the middle, legend below."""

    def __init__(self, bridge: Bridge, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "canvas")
        self.example_bar = ExampleBar(bridge, view, self)
        self.batch_strip = BatchStrip(bridge, self)
        self.canvas = NetworkCanvas(bridge, view, self)
        self.speaker = CanvasSpeaker(self.canvas, bridge, view)
        self.legend = Legend(self.canvas, bridge, view, self)
        self.canvas.renumbered.connect(self.example_bar.show_verdict)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.example_bar)
        column.addWidget(horizontal_line(self))
        column.addWidget(self.batch_strip)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.legend)

    def add_above_picture(self, widget: QWidget) -> None:
        """Put a strip that was made elsewhere right above the picture."""
        self._column.insertWidget(self._column.indexOf(self.canvas), widget)

    def announce(self, text: str) -> None:
        """Have a screen reader say something that nobody asked about."""
        self.speaker.announce(text)
