"""Findings about how the numbers of an input are spread: a few huge ones squeeze all others together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, Literal

from ann_viz.data.advice.finding import MOST_LINES, Evidence, Finding, Offer
from ann_viz.data.columns.column import Column
from ann_viz.data.encoding.features import treatment
from ann_viz.data.encoding.recipe import Recipe
from ann_viz.numerals import at_most_four_digits, count, listed
from ann_viz.translation import translatable, translate

__all__ = ["far_answers", "outliers", "skewed"]

_HEAVY_SKEW: Final = 3.0  # an exponential spread has 2
_LOG_HELPS: Final = 10.0  # log(1 + x) is nearly x itself below
_FEWEST_VALUES: Final = 20  # counts of a few (children, rooms) are skewed, but harmless
_FAR: Final = 10.0  # interquartile ranges beyond the middle half
_MOST_FAR: Final = 0.001  # of the rows; more are a tail, not slips
_FEW: Final = 3  # values, which may be slips in however small a table
_LOG_REACH: Final = 4.0  # times the median; a nearer value is hardly drawn in by a logarithm
_LABELS: Final = {"log": translatable("Use a log scale"), "robust": translatable("Use a robust scale")}


def outliers(evidence: Evidence) -> Iterator[Finding]:
    """Yield inputs of which a few values are far from all others."""
    for column in _numbers(evidence):
        if _has_outliers(column, evidence.table.n_rows):
            high = column.maximum - column.q3 > column.q1 - column.minimum
            drawn_in = column.minimum >= 0 and column.maximum >= max(_LOG_HELPS, _LOG_REACH * column.median)
            scaling: Literal["log", "robust"] = "log" if high and drawn_in else "robust"
            yield _finding(evidence.recipe, "outliers", (column,), _far_values(column, high=high), scaling)


def far_answers(evidence: Evidence) -> Iterator[Finding]:
    """Yield that a few of the numbers to predict are far from all others, so that the error hardly counts the rest."""
    target = evidence.table.column(evidence.recipe.target)
    if evidence.recipe.task == "regression" and _has_outliers(target, evidence.table.n_rows):
        high = target.maximum - target.q3 > target.q1 - target.minimum
        says = translate("{sentence}: are they slips? All others look alike beside them").format(
            sentence=_far_values(target, high=high)
        )
        yield Finding(kind="far answers", columns=(target.name,), sentence=says, severity="warning")


def skewed(evidence: Evidence) -> Iterator[Finding]:
    """Yield inputs of which most values are small and some huge."""
    columns = tuple(
        column
        for column in _numbers(evidence)
        if column.skew >= _HEAVY_SKEW
        and column.minimum >= 0
        and column.maximum >= _LOG_HELPS
        and not _has_outliers(column, evidence.table.n_rows)
    )
    if len(columns) <= MOST_LINES:
        text = translate("{name} is very uneven: half of its values are at most {median}, the largest is {maximum}")
        for column in columns:
            median, maximum = at_most_four_digits(column.median), at_most_four_digits(column.maximum)
            says = text.format(name=column.name, median=median, maximum=maximum)
            yield _finding(evidence.recipe, "skew", (column,), says, "log")
    else:
        text = translate("{names} are very uneven: most values are small, a few are huge")
        says = text.format(names=listed(column.name for column in columns))
        yield _finding(evidence.recipe, "skew", columns, says, "log")


def _numbers(evidence: Evidence) -> Iterator[Column]:
    """Inputs that are numbers of many values."""
    for name in evidence.recipe.inputs:
        column = evidence.table.column(name)
        is_number = treatment(column, evidence.recipe.plan(name)) == "number" and not column.code
        if is_number and column.n_distinct >= _FEWEST_VALUES:
            yield column


def _has_outliers(column: Column, n_rows: int) -> bool:
    width = column.q3 - column.q1
    reach = max(column.maximum - column.q3, column.q1 - column.minimum)
    return 0 < column.n_outliers <= max(_FEW, _MOST_FAR * n_rows) and width > 0 and reach > _FAR * width


def _far_values(column: Column, *, high: bool) -> str:
    text = (
        translate("{name} has {values} far from the others (up to {end}, where half lie between {q1} and {q3})")
        if high
        else translate("{name} has {values} far from the others (down to {end}, where half lie between {q1} and {q3})")
    )
    return text.format(
        name=column.name,
        values=count(column.n_outliers, "value"),
        end=at_most_four_digits(column.maximum if high else column.minimum),
        q1=at_most_four_digits(column.q1),
        q3=at_most_four_digits(column.q3),
    )


def _finding(
    recipe: Recipe, kind: str, columns: tuple[Column, ...], says: str, scaling: Literal["log", "robust"]
) -> Finding:
    names = tuple(column.name for column in columns)
    done = not {recipe.plan(name).scaling for name in names} & {None, "standard", "tails", "soft"}
    plan = replace(recipe.plan(names[0]), scaling=None if done else scaling)
    label = translate("Scale as usual") if done else translate(_LABELS[scaling])
    return Finding(
        kind=kind,
        columns=names,
        sentence=says,
        severity="info",
        done=done,
        offer=Offer(label=label, column=names[0], also=names[1:], plan=plan),
    )
