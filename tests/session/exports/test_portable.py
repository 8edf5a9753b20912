"""The portable description says of every column, layer and answer what the program itself does."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import pytest

from ann_viz.data import Encoder, Feature
from ann_viz.data.encoding.recipe import Scaling
from ann_viz.data.encoding.scaling import scaled
from ann_viz.engine import LayerConfig
from ann_viz.session.exports.to_portable import portable_model

VALUES = np.array([-1e12, -40.0, -1.5, 0.0, 0.25, 3.0, 700.0])


@pytest.mark.parametrize("scaling", get_args(Scaling))
def test_steps_are_the_scaling(train: Any, scaling: Scaling) -> None:
    # Intention: a scaling that does more than these steps would be written out wrongly by every format.
    model = train().model
    feature = Feature(
        column="a", kind="number", inputs=("a",), mean=2.0, std=5.0, fill=1.0, scaling=scaling, low=0, high=9
    )
    encoder = Encoder(features=(feature,), target="y", task="binary", class_names=("no", "yes"))
    changed = type(model)(network=model.network, encoder=encoder, recipe=model.recipe)
    ((asked,),) = (column.inputs for column in portable_model(changed).columns)
    values = VALUES
    for step in asked.steps:
        values = step.apply(values)
    np.testing.assert_allclose(values, scaled(VALUES, scaling, 2.0, 5.0))


def test_inputs_have_the_labels_and_the_order_of_the_encoder(train: Any) -> None:
    subject = train()
    portable = portable_model(subject.model)
    assert portable.labels == subject.model.encoder.input_names
    assert portable.sizes == subject.model.network.config.sizes
    asked = {column.name: [each.asked for each in column.inputs] for column in portable.columns}
    assert asked["age"] == ["value", "missing"] and asked["member"] == ["yes"]
    assert asked["city"] == ["category"] * 4 + ["missing"]
    assert asked["joined"] == ["part", "sine", "cosine", "sine", "cosine"]


@pytest.mark.parametrize(("target", "last"), [("left", "sigmoid"), ("spend", "linear"), ("city", "softmax")])
def test_layers_and_answer(train: Any, target: str, last: str) -> None:
    subject = train(target, hidden=(LayerConfig(neurons=4, activation="gelu"),))
    portable, encoder = portable_model(subject.model), subject.model.encoder
    assert [layer.activation for layer in portable.layers] == ["gelu", last]
    assert (portable.output.classes, portable.output.mean) == (encoder.class_names, encoder.target_mean)
    assert portable.output.threshold == subject.model.threshold


def test_what_is_typical_lies_in_the_range(train: Any) -> None:
    columns = portable_model(train().model).columns
    assert {column.kind for column in columns} > {"category", "yes_no"}
    for column in columns:
        assert column.low <= column.typical <= column.high or column.kind in ("category", "yes_no")
