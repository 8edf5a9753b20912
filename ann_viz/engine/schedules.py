"""How the learning rate changes with the epochs: a pure rule per schedule, and the memory that "plateau" needs."""

from __future__ import annotations

import math

from ann_viz.engine.config import TrainConfig

__all__ = ["Plateau", "scheduled_rate"]


class Plateau:
    """Counts epochs without a better loss and drops the rate after ``schedule_epochs`` of them."""

    def __init__(self) -> None:
        self.best = math.inf
        self.stale_epochs = 0
        self.drops = 0

    def update(self, config: TrainConfig, loss: float) -> None:
        """Take in the loss of a finished epoch."""
        if loss < self.best:
            self.best, self.stale_epochs = loss, 0
            return
        self.stale_epochs += 1
        if config.schedule == "plateau" and self.stale_epochs >= config.schedule_epochs:
            self.drops, self.stale_epochs = self.drops + 1, 0


def scheduled_rate(config: TrainConfig, epoch: int, drops: int = 0) -> float:
    """Return the learning rate of an epoch.

    Parameters
    ----------
    config : TrainConfig
        Names the schedule. "cosine" falls to 0 over ``config.epochs`` (Loshchilov & Hutter 2017, eq. 5 without
        restarts) and stays constant when there is no limit of epochs.
    epoch : int
        Completed epochs.
    drops : int
        How often "plateau" has dropped the rate.
    """
    if config.schedule == "step":
        return config.learning_rate * config.schedule_factor ** (epoch // config.schedule_epochs)
    if config.schedule == "cosine" and config.epochs > 0:
        return config.learning_rate * 0.5 * (1 + math.cos(math.pi * min(epoch, config.epochs) / config.epochs))
    if config.schedule == "plateau":
        return config.learning_rate * config.schedule_factor**drops
    return config.learning_rate
