"""Rows given as Python values are read as the file was, whatever type they have."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest

from ann_viz.data import Encoder, Feature
from ann_viz.errors import DataError
from ann_viz.session.records import encode_records

ENCODER = Encoder(
    features=(
        Feature(column="price", kind="number", inputs=("price",), fill=7.0, form="decorated 1.234,5"),
        Feature(column="day", kind="date", inputs=("day days",), fill=1.0, form="%d.%m.%Y", parts=("days",),
                part_scales=((0.0, 1.0),)),
        Feature(column="kind", kind="category", inputs=("1", "2", "other"), categories=("1", "2"), has_other=True),
        Feature(column="paid", kind="yes_no", inputs=("paid",), categories=("no", "yes"), positive="yes", fill="no"),
        Feature(column="note", kind="text", inputs=("note words",), fill=0.0, text_as="words"),
    ),
    target="y", task="regression", missing=("", "NA"),
)  # fmt: skip
ROW = {"price": None, "day": None, "kind": None, "paid": None, "note": None}


def inputs(**changes: Any) -> list[float]:
    row = {**ROW, **changes}
    return encode_records(ENCODER, {name: [value] for name, value in row.items()})[0].tolist()


@pytest.mark.parametrize(
    ("value", "number"),
    [(3, 3), (np.float32(2.5), 2.5), (True, 1), ("€ 1.234,50", 1234.5), ("12.5", 12.5), ("NA", 7), (math.nan, 7)],
)
def test_numbers(value: object, number: float) -> None:
    assert inputs(price=value)[0] == pytest.approx(number)


@pytest.mark.parametrize(
    "value",
    [
        "31.01.2024", "2024-01-31", date(2024, 1, 31), datetime(2024, 1, 31), np.datetime64("2024-01-31"),
        datetime(2024, 1, 31, tzinfo=UTC),
    ],
)  # fmt: skip
def test_dates(value: object) -> None:
    assert inputs(day=value)[1] == 19_753
    assert inputs(day="soon")[1] == inputs(day=np.datetime64("NaT"))[1] == inputs(day=20_240_131)[1] == 1


@pytest.mark.parametrize(
    ("value", "places"),
    [("1", [1, 0, 0]), (2, [0, 1, 0]), (2.0, [0, 1, 0]), ("2.0", [0, 1, 0]), ("9", [0, 0, 1]), (None, [0, 0, 0])],
)
def test_categories(value: object, places: list[int]) -> None:
    assert inputs(kind=value)[2:5] == places


@pytest.mark.parametrize(("value", "yes"), [("YES", 1), (True, 1), ("no", 0), (False, 0), (None, 0), ("maybe", 0)])
def test_yes_and_no(value: object, yes: int) -> None:
    assert inputs(paid=value)[5] == yes


def test_texts_are_counted_and_arrays_taken_whole() -> None:
    assert inputs(note="two words")[6] == 2
    columns = {name: [value] * 2 for name, value in ROW.items()}
    assert encode_records(ENCODER, {**columns, "price": np.array([1, 2])})[:, 0].tolist() == [1, 2]


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(DataError, match="'kind'"):
        encode_records(ENCODER, {name: [None] for name in ROW if name != "kind"})
