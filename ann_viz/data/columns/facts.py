"""What is counted and measured in one column before its kind is decided."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.columns.column import BINS, LONGEST_CATEGORY, MOST_CATEGORIES
from ann_viz.data.files.date_forms import COMPACT, forms_for, parse_date
from ann_viz.data.files.dialect import Dialect
from ann_viz.data.files.numbers import DECORATED, parse_number, plain_numbers

__all__ = [
    "Facts",
    "counted_facts",
    "day_first",
    "edges_of",
    "fences",
    "forms_to_try",
    "is_compact",
    "measure",
    "never_falls",
]

LONGEST_NUMBER: Final = 40
_SAMPLES: Final = 200
_FAR: Final = 3.0  # interquartile ranges
_NAN: Final = math.nan


@dataclass(slots=True, kw_only=True)
class Facts:
    """What is known of one column; ``form`` is None where not every value is a number or a date."""

    n_values: int = 0
    n_distinct: int = 0
    is_estimate: bool = False  # of n_distinct
    longest: int = 0
    n_leading_zero: int = 0
    n_blank_inside: int = 0
    mean_length: float = 0.0
    words: float = 0.0
    n_numbers: int = 0
    form: str | None = None
    minimum: float = _NAN
    maximum: float = _NAN
    mean: float = _NAN
    std: float = _NAN
    q1: float = _NAN
    median: float = _NAN
    q3: float = _NAN
    skew: float = _NAN
    n_outliers: int = 0
    whole: bool = False
    in_order: bool = False
    ascending: bool = False
    categories: tuple[tuple[str, int], ...] = ()
    histogram: tuple[int, ...] = ()


def day_first(dialect: Dialect) -> bool:
    """Whether a file looks like one from a country that writes the day before the month."""
    return dialect.decimal == "," or dialect.delimiter == ";"


def forms_to_try(samples: Sequence[str], longest: int, dialect: Dialect) -> list[str]:
    """Return how the numbers or dates of a column may be written, other than plainly; the likelier first.

    Parameters
    ----------
    samples : sequence of str
        Some of its cells.
    longest : int
        Length of its longest cell.
    dialect : Dialect
        How the file is written.
    """
    samples = samples[:_SAMPLES]
    if longest > LONGEST_NUMBER or not samples:
        return []
    numbers = sum(not math.isnan(parse_number(text, DECORATED, dialect)) for text in samples)
    return [DECORATED] * (2 * numbers >= len(samples)) + forms_for(samples, day_first(dialect))


def is_compact(low: float, high: float, n_distinct: int) -> bool:
    """Whether whole numbers could be dates such as 20240131, going by their range."""
    return n_distinct >= 5 and low >= 19000101 and high <= 21001231


def counted_facts(counts: Sequence[tuple[str, int]], dialect: Dialect) -> tuple[Facts, NDArray[np.float64]]:
    """Return what the different values of a column and their counts tell, and the number each value is.

    Parameters
    ----------
    counts : sequence of (str, int)
        Every value once, the most common first, equals in alphabetical order.
    dialect : Dialect
        How the file is written.
    """
    if not counts:
        return Facts(), np.zeros(0)
    texts = [text for text, _ in counts]
    weights = np.array([n for _, n in counts], dtype=np.int64)
    lengths = np.array([len(text) for text in texts])
    blanks = np.array([text.count(" ") for text in texts])
    leading = np.array(["00" <= text < "0:" for text in texts])
    n_values, longest = int(weights.sum()), int(lengths.max())
    fact = Facts(
        n_values=n_values,
        n_distinct=len(texts),
        longest=longest,
        n_leading_zero=int(weights[leading].sum()),
        n_blank_inside=int(weights[blanks > 0].sum()),
        mean_length=float(lengths @ weights) / n_values,
        words=float((blanks + 1) @ weights) / n_values,
    )
    if len(texts) <= 2 * MOST_CATEGORIES and longest <= LONGEST_CATEGORY:
        fact.categories = tuple(counts[:MOST_CATEGORIES])
    numbers = _numbers(texts, weights, fact, dialect)
    if fact.form is not None:
        measure(numbers, weights, fact)
    return fact, numbers


def _numbers(texts: list[str], weights: NDArray[np.int64], fact: Facts, dialect: Dialect) -> NDArray[np.float64]:
    """Read the values in the first form that fits all of them, and note it."""
    numbers = plain_numbers(texts)
    known = ~np.isnan(numbers)
    fact.n_numbers = int(weights[known].sum())
    ambiguous = dialect.decimal == "," and dialect.thousands == "."
    if known.all() and not ambiguous:
        fact.form = ""
        if is_compact(numbers.min(), numbers.max(), len(texts)):
            dates = np.array([parse_date(text, COMPACT) for text in texts])
            if not np.isnan(dates).any():
                fact.form, numbers = COMPACT, dates
        return numbers
    for form in forms_to_try(texts, fact.longest, dialect):
        numbers = np.array([parse_number(text, form, dialect) for text in texts])
        if form == DECORATED:
            fact.n_numbers = max(fact.n_numbers, int(weights[~np.isnan(numbers)].sum()))
        if not np.isnan(numbers).any():
            fact.form = form
            break
    return numbers


def measure(numbers: NDArray[np.float64], weights: NDArray[np.int64], fact: Facts) -> None:
    """Note range, mean, spread, quartiles, skew, outliers and histogram of numbers that occur so often."""
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
    edges = edges_of(fact)
    if edges is not None:
        fact.histogram = tuple(int(k) for k in np.histogram(x, bins=edges, weights=w)[0])


def quantile(x: NDArray[np.float64], weights: NDArray[np.int64], share: float) -> float:
    """Quantile of sorted numbers that occur so often, between two of them where it falls there."""
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
