"""The network in words: every number in a sentence is that of the network, found by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ann_viz.engine import LayerConfig, Network, NetworkConfig
from ann_viz.errors import DataError
from ann_viz.explain import network_text
from ann_viz.explain.network_text import (
    Seen,
    answer_sentence,
    connection_sentence,
    layer_sentence,
    load_network_words,
    neuron_text,
    whole_text,
)

NAMES = (("Age", "Geography: Spain", "Score"), ("neuron 1", "neuron 2"), ("leaves",))


@pytest.fixture
def seen() -> Seen:
    """A 3-2-1 network whose weights are small whole numbers."""
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=(LayerConfig(neurons=2),), dtype="float64"))
    network.W[0][:] = [[1.0, -1.0], [2.0, 0.0], [0.5, 0.0]]
    network.b[0][:] = [0.25, 0.0]
    network.W[1][:] = [[-3.0], [1.0]]
    network.b[1][:] = [0.5]
    x = np.array([0.5, 1.0, -2.0])
    there = network.activations(x[None, :])
    return Seen(
        network=network,
        values=tuple(a[0] for a in there.A),
        names=NAMES,
        raw=("42", "1", "300"),
        n_columns=3,
        row="row 7",
        answer="leaves 0 %",
        truth="stays",
    )


def test_a_hidden_neuron_is_said_as_a_screen_reader_needs_it(seen: Seen) -> None:
    """0.5·1 + 1·2 − 2·0.5 + 0.25 = 1.75, and the most comes from Spain."""
    text = neuron_text(seen, 1, 0)
    assert text.sentence == "Hidden layer 1, neuron 1, activation 1.75, strongest input Geography: Spain +2.00"
    assert (text.layer, text.name, text.bias) == ("Hidden layer 1", "neuron 1", 0.25)
    assert text.inputs == (("Geography: Spain", 2.0), ("Score", -1.0), ("Age", 0.5))


def test_an_input_is_said_with_the_file_s_value(seen: Seen) -> None:
    """What the file says and what enters the network are both told."""
    text = neuron_text(seen, 0, 0)
    assert text.sentence == "Input layer, Age, 42 in the file, enters the network as 0.50"
    assert text.bias is None
    assert text.inputs == ()


def test_inputs_that_are_zero_are_not_called_strongest(seen: Seen) -> None:
    """Neuron 2 is silenced by ReLU, and of its three inputs only one is not 0; without any, its bias is told."""
    assert neuron_text(seen, 1, 1).inputs == (("Age", -0.5),)
    seen.network.W[0][0, 1] = 0.0
    assert neuron_text(seen, 1, 1).sentence.endswith("activation 0.00, nothing reaches it but its bias +0.00")


def test_a_connection_is_said_with_weight_and_signal(seen: Seen) -> None:
    """Both numbers carry their sign."""
    sentence = connection_sentence(seen, 0, 2, 0)
    assert sentence == "Connection from Score to neuron 1, hidden layer 1, weight +0.50, signal −1.00"


def test_what_was_done_by_hand_is_said(seen: Seen) -> None:
    """A weight, a bias and a neuron each say what training or the network no longer does with them."""
    told = replace(
        seen, changed=frozenset({(0, 2, 0)}), locked=frozenset({(0, 2, 0), (0, 3, 0)}), off=frozenset({(1, 1), (0, 0)})
    )
    assert connection_sentence(told, 0, 2, 0).endswith(", set by hand, locked")
    assert connection_sentence(told, 1, 1, 0).endswith(", switched off")
    assert neuron_text(told, 1, 0).sentence.endswith("+2.00, locked")
    assert neuron_text(told, 1, 1).sentence.endswith(", switched off")
    assert neuron_text(told, 0, 0).sentence.endswith("as 0.50, switched off")
    assert neuron_text(told, 2, 0).sentence == neuron_text(seen, 2, 0).sentence


def test_layers_and_the_answer_are_summed_up(seen: Seen) -> None:
    """Silent neurons are counted, the most active one is named."""
    assert layer_sentence(seen, 0).startswith("Input layer: 3 inputs from 3 columns of row 7.")
    expected = "Hidden layer 1: 2 neurons, silent for this row: 1. Most active is neuron 1 with 1.75."
    assert layer_sentence(seen, 1) == expected
    assert layer_sentence(seen, 2).startswith("Output layer: one neuron, leaves, with ")
    assert answer_sentence(seen) == "For row 7 the network says: leaves 0 %. The truth: stays."


def test_the_whole_text_has_every_neuron_once(seen: Seen) -> None:
    """Answer, three layers, six neurons; nothing is left out."""
    lines = whole_text(seen).splitlines()
    assert sum(", activation " in line or " enters the network as " in line for line in lines) == 6
    assert len([line for line in lines if line]) == 1 + 3 + 6


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"layers": {"input": "a"}}'])
def test_a_broken_file_of_sentences_is_named(content: str, tmp_path: Path, monkeypatch: Any) -> None:
    """Whoever edits the sentences is told which file can't be read."""
    path = tmp_path / "network.json"
    path.write_text(content)
    monkeypatch.setattr(network_text, "resource", lambda *_: path)
    load_network_words.cache_clear()
    with pytest.raises(DataError, match=r"network\.json"):
        load_network_words()
    load_network_words.cache_clear()
