"""Predicted against true numbers as dots: which rows, and the range of both axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MOST_DOTS", "dots"]

MOST_DOTS: Final = 1500
SPARE: Final = 0.05


def dots(truth: NDArray[np.float64], answer: NDArray[np.float64]) -> tuple[NDArray[np.float64], float, float]:
    """Return what is drawn of so many rows.

    Parameters
    ----------
    truth, answer : (n,) ndarray
        In the units of the target.

    Returns
    -------
    tuple
        (m, 2) ndarray of truth and answer for at most `MOST_DOTS` rows, evenly spread; lowest and highest value of
        both axes. An answer far outside of all truths is moved to the edge, or it would squeeze all others.
    """
    chosen = np.arange(min(len(truth), MOST_DOTS)) * len(truth) // max(1, min(len(truth), MOST_DOTS))
    points = np.column_stack((truth[chosen], answer[chosen]))
    low, high = (float(truth.min()), float(truth.max())) if len(truth) else (0.0, 1.0)
    spare = SPARE * (high - low) or 0.5
    low, high = low - spare, high + spare
    return np.clip(np.nan_to_num(points, nan=low), low, high), low, high
