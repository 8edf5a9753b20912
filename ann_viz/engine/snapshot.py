"""A frozen picture of training between two calls: what the window draws and what is exported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ann_viz.engine.arrays import Array, layer_matrices
from ann_viz.engine.batch_trace import BatchTrace
from ann_viz.engine.config import NetworkConfig, TrainConfig
from ann_viz.engine.evaluation import EpochScores
from ann_viz.engine.history import HistoryView
from ann_viz.engine.network import Network
from ann_viz.engine.penalties import GradientKind
from ann_viz.engine.phase import Phase
from ann_viz.engine.provenance import HandEdit, WeightsOf
from ann_viz.engine.side_by_side import side_by_side

__all__ = ["Snapshot"]

_OBJECT_BYTES: Final = 2200
"""Measured: the snapshot itself, its view of the history, the objects of its arrays."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Snapshot:
    """Everything that is known about a network in training at one moment; arrays are read-only.

    Whoever shows a number beside others reads it here, so that all of them belong to the same weights.

    Parameters
    ----------
    config, train_config
        The settings in use.
    params : (n_parameters,) array
        A copy of the parameters.
    average : (n_parameters,) array or None
        A copy of the average of the parameters over the last epochs; None where the settings ask for none.
    weights_of : WeightsOf
        Which epoch's they are, and what has been done to them since.
    measured : EpochScores or None
        Losses and metrics of exactly this model; None where nobody waited for them to be measured.
    n_judged : tuple of (int, int)
        How many training and validation rows all losses and metrics are of.
    before : (n_parameters,) array
        Where this epoch began, or the last one when none is under way, moved by what was set by hand: the difference
        to it is what the optimiser did.
    gradients : (n_parameters,) array or None
        A copy of the gradient of the batch under way, or else of the last one; None where there was none with
        weights like these.
    gradient_kind : {"mean", "penalised", "clipped"}
        What is in it. While a batch is gone through phase by phase it is the mean.
    gradient_from : int
        The first layer of weights that the batch's gradient has got back to: 0 for all, the number of layers for none.
    epoch, step : int
        Completed epochs and optimiser steps.
    batch_index, n_batches : int
        Batches done in this epoch, of how many.
    batch_size : int
        Rows of a whole batch, never more than there are.
    batch : BatchTrace or None
        The batch that is gone through phase by phase, until the next one begins.
    class_weights : (n_classes,) array or None
        What the loss of a training row counts by its class; None where all rows count alike.
    hand_edits : tuple of HandEdit
        What was set by hand or put back in this run, oldest first.
    learning_rate : float
        After the schedule.
    finished : str or None
        The stop rule that ended training.
    phase : Phase or None
        The phase just done, while a batch is under way.
    history : HistoryView
        One row per epoch.
    timeline : tuple of Snapshot
        The moments of the run that are kept, the oldest first: of every epoch, or evenly thinned out.
    best_epoch : int
        Epoch of the lowest validation loss (training loss without a validation set).
    best_loss : float
        That loss.
    engine : str
        What did the steps: "numpy", or "turbo/" and an instruction set.
    beside : (n, n_parameters) array or None
        Parameters of the networks from other seeds that answer together with this one; None where it answers alone.
    """

    config: NetworkConfig
    train_config: TrainConfig
    params: Array
    average: Array | None
    weights_of: WeightsOf
    measured: EpochScores | None
    n_judged: tuple[int, int]
    before: Array
    gradients: Array | None
    gradient_kind: GradientKind
    gradient_from: int
    epoch: int
    step: int
    batch_index: int
    n_batches: int
    batch_size: int
    batch: BatchTrace | None
    class_weights: Array | None
    hand_edits: tuple[HandEdit, ...]
    learning_rate: float
    finished: str | None
    phase: Phase | None
    history: HistoryView
    timeline: tuple[Snapshot, ...]
    best_epoch: int
    best_loss: float
    engine: str
    beside: Array | None = None

    def _cut(self, flat: Array) -> tuple[Array, ...]:
        return layer_matrices(flat, self.config.sizes)

    @property
    def place(self) -> tuple[int, int]:
        """Where it lies in its run, to be sorted by: epochs, and batches of the one under way."""
        return self.epoch, self.batch_index

    @property
    def moment(self) -> float:
        """Epochs done, the part of the one under way as a fraction."""
        return self.epoch + self.batch_index / max(1, self.n_batches)

    @property
    def n_bytes(self) -> int:
        """Memory of its own: three or four vectors, and of a small network chiefly the objects around them."""
        vectors = (self.params, self.average, self.before, self.gradients)
        return _OBJECT_BYTES + int(sum(vector.nbytes for vector in vectors if vector is not None))

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
    def dW(self) -> tuple[Array | None, ...]:  # noqa: N802 - the symbol of the maths
        """Gradients of the weights, one (n_in, n_out) view per layer; None where the batch has none yet."""
        return tuple(None if matrix is None else matrix[:-1] for matrix in self._gradient_matrices)

    @property
    def db(self) -> tuple[Array | None, ...]:
        """Gradients of the biases, one (n_out,) view per layer; None where the batch has none yet."""
        return tuple(None if matrix is None else matrix[-1] for matrix in self._gradient_matrices)

    @property
    def _gradient_matrices(self) -> tuple[Array | None, ...]:
        if self.gradients is None:
            return (None,) * (len(self.config.sizes) - 1)
        return tuple(None if l < self.gradient_from else g for l, g in enumerate(self._cut(self.gradients)))  # noqa: E741 - layer

    @property
    def scores(self) -> EpochScores:
        """Losses and metrics of exactly this model where they are `measured`, else of the last epoch's end."""
        history = self.history
        return self.measured or EpochScores(*(history.last(column) for column in EpochScores._fields))

    @property
    def judged_loss(self) -> float:
        """Loss of `scores` on the validation rows, on the training rows where none are kept back."""
        return self.scores.validation_loss if self.history.is_validated else self.scores.train_loss

    @property
    def judged_metric(self) -> float:
        """Accuracy or R² of `scores` on the same rows."""
        return self.scores.validation_metric if self.history.is_validated else self.scores.train_metric

    @property
    def is_best(self) -> bool:
        """Whether these are the weights of the best epoch, and of no other moment."""
        of = self.weights_of
        return of.epoch == self.best_epoch and not of.batch and not of.edited

    @property
    def model_params(self) -> Array:
        """What is judged, kept and predicted with of this network: its average where there is one, else itself."""
        return self.params if self.average is None else self.average

    def network(self) -> Network:
        """Return a network on a copy of these parameters: what learns and what is drawn."""
        return Network.network_from(self.config, self.params)

    @property
    def n_networks(self) -> int:
        """How many networks the model is the mean of; 1 where this one answers alone."""
        return 1 if self.beside is None else 1 + len(self.beside)

    def alone(self) -> Network:
        """Return a network on a copy of `model_params`."""
        return Network.network_from(self.config, self.model_params)

    def model(self) -> Network:
        """Return what is judged, kept and predicted with: `alone`, or the mean of it and those beside it."""
        if self.beside is None:
            return self.alone()
        return side_by_side([self.alone(), *(Network.laid_over(self.config, row) for row in self.beside)])
