"""The left edge of the window: which rooms hang their pages there, under which tabs and behind which icons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from ann_viz.numerals import count
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.late import LatePage
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.side import Entry, Side
from ann_viz.ui.runs.runs_panel import RunsPanel
from ann_viz.ui.sweeping.sweep_side import SweepSide
from ann_viz.ui.sweeping.sweeping import Sweeping

if TYPE_CHECKING:
    from ann_viz.ui.building.panel import BuildPanel
    from ann_viz.ui.trying.panel import TryPanel

__all__ = ["LeftSide"]

WIDTH: Final = 264


class LeftSide(Side):
    """Tabs *Build*, *Try* and *Runs*.

    Parameters
    ----------
    bridge : Bridge
        The pages read its document and call its methods.
    sweeping : Sweeping
        What is done about sweeps.
    """

    def __init__(self, bridge: Bridge, sweeping: Sweeping, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Build, try and runs"), WIDTH, parent)
        self._bridge = bridge
        self._build, self._trying = LatePage(self._make_build), LatePage(self._make_trying)
        self.runs = RunsPanel(bridge)
        self.sweep = SweepSide(bridge, sweeping, self.runs)
        self.add_page(
            self.tr("Build"),
            self._build,
            (
                Entry("table", self.tr("Data"), lambda: self.build.data),
                Entry("network", self.tr("Network"), lambda: self.build.network),
                Entry("sliders-horizontal", self.tr("Hyperparameters"), lambda: self.build.hyper),
            ),
        )
        self.add_page(self.tr("Try"), self._trying, (Entry("user-plus", self.tr("Try"), lambda: self._trying),))
        self.add_page(self.tr("Runs"), self.sweep, (Entry("list-tree", self.tr("Runs"), lambda: self.sweep),))
        for changed in (bridge.runs_changed, bridge.dataset_changed):
            changed.connect(self._count_runs)

    def _count_runs(self) -> None:
        n_runs = len(self._bridge.document.runs)
        self.tabs.setTabToolTip(self.tabs.indexOf(self.sweep), plain_tip(count(n_runs, "run") if n_runs else ""))

    def _make_build(self) -> BuildPanel:
        from ann_viz.ui.building.panel import BuildPanel

        return BuildPanel(self._bridge)

    def _make_trying(self) -> TryPanel:
        from ann_viz.ui.trying.panel import TryPanel

        return TryPanel(self._bridge)

    @property
    def build(self) -> BuildPanel:
        """Data, network and how it is trained."""
        return self._build.page

    @property
    def trying(self) -> TryPanel:
        """The form for a row of one's own."""
        return self._trying.page

    def stop(self) -> None:
        """End what the pages do in threads, before the data are closed."""
        if self._build.is_made:
            self.build.stop()
        self.runs.stop()
