"""The page that shows two runs side by side: their pictures, what differs, what each scores, and what that says.

A run and its twin are watched on it while `TwinTraining` trains them. Whoever opens it says which runs: the tree, a
command, a lesson.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ann_viz.data import Dataset
from ann_viz.session import RunState
from ann_viz.session.compare import Compared
from ann_viz.session.twin import Change
from ann_viz.ui.comparing.compare_header import CompareHeader
from ann_viz.ui.comparing.findings import Findings
from ann_viz.ui.comparing.pair_view import NARROW, Mode, PairView, at_its_best
from ann_viz.ui.comparing.pair_work import PairWork
from ann_viz.ui.comparing.row_strip import RowStrip
from ann_viz.ui.comparing.twin_training import TwinTraining
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.line import horizontal_line

__all__ = ["ComparePage"]


class ComparePage(QFrame):
    """Two runs side by side.

    Attributes
    ----------
    twins : TwinTraining
        A twin that is trained in step with A; it becomes a run once that is over.
    """

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
        self.twins = TwinTraining(bridge, self)
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
        self._work = PairWork(bridge.document, self)
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
        self._work.compared.connect(self._on_compared)
        self._work.progressed.connect(self.findings.show_training)
        self._work.seeded.connect(self._on_seeded)
        self._work.failed.connect(self.header.say)
        self.twins.paired.connect(self._show_twins)
        self.twins.rested.connect(self._show_training)
        self.twins.kept.connect(self._on_kept)
        self.twins.failed.connect(header.say)
        bridge.runs_changed.connect(self._on_runs_changed)
        bridge.state_changed.connect(self._on_state_changed)
        bridge.example_changed.connect(self.pair.refresh)
        bridge.dataset_changed.connect(self._on_dataset_changed)

    # Which runs -----------------------------------------------------------------------------------------------------
    @property
    def numbers(self) -> tuple[int, int] | None:
        """The runs that are A and B; None where there are not two."""
        return self._numbers

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
        if self._numbers is None or self.twins.busy:
            return
        a, b = self._numbers
        if letter == "A":
            self.show_runs(number, a if number == b else b)
        else:
            self.show_runs(b if number == a else a, number)

    def swap(self) -> None:
        """Let A be B and B be A."""
        if self._numbers is not None and not self.twins.busy:
            self.show_runs(*reversed(self._numbers))

    def show_best(self) -> None:
        """Compare the run in the window with the best of the others."""
        document = self._bridge.document
        numbers = document.run_numbers
        others = [run for run in document.runs if run.number != numbers[0] and run.snapshot.epoch]
        if others:
            self.show_runs(numbers[0], min(others, key=lambda run: run.snapshot.best_loss).number)
        else:
            self._numbers = None
            self._refresh()

    # Twins ----------------------------------------------------------------------------------------------------------
    def begin_twin(self, number: int, change: Change, *, epochs: int = 0, dataset: Dataset | None = None) -> None:
        """Show a run and a twin of it, neither of which is trained yet beyond what it was; raises ConfigError."""
        self.twins.begin(number, change, epochs, dataset)
        self._numbers, self._seeds_after = (number, 0), 1
        self.findings.show_found(None, (0, 1))
        self._refresh()

    def train_twin(self, *, seeds: int = 1, steady: bool = True) -> None:
        """Train both in step, then, where asked for, networks like them from other seeds."""
        if self.twins.twin is not None and not self.twins.busy:
            self._seeds_after = seeds
            self.twins.start(steady=steady)
            self._show_training()

    def toggle(self) -> None:
        """Let both learn, or stand still."""
        if self.twins.busy:
            self.twins.stop()
        else:
            self.train_twin(seeds=self._seeds_after)

    def _on_kept(self, number: int, twin_number: int) -> None:
        """Compare the run and its twin, which is a run now."""
        self.show_runs(number, twin_number)
        if self._seeds_after > 1:
            self.train_seeds(self._seeds_after)

    def _show_twins(self) -> None:
        shown = self.twins.shown()
        if shown is not None:
            self.pair.show_pair(*shown)
        self.changed.emit()

    def _show_training(self) -> None:
        self.header.show_training(self.twins.twin is not None, running=self.twins.busy)

    # Seeds ----------------------------------------------------------------------------------------------------------
    def train_seeds(self, n_seeds: int) -> None:
        """Train what is missing for both to have networks from so many seeds, in the background."""
        if self._numbers is not None and self.twins.twin is None:
            self._work.train_seeds(*self._numbers, n_seeds)
            self.findings.show_training(0.0)

    def _on_seeded(self) -> None:
        self.findings.show_training(None)
        self.tell_letters()
        self._bridge.announce_siblings()
        self._compare()

    # What is shown --------------------------------------------------------------------------------------------------
    def _refresh(self) -> None:
        """Show the pair as it stands now."""
        document, numbers = self._bridge.document, self._numbers
        for widget in (self.pair, self.strip):
            widget.setVisible(numbers is not None)
        self.promise.setVisible(numbers is None)
        if numbers is None:
            self.findings.show_found(None, (0, 1))
        runs = [(run.number, document.run_name(run), document.run_place(run.number)) for run in document.runs]
        if self.twins.twin is not None:
            runs.append((0, document.run_name(self.twins.twin.likeness), self.twins.place))
        self.header.show_runs(runs, numbers)
        self.tell_letters()
        if numbers is None:
            return
        if self.twins.twin is not None:
            self._show_twins()
        else:
            self.pair.show_pair(*(at_its_best(document, number) for number in numbers))
            self._compare()
        self.header.show_modes(self.pair.mode, self.pair.difference_problem, maps=self.pair.has_maps)
        self._show_scale()
        self.strip.show_row()
        self._show_training()

    def tell_letters(self) -> None:
        """Say which runs are A and B."""
        self.lettered.emit({} if self._numbers is None else dict(zip(self._numbers, "AB", strict=True)))

    def _compare(self) -> None:
        if self._numbers is not None and self.twins.twin is None and self.isVisible():
            self._work.compare(*self._numbers)

    def _on_compared(self, found: Compared) -> None:
        if self._numbers is not None and self.twins.twin is None:
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
        if self._bridge.document.state is RunState.RUNNING and self.twins.busy:
            self.twins.stop()
        elif self.isVisible() and self.twins.twin is None:
            self._refresh()

    def _on_dataset_changed(self) -> None:
        self.stop()
        self.twins.forget()
        self._numbers = None
        self.pair.forget()
        if self.isVisible():
            self._refresh()

    def stop(self) -> None:
        """Let everything that goes on here end; before the data are closed."""
        self.twins.close()
        self._work.close()
        self.findings.show_training(None)

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
