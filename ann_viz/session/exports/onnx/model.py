"""The whole model as one ONNX graph: cells in, chances and the answer at the threshold out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from ann_viz import __version__
from ann_viz.engine.activation_calls import GELU_CUBIC, GELU_SCALE
from ann_viz.session.exports.about import about
from ann_viz.session.exports.format import Progress, Wish
from ann_viz.session.exports.onnx.columns import add_columns, input_name
from ann_viz.session.exports.onnx.graph import DOUBLE, FLOAT, INT64, STRING, Graph
from ann_viz.session.exports.portable import PortableModel
from ann_viz.session.exports.subject import Subject
from ann_viz.session.exports.to_portable import portable_model

__all__ = ["ACTIVATION_NODES", "write"]


def _gelu(graph: Graph, z: str) -> str:
    def times(x: str, factor: float) -> str:
        return graph.add("Mul", x, graph.number(factor, np.float32))

    cubed = graph.add("Mul", graph.add("Mul", z, z), z)
    inner = times(graph.add("Add", z, times(cubed, GELU_CUBIC)), GELU_SCALE)
    half = times(z, 0.5)
    return graph.add("Add", half, graph.add("Mul", half, graph.add("Tanh", inner)))


ACTIVATION_NODES: Final[Mapping[str, Callable[[Graph, str], str]]] = {
    "relu": lambda graph, z: graph.add("Relu", z),
    "leaky_relu": lambda graph, z: graph.add("LeakyRelu", z, alpha=0.01),
    "elu": lambda graph, z: graph.add("Elu", z, alpha=1.0),
    "gelu": _gelu,
    "silu": lambda graph, z: graph.add("Mul", z, graph.add("Sigmoid", z)),
    "tanh": lambda graph, z: graph.add("Tanh", z),
    "sigmoid": lambda graph, z: graph.add("Sigmoid", z),
    "softplus": lambda graph, z: graph.add("Softplus", z),
    "linear": lambda graph, z: graph.add("Identity", z),
    "softmax": lambda graph, z: graph.add("Softmax", z, axis=1),
}
"""What every activation is in ONNX."""


def write(subject: Subject, wish: Wish, progress: Progress) -> bytes:
    """Return the ONNX file."""
    portable = portable_model(subject.model)
    graph = Graph("network", [input_name(column) for column in portable.columns])
    a = add_columns(graph, portable)
    for number, layer in enumerate(portable.layers, start=1):
        W = graph.constant(np.asarray(layer.W, np.float32), f"W{number}")
        b = graph.constant(np.asarray(layer.b, np.float32), f"b{number}")
        a = ACTIVATION_NODES[layer.activation](graph, graph.add("Add", graph.add("MatMul", a, W), b, name=f"z{number}"))
    _add_answer(graph, a, portable)
    known = about(subject) | {"threshold": portable.output.threshold, "classes": list(portable.output.classes)}
    properties = {key: value if isinstance(value, str) else json.dumps(value) for key, value in known.items()}
    return graph.file("ANN Viz", __version__, f"Predicts {portable.output.target}", properties)


def _add_answer(graph: Graph, a: str, portable: PortableModel) -> None:
    output = portable.output
    if output.task == "regression":
        scaled = graph.add("Mul", graph.add("Cast", a, to=DOUBLE), graph.number(output.std))
        value = graph.add("Add", scaled, graph.number(output.mean), name="value")
        graph.output(value, DOUBLE, 1, output.target)
        return
    if output.task == "binary":
        threshold = graph.number(output.threshold, np.float32)
        place = graph.add("Cast", graph.add("Greater", a, threshold), to=INT64)
        no = graph.add("Sub", graph.number(1.0, np.float32), a)
        chances = graph.add("Concat", no, a, axis=1, name="probabilities")
    else:
        place = graph.add("ArgMax", a, axis=1, keepdims=1)
        chances = graph.add("Identity", a, name="probabilities")
    label = graph.add("Gather", graph.constant(output.classes, "classes"), place, name="label")
    graph.output(label, STRING, 1, output.target)
    graph.output(chances, FLOAT, len(output.classes), f"chance of each of: {', '.join(output.classes)}")
