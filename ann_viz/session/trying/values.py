"""The value of a column in a row that is made up: a number, a date as days since 1970, a text, or nothing.

The way from the texts of a file to such values, back to texts, and to the inputs of the network.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dialect, Encoder, Feature, parse_number
from ann_viz.data.encoding.date_parts import date_text
from ann_viz.data.encoding.encoder_check import MOST_DAYS
from ann_viz.data.encoding.inputs import code_of, write_inputs
from ann_viz.data.files.forms import form_of
from ann_viz.data.files.numbers import BIGGEST
from ann_viz.numerals import at_most_four_digits, format_number

__all__ = ["EMPTY", "Value", "blocks_of", "cell_of", "encoded", "may_stand_in", "read_value", "shown_value"]

Value: TypeAlias = float | str | None
EMPTY: Final = "empty"
_MOST_GROUPED: Final = 10_000  # years and codes have no thousands marks


def read_value(feature: Feature, text: str | None, dialect: Dialect) -> Value:
    """Return what a cell of the file says; None where that is nothing, or no number in a column of numbers."""
    if text is None or feature.kind not in ("number", "date"):
        return text
    number = parse_number(text, feature.form, dialect)
    return number if math.isfinite(number) else None


def cell_of(feature: Feature, value: Value) -> str | None:
    """Return a value as it might stand in the file, with a point before the decimals."""
    if not isinstance(value, float):
        return value
    return date_text({"days": value}, feature.form) if feature.kind == "date" else f"{value:.10g}"


def shown_value(feature: Feature, value: Value) -> str:
    """Return a value as it is read: "118,400", "12 May 2021", "Germany"."""
    if value is None:
        return EMPTY
    if not isinstance(value, float):
        return value
    if feature.kind == "date":
        return date_text({"days": value}, feature.form)
    if value == round(value) and abs(value) < _MOST_GROUPED:
        return format_number(value, ".0f")
    return at_most_four_digits(value) if abs(value) < _MOST_GROUPED else format_number(value, ",.0f")


def may_stand_in(feature: Feature, value: Value) -> bool:
    """Whether a column can have a value: a number or date within what there are, a text where it holds texts."""
    if isinstance(value, float):
        return abs(value) <= {"number": BIGGEST, "date": MOST_DAYS}.get(feature.kind, -1.0)
    return value is None or feature.kind not in ("number", "date")


def blocks_of(feature: Feature, values: Sequence[Value]) -> NDArray[np.float32]:
    """Return values of one column as inputs of the network, ``(n, number of inputs)``."""
    block = np.zeros((len(values), len(feature.inputs)), dtype=np.float32)
    write_inputs(feature, _cells(feature, values), block)
    return block


def encoded(encoder: Encoder, values: Sequence[Value]) -> NDArray[np.float32]:
    """Return a row, given as one value for every feature, as the network is given it, ``(n_inputs,)``."""
    blocks = [blocks_of(feature, [value])[0] for feature, value in zip(encoder.features, values, strict=True)]
    return np.concatenate(blocks)


def _cells(feature: Feature, values: Sequence[Value]) -> NDArray[Any]:
    """Return values as a table is read: numbers, places of categories or texts."""
    if feature.kind in ("number", "date"):
        absent = form_of(feature.form).without
        numbers = [math.nan if value is None or value in absent else float(value) for value in values]
        return np.array(numbers, dtype=np.float64)
    if feature.kind == "text":
        cells = np.empty(len(values), dtype=object)
        cells[:] = values
        return cells
    spelled = dict(feature.spellings)
    texts = (None if value is None else spelled.get(str(value), str(value)) for value in values)
    return np.array([code_of(text, feature.categories) for text in texts])
