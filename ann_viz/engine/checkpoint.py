"""All that a run needs to go on where it stood, bit for bit; taken between two steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ann_viz.engine.arrays import Array
from ann_viz.engine.config import TrainConfig
from ann_viz.engine.history import HistoryView
from ann_viz.engine.learning_rate import Plateaus
from ann_viz.engine.provenance import Provenance
from ann_viz.engine.snapshot import Snapshot

__all__ = ["Checkpoint", "OptimizerMemory", "RowOrder"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RowOrder:
    """In which order an epoch goes through the rows, and how far it has come.

    Parameters
    ----------
    indices : (n,) array of int
        Training rows in their order, or the blocks of rows that are read from a file.
    seed : int
        From which the order within the blocks in memory follows; 0 where all rows are.
    position : int
        Rows of this epoch that have been learned from.
    order_rng, dropout_rng : Mapping
        States of the generators (``numpy.random.BitGenerator.state``) of later orders and of dropout.
    """

    indices: Array
    seed: int
    position: int
    order_rng: Mapping[str, Any]
    dropout_rng: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OptimizerMemory:
    """What an optimiser remembers.

    Parameters
    ----------
    name : str
        Which of `OPTIMIZERS`.
    state : tuple of (n_parameters,) arrays
        As in the rule's row.
    steps : int
        Steps done, as far as the rule counts them.
    """

    name: str
    state: tuple[Array, ...]
    steps: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Checkpoint:
    """A trainer between two steps; all arrays are its own copies.

    Parameters
    ----------
    config : TrainConfig
        The settings in force.
    params, gradients : (n_parameters,) arrays
        Now.
    last, best : (n_parameters,) arrays
        Parameters at the end of the last epoch, and what was judged at that of `best_epoch`: parameters or average.
    began, before_last, before_best : (n_parameters,) arrays
        Where the epoch under way began, the last and the best one; see `EpochWeights`.
    best_epoch : int
    best_loss : float
        Lowest validation loss (training loss without validation rows), and the epoch that had it.
    average, last_average : (n_parameters,) arrays or None
        Averages of the parameters, now and at the end of the last epoch; None where the settings ask for none.
    average_steps : int
        Steps that went into it.
    optimizer : OptimizerMemory
    plateaus : Plateaus
        How the schedule has seen the loss stand still.
    order : RowOrder
    epoch, step, batch : int
        Epochs completed, steps done, batches done in the epoch under way.
    seconds : float
        Time spent in steps.
    finished : str or None
        Why training is over.
    history : HistoryView
        One row per epoch.
    provenance : Provenance
        Where the parameters come from.
    timeline : tuple of Snapshot
        Moments to look at again.
    timeline_stride : int
        Distance of the epochs among them.
    """

    config: TrainConfig
    params: Array
    gradients: Array
    last: Array
    best: Array
    began: Array
    before_last: Array
    before_best: Array
    best_epoch: int
    best_loss: float
    optimizer: OptimizerMemory
    plateaus: Plateaus
    order: RowOrder
    epoch: int
    step: int
    batch: int
    seconds: float
    finished: str | None
    history: HistoryView
    provenance: Provenance
    timeline: tuple[Snapshot, ...]
    timeline_stride: int
    average: Array | None = None
    last_average: Array | None = None
    average_steps: int = 0

    @property
    def model_params(self) -> Array:
        """What is judged, kept and predicted with: the average where there is one, else the parameters."""
        return self.params if self.average is None else self.average
