"""The Python script: it answers as the engine does, and learns the first epoch of the run again."""

from __future__ import annotations

import ast
import csv
import json
import math
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from ann_viz.data.files.dialect import Dialect
from ann_viz.data.files.numbers import BIGGEST, parse_number
from ann_viz.engine import ACTIVATIONS, OPTIMIZERS, LayerConfig, Network, NetworkConfig, TrainConfig, Trainer
from ann_viz.session import Session
from ann_viz.session.exports import Subject, format_for, subject_of, wish_for
from ann_viz.session.exports.portable import STEPS
from ann_viz.session.exports.source import first_epoch, training
from ann_viz.session.exports.source.columns import STEP_CODE
from ann_viz.session.headless import open_dataset

PYTHON = format_for("python")


def text_of(subject: Subject, *, rows: bool = False) -> str:
    return PYTHON.write(subject, wish_for(PYTHON, rows=rows)).decode("utf-8")


def program(text: str) -> Any:
    """Run a script as if it were imported, and return what it defines."""
    names: dict[str, Any] = {"__name__": "script"}
    exec(compile(text, "script.py", "exec"), names)
    return SimpleNamespace(**names)


def engine_after(subject: Subject, epochs: int = 1) -> tuple[Network, float]:
    """Return the network that the engine has after some epochs of the run, and its training loss."""
    assert subject.dataset is not None and subject.run is not None
    network = Network(subject.model.network.config)
    config = TrainConfig(**{**as_dict(subject.run.record.config), "epochs": epochs})
    trainer = Trainer(network, *subject.dataset.part("train"), config=config)
    for _ in trainer:
        pass
    learned = (
        network if not config.average_epochs else Network.network_from(network.config, trainer.checkpoint().average)
    )
    return learned, float(trainer.history.view().train_loss[-1])


def as_dict(config: TrainConfig) -> dict[str, Any]:
    return {name: getattr(config, name) for name in config.__dataclass_fields__}


def assert_learns_the_same(subject: Subject, printed: str, learned: tuple[list[Any], list[Any]]) -> None:
    network, loss = engine_after(subject)
    found = re.fullmatch(r"epoch 1: loss ([0-9.]+) \(in ANN Viz ([0-9.]+)\)\n", printed)
    assert found is not None and float(found[2]) == round(loss, 6) == pytest.approx(float(found[1]), abs=2e-5)
    for mine, theirs in zip((*learned[0], *learned[1]), (*network.W, *network.b), strict=True):
        np.testing.assert_allclose(mine, theirs, atol=2e-5)


@pytest.mark.parametrize("target", ["left", "spend", "city"])
@pytest.mark.parametrize("rows", [False, True])
def test_the_script_answers_as_the_engine_does(
    train: Any, target: str, rows: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    # Intention: every kind of column and task; ten made-up rows, one of them empty, or ten of the table.
    script = program(text_of(train(target), rows=rows))
    assert script.check()
    assert capsys.readouterr().out.endswith("\n10/10 match\n")
    assert (script.ROWS[-1]["age"] is None) is not rows


@pytest.mark.parametrize("target", ["left", "spend", "city"])
def test_rows_as_they_stand_in_the_file_are_read_as_the_encoder_reads_them(train: Any, target: str) -> None:
    # Intention: what people write, from a currency to a missing word, becomes the same inputs.
    subject = train(target)
    script, dataset = program(text_of(subject)), subject.dataset
    rows = script.rows_of(dataset.table.path)
    np.testing.assert_allclose(np.array([script.inputs_of(row) for row in rows]), dataset.part("train")[0], rtol=1e-6)
    np.testing.assert_allclose(np.array([script.truth_of(row) for row in rows]), dataset.part("train")[1], rtol=1e-6)


def test_a_number_that_the_reader_takes_for_none_is_none_for_the_script_too(train: Any) -> None:
    # Intention: the reader's limit stands in the pieces as a number of its own; plain and with marks.
    script = program(text_of(train("left")))
    for text in ("1e300", "-1e400", f"{BIGGEST:g}"):
        assert script.number(text) is None and math.isnan(parse_number(text, "", Dialect()))
    for text in ("9e99", "-9e99"):
        assert script.number(text) == parse_number(text, "", Dialect())


@pytest.mark.parametrize("target", ["left", "spend", "city"])
def test_the_loop_learns_the_first_epoch_again(train: Any, target: str, capsys: pytest.CaptureFixture[str]) -> None:
    subject = train(target, l2=0.01)
    script = program(text_of(subject))
    assert_learns_the_same(subject, *told(script, subject, capsys))


def told(script: Any, subject: Subject, capsys: pytest.CaptureFixture[str]) -> tuple[str, Any]:
    learned = script.train(subject.dataset.table.path)  # type: ignore[union-attr]
    return capsys.readouterr().out, learned


@pytest.mark.parametrize("optimizer", list(OPTIMIZERS))
def test_every_optimizer_is_written_out(train: Any, optimizer: str, capsys: pytest.CaptureFixture[str]) -> None:
    subject = train(optimizer=optimizer, l2=0.01, momentum=0.8)
    assert_learns_the_same(subject, *told(program(text_of(subject)), subject, capsys))


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_every_activation_is_written_out(train: Any, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    subject = train(hidden=(LayerConfig(neurons=4, activation=name), LayerConfig(neurons=3, activation="tanh")))
    script = program(text_of(subject))
    assert script.check()
    capsys.readouterr()
    assert_learns_the_same(subject, *told(script, subject, capsys))


@pytest.mark.parametrize(
    "settings",
    [
        {"dropout": 0.3},
        {"l1": 0.01, "clip_norm": 0.1},
        {"class_weights": "balanced"},
        {"class_weights": "balanced", "target": "city"},
        {"batch_size": 0},
        {"average_epochs": 0.5, "output_scale": 0.1},
        {"hidden": ()},
        {"hidden": (), "dropout": 0.5, "target": "spend"},
        {"hidden": (LayerConfig(neurons=3, initializer="lecun_uniform"), LayerConfig(initializer="constant"))},
    ],
    ids=str,
)  # fmt: skip
def test_every_setting_of_a_run_is_written_out(
    train: Any, settings: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    subject = train(**settings)
    assert_learns_the_same(subject, *told(program(text_of(subject)), subject, capsys))


def test_the_loop_is_short_and_no_row_is_inside(train: Any) -> None:
    # Intention: what a beginner reads fits on a page, and what was promised about rows is kept.
    subject = train()
    text = text_of(subject)
    body = text[text.index("def train(") :].partition("\n\n\n")[0]
    assert len(body.splitlines()) <= 60
    assert max(map(len, text.splitlines())) <= 120
    rows = [subject.dataset.raw(n) for n in range(160)]
    cells = {row[place] for row in rows for place in (1, 4, 7) if row[place]}  # a price, a date, another price
    assert len(cells) > 300
    assert not [cell for cell in cells if cell in text]
    assert str(subject.dataset.table.path.parent) not in text


def test_a_bare_model_has_no_loop_and_says_why(train: Any) -> None:
    subject = Subject(model=train().model, name="m.annviz")
    text = text_of(subject)
    assert "def train(" not in text and "does not know how it was trained" in text
    assert program(text).check()


def test_a_wide_network_is_packed(train: Any) -> None:
    # Intention: nobody reads ten thousand weights, but they are all there, exactly.
    subject = train(hidden=(LayerConfig(neurons=90), LayerConfig(neurons=90)))
    script = program(text_of(subject))
    assert script.check()
    np.testing.assert_array_equal(script.W2, subject.model.network.W[1])


def test_the_file_runs_by_itself(train: Any, tmp_path: Path) -> None:
    # Intention: with nothing but NumPy and without this program.
    path = tmp_path / "script.py"
    path.write_bytes(PYTHON.write(train(), wish_for(PYTHON)))
    guarded = (
        f"import sys; sys.modules['ann_viz'] = None; import runpy; runpy.run_path({str(path)!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", guarded], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.splitlines()[-1] == "10/10 match"
    table = [sys.executable, str(path), "table.csv"]  # without the word before it
    done = subprocess.run(table, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "train TABLE.csv" in done.stderr and not done.stdout


def test_every_step_of_a_column_can_be_written() -> None:
    # Intention: whoever adds a way to scale is told what else to write.
    assert STEP_CODE.keys() == STEPS.keys()


def test_a_new_setting_is_not_forgotten() -> None:
    # Intention: whoever adds one says in `training.py` what the script does about it, then here.
    elsewhere = {"n_inputs", "n_outputs", "task", "epochs"}
    unused = {"schedule", "schedule_epochs", "schedule_factor", "schedule_total"}  # the first epoch has the first rate
    unused |= {"patience", "target_loss", "max_seconds"}  # it is over before they ask
    source = "".join(Path(each.__file__).read_text(encoding="utf-8") for each in (training, first_epoch))
    names = {*NetworkConfig.__dataclass_fields__, *TrainConfig.__dataclass_fields__}
    assert [name for name in sorted(names - elsewhere - unused) if f".{name}" not in source] == []


def test_names_of_columns_are_data_and_never_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # Intention: a name that closes strings, comments and docstrings runs nothing, in any of the programs.
    evil = [
        '"""; raise SystemExit(7) #',
        "'; raise SystemExit(7) #",
        "a\\",
        "b\nraise SystemExit(7)",
        "{x!r}",
        "%s",
        "y",
    ]
    path = tmp_path / "evil.csv"
    rng = np.random.default_rng(1)
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(evil)
        for _ in range(60):
            cell = evil[int(rng.integers(3))]
            rows.writerow([cell, *rng.normal(size=5).round(3), "yes" if rng.random() < 0.5 else evil[0]])
    session = Session(TrainConfig(epochs=1))
    session.open(open_dataset(path, target="y"))
    session.train()
    session.wait()
    work = session.take_work()
    assert work is not None
    for name in ("python", "notebook", "pytorch", "keras"):
        format = format_for(name)
        text = format.write(subject_of(work), wish_for(format, rows=True)).decode("utf-8")
        if name == "notebook":
            cells = json.loads(text)["cells"]
            text = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Raise)]
        assert not [node for node in calls if "SystemExit" in ast.unparse(node)]
        if name == "python":
            assert program(text).check()
    session.close()


@pytest.mark.parametrize(
    ("text", "encoding", "is_plain"),
    [
        ("größe;preis;gut\n{rows}", "cp1252", True),
        ("größe|preis|gut\n{rows}", "utf-16", True),
        ("{rows}", "utf-8", True),
        ("exported by someone\n\ngröße\tpreis\tgut\n{rows}", "utf-8-sig", False),
        ("größe;preis;gut\n1;2\n{rows}", "utf-8", False),
    ],
)
def test_files_are_read_as_they_are_written(
    text: str, encoding: str, is_plain: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Intention: separators, decimal commas, encodings, no header; of odder files the loop is left out, with a reason.
    mark = next((each for each in "|\t" if each in text), ";")
    pairs = np.random.default_rng(2).normal(size=(80, 2)).round(2).tolist()
    lines = [mark.join([f"{x}".replace(".", ","), f"{y}".replace(".", ","), "já" if x > y else "né"]) for x, y in pairs]
    path = tmp_path / "odd.csv"
    path.write_text(text.format(rows="\n".join([*lines, ""])), encoding=encoding)
    session = Session(TrainConfig(epochs=1))
    session.open(open_dataset(path, target=None if text == "{rows}" else "gut"))
    session.train()
    session.wait()
    work = session.take_work()
    assert work is not None
    script_text = text_of(subject_of(work))
    script = program(script_text)
    assert script.check()
    capsys.readouterr()
    assert ("def train(" in script_text) is is_plain is not ("The training loop is left out." in script_text)
    if is_plain:
        assert_learns_the_same(subject_of(work), *told(script, subject_of(work), capsys))
    session.close()
