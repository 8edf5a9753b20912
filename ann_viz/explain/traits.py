"""What is odd about the rows themselves, before any learning: twins in both parts, an order, a drift, values far off.

Each function looks at encoded rows and returns numbers; what they mean for the coach stands in its table.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["Order", "Twins", "far_share", "order_of", "share_gap", "twins"]

Array: TypeAlias = NDArray[np.float64]

DIGITS: Final = 4  # to which standardised inputs are compared
DENSE: Final = 20  # different values from which a column is a number, not a code
TOP_SHARE: Final = 100  # 1 % of the rows
RISING: Final = 0.999  # rank correlation with the place in the file of a column that counts
SAME_ANSWER: Final = 0.05  # of the spread


@dataclass(frozen=True, slots=True)
class Twins:
    """Rows of the validation part that also stand in the training part.

    Parameters
    ----------
    n : int
        How many.
    share : float
        Of the validation rows.
    agreeing : float
        Of these twins, how many have the same answer there; 0 where there are none.
    by_chance : float
        Share that would have a twin if every column were filled in by itself.
    """

    n: int = 0
    share: float = 0.0
    agreeing: float = 0.0
    by_chance: float = 0.0


@dataclass(frozen=True, slots=True)
class Order:
    """What the order of the file has to do with the answer.

    Parameters
    ----------
    alike : float
        Correlation of the answer with that of the row before (lag 1); near 0 in a file without an order.
    sorted : float
        Share of the neighbours between which the answer does not fall, or does not rise; 1 for a file sorted by it.
    column : str
        A column that only rises or only falls from row to row; empty without one.
    """

    alike: float = 0.0
    sorted: float = 0.0
    column: str = ""


def twins(X: Array, Y: Array, X_held: Array, Y_held: Array) -> Twins:
    """Look for validation rows whose inputs all stand in the training rows, too.

    A copy of a row in both parts makes a network look good that has learned it by heart. Rows of a few yes/no columns
    repeat by chance, which is no fault; how often is worked out from the shares of the values.
    """
    if len(X) == 0 or len(X_held) == 0:
        return Twins()
    known: dict[bytes, list[int]] = {}
    for row, key in enumerate(_keys(X)):
        known.setdefault(key, []).append(row)
    spread = max(1e-12, float(Y.std(axis=0).mean()))
    alike = [
        float(np.abs(Y[known[key]].mean(axis=0) - Y_held[row]).mean()) < SAME_ANSWER * spread
        for row, key in enumerate(_keys(X_held))
        if key in known
    ]
    share = len(alike) / len(X_held)
    return Twins(len(alike), share, float(np.mean(alike)) if alike else 0.0, _chance_of_twin(X))


def _keys(X: Array) -> list[bytes]:
    rounded = np.ascontiguousarray(np.round(X, DIGITS) + 0.0)  # no minus zero
    return [row.tobytes() for row in rounded]


def _chance_of_twin(X: Array) -> float:
    """1 − (1 − p)^n, p being the chance that two rows agree in all columns if these were independent."""
    p = 1.0
    for column in X.T:
        _, counts = np.unique(np.round(column, DIGITS), return_counts=True)
        p *= float(((counts / len(X)) ** 2).sum())
    return 1 - (1 - p) ** len(X)


def far_share(x: Array) -> float:
    """Return which share of a column's squared distances from its median 1 % of the rows hold.

    0.03 to 0.2 for most columns, above 0.6 where a slip of the pen squeezes all others into a point.
    """
    if len(np.unique(x)) <= DENSE:
        return 0.0
    squares = np.sort((x - np.median(x)) ** 2)
    total = float(squares.sum())
    return float(squares[-max(1, len(x) // TOP_SHARE) :].sum()) / total if total > 0 else 0.0


def share_gap(Y: Array, Y_held: Array) -> float:
    """Return by how many standard errors the mean answer of two parts differs, the largest of all outputs."""
    if len(Y) == 0 or len(Y_held) == 0:
        return 0.0
    error = np.sqrt(Y.var(axis=0) * (1 / len(Y) + 1 / len(Y_held)) + 1e-12)
    return float(np.abs((Y_held.mean(axis=0) - Y.mean(axis=0)) / error).max())


def order_of(X: Array, Y: Array, columns: Sequence[tuple[str, slice]]) -> Order:
    """Look at rows in the order of the file.

    Parameters
    ----------
    X, Y : (n, n_inputs), (n, n_outputs) arrays
        Rows in the order of the file.
    columns : sequence of (str, slice)
        Which inputs come from which column.
    """
    y = Y[:, 0] if Y.shape[1] == 1 else Y.argmax(axis=1).astype(float)
    place = np.arange(len(y), dtype=float)
    rising = ""
    for name, inputs in columns:
        x = X[:, inputs.start]
        is_number = inputs.stop - inputs.start == 1 and _is_dense(x)
        if is_number and abs(_rank_correlation(x, place)) > RISING:
            rising = name
            break
    steps = np.diff(y)
    tidy = max(float((steps >= 0).mean()), float((steps <= 0).mean())) if len(steps) else 0.0
    return Order(_correlation(y[1:], y[:-1]), tidy, rising)


def _is_dense(x: Array) -> bool:
    return len(np.unique(x)) > 0.9 * len(x)


def _rank_correlation(a: Array, b: Array) -> float:
    """Return Spearman's correlation, ties in the order they stand."""
    return _correlation(*(_mean_ranks(each) for each in (a, b)))


def _mean_ranks(values: Array) -> Array:
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[places.ravel()], np.float64)


def _correlation(a: Array, b: Array) -> float:
    spread = float(a.std() * b.std()) if len(a) > 1 else 0.0
    if spread < 1e-12 or math.isnan(spread):
        return 0.0
    return float(((a - a.mean()) * (b - b.mean())).mean() / spread)
