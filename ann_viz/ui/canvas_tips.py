"""What is said about a neuron or a connection under the mouse."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication

from ann_viz.scene import Connection, Mark, Neuron, Numbers
from ann_viz.ui.canvas_labels import InputLabels
from ann_viz.ui.canvas_paint import number, signed

__all__ = ["describe", "name_of"]


def _tr(text: str) -> str:
    return QCoreApplication.translate("CanvasTips", text)


def name_of(column: int, index: int, n_columns: int, names: Sequence[str], answers: Sequence[str] = ()) -> str:
    """Return what a neuron is called: its input, "neuron 3", or its answer."""
    if column == 0:
        return names[index]
    if column == n_columns - 1 and index < len(answers):
        return answers[index]
    return _tr("neuron {n}").format(n=index + 1)


def describe(mark: Mark, numbers: Numbers, labels: InputLabels, answers: Sequence[str] = ()) -> str:
    """Return one sentence with the numbers of `mark` for the shown row.

    Parameters
    ----------
    mark : Mark
        Counted among all neurons of the network.
    numbers : Numbers
        Of the whole network.
    labels : InputLabels
        Of all inputs.
    answers : sequence of str
        Names of the outputs, where each has one of its own.
    """
    if isinstance(mark, Connection):
        return _connection(mark, numbers, labels, answers)
    return _neuron(mark, numbers, labels, answers)


def _connection(mark: Connection, numbers: Numbers, labels: InputLabels, answers: Sequence[str]) -> str:
    n_columns = len(numbers.values)
    weight = float(numbers.weights[mark.gap][mark.source, mark.target])
    signal = weight * float(numbers.values[mark.gap][mark.source])
    parts = [
        _tr("{source} → {target}").format(
            source=name_of(mark.gap, mark.source, n_columns, labels.names),
            target=name_of(mark.gap + 1, mark.target, n_columns, labels.names, answers),
        ),
        _tr("weight {w}").format(w=signed(weight)),
        _tr("signal {s}").format(s=signed(signal)),
    ]
    if numbers.gradients:
        gradient = float(numbers.gradients[mark.gap][mark.source, mark.target])
        parts.append(_tr("gradient of the last batch {g}").format(g=signed(gradient, 4)))
    return " · ".join(parts)


def _neuron(mark: Neuron, numbers: Numbers, labels: InputLabels, answers: Sequence[str]) -> str:
    column, index, n_columns = mark.column, mark.index, len(numbers.values)
    value = number(float(numbers.values[column][index]), 3)
    if column == 0:
        return _tr("{name} {raw}: enters the network as {value}").format(
            name=labels.names[index], raw=labels.values[index], value=value
        )
    where = _tr("Output neuron {n}") if column == n_columns - 1 else _tr("Hidden layer {layer}, neuron {n}")
    signals = numbers.weights[column - 1][:, index] * numbers.values[column - 1]
    strongest = int(np.argmax(np.abs(signals)))
    return _tr("{where}: activation {value}, bias {bias}, strongest input {name} {signal}").format(
        where=where.format(layer=column, n=index + 1),
        value=value,
        bias=number(float(numbers.biases[column - 1][index]), 3),
        name=name_of(column - 1, strongest, n_columns, labels.names, answers),
        signal=signed(float(signals[strongest])),
    )
