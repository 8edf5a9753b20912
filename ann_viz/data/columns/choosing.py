"""Choosing how a column's numbers or dates are written, when every cell is, or all but a few odd ones.

A column that is nine tenths numbers (or dates) is a column of numbers with some odd cells. More cells may be odd where
they are a few short words that repeat among many different numbers: such words mean "missing" in whatever language.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from ann_viz.data.columns.marks import Surroundings, evidence_for, is_plain_money, may_be_grouped, number_forms
from ann_viz.data.files.date_forms import forms_for
from ann_viz.data.files.durations import durations_for
from ann_viz.data.files.forms import AS_TEXT, form_of, is_date, is_duration, marked, until, without_none

__all__ = ["LONGEST_NUMBER", "Cells", "Choice", "OddTexts", "Told", "are_few", "choose_form", "day_first"]

LONGEST_NUMBER: Final = 40
_FEWEST_CELLS: Final = 10  # with some odd ones among them
_MOST_ODD: Final = 0.1
_MOST_NOTED: Final = 0.25  # odd cells that hold a number and a note: 12.3*, <0.5, 4 [2]
_MOST_WORDY: Final = 0.5
_RARE: Final = 0.01
_MOST_WORDS: Final = 3
_LONGEST_WORD: Final = 20
_FEWEST_NUMBERS: Final = 20
_SCALE: Final = 4  # different numbers, beside which a word that repeats is no further one of them
_PLAIN_MARKS: Final = marked(".", None)
_CODE: Final = re.compile(r"[A-Za-z]{1,4}[-_ ]?[0-9]+|[0-9]+[-_ ]?[A-Za-z]{1,3}[0-9]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class OddTexts:
    """Texts of a column that are no numbers: the most common with their counts, and how many there are."""

    texts: tuple[tuple[str, int], ...] = ()
    n_distinct: int = 0


class Cells(Protocol):
    """The cells of one column, which can be asked how well a form reads them."""

    def count(self, form: str) -> int:
        """How many cells the form reads."""

    def count_distinct(self, form: str) -> int:
        """How many different texts it reads."""

    def odd(self, form: str) -> OddTexts:
        """What it does not read."""

    def count_number(self, form: str, number: float) -> int:
        """How many cells hold a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of a column beside its cells.

    Parameters
    ----------
    form : str, optional
        How the user said that it is written.
    last_year : int, optional
        The last year that its dates can have: nobody is born in the future.
    is_span : bool
        Whether its name says that 0:45 is how long something took, not a time of day.
    """

    form: str | None = None
    last_year: int | None = None
    is_span: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How a column is written.

    Parameters
    ----------
    form : str or None
        The form; None where it is one of texts.
    n_read : int
        Cells it reads; where there is none, what the best one would read.
    odd : OddTexts
        What it does not read.
    absent : tuple of (float, int)
        Numbers that mean "no value" as the user said, and how often each occurs.
    other_form : str
        Another form that reads the same cells as other numbers or dates.
    evidence : str
        What spoke for the one chosen, as a clause.
    """

    form: str | None = None
    n_read: int = 0
    odd: OddTexts = OddTexts()
    absent: tuple[tuple[float, int], ...] = ()
    other_form: str = ""
    evidence: str = ""


def choose_form(
    samples: Sequence[str], n_values: int, n_plain: int, around: Surroundings, cells: Cells, told: Told
) -> Choice:
    """Choose the form that reads every cell, else the one that reads nearly all.

    Parameters
    ----------
    samples : sequence of str
        Some of the cells.
    n_values : int
        Number of cells with a value.
    n_plain : int
        How many are plain numbers.
    around : Surroundings
        What the rest of the file says.
    cells : Cells
        All the cells.
    told : Told
        What is known beside them.
    """
    if told.form is not None:
        if told.form == AS_TEXT:
            return Choice(n_read=n_plain)
        whole = without_none(told.form)
        absent = tuple((number, cells.count_number(whole, number)) for number in form_of(told.form).without)
        return Choice(form=told.form, n_read=cells.count(told.form), odd=cells.odd(whole), absent=absent)
    choice = _choice(samples, n_values, n_plain, around, cells, is_span=told.is_span)
    if told.last_year is not None and choice.form is not None and "%y" in choice.form:
        return replace(choice, form=until(choice.form, told.last_year))
    return choice


def _choice(
    samples: Sequence[str], n_values: int, n_plain: int, around: Surroundings, cells: Cells, *, is_span: bool
) -> Choice:
    """The same without what is known beside the cells."""
    if n_plain == n_values and not may_be_grouped(samples):
        return Choice(form="", n_read=n_plain)
    best = Choice(form="" if n_plain else None, n_read=n_plain)
    forms = _forms_to_try(samples, around, is_span=is_span)
    for form in forms:
        plain = form == _PLAIN_MARKS and n_plain == n_values
        n_read = n_values if plain else cells.count(form)
        if n_read > best.n_read or (n_read == n_values and best.form == ""):
            best = Choice(form="" if plain else form, n_read=n_read)
        if n_read == n_values:
            return _with_doubt(best, form, forms, samples, n_values, around, cells)
    if best.form is None or not best.n_read:
        return Choice(n_read=best.n_read)
    odd = cells.odd(best.form)
    if not _may_be_odd(odd, n_values, n_values - best.n_read, cells.count_distinct(best.form), best.form):
        return Choice(n_read=best.n_read, odd=odd)
    doubted = _with_doubt(best, best.form or _PLAIN_MARKS, forms, samples, best.n_read, around, cells)
    return Choice(form=best.form, n_read=best.n_read, odd=odd, other_form=doubted.other_form, evidence=doubted.evidence)


def _forms_to_try(samples: Sequence[str], around: Surroundings, *, is_span: bool) -> list[str]:
    """Return how numbers, dates or durations may be written, other than plainly; the likelier first."""
    short = [text for text in samples if len(text) <= LONGEST_NUMBER]
    if 2 * len(short) < len(samples) or not short:
        return []
    dates = forms_for(short, day_first(around), around.dialect.date_order)
    durations = durations_for(short)
    return [*number_forms(short, around), *([*durations, *dates] if is_span else [*dates, *durations])]


def day_first(around: Surroundings) -> bool:
    """Whether a file looks like one from a country that writes the day before the month."""
    return "," in around.decimals or around.dialect.decimal == "," or around.dialect.delimiter == ";"


def _with_doubt(
    best: Choice,
    form: str,
    forms: Sequence[str],
    samples: Sequence[str],
    n_read: int,
    around: Surroundings,
    cells: Cells,
) -> Choice:
    """Note a second form of the same kind that reads as many cells, as other numbers or dates."""
    if not is_date(form) and form_of(form).decimal == "." and (around.points_are_decimal or is_plain_money(samples)):
        return best
    for other in forms:
        same_kind = is_date(other) == is_date(form)
        if (
            other == form
            or not same_kind
            or (is_date(form) and not _turned(form, other))
            or cells.count(other) < n_read
        ):
            continue
        evidence = "" if is_date(form) or is_duration(form) else evidence_for(samples, form, around)
        return Choice(form=best.form, n_read=best.n_read, odd=best.odd, other_form=other, evidence=evidence)
    return best


def _turned(form: str, other: str) -> bool:
    """Whether two forms of dates differ in what is the day and what the month."""
    turn: Mapping[str, str] = {"%d": "%m", "%m": "%d"}
    return re.sub("%[dm]", lambda token: turn[token[0]], form) == other


def _may_be_odd(odd: OddTexts, n_values: int, n_odd: int, n_numbers: int, form: str) -> bool:
    """Whether so many cells that are no numbers leave the column one of numbers."""
    if n_values < _FEWEST_CELLS or n_odd == 0:
        return False
    plain = form_of(form).base == ""
    if plain and sum(n for text, n in odd.texts if _CODE.fullmatch(text)) > n_odd / 2 and odd.n_distinct > 1:
        return False  # stock numbers such as 85123A among 84406
    share, many = n_odd / n_values, n_numbers >= _FEWEST_NUMBERS
    if share <= _MOST_ODD:
        return many or _may_be_odd_among_few(odd, n_values, n_numbers)
    if many and share <= _MOST_NOTED and all(_has_digit(text) and len(text) <= _LONGEST_WORD for text, _ in odd.texts):
        return True
    words = odd.n_distinct <= _MOST_WORDS and all(len(text) <= _LONGEST_WORD and n > 1 for text, n in odd.texts)
    return words and many and share <= _MOST_WORDY


def _may_be_odd_among_few(odd: OddTexts, n_values: int, n_numbers: int) -> bool:
    """Whether a few odd cells leave few different numbers what they are: 0 beside x, or 2, 3, 4, 5more are classes."""
    if are_few([n for _, n in odd.texts], n_values):
        return n_numbers > 1
    return n_numbers >= _SCALE and not any(_has_digit(text) for text, _ in odd.texts)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def are_few(counts: Collection[int], n_values: int) -> bool:
    """Whether cells that don't fit are odd ones, not one more kind of value: a tenth at most, hardly any of them twice.

    Parameters
    ----------
    counts : collection of int
        How often each odd text occurs.
    n_values : int
        All cells with a value.
    """
    few = n_values >= _FEWEST_CELLS and 0 < sum(counts) <= _MOST_ODD * n_values
    return few and max(counts) <= max(1, _RARE * n_values)
