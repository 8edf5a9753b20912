"""What goes on inside the network, layer by layer: one of several views, chosen by a row of buttons."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ann_viz.ui.charts.chart_page import ChartPage
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.gradients_chart import GradientsChart
from ann_viz.ui.charts.weights_chart import WeightsChart
from ann_viz.ui.kit.controls import Segments

__all__ = ["InsidePage"]


class InsidePage(ChartPage):
    """Weights or gradients of every layer; the view that is hidden costs nothing.

    Parameters
    ----------
    desk : Desk
        What all charts share.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.bridge, parent)
        self.setObjectName("insidePage")
        self.weights, self.gradients = WeightsChart(desk.bridge), GradientsChart(desk.bridge)
        self.weights.neuron_chosen.connect(desk.neuron_chosen)
        self._views = {"weights": self.weights, "gradients": self.gradients}
        choices = (("weights", self.tr("Weights")), ("gradients", self.tr("Gradients")))
        self.choice = Segments(choices, self.tr("What is shown of the inside"), self)
        self.choice.chosen.connect(self.show_view)
        self._stack = QStackedWidget(self)
        for view in self._views.values():
            self._stack.addWidget(view)
        head = QHBoxLayout()
        head.addWidget(self.choice)
        head.addStretch()
        head.addWidget(self.enlarge_button())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.show_view("weights")

    def show_view(self, name: str) -> None:
        """Show "weights" or "gradients"."""
        self.choice.show_value(name)
        self._stack.setCurrentWidget(self._views[name])

    def redraw(self) -> None:
        """The view that is shown redraws itself."""
