"""What a sweep has shown, beside its table: which settings mattered, and whether the first run is really ahead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ann_viz.numerals import count
from ann_viz.rich import bold, joined
from ann_viz.session.sweeping.mattered import FEWEST_RUNS, what_mattered
from ann_viz.session.sweeping.plan import Plan
from ann_viz.session.sweeping.ranking import RunScore
from ann_viz.session.sweeping.settings import SETTINGS
from ann_viz.session.sweeping.words import against_baselines, verdict
from ann_viz.translation import translate
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.scrolling import Scrolling
from ann_viz.ui.sweeping.mattered_bars import MatteredBars

__all__ = ["SweepFindings"]


class SweepFindings(Scrolling):
    """A column of bars, and a box with the verdict."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.bars = MatteredBars()
        self.verdict = RichLabel(role="body", wrap=True)
        self._about = PlainLabel(role="muted", wrap=True)
        self._box = QFrame()
        self._box.setProperty("card", "soft")
        inside = QVBoxLayout(self._box)
        inside.setContentsMargins(11, 10, 11, 10)
        inside.addWidget(self.verdict)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(6)
        column.addWidget(PlainLabel(self.tr("What mattered"), role="strong"))
        column.addWidget(self._about)
        column.addWidget(self.bars)
        column.addStretch()
        column.addWidget(self._box)
        self.setWidget(side)

    def show_runs(self, plan: Plan | None, runs: Sequence[RunScore], baselines: Sequence[RunScore]) -> None:
        """Say what these runs, best first, have shown."""
        shares = what_mattered(runs)
        self.bars.show_shares([(translate(SETTINGS[name].title), share) for name, share in shares])
        words = self.tr("share of the difference between all {runs} that one setting explains alone")
        if plan is not None and len(plan.rounds()) > 1:
            words = self.tr("share of the difference after the first stage of all {runs} that one setting explains")
        too_few = self.tr("Known from {runs} on: with fewer, chance looks like a cause.")
        n_runs = count(len(runs) if shares else FEWEST_RUNS, "run")
        self._about.setText((words if shares else too_few).format(runs=n_runs))
        if plan is None:
            self._box.hide()
            return
        better = plan.is_higher_better
        head, rest = verdict(runs, is_higher_better=better)
        simpler = against_baselines(runs, baselines, is_higher_better=better)
        self.verdict.setText(joined(" ", [part for part in (bold(head) if head else "", rest, simpler) if part]))
        self._box.setVisible(bool(head or simpler))
