"""What stands in for a missing value: by a rule that asks the training rows, or as the user has written it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.columns.column import Column
from ann_viz.data.encoding.recipe import OWN_VALUE, Plan, Recipe
from ann_viz.data.files.numbers import parse_number
from ann_viz.data.tables.table import Table
from ann_viz.errors import DataError
from ann_viz.translation import translate

__all__ = ["category_fill", "number_fill", "own_date", "own_number"]

_ISO_DATE: Final = "%Y-%m-%d"


def number_fill(present: NDArray[np.float64], rule: str, own: Callable[[str], float]) -> float:
    """Return what stands in for a missing number; `own` reads one that the user has written."""
    if rule.startswith(OWN_VALUE):
        return own(rule[1:])
    if rule == "most frequent":
        values, counts = np.unique(present, return_counts=True)
        return float(values[np.argmax(counts)])
    if rule == "mean":
        return float(present.mean())
    return float(np.median(present)) if rule == "median" else 0.0


def own_number(text: str, column: Column, table: Table, form: str) -> float:
    """Read a number that the user has written, as in the file or plainly; raises DataError."""
    number = parse_number(text, form, table.dialect)
    number = parse_number(text, "", table.dialect) if number != number else number
    if number != number:
        raise DataError(
            translate("'{text}' is not a number, so it can't stand in for a missing one.").format(text=text),
            column=column.name,
        )
    return number


def own_date(text: str, column: Column, table: Table, form: str) -> float:
    """Read a date that the user has written, as in the file or plainly, as days; raises DataError."""
    days = parse_number(text, form, table.dialect)
    days = parse_number(text, _ISO_DATE, table.dialect) if days != days else days
    if days != days:
        hint = "Write it as in the file, or like 2026-03-31."
        raise DataError(
            translate("'{text}' is not a date, so it can't stand in for a missing one.").format(text=text),
            column=column.name,
            hint=hint,
        )
    return days


def category_fill(counts: dict[str, int], plan: Plan, recipe: Recipe) -> str | None:
    """Return what stands in for a missing category; median and mean, which texts have not, count as most frequent."""
    rule = plan.fill or recipe.category_fill
    if rule.startswith(OWN_VALUE):
        return rule[1:]
    if rule in ("none of them", "zero") or not counts:
        return None
    return min(counts, key=lambda value: (-counts[value], value))
