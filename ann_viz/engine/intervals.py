"""How sure a score is that was measured on a sample of rows: the range that has the true one 95 times of 100.

References
----------
E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference. J. Am. Stat. Assoc. 22,
p. 209.
B. Efron and R. Tibshirani (1993), An Introduction to the Bootstrap, chapter 13: the percentile interval.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from ann_viz.engine.arrays import Array, read_only

__all__ = ["TAILS", "Estimate", "bootstrap_mean", "chance_of_so_few", "chance_of_wins", "spread", "wilson"]

_Z: Final = 1.959963984540054  # of the normal distribution, two-sided 95 %
TAILS: Final = (2.5, 97.5)
_RESAMPLES: Final = 2000
_MANY: Final = 10_000
"""From so many rows on a mean is distributed normally, and the bootstrap would only say so slowly."""


class Estimate(NamedTuple):
    """A score, and its 95 % interval."""

    value: float
    low: float
    high: float


def wilson(n_right: int, n: int) -> Estimate:
    """Return the share of right answers with Wilson's interval (1927); NaN of no rows."""
    if n == 0:
        return Estimate(math.nan, math.nan, math.nan)
    share, square = n_right / n, _Z * _Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = _Z / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    return Estimate(share, max(0.0, middle - half), min(1.0, middle + half))


def bootstrap_mean(values: Array) -> Estimate:
    """Return the mean of some rows' errors with its interval: of resamples, always the same ones; NaN of no rows.

    Parameters
    ----------
    values : (n,) array
        One number a row.
    """
    n = len(values)
    if n == 0:
        return Estimate(math.nan, math.nan, math.nan)
    mean = float(values.mean())
    if n >= _MANY:
        half = _Z * float(values.std(ddof=1)) / math.sqrt(n)
        return Estimate(mean, mean - half, mean + half)
    rng = np.random.default_rng(0)
    means = [float(values[rng.integers(0, n, n)].mean()) for _ in range(_RESAMPLES)]
    low, high = np.percentile(means, TAILS)
    return Estimate(mean, float(low), float(high))


def spread(values: Sequence[float]) -> float:
    """Return one standard deviation of a score over networks; NaN of a single one, or where one has none."""
    known = len(values) > 1 and all(map(math.isfinite, values))
    return statistics.stdev(values) if known else math.nan


def chance_of_so_few(n_right: int, n: int, n_right_all: int, n_all: int) -> float:
    """Return how often so many rows drawn from all would have as few right ones: Fisher's exact test, one-sided.

    Parameters
    ----------
    n_right, n : int
        Right ones of the rows that were drawn, and how many those are.
    n_right_all, n_all : int
        The same of all rows.
    """
    log = _log_factorials(n_all)
    n_wrong_all = n_all - n_right_all
    right = np.arange(max(0, n - n_wrong_all), n_right + 1)
    wrong = n - right
    ways = log[n_right_all] - log[right] - log[n_right_all - right]
    ways += log[n_wrong_all] - log[wrong] - log[n_wrong_all - wrong]
    return min(1.0, float(np.exp(ways - (log[n_all] - log[n] - log[n_all - n])).sum()))


@lru_cache(maxsize=4)  # a table of groups asks again and again for the same rows
def _log_factorials(n: int) -> Array:
    """Return the logarithms of 0! to n!."""
    return read_only(np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))]))


def chance_of_wins(wins: int, n: int) -> float:
    """Return how often the better of two equals would win at least so often of n: the sign test, one-sided."""
    return float(sum(math.comb(n, k) for k in range(wins, n + 1)) / 2**n)
