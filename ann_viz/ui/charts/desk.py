"""What all charts share: the document, what it answers, the part of the rows that is judged, and calls between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from ann_viz.explain import Voice
from ann_viz.session import RunState
from ann_viz.session.judged.rows import KeptRows
from ann_viz.session.judged.wrong_rows import Kind
from ann_viz.session.judging import Judge
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.document.view import View

if TYPE_CHECKING:
    from ann_viz.data import PartName
    from ann_viz.session.sweeping.baselines import RealityCheck

__all__ = ["Desk"]

FIRST_TOLD: Final = 1


class Desk(QObject):
    """One for the charts in the dock and their enlarged pages alike.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    view : View, optional
        Whose voice the enlarged charts speak in.
    parent : QObject, optional

    Attributes
    ----------
    bridge : Bridge
    judge : Judge
        Of the same document.
    rows : KeptRows
        Where all of them read the rows they judge.
    """

    part_changed = Signal()
    """Other rows are judged."""

    enlarge_asked = Signal()
    """The chart in front is to take the place of the picture."""

    rows_asked = Signal(object)
    """Rows of a `Kind` are to be listed."""

    overlaid = Signal()
    """The courses of all runs are to be drawn, or of one alone; or others are compared."""

    one_changed = Signal()
    """Another class is told from the rest."""

    checks_changed = Signal()
    """It is known what something simpler comes to."""

    twin_asked = Signal(object)
    """A twin of the run in the window is to be trained, with this `Change`."""

    watched_changed = Signal()
    """Other rows are watched."""

    neuron_chosen = Signal(int)
    """A neuron of the first hidden layer was clicked, in some chart."""

    neuron_asked = Signal(object)
    """A hidden neuron, a `Neuron` of the scene, was clicked in some chart."""

    voice_changed = Signal()
    """Plain words come first, or technical terms."""

    def __init__(self, bridge: Bridge, view: View | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self._view = view
        if view is not None:
            view.voice_changed.connect(self.voice_changed)
        self.judge = Judge(bridge.document)
        self.rows = KeptRows()
        self._checks: tuple[RealityCheck, ...] = ()
        self._checking = JobWatcher("measuring something simpler", self)
        self._checking.finished.connect(self._on_checked)
        self._part: PartName | None = None
        self._overlays = False
        self._letters: Mapping[int, str] = {}
        self._watched: tuple[int, ...] = ()
        self._kind = Kind()
        self._one = FIRST_TOLD
        bridge.dataset_changed.connect(self._on_dataset_changed)

    @property
    def overlays(self) -> bool:
        """Whether the courses of all runs with an open eye are drawn, in place of the two curves of one."""
        return self._overlays

    @property
    def letters(self) -> Mapping[int, str]:
        """A and B, by the numbers of the runs that are compared."""
        return self._letters

    def overlay(self, on: bool, letters: Mapping[int, str]) -> None:
        """Draw all runs, or one alone."""
        if (on, letters) != (self._overlays, self._letters):
            self._overlays, self._letters = on, dict(letters)
            self.overlaid.emit()

    @property
    def voice(self) -> Voice:
        """Whether plain words come first, or technical terms."""
        return "plain" if self._view is None else self._view.voice

    @property
    def part(self) -> PartName:
        """The rows to judge by: those that were chosen, or else the ones the data are judged by."""
        dataset = self.bridge.document.dataset
        usual = "validation" if dataset is None else dataset.judged_part
        return usual if self._part is None else self._part

    def choose_part(self, part: PartName) -> None:
        """Judge by other rows from now on."""
        if part != self.part:
            self._part = part
            self.part_changed.emit()

    @property
    def watched(self) -> tuple[int, ...]:
        """Rows of the dataset that are listed whatever the network makes of them."""
        return self._watched

    @property
    def kind(self) -> Kind:
        """Which rows are listed."""
        return self._kind

    @property
    def one(self) -> int:
        """Of several classes, which one is told from the rest; of yes or no, yes."""
        return self._one

    def tell(self, one: int) -> None:
        """Tell another class from the rest."""
        if one != self._one:
            self._one = one
            self.one_changed.emit()

    def watch(self, row: int) -> None:
        """Watch a row, or no longer."""
        others = tuple(each for each in self._watched if each != row)
        self._watched = others if row in self._watched else (*others, row)
        self.watched_changed.emit()

    @property
    def linear(self) -> Mapping[str, float]:
        """Scores of a network without hidden layer on the rows the data are judged by; empty until it was trained."""
        found = next((check for check in self._checks if check.model == "linear"), None)
        return {} if found is None else dict(found.result.scores)

    def check(self) -> None:
        """Have it trained, once for the data, while nothing else is."""
        from ann_viz.session.sweeping.baselines import reality_checks

        document = self.bridge.document
        dataset, network = document.dataset, document.network_config
        if dataset is None or network is None or dataset.is_streamed or document.state is RunState.RUNNING:
            return
        if not self._checks and not self._checking.busy:
            self._checking.start(lambda _progress, cancelled: reality_checks(dataset, network, cancelled))

    def stop(self) -> None:
        """End what is measured, before the data are closed."""
        self._checking.close()

    def _on_checked(self, checks: tuple[RealityCheck, ...]) -> None:
        self._checks = checks
        self.checks_changed.emit()

    def ask_rows(self, kind: Kind) -> None:
        """Have the rows of a kind listed."""
        self._kind = kind
        self.rows_asked.emit(kind)

    def _on_dataset_changed(self) -> None:
        self.rows.forget()
        self._checking.stop()
        self._checks = ()
        self._watched = ()
        self._kind = Kind()
        self._one = FIRST_TOLD
        if self._part is not None:
            self._part = None
            self.part_changed.emit()
