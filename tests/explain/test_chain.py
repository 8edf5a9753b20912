"""The chain rule along paths: factors by hand, and all paths together are the engine's gradient."""

from __future__ import annotations

import itertools
import math
import re
from typing import Any

import numpy as np
import pytest

from ann_viz.engine import ACTIVATIONS, LOSSES, LayerConfig, Network, NetworkConfig
from ann_viz.explain import RowPass, follow
from ann_viz.explain.chain import ChainStory, chain_story
from ann_viz.explain.chain_text import chain_lines, chain_sentence, path_name

CASES = [(loss.task, loss.name, activation) for loss in LOSSES.values() for activation in ACTIVATIONS]


def names_of(network: Network) -> list[list[str]]:
    """Return a name for every neuron: letters for inputs, numbers for the others."""
    sizes = network.config.sizes
    return [[chr(97 + i) for i in range(sizes[0])], *([f"n{i}" for i in range(n)] for n in sizes[1:])]


def told(network: Network, row: RowPass, *place: Any) -> ChainStory:
    """Return the story of a pair of ends."""
    return chain_story(network, row, place[0], place[1], names_of(network), *place[2:])


def wide(sizes: tuple[int, ...], activation: str = "tanh", seed: int = 2) -> tuple[Network, RowPass]:
    """Return a network of three classes with many paths, and a row."""
    hidden = tuple(LayerConfig(neurons=n, activation=activation) for n in sizes)
    config = NetworkConfig(n_inputs=3, n_outputs=3, hidden=hidden, task="multiclass", dtype="float64", seed=seed)
    network = Network(config)
    return network, follow(network, np.array([0.6, -1.2, 0.3]), np.array([0.0, 1.0, 0.0]))


@pytest.mark.parametrize(("task", "loss", "activation"), CASES)
def test_all_paths_together_are_the_engines_gradient(make: Any, task: str, loss: str, activation: str) -> None:
    """For every first line: named paths, the rest, and the paths to other outputs add up to ∂L/∂w of the row."""
    network, row = make(task, loss, activation)
    for source, output, first in itertools.product(range(3), range(network.config.n_outputs), range(4)):
        story = told(network, row, source, output, (first,))
        assert story.path.neurons[:2] == (source, first) and story.path.neurons[-1] == output
        total = sum(path.product for path in story.paths) + story.rest + story.elsewhere
        assert total == pytest.approx(row.dW[0][source, first], rel=1e-9, abs=1e-12)
        assert story.gradient == row.dW[0][source, first]


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_factors_are_those_of_the_textbook(make: Any, activation: str) -> None:
    """x · f′(z) · w · f′(z) · w · δ, each read off the network by hand."""
    network, row = make("multiclass", None, activation)
    path = told(network, row, 2, 1, (3, 0)).path
    a1, a2 = row.A[1][3], row.A[2][0]
    slope = (lambda a: 1 - a * a) if activation == "tanh" else (lambda a: a * (1 - a))
    delta = row.A[3][1] - row.y[1]
    by_hand = [row.A[0][2], slope(a1), network.W[1][3, 0], slope(a2), network.W[2][0, 1], delta]
    assert path.neurons == (2, 3, 0, 1)
    assert [factor.value for factor in path.factors] == pytest.approx(by_hand, rel=1e-9)
    assert path.product == pytest.approx(math.prod(by_hand), rel=1e-9)


def test_the_strongest_paths_are_named() -> None:
    """Among all 5·4·6 paths, tried out one by one, the three largest products are named, the largest first."""
    network, row = wide((4, 5, 4, 6))
    story = told(network, row, 1, 2)
    first = story.path.neurons[1]
    products = [
        (abs(told(network, row, 1, 2, (first, *via)).path.product), via)
        for via in itertools.product(range(5), range(4), range(6))
    ]
    best = sorted(products, reverse=True)[:3]
    assert [path.neurons[2:5] for path in story.paths] == [via for _, via in best]
    assert story.n_paths == 5 * 4 * 6
    assert story.path == story.paths[0]


def test_the_first_line_is_the_steepest_of_those_to_this_output() -> None:
    """By default it is the line whose gradient by way of the output is the largest."""
    network, row = wide((4, 5))
    story = told(network, row, 0, 1)
    parts = [sum(told(network, row, 0, 1, (first, n)).path.product for n in range(5)) for first in range(4)]
    assert dict(story.first_lines) == pytest.approx(dict(enumerate(parts)))
    assert story.path.neurons[1] == int(np.argmax(np.abs(parts)))


def test_without_hidden_layers_the_path_is_the_line() -> None:
    """∂L/∂w = x · δ."""
    network, row = wide(())
    story = told(network, row, 1, 2)
    assert story.path.neurons == (1, 2) and story.n_paths == 1
    assert story.path.product == pytest.approx(row.A[0][1] * row.delta[0][2]) == story.gradient
    assert story.rest == pytest.approx(0) and story.elsewhere == 0


def test_a_deep_network_has_too_many_paths_to_walk() -> None:
    """16 layers of 8: 8¹⁵ paths are added up all the same."""
    network, row = wide((8,) * 16)
    story = told(network, row, 0, 0)
    assert story.n_paths == 8**15
    assert sum(path.product for path in story.paths) + story.rest + story.elsewhere == pytest.approx(story.gradient)


def test_a_silent_neuron_stops_the_path() -> None:
    """Where f′(z) is 0 nothing comes back, and the sentence says which neuron it is."""
    network, row = wide((4, 5), "relu")
    dead = int(np.argmin(row.Z[1]))
    assert row.Z[1][dead] < 0
    story = told(network, row, 0, 1, (int(np.argmax(row.Z[0])), dead))
    assert story.path.product == 0
    assert f"f′(z) of n{dead} is 0" in chain_sentence(story, "technical")


def value_of(text: str) -> float:
    """Evaluate a printed formula as a pocket calculator does."""
    powers = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    text = re.sub(r" \([^)]*[a-z]{2}[^)]*\)", "", text)  # words
    text = re.sub(r"10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda match: f"10.0**({match[1].translate(powers)})", text)
    return float(eval(text.replace("−", "-").replace("·", "*").replace(",", "")))


@pytest.mark.parametrize("voice", ["plain", "technical"])
@pytest.mark.parametrize(("task", "loss", "activation"), CASES)
def test_printed_formulas_add_up(make: Any, task: str, loss: str, activation: str, voice: Any) -> None:
    """Factors as printed give the product as printed, and the operands as printed the sum as printed."""
    for seed, source in itertools.product((1, 5, 8), range(3)):
        network, row = make(task, loss, activation, seed)
        story = told(network, row, source, 0)
        for line in chain_lines(story, voice):
            *_, left, right = line.text.split(" = ")
            digits, times, power = right.partition("·")
            unit = 10.0 ** -(len(digits.rpartition(".")[2]) * ("." in digits)) * (value_of(power) if times else 1)
            assert abs(value_of(left) - value_of(right)) <= 0.500001 * unit, line.text


def test_tiny_gradients_are_written_with_a_power_of_ten() -> None:
    """Where gradients have vanished, the numbers keep the digits that count."""
    network, row = wide((6,) * 16, "sigmoid")
    story = told(network, row, 1, 0)
    assert 0 < abs(story.gradient) < 1e-6
    _, total = chain_lines(story, "technical")
    assert re.search(r"= −?\d\.\d+·10⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]+$", total.text), total.text


def test_paths_that_bring_nothing_are_counted() -> None:
    """Dead ends are no operands of the sum."""
    network, row = wide((4, 5), "relu")
    network.params[:] = np.abs(network.params)
    network.b[1][1:] = -100
    row = follow(network, row.A[0], row.y)
    story = told(network, row, 2, 1)
    _, total = chain_lines(story, "technical")
    assert "(4 more paths bring nothing)" in total.text and " 0 " not in total.text


def test_a_path_is_named_by_its_neurons(make: Any) -> None:
    """By the hidden ones, for the ends are known."""
    network, row = make("binary", None)
    story = told(network, row, 1, 0, (2, 1))
    assert path_name(story.path, story.names) == "n2 → n1"
    assert "b → n2" in chain_sentence(story, "plain")
