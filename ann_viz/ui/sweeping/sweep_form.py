"""The form of a sweep, at the left: what is varied, how, how often, and what it will take."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ann_viz.engine import NetworkConfig, TrainConfig
from ann_viz.errors import AnnVizError, ConfigError
from ann_viz.numerals import count
from ann_viz.session.sweeping.baselines import baseline_models
from ann_viz.session.sweeping.plan import MOST_REPEATS, MOST_RUNS, SEARCHES, Measure, Plan, Search
from ann_viz.session.sweeping.spaces import measures_of, usual_space
from ann_viz.session.sweeping.words import time_words
from ann_viz.translation import translatable, translate
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.controls import Glyph, IconButton, Segments, Stepper
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.line import horizontal_line
from ann_viz.ui.kit.scrolling import Scrolling
from ann_viz.ui.kit.wheel import ComboBox
from ann_viz.ui.sweeping.setting_rows import ROWS, setting_row
from ann_viz.ui.sweeping.sweeping import Sweeping

__all__ = ["SweepForm"]

MANY_RUNS: Final = 200
MOST_EPOCHS: Final = 100_000
BEST_WIDTH: Final = 152
SEARCH_NAMES: Final[dict[Search, str]] = {
    "random": translatable("Random"),
    "grid": translatable("Every one"),
    "halving": translatable("Narrow"),
}
SEARCH_TIPS: Final[dict[Search, str]] = {
    "random": translatable("Draw values at random: finds as much as every combination in far fewer runs"),
    "grid": translatable("Every combination of the values"),
    "halving": translatable("All short at first; the better half goes on until they are twice as long, three times"),
}
BEST_NAMES: Final[dict[Measure, str]] = {
    "loss": translatable("Lowest loss"),
    "auc": translatable("Largest ROC AUC"),
    "accuracy": translatable("Highest accuracy"),
    "rmse": translatable("Smallest error"),
}


class SweepForm(QFrame):
    """Says what a sweep is to try; it is locked while one runs.

    Parameters
    ----------
    bridge : Bridge
        Whose settings are varied.
    sweeping : Sweeping
        What begins the sweep.
    """

    back = Signal()
    begun = Signal()

    def __init__(self, bridge: Bridge, sweeping: Sweeping, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._sweeping = bridge, sweeping
        self._is_filled = self._is_touched = False
        self.setProperty("card", True)
        self.setObjectName("sweepForm")
        self.setAccessibleName(self.tr("What to try"))
        self.rows = [setting_row(name) for name in ROWS]
        self.search = Segments([(name, translate(SEARCH_NAMES[name])) for name in SEARCHES], self.tr("How"))
        self.runs = Stepper(self.tr("Runs"), 1, MOST_RUNS)
        self.seeds = Stepper(self.tr("Seeds per run"), 1, MOST_REPEATS)
        self.epochs = Stepper(self.tr("Epochs at most"), 1, MOST_EPOCHS)
        self.patience = Stepper(self.tr("Stop early after"), 0, MOST_EPOCHS)
        self.patience.setSpecialValueText(self.tr("never"))
        self.best = ComboBox()
        self.best.setAccessibleName(self.tr("Best is"))
        self.start = QPushButton(self.tr("Start"))
        self.start.setProperty("kind", "primary")
        self.footer = PlainLabel(role="muted", wrap=True)
        self.problem = PlainLabel(role="danger", wrap=True)
        self.problem.hide()
        self._lay_out()
        self._connect()
        self.show_plan(Plan(space=(("l2", (0.0,)),)))
        self._is_filled = False

    # Building -------------------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        for name in SEARCHES:
            self.search.button(name).setToolTip(translate(SEARCH_TIPS[name]))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(horizontal_line())
        column.addWidget(self._scrolled(), 1)
        column.addWidget(horizontal_line())
        column.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        self.to_runs = IconButton("arrow-left", self.tr("Back to the runs"), extent=26)
        self.to_runs.clicked.connect(self.back)
        self.title = PlainLabel(role="title")
        self.origin = PlainLabel(role="muted")
        head = QHBoxLayout()
        head.setContentsMargins(8, 8, 12, 8)
        head.setSpacing(6)
        head.addWidget(self.to_runs)
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self.origin)
        return head

    def _scrolled(self) -> Scrolling:
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(12, 7, 12, 7)
        body.setSpacing(5)
        body.addWidget(PlainLabel(self.tr("TRY THESE"), role="caption"))
        for row in self.rows:
            body.addWidget(row)
        body.addWidget(horizontal_line())
        body.addWidget(PlainLabel(self.tr("HOW"), role="caption"))
        body.addWidget(self.search)
        steppers = (self.runs, self.seeds, self.epochs, self.patience)
        self._named_runs, *others = (_named(stepper.accessibleName(), stepper) for stepper in steppers)
        for named in (self._named_runs, *others, _named(self.tr("Best is"), self.best, BEST_WIDTH)):
            body.addWidget(named)
        body.addStretch()
        return Scrolling(self._body)

    def _foot(self) -> QVBoxLayout:
        self._lock = Glyph("lock", "muted", 13)
        words = QHBoxLayout()
        words.setSpacing(6)
        words.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(self.footer, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 9, 12, 11)
        foot.setSpacing(7)
        foot.addWidget(self.problem)
        foot.addLayout(words)
        foot.addWidget(self.start)
        return foot

    def _connect(self) -> None:
        for row in self.rows:
            row.changed.connect(self._on_changed)
            row.rejected.connect(self._show_problem)
        for stepper in (self.runs, self.seeds, self.epochs, self.patience):
            stepper.valueChanged.connect(self._on_changed)
        self.search.chosen.connect(self._on_changed)
        self.best.activated.connect(self._on_changed)
        self.start.clicked.connect(self._begin)
        self._sweeping.surveyed.connect(self._on_surveyed)
        self._sweeping.state_changed.connect(self.refresh)
        self._sweeping.results_changed.connect(self._show_footer)
        self._bridge.dataset_changed.connect(self._on_dataset_changed)
        for signal in (self._bridge.settings_changed, self._bridge.runs_changed):
            signal.connect(self._on_document_changed)

    # What is asked for ----------------------------------------------------------------------------------------------
    def plan(self) -> Plan:
        """Return what the form says; raises ConfigError where that makes no sense."""
        search = self._search()
        space = tuple((row.name, row.domain(search)) for row in self.rows if row.is_ticked)
        if not space:
            raise ConfigError(self.tr("Tick at least one setting."), field="space")
        return Plan(
            space=space,
            search=search,
            runs=self.runs.value(),
            seeds=self.seeds.value(),
            epochs=self.epochs.value(),
            patience=self.patience.value() or None,
            seed=self._configs()[0].seed,
            measure=self.best.currentData() or "loss",
            baselines=baseline_models(),
        )

    def show_plan(self, plan: Plan) -> None:
        """Fill the form."""
        domains = dict(plan.space)
        for row in self.rows:
            row.show_domain(domains.get(row.name))
        controls = (self.runs, self.seeds, self.epochs, self.patience)
        blockers = [QSignalBlocker(control) for control in controls]
        values = (plan.runs, plan.seeds, plan.epochs, plan.patience or 0)
        for control, value in zip(controls, values, strict=True):
            control.setValue(value)
        del blockers
        self.search.show_value(plan.search)
        self.best.setCurrentIndex(max(0, self.best.findData(plan.measure)))
        self._is_filled = True
        self.refresh()

    def _search(self) -> Search:
        return next(name for name in SEARCHES if name == self.search.value)

    def _configs(self) -> tuple[NetworkConfig, TrainConfig]:
        document = self._bridge.document
        return document.network_config or NetworkConfig(n_inputs=1, n_outputs=1), document.train_config

    def _on_dataset_changed(self) -> None:
        self._is_filled = self._is_touched = False
        self._on_document_changed()

    def _on_document_changed(self) -> None:
        if self.isVisible():
            self._fill()

    def _fill(self) -> None:
        """Offer what suits the open document."""
        document = self._bridge.document
        network, training = self._configs()
        chosen = self.best.currentData()
        self.best.clear()
        for measure in measures_of(network.task):
            self.best.addItem(translate(BEST_NAMES[measure]), measure)
        self.best.setCurrentIndex(max(0, self.best.findData(chosen)))
        for row in self.rows:
            row.show_current(network, training)
        run = document.current_run
        self.origin.setText("" if run is None else self.tr("from “{run}”").format(run=document.run_name(run)))
        if not self._is_filled and document.dataset is not None:
            self.show_plan(Plan(space=usual_space(network, training)))
        self._sweeping.look_around()
        self.refresh()

    def _on_surveyed(self) -> None:
        found = self._sweeping.survey
        if found is not None and found.earlier is not None and not self._is_touched and self._sweeping.study is None:
            self.show_plan(found.earlier)
        self._show_footer()

    # What is shown --------------------------------------------------------------------------------------------------
    def _on_changed(self) -> None:
        self._is_touched = True
        self._show_problem("")
        self.refresh()

    def refresh(self) -> None:
        """Lock the form while a sweep runs, and say what it will take."""
        running = self._sweeping.is_running
        self.title.setText(self._sweeping.title() if running else self.tr("Sweep"))
        self._body.setEnabled(not running)
        self._lock.setVisible(running)
        self.start.setVisible(not running)
        self._named_runs.setVisible(self._search() != "grid")  # there are as many as there are combinations
        self._show_footer()

    def _show_footer(self) -> None:
        if self._sweeping.is_running:
            study = self._sweeping.study
            n_runs = count(0 if study is None else len(study.runs()), "run")
            words = self.tr("Settings are fixed while it runs. Cancel keeps {runs} that are done.")
            self.footer.setText(words.format(runs=n_runs))
            return
        try:
            plan = self.plan()
        except AnnVizError as error:
            self.footer.setText(str(error))
            self.start.setEnabled(False)
            return
        self.start.setEnabled(self._bridge.document.dataset is not None)
        self.footer.setText(" ".join(self._about(plan)))

    def _about(self, plan: Plan) -> list[str]:
        """Return sentences on what a plan takes."""
        n_runs, survey = len(plan.candidates()), self._sweeping.survey
        size = f"{count(n_runs, 'run')} × {count(plan.seeds, 'seed')}"
        seconds = math.nan if survey is None else survey.seconds_of(plan)
        took = time_words(seconds)
        said = [self.tr("{size} · about {time} here").format(size=size, time=took) if took else size]
        if plan.search == "grid" and n_runs > MANY_RUNS:
            said.append(self.tr("That is a lot: drawn at random, 40 of them find about as much."))
        if survey is not None and survey.n_kept and self._sweeping.study is None:
            said.append(self.tr("Results of an earlier sweep are kept: Start goes on from there."))
        return said

    def _show_problem(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    # What the user does ---------------------------------------------------------------------------------------------
    def _begin(self) -> None:
        try:
            plan = self.plan()
        except AnnVizError as error:
            self._show_problem(str(error))
            return
        self._sweeping.begin(plan)
        self.begun.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Offer what suits the document that is open now."""
        super().showEvent(event)
        self._fill()


def _named(name: str, control: QWidget, width: int = 118) -> QWidget:
    named = QWidget()
    row = QHBoxLayout(named)
    row.setContentsMargins(0, 0, 0, 0)
    label = PlainLabel(name, role="label")
    label.setBuddy(control)
    row.addWidget(label, 1)
    control.setFixedWidth(width)
    row.addWidget(control)
    return named
