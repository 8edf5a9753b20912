"""Findings about how cells were read: odd ones, numbers that mean "missing", one value in several spellings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ann_viz.data.advice.finding import MOST_LINES, Evidence, Finding, Offer, forms_with, in_lines
from ann_viz.data.columns.column import Column
from ann_viz.data.columns.spellings import fold
from ann_viz.data.encoding.date_parts import day_in_words
from ann_viz.data.files.forms import AS_TEXT, is_date, without, without_none
from ann_viz.numerals import at_most_four_digits, count, counted, format_number, listed, percent_in_words
from ann_viz.printable import printable
from ann_viz.translation import translate

__all__ = ["absent_numbers", "checkboxes", "odd_cells", "sentinels", "spellings"]

_MOST_CELLS: Final = 5  # in a sentence
_LARGE_SHARE: Final = 0.1
_WIDEST: Final = 20  # characters of a cell quoted in a sentence


def odd_cells(evidence: Evidence) -> Iterator[Finding]:
    """Yield the cells that don't fit in columns of numbers, dates, or yes and no, with the row of the first."""
    for column in evidence.table.columns:
        if not column.n_odd:
            continue
        target = column.name == evidence.recipe.target
        left_out = counted("its row is left out", "their rows are left out", column.n_odd)
        are = counted("{cells} is", "{cells} are", column.n_odd, cells="{cells}")
        no = next((text for text, _ in column.categories if text != column.positive), "")
        plan = evidence.recipe.plan(column.name)
        offers = _odd_offers(evidence, column)
        yield Finding(
            kind="odd cells",
            columns=(column.name,),
            sentence=_holds(column).format(
                name=column.name,
                yes=printable(column.positive or "", _WIDEST),
                no=printable(no, _WIDEST),
                cells=are.format(cells=_how_many(column, evidence.table.n_rows)),
                odd=_odd_texts(column),
                treated=left_out if target or plan.leave_out_odd else translate("read as missing"),
            ),
            severity="warning",
            done=True,
            offer=offers[0],
            further=offers[1:],
        )


def _odd_offers(evidence: Evidence, column: Column) -> tuple[Offer, ...]:
    """What else can be done about odd cells: of an input, their rows can be left out; those of a target are."""
    text = translate("{name} is treated as text")
    as_text = Offer(
        label=translate("Treat as text"),
        then=text.format(name=column.name),
        column=column.name,
        forms=forms_with(evidence.table, {column.name: AS_TEXT}),
    )
    if evidence.recipe.role(column.name) != "input":
        return (as_text,)
    plan = evidence.recipe.plan(column.name)
    if plan.leave_out_odd:
        label = translate("Read as missing")
    else:
        label = counted("Leave the row out", "Leave the rows out", column.n_odd)
    turned = replace(plan, leave_out_odd=not plan.leave_out_odd)
    return (Offer(label=label, column=column.name, plan=turned), as_text)


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
    for cell in column.odd_cells[:_MOST_CELLS]:
        shown = printable(cell.text, _WIDEST) if fold(cell.text) else translate("unseen marks")
        one, row = shown, format_number(cell.first_row + 1)
        told.append(
            counted("'{text}' (row {row})", "'{text}' ({n}×, first in row {row})", cell.count, text=one, row=row)
        )
    left = column.n_odd - sum(cell.count for cell in column.odd_cells[:_MOST_CELLS])
    return ", ".join([*told, translate("and {n} more").format(n=format_number(left))] if left else told)


def sentinels(evidence: Evidence) -> Iterator[Finding]:
    """Yield numbers and dates that repeat far from all others, in the inputs and the target."""
    recipe, table = evidence.recipe, evidence.table
    used = [table.column(name) for name in (recipe.target, *recipe.inputs)]
    found = [column for column in used if column.sentinels and not (column.kind == "number" and column.code)]
    label = translate("Read it as missing")
    if len(found) > MOST_LINES:
        names = tuple(column.name for column in found)
        values = dict.fromkeys(_value(column, number) for column in found for number, _ in column.sentinels)
        text = translate("{names} are {values} in some rows, far from all other values: that may mean missing")
        offer = Offer(label=label, column=names[0], also=names[1:], forms=forms_with(table, dict(map(_absent, found))))
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
            offer=Offer(label=label, column=column.name, forms=forms_with(table, dict([_absent(column)]))),
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
    for columns in in_lines(found):
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
                forms=forms_with(table, {column.name: without_none(column.form) for column in columns}),
            ),
        )


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
                name=column.name, told=listed(told, most=_MOST_CELLS)
            ),
            severity="warning",
            done=True,
            offer=Offer(
                label=translate("Keep them apart"),
                then=translate("{name}: its spellings are kept apart").format(name=column.name),
                column=column.name,
                forms=forms_with(evidence.table, {column.name: AS_TEXT}),
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
                    then=translate("{name}: its empty cells are read as missing").format(name=column.name),
                    column=column.name,
                    forms=forms_with(table, {column.name: AS_TEXT}),
                ),
            )
