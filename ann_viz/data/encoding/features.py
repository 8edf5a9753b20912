"""How one column becomes inputs of a network: what was learned from the training rows, and the labels of the inputs.

`ann_viz.data.encoding.fitting` makes a `Feature`, `ann_viz.data.encoding.inputs` writes with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ann_viz.data.columns.column import Column
from ann_viz.data.columns.words import POSITIVE_WORDS
from ann_viz.data.encoding.date_parts import chosen_parts, part_labels
from ann_viz.data.encoding.recipe import OWN_VALUE, Plan, Scaling, TextUse, Treatment
from ann_viz.data.files.dialect import Dialect
from ann_viz.data.files.numbers import parse_number
from ann_viz.data.files.units import with_unit

__all__ = [
    "MOST_INPUTS",
    "OTHER",
    "Feature",
    "FeatureKind",
    "Group",
    "input_labels",
    "kept_categories",
    "labels_of",
    "no_yes",
    "ordered",
    "treatment",
    "two_answers",
]

FeatureKind = Treatment
OTHER: Final = "other"
"""Label of the input that stands for all rarer categories."""

MOST_INPUTS: Final = 50
"""Of the categories of one column, so many at most have an input of their own."""

_OTHER_TOO: Final = "rarer ones"
_RARE: Final = 0.001
_YES_OR_NO: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """How one column becomes inputs.

    Parameters
    ----------
    column : str
        Name of the column.
    kind : str
        ``"number"``, ``"yes_no"`` (one 0/1 input), ``"category"`` (one input per category), ``"date"`` (its parts) or
        ``"text"`` (its length or number of words).
    inputs : tuple of str
        Labels of its inputs.
    mean, std : float
        Centre and spread of the training rows, of numbers and of what is counted in texts; see `fit_scale`.
    categories : tuple of str
        Texts with an input of their own; for yes/no the (no, yes) texts.
    positive : str or None
        The text that counts as 1, for yes/no.
    fill : float or str or None
        What stands in for a missing value.
    form : str
        How the column's numbers or dates are written.
    has_other : bool
        Whether an input stands for all rarer and all unknown categories.
    scaling : str
        How numbers are scaled; see `Plan`.
    flag : bool
        Whether the last input says that the value was missing.
    parts : tuple of str
        Parts of a date that are inputs.
    part_scales : tuple of (float, float)
        Centre and spread of each part; (0, 1) for parts that go round in a circle.
    text_as : str
        What is counted in a text.
    low, high : float, optional
        The smallest and largest number (of dates the days since 1970) of the training rows; None for other kinds, and
        in models of earlier versions.
    sign : str, optional
        The sign of a currency, or %, that nearly all training cells have, "" where they have none; None as for `low`.
    spellings : tuple of (str, str)
        Texts that were read as another spelling of a category, and that category.
    blank : bool
        Whether an empty cell is the first category, as where a box is not ticked.
    """

    column: str
    kind: FeatureKind
    inputs: tuple[str, ...]
    mean: float = 0.0
    std: float = 1.0
    categories: tuple[str, ...] = ()
    positive: str | None = None
    fill: float | str | None = None
    form: str = ""
    has_other: bool = False
    scaling: Scaling = "standard"
    flag: bool = False
    parts: tuple[str, ...] = ()
    part_scales: tuple[tuple[float, float], ...] = ()
    text_as: TextUse = "ignore"
    low: float | None = None
    high: float | None = None
    sign: str | None = None
    spellings: tuple[tuple[str, str], ...] = ()
    blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The inputs ``start`` to ``stop`` (exclusive) that come from one column."""

    column: str
    start: int
    stop: int
    kind: FeatureKind


def treatment(column: Column, plan: Plan) -> FeatureKind:
    """Return what a column is taken for: what the plan says, else what the profile found."""
    if plan.treat is not None:
        return plan.treat
    if column.kind in ("number", "date", "text", "yes_no"):
        return column.kind
    return "number" if column.kind == "identifier" and column.maximum >= column.minimum else "category"


def input_labels(column: Column, plan: Plan) -> tuple[str, ...]:
    """Return the labels of the inputs a column will become.

    For categories that is a forecast: the training rows, not the profile, decide which of them are rare or seen.

    Parameters
    ----------
    column : Column
        The column as profiled.
    plan : Plan
        How the user wants it treated.

    Returns
    -------
    tuple of str
        Empty for a text that is ignored and for a column without values.
    """
    if column.kind == "empty":
        return ()
    kind = treatment(column, plan)
    if kind != "category":
        return labels_of(column.name, kind, plan, parts=_parts(column, plan), form=column.form)
    if plan.treat is None and column.n_distinct == _YES_OR_NO:
        return labels_of(column.name, "yes_no", plan)
    counts = dict(column.categories) or {f"{place + 1}": 1 for place in range(min(column.n_distinct, MOST_INPUTS))}
    own = plan.fill[1:] if column.n_missing and plan.fill and plan.fill.startswith(OWN_VALUE) else None
    kept, has_other = kept_categories(counts, column.n_distinct, own)
    return labels_of(column.name, kind, plan, categories=kept, has_other=has_other)


def _parts(column: Column, plan: Plan) -> tuple[str, ...]:
    return chosen_parts(plan.date_parts, column.form if column.kind == "date" else "", column.has_time)


def labels_of(
    name: str,
    kind: FeatureKind,
    plan: Plan,
    *,
    categories: tuple[str, ...] = (),
    has_other: bool = False,
    parts: tuple[str, ...] = (),
    form: str = "",
) -> tuple[str, ...]:
    """Return the labels of the inputs of a column of which it is known what they are made of.

    Parameters
    ----------
    name : str
        Of the column.
    kind : FeatureKind
    plan : Plan
        How the user wants it treated.
    categories : tuple of str
        Those that have an input each.
    has_other : bool
        Whether one input stands for all other categories.
    parts : tuple of str
        Of dates: "year", "month" and so on.
    form : str
        Of numbers: how they are written, for their unit.
    """
    labels: tuple[str, ...] = (with_unit(name, form) if kind == "number" else name,)
    if kind == "category":
        other = OTHER if OTHER not in categories else _OTHER_TOO
        labels = (*categories, other) if has_other else categories
    elif kind == "date":
        labels = tuple(label for part in parts for label in part_labels(part))
        labels = labels if len(labels) > 1 else (f"{name} {labels[0]}",)
    elif kind == "text":
        labels = () if plan.text_as == "ignore" else (f"{name} {plan.text_as}",)
    return (*labels, f"{name} missing") if labels and plan.flag_missing else labels


def kept_categories(counts: Mapping[str, int], n_distinct: int, own: str | None = None) -> tuple[tuple[str, ...], bool]:
    """Choose the categories that get an input of their own.

    Left out are those in fewer than one of a thousand rows, unless it is a single one or all are so rare, and those
    beyond the 50 most common.

    Parameters
    ----------
    counts : mapping of str to int
        How often each occurs.
    n_distinct : int
        How many there are, including those not in ``counts``.
    own : str, optional
        What stands in for a missing value: always kept.

    Returns
    -------
    tuple of (tuple of str, bool)
        The categories kept, in order, and whether any was left out.
    """
    least = _RARE * sum(counts.values())
    by_count = sorted(counts, key=lambda value: (-counts[value], value))
    common = [value for value in by_count if counts[value] >= least]
    if not common or n_distinct - len(common) == 1:
        common = by_count
    kept = common[:MOST_INPUTS]
    has_other = len(kept) < n_distinct
    if own is not None and own not in kept:
        kept.append(own)
    return tuple(ordered(kept)), has_other


def ordered(values: list[str]) -> list[str]:
    """Return texts in order: by number where all are plain numbers, else alphabetically."""
    numbers = {value: parse_number(value, "", Dialect()) for value in values}
    plain = all(number == number for number in numbers.values())  # NaN differs from itself
    return sorted(values, key=lambda value: (numbers[value] if plain else 0.0, value))


def no_yes(column: Column, dialect: Dialect) -> tuple[str, str]:
    """The two texts of a column, the one that means yes second: a known word, else the larger number or rarer text."""
    if column.positive is not None:
        return _yes_last(list(dict(column.categories)), column.positive)
    return two_answers(dict(column.categories), column, dialect)


def two_answers(counts: Mapping[str, int], column: Column, dialect: Dialect) -> tuple[str, str]:
    """Return two texts, given with their counts, the one that means yes second; see `no_yes`."""
    first, second = sorted(counts)
    if column.kind == "number":
        low, high = sorted((first, second), key=lambda text: parse_number(text, column.form, dialect))
        return low, high
    known = [value for value in (first, second) if value.casefold() in POSITIVE_WORDS]
    yes = known[0] if len(known) == 1 else min((second, first), key=lambda value: counts[value])
    return _yes_last([first, second], yes)


def _yes_last(values: list[str], yes: str) -> tuple[str, str]:
    first, second = sorted(values)
    return (first, second) if yes == second else (second, first)
