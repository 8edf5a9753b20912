"""ANN Viz as a library: open, train, evaluate, predict, save, load; and its examples are true."""

from __future__ import annotations

import doctest
import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import ann_viz
from ann_viz.errors import ConfigError, DataError, OutputError, StateError
from ann_viz.resources import resource

BANK = resource("samples", "bank_customers.csv")
ROW = {"CreditScore": 600, "Geography": "Spain", "Gender": "Female", "Age": 40, "Tenure": 3, "Balance": 60_000.0}
ROW |= {"NumOfProducts": 2, "HasCrCard": True, "IsActiveMember": "1", "EstimatedSalary": 50_000}


@pytest.fixture(scope="module")
def bank() -> Any:
    with ann_viz.open(BANK, target="Exited", engine="numpy") as experiment:
        yield experiment.train(epochs=1)


@pytest.mark.parametrize("module", ["experiment", "trained"])
def test_the_examples_are_true(module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Intention: what the documentation shows can be typed in.
    monkeypatch.chdir(tmp_path)
    names = {"sample": lambda name: resource("samples", name)}
    done = doctest.testmod(importlib.import_module(f"ann_viz.library.{module}"), extraglobs=names)
    assert done.attempted > 3 and done.failed == 0


def test_importing_costs_nothing() -> None:
    # Intention: neither NumPy nor the engine is loaded before something is asked for.
    heavy = "[name for name in ('numpy', 'ann_viz.engine', 'ann_viz.session', 'duckdb') if name in sys.modules]"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, ann_viz; print({heavy})"], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_what_there_is_can_be_listed_and_what_there_is_not_is_said() -> None:
    assert {"open", "load", "watch", "AnnVizClassifier"} <= set(dir(ann_viz))
    with pytest.raises(AttributeError, match="no attribute 'close'"):
        ann_viz.close  # noqa: B018 - the attribute is what is tried


def test_it_answers_rows_in_every_shape(bank: Any) -> None:
    # Intention: one row, many, columns and bare values are the same rows.
    chance = bank.predict_proba(ROW)[0, 1]
    as_columns = {name: [value] * 2 for name, value in ROW.items()}
    bare = [list(ROW.values())] * 2
    for rows in ([ROW, ROW], as_columns, bare, np.array(bare, dtype=object)):
        np.testing.assert_allclose(bank.predict_proba(rows)[:, 1], [chance, chance], rtol=1e-5)
    assert bank.predict([ROW]).tolist() == ["1" if chance > 0.5 else "0"] and bank.classes == ("0", "1")
    with pytest.raises(DataError, match="'Age'"):
        bank.predict({name: value for name, value in ROW.items() if name != "Age"})
    with pytest.raises(DataError, match="need 10 values"):
        bank.predict(np.zeros((2, 3)))


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_it_answers_data_frames(bank: Any, library: str) -> None:
    frames = pytest.importorskip(library)
    frame = frames.DataFrame([ROW, {**ROW, "Age": None}])
    np.testing.assert_allclose(bank.predict_proba(frame), bank.predict_proba([ROW, {**ROW, "Age": None}]), rtol=1e-5)


def test_what_was_saved_answers_alike_and_is_never_the_table(bank: Any, tmp_path: Path) -> None:
    bank.save(tmp_path / "bank.annviz")
    loaded = ann_viz.load(tmp_path / "bank.annviz")
    np.testing.assert_array_equal(loaded.predict_proba(ROW), bank.predict_proba(ROW))
    loaded.export(tmp_path / "bank.onnx", to="onnx")
    assert (tmp_path / "bank.onnx").stat().st_size > 1000
    for wrong in (lambda: bank.save(BANK), lambda: loaded.export(tmp_path / "bank.annviz", to="model")):
        with pytest.raises(OutputError):
            wrong()


def test_training_goes_on_and_begins_anew(tmp_path: Path) -> None:
    # Intention: train again is more of the same, another seed or shape is another start.
    with ann_viz.open(resource("samples", "iris.csv"), target="species", engine="numpy") as iris:
        assert iris.train(epochs=3).history.epoch[-1] == 3
        assert iris.train().history.epoch[-1] == 6
        assert iris.train(hidden=(4,), activation="tanh", seed=5).history.epoch[-1] == 3
        assert "4-4-3" in repr(iris) and iris.model.network.config.seed == 5
        assert set(iris.evaluate("validation")) >= {"accuracy", "auc"}
        with pytest.raises(ConfigError):
            iris.train(batch_size=-1)
    with pytest.raises(StateError):
        iris.history  # noqa: B018 - closed


def test_asking_the_test_rows_is_counted(tmp_path: Path) -> None:
    # Intention: what was evaluated in a program is told where the project or a report is read.
    with ann_viz.open(resource("samples", "iris.csv"), target="species", engine="numpy") as iris:
        iris.train(epochs=3).evaluate("validation")
        iris.export(tmp_path / "before.html", to="report")
        iris.evaluate()
        iris.export(tmp_path / "after.html", to="report")
    assert "not asked about this network" in (tmp_path / "before.html").read_text(encoding="utf-8")
    assert "looked at 1 time" in (tmp_path / "after.html").read_text(encoding="utf-8")


def test_a_number_has_no_chances(tmp_path: Path) -> None:
    with ann_viz.open(resource("samples", "house_prices.csv"), target="price", engine="numpy") as houses:
        houses.train(epochs=1)
        assert houses.classes == () and {"mae", "r2"} <= set(houses.evaluate())
        with pytest.raises(ConfigError, match="no chances"):
            houses.predict_proba({})


def test_a_table_that_can_not_be_learned_is_refused_and_closed() -> None:
    with pytest.raises(DataError):
        ann_viz.open(BANK, target="Nothing")


def test_three_networks_answer_where_accuracy_is_asked_for(tmp_path: Path) -> None:
    # Intention: the answers are those of all three, also from the file, and the model says so.
    with ann_viz.open(resource("samples", "iris.csv"), target="species") as iris:
        alone = iris.train(epochs=3, hidden=(4,)).predict_proba([[5.1, 3.5, 1.4, 0.2]])
        iris.train(seed=3, accuracy=True)
        together = iris.predict_proba([[5.1, 3.5, 1.4, 0.2]])
        assert repr(iris) == "<Experiment that predicts 'species', 4-4-3, mean of 3 networks>"
        iris.save(tmp_path / "iris.annviz")
    assert not np.allclose(together, alone)
    loaded = ann_viz.load(tmp_path / "iris.annviz")
    np.testing.assert_array_equal(loaded.predict_proba([[5.1, 3.5, 1.4, 0.2]]), together)
