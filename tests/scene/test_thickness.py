"""The scale of thickness over a run: what it follows, and that the past is drawn as it was."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.scene import NetworkNumbers, arrange, build_curves, build_frame
from ann_viz.scene.thickness import Beyond, Thickness, find_beyond


def weights_of(size: float, n: int = 100) -> list[np.ndarray]:
    """Return two layers whose weights are all of one size."""
    return [np.full((n // 4, 2), size), np.full((n // 4, 2), -size)]


def test_one_dead_neurons_weight_does_not_pale_the_picture() -> None:
    """Of 100 weights around 1 a single −20 leaves the scale where it is, and is told of."""
    weights = weights_of(0.9)
    weights[1][3, 1] = -20.4
    thickness = Thickness().renewed(0.0, weights)
    assert thickness.at(0.0) == 0.9
    numbers = np.concatenate([w.ravel() for w in weights])
    assert find_beyond(numbers, thickness.at(0.0)) == Beyond(1, -20.4, 0.0)
    frame = build_frame(
        build_curves(arrange([25, 2], 800, 500)),
        NetworkNumbers(weights=(weights[1],), biases=(np.zeros(2),), values=(np.ones(25), np.ones(2))),
        ["linear"],
        reference=thickness.at(0.0),
    )
    assert frame.reference == 0.9 and frame.beyond == Beyond(1, -20.4, 0.0)
    assert frame.lines.buckets[-1].width == pytest.approx(0.6 + 5.9 * (7.5 / 8) ** 0.75), "drawn at full width"


def test_the_scale_never_falls_and_moves_in_steps() -> None:
    """Weights that shrink leave it; weights that grow a little leave it, too, until they are beyond one digit more."""
    thickness = Thickness()
    references = []
    for epoch, size in enumerate((1.2, 1.9, 0.3, 2.0, 2.1, 0.1)):
        thickness = thickness.renewed(epoch, weights_of(size))
        references.append(thickness.at(epoch))
    assert references == [2.0, 2.0, 2.0, 2.0, 3.0, 3.0]
    assert thickness.steps == ((0, 2.0), (4, 3.0)), "a few numbers, however long the run"


def test_looking_back_gives_the_scale_of_then() -> None:
    """An epoch of the past has the scale it had when it was the newest one."""
    thickness = Thickness()
    sizes = np.random.default_rng(3).uniform(0, 1, 60).cumsum()
    live = []
    for epoch, size in enumerate(sizes):
        thickness = thickness.renewed(epoch, weights_of(size))
        live.append(thickness.at(epoch))
    for epoch in (40, 3, 59, 0):
        again = thickness.renewed(epoch, weights_of(sizes[epoch]))
        assert again is thickness and again.at(epoch) == live[epoch]


@given(st.lists(st.tuples(st.integers(0, 9), st.floats(0.01, 100)), min_size=1, max_size=20))
def test_in_whatever_order_moments_are_looked_at_the_scale_ascends(seen: list[tuple[int, float]]) -> None:
    """Going back and learning on from there never makes a later moment finer than an earlier one."""
    thickness = Thickness()
    for moment, size in seen:
        thickness = thickness.renewed(moment, weights_of(size))
        assert thickness.at(moment) >= size * (1 - 1e-8)
    moments, references = zip(*thickness.steps, strict=True)
    assert list(moments) == sorted(set(moments)) and list(references) == sorted(set(references))


def test_overflown_weights_have_a_scale() -> None:
    """A network that exploded is drawn as well."""
    assert Thickness().renewed(1.0, [np.array([[np.inf, np.nan, -np.inf]])]).at(1.0) > 0
