"""Every way to treat, scale and fill a column gives the inputs one works out by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from planned_tables import TARGET, fitted, table_of

from ann_viz.data import Encoder, Recipe
from ann_viz.data.encoding.recipe import Plan, Scaling
from ann_viz.errors import DataError

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
