"""Carries out what a button of the coach proposes, so that one step of undo takes all of it back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ann_viz.session import RunState
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import JobWatcher

if TYPE_CHECKING:
    from ann_viz.data import Dataset
    from ann_viz.session.remedy import Remedy

__all__ = ["CoachActions"]


class CoachActions(QObject):
    """Makes changes of settings and network at once, and those of the data once their rows are encoded.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    """

    failed = Signal(object)
    """Carries an AnnVizError: the data could not be changed."""

    rate_asked = Signal()
    """A learning rate is to be found."""

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._builder = JobWatcher("making a dataset", self)
        self._builder.finished.connect(self._on_built)
        self._builder.failed.connect(self.failed)

    def carry_out(self, remedy: Remedy, label: str) -> None:
        """Do what a button says.

        Parameters
        ----------
        remedy : Remedy
            What to change.
        label : str
            Its words, for the menu of what can be undone.
        """
        from ann_viz.data import Dataset, build_dataset
        from ann_viz.session.remedy import Remedy

        dataset = self._bridge.document.dataset
        if remedy.recipe is not None and dataset is not None:
            self._builder.start(partial(build_dataset, dataset.table, remedy.recipe), discard=Dataset.release)
            return
        if remedy.find_rate:
            self.rate_asked.emit()
            return
        goes_on = remedy.train or self._bridge.document.state is RunState.RUNNING
        self._bridge.pause()
        if remedy != Remedy(train=True):
            self._change(remedy, label)
        if goes_on and self._bridge.document.state in (RunState.READY, RunState.PAUSED, RunState.FINISHED):
            self._bridge.train()

    def stop(self) -> None:
        """Drop what is being worked out."""
        self._builder.close()

    def _change(self, remedy: Remedy, label: str) -> None:
        from ann_viz.session.remedy import change_network

        bridge = self._bridge
        bridge.undo_stack.beginMacro(label)
        try:
            change_network(bridge, remedy, bridge.document.run_numbers[0])
        finally:
            bridge.undo_stack.endMacro()

    def _on_built(self, dataset: Dataset) -> None:
        now = self._bridge.document.dataset
        if now is not None and now.table is dataset.table:
            self._bridge.open_dataset(dataset)
        else:  # another file was opened meanwhile
            dataset.release()
