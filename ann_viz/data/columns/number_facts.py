"""Facts about numbers of which each occurs so often: range, mean, quartiles, what lies far away, the histogram."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.columns.column import BINS
from ann_viz.data.columns.facts import Facts
from ann_viz.data.columns.sentinels import sentinels_in
from ann_viz.data.files.forms import is_date

__all__ = ["MOST_IN_TAIL", "edges_of", "fences", "measure", "never_falls", "quantile"]

MOST_IN_TAIL: Final = 4  # different numbers that together may mean "missing", and the next one
_FAR: Final = 3.0  # interquartile ranges


def measure(numbers: NDArray[np.float64], weights: NDArray[np.int64], fact: Facts) -> None:
    """Note range, mean, spread, quartiles, skew, outliers and histogram of numbers that occur so often.

    Parameters
    ----------
    numbers : ndarray of float64, shape (n,)
        Finite, in any order; at least one.
    weights : ndarray of int64, shape (n,)
        How many rows have each.
    fact : Facts
        Where it is noted.
    """
    order = np.argsort(numbers, kind="stable")
    x, w = numbers[order], weights[order]
    n = int(w.sum())
    fact.minimum, fact.maximum = float(x[0]), float(x[-1])
    fact.mean = float(x @ w) / n
    fact.std = math.sqrt(max(0.0, float(((x - fact.mean) ** 2) @ w) / n))
    fact.whole = bool((x == np.floor(x)).all())
    fact.q1, fact.median, fact.q3 = (quantile(x, w, share) for share in (0.25, 0.5, 0.75))
    if fact.std > 0.0:
        fact.skew = float((((x - fact.mean) / fact.std) ** 3) @ w) / n
    low, high = fences(fact)
    fact.n_outliers = int(w[(x < low) | (x > high)].sum())
    fact.sentinels = _sentinels(x, w, is_date(fact.form or ""))
    edges = edges_of(fact)
    if edges is not None:
        fact.histogram = tuple(int(k) for k in np.histogram(x, bins=edges, weights=w)[0])


def _sentinels(x: NDArray[np.float64], w: NDArray[np.int64], date: bool) -> tuple[tuple[float, int], ...]:
    """Numbers at the ends of sorted ones that may mean "missing"."""
    values, starts = np.unique(x, return_index=True)
    pairs = list(zip(values.tolist(), np.add.reduceat(w, starts).tolist(), strict=True))
    return sentinels_in(pairs[:MOST_IN_TAIL], pairs[: -MOST_IN_TAIL - 1 : -1], len(pairs), date=date)


def quantile(x: NDArray[np.float64], weights: NDArray[np.int64], share: float) -> float:
    """Return a quantile of numbers that occur so often, between two of them where it falls there.

    Parameters
    ----------
    x : ndarray of float64, shape (n,)
        Ascending.
    weights : ndarray of int64, shape (n,)
        How many rows have each.
    share : float
        0 (the smallest) to 1 (the largest).
    """
    ends = np.cumsum(weights)
    place = share * (float(ends[-1]) - 1.0)
    low, high = (float(x[np.searchsorted(ends, k, side="right")]) for k in (math.floor(place), math.ceil(place)))
    return low + (high - low) * (place - math.floor(place))


def fences(fact: Facts) -> tuple[float, float]:
    """Numbers beyond these are outliers; no number is where the middle half are all equal."""
    reach = _FAR * (fact.q3 - fact.q1)
    return (fact.q1 - reach, fact.q3 + reach) if reach > 0.0 else (-math.inf, math.inf)


def edges_of(fact: Facts) -> NDArray[np.float64] | None:
    """Edges of the histogram's bins; one bar per number where a few whole numbers are all there is."""
    if not fact.maximum > fact.minimum:
        return None
    span = fact.maximum - fact.minimum + 1
    few = fact.whole and span <= BINS
    edges = np.linspace(fact.minimum, fact.maximum + (few and span < BINS), (int(span) if few else BINS) + 1)
    return edges if (np.diff(edges) > 0.0).all() else None


def never_falls(numbers: NDArray[Any]) -> bool:
    """Whether numbers never fall from one to the next, those without a value left out."""
    known = numbers[~np.isnan(numbers)]
    return bool((np.diff(known) >= 0.0).all())
