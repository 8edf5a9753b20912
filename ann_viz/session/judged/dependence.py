"""How the answer moves with one column or two, all others as they are.

References
----------
J. H. Friedman (2001), Greedy function approximation. Annals of Statistics 29, p. 1189: partial dependence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Network
from ann_viz.session.judged.values import ColumnValues

__all__ = ["MOST_ROWS", "SURFACE", "Answering", "dependence", "surface", "surface_size"]

Array = NDArray[np.floating[Any]]

MOST_ROWS: Final = 500
"""Rows over which a curve is the mean."""

SURFACE: Final = (75, 51)
COARSE: Final = (38, 26)
"""Points across and up; fewer where one answer takes long. Between them the picture is smooth either way."""

MOST_WORK: Final = 1.5e8  # answers times parameters: about 30 ms

_MOST_AT_ONCE: Final = 40_000  # rows


@dataclass(frozen=True, slots=True)
class Answering:
    """Which number of the answer is meant, and in what unit.

    Parameters
    ----------
    output : int
        Which output.
    scale, offset : float
        What 1 of it and what 0 of it are: of chances 1 and 0, of numbers spread and mean of the target.
    """

    output: int = 0
    scale: float = 1.0
    offset: float = 0.0

    def of(self, network: Network, X: Array) -> NDArray[np.float64]:
        """Return the answers to some rows."""
        return np.asarray(network.predict(X)[:, self.output], np.float64) * self.scale + self.offset


def dependence(network: Network, X: Array, values: ColumnValues, answering: Answering) -> NDArray[np.float64]:
    """Return the mean answer over the rows with every value of a column in the place of their own: partial dependence.

    Parameters
    ----------
    network : Network
    X : (n, n_inputs) array
    values : ColumnValues
        Those that are put in, m of them.
    answering : Answering
        Which number of the answer is meant, and its unit.

    Returns
    -------
    (m,) ndarray of float64
        NaN without rows.

    References
    ----------
    Friedman (2001), Greedy Function Approximation, section 8.2.
    """
    n, m = len(X), len(values.at)
    if not n:
        return np.full(m, np.nan)
    at_once = max(1, _MOST_AT_ONCE // n)
    found = np.empty(m)
    for start in range(0, m, at_once):
        some = values.inputs[start : start + at_once]
        mixed = np.tile(X, (len(some), 1))
        mixed[:, values.place] = np.repeat(some, n, axis=0)
        found[start : start + len(some)] = answering.of(network, mixed).reshape(len(some), n).mean(axis=1)
    return found


def surface_size(network: Network, n_others: int) -> tuple[int, int]:
    """Return how many points across and up a surface has that is the mean over so many rows."""
    work = SURFACE[0] * SURFACE[1] * n_others * network.config.n_parameters
    return SURFACE if work <= MOST_WORK else COARSE


def surface(
    network: Network,
    others: Array,
    across: ColumnValues,
    up: ColumnValues,
    answering: Answering,
    progress: Callable[[float], None] = lambda _: None,
) -> NDArray[np.float64]:
    """Return the answer over two columns, shape (values up, values across), the lowest first.

    Parameters
    ----------
    network : Network
    others : (n, n_inputs) ndarray
        What all other columns are: one row, or rows over which the mean is taken.
    across, up : ColumnValues
        The two columns, which must be different ones.
    answering : Answering
    progress : callable
        Told which share of the rows is done; may raise to stop.
    """
    n_across, n_up = len(across.at), len(up.at)
    found = np.zeros((n_up, n_across))
    for done, row in enumerate(others):
        progress(done / len(others))
        mixed = np.tile(row, (n_up * n_across, 1))
        mixed[:, across.place] = np.tile(across.inputs, (n_up, 1))
        mixed[:, up.place] = np.repeat(up.inputs, n_across, axis=0)
        found += answering.of(network, mixed).reshape(n_up, n_across)
    return found / max(1, len(others))
