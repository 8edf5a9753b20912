"""What the output layer answers: the kind of task decides its function, always from the logits Z."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import numpy as np

from ann_viz.engine.activations import ACTIVATIONS, Function
from ann_viz.engine.arrays import Array

__all__ = ["OUTPUTS", "Task", "function_named", "output_of"]

Task = Literal["binary", "multiclass", "regression"]

SOFTMAX: Final = Function(name="softmax", label="Softmax", formula="e^z / Σ e^z", squashes_into=(0, 1))
OUTPUTS: Final[Mapping[Task, Function]] = {
    "binary": ACTIVATIONS["sigmoid"],
    "multiclass": SOFTMAX,
    "regression": ACTIVATIONS["linear"],
}


def function_named(name: str) -> Function:
    """Return the row of a hidden or an output layer's function."""
    return SOFTMAX if name == SOFTMAX.name else ACTIVATIONS[name]


def output_of(task: Task, Z: Array) -> Array:
    """Return what the network answers for logits ``Z (n, n_out)``: probabilities, or the values themselves.

    ŷ = σ(z) = ½ + ½·tanh(z/2) for one class, ŷ = exp(z) / Σ exp(z) for several (Bridle 1990), ŷ = z for a number.
    """
    if task == "binary":
        half = Z.dtype.type(0.5)
        return np.asarray(half + half * np.tanh(half * Z))
    if task == "multiclass":
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        return np.asarray(E / E.sum(axis=1, keepdims=True))
    return Z
