"""Findings about zeros that stand where nobody measured: a blood pressure of 0 among values from 24 up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from ann_viz.data.advice.finding import Finding, count, listed, percent
from ann_viz.data.columns.column import Column
from ann_viz.data.encoding.features import treatment
from ann_viz.data.encoding.recipe import Recipe
from ann_viz.data.tables.sample import RowSample
from ann_viz.data.tables.table import Table
from ann_viz.numerals import format_number

__all__ = ["zero_findings"]

_FEWEST_VALUES: Final = 20  # counts of a few begin with 0
_FEWEST_ZEROS: Final = 3  # rows
_RARE: Final = 0.005  # of the rows; fewer zeros may be what was measured
_USUAL: Final = 0.5  # of the rows; where most are 0, that means "none"
_NEAR: Final = 0.1  # of the median: a nearer value is next to nothing itself, so 0 may well be nothing
_TAIL: Final = 0.05  # of the other values: the smallest, whose steps tell how far apart neighbours are there
_FEWEST_IN_TAIL: Final = 10
_FAR: Final = 3.0  # times the longest of these steps
_MOST_LINES: Final = 5


@dataclass(frozen=True, slots=True)
class _Zeros:
    """How often a column is 0, and its smallest other value."""

    name: str
    n_zeros: int
    share: float
    next_value: float


def zero_findings(table: Table, recipe: Recipe, sample: RowSample) -> Iterator[Finding]:
    """Yield inputs whose zeros may mean "missing", going by a sample of the rows."""
    found = []
    for name in recipe.inputs:
        column = table.column(name)
        if _is_measured(column) and treatment(column, recipe.plan(name)) == "number":
            zeros = _lonely_zeros(column, sample)
            if zeros is not None:
                found.append(zeros)
    if len(found) > _MOST_LINES:
        names = tuple(zeros.name for zeros in found)
        says = f"{listed(names)} are 0 in some rows, far below all other values: that may mean missing"
        yield Finding(kind="zeros", columns=names, sentence=says, severity="warning")
        return
    for zeros in found:
        rows = count(zeros.n_zeros, "row") if sample.complete else "some rows"
        says = (
            f"{zeros.name} is 0 in {rows} ({percent(zeros.share)}), "
            f"and the next value is {format_number(zeros.next_value, ',.4g')}: 0 may mean missing"
        )
        yield Finding(kind="zeros", columns=(zeros.name,), sentence=says, severity="warning")


def _is_measured(column: Column) -> bool:
    return column.kind == "number" and not column.code and column.minimum == 0 and column.n_distinct >= _FEWEST_VALUES


def _lonely_zeros(column: Column, sample: RowSample) -> _Zeros | None:
    """Frequent zeros that are farther from the next value than the smallest others are from each other."""
    numbers = sample.numbers(column.index)
    others = numbers[numbers > 0]
    n_zeros = int(np.count_nonzero(numbers == 0))
    share = n_zeros / max(1, n_zeros + len(others))
    values = np.unique(others)
    if n_zeros < _FEWEST_ZEROS or not _RARE <= share <= _USUAL or len(values) < _FEWEST_IN_TAIL:
        return None
    tail = values[: max(_FEWEST_IN_TAIL, round(_TAIL * len(values)))]
    if values[0] < max(_FAR * np.diff(tail).max(), _NEAR * np.median(others)):
        return None
    return _Zeros(column.name, n_zeros, share, float(values[0]))
