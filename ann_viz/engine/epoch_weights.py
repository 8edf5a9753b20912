"""Weights and biases at the ends of epochs that may be wanted again."""

from __future__ import annotations

import math

import numpy as np

from ann_viz.engine.arrays import Array
from ann_viz.engine.average import Average
from ann_viz.engine.checkpoint import Checkpoint
from ann_viz.engine.frozen import FrozenParameters

__all__ = ["EpochWeights"]


class EpochWeights:
    """Copies of the parameters at the ends of epochs.

    Parameters
    ----------
    params : (n_parameters,) array
        Of the network; read in place.
    average : Average
        Of the same parameters.

    Attributes
    ----------
    last, last_average : (n_parameters,) arrays
        At the end of the last epoch: the parameters and their average.
    best : (n_parameters,) array
        What was judged at the end of `best_epoch`, which had the lowest loss, `best_loss`, of those that count: the
        average where there is one, else the parameters.
    began, before_last, before_best : (n_parameters,) arrays
        Where the epoch under way began, the last one, and the best one (of what was judged). What is set by hand moves
        them along, so that a difference to them is what the optimiser did.
    """

    def __init__(self, params: Array, average: Average) -> None:
        self._params, self._average = params, average
        self.last, self.best, self.began, self.before_last, self.before_best = (params.copy() for _ in range(5))
        self.last_average = params.copy()
        self.best_epoch, self.best_loss = 0, math.inf

    def go_on(self, checkpoint: Checkpoint) -> None:
        """Take over what a run had noted when it was left."""
        for name in ("last", "best", "began", "before_last", "before_best"):
            np.copyto(getattr(self, name), getattr(checkpoint, name))
        np.copyto(self.last_average, checkpoint.last if checkpoint.last_average is None else checkpoint.last_average)
        self.best_epoch, self.best_loss = checkpoint.best_epoch, checkpoint.best_loss

    def keep(self, epoch: int, loss: float, *, anyway: bool = False) -> None:
        """Note the end of an epoch and the loss it is judged by; `anyway` it is the best so far, whatever its loss."""
        np.copyto(self.before_last, self.began)
        np.copyto(self.began, self._params)
        np.copyto(self.last, self._params)
        if anyway or loss < self.best_loss:
            self.best_epoch, self.best_loss = epoch, loss
            averages = self._average.is_on
            np.copyto(self.best, self._average.vector if averages else self._params)
            np.copyto(self.before_best, self.last_average if averages else self.before_last)
        np.copyto(self.last_average, self._average.vector)

    def before(self, *, within_epoch: bool) -> Array:
        """Return where the epoch under way began, or the last one: from there learning led to the parameters of now."""
        return self.began if within_epoch else self.before_last

    def write(self, indices: Array, values: Array, averages: Array) -> None:
        """Set some of the network's parameters, and their averages, by hand, which is no learning.

        Parameters
        ----------
        indices, values, averages : (n,) arrays
            Places among all parameters, and what stands there from now on.
        """
        difference = values - self._params[indices]
        self._params[indices] = values
        self._average.write(indices, averages)
        self.began[indices] += difference
        self.before_last[indices] += difference

    def go_back_to_last(self, frozen: FrozenParameters) -> None:
        """Put back the parameters of the last end of an epoch, all but those that are frozen."""
        self.before_last -= self.began - self.last  # what was set by hand meanwhile goes as well
        frozen.go_back(self.last)
        self._average.go_back(self.last_average, frozen)
        np.copyto(self.began, self._params)

    def go_on_from_last(self, frozen: FrozenParameters, before: Array) -> None:
        """Take back `go_back_to_best`; `before` is where the last epoch began."""
        frozen.go_back(self.last)
        self._average.go_back(self.last_average, frozen)
        np.copyto(self.began, self._params)
        np.copyto(self.before_last, before)

    def go_back_to_best(self, frozen: FrozenParameters) -> bool:
        """Put back what was judged at the best epoch likewise; return whether all of it is its own."""
        frozen.go_back(self.best)
        self._average.go_back(self.best, frozen)
        held = self._params != self.best
        np.copyto(self.began, self._params)
        np.copyto(self.before_last, self.before_best)
        np.copyto(self.before_last, self._params, where=held)
        return not held.any()
