"""Weights and biases at the ends of epochs that may be wanted again."""

from __future__ import annotations

import math

import numpy as np

from ann_viz.engine.arrays import Array
from ann_viz.engine.checkpoint import Checkpoint

__all__ = ["EpochWeights"]


class EpochWeights:
    """Copies of the parameters at the ends of epochs.

    Parameters
    ----------
    params : (n_parameters,) array
        Of the network; read in place.

    Attributes
    ----------
    last, before_last : (n_parameters,) arrays
        At the end of the last epoch, and of the one before.
    best : (n_parameters,) array
        At the end of `best_epoch`, which had the lowest loss, `best_loss`.
    """

    def __init__(self, params: Array) -> None:
        self._params = params
        self.last, self.before_last, self.best = (params.copy() for _ in range(3))
        self.best_epoch, self.best_loss = 0, math.inf

    def go_on(self, checkpoint: Checkpoint) -> None:
        """Take over what a run had noted when it was left."""
        np.copyto(self.last, checkpoint.last)
        np.copyto(self.before_last, checkpoint.before_last)
        np.copyto(self.best, checkpoint.best)
        self.best_epoch, self.best_loss = checkpoint.best_epoch, checkpoint.best_loss

    def keep(self, epoch: int, loss: float) -> None:
        """Note the end of an epoch and the loss it is judged by."""
        np.copyto(self.before_last, self.last)
        np.copyto(self.last, self._params)
        if loss < self.best_loss:
            self.best_epoch, self.best_loss = epoch, loss
            np.copyto(self.best, self._params)
