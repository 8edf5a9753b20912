"""A frozen picture of training between two calls: what the window draws and what is exported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ann_viz.engine.arrays import Array, layer_matrices
from ann_viz.engine.config import NetworkConfig, TrainConfig
from ann_viz.engine.history import HistoryView
from ann_viz.engine.network import Network
from ann_viz.engine.timeline import TimelineEntry

__all__ = ["Phase", "PhaseKind", "Snapshot"]

PhaseKind = Literal["input", "forward", "error", "backward", "update"]


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of a batch, just done.

    Parameters
    ----------
    kind : {"input", "forward", "error", "backward", "update"}
        What was done.
    layer : int
        Index of the weights that were used; −1 for input, error and update.
    """

    kind: PhaseKind
    layer: int = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Snapshot:
    """Everything that is known about a network in training at one moment; arrays are read-only.

    Parameters
    ----------
    config, train_config
        The settings in use.
    params : (n_parameters,) array
        A copy of the parameters.
    before : (n_parameters,) array
        The parameters one epoch's end ago: where this epoch began, or the last one when none is under way.
    gradients : (n_parameters,) array or None
        A copy of the gradient of the last batch; None before the first.
    epoch, step : int
        Completed epochs and optimiser steps.
    batch_index, n_batches : int
        Batches done in this epoch, of how many.
    learning_rate : float
        After the schedule.
    finished : str or None
        The stop rule that ended training.
    phase : Phase or None
        The phase just done, while a batch is under way.
    history : HistoryView
        One row per epoch.
    timeline : tuple of TimelineEntry
        The moments of the run that are kept, the oldest first: of every epoch, or evenly thinned out.
    best_epoch : int
        Epoch of the lowest validation loss (training loss without a validation set).
    best_loss : float
        That loss.
    """

    config: NetworkConfig
    train_config: TrainConfig
    params: Array
    before: Array
    gradients: Array | None
    epoch: int
    step: int
    batch_index: int
    n_batches: int
    learning_rate: float
    finished: str | None
    phase: Phase | None
    history: HistoryView
    timeline: tuple[TimelineEntry, ...]
    best_epoch: int
    best_loss: float

    @property
    def moment(self) -> float:
        """Epochs done, the part of the one under way as a fraction."""
        return self.epoch + self.batch_index / max(1, self.n_batches)

    def _cut(self, flat: Array | None) -> tuple[Array, ...]:
        return () if flat is None else layer_matrices(flat, self.config.sizes)

    @property
    def W(self) -> tuple[Array, ...]:  # noqa: N802 - the symbol of the maths
        """Weights, one (n_in, n_out) view per layer."""
        return tuple(matrix[:-1] for matrix in self._cut(self.params))

    @property
    def b(self) -> tuple[Array, ...]:
        """Biases, one (n_out,) view per layer."""
        return tuple(matrix[-1] for matrix in self._cut(self.params))

    @property
    def W_before(self) -> tuple[Array, ...]:  # noqa: N802 - the symbol of the maths
        """Weights of `before`, one (n_in, n_out) view per layer."""
        return tuple(matrix[:-1] for matrix in self._cut(self.before))

    @property
    def dW(self) -> tuple[Array, ...]:  # noqa: N802 - the symbol of the maths
        """Gradients of the weights; empty before the first step."""
        return tuple(matrix[:-1] for matrix in self._cut(self.gradients))

    @property
    def db(self) -> tuple[Array, ...]:
        """Gradients of the biases; empty before the first step."""
        return tuple(matrix[-1] for matrix in self._cut(self.gradients))

    def network(self) -> Network:
        """Return a network on a copy of these parameters."""
        return Network.network_from(self.config, self.params)
