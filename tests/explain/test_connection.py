"""A connection's story, and the course of its weight."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from ann_viz.explain.connection import WeightTrail, connection_story

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


def test_a_trail_goes_on() -> None:
    """Points come in the order of epochs; one for the same moment replaces the last."""
    trail = WeightTrail()
    for epoch, weight in ((0, 1.0), (1, 2.0), (1, 2.5), (2.5, 3.0)):
        trail.add(epoch, weight)
    assert trail.points == ((0, 1.0), (1, 2.5), (2.5, 3.0))
    trail.clear()
    assert trail.points == ()


def test_going_back_forgets_what_was_later() -> None:
    """After a reset, or back at the best epoch, the run has not been any further."""
    trail = WeightTrail()
    for epoch in range(10):
        trail.add(epoch, epoch / 10)
    trail.add(4, -1.0)
    assert trail.points[-2:] == ((3, 0.3), (4, -1.0))


def test_a_long_trail_stays_small() -> None:
    """However long it is looked at, so many points are kept, from the first to the last and evenly spread."""
    trail = WeightTrail(most=20)
    for epoch in range(1000):
        trail.add(epoch, float(epoch))
        assert len(trail.points) <= 20
    assert trail.points[0][0] == 0 and trail.points[-1][0] == 999
    epochs = [epoch for epoch, _ in trail.points]
    gaps = np.diff(epochs)
    assert gaps.min() > 0 and gaps.max() < 1000 / 5
