"""Findings about cells without a value: how many there are, and words that may not mean "missing"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ann_viz.data.advice.finding import Evidence, Finding, Offer
from ann_viz.data.columns.column import Column
from ann_viz.data.files.dialect import MISSING_WORDS
from ann_viz.numerals import count, format_number, listed, percent_in_words
from ann_viz.translation import translate

__all__ = ["doubtful_missing", "missing_values"]

_MOST_LINES: Final = 5  # of columns, before they are told in one line; of words in a line


def missing_values(evidence: Evidence) -> Iterator[Finding]:
    """Yield where cells are blank; odd ones have a finding of theirs."""
    table = evidence.table
    holey = [column for column in map(table.column, evidence.recipe.inputs) if column.n_blank]
    if len(holey) <= _MOST_LINES:
        for column in holey:
            yield _inform((column.name,), _how_often(column, table.n_rows))
        return
    names = tuple(column.name for column in holey)
    text = translate("{names} have no value in {cells} in all: what usually stands there is put in")
    cells = count(sum(column.n_blank for column in holey), "cell")
    yield _inform(names, text.format(names=listed(names), cells=cells))


def _inform(names: tuple[str, ...], says: str) -> Finding:
    return Finding(kind="missing", columns=names, sentence=says, severity="info", done=True)


def _how_often(column: Column, n_rows: int) -> str:
    words = [(word, n) for word, n in column.missing_words if word]
    text = (
        translate("{name} has no value in {rows} ({share}): {words}")
        if words
        else translate("{name} has no value in {rows} ({share})")
    )
    return text.format(
        name=column.name,
        rows=count(column.n_blank, "row"),
        share=percent_in_words(column.n_blank / n_rows),
        words=" · ".join(f"'{word}' {format_number(n)}×" for word, n in words[:_MOST_LINES]),
    )


def doubtful_missing(evidence: Evidence) -> Iterator[Finding]:
    """Yield words read as "missing" that may be a category, and the other way round."""
    recipe = evidence.recipe
    for column in evidence.table.columns:
        used = column.reason is None or recipe.role(column.name) == "input"
        if used or column.name == recipe.target:
            yield from _doubtful(column, evidence.table.dialect.missing)


def _doubtful(column: Column, read_as: tuple[str, ...]) -> Iterator[Finding]:
    counts, words = dict(column.missing_words), column.doubtful_missing
    if words:
        text = translate("{name}: {words} may be a category of its own, but is read as missing")
        named = _with_counts((word, counts.get(word, 0)) for word in words)
        others = tuple(word for word in read_as if word not in words)
        yield Finding(
            kind="doubtful missing",
            columns=(column.name,),
            sentence=text.format(name=column.name, words=named),
            severity="warning",
            offer=Offer(label=translate("Count it as a category"), column=column.name, missing=others),
        )
    kept = [(word, n) for word, n in column.categories if word in MISSING_WORDS and word not in read_as]
    if kept and column.kind in ("category", "yes_no"):
        more = (*read_as, *(word for word, _ in kept))
        yield Finding(
            kind="doubtful missing",
            columns=(column.name,),
            sentence=translate("{name} counts {words} as a category").format(
                name=column.name, words=_with_counts(kept)
            ),
            severity="info",
            done=True,
            offer=Offer(label=translate("Read it as missing"), column=column.name, missing=more),
        )


def _with_counts(words: Iterable[tuple[str, int]]) -> str:
    return listed(f"'{word}' ({format_number(n)}×)" for word, n in words)
