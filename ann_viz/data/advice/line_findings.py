"""Findings about the lines of the file: those left out and why, sums among the rows, a second table, stray bytes."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

import numpy as np

from ann_viz.data.advice.finding import Evidence, Finding, Offer
from ann_viz.data.columns.column import Column
from ann_viz.data.files.header import is_value, typed_columns
from ann_viz.data.files.idle_rows import TOTAL_WORDS, LeftOut, WhyLeftOut, is_total
from ann_viz.data.tables.table import Table
from ann_viz.numerals import count, counted, format_number, listed
from ann_viz.translation import translatable, translate

__all__ = [
    "dropped_columns",
    "left_out",
    "lines_told",
    "other_tables",
    "sheets",
    "stray_bytes",
    "stray_bytes_told",
    "total_rows",
    "totals",
]

_WHY: Final[dict[WhyLeftOut, str]] = {
    "above": translatable("{lines} above the table left out ({places})"),
    "below header": translatable("{lines} of units or further names below the header left out ({places})"),
    "header again": translatable("{lines} with the names of the columns again left out ({places})"),
    "dashes": translatable("{lines} of dashes left out ({places})"),
    "empty": translatable("{lines} of delimiters only at the end left out ({places})"),
    "note": translatable("{lines} of remarks below the table left out ({places})"),
    "total": translatable("{rows} of totals left out ({places})"),
}
_SHOWN_LINES: Final = 3
_ROUNDED: Final = 1e-6  # of a sum
_SHOWN_LABEL: Final = 20
_MOST_TOTALS: Final = 1000
_SEARCHED_ROWS: Final = 2_000_000
_SEARCHED_COLUMNS: Final = 2
_HEAD_ROWS: Final = 300
_READ_ROWS: Final = 20_000


def left_out(evidence: Evidence) -> Iterator[Finding]:
    """Yield which lines of the file are no rows of the table."""
    for lines in evidence.table.left_out:
        if lines.kind != "total":
            yield Finding(kind="lines left out", columns=(), sentence=lines_told(lines), severity="info", done=True)


def lines_told(lines: LeftOut) -> str:
    """Return which lines of one kind are no rows of the table, as a sentence."""
    return translate(_WHY[lines.kind]).format(
        lines=count(lines.n, "line"), rows=count(lines.n, "row"), places=_places(lines)
    )


def _places(lines: LeftOut) -> str:
    """Name the first lines, or the run they are."""
    numbers = lines.lines
    if lines.n > 1 and numbers[-1] - numbers[0] == lines.n - 1:
        return translate("lines {first} to {last}").format(
            first=format_number(numbers[0]), last=format_number(numbers[-1])
        )
    return _listed(numbers, lines.n)


def _listed(numbers: Sequence[int], n: int) -> str:
    shown = ", ".join(format_number(number) for number in numbers[:_SHOWN_LINES])
    return counted("line {lines}", "lines {lines}", n, lines=f"{shown} …" if n > _SHOWN_LINES else shown)


def dropped_columns(evidence: Evidence) -> Iterator[Finding]:
    """Yield how many columns without a name and a cell are not shown."""
    dropped = evidence.table.dropped_columns
    if dropped:
        text = translate("{columns} at the end without a name or a value left out")
        says = text.format(columns=count(len(dropped), "column"))
        yield Finding(kind="columns left out", columns=(), sentence=says, severity="info", done=True)


def sheets(evidence: Evidence) -> Iterator[Finding]:
    """Yield which sheet of a spreadsheet is read, where there are others, merged cells, and hidden rows."""
    book = evidence.table.workbook
    if book is None:
        return
    others = [name for name in book.sheets if name != book.sheet]
    if others:
        text = translate("Sheet {sheet} is read; left aside: {names}")
        says = text.format(sheet=book.sheet, names=listed(others))
        yield Finding(kind="sheets", columns=(), sentence=says, severity="info", done=True)
    if book.n_merged:
        text = translate("{cells}: the value counts for the upper left cell, the others are empty")
        says = text.format(cells=count(book.n_merged, "merged cell"))
        yield Finding(kind="sheets", columns=(), sentence=says, severity="info")
    if book.n_hidden:
        says = counted(
            "{n} hidden row of the sheet is read like the others",
            "{n} hidden rows of the sheet are read like the others",
            book.n_hidden,
        )
        yield Finding(kind="sheets", columns=(), sentence=says, severity="info")


def stray_bytes(evidence: Evidence) -> Iterator[Finding]:
    """Yield the lines with bytes that are no text."""
    lines = evidence.table.bad_bytes
    if lines:
        says = stray_bytes_told(lines, evidence.table.dialect.encoding)
        yield Finding(kind="stray bytes", columns=(), sentence=says, severity="warning")


def stray_bytes_told(lines: Sequence[int], encoding: str) -> str:
    """Return which lines have bytes that are no text, as a sentence."""
    text = translate("{lines} with bytes that are not {encoding} text, shown as � or dropped ({places})")
    places = _listed(lines, len(lines))
    return text.format(lines=count(len(lines), "line"), encoding=encoding.upper(), places=places)


def totals(evidence: Evidence) -> Iterator[Finding]:
    """Yield the rows that are sums of others, which a network should not learn from."""
    table = evidence.table
    done = next((lines for lines in table.left_out if lines.kind == "total"), None)
    if done is not None:
        offer = Offer(label=translate("Keep them"), totals="keep")
        yield Finding(kind="totals", columns=(), sentence=lines_told(done), severity="info", done=True, offer=offer)
        return
    found = total_rows(table)
    if found:
        named = ", ".join(
            translate("row {n} ({label})").format(n=format_number(row + 1), label=label[:_SHOWN_LABEL])
            for row, label in found[:_SHOWN_LINES]
        )
        more = " …" if len(found) > _SHOWN_LINES else ""
        says = counted(
            "{n} row looks like a total of others: {named}",
            "{n} rows look like totals of others: {named}",
            len(found),
            named=named + more,
        )
        label = counted("Leave it out", "Leave them out", len(found))
        offer = Offer(label=label, past=translate("left out"), totals="skip")
        yield Finding(kind="totals", columns=(), sentence=says, severity="warning", offer=offer)


def total_rows(table: Table) -> list[tuple[int, str]]:
    """Return rows, from 0, that are totals of others by their names and numbers, with what they are called."""
    found = _called_total(table)
    return found if found and _has_sum(table, [row for row, _ in found]) else []


def _called_total(table: Table) -> list[tuple[int, str]]:
    if table.n_rows > _SEARCHED_ROWS:
        return []
    texts = [column.index for column in table.columns if column.kind not in ("number", "date", "empty", "constant")]
    rows: set[int] = set()
    for index in sorted({0, *texts[:_SEARCHED_COLUMNS]}):
        if not _may_hold_words(table.columns[index]):
            continue
        rows.update(table.matching(index, TOTAL_WORDS, _MOST_TOTALS))
    found = []
    for row in sorted(rows):
        cells = [cell or "" for cell in table.rows(row, 1)[0]]
        if is_total(cells):
            found.append((row, next(cell for cell in cells if cell)))
    return found


def _may_hold_words(column: Column) -> bool:
    """Whether a cell may be called a total, going by what the profile knows already."""
    if column.maximum >= column.minimum and not column.n_odd:
        return False
    if column.categories and column.n_distinct == len(column.categories):
        texts = (*dict(column.categories), *(cell.text for cell in column.odd_cells))
        return any(re.search(TOTAL_WORDS, text) for text in texts)
    return True


def _has_sum(table: Table, rows: list[int]) -> bool:
    """Whether one of the rows holds a number above all others of its column, or the sum of those above it.

    A brand called Total has numbers like all others.
    """
    for column in table.columns:
        if column.kind not in ("number", "identifier") or not column.maximum >= column.minimum:
            continue
        numbers = np.nan_to_num(table.numbers(column.index))
        others = numbers.copy()
        others[rows] = 0.0
        largest = np.delete(numbers, rows).max(initial=0.0)
        starts = [0, *(row + 1 for row in rows[:-1])]
        for row, start in zip(rows, starts, strict=True):
            sums = (others[:row].sum(), others[start:row].sum())
            equal = numbers[row] != 0.0 and any(math.isclose(numbers[row], total, rel_tol=_ROUNDED) for total in sums)
            if numbers[row] > largest or (equal and row - start > 1):
                return True
    return False


def other_tables(evidence: Evidence) -> Iterator[Finding]:
    """Yield the row where the names of a second table stand among the rows of the first."""
    table = evidence.table
    head = [[cell or "" for cell in row] for row in table.rows(0, min(_HEAD_ROWS, max(2, table.n_rows // 2)))]
    mixed = [i for i in typed_columns(head, len(table.columns)) if table.columns[i].kind not in ("number", "date")]
    if len(mixed) < 2:
        return
    for row, cells in enumerate(islice(table.rows(0, _READ_ROWS), 1, None), 2):
        said = [cells[i] or "" for i in mixed]
        if all(said) and len(set(said)) == len(said) and not any(map(is_value, said)):
            text = translate("Row {n} looks like the names of another table ({names}), whose rows follow")
            says = text.format(n=format_number(row), names=", ".join(name[:_SHOWN_LABEL] for name in said[:3]))
            yield Finding(kind="other table", columns=(), sentence=says, severity="warning")
            return
