"""A run and its twin in training: begun, watched, stopped, gone on with; once it is over the twin is a run."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ann_viz.data import Dataset
from ann_viz.errors import AnnVizError
from ann_viz.session import RunState
from ann_viz.session.run_tree import RunRow, twin_row
from ann_viz.session.twin import Change, Pair, Twin
from ann_viz.ui.comparing.pair_view import Shown
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import JobWatcher

__all__ = ["TwinTraining"]

FRAME_MS: Final = 33


class TwinTraining(QObject):
    """Trains both in step in a thread, and tells of each pair in the window's.

    Attributes
    ----------
    twin : Twin or None
        What is trained in step with the run; it becomes a run once that is over.
    pair : Pair or None
        Both at the end of the newest epoch on show, also after the twin has become a run.
    """

    paired = Signal()
    """There is a newer pair."""
    rested = Signal()
    """Both stand still, or the training has failed."""
    kept = Signal(int, int)
    """It is over: numbers of the run and of the twin."""
    failed = Signal(str)

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.twin: Twin | None = None
        self.pair: Pair | None = None
        self._job = JobWatcher("training a twin", self)
        self._job.finished.connect(self._on_rested)
        self._job.failed.connect(self._on_failed)
        self._frames = QTimer(self)
        self._frames.setInterval(FRAME_MS)
        self._frames.timeout.connect(self._on_frame)

    @property
    def busy(self) -> bool:
        """Whether both are being trained."""
        return self._job.busy

    @property
    def is_outdated(self) -> bool:
        """Whether settings were changed since a twin was begun that has not learned anything yet."""
        run, twin = self._bridge.document.current_run, self.twin
        return twin is not None and run is not None and twin.epoch == 0 and twin.run.settings != run.settings

    def begin(self, number: int, change: Change, epochs: int, dataset: Dataset | None = None) -> None:
        """Make a twin of a run, neither of which is trained yet beyond what it was; raises ConfigError."""
        document = self._bridge.document
        self._pause_window()
        self.twin = Twin(document.find_run(number), change, document.engine, epochs, dataset)
        self.pair = self.twin.now

    def start(self, *, steady: bool) -> None:
        """Train both; training in the window pauses."""
        if self.twin is not None and not self.busy:
            self._pause_window()
            self._job.start(partial(_train, self.twin, steady))
            self._frames.start()

    def _pause_window(self) -> None:
        if self._bridge.document.state is RunState.RUNNING:  # three at once would only slow each other down
            self._bridge.pause()

    def stop(self) -> None:
        """Let both stand still, after the epoch they are at."""
        if self.twin is not None:
            self.twin.stop()

    def close(self) -> None:
        """End at once, before the data are closed."""
        self.stop()
        self._frames.stop()
        self._job.close()

    def forget(self) -> None:
        """There are other data."""
        self.twin = self.pair = None

    # What is shown --------------------------------------------------------------------------------------------------
    def shown(self) -> tuple[Shown, Shown] | None:
        """Return both as they are drawn; None without a twin."""
        twin, pair, document = self.twin, self.pair, self._bridge.document
        if twin is None or pair is None:
            return None
        run, likeness = twin.run, twin.likeness
        return (
            (run, pair.one, document.run_name(run), document.run_place(run.number)),
            (likeness, pair.other, document.run_name(likeness), self.place),
        )

    def row(self) -> RunRow | None:
        """Return the twin as it stands in the tree of runs; None without one."""
        twin, pair = self.twin, self.pair
        if twin is None or pair is None:
            return None
        return twin_row(self._bridge.document, twin.likeness, pair.other, self.place, is_running=self.busy)

    @property
    def place(self) -> int:
        """The place that the twin will have among the runs."""
        return 1 + max(map(self._bridge.document.run_place, self._bridge.document.run_numbers), default=0)

    def facts(self) -> dict[str, Any]:
        """Return what lessons ask: epochs that both have had in step, and how good each was then."""
        pair = self.pair
        if pair is None:
            return {}
        without, with_layer = sorted((pair.one, pair.other), key=lambda each: len(each.config.hidden))
        return {
            "compared": pair.epoch, "without": without.judged_metric, "with_layer": with_layer.judged_metric,
        }  # fmt: skip

    # What happened --------------------------------------------------------------------------------------------------
    def _on_frame(self) -> None:
        newest = None if self.twin is None else self.twin.take_pair()
        if newest is not None:
            self.pair = newest
            self.paired.emit()

    def _on_rested(self, _is_over: object) -> None:
        self._frames.stop()
        twin = self.twin
        if twin is None:
            return
        self.pair = twin.now
        self.paired.emit()
        if twin.is_over:
            number = self._bridge.keep_twin(twin.grown())
            self.twin = None
            self.kept.emit(twin.run.number, number)
        self.rested.emit()

    def _on_failed(self, error: AnnVizError) -> None:
        self._frames.stop()
        self.rested.emit()
        self.failed.emit(str(error))


def _train(twin: Twin, steady: bool, progress: Any, cancelled: Any) -> bool:
    return twin.train(progress, cancelled, steady=steady)
