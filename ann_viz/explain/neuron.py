"""What one neuron does with one row: what it adds up, what it passes on, its share of the blame, and where it goes.

Everything is worked out from a `RowPass`; the terms are those that the sum really consists of.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import ACTIVATIONS, OUTPUTS, Network
from ann_viz.explain.row import RowPass

__all__ = [
    "InputStory",
    "LayerNames",
    "NeuronStory",
    "Outgoing",
    "Term",
    "activation_curve",
    "function_of",
    "input_story",
    "neuron_story",
]

Array = NDArray[np.floating]
LayerNames = Sequence[Sequence[str]]
"""One name per neuron for every column of the picture, the inputs first."""

MOST_TERMS: Final = 40
MOST_OUTGOING: Final = 8
CURVE_POINTS: Final = 121
HALF_RANGE: Final = 4.0  # of z: every activation function has shown its bends by then
HEADROOM: Final = 1.25  # so that the point does not lie at the edge of the curve


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One summand of a neuron's sum.

    Parameters
    ----------
    source : int
        Neuron of the column before.
    name : str
        Its name.
    x, w : float
        What it passes on, and the weight of the connection.
    gradient : float
        ∂L/∂w of the row's loss.
    """

    source: int
    name: str
    x: float
    w: float
    gradient: float

    @property
    def product(self) -> float:
        """What it adds to the sum."""
        return self.w * self.x


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A connection to the next column: where to, its weight, and δ = ∂L/∂z of the neuron there."""

    target: int
    name: str
    w: float
    delta: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NeuronStory:
    """A hidden or output neuron at work on one row.

    Parameters
    ----------
    column, index : int
        Which neuron; column 0 would be the inputs.
    name : str
        Its name.
    activation : str
        Its activation function as in the settings, or that of the output layer.
    n_inputs : int
        How many connections lead to it.
    terms : tuple of Term
        The 40 largest summands at most, the largest |w·x| first.
    n_more : int
        How many summands are not among them.
    rest, total : float
        Sum of those that are not, and of all of them.
    bias, z, a : float
        What is added to the sum, the result, and what the neuron passes on.
    times : float
        What dropout multiplies f(z) by in the batch under way: 0 switches the neuron off; 1 without dropout.
    others : float
        Of a softmax: ln Σ exp(z) over the other outputs; 0 otherwise.
    delta : float
        ∂L/∂z of the row's loss, which is ∂L/∂b as well.
    steepest : Term
        The one with the largest |∂L/∂w|.
    outgoing : tuple of Outgoing
        The eight strongest connections to the next column.
    n_outgoing : int
        How many there are.
    """

    column: int
    index: int
    name: str
    activation: str
    n_inputs: int
    terms: tuple[Term, ...]
    n_more: int
    rest: float
    total: float
    bias: float
    z: float
    a: float
    times: float
    others: float
    delta: float
    steepest: Term
    outgoing: tuple[Outgoing, ...]
    n_outgoing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InputStory:
    """An input: its name, the number that enters the network, and its strongest connections."""

    index: int
    name: str
    value: float
    outgoing: tuple[Outgoing, ...]
    n_outgoing: int


def neuron_story(network: Network, row: RowPass, column: int, index: int, names: LayerNames) -> NeuronStory:
    """Tell what a hidden or output neuron does with a row.

    Parameters
    ----------
    network, row
        The network, and the row that was sent through it.
    column, index : int
        Which neuron; `column` is at least 1.
    names : sequence of sequences of str
        Names of all neurons.
    """
    layer = column - 1
    w = network.W[layer][:, index].astype(np.float64)
    x = row.A[layer].astype(np.float64)
    products = w * x
    order = np.argsort(-np.abs(products), kind="stable")[:MOST_TERMS]
    gradients = row.dW[layer][:, index]

    def term(i: int) -> Term:
        return Term(source=i, name=names[layer][i], x=float(x[i]), w=float(w[i]), gradient=float(gradients[i]))

    total = float(products.sum())
    outgoing, n_outgoing = _outgoing(network, row, column, index, names)
    return NeuronStory(
        column=column,
        index=index,
        name=names[column][index],
        activation=function_of(network, column),
        n_inputs=len(w),
        terms=tuple(term(int(i)) for i in order),
        n_more=len(w) - len(order),
        rest=total - float(products[order].sum()),
        total=total,
        bias=float(network.b[layer][index]),
        z=float(row.Z[layer][index]),
        a=float(row.A[column][index]),
        times=float(row.masks[layer][index]) if row.masks and column < len(network.W) else 1.0,
        others=_others(network, row, column, index),
        delta=float(row.delta[layer][index]),
        steepest=term(int(np.argmax(np.abs(gradients)))),
        outgoing=outgoing,
        n_outgoing=n_outgoing,
    )


def input_story(network: Network, row: RowPass, index: int, names: LayerNames) -> InputStory:
    """Tell what enters the network at an input and where it goes."""
    outgoing, n_outgoing = _outgoing(network, row, 0, index, names)
    return InputStory(
        index=index, name=names[0][index], value=float(row.A[0][index]), outgoing=outgoing, n_outgoing=n_outgoing
    )


def _outgoing(
    network: Network, row: RowPass, column: int, index: int, names: LayerNames
) -> tuple[tuple[Outgoing, ...], int]:
    """Return the strongest connections to the next column, and how many there are; none behind the outputs."""
    if column == len(network.W):
        return (), 0
    w = network.W[column][index]
    order = np.argsort(-np.abs(w), kind="stable")[:MOST_OUTGOING].tolist()
    deltas = row.delta[column]
    found = (Outgoing(target=j, name=names[column + 1][j], w=float(w[j]), delta=float(deltas[j])) for j in order)
    return tuple(found), len(w)


def function_of(network: Network, column: int) -> str:
    """Return the name of the activation function of a column, counted from the inputs, which are 0."""
    if column == len(network.W):
        return OUTPUTS[network.config.task].name
    return network.activation_names[column - 1]


def _others(network: Network, row: RowPass, column: int, index: int) -> float:
    """Of a softmax: a = e^z / (e^z + Σ of the others) = σ(z − ln Σ of the others), so one number says it all."""
    if function_of(network, column) != "softmax":
        return 0.0
    z = np.delete(row.Z[-1].astype(np.float64), index)
    return float(z.max() + np.log(np.exp(z - z.max()).sum()))


def activation_curve(story: NeuronStory) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return z and a = f(z) around the neuron's own z; of a softmax, with the other outputs as they are.

    Returns
    -------
    tuple of two (n,) arrays
        Empty where z is no finite number.
    """
    middle = story.others
    if not math.isfinite(story.z) or not math.isfinite(middle):
        return np.empty(0), np.empty(0)
    half = max(HALF_RANGE, HEADROOM * abs(story.z - middle))
    z = np.linspace(middle - half, middle + half, CURVE_POINTS)
    name = "sigmoid" if story.activation == "softmax" else story.activation
    return z, np.asarray(ACTIVATIONS[name].evaluate(z - middle), dtype=np.float64)
