"""Encoded rows come back, one by one and in ranges, of this file, of another one and of an older version."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planned_tables import fitted, table_of

from ann_viz.data import Encoder
from ann_viz.data.encoding.date_parts import date_part
from ann_viz.data.encoding.recipe import Plan, Scaling

DAY = "%Y-%m-%d"

CELLS: dict[str, st.SearchStrategy[str]] = {
    "x": st.integers(-8000, 8000).map(lambda n: f"{n / 8}"),
    "c": st.sampled_from(["red", "green", "a,b", 'say "x"', "Zoë", "=1"]),
    "b": st.sampled_from(["yes", "no"]),
    "d": st.dates().map(lambda day: day.replace(year=1950 + day.year % 100, day=min(day.day, 28)).strftime(DAY)),
    "s": st.text("ab ", min_size=1, max_size=30).map(lambda text: text.strip() or "a"),
}
ROWS = st.lists(
    st.fixed_dictionaries({name: cell | st.just("") for name, cell in CELLS.items()}), min_size=6, max_size=25
)
ALL: dict[str, list[str]] = {  # rows that make the kinds of the columns certain
    "x": ["1.5", "2.5", "-3"],
    "c": ["red", "green", "a,b"],
    "b": ["yes", "no", "no"],
    "d": ["2013-12-31", "2000-02-29", "1970-01-01"],
    "s": ["a", "b b", "ab"],
}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=ROWS, scaling=st.sampled_from(get_args(Scaling)), flag=st.booleans())
def test_rows_come_back(folder: Path, rows: list[dict[str, str]], scaling: Scaling, flag: bool) -> None:
    """Decoding encoded rows gives their values; a row given as texts encodes as in the table; JSON changes nothing."""
    columns = {name: [*ALL[name], *(row[name] for row in rows)] for name in CELLS}
    plan = Plan(scaling=scaling, flag_missing=flag)
    plans = {name: plan for name in CELLS} | {
        "d": replace(plan, date_parts=("days", "month", "weekday"), treat="date"),
        "s": replace(plan, treat="text", text_as="length"),
    }
    with table_of(folder, columns) as table:
        encoder = fitted(table, plans)
        X = encoder.encode(table)
        assert Encoder.from_json(encoder.to_json()) == encoder
        for i, x in enumerate(X):
            row = {name: values[i] for name, values in columns.items()}
            np.testing.assert_array_equal(encoder.encode_row(row), x)
            np.testing.assert_array_equal(encoder.encode_range(table, i, i + 1)[0], x)
            assert_same(row, encoder.decode_row(x), encoder, flag)


def assert_same(row: dict[str, str], decoded: dict[str, str | float | None], encoder: Encoder, flag: bool) -> None:
    """Compare what was decoded with the texts; missing values are told apart only when flagged."""
    for feature in encoder.features:
        text, value = row[feature.column], decoded[feature.column]
        if text == "":
            assert not flag or value is None
        elif feature.kind == "number":
            assert value == pytest.approx(float(text), rel=1e-5, abs=4e-3)
        elif feature.kind == "text":
            assert value == pytest.approx(len(text), rel=1e-5, abs=1e-3)
        else:
            assert value == text


def test_rows_are_read_in_ranges(tmp_path: Path) -> None:
    """Rows in any order, across the ends of ranges and beyond the last, encode as in the whole table."""
    n = 62_000
    with table_of(tmp_path, {"x": range(n)}) as table:
        encoder = fitted(table, {"x": Plan(scaling="minmax")}, rows=[0, n - 1])
        whole = encoder.encode(table)
        np.testing.assert_allclose(whole[:, 0], np.arange(n) / (n - 1), rtol=1e-6)
        rows = np.array([61_999, 3, 61_440, 61_439, 3])
        np.testing.assert_array_equal(encoder.encode(table, rows), whole[rows])
        np.testing.assert_array_equal(encoder.encode_target_range(table, 0, table.n_rows)[rows], (rows % 2)[:, None])
        np.testing.assert_array_equal(encoder.encode_range(table, 61_990, n + 5), whole[61_990:])
        np.testing.assert_array_equal(encoder.encode_target_range(table, 5, 8), [[1], [0], [1]])
        assert encoder.encode_range(table, n + 1, n + 5).shape == (0, 1)
        assert encoder.encode(table, np.array([], dtype=np.int64)).shape == (0, 1)


OLD_FEATURES = [
    {
        "column": "Age",
        "kind": "number",
        "inputs": ["Age"],
        "mean": 40.0,
        "std": 8.0,
        "categories": [],
        "positive": None,
        "fill": 38.0,
        "form": "",
        "has_other": False,
    },
    {
        "column": "Land",
        "kind": "category",
        "inputs": ["France", "Spain", "other"],
        "mean": 0.0,
        "std": 1.0,
        "categories": ["France", "Spain"],
        "positive": None,
        "fill": "France",
        "form": "",
        "has_other": True,
    },
]


def test_encoders_of_older_versions_are_read() -> None:
    """An encoder saved before there were plans encodes as it did."""
    fields = {
        "features": OLD_FEATURES,
        "target": "t",
        "task": "binary",
        "class_names": ["no", "yes"],
        "target_mean": 0.0,
        "target_std": 1.0,
        "target_form": "",
        "decimal": ".",
        "thousands": None,
        "missing": ["", "NA"],
    }
    encoder = Encoder.from_json(json.dumps(fields))
    assert encoder.encode_row({"Age": "48", "Land": "Peru"}).tolist() == [1.0, 0, 0, 1]
    assert encoder.encode_row({"Age": "NA"}).tolist() == [-0.25, 1, 0, 0]
    assert encoder.decode_row(np.array([1.0, 0, 1, 0])) == {"Age": 48.0, "Land": "Spain"}


def test_odd_values_in_another_file(tmp_path: Path) -> None:
    """Unknown words, words for numbers, wild numbers and other date forms are encoded without an error."""
    learned = {
        "x": ["1", "2", "3", "4"],
        "c": ["a", "b", "c", "a"],
        "b": ["yes", "no", "no", "yes"],
        "d": ["31/01/2020", "13/02/2020", "14/02/2020", "15/03/2020"],
    }
    odd = {
        "x": ["1e99", "about 3", "-1e99", ""],
        "c": ["z", "", "b", "a" * 300],
        "b": ["maybe", "", "no", "no"],
        "d": ["01/02/2020", "02/03/2020", "", "03/04/2020"],
    }
    with table_of(tmp_path, learned) as table, table_of(tmp_path, odd, "odd.csv") as other:
        encoder = fitted(table, {"d": Plan(date_parts=("days",))})
        X = encoder.encode(other)
        assert np.isfinite(X).all()
        names = tuple(odd)
        for i, x in enumerate(X):
            np.testing.assert_array_equal(encoder.encode_row({name: odd[name][i] for name in names}), x)
        # Every date of the other file could also begin with the month; the way learned is kept.
        assert encoder.decode_row(X[0])["d"] == "01/02/2020"


def test_dates_in_another_form_are_read(tmp_path: Path) -> None:
    """A file whose dates are written otherwise is read by its own profile; numbers are not taken for dates."""
    forms = {"d": ["31/01/2020", "13/02/2020", "14/02/2020"]}
    others = {"iso.csv": ["2020-01-31", "2020-02-13", "2020-02-14"], "number.csv": ["1", "2", "2.5"]}
    with table_of(tmp_path, forms) as table:
        encoder = fitted(table, {})
        X = encoder.encode(table)
        with table_of(tmp_path, {"d": others["iso.csv"]}, "iso.csv") as iso:
            np.testing.assert_array_equal(encoder.encode(iso), X)
        with table_of(tmp_path, {"d": others["number.csv"]}, "number.csv") as numbers:
            np.testing.assert_array_equal(encoder.encode(numbers), np.tile(encoder.encode_row({}), (3, 1)))
    days = np.array([18292.0])
    assert date_part(days, "year")[0] == 2020
