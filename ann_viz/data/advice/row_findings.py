"""Findings about the rows: too few, too many, repeated, in the order of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ann_viz.data.advice.finding import Evidence, Finding, Offer
from ann_viz.data.columns.column import Column
from ann_viz.data.columns.words import TIME_NAMES, is_birth, name_words
from ann_viz.data.encoding.features import input_labels
from ann_viz.numerals import count, counted, format_number, percent_in_words
from ann_viz.translation import translatable, translate

__all__ = ["few_rows", "many_inputs", "many_rows", "repeated_rows", "time_order"]

MANY_ROWS: Final = 2_000_000
SAMPLE_ROWS: Final = 1_000_000
_PARTS: Final = {
    2: translatable("half"),
    3: translatable("a third"),
    4: translatable("a quarter"),
    5: translatable("a fifth"),
    6: translatable("a sixth"),
    7: translatable("a seventh"),
    8: translatable("an eighth"),
    9: translatable("a ninth"),
}
_FEW_TEST_ROWS: Final = 20  # one row more or less is then 5 % of the result
_FEWEST_MOMENTS: Final = 10
_FEWEST_ORDERED: Final = 20  # fewer rows may be in order by chance
_MOST_COMPARED: Final = 100_000  # rows; texts of more would fill the memory
_MANY_REPEATS: Final = 0.05


def few_rows(evidence: Evidence) -> Iterator[Finding]:
    """Yield that a test on so few rows says little."""
    n_rows = _n_usable(evidence)
    n_test = round(evidence.recipe.split.test * n_rows)
    if 0 < n_test < _FEW_TEST_ROWS:
        says = counted(
            "Only {n} of {rows} is left for the test: take its result as a rough guess",
            "Only {n} of {rows} are left for the test: take its result as a rough guess",
            n_test,
            rows=count(n_rows, "row"),
        )
        yield Finding(kind="few rows", columns=(), sentence=says, severity="warning")


def many_inputs(evidence: Evidence) -> Iterator[Finding]:
    """Yield that there are more inputs than rows to learn from."""
    table, recipe = evidence.table, evidence.recipe
    n_rows = _n_usable(evidence)
    n_learned = round(recipe.split.train * min(n_rows, recipe.sample_rows or n_rows))
    n_inputs = sum(len(input_labels(table.column(name), recipe.plan(name))) for name in recipe.inputs)
    if n_inputs > n_learned > 0:
        text = translate(
            "{inputs}, but only {rows} to learn from: a network may learn them by heart, "
            "so ignore columns that matter little"
        )
        says = text.format(inputs=count(n_inputs, "input"), rows=count(n_learned, "row"))
        yield Finding(kind="many inputs", columns=(), sentence=says, severity="warning")


def _n_usable(evidence: Evidence) -> int:
    table, recipe = evidence.table, evidence.recipe
    odd = tuple(name for name in recipe.inputs if recipe.plan(name).leave_out_odd)
    return table.n_rows - table.column(recipe.target).n_missing - table.n_odd_rows(odd, recipe.target)


def many_rows(evidence: Evidence) -> Iterator[Finding]:
    """Yield that a part of the rows is learned from, or would do."""
    n_rows, drawn = evidence.table.n_rows, evidence.recipe.sample_rows
    if drawn is not None and drawn < n_rows:
        text = translate("Learns from {n} of {rows}, drawn at random")
        says = text.format(n=format_number(drawn), rows=count(n_rows, "row"))
        offer = Offer(label=translate("Learn from all rows"), sample_rows=0)
        yield Finding(kind="many rows", columns=(), sentence=says, severity="info", done=True, offer=offer)
    elif n_rows > MANY_ROWS:
        text = translate("{rows}: {n} drawn at random teach almost as much in {part} of the time")
        n_drawn = format_number(SAMPLE_ROWS)
        says = text.format(rows=count(n_rows, "row"), n=n_drawn, part=_part(round(n_rows / SAMPLE_ROWS)))
        label = translate("Learn from {rows}").format(rows=count(SAMPLE_ROWS, "row"))
        offer = Offer(label=label, sample_rows=SAMPLE_ROWS)
        yield Finding(kind="many rows", columns=(), sentence=says, severity="warning", offer=offer)


def _part(times: int) -> str:
    if times in _PARTS:
        return translate(_PARTS[times])
    return translate("a tenth") if times < 15 else translate("a fraction")


def time_order(evidence: Evidence) -> Iterator[Finding]:
    """Yield the column by whose time the rows could be divided, or are."""
    table, recipe = evidence.table, evidence.recipe
    chosen = recipe.split.by_time
    if chosen is not None:
        text = translate("{name} divides the rows: the earliest are learned from, the latest are the test")
        yield Finding(
            kind="time order",
            columns=(chosen,),
            sentence=text.format(name=chosen),
            severity="info",
            done=True,
            offer=Offer(label=translate("Split at random"), split=replace(recipe.split, by_time=None)),
        )
        return
    clocks = [column for column in table.columns if column.name != recipe.target and _tells_time(column, table.n_rows)]
    if not clocks:
        return
    clock = max(clocks, key=lambda column: (column.ascending, column.kind == "date", -column.index))
    text = (
        translate("{name} runs in order from row to row: test on the latest rows, as you will use it")
        if clock.ascending
        else translate("{name} tells when: to foresee what comes, test on the latest rows")
    )
    yield Finding(
        kind="time order",
        columns=(clock.name,),
        sentence=text.format(name=clock.name),
        severity="warning" if clock.ascending and clock.kind == "date" else "info",
        offer=Offer(label=translate("Split by time"), split=replace(recipe.split, by_time=clock.name)),
    )


def _tells_time(column: Column, n_rows: int) -> bool:
    """Whether a column says when its row was written: dates in order or named so, or numbers both."""
    if n_rows < _FEWEST_ORDERED or is_birth(column.name):
        return False
    named = not TIME_NAMES.isdisjoint(name_words(column.name))
    if column.kind == "date":
        return column.n_distinct >= _FEWEST_MOMENTS and (column.ascending or named)
    return column.kind == "number" and column.ascending and named and not column.n_missing


def repeated_rows(evidence: Evidence) -> Iterator[Finding]:
    """Yield how many rows repeat an earlier one."""
    table = evidence.table
    if any(column.n_distinct == table.n_rows for column in table.columns) and table.n_rows <= _MOST_COMPARED:
        return  # a column that differs in every row spares the comparing
    if evidence.sample.complete or table.n_rows > _MOST_COMPARED:
        n_looked, n_different = evidence.sample.n_rows, evidence.sample.n_different_rows()
    else:
        n_looked, n_different = table.n_rows, len(set(table.rows()))
    if n_different == n_looked:
        return
    says = _repeats(n_looked - n_different, n_looked, all_rows=n_looked == table.n_rows)
    split = evidence.recipe.split
    if split.together:
        says = translate("{sentence}: equal rows stay together").format(sentence=says)
        offer = Offer(label=translate("Divide them all"), split=replace(split, together=False))
        yield Finding(kind="duplicate rows", columns=(), sentence=says, severity="info", done=True, offer=offer)
        return
    many = n_looked - n_different > _MANY_REPEATS * n_looked
    if many:
        says = translate("{sentence}: some are learned and tested alike").format(sentence=says)
    label = translate("Keep equal rows together")
    together = Offer(label=label, split=replace(split, together=True))
    is_offered = many and table.n_rows <= _MOST_COMPARED
    yield Finding(
        kind="duplicate rows", columns=(), sentence=says, severity="info", offer=together if is_offered else None
    )


def _repeats(n_repeats: int, n_looked: int, *, all_rows: bool) -> str:
    looked = count(n_looked, "row")
    return counted(
        "{n} of {rows} ({share}) repeats an earlier one exactly",
        "{n} of {rows} ({share}) repeat an earlier one exactly",
        n_repeats,
        rows=looked if all_rows else translate("{rows} looked at").format(rows=looked),
        share=percent_in_words(n_repeats / n_looked),
    )
