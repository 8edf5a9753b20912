"""What the coach looks at: the rows and the course of a run in numbers, without the run itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from ann_viz.engine import NetworkConfig, Task, TrainConfig
from ann_viz.explain.evidence import LayerState, Trend

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.data import Finding
    from ann_viz.explain.group_gaps import GroupGap
    from ann_viz.explain.probes import ColumnScore, Probes
    from ann_viz.explain.traits import Order, Twins

__all__ = ["Card", "DataReport", "RunReport", "State"]

State = Literal["ready", "running", "paused", "finished", "failed"]


@dataclass(frozen=True, slots=True)
class Card:
    """What the coach says, and what it may say soon.

    Parameters
    ----------
    rule : str
        What stands on the card.
    waiting : str
        The cause that held at the last looks.
    looks : int
        At how many.
    epoch, since : int
        Of the last look, and of the settings it was under.
    """

    rule: str
    waiting: str
    looks: int
    epoch: int
    since: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DataReport:
    """What is known of the rows before any training; the same for every run on them.

    Parameters
    ----------
    target : str
        Column that is predicted.
    n_train, n_validation, n_inputs : int
        Rows and inputs.
    class_counts : tuple of int
        Training rows of each class; empty for a number.
    shuffled : bool
        Whether the rows were dealt out in a random order.
    probes : Probes
        What quick learners get out of the columns.
    twins : Twins
        Rows that stand in both parts.
    order : Order
        What the order of the file has to do with the answer.
    share_gap : float
        By how many standard errors the answers of the two parts differ.
    far_column : str
        The column of numbers that most lies in a few rows; empty without numbers.
    far_share : float
        Which share of its spread 1 % of the rows hold.
    far_target : float
        The same of the number that is predicted; 0 for classes.
    codes : ColumnScore or None
        The column of whole numbers whose values tell most more than their size.
    findings : tuple of Finding
        What was found on import.
    """

    target: str
    n_train: int
    n_validation: int
    n_inputs: int
    class_counts: tuple[int, ...]
    shuffled: bool
    probes: Probes
    twins: Twins
    order: Order
    share_gap: float
    far_column: str
    far_share: float
    far_target: float
    codes: ColumnScore | None
    findings: tuple[Finding, ...] = ()

    def finding(self, *kinds: str) -> Finding | None:
        """Return the first finding of some kinds on which nobody has acted yet."""
        return next((each for each in self.findings if each.kind in kinds and not each.done), None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RunReport:
    """A run so far, measured once per epoch.

    Parameters
    ----------
    state : str
        What the session does.
    task : str
        Kind of answer.
    epoch, step, best_epoch, n_batches : int
        Completed epochs and steps; the epoch with the lowest validation loss; steps per epoch.
    since : int
        Epoch of the last change of a setting.
    finished : str or None
        The rule that ended training.
    network, training
        The settings in use.
    rate, first_rate : float
        Learning rate after the schedule, now and in the first epoch.
    train_loss, validation_loss : (n_epochs + 1,) arrays
        Row 0 is the untrained network; validation is the training loss where no rows are kept back.
    guess_loss : float
        Loss on the training rows of always giving the shares of the classes, or the mean.
    trend : Trend
        How the training loss moves.
    known, known_held : float
        `skill` on training and on validation rows; the second is NaN without such rows.
    held_error : float
        Standard error of the second.
    recalls : tuple of float
        Share found of each class, on the judged rows, deciding at the threshold.
    threshold : float
        Above which chance a yes-or-no answer is yes.
    rise, rise_z : float
        By how much the validation loss rose since the best epoch, and how sure that is.
    layers, layers_at_start : tuple of LayerState
        Hidden layers now, and before the first step.
    gradients, gradients_at_start : tuple of float
        Length of the slope in each layer of weights.
    moved : float
        ‖Δw‖ / ‖w‖ of the last epoch.
    pull, data_pull : float
        How strongly penalties and data pull at the weights.
    weights, weights_at_start : float
        Root mean square of all weights.
    layer : int or None
        Layer of weights that became infinite, from 1.
    data : DataReport or None
        What is known of the rows; None as long as nobody has looked.
    other_starts : float
        Best score on the training rows of the same network from other starting weights; NaN if not tried.
    card : Card or None
        What was said at the look before.
    other_network : str
        Neurons of the other network that is suggested for the data, where both were trained: "64–32".
    other_lead : float
        By how much its metric was better at its best epoch; NaN without it.
    gap : GroupGap or None
        The group of the judged rows that is answered worse than all others; None where none can be compared.
    """

    state: State
    task: Task
    epoch: int
    step: int
    best_epoch: int
    n_batches: int
    finished: str | None
    network: NetworkConfig
    training: TrainConfig
    rate: float
    first_rate: float
    train_loss: NDArray[np.float64]
    validation_loss: NDArray[np.float64]
    guess_loss: float
    trend: Trend
    known: float
    known_held: float
    held_error: float
    recalls: tuple[float, ...]
    threshold: float
    rise: float
    rise_z: float
    layers: tuple[LayerState, ...]
    layers_at_start: tuple[LayerState, ...]
    gradients: tuple[float, ...]
    gradients_at_start: tuple[float, ...]
    moved: float
    pull: float
    data_pull: float
    weights: float
    weights_at_start: float
    layer: int | None = None
    data: DataReport | None = None
    other_starts: float = math.nan
    since: int = 0
    card: Card | None = None
    other_network: str = ""
    other_lead: float = math.nan
    gap: GroupGap | None = None

    @property
    def balanced(self) -> bool:
        """Whether classes count the same although some are rarer."""
        return self.training.class_weights is not None

    @property
    def short(self) -> float:
        """By how much the network stays below what the columns allow, on rows it learned from; NaN if not known."""
        return math.nan if self.data is None else self.data.probes.able - self.known
