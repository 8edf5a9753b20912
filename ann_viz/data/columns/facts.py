"""What is counted and measured in one column before its kind is decided."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.columns.choosing import Choice, OddTexts, Told, are_few, choose_form, day_first
from ann_viz.data.columns.column import BINS, LONGEST_CATEGORY, MOST_CATEGORIES
from ann_viz.data.columns.marks import Surroundings
from ann_viz.data.columns.sentinels import sentinels_in
from ann_viz.data.columns.spellings import spellings_of
from ann_viz.data.columns.yes_no import positive_answer
from ann_viz.data.files.date_formats import compact_forms
from ann_viz.data.files.forms import AS_TEXT, is_date, is_duration
from ann_viz.data.files.numbers import parse_number, plain_numbers

__all__ = [
    "EXACT_WHOLE",
    "MOST_IN_TAIL",
    "MOST_ODD_TEXTS",
    "Facts",
    "counted_facts",
    "edges_of",
    "fences",
    "measure",
    "never_falls",
]

EXACT_WHOLE: Final = 2.0**53
MOST_ODD_TEXTS: Final = 20
MOST_IN_TAIL: Final = 4  # different numbers that together may mean "missing", and the next one
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
    digits_only: bool = True
    in_order: bool = False
    ascending: bool = False
    categories: tuple[tuple[str, int], ...] = ()
    histogram: tuple[int, ...] = ()
    odd: tuple[tuple[str, int], ...] = ()
    n_odd: int = 0
    absent: tuple[tuple[float, int], ...] = ()
    other_form: str = ""
    evidence: str = ""
    sentinels: tuple[tuple[float, int], ...] = ()
    spellings: tuple[tuple[str, str, int], ...] = ()

    @property
    def has_codes(self) -> bool:
        """Whether what looks like numbers has zeros before it, as codes have; in dates and times these say nothing."""
        number = self.form is not None and not is_date(self.form) and not is_duration(self.form)
        return number and self.n_leading_zero > 0

    def note(self, choice: Choice) -> None:
        """Note how the column is written; odd cells, and numbers that mean "no value", count as having none."""
        self.form, self.n_numbers = choice.form, choice.n_read
        if choice.form is not None:
            self.absent = choice.absent
            self.n_odd = self.n_values - choice.n_read - sum(n for _, n in choice.absent)
            self.n_values = choice.n_read
            self.odd = choice.odd.texts
            self.other_form, self.evidence = choice.other_form, choice.evidence

    def note_compact(self, low: float, high: float, around: Surroundings, reads: Callable[[str], bool]) -> None:
        """Take whole numbers for dates such as 20240131 where a form reads them all, and note whether another does."""
        possible = compact_forms(
            low, high, self.n_distinct, day_first=day_first(around), order=around.dialect.date_order
        )
        forms = [form for form in possible if reads(form)]
        if forms:
            self.form, self.evidence = forms[0], ""
            self.other_form = "" if forms[0].startswith("%Y") else (*forms, "")[1]


def counted_facts(
    counts: Sequence[tuple[str, int]], around: Surroundings, told: Told
) -> tuple[Facts, NDArray[np.float64]]:
    """Return what the different values of a column and their counts tell, and the number each value is.

    Parameters
    ----------
    counts : sequence of (str, int)
        Every value once, the most common first, equals in alphabetical order.
    around : Surroundings
        How the file is written.
    told : Told
        What is known of the column beside its cells.

    Returns
    -------
    tuple of (Facts, ndarray of float64, shape (len(counts),))
        Where there is a form: NaN for what it does not read.
    """
    if not counts:
        return Facts(), np.zeros(0)
    cells = _CountedCells(counts, around)
    fact = Facts(n_values=int(cells.weights.sum()))
    numbers = cells.numbers("")
    n_plain = int(cells.weights[~np.isnan(numbers)].sum())
    samples = cells.texts[:: max(1, len(counts) // _SAMPLES)]
    fact.note(choose_form(samples, fact.n_values, n_plain, around, cells, told))
    if fact.form is None:
        _note_words(counts, fact, as_they_are=told.form is not None)
        return fact, numbers
    numbers = cells.numbers(fact.form)
    known = ~np.isnan(numbers)
    _note_texts([pair for pair, kept in zip(counts, known, strict=True) if kept], fact)
    if fact.n_odd and fact.has_codes:
        return counted_facts(counts, around, Told(form=AS_TEXT))
    if not known.any():
        return fact, numbers
    if fact.form == "":
        low, high = numbers[known].min(), numbers[known].max()
        fact.note_compact(low, high, around, lambda form: not np.isnan(cells.numbers(form)[known]).any())
        numbers = cells.numbers(fact.form)
    measure(numbers[known], cells.weights[known], fact)
    return fact, numbers


class _CountedCells:
    """The cells of a column as different texts and their counts."""

    def __init__(self, counts: Sequence[tuple[str, int]], around: Surroundings) -> None:
        self.texts = [text for text, _ in counts]
        self.weights = np.array([n for _, n in counts], dtype=np.int64)
        self._dialect = around.dialect
        self._numbers: dict[str, NDArray[np.float64]] = {"": plain_numbers(self.texts)}

    def numbers(self, form: str) -> NDArray[np.float64]:
        if form not in self._numbers:
            self._numbers[form] = np.array([parse_number(text, form, self._dialect) for text in self.texts])
        return self._numbers[form]

    def count(self, form: str) -> int:
        return int(self.weights[~np.isnan(self.numbers(form))].sum())

    def count_distinct(self, form: str) -> int:
        return int((~np.isnan(self.numbers(form))).sum())

    def count_number(self, form: str, number: float) -> int:
        return int(self.weights[self.numbers(form) == number].sum())

    def odd(self, form: str) -> OddTexts:
        places = np.flatnonzero(np.isnan(self.numbers(form)))
        texts = tuple((self.texts[place], int(self.weights[place])) for place in places[:MOST_ODD_TEXTS])
        return OddTexts(texts=texts, n_distinct=len(places))


def _spelled(counts: Sequence[tuple[str, int]]) -> dict[str, str]:
    """The other spellings of a column that may be one of categories."""
    few = len(counts) <= 2 * MOST_CATEGORIES and max(len(text) for text, _ in counts) <= LONGEST_CATEGORY
    return spellings_of(counts) if few else {}


def _note_words(counts: Sequence[tuple[str, int]], fact: Facts, *, as_they_are: bool) -> None:
    """Note the words of a column; beside yes and no, a few others are odd cells, as they are among numbers."""
    spelled = {} if as_they_are else _spelled(counts)
    merged = _merged(counts, spelled)
    answers = {text for text, _ in merged[:2]}
    odd = [(text, n) for text, n in counts if spelled.get(text, text) not in answers]
    if (
        not as_they_are
        and len(odd) <= MOST_ODD_TEXTS
        and are_few([n for _, n in odd], fact.n_values)
        and positive_answer(answers) is not None
    ):
        fact.odd, fact.n_odd = tuple(odd), sum(n for _, n in odd)
        fact.n_values -= fact.n_odd
        spelled = {text: common for text, common in spelled.items() if common in answers}
        merged = merged[:2]
    number = dict(counts)
    fact.spellings = tuple((text, common, number[text]) for text, common in spelled.items())
    _note_texts(merged, fact)


def _merged(counts: Sequence[tuple[str, int]], spellings: Mapping[str, str]) -> list[tuple[str, int]]:
    """The counts of texts with those of their other spellings, the most common first."""
    if not spellings:
        return list(counts)
    sums: dict[str, int] = {}
    for text, n in counts:
        sums[spellings.get(text, text)] = sums.get(spellings.get(text, text), 0) + n
    return sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))


def _note_texts(counts: Sequence[tuple[str, int]], fact: Facts) -> None:
    """Note what the texts themselves tell: how many, how long, of how many words."""
    if not counts:
        return
    texts = [text for text, _ in counts]
    weights = np.array([n for _, n in counts], dtype=np.int64)
    lengths = np.array([len(text) for text in texts])
    blanks = np.array([text.count(" ") for text in texts])
    leading = np.array(["00" <= text < "0:" for text in texts])
    n_values = int(weights.sum())
    fact.digits_only = not any("." in text or "e" in text or "E" in text for text in texts)
    fact.n_distinct, fact.longest = len(texts), int(lengths.max())
    fact.n_leading_zero = int(weights[leading].sum())
    fact.n_blank_inside = int(weights[blanks > 0].sum())
    fact.mean_length = float(lengths @ weights) / n_values
    fact.words = float((blanks + 1) @ weights) / n_values
    if len(texts) <= 2 * MOST_CATEGORIES and fact.longest <= LONGEST_CATEGORY:
        fact.categories = tuple(counts[:MOST_CATEGORIES])


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
