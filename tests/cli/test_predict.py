"""``ann-viz predict``: the answers, what is said of the file, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest


def test_model_that_was_saved_predicts(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
    # Intention: train, save, predict: every input row comes back with its answer, to a file or to standard output.
    model, out = tmp_path / "model.annviz", tmp_path / "out.csv"
    assert run("train", table, "--target", "answer", "--json", "-o", model) == 0
    capsys.readouterr()
    assert run("predict", model, table, "-o", out) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "150 rows" in printed.err
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 150
    assert list(rows[0]) == ["x", "y", "answer", "row", "prediction", "probability_no", "probability_yes"]
    assert np.mean([row["prediction"] == row["answer"] for row in rows]) > 0.8
    assert run("predict", model, table) == 0
    assert capsys.readouterr().out == out.read_text()


def test_missing_column_is_named(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
    # Intention: predicting for a file without one of the inputs says which is missing, and writes nothing.
    model, other = tmp_path / "model.annviz", tmp_path / "other.csv"
    assert run("train", table, "--target", "answer", "--epochs", 1, "--json", "-o", model) == 0
    other.write_text("x,z\n1.5,2\n2.5,1\n0.1,3\n0.7,4\n")
    assert run("predict", model, other, "-o", tmp_path / "out.csv") == 2
    assert "'y'" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()
    assert run("predict", model, table, "-o", tmp_path / "gone" / "out.csv") == 2
    assert "can't be written" in capsys.readouterr().err


def test_formulas_are_counted_and_escaped_on_request(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
    # Intention: whoever opens the answers in a spreadsheet is warned; numbers and everything else stay as they are.
    table, model, out = tmp_path / "in.csv", tmp_path / "m.annviz", tmp_path / "out.csv"
    rows = [f"{'=cmd|1' if row % 4 == 0 else 'plain'},{-row},{'@yes' if row % 2 else 'no'}" for row in range(40)]
    table.write_text("\n".join(["note,x,answer", *rows]) + "\n")
    assert run("train", table, "--target", "answer", "--epochs", 1, "--json", "-o", model) == 0
    capsys.readouterr()
    assert run("predict", model, table, "-o", out) == 0
    said = capsys.readouterr().err
    assert "begin with =, +, -, @, a tab or a line end; --escape-formulas keeps spreadsheets from running them." in said
    plain = list(csv.reader(out.read_text().splitlines()))
    assert run("predict", model, table, "--escape-formulas") == 0
    printed = capsys.readouterr()
    assert "each has an apostrophe in front" in printed.err
    escaped = list(csv.reader(printed.out.splitlines()))
    texts = sum(cell.startswith(("=", "@")) for row in plain for cell in row)
    assert f"{texts} cells" in said and texts >= 30
    assert escaped == [["'" + cell if cell.startswith(("=", "@")) else cell for cell in row] for row in plain]


def test_reader_that_has_enough_is_no_error(table: Path, tmp_path: Path, run: Callable[..., int]) -> None:
    # Intention: `ann-viz predict … | head` ends quietly.
    model = tmp_path / "model.annviz"
    assert run("train", table, "--target", "answer", "--epochs", 1, "--json", "-o", model) == 0
    command = [sys.executable, "-m", "ann_viz", "predict", str(model), str(table)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (0, "")


def test_predict_writes_what_the_name_asks_for_and_sorts(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
    # Intention: the ending of -o is the kind of file; --sort chance puts the surest first.
    model = tmp_path / "model.annviz"
    assert run("train", table, "--target", "answer", "--epochs", 2, "--json", "-o", model) == 0
    assert run("predict", model, table, "--sort", "chance", "-o", tmp_path / "out.tsv") == 0
    with (tmp_path / "out.tsv").open(newline="") as file:
        chances = [float(row["probability_yes"]) for row in csv.DictReader(file, delimiter="\t")]
    assert chances == sorted(chances, reverse=True)
    assert run("predict", model, table, "-o", tmp_path / "out.parquet") == 0
    assert (tmp_path / "out.parquet").read_bytes().startswith(b"PAR1")


@pytest.fixture
def asked(table: Path, capsys: pytest.CaptureFixture[str], run: Callable[..., int]) -> tuple[Path, Path]:
    """A model, and a file to be answered in which a row, a cell and a name are odd."""
    model, new = table.with_name("m.annviz"), table.with_name("new.csv")
    assert run("train", table, "--target", "answer", "--epochs", 1, "--json", "-o", model) == 0
    capsys.readouterr()
    new.write_text("X,y,more\n0.5,0.25,a\n0.5\nsoon,0.25,b\n")
    return model, new


def test_predict_says_what_it_did(
    asked: tuple[Path, Path], capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
    # Intention: sentences beside the answers; with --json numbers, alone on the stream they go to.
    model, new = asked
    out = new.with_name("out.csv")
    assert run("predict", model, new, "-o", out, "--json") == 0
    printed = capsys.readouterr()
    known = json.loads(printed.out)
    assert (known["rows"], known["rows_without_answer"], known["changed_answers"]) == (2, 1, True)
    assert known["left_out"] == [{"line": 3, "problem": "expected 3 columns, found 1"}]
    assert known["renamed_columns"] == [{"column": "x", "found": "X"}]
    assert known["unreadable"][0]["examples"] == [{"text": "soon", "line": 4}]
    assert known["extra_columns"] == ["more"]
    assert known["formula_cells"] == 0
    assert all(sentence in printed.err for sentence in known["sentences"])
    assert run("predict", model, new, "--json") == 0
    printed = capsys.readouterr()
    assert json.loads(printed.err) == known
    assert printed.out == out.read_text()
    assert [row["row"] for row in csv.DictReader(io.StringIO(printed.out))] == ["2", "3", "4"]


def test_strict_writes_nothing_where_an_answer_would_be_another(
    asked: tuple[Path, Path], capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
    # Intention: neither a file nor a stream gets answers that rest on a cell that was not read; columns too many do.
    model, new = asked
    out = new.with_name("out.csv")
    out.write_text("old")
    for where in (("-o", out), ()):
        assert run("predict", model, new, "--strict", *where) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "soon" in printed.err
        assert "Nothing is written" in printed.err.splitlines()[-1]
        assert out.read_text() == "old"
    new.write_text("X,y,more\n0.5,0.25,a\n0.25,0.5,b\n")
    assert run("predict", model, new, "--strict", "-o", out) == 0
    assert "'more'" in capsys.readouterr().err
    assert out.read_text().startswith("X,y,more,row,prediction")


def test_columns_can_be_filled_on_request(
    asked: tuple[Path, Path], capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
    # Intention: refused by default, answered when asked for, and said.
    model, new = asked
    new.write_text("x\n0.5\n0.25\n")
    assert run("predict", model, new) == 2
    assert "lacks the column 'y'" in capsys.readouterr().err
    assert run("predict", model, new, "--fill-columns") == 0
    assert "lacks 'y'" in capsys.readouterr().err


def test_predict_can_be_told_how_a_file_is_written(
    asked: tuple[Path, Path], capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
    # Intention: the reading options of train hold for new files too.
    model, new = asked
    new.write_text("About this\nx|y\n0.5|none\n0.25|0.5\n")
    assert run("predict", model, new, "--delimiter", "|", "--skip-lines", 1, "--missing", "none") == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines()[0].startswith("x|y|row|prediction")
    assert "y: 1 cell without a value" in printed.err


@pytest.mark.parametrize("encoding", ["cp437", "cp1252", "ascii"])
def test_a_console_without_the_letters_gets_the_receipt(
    encoding: str, asked: tuple[Path, Path], tmp_path: Path
) -> None:
    # Intention: sentences and JSON quote cells that the console can't show, and nothing ends in a traceback.
    model, new = asked
    new.write_text("x,y\n日本😀,0.25\n0.5,0.25\n", encoding="utf-8")
    command = [sys.executable, "-m", "ann_viz", "predict", str(model), str(new), "--json", "-o", str(tmp_path / "out")]
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    known = json.loads(done.stdout.decode(encoding))
    assert known["unreadable"][0]["examples"] == [{"text": "日本😀", "line": 2}]
    assert b"Traceback" not in done.stderr and b"line 2" in done.stderr
