"""The card with the charts of a run behind tabs, as `chart_table` lists them.

Only the one in front works. In a narrow window some of them move into the menu of a button *More*.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QTabWidget, QToolButton, QVBoxLayout, QWidget

from ann_viz.errors import TABLE_IS_MISSING
from ann_viz.translation import translate
from ann_viz.ui.charts import chart_table
from ann_viz.ui.charts.chart_page import ChartPage
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.kit.late import LatePage
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.wheel import TabBar

__all__ = ["ChartTabs"]

MARGINS: Final = (12, 8, 12, 8)


class ChartTabs(QFrame):
    """Chooses which chart is drawn.

    Parameters
    ----------
    desk : Desk
        What all charts share.
    """

    turned = Signal(object)
    """The `Chart` that came to the front."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._charts = chart_table.CHARTS
        self._pages: dict[str, LatePage[ChartPage]] = {}
        self._entries: dict[str, QAction] = {}  # of the charts in the menu
        self.setProperty("card", True)
        self.tabs = QTabWidget(self)
        self.tabs.setTabBar(TabBar())
        self.tabs.setObjectName("chartTabs")
        self.tabs.setAccessibleName(self.tr("Charts"))
        bar = self.tabs.tabBar()
        bar.setDrawBase(False)
        bar.setExpanding(True)
        bar.setUsesScrollButtons(False)
        bar.setElideMode(Qt.TextElideMode.ElideNone)
        for chart in self._charts:
            page = self._pages[chart.id] = LatePage(partial(self._make_page, chart))
            self.tabs.addTab(page, translate(chart.tab))
        self.more = self._more_button()
        self.tabs.setCornerWidget(self.more, Qt.Corner.TopRightCorner)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.tabs)
        self.tabs.currentChanged.connect(self._on_turned)
        self.page(self.front)  # seen from the start, and among the first that are offered a turn
        self._bridge = desk.bridge
        self._bridge.dataset_changed.connect(self._offer)

    @property
    def front(self) -> str:
        """Id of the chart in front."""
        return self._charts[self.tabs.currentIndex()].id

    def page(self, identifier: str) -> ChartPage:
        """Return the page of a chart, by its id in the table."""
        return self._pages[identifier].page

    def show_chart(self, identifier: str) -> None:
        """Bring a chart to the front, by its id in the table."""
        self.tabs.setCurrentWidget(self._pages[identifier])

    def _make_page(self, chart: chart_table.Chart) -> ChartPage:
        page = chart.page(self._desk)
        page.setContentsMargins(*MARGINS)
        page.setAccessibleName(translate(chart.tab))
        page.neuron_chosen.connect(self._desk.neuron_chosen)
        page.enlarge_asked.connect(self._desk.enlarge_asked)
        return page

    def _more_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText(self.tr("More"))
        button.setToolTip(self.tr("More charts"))
        button.setProperty("kind", "moreTab")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        menu, group = QMenu(button), QActionGroup(button)
        for chart in self._charts:
            if chart.in_menu_when_narrow:
                action = self._entries[chart.id] = group.addAction(translate(chart.tab))
                action.setCheckable(True)
                menu.addAction(action)
                action.triggered.connect(lambda _checked=False, chosen=chart.id: self.show_chart(chosen))
        button.setMenu(menu)
        button.hide()
        return button

    def set_compact(self, compact: bool) -> None:
        """Make do with some tabs and a button, or show all."""
        front = self.tabs.currentIndex()
        self.more.setVisible(compact)
        for index, chart in enumerate(self._charts):
            self.tabs.setTabVisible(index, not (compact and chart.in_menu_when_narrow))
        self.tabs.setCurrentIndex(front)

    def _offer(self) -> None:
        """Let those charts be chosen that can be drawn: without its table, the one of the loss."""
        is_missing = self._bridge.document.is_without_rows
        for index, chart in enumerate(self._charts):
            can = not (is_missing and chart.needs_rows)
            self.tabs.setTabEnabled(index, can)
            self.tabs.setTabToolTip(index, "" if can else plain_tip(translate(TABLE_IS_MISSING)))
            if chart.id in self._entries:
                self._entries[chart.id].setEnabled(can)
        self.more.setToolTip(plain_tip(translate(TABLE_IS_MISSING)) if is_missing else self.tr("More charts"))
        if not self.tabs.isTabEnabled(self.tabs.currentIndex()):
            self.tabs.setCurrentIndex(next(index for index, chart in enumerate(self._charts) if not chart.needs_rows))

    def _on_turned(self, index: int) -> None:
        chart = self._charts[index]
        is_chosen = chart.in_menu_when_narrow
        self.more.setText(self.tabs.tabText(index) if is_chosen else self.tr("More"))
        for identifier, entry in self._entries.items():
            entry.setChecked(identifier == chart.id)
        if is_chosen != self.more.property("chosen"):
            self.more.setProperty("chosen", is_chosen)
            self.more.style().unpolish(self.more)
            self.more.style().polish(self.more)
        self.turned.emit(chart)
