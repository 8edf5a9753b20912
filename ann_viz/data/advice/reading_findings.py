"""Findings about how cells were read: odd ones among numbers, numbers with two readings, one value in two spellings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from ann_viz.data.advice.finding import Evidence, Finding, Offer
from ann_viz.data.columns.column import Column
from ann_viz.data.encoding.date_parts import date_part, day_in_words
from ann_viz.data.files.dialect import Dialect
from ann_viz.data.files.forms import AS_TEXT, is_date, without, without_none
from ann_viz.data.files.numbers import parse_number
from ann_viz.data.tables.table import Table
from ann_viz.numerals import at_most_four_digits, count, counted, format_number, listed, percent_in_words
from ann_viz.printable import printable
from ann_viz.translation import translate

__all__ = ["absent_numbers", "checkboxes", "odd_cells", "sentinels", "short_years", "spellings", "two_readings"]

_MOST_LINES: Final = 5
_LARGE_SHARE: Final = 0.1
_WIDEST: Final = 20  # characters of a cell quoted in a sentence


def odd_cells(evidence: Evidence) -> Iterator[Finding]:
    """Yield the cells that don't fit in columns of numbers, dates, or yes and no, with the row of the first."""
    for column in evidence.table.columns:
        if not column.n_odd:
            continue
        target = column.name == evidence.recipe.target
        one = column.n_odd == 1
        left_out = translate("its row is left out") if one else translate("their rows are left out")
        are = translate("{cells} is") if one else translate("{cells} are")
        no = next((text for text, _ in column.categories if text != column.positive), "")
        yield Finding(
            kind="odd cells",
            columns=(column.name,),
            sentence=_holds(column).format(
                name=column.name,
                yes=printable(column.positive or "", _WIDEST),
                no=printable(no, _WIDEST),
                cells=are.format(cells=_how_many(column, evidence.table.n_rows)),
                odd=_odd_texts(column),
                treated=left_out if target else translate("read as missing"),
            ),
            severity="warning",
            done=True,
            offer=Offer(
                label=translate("Treat as text"),
                column=column.name,
                forms=_forms(evidence.table, {column.name: AS_TEXT}),
            ),
        )


def _holds(column: Column) -> str:
    """The sentence about what a column holds and its odd cells are not, to be filled in."""
    if column.kind == "yes_no":
        return translate("{name} holds '{yes}' and '{no}', but {cells} neither: {odd}: {treated}")
    if is_date(column.form):
        return translate("{name} holds dates, but {cells} no date: {odd}: {treated}")
    return translate("{name} holds numbers, but {cells} no number: {odd}: {treated}")


def _how_many(column: Column, n_rows: int) -> str:
    """How many cells are odd, and which share where it is large."""
    cells, share = count(column.n_odd, "cell"), column.n_odd / n_rows
    text = translate("{cells} ({share})")
    return cells if share <= _LARGE_SHARE else text.format(cells=cells, share=percent_in_words(share))


def _odd_texts(column: Column) -> str:
    """The most common odd texts, how often each occurs and in which row first."""
    told = []
    for cell in column.odd_cells[:_MOST_LINES]:
        one, row = printable(cell.text, _WIDEST), format_number(cell.first_row + 1)
        told.append(
            counted("'{text}' (row {row})", "'{text}' ({n}×, first in row {row})", cell.count, text=one, row=row)
        )
    left = column.n_odd - sum(cell.count for cell in column.odd_cells[:_MOST_LINES])
    return ", ".join([*told, translate("and {n} more").format(n=format_number(left))] if left else told)


def two_readings(evidence: Evidence) -> Iterator[Finding]:
    """Yield columns of which no cell decides what its marks mean, or which number is the day and which the month."""
    doubted = [column for column in evidence.table.columns if column.other_form]
    for dates in (False, True):
        told = [(column, _example(evidence, column)) for column in doubted if is_date(column.form) == dates]
        open_to_doubt = [(column, example) for column, example in told if example is not None]
        if len(open_to_doubt) > _MOST_LINES:
            yield _read_alike(evidence.table, open_to_doubt)
        else:
            yield from (_read_two_ways(evidence.table, column, example) for column, example in open_to_doubt)


def _read_two_ways(table: Table, column: Column, example: str) -> Finding:
    """What a cell of a column is read as, and what it may be."""
    read, other = (_shown(example, form, table.dialect) for form in (column.form, column.other_form))
    text = (
        translate("{name}: {example} is read as {read}, but no cell decides between day and month: it may be {other}")
        if is_date(column.form)
        else translate("{name}: {example} is read as {read} ({evidence}), but it may be {other}")
    )
    return Finding(
        kind="two readings",
        columns=(column.name,),
        sentence=text.format(name=column.name, example=example, read=read, other=other, evidence=column.evidence),
        severity="warning",
        offer=Offer(
            label=translate("Read it as {other}").format(other=other),
            column=column.name,
            forms=_forms(table, {column.name: column.other_form}),
        ),
    )


def _read_alike(table: Table, told: list[tuple[Column, str]]) -> Finding:
    """Many columns with two readings in one sentence, with a cell of the first for an example."""
    names = tuple(column.name for column, _ in told)
    first, example = told[0]
    read, other = (_shown(example, form, table.dialect) for form in (first.form, first.other_form))
    text = translate("{names} can be read in two ways: {example} is read as {read}, but it may be {other}")
    return Finding(
        kind="two readings",
        columns=names,
        sentence=text.format(names=listed(names), example=example, read=read, other=other),
        severity="warning",
        offer=Offer(
            label=translate("Read them the other way"),
            past=translate("read the other way"),
            column=names[0],
            also=names[1:],
            forms=_forms(table, {column.name: column.other_form for column, _ in told}),
        ),
    )


def _example(evidence: Evidence, column: Column) -> str | None:
    """The first cell that differs in the two readings."""
    dialect = evidence.table.dialect
    for text in evidence.sample.texts(column.index):
        if text is not None:
            read, other = (parse_number(text, form, dialect) for form in (column.form, column.other_form))
            if read != other and read == read and other == other:
                return text
    return None


def _shown(text: str, form: str, dialect: Dialect) -> str:
    number = parse_number(text, form, dialect)
    return day_in_words(number) if is_date(form) else format_number(number, ".10g")


def sentinels(evidence: Evidence) -> Iterator[Finding]:
    """Yield numbers and dates that repeat far from all others, in the inputs and the target."""
    recipe, table = evidence.recipe, evidence.table
    used = [table.column(name) for name in (recipe.target, *recipe.inputs)]
    found = [column for column in used if column.sentinels and not (column.kind == "number" and column.code)]
    label = translate("Read it as missing")
    if len(found) > _MOST_LINES:
        names = tuple(column.name for column in found)
        values = dict.fromkeys(_value(column, number) for column in found for number, _ in column.sentinels)
        text = translate("{names} are {values} in some rows, far from all other values: that may mean missing")
        offer = Offer(label=label, column=names[0], also=names[1:], forms=_forms(table, dict(map(_absent, found))))
        says = text.format(names=listed(names), values=listed(values))
        yield Finding(kind="sentinel", columns=names, sentence=says, severity="warning", offer=offer)
        return
    for column in found:
        text = translate("{name} is {values}, far from all other values: that may mean missing")
        values_text = listed(
            translate("{value} in {rows} ({share})").format(
                value=_value(column, number), rows=count(n, "row"), share=percent_in_words(n / table.n_rows)
            )
            for number, n in column.sentinels
        )
        yield Finding(
            kind="sentinel",
            columns=(column.name,),
            sentence=text.format(name=column.name, values=values_text),
            severity="warning",
            offer=Offer(label=label, column=column.name, forms=_forms(table, dict([_absent(column)]))),
        )


def _absent(column: Column) -> tuple[str, str]:
    return column.name, without(column.form, (number for number, _ in column.sentinels))


def _value(column: Column, number: float) -> str:
    return (
        day_in_words(number)
        if is_date(column.form)
        else at_most_four_digits(number)
        if abs(number) < 1e4
        else f"{number:.0f}"
    )


def absent_numbers(evidence: Evidence) -> Iterator[Finding]:
    """Yield numbers and dates that are read as missing because the user said so, with the way back."""
    table, target = evidence.table, evidence.recipe.target
    found = [column for column in table.columns if any(n for _, n in column.absent)]
    for columns in [found] if len(found) > _MOST_LINES else [[column] for column in found]:
        values = dict.fromkeys(_value(column, number) for column in columns for number, n in column.absent if n)
        n_cells = sum(n for column in columns for _, n in column.absent)
        names = tuple(column.name for column in columns)
        says = counted(
            "{names}: {values} is read as missing ({cells})",
            "{names}: {values} are read as missing ({cells})",
            len(values),
            names=listed(names),
            values=listed(values),
            cells=count(n_cells, "row" if len(columns) == 1 else "cell"),
        )
        yield Finding(
            kind="absent",
            columns=names,
            sentence=translate("{sentence}, left out").format(sentence=says) if names == (target,) else says,
            severity="info",
            done=True,
            offer=Offer(
                label=counted("Count it as a value", "Count them as values", len(values)),
                column=names[0],
                also=names[1:],
                forms=_forms(table, {column.name: without_none(column.form) for column in columns}),
            ),
        )


def short_years(evidence: Evidence) -> Iterator[Finding]:
    """Yield dates with two-digit years, and the years they were taken for."""
    for column in evidence.table.columns:
        if column.kind == "date" and "%y" in column.form:
            text = translate("{name} has years with two digits, read as {first} to {last}")
            years = date_part(np.array([column.minimum, column.maximum]), "year")
            first, last = (f"{year:.0f}" for year in years)
            says = text.format(name=column.name, first=first, last=last)
            yield Finding(kind="short years", columns=(column.name,), sentence=says, severity="info", done=True)


def spellings(evidence: Evidence) -> Iterator[Finding]:
    """Yield values that are written in several ways and read as one."""
    for column in evidence.table.columns:
        if not column.spellings:
            continue
        told = [
            translate("'{text}' ({n}×) as '{common}'").format(
                text=printable(text, _WIDEST), n=format_number(n), common=printable(common, _WIDEST)
            )
            for text, common, n in column.spellings
        ]
        yield Finding(
            kind="spellings",
            columns=(column.name,),
            sentence=translate("{name} has one value in several spellings and reads {told}").format(
                name=column.name, told=listed(told, most=_MOST_LINES)
            ),
            severity="warning",
            done=True,
            offer=Offer(
                label=translate("Keep them apart"),
                column=column.name,
                forms=_forms(evidence.table, {column.name: AS_TEXT}),
            ),
        )


def checkboxes(evidence: Evidence) -> Iterator[Finding]:
    """Yield columns of marks, whose empty cells are taken for a no; of a target, they may be answers nobody knows."""
    table, target = evidence.table, evidence.recipe.target
    for column in table.columns:
        if column.blank is not None:
            n_blank = dict(column.categories)[column.blank]
            text = translate("{name} holds '{mark}' or nothing: an empty cell counts as '{no}' ({rows})")
            says = text.format(
                name=column.name, mark=printable(column.positive or ""), no=column.blank, rows=count(n_blank, "row")
            )
            yield Finding(
                kind="checkbox",
                columns=(column.name,),
                sentence=says,
                severity="warning" if column.name == target else "info",
                done=True,
                offer=Offer(
                    label=translate("Read empty cells as missing"),
                    column=column.name,
                    forms=_forms(table, {column.name: AS_TEXT}),
                ),
            )


def _forms(table: Table, changed: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What the user said of all columns, with what changes."""
    return tuple((dict(table.dialect.forms) | dict(changed)).items())
