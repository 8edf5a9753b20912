"""The few array types and small array functions the engine shares.

A step of training is a list of *calls*: NumPy functions with their arrays already bound (``functools.partial``).
Building them once and running them in order is what makes a step cheap: no Python logic, no new arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Array", "Call", "append_ones", "constant", "layer_matrices", "read_only", "run"]

Array: TypeAlias = "NDArray[Any]"
Call: TypeAlias = Callable[[], object]


def run(calls: Sequence[Call]) -> None:
    """Make the calls one after the other."""
    for call in calls:
        call()


def constant(value: float, dtype: np.dtype[Any]) -> Array:
    """Return a number as a 0-d array: NumPy takes one in half the time of a Python float, and it can change."""
    return np.array(value, dtype)


def read_only(array: Array) -> Array:
    """Return a view that can't be written through."""
    view = array.view()
    view.flags.writeable = False
    return view


def append_ones(X: Array, dtype: np.dtype[Any]) -> Array:
    """Copy ``X (n, n_in)`` to ``(n, n_in + 1)`` with a last column of ones, which the biases multiply."""
    ones = np.ones((X.shape[0], X.shape[1] + 1), dtype)
    ones[:, :-1] = X
    return ones


def layer_matrices(flat: Array, sizes: Sequence[int]) -> tuple[Array, ...]:
    """Cut a flat vector in the order W0, b0, W1, b1… into one matrix per layer.

    Parameters
    ----------
    flat : (n_parameters,) array
    sizes : sequence of int
        Neurons per layer, inputs and outputs included.

    Returns
    -------
    tuple of (n_in + 1, n_out) views
        The rows of W, then b as the last row: with a one appended to every input, ``A @ W + b`` is one product.
    """
    matrices, start = [], 0
    for n_in, n_out in pairwise(sizes):
        stop = start + (n_in + 1) * n_out
        matrices.append(flat[start:stop].reshape(n_in + 1, n_out))
        start = stop
    return tuple(matrices)
