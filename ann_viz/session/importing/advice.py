"""What the program advises for a table: a first recipe with its reason, and offers the user has taken. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ann_viz.data import Dialect, Recipe, Role, Split, Table
from ann_viz.data.advice.findings import Finding
from ann_viz.data.advice.suggest import suggest_reason, suggest_recipe
from ann_viz.data.encoding.recipe import Plan
from ann_viz.errors import DataError

__all__ = ["Applied", "Suggestion", "same_subject", "suggestion_for"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What the program would learn from a table and why, or why it can't."""

    recipe: Recipe | None = None
    reason: str = ""
    problem: str = ""


def suggestion_for(table: Table) -> Suggestion:
    """Ask for a suggestion; belongs in the worker thread."""
    try:
        recipe = suggest_recipe(table)
    except DataError as error:
        return Suggestion(problem=str(error))
    return Suggestion(recipe=recipe, reason=suggest_reason(table, recipe))


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """An offer that was taken: its finding, and the settings it could change as they were before."""

    finding: Finding
    roles: Mapping[str, Role]
    plans: Mapping[str, Plan]
    split: Split
    sample_rows: int | None
    dialect: Dialect


def same_subject(first: Finding, second: Finding) -> bool:
    """Return whether two findings are about the same thing, before and after an offer was taken."""
    return (first.kind, first.columns) == (second.kind, second.columns)
