"""The page that shows two runs side by side: their pictures, what differs, what each scores, and what that says.

A run and its twin are watched on it while `TwinTraining` trains them. Whoever opens it says which runs: the tree, a
command, a lesson.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ann_viz.data import Dataset
from ann_viz.session import RunState
from ann_viz.session.best_epoch import best_of
from ann_viz.session.compare import Compared, compare, pair_request, training_pair
from ann_viz.session.twin import Change, Twin
from ann_viz.ui.comparing.compare_header import CompareHeader
from ann_viz.ui.comparing.findings import Findings
from ann_viz.ui.comparing.pair_view import NARROW, Mode, PairView, Shown
from ann_viz.ui.comparing.row_strip import RowStrip
from ann_viz.ui.comparing.twin_training import TwinTraining
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.line import horizontal_line

__all__ = ["ComparePage"]


class ComparePage(QFrame):
    """Two runs side by side."""

    changed = Signal()
    """Something a lesson may ask about has changed."""
    closed = Signal()
    lettered = Signal(object)
    """Which runs are A and B, by their numbers."""
    twin_asked = Signal(int)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._numbers: tuple[int, int] | None = None
        self._seeds_after = 1
        self._twins = TwinTraining(bridge, self)
        self.setObjectName("comparePage")
        self.setProperty("card", "canvas")
        self.setAccessibleName(self.tr("Two runs side by side"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.header = CompareHeader(self)
        self.promise = PlainLabel(
            self.tr("Change something and press Train: the old run stays here, and the two can be compared."),
            role="muted",
            wrap=True,
        )
        self.promise.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pair = PairView(bridge.document)
        self.strip = RowStrip(bridge)
        self.findings = Findings()
        self._comparing = JobWatcher("comparing two runs", self)
        self._seeding = JobWatcher("training other seeds", self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for widget, stretch in (
            (self.header, 0), (horizontal_line(), 0), (self.promise, 1), (self.pair, 5), (horizontal_line(), 0),
            (self.strip, 0), (horizontal_line(), 0), (self.findings, 4),
        ):  # fmt: skip
            column.addWidget(widget, stretch)

    def _connect(self) -> None:
        bridge, header = self._bridge, self.header
        header.chosen.connect(self.show_side)
        header.swapped.connect(self.swap)
        header.mode_chosen.connect(self.choose_mode)
        header.only_chosen.connect(self.pair.show_only)
        header.train.clicked.connect(self.toggle)
        header.close_button.clicked.connect(self.closed)
        header.twin.clicked.connect(lambda: self.twin_asked.emit(self._bridge.document.run_numbers[0]))
        self.pair.scaled.connect(self._show_scale)
        self.pair.dropped.connect(self.show_side)
        self.findings.seeds_asked.connect(self.train_seeds)
        self._comparing.finished.connect(self._on_compared)
        self._comparing.failed.connect(lambda error: self.header.say(str(error)))
        self._seeding.progressed.connect(self.findings.show_training)
        self._seeding.finished.connect(lambda _: self._on_seeded())
        self._seeding.failed.connect(lambda error: self.header.say(str(error)))
        self._twins.paired.connect(self._show_twins)
        self._twins.rested.connect(self._show_training)
        self._twins.kept.connect(self._on_kept)
        self._twins.failed.connect(self.refuse)
        bridge.runs_changed.connect(self._on_runs_changed)
        bridge.state_changed.connect(self._on_state_changed)
        bridge.example_changed.connect(self.pair.refresh)
        bridge.dataset_changed.connect(self._on_dataset_changed)

    # Which runs -----------------------------------------------------------------------------------------------------
    @property
    def numbers(self) -> tuple[int, int] | None:
        """The runs that are A and B; None where there are not two."""
        return self._numbers

    @property
    def current_number(self) -> int | None:
        """The run in the window; None without data."""
        numbers = self._bridge.document.run_numbers
        return numbers[0] if numbers else None

    @property
    def mark(self) -> object:
        """What is another for other data and another run in the window."""
        return id(self._bridge.document.dataset), self.current_number

    @property
    def is_outdated(self) -> bool:
        """Whether settings were changed since a twin was begun that has not learned anything yet."""
        return self._twins.is_outdated

    def has_hidden_layer(self, number: int) -> bool:
        """Return whether the network of a run has a hidden layer."""
        return bool(self._bridge.document.find_run(number).network_config.hidden)

    def choose_mode(self, mode: Mode) -> None:
        """Let the lines show something else, or show maps."""
        self.pair.show_mode(mode)
        self.header.show_modes(self.pair.mode, self.pair.difference_problem, maps=self.pair.has_maps)
        self._show_scale()

    def show_runs(self, a: int, b: int) -> None:
        """Show two runs, each at its best epoch."""
        self._numbers = (a, b)
        self._refresh()

    def show_side(self, number: int, letter: str) -> None:
        """Show another run as A or B; the one that is on the other side goes over to this one."""
        if self._numbers is None or self.is_training:
            return
        a, b = self._numbers
        if letter == "A":
            self.show_runs(number, a if number == b else b)
        else:
            self.show_runs(b if number == a else a, number)

    def swap(self) -> None:
        """Let A be B and B be A."""
        if self._numbers is not None and not self.is_training:
            self.show_runs(*reversed(self._numbers))

    def show_best(self) -> None:
        """Compare the run in the window with the best of the others."""
        document = self._bridge.document
        current = self.current_number
        others = [run for run in document.runs if run.number != current and run.snapshot.epoch]
        if current is not None and others:
            self.show_runs(current, min(others, key=lambda run: run.snapshot.best_loss).number)
        else:
            self._numbers = None
            self._refresh()

    # Twins ----------------------------------------------------------------------------------------------------------
    @property
    def twin(self) -> Twin | None:
        """What is trained in step with A; it becomes a run once that is over."""
        return self._twins.twin

    @property
    def is_training(self) -> bool:
        """Whether a run and its twin are being trained."""
        return self._twins.busy

    def begin_twin(self, number: int, change: Change, *, epochs: int = 0, dataset: Dataset | None = None) -> None:
        """Show a run and a twin of it, neither of which is trained yet beyond what it was; raises ConfigError."""
        self._twins.begin(number, change, epochs, dataset)
        self._numbers, self._seeds_after = (number, 0), 1
        self.findings.show_found(None, (0, 1))
        self._refresh()

    def refuse(self, sentence: str) -> None:
        """Say why there is no twin."""
        self.header.say(sentence)

    def train_twin(self, *, seeds: int = 1, steady: bool = True) -> None:
        """Train both in step, then, where asked for, networks like them from other seeds."""
        if self.twin is not None and not self.is_training:
            self._seeds_after = seeds
            self._twins.start(steady=steady)
            self._show_training()

    def toggle(self) -> None:
        """Let both learn, or stand still."""
        if self.is_training:
            self._twins.stop()
        else:
            self.train_twin(seeds=self._seeds_after)

    def _on_kept(self, number: int, twin_number: int) -> None:
        """Compare the run and its twin, which is a run now."""
        self.show_runs(number, twin_number)
        if self._seeds_after > 1:
            self.train_seeds(self._seeds_after)

    def _show_twins(self) -> None:
        shown = self._twins.shown()
        if shown is not None:
            self.pair.show_pair(*shown)
        self.changed.emit()

    def _show_training(self) -> None:
        self.header.show_training(self.twin is not None, running=self.is_training)

    # Seeds ----------------------------------------------------------------------------------------------------------
    def train_seeds(self, n_seeds: int) -> None:
        """Train what is missing for both to have networks from so many seeds, in the background."""
        if self._numbers is None or self.twin is not None:
            return
        document = self._bridge.document
        request = pair_request(document, *self._numbers)
        self._seeding.start(training_pair(document.siblings, request, n_seeds))
        self.findings.show_training(0.0)

    def _on_seeded(self) -> None:
        self.findings.show_training(None)
        self.tell_letters()
        self._bridge.announce_siblings()
        self._compare()

    # What is shown --------------------------------------------------------------------------------------------------
    def _refresh(self) -> None:
        """Show the pair as it stands now."""
        document = self._bridge.document
        numbers = self._numbers
        is_pair = numbers is not None
        for widget in (self.pair, self.strip):
            widget.setVisible(is_pair)
        self.promise.setVisible(not is_pair)
        if numbers is None:
            self.findings.show_found(None, (0, 1))
        runs = [(run.number, document.run_name(run), document.run_place(run.number)) for run in document.runs]
        if self.twin is not None:
            runs.append((0, document.run_name(self.twin.likeness), self._twins.place))
        self.header.show_runs(runs, numbers)
        self.tell_letters()
        if numbers is None:
            return
        if self.twin is not None:
            self._show_twins()
        else:
            self.pair.show_pair(*(self._shown(number) for number in numbers))
            self._compare()
        self.header.show_modes(self.pair.mode, self.pair.difference_problem, maps=self.pair.has_maps)
        self._show_scale()
        self.strip.show_row()
        self._show_training()

    def tell_letters(self) -> None:
        """Say which runs are A and B."""
        self.lettered.emit({} if self._numbers is None else dict(zip(self._numbers, "AB", strict=True)))

    def _shown(self, number: int) -> Shown:
        document = self._bridge.document
        run = document.find_run(number)
        return run, best_of(run), document.run_name(run), document.run_place(number)

    def _compare(self) -> None:
        if self._numbers is not None and self.twin is None and self.isVisible():
            request = pair_request(self._bridge.document, *self._numbers)
            self._comparing.start(lambda _progress, cancelled: compare(request, cancelled))

    def _on_compared(self, found: Compared) -> None:
        if self._numbers is not None and self.twin is None:
            a, b = (self._bridge.document.run_place(number) for number in self._numbers)
            self.findings.show_found(found, (a, b))

    def _show_scale(self, _reference: float = 0.0) -> None:
        dataset = self._bridge.document.dataset
        if self.pair.mode == "map" and dataset is not None:
            self.strip.show_classes(dataset.encoder.class_names)
            return
        self.strip.show_scale(self.pair.reference, signals=self.pair.mode == "signals")

    # What happened --------------------------------------------------------------------------------------------------
    def _on_runs_changed(self) -> None:
        if not self.isVisible():
            return
        listed = {run.number for run in self._bridge.document.runs} | {0}
        if self._numbers is None or not listed.issuperset(self._numbers):
            self.show_best()
        else:
            self._refresh()

    def _on_state_changed(self) -> None:
        if self._bridge.document.state is RunState.RUNNING and self.is_training:
            self._twins.stop()
        elif self.isVisible() and self.twin is None:
            self._refresh()

    def _on_dataset_changed(self) -> None:
        self.stop()
        self._twins.forget()
        self._numbers = None
        self.pair.forget()
        if self.isVisible():
            self._refresh()

    def rest(self) -> None:
        """Let what is watched stand still: the page is left; seeds go on."""
        self._twins.stop()

    def stop(self) -> None:
        """Let everything that goes on here end; before the data are closed."""
        for job in (self._twins, self._seeding, self._comparing):
            job.close()
        self.findings.show_training(None)

    def facts(self) -> dict[str, Any]:
        """Return what lessons ask: epochs that both have had in step, and how good each was then."""
        return self._twins.facts()

    # Qt -------------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Catch up after having been hidden."""
        super().showEvent(event)
        self._on_runs_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show one side at a time where there is little room."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        self.header.set_narrow(narrow)
        self.findings.set_narrow(narrow)
        self.strip.set_narrow(narrow)
        self.pair.show_only(self.header.only if narrow else "")

    def changeEvent(self, event: QEvent) -> None:
        """Draw letters and pictures in the colours of another theme."""
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._refresh()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
