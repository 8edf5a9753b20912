"""The right dock: is it working? Charts, right and wrong answers, the coach; or what is selected, looked at closely."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ann_viz.scene import Neuron
from ann_viz.ui.charts.chart_table import Chart
from ann_viz.ui.charts.chart_tabs import ChartTabs
from ann_viz.ui.charts.desk import Desk
from ann_viz.ui.charts.lost_card import LostCard
from ann_viz.ui.charts.results_card import ResultsCard
from ann_viz.ui.charts.runs_loss_chart import trained_rows
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.missing_table import MissingTableNote
from ann_viz.ui.document.view import View
from ann_viz.ui.explaining.coach_card import CoachCard
from ann_viz.ui.kit.late import LatePage
from ann_viz.ui.kit.screen_fit import QWIDGETSIZE_MAX
from ann_viz.ui.kit.scrolling import Scrolling
from ann_viz.ui.kit.side import SideTabs

if TYPE_CHECKING:
    from ann_viz.ui.inspector.panel import InspectorPanel
    from ann_viz.ui.runs.since_then_card import SinceThenCard
    from ann_viz.ui.why.panel import WhyPanel

__all__ = ["RightPanel", "WatchPanel"]

WATCH: Final = 0
INSPECT: Final = 1
WHY: Final = 2
CHART_HEIGHT: Final = 290
TALL_CHART: Final = 440  # of one that takes the place of the results too
LEAST_TALL: Final = 350
SMALLEST_CHART: Final = 216
CHART_FIRST: Final = 100  # the chart grows to its height before any room is left empty below


class WatchPanel(QWidget):
    """Charts, right and wrong answers, and the coach, one below the other."""

    def __init__(self, bridge: Bridge, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._only_chart, self._takes_results = bridge, False, False
        self._is_compact = self._is_low = False
        self.desk = Desk(bridge, view, self)
        self.charts = ChartTabs(self.desk, self)
        self.lost = LostCard(self.desk, self)
        self.results = ResultsCard(bridge, self.desk.judge, self)
        self.coach = CoachCard(bridge, view, self)
        self._since_then = LatePage(self._make_since_then, self)
        self.missing = MissingTableNote(bridge, self.tr("With it you see how well the network answers, and why."), self)
        self.charts.setMinimumHeight(SMALLEST_CHART)
        self.charts.setMaximumHeight(CHART_HEIGHT)
        self.charts.turned.connect(self._on_turned)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.charts, CHART_FIRST)
        column.addWidget(self.missing)
        column.addWidget(self.results)
        column.addWidget(self.lost)
        column.addWidget(self.coach)
        column.addWidget(self._since_then)
        column.addStretch(1)
        bridge.look_changed.connect(self._on_look_changed)
        bridge.runs_changed.connect(self._share_room)
        bridge.dataset_changed.connect(self._on_look_changed)
        bridge.dataset_changed.connect(self._share_room)
        self.desk.overlaid.connect(self._share_room)
        self.lost.hide()
        self._since_then.hide()

    def _make_since_then(self) -> SinceThenCard:
        from ann_viz.ui.runs.since_then_card import SinceThenCard

        return SinceThenCard(self._bridge)

    @property
    def since_then(self) -> SinceThenCard:
        """What stands in the coach's place while one looks back."""
        return self._since_then.page

    def _on_turned(self, chart: Chart) -> None:
        """Give a chart that says what the card of results says its place as well."""
        self._takes_results = chart.takes_results
        self._share_room()

    def _share_room(self) -> None:
        only, takes, is_missing = self._only_chart, self._takes_results, self._bridge.document.is_without_rows
        of_runs = bool(trained_rows(self.desk))
        below = not (only or takes or is_missing)
        self.results.setVisible(below and not of_runs)
        self.lost.setVisible(below and of_runs)
        self.missing.setVisible(is_missing and not only)
        tall = takes or of_runs
        self.charts.setMaximumHeight(QWIDGETSIZE_MAX if only else TALL_CHART if tall else CHART_HEIGHT)
        self.charts.setMinimumHeight(LEAST_TALL if tall else SMALLEST_CHART)
        self._column.setStretch(self._column.count() - 1, 0 if only else 1)

    def _on_look_changed(self) -> None:
        """What has changed since then takes the coach's place: that speaks of now."""
        looking, shown = self._bridge.document.looking_at is not None, not self._only_chart
        self._since_then.setVisible(looking and shown)
        self.coach.setVisible(not looking and shown and not self._bridge.document.is_without_rows)

    def set_compact(self, compact: bool) -> None:
        """Show fewer tabs, and the coach before the results: these may need scrolling to."""
        self.charts.set_compact(compact)
        self._is_compact = compact
        self._put_in_order()

    def set_low(self, low: bool) -> None:
        """Likewise show first what has changed since then."""
        self._is_low = low
        self._put_in_order()

    def _put_in_order(self) -> None:
        compact, low = self._is_compact, self._is_low
        for card, is_first in ((self.coach, compact), (self._since_then, compact or low)):
            self._column.removeWidget(card)
            self._column.insertWidget(1 if is_first else self._column.indexOf(self.lost) + 1, card)

    def show_only_chart(self, only: bool) -> None:
        """Leave everything but the chart out, and give it the room."""
        self._only_chart = only
        self._on_look_changed()
        self._share_room()


class RightPanel(SideTabs):
    """Tabs *Watch*, *Inspect*, *Why*; selecting in the picture turns to the second, and a hidden one costs nothing."""

    word_asked = Signal(str)
    """Someone wants a word explained; carries its id in the glossary."""

    def __init__(self, bridge: Bridge, view: View, parent: QWidget | None = None) -> None:
        name, tip = self.tr("Watch, inspect and why"), self.tr("Put this panel away")
        super().__init__(name, "panel-right-close", tip, parent)
        self._bridge, self._view = bridge, view
        self._only_chart = False
        self.watch = WatchPanel(bridge, view, self)
        self._inspector, self._why = LatePage(self._make_inspector), LatePage(self._make_why)
        scroll = Scrolling(parent=self)  # for a low window, or large text
        self.watch.setMinimumWidth(1)  # the scroll bar takes its room from the cards, not from what they show
        scroll.setWidget(self.watch)
        self.addTab(scroll, self.tr("Watch"))
        self.addTab(self._inspector, self.tr("Inspect"))
        self.addTab(self._why, self.tr("Why"))
        view.selection_changed.connect(self._on_selection_changed)
        self.watch.desk.neuron_chosen.connect(lambda index: view.select(Neuron(1, index)))
        self.watch.desk.neuron_asked.connect(view.select)
        self.watch.coach.word_asked.connect(self.word_asked)

    def _make_inspector(self) -> InspectorPanel:
        from ann_viz.ui.inspector.panel import InspectorPanel

        return InspectorPanel(self._bridge, self._view)

    def _make_why(self) -> WhyPanel:
        from ann_viz.ui.why.panel import WhyPanel

        return WhyPanel(self._bridge, self._view)

    @property
    def inspector(self) -> InspectorPanel:
        """What is selected, in numbers."""
        return self._inspector.page

    @property
    def why(self) -> WhyPanel:
        """What mattered for an answer."""
        return self._why.page

    def stop(self) -> None:
        """End what the pages do in threads, before the data are closed."""
        self.watch.coach.stop()
        self.watch.desk.stop()
        if self._why.is_made:
            self.why.stop()

    def show_watch(self) -> None:
        """Turn to *Watch*."""
        self.setCurrentIndex(WATCH)

    def show_inspector(self) -> None:
        """Turn to *Inspect*."""
        self.setCurrentIndex(INSPECT)

    def show_why(self) -> None:
        """Turn to *Why*."""
        self.setCurrentIndex(WHY)

    def show_chart(self, name: str) -> None:
        """Turn to one of the charts of *Watch*."""
        self.show_watch()
        self.watch.charts.show_chart(name)

    def set_compact(self, compact: bool) -> None:
        """Let *Watch* make do with less room."""
        self.watch.set_compact(compact)

    def set_low(self, low: bool) -> None:
        """Let it make do with less height."""
        self.watch.set_low(low)

    def show_only_chart(self, only: bool) -> None:
        """Show nothing but the chart of *Watch*, whatever is selected."""
        self.show_bar(not only)
        self.watch.show_only_chart(only)
        self._only_chart = only
        self.show_watch()

    def _on_selection_changed(self) -> None:
        if self._view.selection is not None and not self._only_chart:
            self.show_inspector()
        elif self.currentIndex() == INSPECT:  # why a row is answered so can be asked without a selection
            self.show_watch()
