"""Rows given as Python values, column by column, as the inputs of an encoder: numbers, texts, dates, or nothing.

Texts are read as in the file that was learned from; what is a number or a date already needs no reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dialect, Encoder, Feature, parse_number
from ann_viz.data.encoding.inputs import MISSING, UNKNOWN, cell_value, write_inputs
from ann_viz.data.encoding.reader import other_spellings
from ann_viz.data.files.dialect import BLANKS
from ann_viz.data.files.numbers import DATE_FORMATS
from ann_viz.errors import DataError
from ann_viz.numerals import listed
from ann_viz.translation import translate

__all__ = ["cells_of_values", "encode_records"]

Values = Sequence[Any] | NDArray[Any]

_EPOCH: Final = datetime(1970, 1, 1)
_SECONDS_PER_DAY: Final = 86_400
_ISO: Final = tuple(form for form in DATE_FORMATS if form.startswith("%Y-%m-%d"))
_MOST_NAMED: Final = 8


def encode_records(encoder: Encoder, columns: Mapping[str, Values]) -> NDArray[np.float32]:
    """Return rows as inputs, shape (n, n_inputs).

    Parameters
    ----------
    encoder : Encoder
    columns : mapping of str to sequence
        Values of equal number by name of the column; None and NaN are missing. Other columns are left aside.

    Raises
    ------
    DataError
        When a column is missing, naming it.
    """
    lacking = [feature.column for feature in encoder.features if feature.column not in columns]
    if lacking:
        names = listed((f"'{name}'" for name in lacking), most=_MOST_NAMED)
        raise DataError(
            translate("The rows lack what the model was trained on: {names}.").format(names=names),
            hint=translate("Give every column; None stands for a missing value."),
        )
    n_rows = len(columns[encoder.features[0].column])
    X = np.zeros((n_rows, encoder.n_inputs), dtype=np.float32)
    for feature, group in zip(encoder.features, encoder.groups, strict=True):
        write_inputs(
            feature, cells_of_values(encoder, feature, columns[feature.column]), X[:, group.start : group.stop]
        )
    return X


def cells_of_values(encoder: Encoder, feature: Feature, values: Values) -> NDArray[Any]:
    """Return the values of one column as `write_inputs` takes them, shape (n,)."""
    if feature.kind == "number" and isinstance(values, np.ndarray) and values.dtype.kind in "fiub":
        return values.astype(np.float64)
    if feature.kind in ("number", "date"):
        read = _number if feature.kind == "number" else _days
        dialect = Dialect(decimal=encoder.decimal, thousands=encoder.thousands)
        return np.array([read(_known(encoder, value), feature, dialect) for value in values], dtype=np.float64)
    texts = [_text(encoder, feature, value) for value in values]
    if feature.kind == "text":
        counted: NDArray[np.object_] = np.empty(len(texts), dtype=object)
        counted[:] = texts
        return counted
    spelled = dict(zip(feature.categories, feature.categories, strict=True))
    spelled |= dict(other_spellings(feature, {text for text in texts if text is not None} - spelled.keys()))
    places = {text: feature.categories.index(category) for text, category in spelled.items()}
    return np.array([MISSING if text is None else places.get(text, UNKNOWN) for text in texts], dtype=np.int64)


def _known(encoder: Encoder, value: Any) -> Any:
    """Return None for whatever says that there is no value."""
    if value is None or value != value:  # NaN, and the NaT of dates, differ from themselves
        return None
    if isinstance(value, str):
        text = value.strip(BLANKS)
        return None if text == "" or text in encoder.missing else text
    return value


def _number(value: Any, feature: Feature, dialect: Dialect) -> float:
    if isinstance(value, str):
        found = float(cell_value(feature, value, dialect)[0])
        return parse_number(value, "", dialect) if found != found else found
    return np.nan if value is None else float(value)


def _days(value: Any, feature: Feature, dialect: Dialect) -> float:
    """Return a date as days since 1970; NaN where there is none."""
    if value is None:
        return np.nan
    if isinstance(value, np.datetime64):
        return float(value.astype("datetime64[us]").astype(np.int64)) / (_SECONDS_PER_DAY * 1e6)
    if isinstance(value, date):  # as datetime is
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
        return (moment.replace(tzinfo=None) - _EPOCH).total_seconds() / _SECONDS_PER_DAY
    text = value if isinstance(value, str) else f"{value:.15g}"
    found = (parse_number(text, form, dialect) for form in (feature.form, *_ISO))
    return next((days for days in found if days == days), np.nan)


def _text(encoder: Encoder, feature: Feature, value: Any) -> str | None:
    """Return a value as the file would have it; a word for "no value" is one unless it is a category."""
    if value is None or value != value:
        return None
    is_whole = isinstance(value, float | np.floating) and float(value).is_integer()
    text = str(int(value) if is_whole else value).strip(BLANKS)
    return None if text == "" or (text in encoder.missing and text not in feature.categories) else text
