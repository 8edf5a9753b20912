"""The network put into words for one row: a sentence per neuron and connection, a summary per layer, the answer.

The words lie in ``resources/explain/network.json``. Nothing is worked out before it is asked for.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Network
from ann_viz.errors import DataError
from ann_viz.numerals import count, format_number, signed, unsigned
from ann_viz.resources import resource

if TYPE_CHECKING:
    from ann_viz.explain.neuron import LayerNames

__all__ = [
    "NetworkWords",
    "NeuronText",
    "Seen",
    "answer_sentence",
    "connection_sentence",
    "layer_name",
    "layer_sentence",
    "load_network_words",
    "neuron_text",
    "whole_text",
]

FILE: Final = "network.json"
MOST_INPUTS: Final = 3
SUMMARIES: Final = ("input", "hidden", "output", "single", "waiting")
SILENT: Final = 0.005  # rounds to 0.00, and the picture draws an empty circle


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """What there is to put into words.

    Parameters
    ----------
    network : Network
        With the weights that the row went through.
    values : sequence of (width,) arrays
        Activations of every column, the inputs first.
    names : sequence of sequences of str
        Names of all neurons.
    raw : sequence of str
        What the file says where each input comes from.
    n_columns : int
        How many columns of the file the inputs come from.
    row, answer, truth : str
        "row 2,990", what the network says of it, and what is true.
    changed, locked : frozenset of (layer, row, column)
        Weights and biases set by hand, and those that training leaves alone; the row after the last is the bias.
    off : frozenset of (column, index)
        Neurons that are switched off.
    n_sent : int or None
        Through how many gaps the batch under way has sent the row so far; None for all.
    """

    network: Network
    values: Sequence[NDArray[np.floating]]
    names: LayerNames
    raw: Sequence[str]
    n_columns: int
    row: str
    answer: str
    truth: str
    changed: frozenset[tuple[int, int, int]] = frozenset()
    locked: frozenset[tuple[int, int, int]] = frozenset()
    off: frozenset[tuple[int, int]] = frozenset()
    n_sent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeuronText:
    """One neuron in words.

    Parameters
    ----------
    layer, name : str
        "Hidden layer 1" and "neuron 3".
    value : float
        Its activation, or the number that enters the network.
    bias : float or None
        None for an input.
    inputs : tuple of (str, float)
        The three strongest of what it adds up, by name and w·x; those that are 0 are left out.
    sentence : str
        All of it in one line.
    """

    layer: str
    name: str
    value: float
    bias: float | None
    inputs: tuple[tuple[str, float], ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkWords:
    """Templates of the sentences, by kind."""

    layers: dict[str, str]
    neurons: dict[str, str]
    notes: dict[str, str]
    connection: str
    summaries: dict[str, str]
    answer: str


@functools.cache
def load_network_words() -> NetworkWords:
    """Read the templates.

    Raises
    ------
    DataError
        When the file is missing or not as documented in it.
    """
    try:
        content = json.loads(resource("explain", FILE).read_text(encoding="utf-8"))
        return NetworkWords(
            layers={kind: str(content["layers"][kind]) for kind in ("input", "hidden", "output")},
            neurons={
                kind: str(content["neurons"][kind]) for kind in ("input", "hidden", "output", "unmoved", "waiting")
            },
            notes={kind: str(content["notes"][kind]) for kind in ("changed", "locked", "off")},
            connection=str(content["connection"]),
            summaries={kind: str(content["summaries"][kind]) for kind in SUMMARIES},
            answer=str(content["answer"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"The sentences in '{FILE}' can't be read.", hint=f"({error!r})") from error


def _kind(seen: Seen, column: int) -> str:
    return "input" if column == 0 else "output" if column == len(seen.values) - 1 else "hidden"


def _is_waiting(seen: Seen, column: int) -> bool:
    """Whether the signals of the batch under way have not got to a column."""
    return seen.n_sent is not None and column > seen.n_sent


def layer_name(seen: Seen, column: int) -> str:
    """Return what a column of the picture is called: "Hidden layer 1"."""
    return load_network_words().layers[_kind(seen, column)].format(n=column)


def neuron_text(seen: Seen, column: int, index: int) -> NeuronText:
    """Put one neuron into words.

    Parameters
    ----------
    column, index : int
        Which neuron; column 0 is the inputs.
    """
    name, value = seen.names[column][index], float(seen.values[column][index])
    layer, kind = layer_name(seen, column), _kind(seen, column)
    if kind == "input":
        template = load_network_words().neurons["input"]
        sentence = template.format(layer=layer, name=name, raw=seen.raw[index], value=unsigned(value))
        sentence += _notes(seen, None, (column, index))
        return NeuronText(layer=layer, name=name, value=value, bias=None, inputs=(), sentence=sentence)
    bias = float(seen.network.b[column - 1][index])
    if _is_waiting(seen, column):
        sentence = load_network_words().neurons["waiting"].format(layer=layer, name=name, bias=signed(bias))
        return NeuronText(layer=layer, name=name, value=math.nan, bias=bias, inputs=(), sentence=sentence)
    inputs = _strongest(seen, column, index)
    source, signal = inputs[0] if inputs else ("", 0.0)
    sentence = (
        load_network_words()
        .neurons[kind if inputs else "unmoved"]
        .format(layer=layer, name=name, value=unsigned(value), bias=signed(bias), source=source, signal=signed(signal))
    )
    sentence += _notes(seen, (column - 1, len(seen.names[column - 1]), index), (column, index))
    return NeuronText(layer=layer, name=name, value=value, bias=bias, inputs=inputs, sentence=sentence)


def _strongest(seen: Seen, column: int, index: int) -> tuple[tuple[str, float], ...]:
    signals = seen.network.W[column - 1][:, index].astype(np.float64) * seen.values[column - 1]
    order = np.argsort(-np.abs(signals), kind="stable")[:MOST_INPUTS].tolist()
    return tuple((seen.names[column - 1][i], float(signals[i])) for i in order if signals[i] != 0)


def connection_sentence(seen: Seen, gap: int, source: int, target: int) -> str:
    """Put one connection into words: ``W[gap][source, target]``."""
    weight = float(seen.network.W[gap][source, target])
    layer = layer_name(seen, gap + 1)
    sentence = load_network_words().connection.format(
        source=seen.names[gap][source],
        target=seen.names[gap + 1][target],
        layer=layer[:1].lower() + layer[1:],
        weight=signed(weight),
        signal=signed(weight * float(seen.values[gap][source])),
    )
    return sentence + _notes(seen, (gap, source, target), (gap, source))


def _notes(seen: Seen, parameter: tuple[int, int, int] | None, neuron: tuple[int, int]) -> str:
    """Say what was done by hand to a weight or bias, and to a neuron."""
    done = {"changed": parameter in seen.changed, "locked": parameter in seen.locked, "off": neuron in seen.off}
    return "".join(f", {load_network_words().notes[kind]}" for kind, is_so in done.items() if is_so)


def layer_sentence(seen: Seen, column: int) -> str:
    """Sum up one column of the picture."""
    values = np.abs(np.asarray(seen.values[column], dtype=np.float64))
    most = int(np.argmax(values))
    kind = _kind(seen, column)
    if kind == "output" and len(values) == 1:
        kind = "single"
    template = load_network_words().summaries["waiting" if _is_waiting(seen, column) else kind]
    return template.format(
        layer=layer_name(seen, column),
        inputs=count(len(values), "input"),
        neurons=count(len(values), "neuron"),
        columns=count(seen.n_columns, "column"),
        row=seen.row,
        silent=format_number(int(np.count_nonzero(values < SILENT))),
        most=seen.names[column][most],
        value=unsigned(float(seen.values[column][most])),
    )


def answer_sentence(seen: Seen) -> str:
    """Say what the network makes of the row, and what is true."""
    return load_network_words().answer.format(row=seen.row, answer=seen.answer, truth=seen.truth)


def whole_text(seen: Seen) -> str:
    """Put the whole network into words, one line each: the answer, then every layer with its neurons."""
    lines = [answer_sentence(seen)]
    for column, values in enumerate(seen.values):
        lines += ["", layer_sentence(seen, column)]
        lines += [neuron_text(seen, column, index).sentence for index in range(len(values))]
    return "\n".join(lines) + "\n"
