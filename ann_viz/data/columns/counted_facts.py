"""Facts about a column whose different texts have been counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.columns.choosing import OddTexts, Told, are_few, choose_form
from ann_viz.data.columns.column import LONGEST_CATEGORY, MOST_CATEGORIES
from ann_viz.data.columns.facts import MOST_ODD_TEXTS, Facts
from ann_viz.data.columns.marks import Surroundings
from ann_viz.data.columns.number_facts import measure
from ann_viz.data.columns.spellings import spellings_of
from ann_viz.data.columns.yes_no import positive_answer
from ann_viz.data.files.forms import AS_TEXT
from ann_viz.data.files.numbers import parse_number, plain_numbers

__all__ = ["counted_facts"]

_SAMPLES: Final = 200


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
