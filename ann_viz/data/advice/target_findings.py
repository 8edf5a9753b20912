"""Findings about the column to predict: what gives it away, where it is missing, how uneven its answers are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ann_viz.data.advice.finding import Finding, Offer, count, listed, percent
from ann_viz.data.advice.leaks import TargetSample, repeats_of
from ann_viz.data.advice.relations import target_formula
from ann_viz.data.columns.column import Column
from ann_viz.data.encoding.recipe import Recipe
from ann_viz.data.tables.sample import RowSample
from ann_viz.data.tables.table import Table

__all__ = ["answer_findings", "leak_findings"]

# A carat explains 94 % of a diamond's price, an odour 94 % of a mushroom's poison: strong, but no leak.
_ALMOST_ALL: Final = 0.97
_ALL: Final = 0.9999
# Grades of earlier terms (G1, G2 for G3) explain 75 % and more; measurements that merely share a stem explain less.
_MUCH_OF_NAMESAKE: Final = 0.6
# Real tables leave cells empty for reasons of their own, which say far less (a cabin: 10 % of who survives).
_MUCH_BY_HOLES: Final = 0.7
_RARE_ANSWER: Final = 0.1
_RARE_CLASS: Final = 0.01
_FEWEST_OF_CLASS: Final = 10
_NO_CLUE: Final = ("constant", "empty", "date")


def leak_findings(table: Table, recipe: Recipe, sample: RowSample) -> Iterator[Finding]:
    """Yield columns that give the answer away, alone or together."""
    target = table.column(recipe.target)
    clues = [column for column in table.columns if column is not target and _is_clue(column, recipe)]
    repeating = repeats_of(table, target.name, [column.name for column in clues], sample)
    told = set(repeating)
    for name in repeating:
        yield _leak(recipe, table.column(name), f"{name} repeats {target.name}")
    if recipe.task == "regression":
        formula = target_formula(sample, target, [column for column in clues if column.name not in told])
        if formula is not None:
            names = tuple(column.name for column in formula.columns)
            told.update(names)
            verb = "add up to" if set(formula.signs) == {"+"} else "give"
            yield _sums(recipe, names, f"{formula.text()} {verb} {target.name} exactly")
    answer = TargetSample(sample, target, as_number=recipe.task == "regression")
    for column in clues:
        if column.name not in told:
            says = _telltale(table, answer, column, target)
            if says is not None:
                yield _leak(recipe, column, says)


def _is_clue(column: Column, recipe: Recipe) -> bool:
    used = column.reason is None or recipe.role(column.name) == "input"
    return used and column.kind not in _NO_CLUE


def _telltale(table: Table, answer: TargetSample, column: Column, target: Column) -> str | None:
    """What is suspicious about how well a column alone predicts the target."""
    explained = answer.explained(column)
    if explained >= _ALL:
        return f"{column.name} alone tells {target.name} in every row: would you know it beforehand?"
    if explained >= _ALMOST_ALL:
        return f"{column.name} alone predicts {target.name} almost perfectly: would you know it beforehand?"
    if explained >= _MUCH_OF_NAMESAKE and table.dialect.header and _is_namesake(column.name, target.name):
        share = percent(explained)
        return (
            f"{column.name} alone explains {share} of {target.name} and is named like it: would you know it beforehand?"
        )
    if column.n_missing and answer.explained_by_holes(column) >= _MUCH_BY_HOLES:
        return f"{column.name} is filled in or left empty depending on {target.name}: would you know it beforehand?"
    return None


def _is_namesake(name: str, other: str) -> bool:
    """Whether two names differ in their digits only (G2 and G3, sales 2023 and sales 2024)."""
    stem = re.sub(r"\d+", "#", name.casefold())
    return "#" in stem and stem != "#" and stem == re.sub(r"\d+", "#", other.casefold())


def _leak(recipe: Recipe, column: Column, says: str) -> Finding:
    done = recipe.role(column.name) == "ignore"
    return Finding(
        kind="leak",
        columns=(column.name,),
        sentence=f"{says.partition(': would')[0]}: ignored" if done else says,
        severity="warning",
        done=done,
        offer=_role_offer((column.name,), done),
    )


def _sums(recipe: Recipe, names: tuple[str, ...], says: str) -> Finding:
    done = all(recipe.role(name) == "ignore" for name in names)
    used = tuple(name for name in names if done or recipe.role(name) == "input")
    return Finding(
        kind="sums to target",
        columns=names,
        sentence=f"{says}: ignored" if done else f"{says}: nothing is left to learn",
        severity="warning",
        done=done,
        offer=_role_offer(used, done),
    )


def _role_offer(names: tuple[str, ...], done: bool) -> Offer:
    label = "Use anyway" if done else ("Ignore it" if len(names) == 1 else "Ignore them")
    return Offer(label=label, column=names[0], also=names[1:], role="input" if done else "ignore")


def answer_findings(table: Table, recipe: Recipe) -> Iterator[Finding]:
    """Yield what the profile says about the target itself."""
    target = table.column(recipe.target)
    if target.n_missing:
        rows = count(target.n_missing, "row")
        says = f"{target.name} has no value in {rows}: {'it is' if target.n_missing == 1 else 'they are'} left out"
        yield Finding(kind="target missing", columns=(target.name,), sentence=says, severity="warning", done=True)
    uneven = _uneven(target) if recipe.task != "regression" else None
    if uneven is not None:
        yield Finding(kind="unbalanced", columns=(target.name,), sentence=uneven, severity="warning")


def _uneven(target: Column) -> str | None:
    """What is said of answers that hardly ever occur."""
    total = sum(n for _, n in target.categories)
    if target.n_distinct > len(target.categories) or total == 0:
        return None
    (common, n_common), (rare, n_rare) = target.categories[0], target.categories[-1]
    if target.n_distinct == 2:
        if n_rare >= _RARE_ANSWER * total:
            return None
        return (
            f"{target.name} is '{rare}' in only {percent(n_rare / total)} of the rows: "
            f"always answering '{common}' would be right in {percent(n_common / total)}"
        )
    scarce = [(name, n) for name, n in target.categories if n < max(_FEWEST_OF_CLASS, _RARE_CLASS * total)]
    if not scarce:
        return None
    names = listed([f"'{name}'" for name, _ in scarce])
    rows = count(max(n for _, n in scarce), "row")
    most = f"{rows}" if len(scarce) == 1 else f"at most {rows} each"
    return f"{target.name} has only {most} of {names}: that is little to learn from"
