"""What is done to the gradient before the optimiser sees it: L1 and L2 penalties, decoupled decay and clipping.

Only weights are penalised, never biases. Whatever is switched off adds no call to the step.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from typing import Final, Literal

import numpy as np

from ann_viz.engine.arrays import Array, Call, layer_matrices
from ann_viz.engine.config import NetworkConfig, TrainConfig
from ann_viz.engine.optimizers import OPTIMIZERS

__all__ = ["GradientKind", "decay_factors", "gradient_kind", "penalised_length", "penalty_calls", "weight_mask"]


GradientKind = Literal["mean", "penalised", "clipped"]
"""∂L/∂w of the batch's mean loss; the same with penalties; the same shortened by clipping, as the optimiser sees it."""

_CLIPPED: Final = 0.9999  # of the longest length: what is as long as that was shortened to it, but for rounding


def weight_mask(config: NetworkConfig) -> Array:
    """Return a vector shaped like the parameters: 1 for every weight, 0 for every bias."""
    mask = np.ones(config.n_parameters, config.dtype)
    for matrix in layer_matrices(mask, config.sizes):
        matrix[-1] = 0
    return mask


def penalty_calls(config: TrainConfig, params: Array, gradients: Array, mask: Array) -> list[Call]:
    """Prepare adding λ₁·sign(w) + λ₂·w to the gradient (L2 unless it is decoupled), then clipping its length.

    Parameters
    ----------
    config : TrainConfig
        Says λ₁, λ₂ and the longest that a gradient may be.
    params, gradients : (n_parameters,) arrays
        Read, and changed in place, whenever the calls are made.
    mask : (n_parameters,) array
        1 for weights, 0 for biases, which nothing penalises.
    """
    calls: list[Call] = []
    t = np.empty_like(params)
    if config.l2 > 0 and not OPTIMIZERS[config.optimizer].decouples_decay:
        calls += [partial(np.multiply, params, mask * mask.dtype.type(config.l2), t)]
        calls += [partial(np.add, gradients, t, gradients)]
    if config.l1 > 0:
        calls += [partial(np.sign, params, t), partial(np.multiply, t, mask * mask.dtype.type(config.l1), t)]
        calls += [partial(np.add, gradients, t, gradients)]
    if config.clip_norm is not None:
        calls.append(partial(_clip, gradients, config.clip_norm))
    return calls


def gradient_kind(config: TrainConfig, gradients: Array) -> GradientKind:
    """Say what is in a gradient after `penalty_calls` have been made."""
    if config.clip_norm is not None and float(np.linalg.norm(gradients)) > _CLIPPED * config.clip_norm:
        return "clipped"
    has_penalties = config.l1 > 0 or (config.l2 > 0 and not OPTIMIZERS[config.optimizer].decouples_decay)
    return "penalised" if has_penalties else "mean"


def decay_factors(config: TrainConfig, mask: Array, rate: float) -> Array:
    """Return what decoupled decay multiplies the parameters by, shape (n_parameters,): 1 − η·λ₂, or 1 for biases.

    Parameters
    ----------
    config : TrainConfig
    mask : (n_parameters,) array
        1 for weights, 0 for biases.
    rate : float
        η, after the schedule.

    References
    ----------
    Loshchilov & Hutter (2019), Decoupled Weight Decay Regularization, Algorithm 2.
    """
    return np.asarray(1 - mask * mask.dtype.type(rate * config.l2))


def penalised_length(config: TrainConfig, params: Array, gradients: Array, mask: Array) -> float:
    """Return the length (Euclidean) that the gradient would have with its penalties; nothing is changed.

    Parameters
    ----------
    config, params, gradients, mask
        As of `penalty_calls`.
    """
    lengthened = gradients.copy()
    for call in penalty_calls(replace(config, clip_norm=None), params, lengthened, mask):
        call()
    return math.sqrt(lengthened.dot(lengthened))


def _clip(gradients: Array, longest: float) -> None:
    """Scale the gradient down to the given length if it is longer (Pascanu et al. 2013, Algorithm 1)."""
    length = math.sqrt(gradients.dot(gradients))
    if length > longest:
        np.multiply(gradients, longest / length, gradients)
