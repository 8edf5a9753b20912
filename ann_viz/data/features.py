"""How one column becomes inputs of a network: what is learned from the training rows, and how values are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.column import Column
from ann_viz.data.dialect import Dialect
from ann_viz.data.numbers import parse_number
from ann_viz.data.recipe import Recipe
from ann_viz.data.table import Table
from ann_viz.data.words import POSITIVE_WORDS
from ann_viz.errors import DataError

__all__ = [
    "OTHER",
    "Feature",
    "Group",
    "code_of",
    "fit_feature",
    "mean_std",
    "no_yes",
    "standardised",
    "write_codes",
]

FeatureKind = Literal["number", "category", "yes_no"]
OTHER: Final = "other"
"""Label of the input that stands for all rarer categories."""

_MOST_CATEGORIES: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """How one column becomes inputs.

    Parameters
    ----------
    column : str
        Name of the column.
    kind : str
        ``"number"`` (standardised), ``"yes_no"`` (one 0/1 input) or ``"category"`` (one input per category).
    inputs : tuple of str
        Labels of its inputs.
    mean, std : float
        Of the training rows, for numbers.
    categories : tuple of str
        Texts with an input of their own; for yes/no the (no, yes) texts.
    positive : str or None
        The text that counts as 1, for yes/no.
    fill : float or str or None
        What stands in for a missing value.
    form : str
        How the column's numbers are written.
    has_other : bool
        Whether a last input stands for all rarer categories.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The inputs ``start`` to ``stop`` (exclusive) that come from one column."""

    column: str
    start: int
    stop: int
    kind: FeatureKind


def code_of(text: str | None, categories: Sequence[str]) -> int:
    """Return the place of a text among the categories, -1 for no text and -2 for an unknown one."""
    if text is None:
        return -1
    return categories.index(text) if text in categories else -2


def standardised(values: NDArray[np.float64], feature: Feature) -> NDArray[np.float64]:
    """Return numbers as the network sees them: missing ones filled, mean 0 and spread 1 over the training rows."""
    filled = np.where(np.isnan(values), float(feature.fill or 0.0), values)
    return (filled - feature.mean) / feature.std


def write_codes(codes: NDArray[np.int64], feature: Feature, block: NDArray[np.float32]) -> None:
    """Write 0 and 1 into the inputs of a category or yes/no feature, in place."""
    fill = code_of(feature.fill, feature.categories) if isinstance(feature.fill, str) else -2
    codes = np.where(codes == -1, fill, codes)
    if feature.kind == "yes_no":
        block[:, 0] = codes == 1
        return
    if feature.has_other:
        unknown = codes == -2 if feature.fill is not None else codes == -3
        block[:, -1] = unknown
    known = codes >= 0
    block[np.flatnonzero(known), codes[known]] = 1.0


def fit_feature(table: Table, column: Column, recipe: Recipe, rows: NDArray[np.int64]) -> Feature:
    """Learn from the training rows how a column becomes inputs.

    Raises
    ------
    DataError
        When the column has no value in any of these rows.
    """
    if column.kind in ("number", "date") or (column.kind == "identifier" and column.maximum >= column.minimum):
        return _fit_number(table, column, recipe, rows)
    values, counts = _counted(table, column, rows)
    fill = values[int(np.argmax(counts))] if values and recipe.category_fill == "most frequent" else None
    if column.kind == "yes_no" or column.n_distinct == 2:
        no, yes = no_yes(column, table.dialect)
        return Feature(
            column=column.name, kind="yes_no", inputs=(column.name,), categories=(no, yes), positive=yes, fill=fill
        )
    if not values:
        raise DataError("has no value in any training row.", column=column.name, hint="Ignore this column.")
    kept = sorted(values)
    has_other = len(values) > _MOST_CATEGORIES
    if has_other:
        order = sorted(range(len(values)), key=lambda i: (-counts[i], values[i]))
        kept = sorted(values[i] for i in order[:_MOST_CATEGORIES])
    labels = (*kept, OTHER) if has_other else tuple(kept)
    return Feature(
        column=column.name,
        kind="category",
        inputs=labels,
        categories=tuple(kept),
        fill=fill,
        has_other=has_other,
    )


def _fit_number(table: Table, column: Column, recipe: Recipe, rows: NDArray[np.int64]) -> Feature:
    values = table.numbers(column.index)[rows]
    present = values[~np.isnan(values)]
    if not len(present):
        raise DataError("has no value in any training row.", column=column.name, hint="Ignore this column.")
    fill = {"median": float(np.median(present)), "mean": float(present.mean()), "zero": 0.0}[recipe.number_fill]
    filled = np.where(np.isnan(values), fill, values)
    mean, std = mean_std(filled)
    return Feature(
        column=column.name, kind="number", inputs=(column.name,), mean=mean, std=std, fill=fill, form=column.form
    )


def mean_std(values: NDArray[np.float64]) -> tuple[float, float]:
    """Mean and spread; a spread of nothing counts as 1, so that dividing by it is harmless."""
    mean, std = float(values.mean()), float(values.std())
    return mean, std if std > 1e-12 * max(1.0, abs(mean)) else 1.0


def _counted(table: Table, column: Column, rows: NDArray[np.int64]) -> tuple[list[str], list[int]]:
    """The different texts of some rows in alphabetical order and how often each occurs."""
    values = table.values(column.index)
    codes = table.codes(column.index, values)[rows]
    counts = np.bincount(codes[codes >= 0], minlength=len(values))
    return [values[place] for place in np.flatnonzero(counts)], [int(n) for n in counts if n]


def no_yes(column: Column, dialect: Dialect) -> tuple[str, str]:
    """The two texts of a column, the one that means yes second: a known word, else the larger number or rarer text."""
    counts = dict(column.categories)
    first, second = sorted(counts)
    if column.positive is not None:
        return (first, second) if column.positive == second else (second, first)
    if column.kind == "number":
        low, high = sorted((first, second), key=lambda text: parse_number(text, column.form, dialect))
        return low, high
    known = [value for value in (first, second) if value.casefold() in POSITIVE_WORDS]
    yes = known[0] if len(known) == 1 else min((second, first), key=lambda value: counts[value])
    return (first, second) if yes == second else (second, first)
