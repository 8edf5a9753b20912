"""Findings about single columns that are not the target: what is useless in them, and what becomes of the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ann_viz.data.advice.finding import Finding, FindingKind, Offer, count, listed, percent
from ann_viz.data.advice.relations import repeated_columns
from ann_viz.data.columns.column import Column
from ann_viz.data.encoding.features import input_labels, kept_categories, treatment
from ann_viz.data.encoding.recipe import Plan, Recipe
from ann_viz.data.files.dialect import MISSING_WORDS
from ann_viz.data.tables.sample import RowSample
from ann_viz.data.tables.table import Table
from ann_viz.numerals import format_number

__all__ = ["category_findings", "missing_findings", "repeat_findings", "useless_findings"]

_NO_VALUES: Final = ("constant", "empty")
_WORDY: Final = 3.5  # mean number of words from which texts are sentences rather than names
_MANY_INPUTS: Final = 20
_WIDEST: Final = 20  # characters of a value quoted in a sentence
_FEW_ROWS: Final = 10
_MOST_LINES: Final = 5  # of one kind, before they are told in one line


def useless_findings(table: Table, recipe: Recipe) -> Iterator[Finding]:
    """Yield why columns start as ignored."""
    alike: dict[str, list[Column]] = {"constant": [], "empty": []}
    for column in table.columns:
        if column.name == recipe.target:
            continue
        if column.kind in alike:
            alike[column.kind].append(column)
        elif column.reason is not None:
            yield _useless(column, recipe)
    if alike["empty"]:
        yield from _without_values("empty", alike["empty"])
    if alike["constant"]:
        yield from _without_values("constant", alike["constant"])


def _without_values(kind: FindingKind, columns: list[Column]) -> Iterator[Finding]:
    """Columns from which nothing can be learned, so that there is nothing to offer."""
    groups = [[column] for column in columns] if len(columns) <= _MOST_LINES else [columns]
    for group in groups:
        names = tuple(column.name for column in group)
        if kind == "empty":
            says = f"{listed(names)} {'has' if len(names) == 1 else 'have'} no values"
        elif len(names) == 1:
            value = group[0].categories[0][0] if group[0].categories else ""
            says = f"{names[0]} always has the same value" + (f" ('{value}')" if 0 < len(value) <= _WIDEST else "")
        else:
            says = f"{listed(names)} always have the same value"
        yield Finding(kind=kind, columns=names, sentence=f"{says}: ignored", severity="warning", done=True)


def _useless(column: Column, recipe: Recipe) -> Finding:
    name, done = column.name, recipe.role(column.name) == "ignore"
    kind: FindingKind
    plan: Plan | None = None
    label = "Use anyway"
    reason = column.reason or ""
    if column.kind == "identifier":
        counts = reason.startswith("only counts")
        kind = "row counter" if counts else "identifier"
        says = reason if counts else f"looks like an identifier ({count(column.n_distinct, 'different value')})"
    elif column.kind == "text" and column.words >= _WORDY:
        kind, says = "free text", f"is free text ({count(column.n_distinct, 'different text')})"
        label, plan = "Use its length", Plan(text_as="length")
    else:
        kind, says = "near-unique", reason
        if reason == "every value is different":
            says = f"has {count(column.n_distinct, 'different text')}"
        plan = Plan(treat="category") if column.kind == "text" else None
    if not done:
        label, plan = "Ignore it", None if plan is None else Plan()
    return Finding(
        kind=kind,
        columns=(name,),
        sentence=f"{name} {says}" + (": ignored" if done else ""),
        severity="warning",
        done=done,
        offer=Offer(label=label, column=name, role="input" if done else "ignore", plan=plan),
    )


def repeat_findings(table: Table, recipe: Recipe, sample: RowSample) -> Iterator[Finding]:
    """Yield columns that say the same as another."""
    looked = [c for c in table.columns if c.name != recipe.target and c.kind not in _NO_VALUES and _is_used(c, recipe)]
    for later, earlier in repeated_columns(sample, looked):
        # Of words and their codes, the words are kept.
        column, first = (earlier, later) if _is_code(earlier) and not _is_code(later) else (later, earlier)
        if recipe.role(first.name) != "input":
            continue
        same = sample.texts(column.index) == sample.texts(first.index)
        says = f"{column.name} {'repeats' if same else 'says in other words the same as'} {first.name}"
        done = recipe.role(column.name) == "ignore"
        role_offer = Offer(
            label="Use anyway" if done else "Ignore it", column=column.name, role="input" if done else "ignore"
        )
        yield Finding(
            kind="equal columns",
            columns=(column.name, first.name),
            sentence=says + (": ignored" if done else ""),
            severity="warning",
            done=done,
            offer=role_offer,
        )


def _is_code(column: Column) -> bool:
    return column.kind == "number" or column.code


def _is_used(column: Column, recipe: Recipe) -> bool:
    return column.reason is None or recipe.role(column.name) == "input"


def missing_findings(table: Table, recipe: Recipe) -> Iterator[Finding]:
    """Yield where values are missing and what stands in for them, and words that may not mean "missing"."""
    for column in table.columns:
        if column.name != recipe.target and _is_used(column, recipe):
            yield from _doubtful(table, column)
    holey = [table.column(name) for name in recipe.inputs if table.column(name).n_missing]
    if len(holey) <= _MOST_LINES:
        yield from (_missing(table, recipe, column) for column in holey)
        return
    cells = count(sum(column.n_missing for column in holey), "cell")
    names = tuple(column.name for column in holey)
    says = f"{listed(names)} have no value in {cells} in all: what usually stands there is put in"
    yield Finding(kind="missing", columns=names, sentence=says, severity="info", done=True)


def _doubtful(table: Table, column: Column) -> Iterator[Finding]:
    read_as = table.dialect.missing
    counts = dict(column.missing_words)
    words = column.doubtful_missing
    if words:
        named = listed([f"'{word}' ({format_number(counts.get(word, 0))}×)" for word in words])
        offer = Offer(
            label="Count it as a category", column=column.name, missing=tuple(w for w in read_as if w not in words)
        )
        says = f"{column.name}: {named} may be a category of its own, but is read as missing"
        yield Finding(kind="doubtful missing", columns=(column.name,), sentence=says, severity="warning", offer=offer)
    kept = [(word, n) for word, n in column.categories if word in MISSING_WORDS and word not in read_as]
    if kept and column.kind in ("category", "yes_no"):
        named = listed([f"'{word}' ({format_number(n)}×)" for word, n in kept])
        offer = Offer(label="Read it as missing", column=column.name, missing=(*read_as, *(word for word, _ in kept)))
        yield Finding(
            kind="doubtful missing",
            columns=(column.name,),
            sentence=f"{column.name} counts {named} as a category",
            severity="info",
            done=True,
            offer=offer,
        )


def _missing(table: Table, recipe: Recipe, column: Column) -> Finding:
    words = [(word, n) for word, n in column.missing_words if word]
    rows = f"{count(column.n_missing, 'row')} ({percent(column.n_missing / table.n_rows)})"
    says = f"{column.name} has no value in {rows}"
    if words:
        says += ": " + " · ".join(f"'{word}' {format_number(n)}×" for word, n in words[:_MOST_LINES])
    return Finding(kind="missing", columns=(column.name,), sentence=says, severity="info", done=True)


def category_findings(table: Table, recipe: Recipe) -> Iterator[Finding]:
    """Yield how many inputs categories and dates become."""
    plain: list[tuple[Column, int]] = []
    for name in recipe.inputs:
        column = table.column(name)
        labels = input_labels(column, recipe.plan(name))
        kind = treatment(column, recipe.plan(name))
        if kind == "date":
            yield _inform("date", (name,), f"{name} holds dates → {count(len(labels), 'input')}: {_parts(labels)}")
        elif kind == "category" and column.n_distinct > 2:
            uneven = _uneven_categories(column)
            if uneven:
                says = f"has {format_number(column.n_distinct)} categories, {uneven}"
                yield _inform("rare categories", (name,), f"{name} {says} → {count(len(labels), 'input')} (one-hot)")
            else:
                plain.append((column, len(labels)))
    if len(plain) <= _MOST_LINES:
        for column, n_inputs in plain:
            kind_of: FindingKind = "many categories" if n_inputs > _MANY_INPUTS else "one-hot"
            n_categories = format_number(column.n_distinct)
            says = f"{column.name} has {n_categories} categories → {count(n_inputs, 'input')} (one-hot)"
            yield _inform(kind_of, (column.name,), says)
    else:
        names = tuple(column.name for column, _ in plain)
        n_all = sum(n_inputs for _, n_inputs in plain)
        yield _inform("one-hot", names, f"{listed(names)} hold categories → {count(n_all, 'input')} (one-hot)")


def _inform(kind: FindingKind, names: tuple[str, ...], says: str) -> Finding:
    return Finding(kind=kind, columns=names, sentence=says, severity="info", done=True)


def _parts(labels: tuple[str, ...]) -> str:
    """The parts of a date without sine and cosine."""
    return listed(dict.fromkeys(label.removesuffix(" sin").removesuffix(" cos") for label in labels), most=_MOST_LINES)


def _uneven_categories(column: Column) -> str:
    """Which categories are put together as "other", or are so rare that little can be learned of them."""
    kept, has_other = kept_categories(dict(column.categories), column.n_distinct)
    if has_other:
        return f"the {format_number(column.n_distinct - len(kept))} rarest together as 'other'"
    scarce = sum(n < _FEW_ROWS for _, n in column.categories)
    if scarce == 0:
        return ""
    return f"{'all' if scarce == column.n_distinct else format_number(scarce)} of them in fewer than {_FEW_ROWS} rows"
