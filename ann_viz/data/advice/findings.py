"""Everything worth telling about a table before a network learns from it, each with a reason and a way to act on it.

Facts about single columns come from the profile, which has seen all rows. What compares columns looks at a sample of
at most 20,000 rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final, get_args

from ann_viz.data.advice.column_findings import category_findings, missing_findings, repeat_findings, useless_findings
from ann_viz.data.advice.finding import Finding, FindingKind, Offer
from ann_viz.data.advice.row_findings import row_findings
from ann_viz.data.advice.scale_findings import scale_findings
from ann_viz.data.advice.suggest import with_role
from ann_viz.data.advice.target_findings import answer_findings, leak_findings
from ann_viz.data.advice.zero_findings import zero_findings
from ann_viz.data.encoding.recipe import Plan, Recipe
from ann_viz.data.tables.sample import RowSample
from ann_viz.data.tables.table import Table

__all__ = ["Finding", "Offer", "apply_offer", "find"]

_ORDER: Final = {kind: place for place, kind in enumerate(get_args(FindingKind))}


def find(table: Table, recipe: Recipe, cancelled: Callable[[], bool] | None = None) -> tuple[Finding, ...]:
    """Look for everything worth telling about a table.

    Parameters
    ----------
    table : Table
        The table.
    recipe : Recipe
        What is to be learned; a finding says whether it is already acted on.
    cancelled : callable, optional
        Asked between the steps; true ends the search with what was found so far.

    Returns
    -------
    tuple of Finding
        Warnings first, in the same order each time; a finding keeps its place when it is acted on.
    """
    found: list[Finding] = []
    for finding in _search(table, recipe):
        found.append(finding)
        if cancelled is not None and cancelled():
            break
    return tuple(sorted(found, key=lambda finding: (finding.severity != "warning", _ORDER[finding.kind])))


def _search(table: Table, recipe: Recipe) -> Iterator[Finding]:
    """Quick steps first."""
    yield from useless_findings(table, recipe)
    yield from answer_findings(table, recipe)
    yield from missing_findings(table, recipe)
    yield from category_findings(table, recipe)
    yield from scale_findings(table, recipe)
    sample = RowSample(table)
    yield from zero_findings(table, recipe, sample)
    yield from leak_findings(table, recipe, sample)
    yield from repeat_findings(table, recipe, sample)
    yield from row_findings(table, recipe, sample)


def apply_offer(table: Table, recipe: Recipe, offer: Offer) -> Recipe:
    """Return the recipe with an offer taken up; taking it up twice is the same as once.

    Parameters
    ----------
    table : Table
        The table.
    recipe : Recipe
        The recipe so far.
    offer : Offer
        What to change. New words for "missing" leave the recipe as it is: the file must be read again with them.
        Of a plan for several columns only the scaling is taken.

    Returns
    -------
    Recipe

    Raises
    ------
    DataError
        When a column can't have the role.
    """
    for name in offer.columns:
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
