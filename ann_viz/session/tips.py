"""What is said about a neuron or a connection under the mouse, and above the columns of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ann_viz.explain import Voice
from ann_viz.numerals import counted, fixed, fixed_signed
from ann_viz.scene import Connection, Element, NetworkNumbers, Neuron
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.explain.neuron import LayerNames

__all__ = ["describe", "headings", "title"]


def title(mark: Element, names: LayerNames) -> str:
    """Return what a connection's weight or a neuron's bias is called: "Age → neuron 3", "Bias of neuron 3"."""
    if isinstance(mark, Connection):
        return f"{names[mark.gap][mark.source]} → {names[mark.gap + 1][mark.target]}"
    return translate("Bias of {neuron}").format(neuron=names[mark.column][mark.index])


def headings(n_hidden: int, voice: Voice) -> tuple[tuple[str, str], ...]:
    """Return a title and a line below it for the inputs, the hidden layers (if there are any) and the outputs."""
    inputs, hidden, outputs = (
        (
            translate("what is known about each row"),
            translate("what it works out in between"),
            translate("what it predicts"),
        )
        if voice == "plain"
        else (
            translate("x, one number per input"),
            translate("a = f(z), z = Σ w·a + b"),
            translate("ŷ, the prediction"),
        )
    )
    title = counted("Hidden layer", "Hidden layers", n_hidden)
    between = ((title, hidden),) if n_hidden else ()
    return (translate("Input layer"), inputs), *between, (translate("Output layer"), outputs)


def describe(
    mark: Element, numbers: NetworkNumbers, names: LayerNames, raw: Sequence[str], voice: Voice = "plain"
) -> str:
    """Return one sentence with the numbers of `mark` for the shown row.

    Parameters
    ----------
    mark : Element
        Counted among all neurons of the network.
    numbers : NetworkNumbers
        Of the whole network.
    names : sequence of sequences of str
        Of all neurons.
    raw : sequence of str
        Every input's value in the file.
    voice : {"plain", "technical"}
        Words, or the symbols of the formulas.
    """
    if isinstance(mark, Connection):
        return _connection(mark, numbers, names, voice)
    return _neuron(mark, numbers, names, raw, voice)


def _connection(mark: Connection, numbers: NetworkNumbers, names: LayerNames, voice: Voice) -> str:
    weight = float(numbers.weights[mark.gap][mark.source, mark.target])
    signal = weight * float(numbers.values[mark.gap][mark.source])
    weight_text, signal_text, gradient_text = (
        (translate("weight {w}"), translate("signal {s}"), translate("gradient of the last batch {g}"))
        if voice == "plain"
        else ("w = {w}", "w·a = {s}", translate("∂L/∂w = {g}, last batch"))
    )
    parts = [title(mark, names), weight_text.format(w=fixed_signed(weight)), signal_text.format(s=fixed_signed(signal))]
    of_layer = numbers.gradients[mark.gap] if numbers.gradients else None
    if of_layer is not None:
        parts.append(gradient_text.format(g=fixed_signed(float(of_layer[mark.source, mark.target]), 4)))
    return " · ".join(parts)


def _neuron(mark: Neuron, numbers: NetworkNumbers, names: LayerNames, raw: Sequence[str], voice: Voice) -> str:
    column, index = mark.column, mark.index
    if column > numbers.n_sent:
        return translate("{name}: the signal of this batch has not got here yet").format(name=names[column][index])
    if numbers.dropped and numbers.dropped[column][index]:
        return translate("{name}: switched off by dropout for this row in this batch").format(name=names[column][index])
    value = fixed(float(numbers.values[column][index]), 3)
    if column == 0:
        text = (
            translate("{name} {raw}: enters the network as {value}")
            if voice == "plain"
            else "{name} {raw}: x = {value}"
        )
        return text.format(name=names[0][index], raw=raw[index], value=value)
    is_output = column == len(numbers.values) - 1
    where = translate("Answer {name}") if is_output else translate("Hidden layer {layer}, {name}")
    signals = numbers.weights[column - 1][:, index] * numbers.values[column - 1]
    strongest = int(np.argmax(np.abs(signals)))
    text = (
        translate("{where}: activation {value}, bias {bias}, strongest input {source} {signal}")
        if voice == "plain"
        else translate("{where}: a = {value}, b = {bias}, largest w·a: {source} {signal}")
    )
    return text.format(
        where=where.format(layer=column, name=names[column][index]),
        value=value,
        bias=fixed(float(numbers.biases[column - 1][index]), 3),
        source=names[column - 1][strongest],
        signal=fixed_signed(float(signals[strongest])),
    )
