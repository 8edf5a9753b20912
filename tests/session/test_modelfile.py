"""Model files: what is saved comes back, and anything else is refused in one sentence."""

from __future__ import annotations

import csv
import io
import json
import pickle
import shutil
from collections.abc import Callable
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
from ann_viz.errors import OutputError, ProjectFileError
from ann_viz.session import Session, load_model, save_model
from ann_viz.session.modelfile import FORMAT_VERSION
from ann_viz.session.new_rows import open_for
from ann_viz.session.predict import predict_table
from ann_viz.session.tensorfile import signed

MODELS = Path(__file__).parent / "models"


def trained(dataset: Dataset) -> Session:
    session = Session(TrainConfig(epochs=3))
    session.open(dataset)
    session.set_hidden((LayerConfig(neurons=5, activation="gelu"),))
    session.train()
    assert session.wait(30)
    return session


def rewritten(path: Path, **changes: Any) -> Path:
    """The same file with parts of its description changed, signed by somebody who knows how."""
    with safe_open(path, framework="numpy") as file:
        description = json.loads(file.metadata()["ann_viz"])
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - it is not a mapping
    tensors |= changes.pop("tensors", {})
    path.write_bytes(signed(tensors, {"ann_viz": json.dumps(description | changes)}))
    return path


def with_feature(path: Path, **changes: Any) -> Path:
    """The same file with the encoding of its first column changed."""
    with safe_open(path, framework="numpy") as file:
        encoder = json.loads(file.metadata()["ann_viz"])["encoder"]
    encoder["features"][0] |= changes
    return rewritten(path, encoder=encoder)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A copy of the stored file of the newest format: age, joined (a date), colour and member predict left."""
    return Path(shutil.copy(MODELS / f"format{FORMAT_VERSION}.annviz", tmp_path / "m.annviz"))


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


def test_every_flipped_bit_is_noticed(saved: Path) -> None:
    """The checksum is over the whole file: length, header, padding and weights."""
    content = saved.read_bytes()
    for place in range(0, len(content), 7):
        changed = bytearray(content)
        changed[place] ^= 1 << place % 8
        saved.write_bytes(changed)
        with pytest.raises(ProjectFileError):
            load_model(saved)
    saved.write_bytes(content)
    load_model(saved)


@pytest.mark.parametrize("change", [lambda c: c[:-4], lambda c: c + b"\0" * 4, lambda c: c[:3000] + c[3004:]])
def test_another_length_is_noticed(saved: Path, change: Callable[[bytes], bytes]) -> None:
    """Also where a file has no checksum that would tell."""
    for path in (saved, Path(shutil.copy(MODELS / "format2.annviz", saved.with_name("old.annviz")))):
        path.write_bytes(change(path.read_bytes()))
        with pytest.raises(ProjectFileError):
            load_model(path)


def test_only_known_parts_are_read(saved: Path) -> None:
    """What a later version may add to a file is left aside: tensors and fields of the description."""
    expected = load_model(saved)
    model = load_model(rewritten(saved, tensors={"optimiser.m": np.zeros(9, np.float64)}, mood="good"))
    np.testing.assert_array_equal(model.network.params, expected.network.params)
    assert model.encoder == expected.encoder


def test_words_of_a_file_do_not_steer_the_terminal(saved: Path) -> None:
    """Errors quote the file with what could act on a terminal taken out."""
    for changes in ({"format": 99, "app_version": "9\x1b[2J\x9b"}, {"network": {"task": "\x1b[31mred\u202e"}}):
        with pytest.raises(ProjectFileError) as caught:
            load_model(rewritten(saved, **changes))
        assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"std": 0.0}, "spread"),
        ({"std": -1.0}, "spread"),
        ({"std": 1e-200}, "spread"),
        ({"mean": 1e300}, "spread or a mean"),
        ({"mean": "0"}, "mean can't be"),
        ({"fill": "red"}, "missing cells"),
        ({"fill": 1e200}, "missing cells"),
        ({"form": "%Y'; DROP TABLE t"}, "way to write"),
        ({"kind": "date"}, "number of inputs"),
        ({"kind": "date", "inputs": []}, "way to write"),
        ({"kind": "colour"}, "kind can't be"),
        ({"kind": "category"}, "number of inputs"),
        ({"kind": "yes_no", "fill": None}, "categories"),
        ({"kind": "yes_no", "fill": None, "categories": ["a", "b"], "positive": "a"}, "categories"),
        ({"kind": "category", "fill": None, "categories": [""]}, "categories"),
        ({"kind": "text"}, "text that is ignored"),
        ({"categories": ["a"]}, "categories"),
        ({"inputs": ["x", "y"]}, "number of inputs"),
        ({"flag": True}, "number of inputs"),
        ({"parts": ["century"], "part_scales": [[0, 1]]}, "parts of dates"),
        ({"parts": ["year"]}, "parts of dates"),
        ({"part_scales": [[0, 0]]}, "spread"),
        ({"low": 1.0}, "range"),
        ({"low": 2.0, "high": 1.0}, "range"),
        ({"low": 0.0, "high": 1e200}, "range"),
        ({"spellings": [["a", "b"]]}, "categories"),
        ({"blank": True}, "categories"),
        ({"column": "left"}, "column twice"),
        ({"column": "joined"}, "column twice"),
        ({"column": "z"}, "not among the inputs"),
    ],
)
def test_an_encoding_that_makes_no_sense_is_refused(saved: Path, changes: dict[str, Any], reason: str) -> None:
    """Each number, text and list of a column must be one that fitting could have made."""
    with pytest.raises(ProjectFileError, match=f"damaged model file .*{reason}"):
        load_model(with_feature(saved, **changes))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"format": 5, "app_version": "9.9"}, r"newer ANN Viz \(9.9\)"),
        ({"format": 5, "app_version": ["9.9"], "network": "of a new kind"}, "newer ANN Viz"),
        ({"format": "one"}, "which version"),
        ({"format": 0}, "which version"),
        ({"format": 2}, "written otherwise"),
        ({"network": {}}, "network has no|has no 'n_inputs'"),
        ({"network": 3}, "network"),
        ({"encoder": {}}, "damaged"),
        ({"encoder": "{}"}, "damaged"),
        ({"recipe": "no"}, "damaged"),
        ({"dialect": {"delimiter": 3}}, "delimiter"),
        ({"columns": ["age", "left"]}, "columns of its file"),
        ({"columns": [*"aage", "joined", "colour", "member", "left"]}, "columns of its file"),
        ({"columns": "age"}, "columns can't be"),
        ({"dialect": {"encoding": "base64"}}, "encoding"),
        ({"tensors": {"layer0.weight": np.zeros((2, 2), np.float32)}}, "weight of layer 0 does not fit"),
        ({"tensors": {"layer0.weight": np.zeros((10, 4), np.float64)}}, "weight of layer 0 does not fit"),
        ({"tensors": {"layer2.bias": np.array([np.nan], np.float32)}}, "not a finite number"),
        ({"tensors": {"layer0.weight": np.full((10, 4), 3e38, np.float32)}}, "answers are not finite"),
    ],
)
def test_broken_and_newer_files_are_refused(saved: Path, changes: dict[str, Any], sentence: str) -> None:
    # Intention: a file that was meddled with, or made by a later version, is named as such.
    with pytest.raises(ProjectFileError, match=sentence):
        load_model(rewritten(saved, **changes))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"task": "multiclass", "n_outputs": 2}, "predict different things"),
        ({"n_inputs": 7}, "other inputs or outputs"),
        ({"hidden": [{"neurons": 3.5}]}, "neurons"),
        ({"hidden": [{"neurons": 5}] * 65}, "hidden layers"),
        ({"hidden": [{"neurons": 4}]}, "does not fit the network"),
        ({"dtype": "float64"}, "does not fit the network"),
        ({"dtype": "float16"}, "dtype"),
    ],
)
def test_a_network_that_does_not_fit_is_refused(saved: Path, changes: dict[str, Any], reason: str) -> None:
    """Neither with its own weights nor with the encoding may it disagree."""
    with safe_open(saved, framework="numpy") as file:
        network = json.loads(file.metadata()["ann_viz"])["network"]
    with pytest.raises(ProjectFileError, match=reason):
        load_model(rewritten(saved, network=network | changes))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"class_names": ["yes"]}, "wrong classes"),
        ({"class_names": ["no", ""]}, "wrong classes"),
        ({"target_std": 0}, "spread"),
        ({"target_form": "%x"}, "way to write"),
        ({"thousands": "."}, "thousands mark"),
        ({"features": []}, "no column to predict from"),
        ({"target": "other"}, "predict different things"),
    ],
)
def test_answers_that_make_no_sense_are_refused(saved: Path, changes: dict[str, Any], reason: str) -> None:
    """What is predicted is described as fitting would have."""
    with safe_open(saved, framework="numpy") as file:
        encoder = json.loads(file.metadata()["ann_viz"])["encoder"]
    with pytest.raises(ProjectFileError, match=reason):
        load_model(rewritten(saved, encoder=encoder | changes))
