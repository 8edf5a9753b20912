"""PyTorch, Keras and the notebook: the same answers, and the same first epoch where the library allows it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ann_viz.engine import ACTIVATIONS as ENGINE_ACTIVATIONS
from ann_viz.engine import LOSSES as ENGINE_LOSSES
from ann_viz.engine import OPTIMIZERS as ENGINE_OPTIMIZERS
from ann_viz.engine import LayerConfig
from ann_viz.session.exports import Subject, format_for, wish_for
from ann_viz.session.exports.source import keras, pytorch


def text_of(subject: Subject, name: str) -> str:
    format = format_for(name)
    return format.write(subject, wish_for(format)).decode("utf-8")


def program(text: str) -> Any:
    names: dict[str, Any] = {"__name__": "script"}
    exec(compile(text, "script.py", "exec"), names)
    return SimpleNamespace(**names)


def test_every_choice_of_the_engine_has_its_name_in_both_libraries() -> None:
    # Intention: whoever adds an activation, a loss or an optimiser is told what else to write.
    for library in (pytorch, keras):
        assert ENGINE_ACTIVATIONS.keys() <= library.LAYERS.keys()
        assert ENGINE_LOSSES.keys() == library.LOSSES.keys()
        assert ENGINE_OPTIMIZERS.keys() == library.OPTIMIZERS.keys()


@pytest.mark.parametrize("name", ["pytorch", "keras"])
@pytest.mark.parametrize("target", ["left", "spend", "city"])
def test_both_scripts_can_be_compiled(train: Any, name: str, target: str) -> None:
    text = text_of(train(target, dropout=0.1, l1=0.01, clip_norm=1.0, class_weights="balanced"), name)
    compile(text, "script.py", "exec")
    assert "weights[" in text or target == "spend"


def test_the_notebook_has_the_cells_of_the_script_and_runs(train: Any, capsys: pytest.CaptureFixture[str]) -> None:
    book = json.loads(text_of(train(), "notebook"))
    assert (book["nbformat"], book["nbformat_minor"]) == (4, 5)
    assert len({cell["id"] for cell in book["cells"]}) == len(book["cells"])
    names: dict[str, Any] = {"__name__": "notebook"}
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            exec("".join(cell["source"]), names)
    assert capsys.readouterr().out.endswith("10/10 match\n")


def assert_loss_is_as_expected(printed: str, near: float) -> None:
    found = re.search(r"epoch 1: loss ([0-9.]+) \(in ANN Viz ([0-9.]+)\)", printed)
    assert found is not None and float(found[1]) == pytest.approx(float(found[2]), abs=near)


@pytest.mark.slow
@pytest.mark.parametrize("optimizer", list(ENGINE_OPTIMIZERS))
def test_pytorch_learns_the_same(train: Any, optimizer: str, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("torch")
    subject = train(optimizer=optimizer, l2=0.01, clip_norm=0.5)
    script = program(text_of(subject, "pytorch"))
    assert script.check()
    script.train(subject.dataset.table.path)
    assert_loss_is_as_expected(capsys.readouterr().out, near=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("activation", list(ENGINE_ACTIVATIONS))
@pytest.mark.parametrize("target", ["spend", "city"])
def test_pytorch_answers_the_same(train: Any, activation: str, target: str, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("torch")
    hidden = (LayerConfig(neurons=4, activation=activation), LayerConfig(neurons=3))
    subject = train(target, hidden=hidden, class_weights="balanced", l1=0.01)
    script = program(text_of(subject, "pytorch"))
    assert script.check()
    script.train(subject.dataset.table.path)
    assert_loss_is_as_expected(capsys.readouterr().out, near=1e-5)


KERAS = """
import runpy, sys
sys.argv = [{script!r}, "train", {table!r}]
names = runpy.run_path({script!r})
assert names["check"]()
names["train"]({table!r})
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("target", "settings"),
    [("left", {"l2": 0.01}), ("city", {"class_weights": "balanced"}), ("spend", {"optimizer": "nesterov"})],
)
def test_keras_learns_the_same(train: Any, tmp_path: Path, target: str, settings: dict[str, Any]) -> None:
    # Intention: in a process of its own, as Keras warns on import in its own ways.
    backend = next((name for name in ("tensorflow", "jax", "torch") if find_spec(name)), None)
    if backend is None or find_spec("keras") is None:
        pytest.skip("Keras is not installed")
    hidden = tuple(LayerConfig(neurons=3, activation=name) for name in ENGINE_ACTIVATIONS)
    subject = train(target, hidden=hidden if target == "left" else None, **settings)
    script = tmp_path / "script.py"
    script.write_text(text_of(subject, "keras"), encoding="utf-8")
    program = KERAS.format(script=str(script), table=str(subject.dataset.table.path))
    environment = os.environ | {"KERAS_BACKEND": backend}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert "10/10 match" in done.stdout
    assert_loss_is_as_expected(done.stdout, near=1e-3)
