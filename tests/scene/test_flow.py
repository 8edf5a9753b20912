"""What travels along the lines: where beads are, and by which lines the error goes back."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.scene import Errors, Layout, Neuron, arrange, beads, error_paths

SIZES = st.lists(st.integers(1, 9), min_size=2, max_size=5)


def _net(sizes: list[int], seed: int) -> tuple[Layout, list[np.ndarray], list[np.ndarray]]:
    """Return a layout, weights and δ with some silent neurons."""
    rng = np.random.default_rng(seed)
    weights = [rng.normal(size=(a, b)) for a, b in pairwise(sizes)]
    delta = [rng.normal(size=n) * (rng.random(n) > 0.3) for n in sizes[1:]]
    delta[-1][:] = rng.normal(size=sizes[-1])
    return arrange(sizes, 900, 600), weights, delta


@given(sizes=SIZES, seed=st.integers(0, 99), progress=st.floats(0, 1))
def test_beads_are_the_strongest_signals_between_two_columns(sizes: list[int], seed: int, progress: float) -> None:
    """At most twelve, none of a silent neuron, each between its columns; the strongest is the largest and the last."""
    layout, weights, _ = _net(sizes, seed)
    a = np.random.default_rng(seed).normal(size=sizes[0])
    a[::2] = 0
    shown = beads(layout, 0, weights[0], a, progress)
    signals = np.sort(np.abs(weights[0] * a[:, None]).ravel())
    assert len(shown.x) == min(12, int((signals > 0).sum()))
    assert ((layout.x[0] <= shown.x) & (shown.x <= layout.x[1])).all()
    assert (shown.tail_x <= shown.x).all()
    assert (np.diff(shown.radius) >= 0).all()


def test_a_bead_goes_from_its_source_to_its_target() -> None:
    """A single positive line: the bead begins at the left circle's edge and ends at the right one's."""
    layout = arrange([1, 1], 600, 400)
    w, a = np.array([[2.0]]), np.array([1.0])
    begin, end = (beads(layout, 0, w, a, t) for t in (0.0, 1.0))
    assert begin.x[0] == pytest.approx(layout.x[0] + layout.radius[0])
    assert end.x[0] == pytest.approx(layout.x[1] - layout.radius[1])
    assert not begin.negative[0]
    assert beads(layout, 0, -w, a, 0.5).negative[0]


@given(sizes=SIZES, seed=st.integers(0, 99))
def test_the_error_goes_back_only_where_there_is_some(sizes: list[int], seed: int) -> None:
    """Lines run from right to left, end at neurons with δ ≠ 0, and whoever carries has δ ≠ 0."""
    layout, weights, delta = _net(sizes, seed)
    paths = error_paths(layout, weights, delta)
    assert (paths.curves[:, 0] > paths.curves[:, 6]).all()
    assert len(paths.curves) == len(paths.dots)
    if len(paths.dots):
        assert paths.dots.min() >= 1.9 and paths.dots.max() == pytest.approx(4.2)
    for carries, d in zip(paths.carries, delta, strict=True):
        assert not (carries & (d == 0)).any()
    pairs = zip(delta, weights[1:], delta[1:], strict=False)
    assert len(paths.dots) <= sum(int(((w * d) != 0)[receivers != 0].sum()) for receivers, w, d in pairs)


def test_a_selected_neuron_shows_only_what_reaches_it() -> None:
    """From the outputs to the one receiver, and its share is the sum that backpropagation takes."""
    layout, weights, delta = _net([3, 4, 4, 2], 5)
    delta = [np.ones(4), np.array([0.5, 0.0, 1.0, -1.0]), np.array([0.2, -0.2])]
    paths = error_paths(layout, weights, delta, receiver=Neuron(1, 2))
    assert paths.carries[0].tolist() == [False, False, True, False]
    assert paths.carries[1].tolist() == [True, False, True, True]
    assert len(paths.dots) == 3 + 3 * 2
    ends_y = paths.curves[:3, 7]
    assert (np.abs(ends_y - layout.y[1][2]) < layout.radius[1]).all()


def test_the_error_that_has_not_come_further_is_not_shown() -> None:
    """Before the first layer back, only the outputs carry it; after it, one gap does."""
    layout, weights, _ = _net([2, 3, 3, 1], 1)
    delta = [np.ones(3), np.ones(3), np.ones(1)]
    start = error_paths(layout, weights, delta, down_to=3)
    assert len(start.dots) == 0 and start.carries[-1].all() and not start.carries[1].any()
    one = error_paths(layout, weights, delta, down_to=2)
    assert len(one.dots) == 3 and one.carries[1].all() and not one.carries[0].any()


def test_errors_of_some_neurons() -> None:
    """Cut to the neurons that are drawn, per column."""
    errors = Errors(delta=(np.arange(3.0), np.arange(2.0)), gradients=(np.arange(6.0).reshape(2, 3), np.ones((3, 2))))
    some = errors.only([np.array([1]), np.array([0, 2]), np.array([1])])
    assert [d.tolist() for d in some.delta] == [[0.0, 2.0], [1.0]]
    assert some.gradients[0].tolist() == [[3.0, 5.0]]
