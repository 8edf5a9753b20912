"""The command line: exit codes, what is printed where, and files that are written."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ann_viz import __version__
from ann_viz.cli import main
from ann_viz.engine import LayerConfig, TrainConfig
from ann_viz.resources import resource
from ann_viz.session.suggested import Suggestion


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Yes/no data that a line can tell apart, mostly."""
    rng = np.random.default_rng(5)
    path = tmp_path / "data.csv"
    rows = [f"{x:.3f},{y:.3f},{'yes' if x + y + rng.normal() / 3 > 0 else 'no'}" for x, y in rng.normal(size=(150, 2))]
    path.write_text("\n".join(["x,y,answer", *rows]) + "\n")
    return path


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    rng = np.random.default_rng(6)
    path = tmp_path / "prices.csv"
    rows = [f"{a:.1f},{a * 3 + rng.normal():.2f}" for a in rng.uniform(10, 90, size=80)]
    path.write_text("\n".join(["area,price", *rows]) + "\n")
    return path


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def test_train_prints_one_json_object(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Intention: a script can read the scores of all three parts, and nothing else is printed.
    assert run("train", table, "--target", "answer", "--epochs", 12, "--json") == 0
    printed = capsys.readouterr()
    result = json.loads(printed.out)
    assert printed.err == ""
    assert set(result) == {"epochs", "seconds", "engine", "train", "validation", "test", "data"}
    assert result["epochs"] == 12
    assert result["seconds"] > 0
    for part in ("train", "validation", "test"):
        assert {"loss", "accuracy", "balanced_accuracy", "auc", "log_loss", "brier", "f1"} <= set(result[part])


def test_train_on_numbers_reports_errors_in_units(prices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Intention: the error of a price is in the price's unit.
    assert run("train", prices, "--target", "price", "--hidden", "0", "--learning-rate", 0.05, "--json") == 0
    test = json.loads(capsys.readouterr().out)["test"]
    assert {"loss", "r2", "rmse", "mae"} <= set(test)
    assert test["r2"] > 0.9
    assert 0.3 < test["mae"] < 10


def test_same_seed_gives_the_same_scores(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Intention: a run can be repeated, and another seed is another run.
    def scores(seed: int) -> object:
        assert run("train", table, "--target", "answer", "--epochs", 3, "--seed", seed, "--json") == 0
        result = json.loads(capsys.readouterr().out)
        del result["seconds"]
        return result

    assert scores(1) == scores(1)
    assert scores(1) != scores(2)


def test_train_without_json_writes_a_table_and_progress(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Intention: a person sees the scores beside those of not learning at all; progress goes to stderr.
    assert run("train", table, "--target", "answer", "--epochs", 4, "--hidden", "3", "--activation", "tanh") == 0
    printed = capsys.readouterr()
    assert "no learning" in printed.out
    assert "auc" in printed.out
    assert "epoch 4 of 4" in printed.err


def test_progress_bar_is_drawn_on_a_terminal(
    table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Intention: on a terminal one line is redrawn and ended, also beside JSON.
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert run("train", table, "--target", "answer", "--epochs", 2, "--json") == 0
    printed = capsys.readouterr()
    assert printed.err.startswith("\r")
    assert printed.err.endswith("\n")
    json.loads(printed.out)


def test_model_that_was_saved_predicts(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
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


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_scores_are_told_also_where_the_model_can_not_be_written_in_the_end(
    form: list[str], table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Intention: what was found out in an hour of training does not go with a disk that has become full.
    monkeypatch.setattr("ann_viz.output.check_output", lambda *_, **__: None)  # it was possible then
    assert run("train", table, "--target", "answer", "--epochs", 2, *form, "-o", tmp_path / "gone" / "m") == 2
    printed = capsys.readouterr()
    assert "accuracy" in printed.out
    assert "there is no folder" in printed.err.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["train", "{data}", "--target", "nothing"], "nothing"),
        (["train", "gone.csv", "--target", "answer"], "gone.csv"),
        (["train", "{data}", "--target", "answer", "--learning-rate", "-1"], "learning_rate"),
        (["train", "{data}", "--target", "answer", "--optimizer", "magic"], "optimizer"),
        (["train", "{data}", "--target", "answer", "--hidden", "six"], "--hidden"),
        (["train", "{data}", "--target", "answer", "--activation", "magic"], "activation"),
        (["train", "{data}", "--target", "answer", "--seed", "-4"], "seed"),
        (["train", "{data}", "--target", "answer", "--epochs", "many"], "--epochs"),
        (["train", "{data}"], "--target"),
        (["train", "{data}", "--target", "answer", "--epochs", "1", "-o", "gone/m.annviz"], "m.annviz"),
        (["train", "{data}", "--target", "answer", "-o", "{data}"], "is read here"),
        (["train", "data.csv", "--target", "answer", "-o", "./data.csv"], "is read here"),
        (["train", "{data}", "--target", "answer", "-o", ""], "is empty"),
        (["train", "{data}", "--target", "answer", "-o", "."], "is a folder"),
        (["train", "{data}", "--target", "answer", "-o", "x" * 300], "the name is too long"),
        (["train", "{data}", "--target", "answer", "-o", "/dev/full"], "-o - writes to standard output"),
        (["predict", "m", "{data}", "-o", "{data}"], "is read here"),
        (["predict", "{data}", "new.csv", "-o", "{data}"], "is read here"),
        (["predict", "m", "{data}", "-o", "/dev/stdout"], "-o - writes to standard output"),
        (["demo", "--picture", "gone/demo.png"], "there is no folder"),
        (["train", "\x1b[2J.csv", "--target", "answer"], "\N{REPLACEMENT CHARACTER}[2J.csv"),
        (["predict", "{data}", "{data}"], "not a model file"),
        (["predict", "gone.annviz", "{data}"], "gone.annviz"),
        (["predict", "x" * 300, "{data}"], "File name too long"),
        (["frobnicate"], "frobnicate"),
        ([], "COMMAND"),
    ],
)
def test_what_the_user_can_mend_is_one_line_and_code_2(
    arguments: list[str], words: str, table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Intention: no traceback, one sentence on stderr that names the culprit.
    monkeypatch.chdir(table.parent)
    try:
        code = run(*(argument.format(data=table) for argument in arguments))
    except SystemExit as leaving:  # argparse leaves this way
        code = int(leaving.code or 0)
    printed = capsys.readouterr()
    assert code == 2
    assert printed.out == ""
    (said,) = printed.err.splitlines()  # before any work, so that no progress is told
    assert words in said
    assert said.isprintable()
    assert [path.name for path in table.parent.iterdir()] == [table.name]


def test_a_file_on_standard_output_is_alone_there(table: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    # Intention: `train -o - > model` and `predict -o - | …` work; the words go to the other stream.
    assert run("train", table, "--target", "answer", "--epochs", 2, "--json", "-o", "-") == 0
    printed = capfdbinary.readouterr()
    assert set(json.loads(printed.err)) == {"epochs", "seconds", "engine", "train", "validation", "test", "data"}
    model = table.with_name("model.annviz")
    model.write_bytes(printed.out)
    wild = table.with_name("wild.csv")
    wild.write_text(table.read_text() + "99,99,no\n")
    assert run("predict", model, wild, "-o", "-") == 0
    printed = capfdbinary.readouterr()
    assert b"beyond what was learned" in printed.err
    assert printed.out.count(b"\n") == 152
    assert not table.with_name("-").exists()


def test_a_model_is_not_poured_over_a_terminal(
    table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Intention: bytes that are no text are refused before training; rows of text are not.
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert run("train", table, "--target", "answer", "-o", "-") == 2
    assert "no text for a terminal" in capsys.readouterr().err


def test_names_in_a_file_do_not_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Intention: what is said of a table shows its names with nothing in them that acts.
    path = tmp_path / "odd.csv"
    path.write_text("".join(["\x1b[2Jx,\x9b31my\n", *(f"{n},{n % 7}\n" for n in range(30))]))
    assert run("inspect", path) == 0
    assert all(line.isprintable() for line in capsys.readouterr().out.splitlines())
    assert run("inspect", path, "--json") == 0
    printed = capsys.readouterr().out
    assert all(line.isprintable() for line in printed.splitlines())
    assert [column["name"] for column in json.loads(printed)["columns"]] == ["\x1b[2Jx", "\x9b31my"]


def test_missing_column_is_named(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Intention: predicting for a file without one of the inputs says which is missing, and writes nothing.
    model, other = tmp_path / "model.annviz", tmp_path / "other.csv"
    assert run("train", table, "--target", "answer", "--epochs", 1, "--json", "-o", model) == 0
    other.write_text("x,z\n1.5,2\n2.5,1\n0.1,3\n0.7,4\n")
    assert run("predict", model, other, "-o", tmp_path / "out.csv") == 2
    assert "'y'" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()
    assert run("predict", model, table, "-o", tmp_path / "gone" / "out.csv") == 2
    assert "can't be written" in capsys.readouterr().err


def test_exploding_training_is_reported(prices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Intention: a learning rate that is far too high ends in a sentence, not in a model of infinities.
    arguments = ("train", prices, "--target", "price", "--optimizer", "sgd", "--learning-rate", 100, "--json")
    assert run(*arguments) == 2
    assert capsys.readouterr().err.startswith("ann-viz: ")


def test_formulas_are_counted_and_escaped_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
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


@pytest.mark.usefixtures("turbo")
def test_train_with_the_compiled_engine(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Intention: the same scores, and the engine is named.
    told = {}
    for engine in ("numpy", "turbo", "auto"):
        assert run("train", table, "--target", "answer", "--epochs", 12, "--json", "--engine", engine) == 0
        told[engine] = json.loads(capsys.readouterr().out)
    assert told["numpy"]["engine"] == "numpy"
    assert told["turbo"]["engine"] == told["auto"]["engine"] != "numpy"
    assert told["turbo"]["test"] == pytest.approx(told["numpy"]["test"], rel=1e-4)


def test_the_compiled_engine_is_refused_where_it_is_not(
    table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Intention: one sentence with the reason, and code 2; --version says the same.
    monkeypatch.setenv("ANN_VIZ_ENGINE", "numpy")
    assert run("train", table, "--target", "answer", "--engine", "turbo") == 2
    assert "ANN_VIZ_ENGINE=numpy forbids it" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run("--version")
    assert "Turbo is not available: ANN_VIZ_ENGINE=numpy forbids it." in capsys.readouterr().out


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    # Intention: both answer on standard output with code 0.
    for option, words in (("--version", __version__), ("--help", "predict")):
        with pytest.raises(SystemExit) as leaving:
            run(option)
        assert leaving.value.code == 0
        assert words in capsys.readouterr().out


def test_commands_do_not_import_qt(table: Path) -> None:
    # Intention: training works on a machine without Qt's libraries.
    code = (
        "import sys; from ann_viz.__main__ import main; "
        f"main(['train', {str(table)!r}, '--target', 'answer', '--epochs', '1', '--json']); "
        "assert not any(name.startswith(('PySide6', 'pyqtgraph')) for name in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_reader_that_has_enough_is_no_error(table: Path, tmp_path: Path) -> None:
    # Intention: `ann-viz predict … | head` ends quietly.
    model = tmp_path / "model.annviz"
    assert run("train", table, "--target", "answer", "--epochs", 1, "--json", "-o", model) == 0
    command = [sys.executable, "-m", "ann_viz", "predict", str(model), str(table)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (0, "")


def test_demo_says_what_it_learned(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    # Intention: someone who knows nothing of networks reads how good it is, against the lazy answer.
    short = Suggestion(hidden=(LayerConfig(), LayerConfig()), output_scale=1.0, training=TrainConfig(epochs=1))
    monkeypatch.setattr("ann_viz.session.suggested.suggest_training", lambda *_: short)
    assert run("demo") == 0
    printed = capsys.readouterr().out
    assert "never seen" in printed
    assert "always answering" in printed
    assert "goes mostly by" in printed
    assert "means: leaves the bank" in printed


def test_the_demo_does_not_replace_what_it_reads(
    table: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # Intention: the sample is an input like any other; found out before any work.
    before = table.read_bytes()
    monkeypatch.setattr("ann_viz.cli.demo.resource", lambda *_: table)
    assert run("demo", "--picture", table) == 2
    assert "is read here" in capsys.readouterr().err
    assert table.read_bytes() == before


@pytest.mark.slow
def test_demo_saves_a_picture_of_the_window(tmp_path: Path) -> None:
    # Intention: also without a display the picture is made, and the program ends cleanly after it.
    picture = tmp_path / "demo.png"
    command = [sys.executable, "-m", "ann_viz", "demo", "--picture", str(picture)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_predict_writes_what_the_name_asks_for_and_sorts(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
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
def asked(table: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, Path]:
    """A model, and a file to be answered in which a row, a cell and a name are odd."""
    model, new = table.with_name("m.annviz"), table.with_name("new.csv")
    assert run("train", table, "--target", "answer", "--epochs", 1, "--json", "-o", model) == 0
    capsys.readouterr()
    new.write_text("X,y,more\n0.5,0.25,a\n0.5\nsoon,0.25,b\n")
    return model, new


def test_predict_says_what_it_did(asked: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
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
    asked: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
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


def test_columns_can_be_filled_on_request(asked: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    # Intention: refused by default, answered when asked for, and said.
    model, new = asked
    new.write_text("x\n0.5\n0.25\n")
    assert run("predict", model, new) == 2
    assert "lacks the column 'y'" in capsys.readouterr().err
    assert run("predict", model, new, "--fill-columns") == 0
    assert "lacks 'y'" in capsys.readouterr().err


def test_predict_can_be_told_how_a_file_is_written(
    asked: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    # Intention: the reading options of train hold for new files too.
    model, new = asked
    new.write_text("About this\nx|y\n0.5|none\n0.25|0.5\n")
    assert run("predict", model, new, "--delimiter", "|", "--skip-lines", 1, "--missing", "none") == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines()[0].startswith("x|y|row|prediction")
    assert "y: 1 cell without a value" in printed.err


def test_train_says_what_it_leaves_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Intention: nobody has seen the import dialog, so the command says what it would have shown.
    path = tmp_path / "t.csv"
    path.write_text("id,x,answer\n" + "".join(f"{n},{n * 37 % 11},{n % 3}.5\n" for n in range(60)) + "60,1\n61,,1.5\n")
    assert run("train", path, "--target", "answer", "--epochs", 1, "--json") == 0
    printed = capsys.readouterr()
    assert "line 62 (expected 3 columns, found 2)" in printed.err
    assert "id is ignored: " in printed.err
    known = json.loads(printed.out)["data"]
    assert known["rows_left_out"] == 1
    assert [(cells["column"], cells["count"]) for cells in known["filled"]] == [("x", 1)]


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


# Projects -----------------------------------------------------------------------------------------------------------
def test_six_epochs_resumed_to_twelve_are_twelve(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The answers agree to the last digit; the project that goes on is replaced where no other name is given."""
    data = shutil.copy(resource("samples", "iris.csv"), tmp_path / "iris.csv")
    asked = ("--target", "species", "--seed", 4, "--patience", 0)
    for epochs, name in ((12, "straight"), (6, "half")):
        done = run("train", data, *asked, "--epochs", epochs, "-o", tmp_path / name)
        assert done == 0
    assert run("train", "--resume", tmp_path / "half", "--epochs", 12, "-o", tmp_path / "rest") == 0
    assert run("train", "--resume", tmp_path / "half", "--epochs", 12) == 0
    for name in ("straight", "rest", "half"):
        assert run("predict", tmp_path / name, data, "-o", tmp_path / f"{name}.csv") == 0
    answers = {(tmp_path / f"{name}.csv").read_text() for name in ("straight", "rest", "half")}
    assert len(answers) == 1
    capsys.readouterr()
    assert run("info", tmp_path / "half", "--json") == 0
    known = json.loads(capsys.readouterr().out)
    assert known["kind"] == "project" and known["runs"][-1]["epochs"] == 12
    assert run("info", tmp_path / "half") == 0
    assert "run 1: 12 epochs" in capsys.readouterr().out  # the seed that was said began no second one


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("train",), "which --target"),
        (("train", "--resume", "{half}", "--l2", 0.5), "leave --l2 out"),
        (("train", "--resume", "{half}", "--epochs", 1), "2 epochs already"),
        (("train", "--resume", "{data}"), "not a model file"),
        (("train", "--resume", "{half}", "-o", "{data}"), "is read here"),
        (("info", "{data}"), "not a model file"),
        (("info", "nowhere.annviz"), "There is no file"),
    ],
)
def test_resuming_and_asking_in_vain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[object, ...], words: str
) -> None:
    """One sentence and 2 before anything is trained; neither project nor data are touched."""
    data = shutil.copy(resource("samples", "iris.csv"), tmp_path / "iris.csv")
    half = tmp_path / "half.annviz"
    assert run("train", data, "--target", "species", "--epochs", 2, "-o", half) == 0
    before = half.read_bytes(), data.read_bytes()
    capsys.readouterr()
    assert run(*(str(each).format(half=half, data=data) for each in arguments)) == 2
    said = capsys.readouterr().err
    assert words in said and "loss" not in said
    assert (half.read_bytes(), data.read_bytes()) == before
