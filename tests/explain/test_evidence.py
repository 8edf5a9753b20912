"""What is measured about a run says what its docstring says, on arrays made for it."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.engine import LayerConfig, Network, NetworkConfig, evaluate
from ann_viz.explain.evidence import (
    gradient_lengths,
    layer_states,
    penalty_pull,
    recalls,
    rise,
    row_losses,
    trend,
    update_ratio,
)

RNG = np.random.default_rng(0)
X = RNG.normal(size=(200, 3)).astype(np.float32)
Y = (X[:, :1] > 0).astype(np.float32)


def network(*hidden: LayerConfig) -> Network:
    """A network for X and Y."""
    return Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=hidden))


def test_the_trend_of_a_loss() -> None:
    """One that falls calmly, one that swings, and one that is not there yet."""
    calm = trend(np.exp(-0.05 * np.arange(60.0)))
    assert calm.swing == 0.0
    assert calm.falling == 1.0
    assert calm.per_epoch == pytest.approx(1 - np.exp(-0.05), rel=0.2)
    assert trend(1 + 0.3 * (-1.0) ** np.arange(60)).swing > 0.2
    assert trend(np.ones(1)).drop == 0.0


def test_a_rise_is_judged_row_by_row() -> None:
    """A small one of all rows is sure; a large one of a single row is not."""
    best = RNG.random(300)
    everywhere, once = best + 0.05 + RNG.normal(0, 0.05, 300), best.copy()
    once[0] += 30
    assert rise(everywhere, best)[1] > 10
    assert rise(once, best)[0] == pytest.approx(0.1 / best.mean(), rel=0.01)
    assert rise(once, best)[1] < 1.5
    assert rise(best[:0], best[:0]) == (0.0, 0.0)


def test_the_losses_of_rows_have_the_loss_as_mean() -> None:
    """The one that the program shows."""
    net = network(LayerConfig(neurons=4))
    assert row_losses(net, X, Y).mean() == pytest.approx(evaluate("binary", Y, net.predict(X))["loss"], rel=1e-5)


def test_recalls_of_classes() -> None:
    """Where the network draws the line; numbers have none."""
    assert recalls("binary", Y, np.ones_like(Y)) == (0.0, 1.0)
    assert recalls("multiclass", np.eye(2)[[0, 0, 1]], np.eye(2)[[0, 1, 1]]) == (0.5, 1.0)
    assert recalls("regression", Y, Y) == ()
    assert recalls("binary", Y, np.full_like(Y, 0.4)) == (1.0, 0.0)
    assert recalls("binary", Y, np.full_like(Y, 0.4), 0.3) == (0.0, 1.0), "as the threshold says"


def test_idle_and_equal_neurons_are_found() -> None:
    """Dead ones of ReLU, flat ones of tanh, and such that began with equal weights."""
    net = network(LayerConfig(neurons=4), LayerConfig(neurons=3, activation="tanh"))
    net.b[0][:2] = -1000
    net.b[1][0] = 1000
    first, second = layer_states(net, X)
    assert (first.neurons, first.dead, first.saturated) == (4, 2, 0)
    assert (second.neurons, second.dead, second.saturated) == (3, 0, 1)
    equal = network(LayerConfig(neurons=4, activation="tanh", initializer="constant"))
    assert layer_states(equal, X)[0].alike == 1.0
    assert layer_states(network(LayerConfig(neurons=8, activation="tanh")), X)[0].alike == 0.0


def test_the_gradient_fades_through_sigmoids() -> None:
    """And hardly through one layer."""
    deep = gradient_lengths(network(*[LayerConfig(neurons=6, activation="sigmoid")] * 6), X, Y)
    assert deep[0] < 0.01 * deep[-1]
    shallow = gradient_lengths(network(LayerConfig(neurons=6)), X, Y)
    assert shallow[0] > 0.05 * shallow[-1]


def test_the_gradient_is_that_of_the_loss() -> None:
    """Compared with the difference that a small step of one weight makes."""
    net = Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=(), dtype="float64"))
    slopes = []
    for place in range(3):
        losses = []
        for step in (1e-5, -1e-5):
            net.W[0][place] += step
            losses.append(row_losses(net, X, Y).mean())
            net.W[0][place] -= step
        slopes.append((losses[0] - losses[1]) / 2e-5)
    assert gradient_lengths(net, X, Y)[0] == pytest.approx(np.sqrt(np.mean(np.square(slopes))), rel=1e-4)


def test_penalty_and_data_pull() -> None:
    """Twice the penalty pulls twice as much, and the data as before."""
    net = network(LayerConfig(neurons=4))
    lengths = gradient_lengths(net, X, Y)
    (once, data), (twice, same) = (penalty_pull(net, lengths, 0.0, l2) for l2 in (0.1, 0.2))
    assert twice == pytest.approx(2 * once)
    assert data == same > 0


def test_how_far_weights_move() -> None:
    """As a share of their length."""
    assert update_ratio(np.array([3.0, 4.0]), np.array([3.0, 4.5])) == pytest.approx(0.1)
