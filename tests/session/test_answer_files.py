"""Answers go to the kind of file that the name asks for, in the order asked for, and all or nothing."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from ann_viz.data import Dataset, open_table
from ann_viz.errors import Cancelled, OutputError
from ann_viz.session import Model, Session
from ann_viz.session.answer_files import FORMATS, check_format, format_of
from ann_viz.session.new_rows import open_for
from ann_viz.session.predict import RowOrder, predict_file
from ann_viz.session.sorted_rows import SortedRows
from ann_viz.session.spreadsheet import FormulaCells
from tests.session.conftest import write_circles


def trained(dataset: Dataset) -> Model:
    session = Session()
    session.open(dataset)
    session.step("epoch")
    assert session.wait(60)
    return session.model()


def answered(model: Model, source: Path, out: Path, order: RowOrder = "file") -> list[dict[str, str]]:
    """Predict a file and read the answers as CSV."""
    with open_for(model, source) as rows:
        predict_file(rows, out, order=order)
    return as_rows(out)


def as_rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def table_rows(path: Path) -> tuple[list[str], list[Sequence[str | None]]]:
    """Read a Parquet or an Excel file as the program reads them."""
    with open_table(path, overrides={"header": True}) as table:
        return [column.name for column in table.columns], list(table.rows())


def test_sorted_rows_are_the_same_rows(circles: Dataset, tmp_path: Path) -> None:
    """By the chance of a yes, the largest first; every row as without sorting."""
    model, source = trained(circles), circles.table.path
    plain = answered(model, source, tmp_path / "plain.csv")
    by_chance = answered(model, source, tmp_path / "sorted.csv", "chance")
    chances = [float(row["probability_yes"]) for row in by_chance]
    assert chances == sorted(chances, reverse=True) and chances != [float(row["probability_yes"]) for row in plain]
    assert sorted(by_chance, key=lambda row: int(row["row"])) == plain


def test_of_three_classes_the_surest_answer_comes_first(flowers: Dataset, tmp_path: Path) -> None:
    rows = answered(trained(flowers), flowers.table.path, tmp_path / "out.csv", "chance")
    surest = [max(float(value) for name, value in row.items() if name.startswith("prob")) for row in rows]
    assert surest == sorted(surest, reverse=True)


def test_the_largest_number_comes_first(houses: Dataset, tmp_path: Path) -> None:
    rows = answered(trained(houses), houses.table.path, tmp_path / "out.csv", "chance")
    numbers = [float(row["prediction"]) for row in rows]
    assert numbers == sorted(numbers, reverse=True)


def test_rows_that_do_not_fit_come_last(circles: Dataset, tmp_path: Path) -> None:
    """They have no answer to be sorted by, among them one on the first line and one on the last."""
    source = tmp_path / "new.csv"
    lines = write_circles(tmp_path / "c.csv", 60).read_text().splitlines()
    source.write_text("\n".join([lines[0], "1,2", *lines[1:], "a,b,c,d,e,f"]) + "\n")
    rows = answered(trained(circles), source, tmp_path / "out.csv", "chance")
    assert [row["prediction"] for row in rows[-2:]] == ["", ""] and all(row["prediction"] for row in rows[:-2])
    assert len(rows) == 62


def test_tabs_for_tsv(circles: Dataset, tmp_path: Path) -> None:
    model, source = trained(circles), circles.table.path
    plain = answered(model, source, tmp_path / "plain.csv")
    answered(model, source, tmp_path / "out.TSV")
    assert as_rows(tmp_path / "out.TSV", "\t") == plain


def test_parquet_has_numbers_as_numbers(circles: Dataset, tmp_path: Path) -> None:
    import duckdb

    model, source, out = trained(circles), circles.table.path, tmp_path / "out.parquet"
    plain = answered(model, source, tmp_path / "plain.csv")
    with open_for(model, source) as rows:
        predict_file(rows, out)
    found = duckdb.sql(f"SELECT * FROM read_parquet('{out}')")
    types = dict(zip(found.columns, map(str, found.types), strict=True))
    assert types["x"] == types["probability_yes"] == "DOUBLE" and types["row"] == "BIGINT"
    assert types["colour"] == types["prediction"] == "VARCHAR"
    values = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    assert [row["prediction"] for row in values] == [row["prediction"] for row in plain]
    assert [row["x"] for row in values] == [float(row["x"]) for row in plain]


def test_excel_has_numbers_and_no_formula(houses: Dataset, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    model, out = trained(houses), tmp_path / "out.xlsx"
    source = tmp_path / "new.csv"
    source.write_text("area,rooms,note\n" + "\n".join(f"{50 + n},{n % 5 + 1},=1+{n}" for n in range(40)))
    with open_for(model, source) as rows:
        predict_file(rows, out, FormulaCells(escape=True))
    names, cells = table_rows(out)
    assert names == ["area", "rooms", "note", "row", "prediction"]
    assert [row[2] for row in cells] == [f"=1+{n}" for n in range(40)], "as text, and without an apostrophe"
    assert [float(row[0] or "") for row in cells] == [50 + n for n in range(40)]


def test_an_excel_file_that_is_too_long_is_refused_before_any_work() -> None:
    pytest.importorskip("xlsxwriter")
    with pytest.raises(OutputError, match="1,048,575 rows"):
        check_format(next(each for each in FORMATS if each.suffix == ".xlsx"), 1 << 20)


def test_without_the_package_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(OutputError, match=r"ann-viz\[excel\]"):
        check_format(format_of("out.xlsx"), 10)


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_stopped_half_way_the_old_file_is_as_it_was(circles: Dataset, tmp_path: Path, name: str) -> None:
    out, asked = tmp_path / name, []
    out.write_text("old")
    with open_for(trained(circles), circles.table.path) as rows, pytest.raises(Cancelled):
        predict_file(rows, out, order="chance", cancelled=lambda: len(asked) > 0 or bool(asked.append(1)))
    assert out.read_text() == "old" and {path.name for path in tmp_path.iterdir()} <= {name, "circles.csv"}


def test_the_source_is_never_written(circles: Dataset) -> None:
    before = circles.table.path.read_bytes()
    with open_for(trained(circles), circles.table.path) as rows, pytest.raises(OutputError):
        predict_file(rows, circles.table.path)
    assert circles.table.path.read_bytes() == before


def test_any_text_comes_back_from_the_disk() -> None:
    """Also halves of characters, which a text may have."""
    import numpy as np

    rows: list[list[str | None]] = [["a\n\r", None], ["\ud800", "ü"], ["", "…"]]
    waiting = SortedRows()
    waiting.add([list(row) for row in rows], np.array([1.0, np.nan, 2.0]))
    assert list(waiting.blocks()) == [[rows[2], rows[0], rows[1]]]
    waiting.close()
