"""Whether Turbo would be quicker than NumPy for the run under way: measured on its rows, with a network thrown away."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING, Final

from ann_viz.engine import Network, NetworkConfig, TrainConfig
from ann_viz.engine.compiled.choice import obstacle
from ann_viz.errors import Cancelled
from ann_viz.session.document import Document
from ann_viz.session.starting import trainer_on
from ann_viz.session.state import RunState

if TYPE_CHECKING:
    from ann_viz.data import Dataset

__all__ = ["SlowRun", "slow_run", "turbo_epoch"]

SLOW_EPOCH_S: Final = 1.0
WORTH: Final = 0.5  # of the time: who gains less is not asked


@dataclass(frozen=True, slots=True, kw_only=True)
class SlowRun:
    """A run whose epochs take long, and what it trains.

    Parameters
    ----------
    run : int
        Its number.
    epoch_s : float
        What its last epoch took, in seconds.
    dataset, network, training
        Its rows and settings.
    """

    run: int
    epoch_s: float
    dataset: Dataset
    network: NetworkConfig
    training: TrainConfig

    def is_like(self, other: SlowRun) -> bool:
        """Return whether another run takes as long, as it does the same."""
        return (self.dataset, self.network, self.training) == (other.dataset, other.network, other.training)


def slow_run(document: Document) -> SlowRun | None:
    """Return the run under way if NumPy trains it as fast as it can, slowly, and Turbo could; or None.

    Rows that are read from files again and again are slow to read with either engine.
    """
    snapshot, dataset = document.newest, document.dataset
    if document.state is not RunState.RUNNING or document.speed.kind != "max" or snapshot is None or dataset is None:
        return None
    seconds = snapshot.history.seconds
    if snapshot.engine != "numpy" or len(seconds) < 2 or dataset.is_streamed:
        return None
    epoch_s = float(seconds[-1] - seconds[-2])
    if epoch_s < SLOW_EPOCH_S or obstacle(snapshot.config, "auto"):
        return None
    return SlowRun(
        run=document.run_numbers[0],
        epoch_s=epoch_s,
        dataset=dataset,
        network=snapshot.config,
        training=document.train_config,
    )


def turbo_epoch(slow: SlowRun, cancelled: Callable[[], bool] = lambda: False) -> float:
    """Return how long Turbo takes for one epoch, in seconds, scores included; infinity where it would not be worth it.

    Raises
    ------
    Cancelled
        When ``cancelled`` says so.
    """
    most_s = WORTH * slow.epoch_s
    training = replace(slow.training, epochs=1, patience=None, max_seconds=None, target_loss=None)
    began = perf_counter()
    trainer = trainer_on(slow.dataset, Network(slow.network), training, engine="turbo")
    while trainer.finished is None:
        if cancelled():
            raise Cancelled("Measuring Turbo was stopped.")
        if perf_counter() - began > most_s:
            return math.inf
        trainer.advance(1)
    return trainer.seconds
