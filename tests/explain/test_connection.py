"""A connection's story, and the course of its weight."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ann_viz.engine import LayerConfig, Network, NetworkConfig, TrainConfig, Trainer
from ann_viz.explain.connection import Trail, connection_story, weight_trail

NAMES = (("x1", "Age", "x3"), ("neuron 1", "neuron 2", "neuron 3", "neuron 4"), ("a", "b", "c"), ("answer",))


def test_every_number_by_hand(make: Any) -> None:
    """The signal is w·a, and the gradient of this row a·δ of the target."""
    network, row = make("binary", None)
    story = connection_story(network, row, (0, 1, 2), NAMES)
    assert (story.source_name, story.target_name) == ("Age", "neuron 3")
    assert story.weight == network.W[0][1, 2] and story.activation == -1.2
    assert story.signal == pytest.approx(story.weight * -1.2)
    assert story.gradient == pytest.approx(story.activation * story.delta)
    assert story.batch_gradient is None
    inner = connection_story(network, row, (1, 3, 0), NAMES, tuple(np.full_like(W, 0.5) for W in network.W))
    assert inner.gradient == pytest.approx(float(row.A[1][3]) * inner.delta)
    assert inner.batch_gradient == 0.5


def test_the_course_of_a_weight_is_that_of_the_run() -> None:
    """One point per epoch and one for now; each is the weight that the network had then."""
    rng = np.random.default_rng(1)
    X = rng.normal(size=(60, 3)).astype(np.float32)
    Y = (X[:, :1] > 0).astype(np.float32)
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=(LayerConfig(neurons=4),)))
    trainer = Trainer(network, X, Y, config=TrainConfig(batch_size=20, epochs=9))
    expected = [(0.0, float(network.W[0][1, 2]))]
    for _ in range(7):
        next(trainer)
        if trainer.epoch < 2 or trainer.batch_index == 0:  # the first epochs are kept batch by batch
            expected.append((trainer.epoch + trainer.batch_index / 3, float(network.W[0][1, 2])))
    expected.append((2 + 1 / 3, float(network.W[0][1, 2])))
    assert weight_trail(trainer.snapshot(), 0, 1, 2) == Trail(tuple(expected))
    assert weight_trail(trainer.snapshot(), 1, 4, 0).points[-1][1] == float(network.b[1][0])


def test_what_was_set_by_hand_is_no_learning() -> None:
    """The course breaks where a weight was set by hand, and where the best epoch's weights were put back."""
    rng = np.random.default_rng(1)
    X = rng.normal(size=(60, 3)).astype(np.float32)
    Y = (X[:, :1] + rng.normal(size=(60, 1)) > 0).astype(np.float32)
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=(LayerConfig(neurons=4),)))
    trainer = Trainer(network, X, Y, config=TrainConfig(batch_size=20, epochs=0, learning_rate=0.05))
    while trainer.epoch < 3:
        next(trainer)
    learned = float(network.W[0][1, 2])
    trainer.write(np.array([1 * 4 + 2]), np.array([learned - 1], np.float32))
    trail = weight_trail(trainer.snapshot(), 0, 1, 2)
    ((at, before, after),) = trail.breaks
    assert (at, before) == (3.0, learned)
    assert after == pytest.approx(learned - 1)
    assert [piece[-1] for piece in trail.pieces()] == [(3.0, learned), (3.0, after)]
    while trainer.epoch < 5:
        next(trainer)
    trail = weight_trail(trainer.snapshot(), 0, 1, 2)
    first, second = trail.pieces()
    assert (first[-1], second[0]) == ((3.0, learned), (3.0, after))
    assert [epoch for epoch, _ in second] == [3.0, 4.0, 5.0]
    assert weight_trail(trainer.snapshot(), 0, 0, 0).breaks == (), "no other weight was set"
    while trainer.best_epoch == trainer.epoch or trainer.batch_index:
        next(trainer)
    trail, last, epoch = weight_trail(trainer.snapshot(), 0, 1, 2), float(network.W[0][1, 2]), float(trainer.epoch)
    best = dict(trail.points)[float(trainer.best_epoch)]
    trainer.restore_best()
    trail = weight_trail(trainer.snapshot(), 0, 1, 2)
    assert trail.breaks[-1] == (epoch, last, best)
    assert trail.points[-1] == (epoch, best)
