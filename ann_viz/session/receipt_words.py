"""A receipt in sentences: plain text, in which names and cells stand as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeVar

from ann_viz.data.advice.line_findings import lines_told, stray_bytes_told
from ann_viz.data.encoding.date_parts import date_text
from ann_viz.numerals import at_most_four_digits, count, counted, format_number, listed
from ann_viz.printable import printable
from ann_viz.session.receipt import Difference, Filled, Outside, Receipt, Unknown, Unreadable
from ann_viz.translation import translate

__all__ = ["receipt_sentences", "told_columns", "told_lines"]

_MOST_COLUMNS: Final = 6  # told one by one
_MOST_SHOWN: Final = 3
_MOST_NAMES: Final = 6
_WIDEST: Final = 30  # characters of a cell quoted in a sentence
Each = TypeVar("Each", Unreadable, Unknown, Filled, Outside)


def receipt_sentences(receipt: Receipt) -> list[str]:
    """Return what a receipt tells; nothing where there is nothing to tell."""
    return [
        *_of_names(receipt),
        *told_lines(receipt, translate("got no answer")),
        *_told_of_differences(receipt.differences),
        *told_columns(receipt),
    ]


def told_columns(receipt: Receipt) -> Iterator[str]:
    """Yield what was not read, unknown, filled or out of range, column by column."""
    unreadable = translate("{columns} have cells that can't be read ({cells})")
    unknown = translate("{columns} have values that no training row had ({cells})")
    filled = translate("{columns} have cells without a value, filled in ({cells})")
    outside = translate("{columns} have values beyond what was learned ({cells})")
    yield from _one_by_one(receipt.unreadable, _unreadable, unreadable)
    yield from _one_by_one(receipt.unknown, _unknown, unknown)
    yield from _one_by_one(receipt.filled, _filled, filled)
    yield from _one_by_one(receipt.outside, _outside, outside)


def _one_by_one(noted: Sequence[Each], told: Callable[[Each], str], rest: str) -> Iterator[str]:
    """Tell of the first columns in a sentence each, and of all others in one."""
    few = noted if len(noted) <= _MOST_COLUMNS else noted[: _MOST_COLUMNS - 1]
    yield from map(told, few)
    others = noted[len(few) :]
    if others:
        cells = count(sum(each.count for each in others), "cell")
        yield rest.format(columns=count(len(others), "more column"), cells=cells)


# The file ------------------------------------------------------------------------------------------------------------
def _of_names(receipt: Receipt) -> Iterator[str]:
    if receipt.header == "only here":
        text = translate(
            "Line {n} holds names, which the training file had none of: it got no answer, and the columns were taken "
            "in their order"
        )
        yield text.format(n=format_number(receipt.header_line))
    elif receipt.header == "only learned":
        yield translate("This file has no line of names: the columns were taken in the order of the training file")
    if receipt.renamed:
        told = [
            translate("'{found}' for '{name}'").format(found=found, name=name)
            for name, found in receipt.renamed[:_MOST_SHOWN]
        ]
        text = translate("Columns were taken for those with nearly the same name: {names}")
        yield text.format(names=_and_more(told, len(receipt.renamed)))
    if receipt.missing_columns:
        text = translate("This file lacks {names}: what stands in for a missing value was taken in every row")
        yield text.format(names=_names(receipt.missing_columns))
    if receipt.extra_columns:
        text = translate("Not looked at, since the training file had nothing of the kind: {names}")
        yield text.format(names=_names(receipt.extra_columns))


def _names(names: Iterable[str]) -> str:
    return listed((f"'{name}'" for name in names), most=_MOST_NAMES)


def told_lines(receipt: Receipt, fate: str) -> Iterator[str]:
    """Yield which rows don't fit, with what became of them, which were filled up, and which lines are no rows."""
    if receipt.n_left_out:
        told = [
            translate("line {n} ({problem})").format(n=format_number(bad.line), problem=bad.problem)
            for bad in receipt.left_out[:_MOST_SHOWN]
        ]
        yield counted(
            "{n} row that does not fit the table {fate}: {lines}",
            "{n} rows that don't fit the table {fate}: {lines}",
            receipt.n_left_out,
            fate=fate,
            lines=_and_more(told, receipt.n_left_out),
        )
    if receipt.totals:
        named = [
            translate("line {n} ('{name}')").format(n=format_number(line), name=printable(name, _WIDEST))
            for line, name in receipt.totals[:_MOST_SHOWN]
        ]
        yield counted(
            "{n} row looks like a total of others and got an answer all the same: {lines}",
            "{n} rows look like totals of others and got an answer all the same: {lines}",
            len(receipt.totals),
            lines=_and_more(named, len(receipt.totals)),
        )
    if receipt.n_padded:
        padded = [format_number(line) for line in receipt.padded_lines[:_MOST_SHOWN]]
        text = translate("{rows} too short, filled up with empty cells: line {lines}")
        yield text.format(rows=count(receipt.n_padded, "row"), lines=_and_more(padded, receipt.n_padded))
    yield from map(lines_told, receipt.skipped)
    if receipt.bad_bytes:
        yield stray_bytes_told(receipt.bad_bytes, receipt.encoding)


def _and_more(told: Sequence[str], n: int) -> str:
    """The first of n things, and how many more there are."""
    text = ", ".join(told)
    if n <= len(told):
        return text
    return translate("{told} and {n} more").format(told=text, n=format_number(n - len(told)))


def _told_of_differences(differences: Sequence[Difference]) -> Iterator[str]:
    """Tell of the first columns that are otherwise here in a sentence each, and of many more alike in one."""
    alike: dict[tuple[str, bool], list[Difference]] = {}
    for each in differences:
        alike.setdefault((each.kind, each.is_read), []).append(each)
    for (_, is_read), each_alike in alike.items():
        few = each_alike if len(each_alike) <= _MOST_COLUMNS else each_alike[: _MOST_COLUMNS - 1]
        yield from map(_difference, few)
        if len(few) < len(each_alike):
            text = (
                translate("{columns} are written or measured otherwise than in the training file: read as they stand")
                if is_read
                else translate("{columns} are in other units than in the training file: their cells were not read")
            )
            yield text.format(columns=count(len(each_alike) - len(few), "more column"))


# Its columns ----------------------------------------------------------------------------------------------------------
def _difference(each: Difference) -> str:
    if each.kind == "answers":
        text = translate("{name} says {found} here, {learned} in the training file: taken for the same answers")
    elif each.kind in ("marks", "dates"):
        text = translate("{name} is written like {found} here, like {learned} in the training file: read as here")
    elif not each.is_read:
        text = translate("{name} is in '{found}' here, in '{learned}' in the training file: its cells were not read")
    elif not each.learned:
        text = translate("{name} has '{found}' beside its numbers here, nothing in the training file: {as_is}")
    elif not each.found:
        text = translate("{name} has nothing beside its numbers here, '{learned}' in the training file: {as_is}")
    else:
        text = translate("{name} is in '{found}' here, in '{learned}' in the training file: {as_is}")
    as_is = translate("read as they stand, without converting")
    return text.format(name=each.column, learned=each.learned, found=each.found, as_is=as_is)


def _unreadable(each: Unreadable) -> str:
    text = (
        translate("{name}: {cells} can't be read as a date, so {fill} stands in: {examples}")
        if each.date_form
        else translate("{name}: {cells} can't be read as a number, so {fill} stands in: {examples}")
    )
    told = [
        translate("'{text}' (line {n})").format(text=printable(cell, _WIDEST), n=format_number(line))
        for cell, line in each.examples[:_MOST_SHOWN]
    ]
    return text.format(
        name=each.column,
        cells=count(each.count, "cell"),
        fill=_value(each.fill, each.date_form),
        examples=_and_more(told, each.count),
    )


def _unknown(each: Unknown) -> str:
    texts = {
        "other": translate("{name}: {cells} with a value that no training row had, counted as rare: {values}"),
        "none": translate("{name}: {cells} with a value that no training row had, counted as unknown: {values}"),
        "missing": translate("{name}: {cells} with neither of the two answers known, counted as missing: {values}"),
    }
    told = []
    for value, n, line in each.values[:_MOST_SHOWN]:
        text = translate("'{text}' (line {line})") if n == 1 else translate("'{text}' ({n}×, first in line {line})")
        told.append(text.format(text=printable(value, _WIDEST), n=format_number(n), line=format_number(line)))
    left = each.count - sum(n for _, n, _ in each.values[:_MOST_SHOWN])
    return texts[each.counted_as].format(
        name=each.column, cells=count(each.count, "cell"), values=_and_more(told, len(told) + left)
    )


def _filled(each: Filled) -> str:
    text = (
        translate("{name}: {cells}, counted as none of the values known")
        if each.fill is None
        else translate("{name}: {cells}, so {fill} stands in")
    )
    cells = count(each.count, "cell without a value")
    return text.format(name=each.column, cells=cells, fill=_value(each.fill, each.date_form))


def _outside(each: Outside) -> str:
    text = translate("{name}: {values} beyond what was learned, {low} to {high}, as far as {ends} (first in line {n})")
    ends = [end for end in (each.lowest, each.highest) if not each.low <= end <= each.high]
    low, high, *ends_told = (_value(value, each.date_form) for value in (each.low, each.high, *dict.fromkeys(ends)))
    return text.format(
        name=each.column,
        values=count(each.count, "value"),
        low=low,
        high=high,
        ends=listed(ends_told),
        n=format_number(each.line),
    )


def _value(value: float | str | None, date_form: str) -> str:
    """Return how a value is written in a sentence."""
    if isinstance(value, str):
        return f"'{printable(value, _WIDEST)}'"
    number = value or 0.0
    return date_text({"days": number}, date_form) if date_form else at_most_four_digits(number)
