"""Output functions and losses of the three tasks, always from the logits Z of the output layer.

`error_calls` prepares dL/dZ for the step; `loss_sum` gives the loss itself for display and evaluation. The loss of
a batch is the mean over its rows (and over the outputs for regression, as in PyTorch).
"""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np

from ann_viz.engine.arrays import Array, Call, constant
from ann_viz.engine.config import LossName, Task

__all__ = ["HUBER_DELTA", "error_calls", "loss_sum", "output_of", "step_targets"]

HUBER_DELTA: Final = 1.0


def step_targets(loss: LossName, Y: Array) -> Array:
    """Return the targets in the form `error_calls` subtracts: 2y − 1 for the binary loss, else Y itself."""
    return 2 * Y - 1 if loss == "binary_cross_entropy" else Y


def error_calls(loss: LossName, Z: Array, T: Array, row_weights: Array | None = None) -> list[Call]:
    """Prepare the calls that replace the logits by dL/dZ.

    Parameters
    ----------
    loss : str
        Name of the loss.
    Z : (n_out, n) array
        Logits, overwritten by the gradient of the batch's mean loss.
    T : (n_out, n) array
        Targets as `step_targets` gives them.
    row_weights : (1, n) array, optional
        Weight of every row.
    """
    n_out, n = Z.shape
    scale = 1 / n
    if loss == "binary_cross_entropy":
        # σ(z) − y = ½·(tanh(z/2) − (2y − 1)); the ½ joins the 1/n below.
        calls: list[Call] = [partial(np.multiply, Z, constant(0.5, Z.dtype), Z), partial(np.tanh, Z, Z)]
        calls.append(partial(np.subtract, Z, T, Z))
        scale = 0.5 / n
    elif loss == "categorical_cross_entropy":
        largest, total, ones = np.empty(n, Z.dtype), np.empty(n, Z.dtype), np.ones(n_out, Z.dtype)
        calls = [
            partial(np.maximum.reduce, Z, 0, None, largest),
            partial(np.subtract, Z, largest, Z),
            partial(np.exp, Z, Z),
            partial(ones.dot, Z, total),
            partial(np.divide, Z, total, Z),
            partial(np.subtract, Z, T, Z),
        ]
    else:
        calls = [partial(np.subtract, Z, T, Z)]
        scale = (2 if loss == "mse" else 1) / (n * n_out)
        if loss == "mae":
            calls.append(partial(np.sign, Z, Z))
        elif loss == "huber":
            calls.append(partial(np.maximum, Z, constant(-HUBER_DELTA, Z.dtype), out=Z))
            calls.append(partial(np.minimum, Z, constant(HUBER_DELTA, Z.dtype), out=Z))
    calls.append(partial(np.multiply, Z, constant(scale, Z.dtype), Z))
    if row_weights is not None:
        calls.append(partial(np.multiply, Z, row_weights, Z))
    return calls


def output_of(task: Task, Z: Array) -> Array:
    """Return what the network answers for logits ``Z (n, n_out)``: probabilities, or the values themselves."""
    if task == "binary":
        half = Z.dtype.type(0.5)
        return np.asarray(half + half * np.tanh(half * Z))
    if task == "multiclass":
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        return np.asarray(E / E.sum(axis=1, keepdims=True))
    return Z


def loss_sum(loss: LossName, Z: Array, Y: Array) -> float:
    """Return the loss summed over rows, unweighted and without penalties.

    Parameters
    ----------
    loss : str
        Name of the loss.
    Z, Y : (n_out, n) arrays
        Logits and targets, one column per row of the table.
    """
    if loss == "binary_cross_entropy":
        # max(z, 0) − y·z + log(1 + exp(−|z|)): no exp of a large number, no log of 0.
        losses = np.maximum(Z, 0) - Y * Z + np.log1p(np.exp(-np.abs(Z)))
    elif loss == "categorical_cross_entropy":
        shifted = Z - Z.max(axis=0)
        losses = np.log(np.exp(shifted).sum(axis=0, keepdims=True)) - (Y * shifted).sum(axis=0, keepdims=True)
    elif loss == "mse":
        losses = (Z - Y) ** 2
    else:
        losses = np.abs(Z - Y)
        if loss == "huber":
            inside = 0.5 * losses**2
            losses = np.where(losses < HUBER_DELTA, inside, HUBER_DELTA * (losses - 0.5 * HUBER_DELTA))
    return float(losses.sum(dtype=np.float64) / losses.shape[0])
