"""What one neuron answers to many rows, and how often which of its activations occurs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import ACTIVATIONS, Network
from ann_viz.engine.outputs import output_of
from ann_viz.explain.neuron import function_of

__all__ = ["Spread", "activations_over", "spread_of"]

Array = NDArray[np.floating]

N_BINS: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spread:
    """How often which activation occurs: rows per bin between the smallest and the largest; 0 is called silent."""

    counts: NDArray[np.integer]
    low: float
    high: float
    mean: float
    n_rows: int
    n_silent: int


def activations_over(network: Network, X: Array, column: int, index: int) -> Array:
    """Return one neuron's activation for many rows.

    Parameters
    ----------
    network : Network
        Read only.
    X : (n, n_inputs) array
        Encoded rows.
    column, index : int
        Which neuron; column 0 is the inputs.

    Returns
    -------
    (n,) array
    """
    A: Array = np.asarray(X, dtype=network.params.dtype)
    for layer in range(column):
        name = function_of(network, layer + 1)
        W, b = network.W[layer], network.b[layer]
        if layer == column - 1 and name != "softmax":  # of its own layer no other neuron is needed
            W, b, index = W[:, index : index + 1], b[index : index + 1], 0
        Z = A @ W + b  # (n, n_in) @ (n_in, n_out) + (n_out,)
        A = output_of("multiclass", Z) if name == "softmax" else ACTIVATIONS[name].evaluate(Z)
    return A[:, index]


def spread_of(values: Array) -> Spread | None:
    """Count activations in 24 bins from the smallest to the largest; None when there is nothing finite to count."""
    finite = values[np.isfinite(values)].astype(np.float64)
    if not len(finite):
        return None
    low, high = float(finite.min()), float(finite.max())
    counts = np.histogram(finite, bins=N_BINS, range=(low, high))[0] if high > low else np.array([len(finite)])
    return Spread(
        counts=counts,
        low=low,
        high=high,
        mean=float(finite.mean()),
        n_rows=len(finite),
        n_silent=int(np.count_nonzero(finite == 0)),
    )
