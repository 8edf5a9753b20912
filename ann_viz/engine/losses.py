"""Losses of the three tasks, one row each, always from the logits Z of the output layer.

The loss of a batch is the mean over its rows (and over the outputs for regression, as in PyTorch). Within a row of
the table, z is a logit, ŷ the answer that `output_of` makes of it, and y the truth.

References
----------
Bishop 2006 (eq. 4.90 and 4.108 for the cross-entropies, 4.91 and 4.109 for their slopes), Huber 1964.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from ann_viz.engine.arrays import Array, Call, constant
from ann_viz.engine.choices import Choice, table
from ann_viz.engine.outputs import Task
from ann_viz.translation import translatable

__all__ = ["HUBER_DELTA", "LOSSES", "Loss", "losses_of"]

HUBER_DELTA: Final = 1.0


def _as_they_are(Y: Array) -> Array:
    return Y


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss(Choice):
    """One loss.

    Parameters
    ----------
    task : {"binary", "multiclass", "regression"}
        What it is for.
    formula : str
        Of L.
    values : callable
        ``values(Z, Y)`` gives L of every row ``(1, n)``, or of every output ``(n_out, n)``; columns are rows of data.
    slope : callable
        ``slope(Z, T)`` gives the calls that replace the logits by ∂L/∂Z of the batch's mean loss.
    targets : callable
        Gives the targets T that `slope` subtracts; by default they are Y itself.
    """

    task: Task
    formula: str
    values: Callable[[Array, Array], Array]
    slope: Callable[[Array, Array], list[Call]]
    targets: Callable[[Array], Array] = _as_they_are

    def total(self, Z: Array, Y: Array) -> float:
        """Return the loss summed over rows, unweighted and without penalties.

        Parameters
        ----------
        Z, Y : (n_out, n) arrays
            Logits and targets, one column per row of the data.
        """
        losses = self.values(Z, Y)
        return float(losses.sum(dtype=np.float64) / losses.shape[0])

    def error_calls(self, Z: Array, T: Array, row_weights: Array | None = None) -> list[Call]:
        """Prepare the calls that replace the logits by ∂L/∂Z.

        Parameters
        ----------
        Z : (n_out, n) array
            Logits, overwritten by the gradient of the batch's mean loss.
        T : (n_out, n) array
            Targets as `targets` gives them.
        row_weights : (1, n) array, optional
            Weight of every row.
        """
        calls = self.slope(Z, T)
        if row_weights is not None:
            calls.append(partial(np.multiply, Z, row_weights, Z))
        return calls


def _times(Z: Array, factor: float) -> Call:
    return partial(np.multiply, Z, constant(factor, Z.dtype), Z)


def _binary_values(Z: Array, Y: Array) -> Array:
    """L = −y·ln σ(z) − (1 − y)·ln(1 − σ(z)) = max(z, 0) − y·z + ln(1 + exp(−|z|)): no large exp, no log of 0."""
    return np.asarray(np.maximum(Z, 0) - Y * Z + np.log1p(np.exp(-np.abs(Z))))


def _binary_targets(Y: Array) -> Array:
    """T = 2·y − 1."""
    return 2 * Y - 1


def _binary_slope(Z: Array, T: Array) -> list[Call]:
    """∂L/∂z = ŷ − y = ½·(tanh(z/2) − (2·y − 1)); the ½ joins the 1/n of the mean."""
    return [
        _times(Z, 0.5),
        partial(np.tanh, Z, Z),
        partial(np.subtract, Z, T, Z),
        _times(Z, 0.5 / Z.shape[1]),
    ]


def _categorical_values(Z: Array, Y: Array) -> Array:
    """L = −Σ y·ln ŷ = ln Σ exp(z) − Σ y·z, with the largest z subtracted from all."""
    shifted = Z - Z.max(axis=0)
    return np.asarray(np.log(np.exp(shifted).sum(axis=0, keepdims=True)) - (Y * shifted).sum(axis=0, keepdims=True))


def _categorical_slope(Z: Array, T: Array) -> list[Call]:
    """∂L/∂z = ŷ − y with ŷ = exp(z) / Σ exp(z)."""
    n_out, n = Z.shape
    largest, total, ones = np.empty(n, Z.dtype), np.empty(n, Z.dtype), np.ones(n_out, Z.dtype)
    return [
        partial(np.maximum.reduce, Z, 0, None, largest),
        partial(np.subtract, Z, largest, Z),
        partial(np.exp, Z, Z),
        partial(ones.dot, Z, total),
        partial(np.divide, Z, total, Z),
        partial(np.subtract, Z, T, Z),
        _times(Z, 1 / n),
    ]


def _mse_values(Z: Array, Y: Array) -> Array:
    """L = (ŷ − y)²."""
    return np.asarray((Z - Y) ** 2)


def _mse_slope(Z: Array, T: Array) -> list[Call]:
    """∂L/∂z = 2·(ŷ − y)."""
    return [partial(np.subtract, Z, T, Z), _times(Z, 2 / Z.size)]


def _mae_values(Z: Array, Y: Array) -> Array:
    """L = |ŷ − y|."""
    return np.asarray(np.abs(Z - Y))


def _mae_slope(Z: Array, T: Array) -> list[Call]:
    """∂L/∂z = sign(ŷ − y)."""
    return [partial(np.subtract, Z, T, Z), partial(np.sign, Z, Z), _times(Z, 1 / Z.size)]


def _huber_values(Z: Array, Y: Array) -> Array:
    """L = ½·(ŷ − y)² where |ŷ − y| < δ, else δ·(|ŷ − y| − ½·δ), with δ = 1."""
    losses = np.abs(Z - Y)
    inside = 0.5 * losses**2
    return np.asarray(np.where(losses < HUBER_DELTA, inside, HUBER_DELTA * (losses - 0.5 * HUBER_DELTA)))


def _huber_slope(Z: Array, T: Array) -> list[Call]:
    """∂L/∂z = ŷ − y, cut off at −δ and δ."""
    return [
        partial(np.subtract, Z, T, Z),
        partial(np.maximum, Z, constant(-HUBER_DELTA, Z.dtype), out=Z),
        partial(np.minimum, Z, constant(HUBER_DELTA, Z.dtype), out=Z),
        _times(Z, 1 / Z.size),
    ]


LOSSES: Final[Mapping[str, Loss]] = table(
    Loss(
        name="binary_cross_entropy",
        label=translatable("Cross-entropy"),
        task="binary",
        formula="−y·ln(ŷ) − (1 − y)·ln(1 − ŷ)",
        values=_binary_values,
        slope=_binary_slope,
        targets=_binary_targets,
    ),
    Loss(
        name="categorical_cross_entropy",
        label=translatable("Cross-entropy"),
        task="multiclass",
        formula="−Σ y·ln(ŷ)",
        values=_categorical_values,
        slope=_categorical_slope,
    ),
    Loss(
        name="mse",
        label=translatable("Mean squared"),
        task="regression",
        formula="(ŷ − y)²",
        values=_mse_values,
        slope=_mse_slope,
    ),
    Loss(
        name="mae",
        label=translatable("Mean absolute"),
        task="regression",
        formula="|ŷ − y|",
        values=_mae_values,
        slope=_mae_slope,
    ),
    Loss(
        name="huber",
        label=translatable("Huber"),
        task="regression",
        formula="½·(ŷ − y)², or |ŷ − y| − ½ from a distance of 1 on",
        values=_huber_values,
        slope=_huber_slope,
    ),
)


def losses_of(task: Task) -> tuple[Loss, ...]:
    """Return what a task may make small; it starts with the first."""
    return tuple(loss for loss in LOSSES.values() if loss.task == task)
