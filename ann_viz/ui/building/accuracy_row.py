"""The switch of accuracy mode, and the training of the networks that answer together with a run that has ended."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ann_viz.errors import AnnVizError
from ann_viz.explain.moment import answering_tag
from ann_viz.numerals import percent_fixed
from ann_viz.session import RunState
from ann_viz.session.accuracy import may_train_beside, told, training_beside
from ann_viz.session.setup import Setup
from ann_viz.ui.building.hyper_more import form_row
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.kit.controls import ToggleSwitch
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["AccuracyRow"]


class AccuracyRow(QWidget):
    """A switch, and beside it how many networks answer now or how far the others are.

    They are trained when a run ends with the switch on, and when it is switched on at the end of one: never of a run
    that is only gone back to.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    complain : callable
        Takes a sentence about what can't be done.
    """

    def __init__(self, bridge: Bridge, complain: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._complain = bridge, complain
        self._seen, self._share = self._end(), 0.0
        self._setup: Setup | None = None  # of what is trained
        self._training = JobWatcher("training beside a run", self)
        self.switch = ToggleSwitch(self.tr("Accuracy mode"))
        self.switch.setObjectName("accuracyMode")
        self.note = PlainLabel(role="muted")
        text = "\n".join(told().values())
        self.setToolTip(plain_tip(text))
        self.switch.setAccessibleDescription(text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form_row(self.tr("Accuracy"), self.switch, self.note))
        self.switch.toggled.connect(self._on_switched)
        self._training.progressed.connect(self._on_progressed)
        self._training.finished.connect(self._on_trained)
        self._training.failed.connect(self._on_failed)
        for changed in (
            bridge.snapshot_changed,
            bridge.state_changed,
            bridge.look_changed,
            bridge.runs_changed,
            bridge.dataset_changed,
            bridge.settings_changed,
        ):
            changed.connect(self._on_changed)
        self.refresh()

    # What is trained ------------------------------------------------------------------------------------------------
    def _on_switched(self, on: bool) -> None:
        if on:
            self._bridge.set_accuracy(True)
            self._train()
        else:
            self._training.stop()
            self._bridge.set_accuracy(False)

    def _on_changed(self) -> None:
        """Train the others where a run has just ended; what is under way ends where it would be for another moment."""
        seen, self._seen = self._seen, self._end()
        if self._training.busy and not self._is_wanted():
            self._training.stop()
        has_ended = self._seen[0] == seen[0] and self._seen != seen and self._seen[-1]
        if has_ended and self._bridge.document.accuracy:
            self._train()
        self.refresh()

    def _end(self) -> tuple[int, int, bool]:
        """Return the run on show, how many steps it has had, and whether it has ended with them."""
        document = self._bridge.document
        run, newest = document.current_run, document.newest
        if run is None or newest is None:
            return 0, 0, False
        return run.number, newest.step, document.state is RunState.FINISHED

    def _is_wanted(self) -> bool:
        """Whether what is trained is still what the run on show would answer together with."""
        document = self._bridge.document
        run = document.current_run
        return may_train_beside(document) and run is not None and document.setup_of(run) == self._setup

    def _train(self) -> None:
        document = self._bridge.document
        run = document.current_run
        if run is None or not may_train_beside(document):
            return
        self._setup, self._share = document.setup_of(run), 0.0
        try:
            self._training.start(training_beside(document))
        except AnnVizError as error:
            self._on_failed(error)
        self.refresh()

    def _on_progressed(self, share: float) -> None:
        self._share = share
        self.refresh()

    def _on_trained(self, siblings: object) -> None:
        if self._is_wanted() and isinstance(siblings, tuple):
            self._bridge.answer_together(siblings)
        self.refresh()

    def _on_failed(self, error: AnnVizError) -> None:
        self._complain(str(error))
        self.refresh()

    def stop(self) -> None:
        """End what goes on in a thread."""
        self._training.close()
        self.refresh()

    # What it shows --------------------------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Follow the document."""
        document = self._bridge.document
        with QSignalBlocker(self.switch):
            self.switch.setChecked(document.accuracy)
        self.switch.setEnabled(document.dataset is not None)
        if self.note.text() != self._state():  # asked at every frame
            self.note.setText(self._state())

    def _state(self) -> str:
        document = self._bridge.document
        if self._training.busy:
            return self.tr("two more: {share}").format(share=percent_fixed(self._share, 0))
        if document.n_networks > 1:
            return answering_tag(document.snapshot)
        waits = document.accuracy and document.state is not RunState.FINISHED
        return self.tr("once training ends") if waits else self.tr("one network")
