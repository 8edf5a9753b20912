"""Findings about single columns that are not the target: what is useless in them, and what becomes of the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ann_viz.data.advice.finding import MOST_LINES, Evidence, Finding, ignored, in_lines, role_offer, why_useless
from ann_viz.data.advice.relations import repeated_columns
from ann_viz.data.columns.column import Column
from ann_viz.data.encoding.features import input_labels, kept_categories, treatment
from ann_viz.data.encoding.recipe import Plan, Recipe
from ann_viz.numerals import count, counted, format_number, listed
from ann_viz.translation import translate

__all__ = ["categories", "constant_columns", "dates", "empty_columns", "lists", "repeated", "useless_columns"]

_WORDY: Final = 3.5  # mean number of words from which texts are sentences rather than names
_MANY_INPUTS: Final = 20
_WIDEST: Final = 20  # characters of a value quoted in a sentence
_FEW_ROWS: Final = 10
_LIST_MARKS: Final = ("|", ";", ",", "/")
_MOST_LABELS: Final = 5  # in a sentence


# Useless columns ------------------------------------------------------------------------------------------------------
def empty_columns(evidence: Evidence) -> Iterator[Finding]:
    """Yield columns without values."""
    for columns in _grouped(evidence, "empty"):
        names = listed(column.name for column in columns)
        says = counted("{names} has no values", "{names} have no values", len(columns), names=names)
        yield _left_out("empty", columns, says)


def constant_columns(evidence: Evidence) -> Iterator[Finding]:
    """Yield columns with one value."""
    for columns in _grouped(evidence, "constant"):
        names = listed(column.name for column in columns)
        value = columns[0].categories[0][0] if columns[0].categories else ""
        if len(columns) > 1:
            says = translate("{names} always have the same value").format(names=names)
        elif 0 < len(value) <= _WIDEST:
            says = translate("{name} always has the same value ('{value}')").format(name=names, value=value)
        else:
            says = translate("{name} always has the same value").format(name=names)
        yield _left_out("constant", columns, says)


def _grouped(evidence: Evidence, kind: str) -> list[list[Column]]:
    """Columns of a kind that are told in one line each."""
    return in_lines([c for c in evidence.table.columns if c.kind == kind and c.name != evidence.recipe.target])


def _left_out(kind: str, columns: list[Column], says: str) -> Finding:
    """Columns from which nothing can be learned, so that there is nothing to offer."""
    names = tuple(column.name for column in columns)
    return Finding(kind=kind, columns=names, sentence=ignored(says), severity="warning", done=True)


def useless_columns(evidence: Evidence) -> Iterator[Finding]:
    """Yield why other columns start as ignored."""
    for column in evidence.table.columns:
        named = column.name != evidence.recipe.target
        if named and column.reason is not None and column.kind not in ("constant", "empty"):
            yield _useless(column, evidence.recipe)


def _useless(column: Column, recipe: Recipe) -> Finding:
    done = recipe.role(column.name) == "ignore"
    plan = Plan(treat="category") if column.kind == "text" else None
    offer = role_offer((column.name,), done=done)
    says, about = why_useless(column), column.distinct_is_estimate
    if column.kind == "identifier":
        kind = "row counter" if column.why_ignored == "counts" else "identifier"
        if kind == "identifier":
            text = translate("{name} looks like an identifier ({values})")
            says = text.format(name=column.name, values=count(column.n_distinct, "different value", about=about))
    elif column.kind == "text" and column.words >= _WORDY:
        kind, plan = "free text", Plan(text_as="length")
        text = translate("{name} is free text ({texts})")
        says = text.format(name=column.name, texts=count(column.n_distinct, "different text", about=about))
        if done:
            offer = replace(offer, label=translate("Use its length"), past="")
    else:
        kind = "near-unique"
        if column.why_ignored == "unique":
            text = translate("{name} has {texts}")
            says = text.format(name=column.name, texts=count(column.n_distinct, "different text", about=about))
    return Finding(
        kind=kind,
        columns=(column.name,),
        sentence=ignored(says) if done else says,
        severity="warning",
        done=done,
        offer=replace(offer, plan=plan if done or plan is None else Plan()),
    )


def repeated(evidence: Evidence) -> Iterator[Finding]:
    """Yield columns that say the same as another."""
    recipe, sample = evidence.recipe, evidence.sample
    looked = [c for c in evidence.table.columns if c.name != recipe.target and _is_used(c, recipe)]
    for later, earlier in repeated_columns(sample, looked):
        # Of words and their codes, the words are kept.
        column, first = (earlier, later) if _is_code(earlier) and not _is_code(later) else (later, earlier)
        if recipe.role(first.name) != "input":
            continue
        same = sample.texts(column.index) == sample.texts(first.index)
        text = (
            translate("{name} repeats {other}") if same else translate("{name} says in other words the same as {other}")
        )
        says = text.format(name=column.name, other=first.name)
        done = recipe.role(column.name) == "ignore"
        yield Finding(
            kind="equal columns",
            columns=(column.name, first.name),
            sentence=ignored(says) if done else says,
            severity="warning",
            done=done,
            offer=role_offer((column.name,), done=done),
        )


def _is_code(column: Column) -> bool:
    return column.kind == "number" or column.code


def _is_used(column: Column, recipe: Recipe) -> bool:
    if column.kind in ("constant", "empty"):
        return False
    return column.reason is None or recipe.role(column.name) == "input"


# What becomes of the others -------------------------------------------------------------------------------------------
def dates(evidence: Evidence) -> Iterator[Finding]:
    """Yield how many inputs dates become."""
    for name in evidence.recipe.inputs:
        column, plan = evidence.table.column(name), evidence.recipe.plan(name)
        if treatment(column, plan) == "date":
            labels = input_labels(column, plan)
            text = translate("{name} holds dates → {inputs}: {parts}")
            says = text.format(name=name, inputs=count(len(labels), "input"), parts=_parts(labels))
            yield _inform("date", (name,), says)


def _parts(labels: tuple[str, ...]) -> str:
    """The parts of a date without sine and cosine."""
    return listed(dict.fromkeys(label.removesuffix(" sin").removesuffix(" cos") for label in labels), most=_MOST_LABELS)


def categories(evidence: Evidence) -> Iterator[Finding]:
    """Yield how many inputs categories become."""
    plain: list[tuple[Column, int]] = []
    for name in evidence.recipe.inputs:
        column, plan = evidence.table.column(name), evidence.recipe.plan(name)
        if treatment(column, plan) != "category" or column.n_distinct <= 2:
            continue
        n_inputs = len(input_labels(column, plan))
        uneven = _uneven_categories(column)
        if uneven:
            yield _one_hot("rare categories", column, n_inputs, uneven)
        else:
            plain.append((column, n_inputs))
    if len(plain) <= MOST_LINES:
        for column, n_inputs in plain:
            kind = "many categories" if n_inputs > _MANY_INPUTS else "one-hot"
            yield _one_hot(kind, column, n_inputs)
    else:
        names = tuple(column.name for column, _ in plain)
        inputs = count(sum(n_inputs for _, n_inputs in plain), "input")
        text = translate("{names} hold categories → {inputs} (one-hot)")
        yield _inform("one-hot", names, text.format(names=listed(names), inputs=inputs))


def lists(evidence: Evidence) -> Iterator[Finding]:
    """Yield categories that are lists of others, such as comedy|drama: every combination is one of its own."""
    for name in evidence.recipe.inputs:
        column = evidence.table.column(name)
        texts = [text for text, _ in column.categories]
        mark = next((mark for mark in _LIST_MARKS if sum(mark in text for text in texts) > 1), None)
        if mark is None or column.kind != "category" or column.n_distinct > len(texts):
            continue
        parts = {part.strip() for text in texts for part in text.split(mark)}
        if len(parts) < len(texts) and any(part in texts for part in parts):
            example = next(text for text in texts if mark in text)
            text = translate("{name} holds lists divided by '{mark}': '{example}' counts as a category of its own")
            yield _inform("lists", (name,), text.format(name=name, mark=mark, example=example))


def _one_hot(kind: str, column: Column, n_inputs: int, uneven: str = "") -> Finding:
    text = (
        translate("{name} has {categories}, {uneven} → {inputs} (one-hot)")
        if uneven
        else translate("{name} has {categories} → {inputs} (one-hot)")
    )
    categories = count(column.n_distinct, "category", about=column.distinct_is_estimate)
    says = text.format(name=column.name, categories=categories, uneven=uneven, inputs=count(n_inputs, "input"))
    return _inform(kind, (column.name,), says)


def _inform(kind: str, names: tuple[str, ...], says: str) -> Finding:
    return Finding(kind=kind, columns=names, sentence=says, severity="info", done=True)


def _uneven_categories(column: Column) -> str:
    """Which categories are put together as "other", or are so rare that little can be learned of them."""
    kept, has_other = kept_categories(dict(column.categories), column.n_distinct)
    if has_other:
        if column.distinct_is_estimate:
            return translate("the rarest together as 'other'")
        n_rare = column.n_distinct - len(kept)
        return counted("the rarest as 'other'", "the {n} rarest together as 'other'", n_rare)
    scarce = sum(n < _FEW_ROWS for _, n in column.categories)
    if scarce == 0:
        return ""
    if scarce == column.n_distinct:
        return translate("all of them in fewer than {rows}").format(rows=count(_FEW_ROWS, "row"))
    return translate("{n} of them in fewer than {rows}").format(n=format_number(scarce), rows=count(_FEW_ROWS, "row"))
