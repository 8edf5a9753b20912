"""Everything worth telling about a table before a network learns from it, each with a reason and a way to act on it.

Facts about single columns come from the profile, which has seen all rows. What compares columns looks at a sample of
at most 20,000 rows. A new finding is one row of `CHECKS` and the function named there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ann_viz.data.advice.column_findings import (
    categories,
    constant_columns,
    dates,
    empty_columns,
    lists,
    repeated,
    useless_columns,
)
from ann_viz.data.advice.finding import Check, Evidence, Finding, Offer, ignored
from ann_viz.data.advice.folding import folded
from ann_viz.data.advice.line_findings import dropped_columns, left_out, other_tables, sheets, stray_bytes, totals
from ann_viz.data.advice.missing_findings import doubtful_missing, missing_values
from ann_viz.data.advice.reading_findings import (
    absent_numbers,
    checkboxes,
    odd_cells,
    sentinels,
    spellings,
)
from ann_viz.data.advice.row_findings import few_rows, many_inputs, many_rows, repeated_rows, time_order
from ann_viz.data.advice.scale_findings import far_answers, outliers, skewed
from ann_viz.data.advice.suggest import with_role
from ann_viz.data.advice.target_findings import codes, leaks, missing_answers, uneven_answers
from ann_viz.data.advice.two_ways import counted_dates, short_years, two_readings
from ann_viz.data.advice.unit_findings import mixed_units, units
from ann_viz.data.advice.zero_findings import lonely_zeros
from ann_viz.data.encoding.recipe import Plan, Recipe
from ann_viz.data.tables.table import Table

__all__ = ["CHECKS", "Finding", "Offer", "apply_offer", "find"]

CHECKS: Final[dict[str, Check]] = {
    "few rows": few_rows,
    "many inputs": many_inputs,
    "leak": leaks,
    "sums to target": leaks,
    "codes": codes,
    "far answers": far_answers,
    "target missing": missing_answers,
    "two readings": two_readings,
    "counted dates": counted_dates,
    "odd cells": odd_cells,
    "sentinel": sentinels,
    "spellings": spellings,
    "mixed units": mixed_units,
    "unbalanced": uneven_answers,
    "other table": other_tables,
    "stray bytes": stray_bytes,
    "totals": totals,
    "identifier": useless_columns,
    "row counter": useless_columns,
    "constant": constant_columns,
    "empty": empty_columns,
    "free text": useless_columns,
    "near-unique": useless_columns,
    "equal columns": repeated,
    "time order": time_order,
    "duplicate rows": repeated_rows,
    "many rows": many_rows,
    "doubtful missing": doubtful_missing,
    "zeros": lonely_zeros,
    "many categories": categories,
    "rare categories": categories,
    "outliers": outliers,
    "skew": skewed,
    "sheets": sheets,
    "lines left out": left_out,
    "columns left out": dropped_columns,
    "missing": missing_values,
    "absent": absent_numbers,
    "checkbox": checkboxes,
    "unit": units,
    "short years": short_years,
    "lists": lists,
    "one-hot": categories,
    "date": dates,
}
"""Every kind of finding and who looks for it, in the order they are told, warnings first."""

_BREAKS: Final = re.compile(r"\s*[\r\n\t\v\f]\s*")
_TOLD_OF_TEXTS: Final = ("identifier", "near-unique", "free text")


def find(table: Table, recipe: Recipe, cancelled: Callable[[], bool] = lambda: False) -> tuple[Finding, ...]:
    """Look for everything worth telling about a table.

    Parameters
    ----------
    table : Table
        The table.
    recipe : Recipe
        What is to be learned; a finding says whether it is already acted on.
    cancelled : callable
        Asked between the steps; true ends the search with what was found so far.

    Returns
    -------
    tuple of Finding
        Warnings first, in the same order each time; a finding keeps its place when it is acted on.
    """
    evidence = Evidence(table, recipe)
    found: list[Finding] = []
    for check in dict.fromkeys(CHECKS.values()):
        if cancelled():
            break
        found += check(evidence)
    # Cells and names with line breaks must not break a sentence.
    found = [replace(finding, sentence=_BREAKS.sub(" ", finding.sentence)) for finding in _told_once(found)]
    found = folded(found, table.dialect)
    order = list(CHECKS)
    return tuple(sorted(found, key=lambda finding: (finding.severity != "warning", order.index(finding.kind))))


def _told_once(found: list[Finding]) -> list[Finding]:
    """Let a column of numbers in different units be told in one line: that it is ignored as a text, and the offer."""
    echoes = {finding.columns: finding for finding in found if finding.kind in _TOLD_OF_TEXTS}
    units = {finding.columns for finding in found if finding.kind == "mixed units"} & echoes.keys()
    told = []
    for finding in found:
        echo = echoes.get(finding.columns) if finding.columns in units else None
        if echo is not None and finding.kind == "mixed units":
            says = ignored(finding.sentence) if echo.done else finding.sentence
            told.append(replace(finding, sentence=says, done=echo.done, offer=echo.offer))
        elif echo is not finding:
            told.append(finding)
    return told


def apply_offer(table: Table, recipe: Recipe, offer: Offer) -> Recipe:
    """Return the recipe with an offer taken up; taking it up twice is the same as once.

    Parameters
    ----------
    table : Table
        The table.
    recipe : Recipe
        The recipe so far.
    offer : Offer
        What to change. What the file must be read again for leaves the recipe as it is.
        Of a plan for several columns only the scaling is taken.

    Returns
    -------
    Recipe

    Raises
    ------
    DataError
        When a column can't have the role.
    """
    for part in offer.parts:
        recipe = apply_offer(table, recipe, part)
    for name in () if offer.parts else offer.columns:
        if offer.role is not None:
            recipe = with_role(table, recipe, name, offer.role)
        if offer.plan is not None:
            recipe = recipe.with_plan(name, _plan_for(recipe, name, offer.plan, shared=bool(offer.also)))
    if offer.split is not None:
        recipe = replace(recipe, split=offer.split)
    if offer.sample_rows is not None:
        recipe = replace(recipe, sample_rows=offer.sample_rows or None)
    return recipe


def _plan_for(recipe: Recipe, name: str, plan: Plan, *, shared: bool) -> Plan:
    return replace(recipe.plan(name), scaling=plan.scaling) if shared else plan
