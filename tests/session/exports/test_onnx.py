"""The ONNX file: what the checker of onnx says, and that onnxruntime answers as the engine does."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from ann_viz.data.encoding.inputs import write_inputs
from ann_viz.engine import ACTIVATIONS, LayerConfig
from ann_viz.session.exports import Subject, format_for, wish_for
from ann_viz.session.exports.onnx.columns import STEP_NODES, input_name
from ann_viz.session.exports.onnx.model import ACTIVATION_NODES
from ann_viz.session.exports.onnx.protobuf import message
from ann_viz.session.exports.portable import STEPS, PortableColumn
from ann_viz.session.exports.to_portable import portable_model
from ann_viz.session.records import cells_of_values

ONNX = format_for("onnx")


def bytes_of(subject: Subject) -> bytes:
    return ONNX.write(subject, wish_for(ONNX))


def test_messages_are_written_as_the_encoding_guide_has_them() -> None:
    # Intention: the examples of the guide, and what ONNX needs beside them.
    assert message([(1, 150)]) == bytes.fromhex("089601")
    assert message([(2, "testing")]) == bytes.fromhex("120774657374696e67")
    assert message([(3, message([(1, 150)]))]) == bytes.fromhex("1a03089601")
    assert message([(1, -2)]) == bytes.fromhex("08feffffffffffffffff01")
    assert message([(2, 1.0), (5, None)]) == bytes.fromhex("150000803f")


def test_every_choice_has_its_operator() -> None:
    assert ACTIVATION_NODES.keys() == {*ACTIVATIONS, "softmax"}
    assert STEP_NODES.keys() == STEPS.keys()


def test_the_file_is_small_and_says_where_it_comes_from(train: Any) -> None:
    subject = train()
    content = bytes_of(subject)
    assert len(content) < 20_000
    assert subject.source.sha256.encode() in content and b"threshold" in content
    assert str(subject.dataset.table.path.parent).encode() not in content


def feed_of(subject: Subject) -> dict[str, Any]:
    """Return every row of the table as the inputs of the file."""
    dataset, encoder = subject.dataset, subject.model.encoder
    assert dataset is not None
    names = [column.name for column in dataset.table.columns]
    texts = [dict(zip(names, dataset.raw(place), strict=True)) for place in range(len(dataset.X))]
    feed = {}
    columns = zip(portable_model(subject.model).columns, encoder.features, strict=True)
    for column, feature in columns:
        values = [row[column.name] for row in texts]
        feed[input_name(column)] = _cells(column, cells_of_values(encoder, feature, values), values)
    return feed


def _cells(column: PortableColumn, cells: Any, values: list[Any]) -> Any:
    if column.kind in ("category", "yes_no"):
        return np.array([[value or ""] for value in values], dtype=object)
    if column.kind == "text":
        return np.array([[np.nan if value is None else float(len(value.split()))] for value in values])
    return cells.astype(np.float64)[:, None]


def session_of(content: bytes) -> Any:
    onnx = pytest.importorskip("onnx")
    runtime = pytest.importorskip("onnxruntime")
    model = onnx.load_from_string(content)
    onnx.checker.check_model(model, full_check=True)
    assert json.loads({each.key: each.value for each in model.metadata_props}["network"])["seed"] == 3
    return runtime.InferenceSession(content, providers=["CPUExecutionProvider"])


@pytest.mark.parametrize("target", ["left", "spend", "city"])
def test_onnxruntime_answers_as_the_engine_does(train: Any, target: str) -> None:
    # Intention: every kind of column and task, on every row of the table, missing cells among them.
    subject = train(target)
    session = session_of(bytes_of(subject))
    found = dict(zip([each.name for each in session.get_outputs()], session.run(None, feed_of(subject)), strict=True))
    output = subject.model.network.predict(subject.dataset.X)
    answers = subject.model.encoder.decode_target(output)
    if target == "spend":
        np.testing.assert_allclose(found["value"][:, 0], answers, rtol=1e-5)
        return
    chances = output if output.shape[1] > 1 else np.hstack([1 - output, output])
    np.testing.assert_allclose(found["probabilities"], chances, atol=1e-6)
    assert found["label"][:, 0].tolist() == answers.tolist()


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_every_activation_answers_as_the_engine_does(train: Any, activation: str) -> None:
    subject = train("spend", hidden=(LayerConfig(neurons=5, activation=activation),))
    found = session_of(bytes_of(subject)).run(None, feed_of(subject))[0]
    expected = subject.model.encoder.decode_target(subject.model.network.predict(subject.dataset.X))
    np.testing.assert_allclose(found[:, 0], expected, rtol=1e-5)


def test_dates_before_1970_and_of_leap_years_have_their_year_and_month(train: Any) -> None:
    # Intention: the arithmetic of the calendar, where it usually goes wrong.
    subject = train()
    session = session_of(bytes_of(subject))
    days = np.arange("1899-12-20", "1900-03-03", dtype="datetime64[D]")
    days = np.concatenate([days, np.arange("2000-02-20", "2000-03-03", dtype="datetime64[D]")])
    feed = {name: values[:1].repeat(len(days), axis=0) for name, values in feed_of(subject).items()}
    feed["joined"] = days.astype(np.float64)[:, None]
    encoder, dataset = subject.model.encoder, subject.dataset
    place = next(group for group in encoder.groups if group.column == "joined")
    feature = next(each for each in encoder.features if each.column == "joined")
    X = dataset.X[:1].repeat(len(days), axis=0)
    write_inputs(feature, days.astype(np.float64), X[:, place.start : place.stop])
    found = session.run(["probabilities"], feed)[0][:, 1]
    np.testing.assert_allclose(found, subject.model.network.predict(X)[:, 0], atol=1e-6)
