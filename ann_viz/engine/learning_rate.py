"""The learning rate of every epoch: what the schedule makes of the one in the settings."""

from __future__ import annotations

import math

from ann_viz.engine.config import TrainConfig
from ann_viz.engine.schedules import SCHEDULES, Elapsed

__all__ = ["LearningRate"]


class LearningRate:
    """Follows the schedule of the settings, and remembers how often the loss has stood still.

    Attributes
    ----------
    plateaus : int
        How often ``schedule_epochs`` epochs have brought no better loss, under a schedule that waits for it.
    """

    def __init__(self) -> None:
        self.plateaus = 0
        self._best_loss = math.inf
        self._stale_epochs = 0

    def note(self, config: TrainConfig, loss: float) -> None:
        """Take in the loss at the end of an epoch."""
        if loss < self._best_loss:
            self._best_loss, self._stale_epochs = loss, 0
            return
        self._stale_epochs += 1
        if SCHEDULES[config.schedule].waits and self._stale_epochs >= config.schedule_epochs:
            self.plateaus, self._stale_epochs = self.plateaus + 1, 0

    def after(self, config: TrainConfig, epoch: int) -> float:
        """Return the learning rate after so many epochs."""
        now = Elapsed(
            epoch=epoch,
            epochs=config.epochs,
            every=config.schedule_epochs,
            factor=config.schedule_factor,
            plateaus=self.plateaus,
        )
        return config.learning_rate * SCHEDULES[config.schedule].share(now)
