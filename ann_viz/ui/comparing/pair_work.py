"""What is worked out of two runs in the background: how they compare, and networks like them from other seeds."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ann_viz.session import Document
from ann_viz.session.compare import compare, pair_request, training_pair
from ann_viz.ui.document.jobs import JobWatcher

__all__ = ["PairWork"]


class PairWork(QObject):
    """Compares, and trains; of each one thing at a time.

    Parameters
    ----------
    document : Document
        Has the runs.
    """

    compared = Signal(object)
    """Carries what was found, `Compared`."""

    progressed = Signal(float)
    """So much of the training is done."""

    seeded = Signal()
    """All networks are there."""

    failed = Signal(str)

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._comparing = JobWatcher("comparing two runs", self)
        self._seeding = JobWatcher("training other seeds", self)
        self._comparing.finished.connect(self.compared)
        self._seeding.progressed.connect(self.progressed)
        self._seeding.finished.connect(lambda _: self.seeded.emit())
        for job in (self._comparing, self._seeding):
            job.failed.connect(lambda error: self.failed.emit(str(error)))

    def compare(self, a: int, b: int) -> None:
        """Find out how two runs compare, by their numbers."""
        request = pair_request(self._document, a, b)
        self._comparing.start(lambda _progress, cancelled: compare(request, cancelled))

    def train_seeds(self, a: int, b: int, n_seeds: int) -> None:
        """Train what is missing for both to have networks from so many seeds."""
        request = pair_request(self._document, a, b)
        self._seeding.start(training_pair(self._document.siblings, request, n_seeds))

    def close(self) -> None:
        """End both, before the data are closed."""
        self._seeding.close()
        self._comparing.close()
