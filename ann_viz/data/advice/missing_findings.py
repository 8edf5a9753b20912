"""Findings about cells without a value: how many there are, and words that may not mean "missing"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from ann_viz.data.advice.finding import MOST_LINES, Evidence, Finding, Offer, in_lines
from ann_viz.data.columns.column import Column
from ann_viz.data.files.dialect import MISSING_WORDS, Dialect
from ann_viz.numerals import count, counted, format_number, listed, percent_in_words
from ann_viz.translation import translate

__all__ = ["doubtful_missing", "missing_values", "missing_words"]

_MOST_WORDS: Final = 5  # in a line


def missing_values(evidence: Evidence) -> Iterator[Finding]:
    """Yield where cells are blank; odd ones have a finding of theirs."""
    table = evidence.table
    holey = [column for column in map(table.column, evidence.recipe.inputs) if column.n_blank]
    if len(holey) <= MOST_LINES:
        for column in holey:
            yield _inform((column.name,), _how_often(column, table.n_rows))
        return
    names = tuple(column.name for column in holey)
    text = translate("{names} have no value in {cells} in all: what usually stands there is put in")
    cells = count(sum(column.n_blank for column in holey), "cell")
    yield _inform(names, text.format(names=listed(names), cells=cells))


def _inform(names: tuple[str, ...], says: str) -> Finding:
    return Finding(kind="missing", columns=names, sentence=says, severity="info", done=True)


def missing_words(column: Column) -> str:
    """Return the words of a column that mean "no value", with how often each occurs; empty where cells are blank."""
    words = [(word, n) for word, n in column.missing_words if word]
    return " · ".join(f"'{word}' {format_number(n)}×" for word, n in words[:_MOST_WORDS])


def _how_often(column: Column, n_rows: int) -> str:
    words = missing_words(column)
    text = (
        translate("{name} has no value in {rows} ({share}): {words}")
        if words
        else translate("{name} has no value in {rows} ({share})")
    )
    return text.format(
        name=column.name,
        rows=count(column.n_blank, "row"),
        share=percent_in_words(column.n_blank / n_rows),
        words=words,
    )


def doubtful_missing(evidence: Evidence) -> Iterator[Finding]:
    """Yield words read as "missing" that may be a category, and those that were kept as one."""
    table, recipe = evidence.table, evidence.recipe
    kept: list[tuple[Column, list[tuple[str, int]]]] = []
    for column in table.columns:
        if column.reason is not None and recipe.role(column.name) == "ignore":
            continue
        if column.doubtful_missing:
            yield _doubtful(column, table.dialect)
        found = [(word, n) for word, n in column.categories if word in table.dialect.missing]
        found += [(word, n) for word, n in column.categories if word in MISSING_WORDS and (word, n) not in found]
        if found and column.kind in ("category", "yes_no"):
            kept.append((column, found))
    for told in in_lines(kept):
        yield _kept(told, table.dialect, asked=table.detected >= {"missing", "kept_words"})


def _doubtful(column: Column, dialect: Dialect) -> Finding:
    """Words of a column that are read as "missing", though they may be a value."""
    counts, words = dict(column.missing_words), column.doubtful_missing
    text = translate("{name}: {words} may be a category of its own, but is read as missing")
    added = tuple((column.name, word) for word in words)
    return Finding(
        kind="doubtful missing",
        columns=(column.name,),
        sentence=text.format(name=column.name, words=_with_counts((word, counts.get(word, 0)) for word in words)),
        severity="warning",
        offer=Offer(
            label=translate("Count it as a category"),
            then=translate("{name} counts {words} as a category").format(
                name=column.name, words=listed(f"'{word}'" for word in words)
            ),
            column=column.name,
            kept_words=(*dialect.kept_words, *added),
        ),
    )


def _kept(told: list[tuple[Column, list[tuple[str, int]]]], dialect: Dialect, *, asked: bool) -> Finding:
    """Words that usually mean "missing", and are values of some columns; a question where the user did not say so."""
    names = tuple(column.name for column, _ in told)
    words = Counter({word: n for _, found in told for word, n in found})
    named = _with_counts(told[0][1]) if len(told) == 1 else listed(f"'{word}'" for word in words)
    return Finding(
        kind="doubtful missing",
        columns=names,
        sentence=counted(
            "{names} counts {words} as a category of its own, though it often means missing",
            "{names} count {words} as a category of their own, though it often means missing",
            len(told),
            names=listed(names),
            words=named,
        ),
        severity="warning" if asked else "info",
        done=True,
        offer=Offer(
            label=translate("Read it as missing"),
            then=translate("{names}: {words} is read as missing").format(
                names=listed(names), words=listed(f"'{word}'" for word in words)
            ),
            column=names[0],
            also=names[1:],
            kept_words=tuple(
                (name, word) for name, word in dialect.kept_words if name not in names or word not in words
            ),
            missing=None if set(words) <= set(dialect.missing) else (*dialect.missing, *words),
        ),
    )


def _with_counts(words: Iterable[tuple[str, int]]) -> str:
    return listed(f"'{word}' ({format_number(n)}×)" for word, n in words)
