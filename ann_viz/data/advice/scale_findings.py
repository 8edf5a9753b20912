"""Findings about how the numbers of an input are spread: a few huge ones squeeze all others together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, Literal

from ann_viz.data.advice.finding import Finding, FindingKind, Offer, count, listed
from ann_viz.data.columns.column import Column
from ann_viz.data.encoding.features import treatment
from ann_viz.data.encoding.recipe import Recipe
from ann_viz.data.tables.table import Table
from ann_viz.numerals import format_number

__all__ = ["scale_findings"]

_HEAVY_SKEW: Final = 3.0  # an exponential spread has 2
_LOG_HELPS: Final = 10.0  # log(1 + x) is nearly x itself below
_FEWEST_VALUES: Final = 20  # counts of a few (children, rooms) are skewed, but harmless
_FAR: Final = 10.0  # interquartile ranges beyond the middle half
_MOST_FAR: Final = 0.001  # of the rows; more are a tail, not slips
_FEW: Final = 3  # values, which may be slips in however small a table
_LOG_REACH: Final = 4.0  # times the median; a nearer value is hardly drawn in by a logarithm
_MOST_LINES: Final = 5
_BACK: Final = "Standardise only"


def scale_findings(table: Table, recipe: Recipe) -> Iterator[Finding]:
    """Yield heavy skew and outliers of the inputs."""
    skewed = []
    for name in recipe.inputs:
        column = table.column(name)
        if treatment(column, recipe.plan(name)) != "number" or column.code or column.n_distinct < _FEWEST_VALUES:
            continue
        if _has_outliers(column, table.n_rows):
            yield _outliers(recipe, column)
        elif column.skew >= _HEAVY_SKEW and column.minimum >= 0 and column.maximum >= _LOG_HELPS:
            skewed.append(column)
    if len(skewed) <= _MOST_LINES:
        yield from (_skew(recipe, column) for column in skewed)
    else:
        yield _all_skewed(recipe, skewed)


def _has_outliers(column: Column, n_rows: int) -> bool:
    width = column.q3 - column.q1
    reach = max(column.maximum - column.q3, column.q1 - column.minimum)
    return 0 < column.n_outliers <= max(_FEW, _MOST_FAR * n_rows) and width > 0 and reach > _FAR * width


def _outliers(recipe: Recipe, column: Column) -> Finding:
    high = column.maximum - column.q3 > column.q1 - column.minimum
    end = f"up to {_number(column.maximum)}" if high else f"down to {_number(column.minimum)}"
    says = (
        f"{column.name} has {count(column.n_outliers, 'value')} far from the others ({end}, "
        f"where half lie between {_number(column.q1)} and {_number(column.q3)})"
    )
    drawn_in = column.minimum >= 0 and column.maximum >= max(_LOG_HELPS, _LOG_REACH * column.median)
    scaling: Literal["log", "robust"] = "log" if high and drawn_in else "robust"
    return _finding(recipe, "outliers", (column,), says, scaling)


def _skew(recipe: Recipe, column: Column) -> Finding:
    says = (
        f"{column.name} is very uneven: half of its values are at most {_number(column.median)}, "
        f"the largest is {_number(column.maximum)}"
    )
    return _finding(recipe, "skew", (column,), says, "log")


def _all_skewed(recipe: Recipe, columns: list[Column]) -> Finding:
    says = f"{listed([column.name for column in columns])} are very uneven: most values are small, a few are huge"
    return _finding(recipe, "skew", tuple(columns), says, "log")


def _finding(
    recipe: Recipe, kind: FindingKind, columns: tuple[Column, ...], says: str, scaling: Literal["log", "robust"]
) -> Finding:
    names = tuple(column.name for column in columns)
    scalings = {recipe.plan(name).scaling for name in names}
    done = "standard" not in scalings
    plan = replace(recipe.plan(names[0]), scaling="standard" if done else scaling)
    label = _BACK if done else {"log": "Use a log scale", "robust": "Use a robust scale"}[scaling]
    return Finding(
        kind=kind,
        columns=names,
        sentence=says,
        severity="info",
        done=done,
        offer=Offer(label=label, column=names[0], also=names[1:], plan=plan),
    )


def _number(value: float) -> str:
    """A number as the rest of the program writes it."""
    return format_number(value, ",.0f" if abs(value) >= 1000 else ".4g")
