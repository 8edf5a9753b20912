"""Findings about zeros that stand where nobody measured: a blood pressure of 0 among values from 24 up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from ann_viz.data.advice.finding import MOST_LINES, Evidence, Finding
from ann_viz.data.columns.column import Column
from ann_viz.data.encoding.features import treatment
from ann_viz.data.tables.sample import RowSample
from ann_viz.numerals import at_most_four_digits, count, listed, percent_in_words
from ann_viz.translation import translate

__all__ = ["lonely_zeros"]

_FEWEST_VALUES: Final = 20  # counts of a few begin with 0
_FEWEST_ZEROS: Final = 3  # rows
_RARE: Final = 0.005  # of the rows; fewer zeros may be what was measured
_USUAL: Final = 0.5  # of the rows; where most are 0, that means "none"
_NEAR: Final = 0.1  # of the median: a nearer value is next to nothing itself, so 0 may well be nothing
_TAIL: Final = 0.05  # of the other values: the smallest, whose steps tell how far apart neighbours are there
_FEWEST_IN_TAIL: Final = 10
_FAR: Final = 3.0  # times the longest of these steps


@dataclass(frozen=True, slots=True)
class _Zeros:
    """How often a column is 0, and its smallest other value."""

    name: str
    n_zeros: int
    share: float
    next_value: float


def lonely_zeros(evidence: Evidence) -> Iterator[Finding]:
    """Yield inputs whose zeros may mean "missing", going by a sample of the rows."""
    found = []
    for name in evidence.recipe.inputs:
        column = evidence.table.column(name)
        if _is_measured(column) and treatment(column, evidence.recipe.plan(name)) == "number":
            zeros = _zeros_of(column, evidence.sample)
            if zeros is not None:
                found.append(zeros)
    if len(found) > MOST_LINES:
        names = tuple(zeros.name for zeros in found)
        text = translate("{names} are 0 in some rows, far below all other values: that may mean missing")
        yield Finding(kind="zeros", columns=names, sentence=text.format(names=listed(names)), severity="warning")
        return
    text = translate("{name} is 0 in {rows} ({share}), and the next value is {value}: 0 may mean missing")
    for zeros in found:
        says = text.format(
            name=zeros.name,
            rows=count(zeros.n_zeros, "row") if evidence.sample.complete else translate("some rows"),
            share=percent_in_words(zeros.share),
            value=at_most_four_digits(zeros.next_value),
        )
        yield Finding(kind="zeros", columns=(zeros.name,), sentence=says, severity="warning")


def _is_measured(column: Column) -> bool:
    return column.kind == "number" and not column.code and column.minimum == 0 and column.n_distinct >= _FEWEST_VALUES


def _zeros_of(column: Column, sample: RowSample) -> _Zeros | None:
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
