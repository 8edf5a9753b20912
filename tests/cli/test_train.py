"""``ann-viz train``: scores and progress, where they are printed, and going on with a project."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ann_viz.resources import resource


def test_train_prints_one_json_object(table: Path, capsys: pytest.CaptureFixture[str], run: Callable[..., int]) -> None:
    # Intention: a script can read the scores of all three parts, and nothing else is printed.
    assert run("train", table, "--target", "answer", "--epochs", 12, "--json") == 0
    printed = capsys.readouterr()
    result = json.loads(printed.out)
    assert printed.err == ""
    assert set(result) == {"epochs", "seconds", "engine", "networks", "train", "validation", "test", "data"}
    assert result["epochs"] == 12
    assert result["seconds"] > 0
    for part in ("train", "validation", "test"):
        assert {"loss", "accuracy", "balanced_accuracy", "auc", "log_loss", "brier", "f1"} <= set(result[part])


def test_train_on_numbers_reports_errors_in_units(
    prices: Path, capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
    # Intention: the error of a price is in the price's unit.
    assert run("train", prices, "--target", "price", "--hidden", "0", "--learning-rate", 0.05, "--json") == 0
    test = json.loads(capsys.readouterr().out)["test"]
    assert {"loss", "r2", "rmse", "mae"} <= set(test)
    assert test["r2"] > 0.9
    assert 0.3 < test["mae"] < 10


def test_same_seed_gives_the_same_scores(
    table: Path, capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
    # Intention: a run can be repeated, and another seed is another run.
    def scores(seed: int) -> object:
        assert run("train", table, "--target", "answer", "--epochs", 3, "--seed", seed, "--json") == 0
        result = json.loads(capsys.readouterr().out)
        del result["seconds"]
        return result

    assert scores(1) == scores(1)
    assert scores(1) != scores(2)


def test_train_without_json_writes_a_table_and_progress(
    table: Path, capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
    # Intention: a person sees the scores beside those of not learning at all; progress goes to stderr.
    assert run("train", table, "--target", "answer", "--epochs", 4, "--hidden", "3", "--activation", "tanh") == 0
    printed = capsys.readouterr()
    assert "no learning" in printed.out
    assert "auc" in printed.out
    assert "epoch 4 of 4" in printed.err


def test_progress_bar_is_drawn_on_a_terminal(
    table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, run: Callable[..., int]
) -> None:
    # Intention: on a terminal one line is redrawn and ended, also beside JSON.
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert run("train", table, "--target", "answer", "--epochs", 2, "--json") == 0
    printed = capsys.readouterr()
    assert printed.err.startswith("\r")
    assert printed.err.endswith("\n")
    json.loads(printed.out)


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_scores_are_told_also_where_the_model_can_not_be_written_in_the_end(
    form: list[str],
    table: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    run: Callable[..., int],
) -> None:
    # Intention: what was found out in an hour of training does not go with a disk that has become full.
    monkeypatch.setattr("ann_viz.output.check_output", lambda *_, **__: None)  # it was possible then
    assert run("train", table, "--target", "answer", "--epochs", 2, *form, "-o", tmp_path / "gone" / "m") == 2
    printed = capsys.readouterr()
    assert "accuracy" in printed.out
    assert "there is no folder" in printed.err.splitlines()[-1]


def test_a_model_is_not_poured_over_a_terminal(
    table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, run: Callable[..., int]
) -> None:
    # Intention: bytes that are no text are refused before training; rows of text are not.
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert run("train", table, "--target", "answer", "-o", "-") == 2
    assert "no text for a terminal" in capsys.readouterr().err


def test_exploding_training_is_reported(
    prices: Path, capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
    # Intention: a learning rate that is far too high ends in a sentence, not in a model of infinities.
    arguments = ("train", prices, "--target", "price", "--optimizer", "sgd", "--learning-rate", 100, "--json")
    assert run(*arguments) == 2
    assert capsys.readouterr().err.startswith("ann-viz: ")


@pytest.mark.usefixtures("turbo")
def test_train_with_the_compiled_engine(
    table: Path, capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
    # Intention: the same scores, and the engine is named.
    told = {}
    for engine in ("numpy", "turbo", "auto"):
        assert run("train", table, "--target", "answer", "--epochs", 12, "--json", "--engine", engine) == 0
        told[engine] = json.loads(capsys.readouterr().out)
    assert told["numpy"]["engine"] == "numpy"
    assert told["turbo"]["engine"] == told["auto"]["engine"] != "numpy"
    assert told["turbo"]["test"] == pytest.approx(told["numpy"]["test"], rel=1e-4)


def test_the_compiled_engine_is_refused_where_it_is_not(
    table: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, run: Callable[..., int]
) -> None:
    # Intention: one sentence with the reason, and code 2; --version says the same.
    monkeypatch.setenv("ANN_VIZ_ENGINE", "numpy")
    assert run("train", table, "--target", "answer", "--engine", "turbo") == 2
    assert "ANN_VIZ_ENGINE=numpy forbids it" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run("--version")
    assert "Turbo is not available: ANN_VIZ_ENGINE=numpy forbids it." in capsys.readouterr().out


def test_train_says_what_it_leaves_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
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


def test_six_epochs_resumed_to_twelve_are_twelve(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
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
    assert known["runs"][-1]["number"] == 1, "the seed that was said began no second one"
    assert "* First run: 12 epochs" in capsys.readouterr().out


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
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[object, ...],
    words: str,
    run: Callable[..., int],
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


def test_accuracy_mode_answers_with_three_networks(
    prices: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], run: Callable[..., int]
) -> None:
    # Intention: what is trained, told, saved, predicted and gone on with is the mean of three, and says so.
    model, known = tmp_path / "model.annviz", ("--target", "price", "--hidden", "4", "--epochs", 3)
    assert run("train", prices, *known, "--accuracy", "-o", model) == 0
    assert "; mean of 3 networks." in capsys.readouterr().out
    assert run("info", model) == 0
    assert "answers with the mean of 3 such networks" in capsys.readouterr().out

    def answers(path: Path) -> list[str]:
        assert run("predict", path, prices) == 0
        return capsys.readouterr().out.splitlines()

    assert run("train", prices, *known, "-o", tmp_path / "one.annviz") == 0
    capsys.readouterr()
    assert answers(model) != answers(tmp_path / "one.annviz")
    assert run("train", "--resume", model, "--epochs", 5, "--json") == 0
    assert json.loads(capsys.readouterr().out)["networks"] == 3
