"""Weights and biases at the ends of epochs that may be wanted again."""

from __future__ import annotations

import math

import numpy as np

from ann_viz.engine.arrays import Array
from ann_viz.engine.weight_history import WeightHistory

__all__ = ["Checkpoints"]


class Checkpoints:
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
    history : WeightHistory
        At the ends of all epochs, or evenly thinned out.
    """

    def __init__(self, params: Array) -> None:
        self._params = params
        self.last, self.before_last, self.best = (params.copy() for _ in range(3))
        self.best_epoch, self.best_loss = 0, math.inf
        self.history = WeightHistory(params.nbytes)

    def keep(self, epoch: int, loss: float) -> None:
        """Note the end of an epoch and the loss it is judged by."""
        np.copyto(self.before_last, self.last)
        np.copyto(self.last, self._params)
        self.history.add(epoch, self._params)
        if loss < self.best_loss:
            self.best_epoch, self.best_loss = epoch, loss
            np.copyto(self.best, self._params)
