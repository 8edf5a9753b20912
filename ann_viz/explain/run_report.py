"""What the coach looks at: the course of a run in numbers, without the run itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Network
from ann_viz.engine.activations import ACTIVATIONS
from ann_viz.numerals import NOTHING, count, format_number, percent_fixed, short_number

__all__ = ["SUGGESTED_L2", "RunReport", "count_idle_units", "higher_rate", "lower_rate"]

State = Literal["ready", "running", "paused", "finished", "failed"]

SUGGESTED_L2: Final = 0.001
IDLE_SLOPE: Final = 0.05  # of the steepest: a unit as flat as this learns twenty times slower
IDLE_ROWS: Final = 0.95


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RunReport:
    """A run so far.

    Parameters
    ----------
    state : str
        What the session does.
    task : str
        Kind of answer.
    epoch, step, best_epoch : int
        Completed epochs and steps; the epoch with the lowest validation loss.
    finished : str or None
        The rule that ended training.
    train_loss, validation_loss : (n_epochs + 1,) arrays
        Row 0 is the untrained network; validation is the training loss where no rows are kept back.
    metric, guess_metric : float
        Accuracy or R² on the validation rows: of the network, and of always giving the commonest answer or the mean.
    guess_loss : float
        Loss of that trivial answer, NaN where it is not known.
    commonest_share : float
        Share of the commonest answer among the training rows; 0 for a number.
    balanced : bool
        Whether classes already count the same.
    n_train, n_validation : int
        Rows.
    learning_rate, l2 : float
        Settings.
    n_hidden, n_rectified, n_squashing : int
        Hidden neurons: all, those that can die (ReLU), those that squash (tanh, sigmoid).
    n_dead, n_saturated : int
        Of these: silent for every row; flat for nearly every row.
    layer : int or None
        Layer of weights that became infinite, from 1.
    """

    state: State
    task: str
    epoch: int
    step: int
    best_epoch: int
    finished: str | None
    train_loss: NDArray[np.float64]
    validation_loss: NDArray[np.float64]
    metric: float
    guess_metric: float
    guess_loss: float
    commonest_share: float
    balanced: bool
    n_train: int
    n_validation: int
    learning_rate: float
    l2: float
    n_hidden: int
    n_rectified: int
    n_squashing: int
    n_dead: int
    n_saturated: int
    layer: int | None = None

    def values(self) -> dict[str, str]:
        """Return what the texts may name."""
        regression = self.task == "regression"
        return {
            "epoch": format_number(self.epoch),
            "times": count(self.epoch, "time"),
            "best_epoch": format_number(self.best_epoch),
            "metric": _metric(self.metric, regression=regression),
            "guess": _metric(self.guess_metric, regression=regression),
            "share": _metric(self.commonest_share, regression=False),
            "n_train": format_number(self.n_train),
            "n_validation": format_number(self.n_validation),
            "rate": format_number(self.learning_rate, "g"),
            "lower_rate": format_number(lower_rate(self.learning_rate), "g"),
            "higher_rate": format_number(higher_rate(self.learning_rate), "g"),
            "suggested_l2": format_number(SUGGESTED_L2, "g"),
            "n_dead": f"{self.n_dead}",
            "n_saturated": f"{self.n_saturated}",
            "n_hidden": f"{self.n_hidden}",
            "layer": NOTHING if self.layer is None else f"{self.layer}",
            "first_loss": _loss(self.validation_loss, 0),
            "loss": _loss(self.validation_loss, -1),
            "best_loss": _loss(self.validation_loss, min(self.best_epoch, len(self.validation_loss) - 1)),
        }


def lower_rate(rate: float) -> float:
    """Return a third of a learning rate, with one digit that counts."""
    return float(f"{rate / 3:.1g}")


def higher_rate(rate: float) -> float:
    """Return three times a learning rate, with one digit that counts and at most 1."""
    return float(f"{min(1.0, rate * 3):.1g}")


def _metric(value: float, *, regression: bool) -> str:
    if not math.isfinite(value):
        return NOTHING
    return f"R² {short_number(value, 2)}" if regression else percent_fixed(value)


def _loss(losses: NDArray[np.float64], row: int) -> str:
    return short_number(float(losses[row])) if len(losses) and math.isfinite(losses[row]) else NOTHING


def count_idle_units(network: Network, X: NDArray[np.floating]) -> tuple[int, int]:
    """Count hidden neurons that can't learn from these rows.

    Parameters
    ----------
    network : Network
        Read only.
    X : (n, n_inputs) array
        Some hundred rows.

    Returns
    -------
    tuple of (int, int)
        ReLU neurons that are 0 for every row; tanh and sigmoid neurons flat for 95 % of the rows.
    """
    dead = saturated = 0
    there = network.activations(X)
    for name, Z in zip(network.activation_names, there.Z, strict=False):
        activation = ACTIVATIONS[name]
        if activation.can_die:
            dead += int((Z <= 0).all(axis=0).sum())
        elif activation.squashes_into is not None:
            steepest = float(activation.slope(np.zeros(1))[0])
            flat = np.abs(activation.slope(Z)) < IDLE_SLOPE * steepest
            saturated += int((flat.mean(axis=0) > IDLE_ROWS).sum())
    return dead, saturated
