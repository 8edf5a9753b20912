"""Model files: what is saved comes back, and anything else is refused in one sentence."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import save_file

from ann_viz.data import Dataset, build_dataset
from ann_viz.data.encoding.recipe import Plan
from ann_viz.engine import LayerConfig, TrainConfig
from ann_viz.errors import ProjectFileError
from ann_viz.session import Session, load_model, save_model


def trained(dataset: Dataset) -> Session:
    session = Session(TrainConfig(epochs=3))
    session.open(dataset)
    session.set_hidden((LayerConfig(neurons=5, activation="gelu"),))
    session.train()
    assert session.wait(30)
    return session


def rewritten(path: Path, **changes: Any) -> Path:
    """The same file with parts of its description changed."""
    with safe_open(path, framework="numpy") as file:
        description = json.loads(file.metadata()["ann_viz"])
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - it is not a mapping
    tensors |= changes.pop("tensors", {})
    save_file(tensors, path, {"ann_viz": json.dumps(description | changes)})
    return path


@pytest.mark.parametrize("which", ["circles", "flowers", "houses"])
def test_loaded_model_predicts_the_same_bits(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    # Intention: a model taken away answers exactly as it did in the window.
    dataset: Dataset = request.getfixturevalue(which)
    session = trained(dataset)
    path = tmp_path / "my model.annviz"
    save_model(path, session.model())
    model = load_model(path)
    np.testing.assert_array_equal(model.network.predict(dataset.X), session.network.predict(dataset.X))
    assert model.network.config == session.network_config
    assert model.encoder == dataset.encoder
    assert model.recipe == dataset.recipe
    np.testing.assert_array_equal(model.encoder.encode(dataset.table, dataset.source_rows), dataset.X)


def test_every_way_of_encoding_is_saved(circles: Dataset, tmp_path: Path) -> None:
    # Intention: scalings, fills and treatments come back with the model, and its answers are the same to the bit.
    plans = {
        "x": Plan(scaling="robust", flag_missing=True),
        "y": Plan(scaling="log", fill="=0.25"),
        "colour": Plan(treat="text", text_as="length", scaling="minmax"),
    }
    recipe = replace(circles.recipe, plans=tuple(plans.items()))
    dataset = build_dataset(circles.table, recipe)
    session = trained(dataset)
    path = tmp_path / "planned.annviz"
    save_model(path, session.model())
    model = load_model(path)
    assert model.encoder == dataset.encoder
    assert model.recipe == recipe
    assert model.encoder.input_names == ("x", "x missing", "y", "colour length")
    X = np.asarray(dataset.X)
    np.testing.assert_array_equal(model.encoder.encode(dataset.table, np.asarray(dataset.source_rows)), X)
    np.testing.assert_array_equal(model.network.predict(X), session.network.predict(X))


def test_files_of_the_first_format_are_read(circles: Dataset, tmp_path: Path) -> None:
    # Intention: what an earlier version wrote, without plans, opens and answers alike.
    session = trained(circles)
    path = tmp_path / "m.annviz"
    save_model(path, session.model())
    encoder = json.loads(circles.encoder.to_json())
    for feature in encoder["features"]:
        for name in ("scaling", "flag", "parts", "part_scales", "text_as"):
            del feature[name]
    recipe = json.loads(circles.recipe.to_json())
    del recipe["plans"], recipe["sample_rows"], recipe["split"]["by_time"]
    model = load_model(rewritten(path, format=1, encoder=json.dumps(encoder), recipe=json.dumps(recipe)))
    assert model.encoder == circles.encoder
    assert model.recipe == circles.recipe
    np.testing.assert_array_equal(model.network.predict(circles.X), session.network.predict(circles.X))


def test_saving_replaces_the_whole_file_or_nothing(circles: Dataset, tmp_path: Path) -> None:
    # Intention: an old model is replaced in one move, and no half-written file stays behind.
    session = trained(circles)
    path = tmp_path / "m.annviz"
    path.write_text("older")
    save_model(path, session.model())
    load_model(path)
    with pytest.raises(ProjectFileError, match="can't be written"):
        save_model(tmp_path / "nowhere" / "m.annviz", session.model())
    assert [file.name for file in tmp_path.iterdir() if "annviz" in file.name] == ["m.annviz"]


def test_foreign_files_are_refused(circles: Dataset, tmp_path: Path) -> None:
    # Intention: a wrong file gives one sentence with its name and never runs anything.
    with pytest.raises(ProjectFileError, match="There is no file"):
        load_model(tmp_path / "gone.annviz")
    foreign = {
        "text": b"hello",
        "empty": b"",
        "pickle": pickle.dumps({"format": 1}),
        "long header": (1 << 60).to_bytes(8, "little") + b"{}",
    }
    for name, content in foreign.items():
        path = tmp_path / f"{name}.annviz"
        path.write_bytes(content)
        with pytest.raises(ProjectFileError, match=f"'{name}.annviz' is not a model file of ANN Viz"):
            load_model(path)
    other = tmp_path / "other.safetensors"
    for metadata in (None, {"format": "pt"}, {"ann_viz": "[]"}, {"ann_viz": "{"}):
        save_file({"w": np.zeros(3, np.float32)}, other, metadata)
        with pytest.raises(ProjectFileError, match="is not a model file"):
            load_model(other)


def test_unreadable_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Intention: what the system says is passed on.
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "mine.annviz"
    path.write_bytes(b"")
    monkeypatch.setattr("ann_viz.session.modelfile.safe_open", refuse)
    with pytest.raises(ProjectFileError, match=r"'mine.annviz' can't be read: Permission denied"):
        load_model(path)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"format": 3, "app_version": "9.9"}, r"newer ANN Viz \(9.9\)"),
        ({"format": "one"}, "which version"),
        ({"network": {}}, "damaged"),
        ({"network": 3}, "damaged"),
        ({"encoder": "{}"}, "damaged"),
        ({"recipe": "no"}, "damaged"),
        ({"tensors": {"layer0.weight": np.zeros((2, 2), np.float32)}}, "damaged"),
        ({"tensors": {"layer1.bias": np.array([np.nan], np.float32)}}, "damaged"),
    ],
)
def test_broken_and_newer_files_are_refused(
    circles: Dataset, tmp_path: Path, changes: dict[str, Any], sentence: str
) -> None:
    # Intention: a file that was meddled with, or made by a later version, is named as such.
    path = tmp_path / "m.annviz"
    save_model(path, trained(circles).model())
    with pytest.raises(ProjectFileError, match=sentence):
        load_model(rewritten(path, **changes))
