"""`ann-viz inspect` tells scripts and people what was understood of a file, and takes what they know better."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ann_viz.cli import main
from ann_viz.resources import resource

ROWS = "".join(f"{n};{n % 7},5;{'rot' if n % 3 else 'blau'};{'ja' if n % 7 > 3 else 'nein'}\n" for n in range(1, 61))


@pytest.fixture
def german(tmp_path: Path) -> Path:
    """Semicolons, decimal commas, umlauts in cp1252, two lines above the table and a row that is too short."""
    path = tmp_path / "kunden.csv"
    path.write_bytes(f"Auszug\n\nNr;Größe;Farbe;gekündigt\n{ROWS}61;kaputt\n".encode("cp1252"))
    return path


def inspected(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    """What the command prints as JSON."""
    assert main(["inspect", *arguments, "--json"]) == 0
    known: dict[str, Any] = json.loads(capsys.readouterr().out)
    return known


def test_everything_a_script_asks_for(german: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Format, columns, target and broken lines are told under the names the documentation gives."""
    known = inspected(capsys, str(german))
    assert (known["rows"], known["delimiter"], known["encoding"], known["decimal"]) == (60, ";", "cp1252", ",")
    assert (known["header"], known["preamble_lines"], known["bad_lines"]) == (True, 2, [64])
    assert (known["target"], known["task"]) == ("gekündigt", "binary")
    by_name = {column["name"]: column for column in known["columns"]}
    assert list(by_name) == ["Nr", "Größe", "Farbe", "gekündigt"]
    assert by_name["Größe"]["kind"] == "number"
    assert by_name["Größe"]["distinct"] == 7
    assert [column["role"] for column in known["columns"]] == ["ignore", "input", "input", "target"]
    assert any("Nr" in sentence for sentence in by_name["Nr"]["findings"])
    assert {"name", "kind", "role", "missing", "distinct", "findings"} <= set(by_name["Nr"])
    assert "quote" in known


def test_the_user_knows_better(german: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Target, delimiter, encoding, header and decimal mark can be given."""
    known = inspected(capsys, str(german), "--target", "Farbe", "--encoding", "latin-1", "--decimal", ".")
    assert (known["target"], known["encoding"], known["decimal"]) == ("Farbe", "latin-1", ".")
    path = tmp_path / "tabs.txt"
    path.write_text("1\t2,3\n4\t5,6\n7\t8,9\n2\t1,1\n3\t2,2\n")
    assert len(inspected(capsys, str(path), "--no-header", "--delimiter", "tab")["columns"]) == 2
    known = inspected(capsys, str(path), "--no-header", "--delimiter", ",")
    assert [len(known["columns"]), known["rows"], known["header"]] == [2, 5, False]


def test_nothing_to_learn_is_still_inspected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A list of names is a table without a target."""
    path = tmp_path / "names.csv"
    path.write_text("name\n" + "".join(f"person {n}\n" for n in range(30)))
    known = inspected(capsys, str(path))
    assert (known["rows"], known["target"], known["task"]) == (30, None, None)
    assert known["target_reason"]


def test_packed_files_are_read(tmp_path: Path, german: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A .csv.gz says the same as the file in it."""
    packed = tmp_path / "kunden.csv.gz"
    packed.write_bytes(gzip.compress(german.read_bytes()))
    assert inspected(capsys, str(packed)) == inspected(capsys, str(german))


def test_people_read_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json the same is told in words."""
    assert main(["inspect", str(resource("samples", "bank_customers.csv"))]) == 0
    out = capsys.readouterr().out
    assert out.startswith("bank_customers.csv: 10,000 rows, ")
    assert "predicts Exited (binary)" in out
    assert "CustomerId" in out


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04xl/workbook", b"\x89PNG\r\n\x1a\n", b"<!doctype html><html>"])
def test_what_is_no_table_is_one_line_and_2(tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """Scripts see the exit code, people the reason."""
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    assert main(["inspect", str(path), "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [["--target", "nothing"], ["--target", "Nr"], ["--encoding", "klingon"], ["--delimiter", ";;"]]
)
def test_impossible_wishes_are_refused(german: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A target that is not there or can't be learned, an unknown encoding: one line that says so."""
    assert main(["inspect", str(german), *arguments]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_train_reads_as_told(german: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The reading options work for training as well."""
    assert main(["train", str(german), "--target", "gekündigt", "--delimiter", ";", "--epochs", "2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)


def test_odd_cells_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A script learns which cells of a number column are no numbers, how many, and where the first is."""
    path = tmp_path / "ages.csv"
    path.write_text("age,answer\n" + "".join(f"{20 + n * 37 % 59},{n % 2}\n" for n in range(50)) + "unknown,1\n")
    column = inspected(capsys, str(path))["columns"][0]
    assert (column["kind"], column["n_odd"]) == ("number", 1)
    assert column["odd_cells"] == [{"text": "unknown", "count": 1, "first_row": 51}]


def test_undecided_dates_are_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Training refuses to guess whether the day or the month comes first, names the column, and can be told."""
    path = tmp_path / "days.csv"
    path.write_text("when,answer\n" + "".join(f"{1 + n % 12:02}/{1 + n % 11:02}/2024,{n % 5}.5\n" for n in range(60)))
    train = ["train", str(path), "--target", "answer", "--epochs", "2"]
    assert main(train) == 2
    error = capsys.readouterr().err
    assert "when" in error
    assert "--date-order" in error
    assert main([*train, "--date-order", "dmy"]) == 0


def test_every_reading_option(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Missing words, thousands, lines above, quotes, padding and totals can be given; what was left out is listed."""
    path = tmp_path / "table.csv"
    rows = "".join(f"n{n};{n}'000;{'leer' if n % 9 == 0 else n}\n" for n in range(1, 41))
    path.write_text(f"a;b\n\nname;sum;age\n{rows}short;1'000\nTotal;9'000;99\n", encoding="utf-8")
    options = ["--missing", "leer,?", "--thousands", "'", "--skip-lines", "2", "--quote", "none", "--pad"]
    known = inspected(capsys, str(path), *options, "--totals", "skip")
    by_name = {column["name"]: column for column in known["columns"]}
    assert (known["rows"], known["quote"], known["thousands"], known["padded_lines"]) == (41, None, "'", [44])
    assert (by_name["sum"]["kind"], by_name["age"]["missing"]) == ("number", 5)
    assert known["left_out"][-1] == {"kind": "total", "n": 1, "lines": [45]}
    assert (known["dropped_columns"], known["bad_bytes"]) == ([], [])
    assert not by_name["age"]["distinct_is_estimate"]


def test_a_sheet_can_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Another sheet of a spreadsheet is read; one that isn't there is named with those that are."""
    book = str(Path(__file__).parents[1] / "data" / "files" / "book.xlsx")
    assert [column["name"] for column in inspected(capsys, book, "--sheet", "Secret")["columns"]] == ["a", "b"]
    assert main(["inspect", book, "--sheet", "Sold"]) == 2
    assert "It has: Cover, Data, Secret" in capsys.readouterr().err


@pytest.mark.parametrize("command", [("inspect",), ("train", "--target", "y"), ("predict", "{model}")])
@pytest.mark.parametrize("name", ["t.csv", "t.csv.gz", "t.parquet"])
def test_a_sheet_of_a_file_without_sheets_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: tuple[str, ...], name: str
) -> None:
    """Whoever names a sheet means another file, so this one is not read in its place."""
    plain, model = tmp_path / "t.csv", tmp_path / "m.annviz"
    plain.write_text("x,y\n" + "".join(f"{n},{('no', 'yes')[n % 2]}\n" for n in range(60)), encoding="utf-8")
    assert main(["train", str(plain), "--target", "y", "--epochs", "1", "-o", str(model)]) == 0
    with gzip.open(tmp_path / "t.csv.gz", "wb") as packed:
        packed.write(plain.read_bytes())
    duckdb.sql(f"COPY (FROM '{plain}') TO '{tmp_path / 't.parquet'}'")
    capsys.readouterr()
    arguments = [each.format(model=model) for each in command]
    assert main([*arguments, str(tmp_path / name), "--sheet", "Data"]) == 2
    said = capsys.readouterr().err
    assert (said.count("\n"), f"'{name}' has no sheets, so there is no sheet 'Data'" in said) == (1, True)
