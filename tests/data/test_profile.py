"""Columns are judged over all rows: their kind, their numbers, and why they start as ignored."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ann_viz.data import Column, open_table


def profiled(folder: Path, name: str, values: list[object]) -> Column:
    path = folder / "file.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([name, "other"])
        writer.writerows([value, "x"] for value in values)
    with open_table(path, overrides={"delimiter": ",", "header": True, "skip_lines": 0}) as table:
        return table.columns[0]


@pytest.mark.parametrize(
    ("name", "values", "kind", "reason"),
    [
        ("RowNumber", list(range(1, 51)), "identifier", "only counts 1, 2, 3 …"),
        ("CustomerId", [i * 37 % 1009 for i in range(1, 51)], "identifier", "every value is different"),
        ("code", [f"A{i:05}" for i in range(50)], "identifier", "every value is different"),
        ("number", [15600000 + i * 37 % 1009 for i in range(200)], "identifier", "every value is different"),
        ("name", [f"Smith, Mr. {i}" for i in range(50)], "text", "every value is different"),
        ("surname", [f"n{i % 150}" for i in range(400)], "text", "has 150 different texts"),
        ("nothing", ["", "NA", "?"] * 10, "empty", "has no values"),
        ("same", ["a", "", "a"] * 10, "constant", "always the same value"),
        ("zip", ["01234", "98765", "01234"] * 10, "category", None),
        ("flag", [0, 1, 1, ""] * 10, "yes_no", None),
        ("answer", ["Yes", "no", "no"] * 10, "yes_no", None),
        ("sex", ["male", "female"] * 10, "category", None),
        ("grade", [1, 2, 3, 3] * 10, "number", None),
        ("big", [2**60 + i % 3 for i in range(30)], "category", None),
        ("when", ["2020-01-02", "2021-12-31"] * 10, "date", None),
        ("infinite", ["inf", "1", "2"] * 10, "category", None),
        ("price", ["$1.50", "$2.25 ", "-$3"] * 10, "number", None),
        ("almost", [*range(300), "abc"], "text", "has 1 value that is not a number"),
        ("essay", ["long " * 60, "b"] * 10, "text", "holds texts of up to 299 characters"),
        (
            "order_id",
            [i // 3 for i in range(300)],
            "identifier",
            "is named like an identifier and has 100 different values",
        ),
    ],
)
def test_kinds(tmp_path: Path, name: str, values: list[object], kind: str, reason: str | None) -> None:
    """Each kind of column is told from the others, with a clause where it starts as ignored."""
    column = profiled(tmp_path, name, values)
    assert (column.kind, column.reason) == (kind, reason)


def test_numbers_of_a_column(tmp_path: Path) -> None:
    """Range, mean, spread, missing cells and histogram are those of all rows."""
    column = profiled(tmp_path, "x", [1.0, 2.0, 3.0, 4.0, "NA", 5.5])
    assert (column.minimum, column.maximum, column.n_missing, column.whole) == (1.0, 5.5, 1, False)
    assert column.mean == pytest.approx(3.1)
    assert column.std == pytest.approx(1.5620499)
    assert len(column.histogram) == 14
    assert sum(column.histogram) == 5
    many = profiled(tmp_path, "x", [i / 7 for i in range(1000)])
    assert len(many.histogram) == 14
    assert sum(many.histogram) == 1000


def test_categories_are_counted(tmp_path: Path) -> None:
    """Most common first, ties by name; whole numbers get one bar each; yes is known."""
    column = profiled(tmp_path, "x", ["b", "a", "a", "c", "c"])
    assert column.categories == (("a", 2), ("c", 2), ("b", 1))
    assert column.histogram == (2, 2, 1)
    assert profiled(tmp_path, "n", [1, 1, 1, 3]).histogram == (3, 0, 1)
    assert profiled(tmp_path, "n", ["no", "Yes", "no"]).positive == "Yes"


def test_large_tables_are_counted_exactly_where_it_matters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit for exact counts the kinds stay the same."""
    monkeypatch.setattr("ann_viz.data.profile._EXACT_ROWS", 10)
    assert profiled(tmp_path, "CustomerId", [i * 37 % 1009 for i in range(500)]).kind == "identifier"
    column = profiled(tmp_path, "surname", [f"n{i % 400}" for i in range(2000)])
    assert column.kind == "text"
    assert 300 < column.n_distinct < 500
