"""Model files: what is saved comes back, and what is none is refused."""

from __future__ import annotations

import csv
import io
import json
import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from ann_viz.data import Dataset, build_dataset
from ann_viz.data.encoding.recipe import Plan
from ann_viz.engine import LayerConfig, TrainConfig
from ann_viz.errors import OutputError, ProjectFileError
from ann_viz.session import Session, load_model, save_model
from ann_viz.session.modelfile import FORMAT_VERSION
from ann_viz.session.new_rows import open_for
from ann_viz.session.predict import predict_table

MODELS = Path(__file__).parent / "models"


def trained(dataset: Dataset) -> Session:
    session = Session(TrainConfig(epochs=3))
    session.open(dataset)
    session.set_hidden((LayerConfig(neurons=5, activation="gelu"),))
    session.train()
    assert session.wait(30)
    return session


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


@pytest.mark.parametrize("version", ["1", "2", "3", "3_ranges", "3_mean"])
def test_files_of_every_format_are_read(version: str) -> None:
    """What each version of the program wrote opens, and answers as that version did; the last knows ranges as well."""
    model = load_model(MODELS / f"format{version}.annviz")
    expected = json.loads((MODELS / "answers.json").read_text())[f"format{version}"]
    output = io.StringIO()
    with open_for(model, MODELS / "rows.csv") as new:
        predict_table(new, output)
    rows = list(csv.DictReader(io.StringIO(output.getvalue())))[: len(expected)]
    np.testing.assert_allclose([float(row["probability_yes"]) for row in rows], expected, rtol=1e-6)


def test_ranges_and_columns_are_optional() -> None:
    """Files that were written before there were any open without; newer ones have those of the training rows."""
    older, newer = (load_model(MODELS / f"format3{more}.annviz") for more in ("", "_ranges"))
    assert older.columns == () and older.encoder.features[0].low is None
    assert newer.columns == ("age", "joined", "colour", "member", "left")
    age = newer.encoder.features[0]
    assert (age.low, age.high, age.sign) == (18.0, 80.0, "")


def test_the_newest_format_is_stored_as_well() -> None:
    """Who makes a new one adds a file of it here."""
    assert (MODELS / f"format{FORMAT_VERSION}.annviz").is_file()


def test_saving_replaces_the_whole_file_or_nothing(circles: Dataset, tmp_path: Path) -> None:
    # Intention: an old model is replaced in one move, and no half-written file stays behind.
    session = trained(circles)
    path = tmp_path / "m.annviz"
    path.write_text("older")
    save_model(path, session.model())
    load_model(path)
    with pytest.raises(OutputError, match="can't be written"):
        save_model(tmp_path / "nowhere" / "m.annviz", session.model())
    with pytest.raises(OutputError, match="is read here"):
        save_model(circles.table.path, session.model(), inputs=(circles.table.path,))
    assert {file.name for file in tmp_path.iterdir()} == {"m.annviz", "circles.csv"}


def test_a_model_that_could_not_be_opened_again_is_not_saved(
    circles: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bounds on reading hold for writing too."""
    session = trained(circles)
    monkeypatch.setattr("ann_viz.session.tensorfile._MOST_FILE_BYTES", 1000)
    with pytest.raises(OutputError, match="larger than such a file may be"):
        save_model(tmp_path / "m.annviz", session.model())
    assert not (tmp_path / "m.annviz").exists()


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


def test_what_is_no_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder or a pipe is not opened; what the system says is passed on."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with pytest.raises(ProjectFileError, match="is not a file"):
        load_model(tmp_path)
    path = tmp_path / "mine.annviz"
    path.write_bytes(b"")
    for nowhere in (path / "x.annviz", "a\0b"):
        with pytest.raises(ProjectFileError, match="There is no file"):
            load_model(nowhere)
    with pytest.raises(ProjectFileError, match="x' can't be read: File name too long"):
        load_model(tmp_path / ("x" * 300))
    for question in ("open", "stat"):  # a folder of somebody else does not even say what is in it
        with monkeypatch.context() as patch, pytest.raises(ProjectFileError) as caught:
            patch.setattr(Path, question, refuse)
            load_model(path)
        assert str(caught.value) == "'mine.annviz' can't be read: Permission denied."
