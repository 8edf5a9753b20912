"""Findings about columns that have two readings: which mark, day or month first, number or date, which century."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from ann_viz.data.advice.finding import MOST_LINES, Evidence, Finding, Offer, forms_with
from ann_viz.data.columns.column import Column
from ann_viz.data.encoding.date_parts import date_part, day_in_words
from ann_viz.data.files.counted_dates import EXCEL_DAYS, UNIX_MILLISECONDS, UNIX_SECONDS
from ann_viz.data.files.dialect import Dialect
from ann_viz.data.files.forms import is_date, is_duration
from ann_viz.data.files.numbers import parse_number
from ann_viz.data.tables.table import Table
from ann_viz.numerals import format_number, listed
from ann_viz.translation import translatable, translate

__all__ = ["counted_dates", "short_years", "two_readings"]

_COUNTED_IN: Final = {
    EXCEL_DAYS: translatable("{name} may hold dates, counted in days as spreadsheets do: {number} would be {date}"),
    UNIX_SECONDS: translatable("{name} may hold dates, counted in seconds since 1970: {number} would be {date}"),
    UNIX_MILLISECONDS: translatable(
        "{name} may hold dates, counted in milliseconds since 1970: {number} would be {date}"
    ),
}


def two_readings(evidence: Evidence) -> Iterator[Finding]:
    """Yield columns of which no cell decides what its marks mean, or which number is the day and which the month."""
    doubted = [column for column in evidence.table.columns if column.other_form and not _may_count_days(column)]
    for dates in (False, True):
        told = [(column, _example(evidence, column)) for column in doubted if is_date(column.form) == dates]
        open_to_doubt = [(column, example) for column, example in told if example is not None]
        if len(open_to_doubt) > MOST_LINES:
            yield _read_alike(evidence.table, open_to_doubt)
        else:
            yield from (_read_two_ways(evidence.table, column, example) for column, example in open_to_doubt)


def _read_two_ways(table: Table, column: Column, example: str) -> Finding:
    """What a cell of a column is read as, and what it may be."""
    read, other = (_shown(example, form, table.dialect) for form in (column.form, column.other_form))
    text = (
        translate("{name}: {example} is read as {read}, but no cell decides between day and month: it may be {other}")
        if is_date(column.form)
        else translate("{name}: {example} is read as {read} hours, but it may be {other} hours")
        if is_duration(column.form)
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
            forms=forms_with(table, {column.name: column.other_form}),
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
            forms=forms_with(table, {column.name: column.other_form for column, _ in told}),
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
    if is_date(form):
        return day_in_words(number)
    return format_number(number, ".4g" if is_duration(form) else ".10g")


def _may_count_days(column: Column) -> bool:
    return is_date(column.other_form) and not is_date(column.form)


def counted_dates(evidence: Evidence) -> Iterator[Finding]:
    """Yield numbers that may be dates as spreadsheets and computers count them."""
    for column in filter(_may_count_days, evidence.table.columns):
        example = _example(evidence, column)
        if example is not None:
            date = _shown(example, column.other_form, evidence.table.dialect)
            text = translate(_COUNTED_IN[column.other_form])
            offer = Offer(
                label=translate("Read it as a date"),
                then=translate("{name} is read as dates").format(name=column.name),
                column=column.name,
                forms=forms_with(evidence.table, {column.name: column.other_form}),
            )
            yield Finding(
                kind="counted dates",
                columns=(column.name,),
                sentence=text.format(name=column.name, number=example, date=date),
                severity="warning",
                offer=offer,
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
