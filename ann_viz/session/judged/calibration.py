"""Whether a chance of 35 % means that 35 of 100 are so, and how to mend it with one number where it does not.

References
----------
C. Guo et al. (2017), On calibration of modern neural networks. ICML: expected calibration error, temperature scaling.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine.intervals import wilson

__all__ = ["FEWEST_ROWS", "CalibrationBin", "calibrate", "calibration_error", "temperature"]

N_BINS: Final = 10
FEWEST_ROWS: Final = 8
"""Bins of fewer rows say nothing."""

_RATIO: Final = (math.sqrt(5) - 1) / 2
_SEARCH: Final = (math.log(0.05), math.log(20.0))
_STEPS: Final = 40
_SMALLEST: Final = 1e-7


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Rows to which about the same chance was given.

    Parameters
    ----------
    said : float
        Mean chance.
    is_so : float
        Share of the rows for which it was true.
    low, high : float
        95 % range of that share.
    n : int
        Rows.
    """

    said: float
    is_so: float
    low: float
    high: float
    n: int


def calibrate(is_yes: NDArray[np.bool_], chance: NDArray[Any], fewest: int = FEWEST_ROWS) -> tuple[CalibrationBin, ...]:
    """Return what was said and what is so in tenths of the chance; bins of fewer rows than `fewest` are left out.

    Parameters
    ----------
    is_yes : (n,) ndarray of bool
        The truth.
    chance : (n,) ndarray
        Of yes, 0 to 1.
    fewest : int
    """
    places = np.minimum((np.asarray(chance, np.float64) * N_BINS).astype(np.int64), N_BINS - 1)
    counts = np.bincount(places, minlength=N_BINS)
    said = np.bincount(places, weights=chance, minlength=N_BINS)
    so = np.bincount(places, weights=is_yes, minlength=N_BINS)
    bins = []
    for n, total, n_so in zip(counts.tolist(), said.tolist(), so.tolist(), strict=True):
        if n >= max(1, fewest):
            share = wilson(int(n_so), n)
            bins.append(CalibrationBin(total / n, share.value, share.low, share.high, n))
    return tuple(bins)


def calibration_error(is_yes: NDArray[np.bool_], chance: NDArray[Any]) -> float:
    """Return by how much a chance is typically off: the mean over all rows of |said − is so| in their tenth.

    It is the expected calibration error, 0 to 1, NaN without rows. Parameters are those of `calibrate`.

    References
    ----------
    Guo et al. (2017), On Calibration of Modern Neural Networks, eq. 3.
    """
    bins = calibrate(is_yes, chance, 1)
    n = sum(each.n for each in bins)
    return sum(each.n * abs(each.said - each.is_so) for each in bins) / n if n else math.nan


def temperature(Y: NDArray[Any], answer: NDArray[Any]) -> float:
    """Return by what to divide what the output adds up so that its chances fit the rows best (least log loss).

    Above 1 the network is too sure of itself, below 1 too timid.

    Parameters
    ----------
    Y, answer : (n, 1) or (n, k) ndarray
        Truth and chances.
    """
    chances = np.clip(np.asarray(answer, np.float64), _SMALLEST, 1 - _SMALLEST)
    Z = np.log(chances / (1 - chances)) if answer.shape[1] == 1 else np.log(chances)
    low, high = _SEARCH
    for _ in range(_STEPS):  # golden section over log T
        left, right = high - _RATIO * (high - low), low + _RATIO * (high - low)
        if _log_loss(Z / math.exp(left), Y) < _log_loss(Z / math.exp(right), Y):
            high = right
        else:
            low = left
    return math.exp((low + high) / 2)


def _log_loss(Z: NDArray[np.float64], Y: NDArray[Any]) -> float:
    if Z.shape[1] == 1:
        return float((np.logaddexp(0.0, Z) - Y * Z).mean())
    top = Z.max(axis=1, keepdims=True)
    return float((np.log(np.exp(Z - top).sum(axis=1)) + top[:, 0] - (Y * Z).sum(axis=1)).mean())
