"""A neuron's story: what is on show adds up to what the engine computes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from ann_viz.engine import ACTIVATIONS, LayerConfig, Network, NetworkConfig
from ann_viz.explain import follow
from ann_viz.explain.neuron import MOST_OUTGOING, MOST_TERMS, activation_curve, input_story, neuron_story
from ann_viz.explain.neuron_spread import activations_over, spread_of

NAMES = (("x1", "x2", "x3"), ("neuron 1", "neuron 2", "neuron 3", "neuron 4"), ("neuron 1", "neuron 2", "neuron 3"))


def names_for(network: Network) -> tuple[tuple[str, ...], ...]:
    return *NAMES, tuple(f"answer {k + 1}" for k in range(network.config.n_outputs))


@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_terms_add_up(make: Any, task: str, activation: str) -> None:
    """Of every neuron: Σ w·x + b is z, f(z) is a, and the terms come largest first."""
    network, row = make(task, None, activation)
    names = names_for(network)
    for column in range(1, 4):
        for index in range(len(names[column])):
            story = neuron_story(network, row, column, index, names)
            assert sum(term.w * term.x for term in story.terms) == pytest.approx(story.total)
            assert story.total + story.bias == pytest.approx(story.z)
            sizes = [abs(term.product) for term in story.terms]
            assert sizes == sorted(sizes, reverse=True)
            assert story.n_inputs == len(story.terms) == network.W[column - 1].shape[0] and story.n_more == 0
            if column < 3:
                assert story.activation == activation
                assert story.a == pytest.approx(float(ACTIVATIONS[activation].evaluate(np.array([story.z]))[0]))


def test_the_output_functions(make: Any) -> None:
    """A chance is σ(z), a share e^z / Σ e^z, a number z itself."""
    network, row = make("binary", None)
    story = neuron_story(network, row, 3, 0, names_for(network))
    assert (story.activation, story.a) == ("sigmoid", pytest.approx(1 / (1 + math.exp(-story.z))))
    network, row = make("multiclass", None)
    stories = [neuron_story(network, row, 3, k, names_for(network)) for k in range(3)]
    total = sum(math.exp(story.z) for story in stories)
    for story in stories:
        assert (story.activation, story.a) == ("softmax", pytest.approx(math.exp(story.z) / total))
        assert math.exp(story.others) == pytest.approx(total - math.exp(story.z))
        assert story.outgoing == () and story.n_outgoing == 0
    network, row = make("regression", None)
    story = neuron_story(network, row, 3, 0, names_for(network))
    assert (story.activation, story.a) == ("linear", story.z)


@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
def test_the_blame_by_hand(make: Any, task: str) -> None:
    """δ of a hidden neuron is f′(z)·Σ w·δ over where it goes, and every ∂L/∂w is δ·x."""
    network, row = make(task, None, "tanh")
    for column in (1, 2):
        for index in range(len(NAMES[column])):
            story = neuron_story(network, row, column, index, names_for(network))
            back = sum(each.w * each.delta for each in story.outgoing)
            assert len(story.outgoing) == story.n_outgoing
            assert story.delta == pytest.approx((1 - story.a**2) * back)
            for term in story.terms:
                assert term.gradient == pytest.approx(story.delta * term.x)
            assert abs(story.steepest.gradient) == max(abs(term.gradient) for term in story.terms)


def test_the_blame_of_the_answers_by_hand(make: Any) -> None:
    """δ of an output is the answer minus the truth, for chances and shares alike."""
    for task in ("binary", "multiclass"):
        network, row = make(task, None)
        for k, truth in enumerate(row.y):
            story = neuron_story(network, row, 3, k, names_for(network))
            assert story.delta == pytest.approx(story.a - truth)


def test_many_inputs_are_told_by_the_largest(make: Any) -> None:
    """Of 100 terms the 40 largest are told, and the rest as one sum; of 20 targets the 8 with the strongest weights."""
    config = NetworkConfig(
        n_inputs=100, n_outputs=1, hidden=(LayerConfig(neurons=5), LayerConfig(neurons=20)), task="binary"
    )
    network = Network(config)
    row = follow(network, np.random.default_rng(1).normal(size=100).astype(np.float32), np.array([1.0]))
    names = [[f"{column}/{i}" for i in range(n)] for column, n in enumerate(config.sizes)]
    story = neuron_story(network, row, 1, 4, names)
    assert len(story.terms) == MOST_TERMS and story.n_more == 60 and story.n_inputs == 100
    told = sum(term.product for term in story.terms)
    assert told + story.rest + story.bias == pytest.approx(story.z, abs=1e-5)
    weights = [abs(each.w) for each in story.outgoing]
    assert len(weights) == MOST_OUTGOING and story.n_outgoing == 20
    assert min(weights) >= np.sort(np.abs(network.W[1][4]))[-MOST_OUTGOING]
    assert story.terms[0].name == f"0/{story.terms[0].source}"


def test_an_input(make: Any) -> None:
    """An input is told by its value and its connections."""
    network, row = make("binary", None)
    story = input_story(network, row, 1, names_for(network))
    assert (story.name, story.value, story.n_outgoing) == ("x2", -1.2, 4)
    assert {each.target: each.w for each in story.outgoing} == dict(enumerate(network.W[0][1].tolist()))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_point_lies_on_the_curve(make: Any, activation: str) -> None:
    """Between the two nearest points of the curve lies (z, a), of hidden neurons and of shares."""
    network, row = make("multiclass", None, activation)
    for column, index in ((1, 0), (2, 1), (3, 2)):
        story = neuron_story(network, row, column, index, names_for(network))
        z, a = activation_curve(story)
        assert z[0] < story.z < z[-1]
        assert np.interp(story.z, z, a) == pytest.approx(story.a, abs=0.02)


def test_no_curve_around_what_is_no_number(make: Any) -> None:
    """A network that ran away has no curve, and nothing to count."""
    network, row = make("regression", None)
    network.params[:] = np.inf
    with np.errstate(invalid="ignore"):
        story = neuron_story(network, follow(network, np.zeros(3), row.y), 1, 0, names_for(network))
    assert [len(each) for each in activation_curve(story)] == [0, 0]
    assert spread_of(np.array([np.nan, np.inf])) is None


@pytest.mark.parametrize("task", ["binary", "multiclass", "regression"])
def test_many_rows_at_once(make: Any, task: str) -> None:
    """One neuron's activations are those of the whole forward pass."""
    network, _ = make(task, None)
    X = np.random.default_rng(0).normal(size=(7, 3))
    A = network.activations(X).A
    for column in range(4):
        for index in range(A[column].shape[1]):
            assert np.allclose(activations_over(network, X, column, index), A[column][:, index])


def test_counting() -> None:
    """Every row is in one bin; a neuron that always says the same fills one."""
    spread = spread_of(np.array([0.0, 0.0, 1.0, 2.0, np.nan], dtype=np.float32))
    assert spread is not None
    assert (int(spread.counts.sum()), spread.n_rows, spread.n_silent) == (4, 4, 2)
    assert (spread.low, spread.high, spread.mean) == (0.0, 2.0, 0.75)
    same = spread_of(np.zeros(5))
    assert same is not None and same.counts.tolist() == [5]
