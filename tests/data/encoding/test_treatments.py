"""Every way to treat, scale and fill a column gives the inputs one works out by hand, from training rows only."""

from __future__ import annotations

import csv
import itertools
import json
import math
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ann_viz.data import Encoder, Recipe, Table, open_table
from ann_viz.data.encoding.date_parts import date_part
from ann_viz.data.encoding.recipe import Plan, Scaling
from ann_viz.errors import DataError

TARGET = "t"
DAY = "%Y-%m-%d"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def table_of(folder: Path, columns: Mapping[str, Sequence[object]], name: str = "file.csv") -> Table:
    """A table of these columns and a target that is no one's business here."""
    n_rows = len(next(iter(columns.values())))
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*columns, TARGET])
        writer.writerows(zip(*columns.values(), [row % 2 for row in range(n_rows)], strict=True))
    return open_table(path, overrides={"delimiter": ",", "header": True, "skip_lines": 0, "quote": '"'})


def fitted(table: Table, plans: Mapping[str, Plan], rows: Sequence[int] | None = None, **fields: Any) -> Encoder:
    inputs = tuple(column.name for column in table.columns if column.name != TARGET)
    recipe = Recipe(target=TARGET, task="binary", inputs=inputs, plans=tuple(plans.items()), **fields)
    return Encoder.fit(table, recipe, np.arange(table.n_rows) if rows is None else np.array(rows))


NUMBERS = [1, 2, 2, "", 15]


@pytest.mark.parametrize(
    ("fill", "value"),
    [
        (None, 2.0),  # the median of 1 2 2 15
        ("mean", 5.0),  # 20 / 4
        ("most frequent", 2.0),
        ("zero", 0.0),
        ("none of them", 0.0),
        ("=-7.5", -7.5),
    ],
)
def test_missing_numbers(tmp_path: Path, fill: str | None, value: float) -> None:
    """What stands in for a missing number is scaled with the others, and an input of its own can tell."""
    with table_of(tmp_path, {"x": NUMBERS}) as table:
        encoder = fitted(table, {"x": Plan(fill=fill, flag_missing=True)})
        assert encoder.input_names == ("x", "x missing")
        filled = np.array([1, 2, 2, value, 15])
        X = encoder.encode(table)
        np.testing.assert_allclose(X[:, 0], (filled - filled.mean()) / filled.std(), rtol=1e-6)
        assert X[:, 1].tolist() == [0, 0, 0, 1, 0]
        assert [encoder.decode_row(row)["x"] for row in X] == [
            pytest.approx(1, abs=1e-5),
            pytest.approx(2, abs=1e-5),
            pytest.approx(2, abs=1e-5),
            None,
            pytest.approx(15, abs=1e-5),
        ]


@pytest.mark.parametrize(
    ("scaling", "inputs"),
    [
        ("standard", np.array([-0.75, -0.5, -0.5, 1.75]) * 4 / math.sqrt((9 + 4 + 4 + 49) / 4)),
        ("minmax", [0, 1 / 11, 1 / 11, 1]),
        # quartiles of 1 2 2 12: 1.75, 2, 4.5
        ("robust", np.array([-1, 0, 0, 10]) / 2.75),
    ],
)
def test_scalings(tmp_path: Path, scaling: Scaling, inputs: Sequence[float]) -> None:
    """Numbers are scaled as the plan says: 1 2 2 12, mean 17 / 4 = 4.25 … worked out for each scaling."""
    values = np.array([1.0, 2.0, 2.0, 12.0])
    with table_of(tmp_path, {"x": [1, 2, 2, 12]}) as table:
        X = fitted(table, {"x": Plan(scaling=scaling)}).encode(table)[:, 0]
        expected = (values - 4.25) / values.std() if scaling == "standard" else inputs
        np.testing.assert_allclose(X, expected, rtol=1e-6)


def test_categories_with_a_value_of_their_own_for_missing(tmp_path: Path) -> None:
    """Missing can be a category or, with "zero", light no input; what was never seen lights none either."""
    columns = {"c": ["a", "b", "c", "", "b"]}
    with table_of(tmp_path, columns) as table:
        own = fitted(table, {"c": Plan(fill="=unknown")})
        assert own.input_names == ("a", "b", "c", "unknown")
        assert own.encode_row({}).tolist() == [0, 0, 0, 1]
        none = fitted(table, {"c": Plan(fill="zero", flag_missing=True)})
        assert none.input_names == ("a", "b", "c", "c missing")
        assert none.encode(table)[3].tolist() == [0, 0, 0, 1]
        assert none.encode_row({"c": "new"}).tolist() == [0, 0, 0, 0]
        assert none.decode_row(none.encode_row({"c": "new"})) == {"c": None}
        common = fitted(table, {"c": Plan(fill="median")})
        assert common.decode_row(common.encode_row({"c": ""})) == {"c": "b"}
        # Where no training row lacks a value there is no input for it.
        assert fitted(table, {"c": Plan(fill="=unknown")}, rows=[0, 1, 2]).input_names == ("a", "b", "c")


def test_rare_and_unknown_categories_share_an_input(tmp_path: Path) -> None:
    """Categories of fewer than one in a thousand rows light 'other', as do those never seen; missing does not."""
    values = ["a"] * 1500 + ["b"] * 1490 + ["c", "d", ""]
    with table_of(tmp_path, {"x": values}) as table:
        encoder = fitted(table, {"x": Plan(treat="category")}, category_fill="none of them")
        assert encoder.input_names == ("a", "b", "other")
        for text, inputs in {"a": [1, 0, 0], "c": [0, 0, 1], "new": [0, 0, 1], "": [0, 0, 0]}.items():
            assert encoder.encode_row({"x": text}).tolist() == inputs
        assert encoder.decode_row(encoder.encode_row({"x": "d"})) == {"x": "other"}


def test_numbers_as_categories_and_the_reverse(tmp_path: Path) -> None:
    """Codes can be categories; numbers among a few words can be numbers, the words then count as missing."""
    columns = {"code": [10, 9, 10, 11, 9, 9], "size": ["1", "two", "3", "5", "three", "$1,000"]}
    with table_of(tmp_path, columns) as table:
        assert table.column("size").kind in ("category", "text")
        encoder = fitted(table, {"code": Plan(treat="category"), "size": Plan(treat="number", fill="zero")})
        assert encoder.input_names == ("9", "10", "11", "size")
        assert encoder.encode(table)[:, :3].tolist() == [
            [0, 1, 0],
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
            [1, 0, 0],
            [1, 0, 0],
        ]
        sizes = [encoder.decode_row(row)["size"] for row in encoder.encode(table)[:4]]
        assert sizes == pytest.approx([1, 0, 3, 5], abs=1e-3)


def test_yes_no_of_other_kinds(tmp_path: Path) -> None:
    """Two values can be one 0/1 input or two inputs; the word that means yes, else the larger number, is the 1."""
    columns = {"n": [3, 7, 3, 3, 7], "w": ["yes", "no", "no", "no", "no"], "s": ["q", "p", "q", "q", ""]}
    with table_of(tmp_path, columns) as table:
        plans = {"n": Plan(treat="yes_no"), "w": Plan(treat="category"), "s": Plan(flag_missing=True)}
        encoder = fitted(table, plans)
        assert encoder.input_names == ("n", "no", "yes", "s", "s missing")
        # 'p' is the rarer text, so it counts as 1; the empty cell counts as 'q'.
        expected = [[0, 0, 1, 0, 0], [1, 1, 0, 1, 0], [0, 1, 0, 0, 0], [0, 1, 0, 0, 0], [1, 1, 0, 0, 1]]
        assert encoder.encode(table).tolist() == expected
        assert encoder.decode_row(np.array(expected[1])) == {"n": "7", "w": "no", "s": "p"}
        assert encoder.decode_row(np.array(expected[4]))["s"] is None
        assert fitted(table, {"s": Plan(fill="zero")}).encode(table)[4, -1] == 0


def test_dates_become_parts(tmp_path: Path) -> None:
    """Year scaled, month and weekday on circles; the missing date is the median; days alone are exact."""
    # Days since 1970: 2020-01-01 is 18262 (Wednesday), 2021-04-02 18719 (Friday), 2023-07-03 19541 (Monday).
    columns = {"d": ["2020-01-01", "2021-04-02", "2023-07-03", ""]}
    with table_of(tmp_path, columns) as table:
        X = fitted(table, {}).encode(table)
        years = np.array([2020, 2021, 2023, 2021])
        np.testing.assert_allclose(X[:, 0], (years - years.mean()) / years.std(), rtol=1e-5)
        np.testing.assert_allclose(X[:, 1:3], [[0, 1], [1, 0], [0, -1], [1, 0]], atol=1e-6)
        angles = 2 * np.pi * np.array([2, 4, 0, 4]) / 7
        np.testing.assert_allclose(X[:, 3:5], np.c_[np.sin(angles), np.cos(angles)], atol=1e-6)
        days = fitted(table, {"d": Plan(date_parts=("days",), flag_missing=True, scaling="minmax")})
        assert days.input_names == ("d days", "d missing")
        np.testing.assert_allclose(days.encode(table)[:, 0], [0, 457 / 1279, 1, 457 / 1279], rtol=1e-6)
        assert [days.decode_row(row)["d"] for row in days.encode(table)] == [*columns["d"][:3], None]
        assert fitted(table, {}).decode_row(X[1]) == {"d": "April 2021, Friday"}


@pytest.mark.parametrize(
    ("fill", "day"),
    [
        (None, "2021-04-02"),
        ("most frequent", "2020-01-01"),
        ("zero", "1970-01-01"),
        ("=02.03.2022", "2022-03-02"),
        ("=2022-03-02", "2022-03-02"),
    ],
)
def test_missing_dates(tmp_path: Path, fill: str | None, day: str) -> None:
    """A missing date is filled like a number; an own date is written as in the file or as year-month-day."""
    columns = {"d": ["01.01.2020", "02.04.2021", "13.07.2023", "", "01.01.2020", "14.07.2023"]}
    rows = [0, 1, 2, 3] if fill is None else None
    with table_of(tmp_path, columns) as table:
        encoder = fitted(table, {"d": Plan(fill=fill, date_parts=("days",))}, rows)
        expected = ".".join(reversed(day.split("-")))
        assert encoder.decode_row(encoder.encode_row({})) == {"d": expected}


def test_recipes_fill_dates_too(tmp_path: Path) -> None:
    """The recipe's mean is that of the dates; its zero is not taken for the year 1970."""
    with table_of(tmp_path, {"d": ["2020-01-01", "2020-01-03", "2020-01-20", ""]}) as table:
        plans = {"d": Plan(date_parts=("days",))}
        # 1, 3 and 20 January: 8 January on average
        for rule, day in (("mean", "2020-01-08"), ("zero", "2020-01-03"), ("median", "2020-01-03")):
            encoder = fitted(table, plans, number_fill=rule)
            assert encoder.decode_row(encoder.encode_row({})) == {"d": day}


def test_texts_and_numbers_as_dates_and_dates_as_others(tmp_path: Path) -> None:
    """Dates among words are read in the form that fits most of them; dates can be numbers or categories."""
    columns = {"when": ["31.01.2020", "soon", "1.2.2020", "later"], "day": ["2020-01-01", "2020-01-02"] * 2}
    with table_of(tmp_path, columns) as table:
        plans = {"when": Plan(treat="date", date_parts=("days",)), "day": Plan(treat="number")}
        encoder = fitted(table, plans)
        assert encoder.decode_row(encoder.encode(table)[0])["when"] == "31.01.2020"
        # 2020-01-01 is day 18262
        assert encoder.decode_row(encoder.encode(table)[0])["day"] == pytest.approx(18262)
        assert fitted(table, plans | {"day": Plan(treat="category")}).input_names[-1] == "2020-01-02"
        with pytest.raises(DataError, match="has no date"):
            fitted(table, {"when": Plan(treat="date"), "day": Plan(treat="date")}, rows=[1, 3])


def test_texts_are_counted_or_left_out(tmp_path: Path) -> None:
    """A text is ignored, or its length or number of words is an input; nothing counts as no characters."""
    texts = [f"word {'x' * n} number {n} of many, all different" for n in range(11)]
    with table_of(tmp_path, {"note": [*texts, ""], "x": range(12)}) as table:
        assert table.column("note").kind == "text"
        assert fitted(table, {}).input_names == ("x",)
        lengths = np.array([*map(len, texts), 0.0])
        encoder = fitted(table, {"note": Plan(text_as="length")})
        assert encoder.input_names == ("note length", "x")
        X = encoder.encode(table)[:, 0]
        np.testing.assert_allclose(X, (lengths - lengths.mean()) / lengths.std(), rtol=1e-5)
        encoder = fitted(table, {"note": Plan(text_as="words", flag_missing=True, scaling="minmax")})
        assert encoder.input_names == ("note words", "note missing", "x")
        # The first has an empty second word: "word", "number", "0", "of", "many,", "all", "different"
        np.testing.assert_allclose(encoder.encode(table)[[0, 1, 11], :2], [[7 / 8, 0], [1, 0], [0, 1]], rtol=1e-6)
        np.testing.assert_array_equal(encoder.encode_row({"note": texts[3], "x": "3"}), encoder.encode(table)[3])
        inputs = Recipe(target=TARGET, task="binary", inputs=("note",))
        with pytest.raises(DataError, match="No column is left"):
            Encoder.fit(table, inputs, np.arange(12))


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (Plan(treat="number"), "has no number"),
        (Plan(treat="yes_no"), "3 different values"),
        (Plan(treat="date"), "has no date"),
    ],
)
def test_what_can_not_be_is_said(tmp_path: Path, plan: Plan, says: str) -> None:
    """A column that can't be taken for what the plan says is named, with the reason."""
    with table_of(tmp_path, {"c": ["a", "b", "c", "a"]}) as table, pytest.raises(DataError, match=f"'c'.*{says}"):
        fitted(table, {"c": plan})


@pytest.mark.parametrize(
    ("column", "fill", "says"),
    [("x", "=many", "not a number"), ("d", "=soon", "not a date"), ("b", "=maybe", "neither 'no' nor 'yes'")],
)
def test_values_of_ones_own_that_do_not_fit(tmp_path: Path, column: str, fill: str, says: str) -> None:
    """A word can't fill numbers, nor a third value a yes/no column."""
    columns = {"x": [1, 2, 3.5], "d": ["2020-01-01", "2020-01-02", ""], "b": ["yes", "no", ""]}
    with table_of(tmp_path, columns) as table, pytest.raises(DataError, match=f"'{column}'.*{says}"):
        fitted(table, {column: Plan(fill=fill)})


def test_own_numbers_may_be_written_plainly(tmp_path: Path) -> None:
    """In a file with decimal commas an own value may have a point all the same."""
    with table_of(tmp_path, {"x": ["1,5", "2,5", "", "4,25", "7,75", "9,5"]}) as table:
        for text in ("=1.25", "=1,25"):
            assert fitted(table, {"x": Plan(fill=text)}).features[0].fill == 1.25


def test_columns_of_one_kind_in_training(tmp_path: Path) -> None:
    """Training rows that lack one answer of a yes/no column, or all but two categories, still give an encoding."""
    columns = {"b": ["yes", "yes", "yes", "no", ""], "c": ["u", "v", "u", "w", ""], "e": ["k", "k", "k", "m", "n"]}
    with table_of(tmp_path, columns) as table:
        encoder = fitted(table, {}, rows=[0, 1, 2])
        assert encoder.input_names == ("b", "c", "k")
        assert encoder.encode(table)[:, 0].tolist() == [1, 1, 1, 0, 1]
        # 'v' is the rarer of the two seen, so it is the 1; 'w' was never seen.
        assert encoder.encode(table)[:, 1].tolist() == [0, 1, 0, 0, 0]
        with pytest.raises(DataError, match="'c': has no value"):
            fitted(table, {}, rows=[4])


def wild(columns: Mapping[str, Sequence[object]], n_train: int) -> dict[str, Sequence[object]]:
    """The same training rows with other rows nothing like them."""
    n = len(columns["x"]) - n_train
    others: dict[str, Sequence[object]] = {
        "x": [-9e9 * (row + 1) for row in range(n)],
        "c": [f"Atlantis {row}" if row % 2 else "" for row in range(n)],
        "b": ["", "yes"] * (n // 2),
        "d": [f"{1700 + row}-01-01" for row in range(n)],
        "s": ["long " * (row + 5) for row in range(n)],
        "k": [-5 - row for row in range(n)],
    }
    return {name: [*values[:n_train], *others[name]] for name, values in columns.items()}


N_TRAIN = 42
FILLS = (None, "median", "mean", "most frequent", "zero", "none of them", "own")
OWN = {"x": "=1.5", "c": "=grey", "b": "=no", "d": "=2021-02-03", "s": None, "k": "=9"}
TREAT: dict[str, Any] = {"x": "number", "c": "category", "b": "yes_no", "d": "date", "s": "text", "k": "category"}


@pytest.fixture(scope="module")
def tame_and_wild(folder: Path) -> Iterator[tuple[Table, Table]]:
    """Two tables with the same training rows and other rows nothing alike."""
    rng = np.random.default_rng(8)
    n = 60
    columns: dict[str, Sequence[object]] = {
        "x": [value if row % 5 else "" for row, value in enumerate(rng.normal(3, 2, n).round(3))],
        "c": [("red", "green", "blue", "")[row % 4] for row in range(n)],
        "b": [("yes", "no", "no", "", "no", "yes")[row % 6] for row in range(n)],
        "d": [f"2020-{1 + row % 12:02}-{1 + row % 28:02}" if row % 7 else "" for row in range(n)],
        "s": [f"a text {'x' * (row % 13)} {row}" for row in range(n)],
        "k": [row % 5 for row in range(n)],
    }
    with (
        table_of(folder, columns, "tame.csv") as table,
        table_of(folder, wild(columns, N_TRAIN), "wild.csv") as other,
    ):
        yield table, other


@pytest.mark.parametrize(("scaling", "fill"), [*itertools.product(get_args(Scaling), FILLS)])
def test_no_other_row_leaks_in(tame_and_wild: tuple[Table, Table], scaling: Scaling, fill: str | None) -> None:
    """Whatever validation and test rows hold, the encoder is the same, for every scaling and every fill."""
    table, other = tame_and_wild
    plans = {
        name: Plan(
            treat=TREAT[name],
            scaling=scaling,
            fill=OWN[name] if fill == "own" else fill,
            flag_missing=True,
            text_as="words",
        )
        for name in TREAT
    }
    encoder = fitted(table, plans, range(N_TRAIN))
    assert encoder == fitted(other, plans, range(N_TRAIN))
    np.testing.assert_array_equal(encoder.encode(table)[:N_TRAIN], encoder.encode(other)[:N_TRAIN])
    assert np.isfinite(encoder.encode(other)).all()


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


def test_many_training_rows_are_sampled(tmp_path: Path) -> None:
    """Of more rows than allowed the same ones are drawn every time, and only these are looked at."""
    rng = np.random.default_rng(1)
    with table_of(tmp_path, {"x": rng.normal(size=500).round(6)}) as table:
        recipe = Recipe(target=TARGET, task="binary", inputs=("x",))
        rows = np.arange(0, 500, 2)
        sampled = Encoder.fit(table, recipe, rows, at_most=100)
        assert sampled == Encoder.fit(table, recipe, rows, at_most=100)
        assert sampled != Encoder.fit(table, recipe, rows)
        assert Encoder.fit(table, recipe, rows, at_most=250) == Encoder.fit(table, recipe, rows[::-1])
        assert abs(sampled.features[0].mean - Encoder.fit(table, recipe, rows).features[0].mean) < 0.5


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
