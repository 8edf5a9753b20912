"""What the coach looks into in threads before it speaks: the rows, and whether another start would get on better."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ann_viz.explain import RunReport
from ann_viz.explain.run_report import DataReport
from ann_viz.session.coaching import learn_other_starts, starts_to_try
from ann_viz.session.job import Progress
from ann_viz.session.other_starts import try_other_starts
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import JobWatcher

if TYPE_CHECKING:
    from ann_viz.data import Dataset

__all__ = ["CoachLooks"]

LOOK_AFTER_MS: Final = 300


class CoachLooks(QObject):
    """Tells the coach's memory what was found; what can't be read any more is told elsewhere.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    parent : QObject
    """

    found = Signal()
    """There is more to go by."""

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._soon = QTimer(self)  # the picture of new data comes first
        self._soon.setSingleShot(True)
        self._soon.setInterval(LOOK_AFTER_MS)
        self._soon.timeout.connect(self._on_soon)
        self._looking = JobWatcher("looking at the rows", self)
        self._looking.finished.connect(self._on_looked)
        self._looked_at: Dataset | None = None  # what the job under way looks at
        self._trying = JobWatcher("trying other starting weights", self)
        self._trying.finished.connect(self._on_starts_tried)

    def look_at_rows(self) -> None:
        """Have the rows looked at, once for every dataset."""
        dataset = self._bridge.document.dataset
        if dataset is self._looked_at:
            return
        self._looked_at = dataset
        self._looking.stop()
        self._soon.start()

    def waits_for_rows(self, report: RunReport) -> bool:
        """Whether a run stands that nothing true can be said of before its rows were looked at."""
        is_looking = self._soon.isActive() or self._looking.busy
        return is_looking and report.data is None and report.state in ("paused", "finished") and report.step > 0

    def try_other_starts(self) -> None:
        """Where a network does not get on, try whether it is to blame or its start."""
        asked = None if self._trying.busy else starts_to_try(self._bridge.document)
        if asked is not None:
            self._trying.start(lambda _progress, cancelled: try_other_starts(asked, cancelled))

    def close(self) -> None:
        """Drop what is being worked out, before its data are closed."""
        self._soon.stop()
        self._looking.close()
        self._trying.close()

    def _on_soon(self) -> None:
        dataset, memory = self._looked_at, self._bridge.document.coach_memory
        if dataset is not None and (memory.data is None or memory.dataset is not dataset):
            self._looking.start(partial(_look, dataset))

    def _on_looked(self, found: DataReport) -> None:
        if self._looked_at is not None:
            self._bridge.document.coach_memory.learn(self._looked_at, found)
        self.found.emit()

    def _on_starts_tried(self, score: float) -> None:
        learn_other_starts(self._bridge.document, score)
        self.found.emit()


def _look(dataset: Dataset, _progress: Progress, cancelled: Callable[[], bool]) -> DataReport:
    """Look at rows in a thread."""
    from ann_viz.session.coach_data import look_at_data

    return look_at_data(dataset, cancelled)
