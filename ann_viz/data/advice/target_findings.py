"""Findings about the column to predict: what gives it away, where it is missing, how uneven its answers are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ann_viz.data.advice.finding import Evidence, Finding, Offer, ignored, role_offer
from ann_viz.data.advice.leaks import TargetSample, repeats_of
from ann_viz.data.advice.missing_findings import missing_words
from ann_viz.data.advice.relations import Formula, target_formula
from ann_viz.data.columns.column import Column
from ann_viz.data.encoding.features import treatment
from ann_viz.data.encoding.recipe import Recipe
from ann_viz.data.tables.table import Table
from ann_viz.numerals import count, counted, listed, percent_in_words
from ann_viz.translation import translate

__all__ = ["codes", "leaks", "missing_answers", "uneven_answers"]

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
_FEWEST_CODES: Final = 6  # a few grades are told apart by their size, too
_MOST_CODES: Final = 50  # as many values as have a bin of their own
_MUCH_BY_VALUE: Final = 0.25
_NO_CLUE: Final = ("constant", "empty", "date")


def leaks(evidence: Evidence) -> Iterator[Finding]:
    """Yield columns that give the answer away, alone or together."""
    table, recipe, sample = evidence.table, evidence.recipe, evidence.sample
    target = table.column(recipe.target)
    clues = [column for column in table.columns if column is not target and _is_clue(column, recipe)]
    repeating = repeats_of(table, target.name, [column.name for column in clues], sample)
    told = set(repeating)
    for name in repeating:
        yield _leak(recipe, name, translate("{name} repeats {other}").format(name=name, other=target.name))
    if recipe.task == "regression":
        formula = target_formula(sample, target, [column for column in clues if column.name not in told])
        if formula is not None:
            told.update(column.name for column in formula.columns)
            yield _sums(recipe, formula, target.name)
    answer = TargetSample(sample, target, as_number=recipe.task == "regression")
    for column in clues:
        if column.name not in told:
            says = _telltale(table, answer, column, target)
            if says is not None:
                yield _leak(recipe, column.name, says, translate("{sentence}: would you know it beforehand?"))


def _is_clue(column: Column, recipe: Recipe) -> bool:
    used = column.reason is None or recipe.role(column.name) == "input"
    return used and column.kind not in _NO_CLUE


def _telltale(table: Table, answer: TargetSample, column: Column, target: Column) -> str | None:
    """What is suspicious about how well a column alone predicts the target."""
    explained = answer.explained(column)
    if explained >= _ALL:
        text = translate("{name} alone tells {target} in every row")
    elif explained >= _ALMOST_ALL:
        text = translate("{name} alone predicts {target} almost perfectly")
    elif explained >= _MUCH_OF_NAMESAKE and table.dialect.header and _is_namesake(column.name, target.name):
        text = translate("{name} alone explains {share} of {target} and is named like it")
    elif column.n_missing and answer.explained_by_holes(column) >= _MUCH_BY_HOLES:
        text = translate("{name} is filled in or left empty depending on {target}")
    else:
        return None
    return text.format(name=column.name, target=target.name, share=percent_in_words(explained))


def _is_namesake(name: str, other: str) -> bool:
    """Whether two names differ in their digits only (G2 and G3, sales 2023 and sales 2024)."""
    stem = re.sub(r"\d+", "#", name.casefold())
    return "#" in stem and stem != "#" and stem == re.sub(r"\d+", "#", other.casefold())


def _leak(recipe: Recipe, name: str, says: str, question: str = "{sentence}") -> Finding:
    done = recipe.role(name) == "ignore"
    return Finding(
        kind="leak",
        columns=(name,),
        sentence=ignored(says) if done else question.format(sentence=says),
        severity="warning",
        done=done,
        offer=role_offer((name,), done=done),
    )


def _sums(recipe: Recipe, formula: Formula, target: str) -> Finding:
    text = (
        translate("{formula} add up to {target} exactly")
        if set(formula.signs) == {"+"}
        else translate("{formula} give {target} exactly")
    )
    says = text.format(formula=formula.text(), target=target)
    names = tuple(column.name for column in formula.columns)
    done = all(recipe.role(name) == "ignore" for name in names)
    used = tuple(name for name in names if done or recipe.role(name) == "input")
    return Finding(
        kind="sums to target",
        columns=names,
        sentence=ignored(says) if done else translate("{sentence}: nothing is left to learn").format(sentence=says),
        severity="warning",
        done=done,
        offer=role_offer(used, done=done),
    )


def codes(evidence: Evidence) -> Iterator[Finding]:
    """Yield inputs of whole numbers that tell the answer by which value they have, not by how large it is."""
    table, recipe, sample = evidence.table, evidence.recipe, evidence.sample
    answer = TargetSample(sample, table.column(recipe.target), as_number=recipe.task == "regression")
    for name in recipe.inputs:
        column, plan = table.column(name), recipe.plan(name)
        is_whole = column.kind == "number" and column.whole and _FEWEST_CODES <= column.n_distinct <= _MOST_CODES
        done = plan.treat == "category"
        if not is_whole or not (done or treatment(column, plan) == "number"):
            continue
        if answer.explained(column) - answer.explained_by_size(column) > _MUCH_BY_VALUE:
            text = translate("{name} tells {target} by its values, not by how large they are: they may be codes")
            label = translate("Treat as number") if done else translate("Treat as category")
            yield Finding(
                kind="codes",
                columns=(name,),
                sentence=text.format(name=name, target=recipe.target),
                severity="warning",
                done=done,
                offer=Offer(label=label, column=name, plan=replace(plan, treat=None if done else "category")),
            )


def missing_answers(evidence: Evidence) -> Iterator[Finding]:
    """Yield rows that can't be learned from, as their answer is not known; odd answers have a finding of theirs."""
    target = evidence.table.column(evidence.recipe.target)
    if target.n_blank:
        words = missing_words(target)
        says = counted(
            "{name} has no value in {n} row: it is left out",
            "{name} has no value in {n} rows: they are left out",
            target.n_blank,
            name=target.name,
        ) + (f" ({words})" if words else "")
        yield Finding(kind="target missing", columns=(target.name,), sentence=says, severity="warning", done=True)


def uneven_answers(evidence: Evidence) -> Iterator[Finding]:
    """Yield answers that hardly ever occur."""
    target = evidence.table.column(evidence.recipe.target)
    total = sum(n for _, n in target.categories)
    if evidence.recipe.task == "regression" or target.n_distinct > len(target.categories) or total == 0:
        return
    says = _rare_answer(target, total) if target.n_distinct == 2 else _rare_classes(target, total)
    if says:
        yield Finding(kind="unbalanced", columns=(target.name,), sentence=says, severity="warning")


def _rare_answer(target: Column, total: int) -> str:
    (common, n_common), (rare, n_rare) = target.categories[0], target.categories[-1]
    if n_rare >= _RARE_ANSWER * total:
        return ""
    text = translate(
        "{name} is '{rare}' in only {share} of the rows: always answering '{common}' would be right in {most}"
    )
    shares = {"share": percent_in_words(n_rare / total), "most": percent_in_words(n_common / total)}
    return text.format(name=target.name, rare=rare, common=common, **shares)


def _rare_classes(target: Column, total: int) -> str:
    scarce = [(name, n) for name, n in target.categories if n < max(_FEWEST_OF_CLASS, _RARE_CLASS * total)]
    if not scarce:
        return ""
    return counted(
        "{name} has only {rows} of {classes}: that is little to learn from",
        "{name} has only at most {rows} each of {classes}: that is little to learn from",
        len(scarce),
        name=target.name,
        rows=count(max(n for _, n in scarce), "row"),
        classes=listed(f"'{name}'" for name, _ in scarce),
    )
