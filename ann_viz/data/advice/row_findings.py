"""Findings about the rows: too few, too many, repeated, in the order of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ann_viz.data.advice.finding import Finding, Offer, count, percent
from ann_viz.data.columns.column import Column
from ann_viz.data.columns.words import TIME_NAMES, is_birth, name_words
from ann_viz.data.encoding.features import input_labels
from ann_viz.data.encoding.recipe import Recipe
from ann_viz.data.tables.sample import RowSample
from ann_viz.data.tables.table import Table
from ann_viz.numerals import format_number

__all__ = ["row_findings"]

MANY_ROWS: Final = 2_000_000
SAMPLE_ROWS: Final = 1_000_000
_FEW_TEST_ROWS: Final = 20  # one row more or less is then 5 % of the result
_FEWEST_MOMENTS: Final = 10
_FEWEST_ORDERED: Final = 20  # fewer rows may be in order by chance
_MOST_COMPARED: Final = 100_000  # rows; texts of more would fill the memory
_MANY_REPEATS: Final = 0.05


def row_findings(table: Table, recipe: Recipe, sample: RowSample) -> Iterator[Finding]:
    """Yield what is worth saying of the rows."""
    yield from _few_rows(table, recipe)
    yield from _many_inputs(table, recipe)
    yield from _many_rows(table, recipe)
    yield from _time_order(table, recipe)
    yield from _repeated_rows(table, sample)


def _few_rows(table: Table, recipe: Recipe) -> Iterator[Finding]:
    n_rows = table.n_rows - table.column(recipe.target).n_missing
    n_test = round(recipe.split.test * n_rows)
    if 0 < n_test < _FEW_TEST_ROWS:
        says = f"Only {n_test} of {count(n_rows, 'row')} {'is' if n_test == 1 else 'are'} left for the test"
        yield Finding(
            kind="few rows", columns=(), sentence=f"{says}: take its result as a rough guess", severity="warning"
        )


def _many_inputs(table: Table, recipe: Recipe) -> Iterator[Finding]:
    n_rows = table.n_rows - table.column(recipe.target).n_missing
    n_learned = round(recipe.split.train * min(n_rows, recipe.sample_rows or n_rows))
    n_inputs = sum(len(input_labels(table.column(name), recipe.plan(name))) for name in recipe.inputs)
    if n_inputs > n_learned > 0:
        says = (
            f"{count(n_inputs, 'input')}, but only {count(n_learned, 'row')} to learn from: a network may learn them "
            "by heart, so ignore columns that matter little"
        )
        yield Finding(kind="many inputs", columns=(), sentence=says, severity="warning")


def _many_rows(table: Table, recipe: Recipe) -> Iterator[Finding]:
    drawn = recipe.sample_rows
    if drawn is not None and drawn < table.n_rows:
        says = f"Learns from {format_number(drawn)} of {format_number(table.n_rows)} rows, drawn at random"
        offer = Offer(label="Learn from all rows", sample_rows=0)
        yield Finding(kind="many rows", columns=(), sentence=says, severity="info", done=True, offer=offer)
    elif table.n_rows > MANY_ROWS:
        part = _part(round(table.n_rows / SAMPLE_ROWS))
        advice = f"{format_number(SAMPLE_ROWS)} drawn at random teach almost as much in a {part} of the time"
        says = f"{format_number(table.n_rows)} rows: {advice}"
        offer = Offer(label=f"Learn from {format_number(SAMPLE_ROWS)} rows", sample_rows=SAMPLE_ROWS)
        yield Finding(kind="many rows", columns=(), sentence=says, severity="warning", offer=offer)


def _part(times: int) -> str:
    words = {3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth"}
    return words.get(times, "tenth" if times < 15 else "fraction")


def _time_order(table: Table, recipe: Recipe) -> Iterator[Finding]:
    chosen = recipe.split.by_time
    if chosen is not None:
        yield Finding(
            kind="time order",
            columns=(chosen,),
            sentence=f"{chosen} divides the rows: the earliest are learned from, the latest are the test",
            severity="info",
            done=True,
            offer=Offer(label="Split at random", split=replace(recipe.split, by_time=None)),
        )
        return
    clocks = [column for column in table.columns if column.name != recipe.target and _tells_time(column, table.n_rows)]
    if not clocks:
        return
    clock = max(clocks, key=lambda column: (column.ascending, column.kind == "date", -column.index))
    if clock.ascending:
        says = f"{clock.name} runs in order from row to row: test on the latest rows, as you will use it"
    else:
        says = f"{clock.name} tells when: to foresee what comes, test on the latest rows"
    yield Finding(
        kind="time order",
        columns=(clock.name,),
        sentence=says,
        severity="warning" if clock.ascending and clock.kind == "date" else "info",
        offer=Offer(label="Split by time", split=replace(recipe.split, by_time=clock.name)),
    )


def _tells_time(column: Column, n_rows: int) -> bool:
    """Whether a column says when its row was written: dates in order or named so, or numbers both."""
    if n_rows < _FEWEST_ORDERED or is_birth(column.name):
        return False
    named = not TIME_NAMES.isdisjoint(name_words(column.name))
    if column.kind == "date":
        return column.n_distinct >= _FEWEST_MOMENTS and (column.ascending or named)
    return column.kind == "number" and column.ascending and named and not column.n_missing


def _repeated_rows(table: Table, sample: RowSample) -> Iterator[Finding]:
    if any(column.n_distinct == table.n_rows for column in table.columns) and table.n_rows <= _MOST_COMPARED:
        return  # a column that differs in every row spares the comparing
    if sample.complete or table.n_rows > _MOST_COMPARED:
        n_looked, n_different = sample.n_rows, sample.n_different_rows()
    else:
        n_looked, n_different = table.n_rows, len(set(table.rows()))
    repeats = n_looked - n_different
    if repeats == 0:
        return
    of = f"of {count(n_looked, 'row')}" + ("" if n_looked == table.n_rows else " looked at")
    verb = "repeats" if repeats == 1 else "repeat"
    many = repeats > _MANY_REPEATS * n_looked
    why = ": some are learned and tested alike" if many else ""
    yield Finding(
        kind="duplicate rows",
        columns=(),
        sentence=f"{format_number(repeats)} {of} ({percent(repeats / n_looked)}) {verb} an earlier one exactly{why}",
        severity="info",
    )
