"""The card with the charts of a run behind tabs: Loss, Accuracy, Confusion, Weights, Gradients.

Only the one in front works. In a narrow window the last two move into the menu of a button *More*.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QTabWidget, QToolButton, QVBoxLayout, QWidget

from ann_viz.session.judging import Judge
from ann_viz.ui.charts.accuracy_chart import AccuracyChart
from ann_viz.ui.charts.confusion_page import ConfusionPage
from ann_viz.ui.charts.gradients_chart import GradientsChart
from ann_viz.ui.charts.loss_chart import LossChart
from ann_viz.ui.charts.weights_chart import WeightsChart
from ann_viz.ui.document.bridge import Bridge

__all__ = ["CHARTS", "CONFUSION", "ChartTabs"]

CHARTS: Final = ("loss", "accuracy", "confusion", "weights", "gradients")
ACCURACY: Final = CHARTS.index("accuracy")
CONFUSION: Final = CHARTS.index("confusion")
ALWAYS_THERE: Final = 3
"""How many tabs there are in a narrow window."""


class ChartTabs(QFrame):
    """Chooses which chart is drawn.

    Parameters
    ----------
    bridge : Bridge
        To the session.
    judge : Judge
        Of the same session, for the matrix.
    """

    turned = Signal(int)
    """Number of the chart that came to the front."""
    neuron_chosen = Signal(int)
    """A neuron of the first hidden layer, counted from 0, was chosen in a chart."""

    def __init__(self, bridge: Bridge, judge: Judge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setProperty("card", True)
        self.loss = LossChart(bridge)
        self.accuracy = AccuracyChart(bridge)
        self.confusion = ConfusionPage(bridge, judge)
        self.weights = WeightsChart(bridge)
        self.gradients = GradientsChart(bridge)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("chartTabs")
        self.tabs.setAccessibleName(self.tr("Charts"))
        bar = self.tabs.tabBar()
        bar.setDrawBase(False)
        bar.setExpanding(True)
        bar.setUsesScrollButtons(False)
        bar.setElideMode(Qt.TextElideMode.ElideNone)
        for page, name in (
            (self.loss, self.tr("Loss")),
            (self.accuracy, self.tr("Accuracy")),
            (self.confusion, self.tr("Confusion")),
            (self.weights, self.tr("Weights")),
            (self.gradients, self.tr("Gradients")),
        ):
            page.setContentsMargins(12, 8, 12, 8)
            self.tabs.addTab(page, name)
        self.more = self._more_button()
        self.tabs.setCornerWidget(self.more, Qt.Corner.TopRightCorner)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.tabs)
        self.tabs.currentChanged.connect(self._on_turned)
        self.weights.neuron_chosen.connect(self.neuron_chosen)
        bridge.dataset_changed.connect(self._on_dataset_changed)

    def _more_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText(self.tr("More"))
        button.setToolTip(self.tr("More charts"))
        button.setProperty("kind", "moreTab")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        menu = QMenu(button)
        for index in range(ALWAYS_THERE, self.tabs.count()):
            action = menu.addAction(self.tabs.tabText(index))
            action.triggered.connect(lambda _checked=False, chosen=index: self.tabs.setCurrentIndex(chosen))
        button.setMenu(menu)
        button.hide()
        return button

    def show_chart(self, name: str) -> None:
        """Bring a chart to the front, by its name in `CHARTS`."""
        self.tabs.setCurrentIndex(CHARTS.index(name))

    def set_compact(self, compact: bool) -> None:
        """Make do with three tabs and a button, or show all five."""
        front = self.tabs.currentIndex()
        self.more.setVisible(compact)
        for index in range(ALWAYS_THERE, self.tabs.count()):
            self.tabs.setTabVisible(index, not compact)
        self.tabs.setCurrentIndex(front)

    def _on_turned(self, index: int) -> None:
        self.more.setText(self.tr("More") if index < ALWAYS_THERE else self.tabs.tabText(index))
        self.turned.emit(index)

    def _on_dataset_changed(self) -> None:
        """Name the tabs by what is predicted."""
        dataset = self._bridge.session.dataset
        number = dataset is not None and dataset.recipe.task == "regression"
        self.tabs.setTabText(ACCURACY, "R²" if number else self.tr("Accuracy"))
        self.tabs.setTabText(CONFUSION, self.tr("Scatter") if number else self.tr("Confusion"))
