"""Cells as inputs of a network and inputs as cells again, as a `Feature` says; a range of a table or a single cell.

A cell is first a number (NaN for none), the place of its category (-1 for none, -2 for an unknown one) or a text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.columns.column import Column
from ann_viz.data.columns.spellings import fold
from ann_viz.data.encoding.date_parts import CYCLES, angle, date_part, date_text, on_circle
from ann_viz.data.encoding.features import Feature
from ann_viz.data.encoding.recipe import TextUse
from ann_viz.data.encoding.scaling import scaled, unscaled
from ann_viz.data.files.dialect import Dialect
from ann_viz.data.files.forms import form_of, is_date, without, without_none
from ann_viz.data.files.numbers import parse_number
from ann_viz.data.tables.cells import Cells, CodeCells, NumberCells, TextCells
from ann_viz.data.tables.ranges import ranges
from ann_viz.data.tables.table import Table

__all__ = [
    "MISSING",
    "UNKNOWN",
    "cell_value",
    "cells_of",
    "code_of",
    "decode_inputs",
    "form_for",
    "measured",
    "write_inputs",
]

MISSING: Final = -1
"""Place of a cell without a value among the categories."""

UNKNOWN: Final = -2
"""Place of a cell whose text is none of them."""

_HALF: Final = 0.5


def code_of(text: str | None, categories: Sequence[str]) -> int:
    """Return the place of a text among the categories, -1 for no text and -2 for an unknown one."""
    if text is None:
        return MISSING
    if text in categories:
        return categories.index(text)
    alike = [place for place, category in enumerate(categories) if fold(category) == fold(text)]
    return alike[0] if len(alike) == 1 else UNKNOWN


def measured(texts: NDArray[np.object_], text_as: TextUse) -> NDArray[np.float64]:
    """Return the lengths or numbers of words of some texts, NaN where there is none."""
    count = len if text_as == "length" else lambda text: len(text.split())
    return np.array([np.nan if text is None else count(text) for text in texts], dtype=np.float64)


def cells_of(feature: Feature, table: Table) -> Cells:
    """Say what is to be read of a table for a feature."""
    column = table.column(feature.column)
    if feature.kind in ("number", "date"):
        return NumberCells(column.index, form_for(table, column, feature.form))
    if feature.kind == "text":
        return TextCells(column.index)
    return CodeCells(column.index, feature.categories, feature.spellings)


def form_for(table: Table, column: Column, form: str) -> str:
    """Say how a column's numbers are written in a file that need not be the one learned from.

    Another file may write the same column otherwise; its own profile knows. But the marks of numbers, and the day and
    month of dates, may be taken for each other: the way learned is kept where it reads as many rows, and the order of
    day and month where no date decides it. Another unit is another quantity, which nothing was learned about. Numbers
    that mean "no value" do so in every file.
    """
    plain, absent = without_none(form), form_of(form).without
    if column.form in (form, plain) or column.kind not in ("number", "date", "yes_no", "identifier", "constant"):
        return form
    if is_date(form) and not is_date(column.form):
        return form
    found = column.form
    if column.other_form and is_date(form) and _day_first(form) == _day_first(column.other_form):
        found = column.other_form
    units = {unit for unit in (form_of(form).unit.casefold(), form_of(found).unit.casefold()) if unit}
    if len(units) > 1 or _n_read(table, column, plain) >= _n_read(table, column, found):
        return form
    return without(found, absent)


def _day_first(form: str) -> bool:
    return "%d" in form.partition("%m")[0]


def _n_read(table: Table, column: Column, form: str) -> int:
    """How many rows hold a number or date written in a form."""
    return sum(
        int(np.isfinite(table.numbers(column.index, form=form, start=start, stop=stop)).sum())
        for start, stop in ranges(table.n_rows)
    )


def cell_value(feature: Feature, text: str | None, dialect: Dialect) -> NDArray[Any]:
    """Return a single cell, given without blanks around it, as `cells_of` makes the table return it, shape (1,)."""
    if feature.kind in ("number", "date"):
        return np.array([np.nan if text is None else parse_number(text, feature.form, dialect)])
    if feature.kind == "text":
        return np.array([text], dtype=object)
    return np.array([code_of(dict(feature.spellings).get(text or "", text), feature.categories)])


def write_inputs(feature: Feature, values: NDArray[Any], block: NDArray[np.float32]) -> None:
    """Write cells as inputs; an answer that is neither yes nor no counts as missing.

    Parameters
    ----------
    feature : Feature
        How.
    values : ndarray, shape (n,)
        The cells: numbers, places of categories, or texts whose length or words count.
    block : ndarray of float32, shape (n, number of inputs)
        Where to; zeros before.
    """
    if feature.kind in ("category", "yes_no"):
        missing = values == MISSING if feature.kind == "category" else values < 0
        _write_codes(feature, np.where(missing, code_of(_fill_text(feature), feature.categories), values), block)
    else:
        values = measured(values, feature.text_as) if feature.kind == "text" else values
        missing = np.isnan(values)
        filled = np.where(missing, float(feature.fill or 0.0), values)
        if feature.kind == "date":
            _write_date(feature, filled, block)
        else:
            block[:, 0] = scaled(filled, feature.scaling, feature.mean, feature.std)
    if feature.flag:
        block[:, -1] = missing


def _fill_text(feature: Feature) -> str | None:
    return feature.fill if isinstance(feature.fill, str) else None


def _write_codes(feature: Feature, codes: NDArray[np.int64], block: NDArray[np.float32]) -> None:
    """Write 0 and 1; a missing category that nothing stands in for is in none of the inputs."""
    if feature.kind == "yes_no":
        block[:, 0] = codes == 1
        return
    if feature.has_other:
        block[:, len(feature.categories)] = codes == UNKNOWN
    known = codes >= 0
    block[np.flatnonzero(known), codes[known]] = 1.0


def _write_date(feature: Feature, days: NDArray[np.float64], block: NDArray[np.float32]) -> None:
    place = 0
    for part, (centre, spread) in zip(feature.parts, feature.part_scales, strict=True):
        values = date_part(days, part)
        if part in CYCLES:
            block[:, place], block[:, place + 1] = on_circle(values, part)
            place += 2
        else:
            block[:, place] = scaled(values, feature.scaling, centre, spread)
            place += 1


def decode_inputs(feature: Feature, inputs: NDArray[Any]) -> str | float | None:
    """Return the cell that inputs came from, for display.

    Parameters
    ----------
    feature : Feature
        How they were made.
    inputs : ndarray, shape (number of inputs,)
        The inputs of the column.

    Returns
    -------
    str or float or None
        A number (also the length or number of words of a text), or a text: the category, the label of the input that
        stands for all others, the yes or no of the file, a date as far as its parts tell. None where an input says the
        value was missing, or where no category's input is on.
    """
    if feature.flag and inputs[-1] >= _HALF:
        return None
    if feature.kind == "yes_no":
        return feature.categories[int(inputs[0] >= _HALF)]
    if feature.kind == "category":
        own = inputs[: len(feature.categories) + feature.has_other]
        place = int(np.argmax(own))
        labels = (*feature.categories, feature.inputs[len(own) - 1])
        return labels[place] if own[place] >= _HALF else None
    if feature.kind == "date":
        return _decode_date(feature, inputs)
    return unscaled(float(inputs[0]), feature.scaling, feature.mean, feature.std)


def _decode_date(feature: Feature, inputs: NDArray[Any]) -> str:
    values: dict[str, float] = {}
    place = 0
    for part, (centre, spread) in zip(feature.parts, feature.part_scales, strict=True):
        if part in CYCLES:
            values[part] = angle(float(inputs[place]), float(inputs[place + 1]), part)
            place += 2
        else:
            values[part] = unscaled(float(inputs[place]), feature.scaling, centre, spread)
            place += 1
    return date_text(values, feature.form)
