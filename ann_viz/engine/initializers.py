"""Starting weights: He, Glorot and LeCun rules, zeros and a constant; biases start at zero.

A rule says how far the weights of a layer spread, from the numbers of neurons on both sides. Which one suits an
activation stands in the activation's row.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, TypeAlias

import numpy as np

from ann_viz.engine.arrays import Array

__all__ = ["CONSTANT", "INITIALIZERS", "Initializer"]

CONSTANT: Final = 0.1

Initializer: TypeAlias = "Callable[[int, int, np.random.Generator], Array]"  # a text: NumPy loads its generators late
"""``initializer(n_in, n_out, rng)`` draws the weights ``(n_in, n_out)`` of one layer, in float64."""


def _he(n_in: int, _n_out: int) -> float:
    """σ² = 2 / n_in (He et al. 2015, eq. 10)."""
    return 2 / n_in


def _glorot(n_in: int, n_out: int) -> float:
    """σ² = 2 / (n_in + n_out) (Glorot & Bengio 2010, eq. 12 and 16)."""
    return 2 / (n_in + n_out)


def _lecun(n_in: int, _n_out: int) -> float:
    """σ² = 1 / n_in (LeCun et al. 1998, eq. 16)."""
    return 1 / n_in


def _normal(variance: Callable[[int, int], float], n_in: int, n_out: int, rng: np.random.Generator) -> Array:
    """Draw from the normal distribution with mean 0."""
    return rng.normal(0.0, math.sqrt(variance(n_in, n_out)), (n_in, n_out))


def _uniform(variance: Callable[[int, int], float], n_in: int, n_out: int, rng: np.random.Generator) -> Array:
    """Draw evenly from ±√(3·σ²), which has the variance σ²."""
    limit = math.sqrt(3 * variance(n_in, n_out))
    return rng.uniform(-limit, limit, (n_in, n_out))


def _fill(value: float, n_in: int, n_out: int, _rng: np.random.Generator) -> Array:
    """Give all weights the same value; then all neurons of a layer learn the same."""
    return np.full((n_in, n_out), value)


INITIALIZERS: Final[Mapping[str, Initializer]] = {
    "he_normal": partial(_normal, _he),
    "he_uniform": partial(_uniform, _he),
    "glorot_normal": partial(_normal, _glorot),
    "glorot_uniform": partial(_uniform, _glorot),
    "lecun_normal": partial(_normal, _lecun),
    "lecun_uniform": partial(_uniform, _lecun),
    "zeros": partial(_fill, 0.0),
    "constant": partial(_fill, CONSTANT),
}
