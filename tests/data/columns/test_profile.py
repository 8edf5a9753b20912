"""Columns are judged over all rows: their kind, their numbers, and why they start as ignored."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ann_viz.data import Column, open_table
from ann_viz.data.columns.profile import profile
from ann_viz.data.database.store import Store
from ann_viz.data.files.dialect import Dialect
from ann_viz.errors import Cancelled
from ann_viz.temporary import TemporaryFolder


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
        ("almost", [*range(300, 0, -1), "abc"], "number", None),
        (
            "stock",
            [*range(84000, 84300), *(f"{n}A" for n in range(85000, 85012))],
            "text",
            "has 12 values that are not numbers",
        ),
        ("essay", ["long " * 60, "b"] * 10, "text", "holds texts of up to 299 characters"),
        ("zip_code", [10115, 20095, 80331, 50667] * 10, "category", None),
        ("zip", [10000 + i * 7 for i in range(120)] * 3, "number", None),
        ("ja", ["Ja", "Nein", "Nein"] * 10, "yes_no", None),
        ("aktiv", ["wahr", "falsch"] * 10, "yes_no", None),
        ("回答", ["はい", "いいえ"] * 10, "yes_no", None),
        ("tick", ["✓", "✗", ""] * 10, "yes_no", None),
        ("sex", ["m", "f"] * 10, "category", None),
        ("side", ["N", "S"] * 10, "category", None),
        ("paid", ["(1,234)", "2,500", "17-"] * 10, "number", None),
        ("at", ["2024-01-31T10:20:30Z", "2024-02-01T00:00:00.5+02:00"] * 10, "date", None),
        ("at", ["12 Mar 2024", "5 Apr 2023"] * 10, "date", None),
        ("at", ["1:05 pm", "11:30 am"] * 10, "date", None),
        ("quarter", ["2024 Q1", "2023 Q4"] * 10, "date", None),
        ("day", [20240101 + i for i in range(28)], "date", None),
        ("day", [20240101 + i for i in range(60)] * 2, "number", None),
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
    assert (column.q1, column.median, column.q3) == (2.0, 3.0, 4.0)
    assert column.ascending
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


def test_outliers_and_skew(tmp_path: Path) -> None:
    """A few far numbers count as outliers and bend the skew; in a column of zeros nothing is far."""
    column = profiled(tmp_path, "x", [*range(100), 5000, 6000])
    assert column.n_outliers == 2
    assert column.skew > 5
    assert profiled(tmp_path, "x", [*[0] * 90, *range(10)]).n_outliers == 0


def test_codes_times_and_order(tmp_path: Path) -> None:
    """Codes go by name or leading zeros, times by the form, order by all rows."""
    assert profiled(tmp_path, "PLZ", [10115 + i for i in range(60)]).code
    assert profiled(tmp_path, "ward", ["007", "012", "007"] * 10).code
    assert profiled(tmp_path, "month", [1 + i % 12 for i in range(60)]).code
    assert not profiled(tmp_path, "month", [1 + i for i in range(60)]).code
    assert not profiled(tmp_path, "grade", [1, 2, 3] * 20).code
    for name in ("Código", "zip2", "homeZip 3", "ZIPCode", "우편번호"):  # whatever case, accents and digits
        assert profiled(tmp_path, name, [10115 + i for i in range(60)]).code
    assert profiled(tmp_path, "mês", [1 + i % 12 for i in range(60)]).code
    assert profiled(tmp_path, "at", ["2024-01-01 10:00", "2024-01-02 00:00"]).has_time
    assert not profiled(tmp_path, "at", ["2024-01-01 00:00", "2024-01-02 00:00"]).has_time
    assert profiled(tmp_path, "at", ["2024-01-01", "", "2024-01-01", "2024-02-01"]).ascending
    assert not profiled(tmp_path, "at", ["2024-01-01", "2024-02-01", "2024-01-31"]).ascending


def test_texts_are_measured(tmp_path: Path) -> None:
    """Length and number of words of a text column."""
    column = profiled(tmp_path, "t", ["one", "two words", "and three words"])
    assert (column.longest, column.mean_length, column.words) == (15, 9.0, 2.0)


_value = st.one_of(
    st.sampled_from(["", "1", "2", "3.5", "007", "yes", "no", "2020-01-02", "12 Mar 2024", "$1", "a b", "1e5"]),
    st.integers(0, 30).map(str),
)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(values=st.lists(_value, min_size=1, max_size=60), few=st.sampled_from([1, 5, 1000]))
@example(values=["", "1", "12 Mar 2024"], few=1)
@example(values=["a b", "", "", "c", "d e f"], few=1)
def test_the_database_measures_the_same(tmp_path: Path, values: list[str], few: int) -> None:
    """A table fetched whole and one measured by the database, by counts or by sums, give equal columns."""
    with mock_limits(fetched=10**6, few=few):
        fetched = profiled(tmp_path, "x", list(values))
    with mock_limits(fetched=0, few=few):
        measured = profiled(tmp_path, "x", list(values))
    if fetched.n_distinct > few:
        fetched, measured = (
            replace(column, categories=(), histogram=(), positive=None) for column in (fetched, measured)
        )
    for field in fields(Column):
        ours, theirs = getattr(fetched, field.name), getattr(measured, field.name)
        if isinstance(ours, float):
            ours = pytest.approx(ours, rel=1e-9, abs=1e-9, nan_ok=True)
        assert theirs == ours, field.name


@contextmanager
def stored(cells: list[str], n_rows: int) -> Iterator[Store]:
    """A loaded table with these expressions of the number of the row as columns."""
    store = Store(TemporaryFolder(), len(cells), n_rows * len(cells))
    try:
        columns = ", ".join(f"{cell} AS v{place}" for place, cell in enumerate(cells))
        store.query(f"CREATE TABLE t AS SELECT {columns}, {len(cells)} AS n FROM range({n_rows})")
        yield store
    finally:
        store.close()


@contextmanager
def mock_limits(fetched: int, few: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ann_viz.data.columns.profile._FETCHED_ROWS", fetched)
        patch.setattr("ann_viz.data.columns.measuring._FEW_VALUES", few)
        yield


@pytest.mark.parametrize("rows", [0, 10**6])
def test_cancelling_stops_the_profile(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    """A profile asked to stop stops, and reports a share that only grows until then."""
    monkeypatch.setattr("ann_viz.data.columns.profile._FETCHED_ROWS", rows)
    shares: list[float] = []
    with stored(["range::VARCHAR", "'x' || range % 3"], n_rows=50) as store:
        profile(store, ["a", "b"], Dialect(), 50, {}, progress=shares.append)
        assert shares == sorted(shares)
        assert shares[-1] == 1.0
        asked = iter([False, False, True])
        with pytest.raises(Cancelled):
            profile(store, ["a", "b"], Dialect(), 50, {}, cancelled=lambda: next(asked))


def test_wide_tables() -> None:
    """Thousands of columns are profiled in groups."""
    with stored([f"'{i % 3}'" for i in range(2000)], n_rows=60) as store:
        columns = profile(store, [f"c{i}" for i in range(2000)], Dialect(), 60, {})
    assert {column.kind for column in columns} == {"constant"}
    assert columns[1999].categories == (("1", 60),)


def test_large_tables_are_counted_exactly_where_it_matters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit for exact counts the kinds stay the same."""
    monkeypatch.setattr("ann_viz.data.columns.profile._FETCHED_ROWS", 10)
    monkeypatch.setattr("ann_viz.data.columns.measuring._EXACT_ROWS", 10)
    monkeypatch.setattr("ann_viz.data.columns.measuring._PART_ROWS", 100)
    monkeypatch.setattr("ann_viz.data.columns.measuring._FEW_VALUES", 20)
    assert profiled(tmp_path, "CustomerId", [i * 37 % 1009 for i in range(500)]).kind == "identifier"
    column = profiled(tmp_path, "surname", [f"n{i % 400}" for i in range(2000)])
    assert column.kind == "text"
    assert 300 < column.n_distinct < 500
