"""The same row with other values in one column: what the network would answer then."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Network

__all__ = ["answers_along", "with_blocks"]

Array = NDArray[np.floating]


def with_blocks(x: Array, start: int, blocks: Array) -> Array:
    """Return copies of a row with the inputs of one column replaced, ``(n, n_inputs)``.

    Parameters
    ----------
    x : (n_inputs,) array
        The row.
    start : int
        First input of the column.
    blocks : (n, width) array
        Its inputs in every copy.
    """
    X = np.tile(x, (len(blocks), 1))
    X[:, start : start + blocks.shape[1]] = blocks
    return X


def answers_along(networks: Sequence[Network], x: Array, start: int, blocks: Array) -> Array:
    """Return what every network answers along the values of one column, ``(n_networks, n, n_outputs)``."""
    X = with_blocks(x, start, blocks)
    return np.array([network.predict(X) for network in networks])
