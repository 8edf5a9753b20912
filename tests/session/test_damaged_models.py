"""Model files that somebody or something has changed: each is refused in one sentence."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors import safe_open

from ann_viz.errors import ProjectFileError
from ann_viz.session import load_model
from ann_viz.session.modelfile import FORMAT_VERSION
from ann_viz.session.tensorfile import signed

MODELS = Path(__file__).parent / "models"


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
