"""Suggesting what to learn from a table, and changing that one choice at a time.

A numeric target is taken for classes when it is 0/1, has just two values, or has at most ten whole values and is
either named like a class (class, type, digit, species, label …) or stands first or last in a file without a header.
Every other number is predicted as a number; the user can switch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from ann_viz.data.advice.leaks import repeats_of
from ann_viz.data.advice.target_guess import guess_target, is_class_code
from ann_viz.data.columns.words import phrase_for
from ann_viz.data.encoding.features import no_yes
from ann_viz.data.encoding.recipe import MIN_ROWS, Plan, Recipe, Role, Split, Task
from ann_viz.data.tables.table import Table
from ann_viz.errors import DataError
from ann_viz.numerals import count
from ann_viz.translation import translate

__all__ = [
    "SUGGESTED_SPLIT",
    "possible_tasks",
    "suggest_reason",
    "suggest_recipe",
    "suggest_task",
    "target_problem",
    "with_role",
    "with_target",
]

SUGGESTED_SPLIT: Final = Split(train=0.8, validation=0.1, test=0.1)
"""More rows to learn from than usual: over 34 public files that was worth 0.6 points (resources/docs/learning.md)."""

_MOST_CLASSES: Final = 100


def target_problem(table: Table, name: str) -> str | None:
    """Say in a sentence why a column can't be predicted, or None when it can."""
    column = table.column(name)
    usable = table.n_rows - column.n_missing
    if column.kind == "empty":
        return translate("'{name}' has no values, so there is nothing to learn.").format(name=name)
    if usable < MIN_ROWS:
        text = translate("'{name}' has a value in only {n} of {rows}; at least {least} are needed.")
        return text.format(name=name, n=usable, rows=count(table.n_rows, "row"), least=MIN_ROWS)
    if column.kind == "constant":
        return translate("'{name}' always has the same value, so there is nothing to learn.").format(name=name)
    if column.kind == "identifier":
        text = translate("'{name}' looks like an identifier ({reason}), so it can't be learned.")
        return text.format(name=name, reason=column.reason)
    if column.kind == "date":
        return translate("'{name}' is a date; choose a number, a category or a yes/no column.").format(name=name)
    if column.kind == "text" or (column.kind == "category" and column.n_distinct > _MOST_CLASSES):
        texts = count(column.n_distinct, "different text", about=column.distinct_is_estimate)
        many = translate("has {texts}").format(texts=texts)
        return translate("'{name}' {reason}; that can't be learned.").format(name=name, reason=column.reason or many)
    return None


def possible_tasks(table: Table, name: str) -> tuple[Task, ...]:
    """Return the tasks a target allows, the suggested one first."""
    column = table.column(name)
    if column.n_distinct == 2:
        return ("binary", "regression") if column.kind == "number" else ("binary",)
    if column.kind != "number":
        return ("multiclass",)
    if column.n_distinct > _MOST_CLASSES or not column.whole:
        return ("regression",)
    is_code = is_class_code(column, len(table.columns), table.dialect.header)
    return ("multiclass", "regression") if is_code else ("regression", "multiclass")


def suggest_task(table: Table, name: str) -> Task:
    """Return the task that suits a target best; see the module's docstring for the rule."""
    return possible_tasks(table, name)[0]


def suggest_recipe(table: Table, target: str | None = None) -> Recipe:
    """Suggest what to learn from a table.

    Parameters
    ----------
    table : Table
        The table.
    target : str, optional
        Column to predict; without it, one named like a target, else the last that can be learned.

    Returns
    -------
    Recipe

    Raises
    ------
    DataError
        When no column, or not the one asked for, can be learned.
    """
    if target is None:
        target = _suggest_target(table)[0]
    problem = target_problem(table, target)
    if problem is not None:
        raise DataError(problem, hint=translate("Choose another column to predict."))
    task = suggest_task(table, target)
    inputs = [column.name for column in table.columns if column.reason is None and column.name != target]
    telltale = repeats_of(table, target, inputs)
    inputs = [name for name in inputs if name not in telltale]
    if not inputs:
        counting = [c.name for c in table.columns if c.kind == "identifier" and c.form == "" and c.name != target]
        inputs = [name for name in counting if table.column(name).maximum > table.column(name).minimum]
    plans: tuple[tuple[str, Plan], ...] = ()
    if not inputs:  # a file of texts: how long each is, is better than nothing to learn from
        inputs = [c.name for c in table.columns if c.kind == "text" and c.name not in (target, *telltale)]
        plans = tuple((name, Plan(text_as="length")) for name in inputs)
    phrase = _phrase(table, target, task)
    return Recipe(
        target=target,
        task=task,
        inputs=tuple(inputs),
        split=SUGGESTED_SPLIT,
        phrase=phrase,
        scaling="tails",
        plans=plans,
    )


def suggest_reason(table: Table, recipe: Recipe) -> str:
    """Say why the target of a recipe was suggested, as a clause such as "its name says so".

    Returns
    -------
    str
        Empty when the user chose another than the one suggested.
    """
    name, reason = _suggest_target(table)
    return reason if name == recipe.target else ""


def _phrase(table: Table, target: str, task: Task) -> str:
    column = table.column(target)
    if task != "binary":
        return ""
    return phrase_for(target, None if column.kind == "yes_no" else no_yes(column, table.dialect)[1])


def _suggest_target(table: Table) -> tuple[str, str]:
    """The column to predict and why."""
    if table.n_rows < MIN_ROWS:
        raise DataError(
            translate("This table has too few rows: {n}, where at least {least} are needed.").format(
                n=table.n_rows, least=MIN_ROWS
            ),
            hint=translate("Choose a file with more rows."),
        )
    able = [column for column in table.columns if target_problem(table, column.name) is None]
    if not able:
        raise DataError(
            translate("No column of this table can be learned."),
            hint=translate("A column to predict needs different values that repeat, or numbers."),
        )
    if len(table.columns) < 2:
        hint = translate("Learning needs a column to predict and one to predict it from.")
        raise DataError(translate("This table has only one column."), hint=hint)
    column, reason = guess_target(table.columns, able, table.dialect.header)
    return column.name, reason


def with_target(table: Table, recipe: Recipe, name: str) -> Recipe:
    """Return the recipe for another target; the old one becomes an input.

    Raises
    ------
    DataError
        When that column can't be learned.
    """
    if name == recipe.target:
        return recipe
    fresh = suggest_recipe(table, name)
    keep = {*recipe.inputs, recipe.target} - {name}
    return replace(recipe, target=name, task=fresh.task, phrase=fresh.phrase, inputs=_in_order(table, keep))


def with_role(table: Table, recipe: Recipe, name: str, role: Role) -> Recipe:
    """Return the recipe with one column in another role.

    Raises
    ------
    DataError
        When the target would be lost, or the column can't be a target or an input.
    """
    if role == "target":
        return with_target(table, recipe, name)
    if name == recipe.target:
        raise DataError(
            translate("'{name}' is the column to predict.").format(name=name),
            hint=translate("Choose another target first."),
        )
    column = table.column(name)
    if role == "input" and column.kind in ("empty", "constant"):
        raise DataError(
            translate("'{name}' {reason}, so it tells the network nothing.").format(
                name=name, reason=column.reason or translate("has one value")
            )
        )
    inputs = set(recipe.inputs) | {name} if role == "input" else set(recipe.inputs) - {name}
    return replace(recipe, inputs=_in_order(table, inputs))


def _in_order(table: Table, names: set[str] | Mapping[str, object]) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.name in names)
