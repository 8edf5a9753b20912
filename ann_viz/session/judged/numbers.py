"""How far predicted numbers are off: in the units of the target, with a range that holds for most of them, by bands."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.numerals import at_most_four_digits

__all__ = ["BandError", "Errors", "judge_numbers"]

INTERVAL: Final = (5.0, 95.0)
N_BANDS: Final = 5


@dataclass(frozen=True, slots=True)
class BandError:
    """How far off the answers are in one band of true numbers.

    Parameters
    ----------
    name : str
        Its ends.
    low, high : float
        The same as numbers.
    n : int
        Rows.
    typical : float
        Mean of |predicted − true|.
    lean : float
        Mean of predicted − true: above 0 too much is said.
    """

    name: str
    low: float
    high: float
    n: int
    typical: float
    lean: float


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    """Predicted and true numbers, and how they differ.

    Parameters
    ----------
    truth, said : (n,) ndarray
        In the units of the target.
    low, high : float
        Nine of ten answers are off by between these: predicted − true.
    bands : tuple of BandError
        By fifths of the true numbers.
    """

    truth: NDArray[np.float64]
    said: NDArray[np.float64]
    low: float
    high: float
    bands: tuple[BandError, ...]

    @property
    def errors(self) -> NDArray[np.float64]:
        """Predicted − true."""
        return self.said - self.truth

    @property
    def typical(self) -> float:
        """Mean of |predicted − true|."""
        return float(np.abs(self.errors).mean()) if len(self.said) else math.nan


def judge_numbers(truth: NDArray[Any], said: NDArray[Any]) -> Errors:
    """Compare predicted with true numbers, both (n,) and in the target's unit; figures are NaN without rows."""
    truth, said = np.asarray(truth, np.float64), np.asarray(said, np.float64)
    if not len(truth):
        return Errors(truth, said, math.nan, math.nan, ())
    low, high = np.percentile(said - truth, INTERVAL)
    edges = np.unique(np.quantile(truth, np.linspace(0, 1, N_BANDS + 1)))
    if len(edges) == 1:
        edges = np.repeat(edges, 2)
    places = np.clip(np.searchsorted(edges, truth, side="right") - 1, 0, len(edges) - 2)
    bands = []
    for place in range(len(edges) - 1):
        errors = (said - truth)[places == place]
        if len(errors):
            low_end, high_end = float(edges[place]), float(edges[place + 1])
            name = f"{at_most_four_digits(low_end)} – {at_most_four_digits(high_end)}"
            off, lean = float(np.abs(errors).mean()), float(errors.mean())
            bands.append(BandError(name, low_end, high_end, len(errors), off, lean))
    return Errors(truth, said, float(low), float(high), tuple(bands))
