"""Two networks that learn the same rows from the same seed, one without and one with a hidden layer; knows no Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ann_viz.data import Dataset
from ann_viz.engine import LayerConfig, Network, NetworkConfig, Snapshot, TrainConfig
from ann_viz.errors import AnnVizError
from ann_viz.session.runner import Runner
from ann_viz.session.speed import Speed
from ann_viz.session.starting import as_ann_viz_error, trainer_on
from ann_viz.session.trained_document import STOP_TIMEOUT_S

__all__ = ["HIDDEN", "Comparison", "score"]

HIDDEN: Final = (LayerConfig(neurons=4, activation="tanh"),)
EPOCHS: Final = 100
EPOCHS_PER_SECOND: Final = 20.0


class Comparison:
    """Both networks, each with a trainer of its own, on threads of their own while they learn.

    Parameters
    ----------
    dataset : Dataset
        The rows.
    config : NetworkConfig
        Gives the seed and the ends.
    training : TrainConfig
        How both learn.

    Attributes
    ----------
    snapshots : list of Snapshot
        The newest of each; exact while they stand still.
    error : AnnVizError or None
        Why they stood still last, if something went wrong.
    """

    def __init__(self, dataset: Dataset, config: NetworkConfig, training: TrainConfig) -> None:
        training = replace(training, epochs=EPOCHS, patience=None, target_loss=None, max_seconds=None)
        self.configs = (replace(config, hidden=()), replace(config, hidden=HIDDEN))
        self._trainers = [trainer_on(dataset, Network(each), training) for each in self.configs]
        self.snapshots: list[Snapshot] = [trainer.snapshot() for trainer in self._trainers]
        self.error: AnnVizError | None = None
        self._runners: list[Runner] = []

    @property
    def running(self) -> bool:
        """Whether at least one of them learns."""
        return bool(self._runners)

    @property
    def finished(self) -> bool:
        """Whether both have done all their epochs, or had to give up."""
        return all(trainer.finished is not None for trainer in self._trainers) and not self._runners

    @property
    def epoch(self) -> int:
        """Epochs that both have done."""
        return min(snapshot.epoch for snapshot in self.snapshots)

    def start(self) -> None:
        """Let both learn, at a pace that can be watched."""
        if self._runners or self.finished:
            return
        for trainer in self._trainers:
            pace = Speed(kind="step", per_second=EPOCHS_PER_SECOND * trainer.n_batches)
            self._runners.append(Runner(trainer, pace))
        for runner in self._runners:
            runner.start()

    def poll(self) -> None:
        """Take the newest snapshots, and notice when both have ended."""
        for place, runner in enumerate(self._runners):
            newest = runner.take_snapshot()
            if newest is not None:
                self.snapshots[place] = newest.snapshot
            runner.request_snapshot()
        self._settle()

    def stop(self) -> None:
        """Let both stand still; a batch that takes long is not waited for, and `poll` notices its end."""
        for runner in self._runners:
            runner.stop()
        for runner in self._runners:
            runner.join(STOP_TIMEOUT_S)
        self._settle()

    def _settle(self) -> None:
        """Show exactly what the trainers hold, once both belong to this thread again."""
        if self._runners and not any(runner.alive for runner in self._runners):
            errors = [runner.error for runner in self._runners if runner.error is not None]
            self.error = as_ann_viz_error(errors[0]) if errors else None
            self._runners = []
            self.snapshots = [trainer.snapshot(measured=True) for trainer in self._trainers]


def score(snapshot: Snapshot) -> float:
    """Return accuracy or R² of its weights, of the last epoch's end while it learns."""
    return snapshot.judged_metric
