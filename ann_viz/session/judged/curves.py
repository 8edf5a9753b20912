"""How well chances tell yes from no, whatever the threshold: ROC, precision–recall, their areas, a range by bootstrap.

What is undefined (an area with one class only) is NaN, never a warning.

References
----------
T. Fawcett (2006), An introduction to ROC analysis. Pattern Recognition Letters 27, p. 861.
J. Davis, M. Goadrich (2006), The relationship between precision-recall and ROC curves. ICML.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine.intervals import TAILS

__all__ = ["Ranking", "auc_range", "rank"]

Floats = NDArray[np.float64]
_RESAMPLES: Final = 500
_MOST_RESAMPLED: Final = 4_000_000  # numbers at once: rows × resamples


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """What is called yes, from the strictest threshold to the most generous one.

    Entry 0 calls nothing yes; entry k calls yes all rows whose chance is at least ``chance[k]``.

    Parameters
    ----------
    chance : (m,) ndarray
        Different chances, falling; the first is infinite.
    n_found, n_false : (m,) ndarray
        True and false alarms.
    """

    chance: Floats
    n_found: Floats
    n_false: Floats

    @property
    def n_yes(self) -> float:
        """Rows that are yes."""
        return float(self.n_found[-1])

    @property
    def n_no(self) -> float:
        """Rows that are no."""
        return float(self.n_false[-1])

    @property
    def is_defined(self) -> bool:
        """Whether there are rows of both."""
        return self.n_yes > 0 and self.n_no > 0

    @property
    def found(self) -> Floats:
        """Share of the yes rows that are found: recall, true positive rate."""
        return _shares(self.n_found, self.n_yes)

    @property
    def false_alarms(self) -> Floats:
        """Share of the no rows that are called yes: false positive rate."""
        return _shares(self.n_false, self.n_no)

    @property
    def true_alarms(self) -> Floats:
        """Share of the alarms that are true: precision; 1 where there is no alarm."""
        alarms = self.n_found + self.n_false
        return np.divide(self.n_found, alarms, out=np.ones_like(alarms), where=alarms > 0)

    @property
    def auc(self) -> float:
        """Area under the ROC curve: how often of a yes and a no row the right one has the higher chance."""
        if not self.is_defined:
            return math.nan
        widths, heights = np.diff(self.false_alarms), (self.found[1:] + self.found[:-1]) / 2
        return float(widths @ heights)

    @property
    def average_precision(self) -> float:
        """Mean of the precision over the recall, in steps, as scikit-learn counts it; NaN without a yes row."""
        if self.n_yes == 0:
            return math.nan
        return float(np.diff(self.found) @ self.true_alarms[1:])

    def place_of(self, threshold: float) -> int:
        """Return the entry at which all above a threshold is called yes."""
        return int(np.searchsorted(-self.chance, -threshold, side="left")) - 1


def _shares(counts: Floats, whole: float) -> Floats:
    return counts / whole if whole else np.full_like(counts, math.nan)


def rank(is_yes: NDArray[np.bool_], chance: NDArray[Any]) -> Ranking:
    """Order rows by their chance of yes.

    Parameters
    ----------
    is_yes : (n,) ndarray of bool
        The truth.
    chance : (n,) ndarray
    """
    order = np.argsort(-chance, kind="stable")
    falling, truth = np.asarray(chance, np.float64)[order], is_yes[order]
    last = np.flatnonzero(np.append(np.diff(falling) != 0, True)) if len(falling) else np.empty(0, np.int64)
    n_found = np.cumsum(truth)[last].astype(np.float64)
    return Ranking(np.append(np.inf, falling[last]), np.append(0.0, n_found), np.append(0.0, last + 1 - n_found))


def auc_range(is_yes: NDArray[np.bool_], chance: NDArray[Any], n_resamples: int = _RESAMPLES) -> tuple[float, float]:
    """Return the 95 % range of the area under the ROC curve over resamples of the rows, always the same ones.

    Each resample counts every row so often as it was drawn, which needs no sorting. NaN where there is only one class.

    Parameters
    ----------
    is_yes : (n,) ndarray of bool
        The truth.
    chance : (n,) ndarray
        Of yes.
    n_resamples : int

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap, chapter 13: percentile intervals.
    """
    if not len(chance) or is_yes.all() or not is_yes.any():
        return math.nan, math.nan
    order = np.argsort(chance, kind="stable")
    rising, truth = chance[order], is_yes[order].astype(np.float64)
    starts = np.flatnonzero(np.append(True, np.diff(rising) != 0))
    rng, n = np.random.default_rng(0), len(rising)
    areas: list[float] = []
    while len(areas) < n_resamples:
        some = min(n_resamples - len(areas), max(1, _MOST_RESAMPLED // n))
        drawn = np.stack([np.bincount(rng.integers(0, n, n), minlength=n) for _ in range(some)]).astype(np.float64)
        yes = np.add.reduceat(drawn * truth, starts, axis=1)
        no = np.add.reduceat(drawn * (1 - truth), starts, axis=1)
        below = np.cumsum(no, axis=1) - no / 2
        with np.errstate(invalid="ignore"):
            areas += ((yes * below).sum(axis=1) / (yes.sum(axis=1) * no.sum(axis=1))).tolist()
    low, high = np.nanpercentile(areas, TAILS)
    return float(low), float(high)
