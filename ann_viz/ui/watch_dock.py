"""The right dock: is it working? Loss curves, scores, and what the coach makes of them."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ann_viz.ui.bridge import Bridge
from ann_viz.ui.coach_card import CoachCard
from ann_viz.ui.loss_chart import LossChart
from ann_viz.ui.results_card import ResultsCard

__all__ = ["WatchPanel"]

CHART_HEIGHT: Final = 290
CHART_FIRST: Final = 100  # the chart grows to its height before any room is left empty below


class WatchPanel(QWidget):
    """Loss chart, results and coach, one below the other."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart = LossChart(bridge, self)
        self.results = ResultsCard(bridge, self)
        self.coach = CoachCard(bridge, self)
        self.chart.setMinimumHeight(190)
        self.chart.setMaximumHeight(CHART_HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.chart, CHART_FIRST)
        column.addWidget(self.results)
        column.addWidget(self.coach)
        column.addStretch(1)
