"""Signs that are read over in numbers, though they say what is counted: of a currency, and of per cent."""

from __future__ import annotations

from collections import Counter
from typing import Final

from ann_viz.data.columns.column import Column
from ann_viz.data.files.forms import DECORATED, form_of
from ann_viz.data.files.numbers import CURRENCY
from ann_viz.data.tables.table import Table

__all__ = ["PROBE_ROWS", "common_sign", "sign_of"]

PROBE_ROWS: Final = 10_000
"""The first ones: they show how the cells of a column are written."""

_NEARLY_ALL: Final = 0.9


def sign_of(text: str) -> str:
    """Return the sign of a currency that stands in a cell, else "%", else nothing."""
    found = CURRENCY.search(text)
    return found[0].strip(".") if found else "%" if "%" in text else ""


def common_sign(table: Table, column: Column, form: str) -> str | None:
    """Return the sign that nearly all of the first cells have, "" for none, and None where they differ.

    Parameters
    ----------
    table : Table
        The table.
    column : Column
        One of its columns.
    form : str
        How its numbers are written; plain ones have no sign.
    """
    if form_of(form).base != DECORATED:
        return ""
    signs = Counter(sign_of(text) for text in table.texts(column.index, stop=PROBE_ROWS) if text is not None)
    if not signs:
        return None
    sign, n = signs.most_common(1)[0]
    return sign if n >= _NEARLY_ALL * signs.total() else None
