"""Weights and biases at the ends of epochs that may be wanted again."""

from __future__ import annotations

import math

import numpy as np

from ann_viz.engine.arrays import Array
from ann_viz.engine.frozen import FrozenParameters
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
    last : (n_parameters,) array
        At the end of the last epoch.
    best : (n_parameters,) array
        At the end of `best_epoch`, which had the lowest loss, `best_loss`.
    history : WeightHistory
        At the ends of all epochs, or evenly thinned out.
    """

    def __init__(self, params: Array) -> None:
        self._params = params
        self.last, self.best = params.copy(), params.copy()
        # Where the epoch under way began, the one before it, and the best one. What is set by hand moves these along,
        # so that a difference to them is what the optimiser did.
        self._began, self._began_before, self._began_best = (params.copy() for _ in range(3))
        self.best_epoch, self.best_loss = 0, math.inf
        self.history = WeightHistory(params.nbytes)

    def keep(self, epoch: int, loss: float) -> None:
        """Note the end of an epoch and the loss it is judged by."""
        np.copyto(self._began_before, self._began)
        np.copyto(self._began, self._params)
        np.copyto(self.last, self._params)
        self.history.add(epoch, self._params)
        if loss < self.best_loss:
            self.best_epoch, self.best_loss = epoch, loss
            np.copyto(self.best, self._params)
            np.copyto(self._began_best, self._began_before)

    def before(self, *, within_epoch: bool) -> Array:
        """Return where the epoch under way began, or the last one: from there learning led to the parameters of now."""
        return self._began if within_epoch else self._began_before

    def write(self, indices: Array, values: Array) -> None:
        """Set some of the network's parameters by hand, which is no learning."""
        difference = values - self._params[indices]
        self._params[indices] = values
        self._began[indices] += difference
        self._began_before[indices] += difference

    def go_back_to_last(self, frozen: FrozenParameters) -> None:
        """Put back the parameters of the last end of an epoch, all but those that are frozen."""
        self._began_before -= self._began - self.last  # what was set by hand meanwhile goes as well
        frozen.go_back(self.last)
        np.copyto(self._began, self._params)

    def go_back_to_best(self, frozen: FrozenParameters) -> bool:
        """Put back the parameters of the best epoch likewise; return whether all of them are its own."""
        frozen.go_back(self.best)
        held = self._params != self.best
        np.copyto(self._began, self._params)
        np.copyto(self._began_before, self._began_best)
        np.copyto(self._began_before, self._params, where=held)
        return not held.any()
