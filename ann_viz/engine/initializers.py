"""Starting weights: He, Glorot and LeCun rules, zeros and a constant; biases start at zero.

References
----------
He et al. 2015 (eq. 10), Glorot & Bengio 2010 (eq. 12 and 16), LeCun et al. 1998 (eq. 16).
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from ann_viz.engine.arrays import Array
from ann_viz.engine.config import ActivationName, InitializerName

__all__ = ["CONSTANT", "initial_weights", "suited_initializer"]

CONSTANT: Final = 0.1
_SUITED: Final[dict[ActivationName, InitializerName]] = {
    "relu": "he_normal",
    "leaky_relu": "he_normal",
    "elu": "he_normal",
    "gelu": "he_normal",
    "silu": "he_normal",
    "softplus": "he_normal",
    "tanh": "glorot_uniform",
    "sigmoid": "glorot_uniform",
    "linear": "glorot_uniform",
}


def suited_initializer(activation: ActivationName) -> InitializerName:
    """Return the rule that suits an activation; the output layer counts as linear."""
    return _SUITED[activation]


def initial_weights(name: InitializerName, n_in: int, n_out: int, rng: np.random.Generator) -> Array:
    """Draw the weights of one layer.

    Parameters
    ----------
    name : str
        Name of the rule.
    n_in, n_out : int
        Neurons on both sides.
    rng : numpy.random.Generator
        Not used by "zeros" and "constant".

    Returns
    -------
    (n_in, n_out) float64 array
    """
    if name == "zeros":
        return np.zeros((n_in, n_out))
    if name == "constant":
        return np.full((n_in, n_out), CONSTANT)
    rule, _, shape = name.partition("_")
    variance = {"he": 2 / n_in, "glorot": 2 / (n_in + n_out), "lecun": 1 / n_in}[rule]
    if shape == "normal":
        return rng.normal(0.0, math.sqrt(variance), (n_in, n_out))
    limit = math.sqrt(3 * variance)
    return rng.uniform(-limit, limit, (n_in, n_out))
