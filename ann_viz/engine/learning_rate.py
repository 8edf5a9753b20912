"""The learning rate of every epoch: what the schedule makes of the one in the settings."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from ann_viz.engine.config import TrainConfig
from ann_viz.engine.schedules import SCHEDULES, Elapsed

__all__ = ["LearningRate", "Plateaus"]


@dataclass(frozen=True, slots=True)
class Plateaus:
    """How the loss has stood still.

    Parameters
    ----------
    n : int
        How often ``schedule_epochs`` epochs have brought no better loss, under a schedule that waits for it.
    best_loss : float
        The lowest so far.
    stale_epochs : int
        Epochs since then, or since the last plateau ended.
    """

    n: int = 0
    best_loss: float = math.inf
    stale_epochs: int = 0


class LearningRate:
    """Follows the schedule of the settings, and remembers how often the loss has stood still.

    Attributes
    ----------
    plateaus : Plateaus
        Now.
    """

    def __init__(self) -> None:
        self.plateaus = Plateaus()

    def note(self, config: TrainConfig, loss: float) -> None:
        """Take in the loss at the end of an epoch."""
        before = self.plateaus
        if loss < before.best_loss:
            self.plateaus = replace(before, best_loss=loss, stale_epochs=0)
        elif SCHEDULES[config.schedule].waits and before.stale_epochs + 1 >= config.schedule_epochs:
            self.plateaus = replace(before, n=before.n + 1, stale_epochs=0)
        else:
            self.plateaus = replace(before, stale_epochs=before.stale_epochs + 1)

    def after(self, config: TrainConfig, epoch: int) -> float:
        """Return the learning rate after so many epochs."""
        now = Elapsed(
            epoch=epoch,
            epochs=config.schedule_total or config.epochs,
            every=config.schedule_epochs,
            factor=config.schedule_factor,
            plateaus=self.plateaus.n,
        )
        return config.learning_rate * SCHEDULES[config.schedule].share(now)
