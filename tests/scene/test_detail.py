"""Modes, selection, level of detail, haze and hits of the scene."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.scene import (
    HAZE_STEPS,
    Connection,
    NetworkNumbers,
    Neuron,
    arrange,
    build_curves,
    build_frame,
    choose_neurons,
    connection_at,
    from_shown,
    haze,
    line_values,
    log_strength,
    mark_at,
    own_lines,
    paths_behind,
    picture_side,
    sort_lines,
    to_shown,
)
from ann_viz.scene.detail import likeliest_classes


def _numbers(sizes: list[int], seed: int = 0) -> NetworkNumbers:
    rng = np.random.default_rng(seed)
    weights = tuple(rng.normal(size=(a, b)) for a, b in pairwise(sizes))
    return NetworkNumbers(
        weights=weights,
        biases=tuple(rng.normal(size=b) for b in sizes[1:]),
        values=tuple(rng.normal(size=n) for n in sizes),
        gradients=tuple(0.01 * rng.normal(size=w.shape) for w in weights),
        before=tuple(w - 0.5 for w in weights),
    )


def test_each_mode_shows_its_own_number() -> None:
    """The number behind a line is w, w·a, ∂L/∂w or what w gained."""
    n = _numbers([3, 2, 1])
    place = 1 * 2 + 1  # input 1 → neuron 1
    w, a = n.weights[0][1, 1], n.values[0][1]
    assert line_values("weights", n.weights, n.values)[place] == w
    assert line_values("signals", n.weights, n.values)[place] == pytest.approx(w * a)
    assert line_values("gradients", n.weights, n.values, n.gradients)[place] == n.gradients[0][1, 1]
    assert line_values("change", n.weights, n.values, before=n.before)[place] == pytest.approx(0.5)
    assert not line_values("gradients", n.weights, n.values).any(), "before the first batch there is no gradient"


def test_gradients_are_drawn_by_their_order_of_magnitude() -> None:
    """A tenth of the reference is drawn at half strength, a hundredth not at all; the sign stays."""
    np.testing.assert_allclose(log_strength(np.array([1.0, -0.1, 0.01, 0.0]), 1.0), [1.0, -0.5, 0.0, 0.0])


@given(st.lists(st.integers(1, 90), min_size=2, max_size=4), st.integers(0, 10))
def test_chosen_neurons_are_the_most_active_and_marks_go_there_and_back(sizes: list[int], seed: int) -> None:
    """Up to 64 all; above the 48 most active, none twice, in order; what is drawn is found again."""
    values = [np.random.default_rng(seed).normal(size=n) for n in sizes]
    shown, _ = choose_neurons(values)
    for a, index in zip(values, shown, strict=True):
        assert len(index) == (len(a) if len(a) <= 64 else 48)
        assert (np.diff(index) > 0).all()
        rest = np.delete(np.abs(a), index)
        assert not rest.size or rest.max() <= np.abs(a[index]).min()
    mark = Neuron(len(sizes) - 1, len(shown[-1]) - 1)
    assert to_shown(from_shown(mark, shown), shown) == mark
    line = Connection(0, len(shown[0]) - 1, 0)
    assert to_shown(from_shown(line, shown), shown) == line


def test_of_many_classes_the_likeliest_are_drawn() -> None:
    """Up to 24 all, of more the 20 most likely: so many can be read beside each other."""
    few, many = np.full(24, 1 / 24), np.random.default_rng(3).dirichlet(np.ones(100))
    assert likeliest_classes(few).tolist() == list(range(24))
    shown, left_out = choose_neurons([np.zeros(70), many], likeliest=True)
    assert (len(shown[0]), len(shown[1]), left_out[1]) == (48, 20, 80)
    assert set(shown[1]) == set(np.argsort(many)[-20:])


def test_a_neuron_that_is_not_drawn_has_no_place() -> None:
    """The selection may be among the neurons left out."""
    values = [np.linspace(0, 1, 100)]
    assert to_shown(Neuron(0, 0), choose_neurons(values)[0]) is None


def test_only_numbered_columns_make_a_picture() -> None:
    """64 numbered pixels are 8 × 8; 25 measurements are not 5 × 5."""
    assert picture_side([f"pixel_{i}" for i in range(64)]) == 8
    assert picture_side([f"{i}x{j}" for i in range(28) for j in range(28)]) == 28
    assert picture_side([f"pixel_{i}" for i in range(63)]) is None
    assert picture_side([*(f"pixel_{i}" for i in range(24)), "age"]) is None
    assert picture_side(list("abcdefghijklmnopqrstuvwxy")) is None


def test_a_neurons_own_lines_are_its_row_and_its_column() -> None:
    """In 3-4-2 the second hidden neuron has 3 + 2 lines; a connection has itself."""
    sizes = [3, 4, 2]
    own = own_lines(sizes, Neuron(1, 1))
    assert own.sum() == 5
    assert own[:12].reshape(3, 4)[:, 1].all() and own[12:].reshape(4, 2)[1].all()
    assert np.flatnonzero(own_lines(sizes, Connection(1, 2, 1))).tolist() == [12 + 2 * 2 + 1]


def test_paths_lead_back_from_the_answer_without_a_break() -> None:
    """6 lines into the output, 16 before, 34 before that, each into a neuron already reached."""
    n = _numbers([20, 16, 12, 3])
    own = paths_behind(n.weights, n.values, 1)
    first, second, last = np.split(own, [320, 320 + 192])
    first, second, last = first.reshape(20, 16), second.reshape(16, 12), last.reshape(12, 3)
    assert (first.sum(), second.sum(), last.sum()) == (34, 16, 6)
    assert not last[:, [0, 2]].any()
    assert set(np.flatnonzero(second.any(axis=0))) <= set(np.flatnonzero(last.any(axis=1)))
    assert set(np.flatnonzero(first.any(axis=0))) <= set(np.flatnonzero(second.any(axis=1)))
    strongest = np.argsort(-np.abs(n.weights[2][:, 1] * n.values[2]))[:6]
    assert set(np.flatnonzero(last[:, 1])) == set(strongest)


def test_a_selection_fades_everything_else() -> None:
    """The selected neuron, its sources and its targets stay; the rest fades; its lines come last and stronger."""
    n = _numbers([3, 4, 2])
    frame = build_frame(build_curves(arrange([3, 4, 2], 800, 500)), n, ["relu", "softmax"], selection=Neuron(1, 1))
    assert [column.tolist() for column in frame.faded] == [[False] * 3, [True, False, True, True], [False] * 2]
    own = own_lines([3, 4, 2], Neuron(1, 1))
    assert own[frame.lines.connections].tolist() == [False] * 15 + [True] * 5
    assert min(b.opacity for b in frame.lines.buckets[-1:]) > max(b.opacity for b in frame.lines.buckets[:1])


def test_above_400_lines_a_selection_is_drawn_alone() -> None:
    """The haze stands for the others."""
    n = _numbers([30, 20, 10])
    frame = build_frame(build_curves(arrange([30, 20, 10], 800, 500)), n, ["relu", "softmax"], selection=Neuron(1, 3))
    assert frame.lines.n_drawn == 40 and frame.lines.n_total == 800


def test_the_share_that_was_asked_for_is_drawn() -> None:
    """A tenth of each gap, and all at 1."""
    curves = build_curves(arrange([30, 20, 10], 800, 500))
    values = np.random.default_rng(0).normal(size=800)
    assert sort_lines(curves, values, 3.0, share=0.1).n_drawn == 80
    assert sort_lines(curves, values, 3.0, share=1.0).n_drawn == 800


@given(st.integers(0, 11), st.floats(0.2, 0.8))
def test_a_line_is_found_where_it_is_drawn(connection: int, t: float) -> None:
    """A point on a curve hits that curve, unless another one passes within reach there."""
    curves = build_curves(arrange([4, 3], 800, 500))
    values = np.random.default_rng(1).normal(size=12)
    lines = sort_lines(curves, values, 3.0)
    piece = curves.all_pieces[connection, int(t * 10)]
    x, y = (piece[0] + piece[2]) / 2, (piece[1] + piece[3]) / 2
    hit = connection_at(curves, lines, float(x), float(y), reach=0.5)
    assert hit is not None
    start, end = np.split(curves.all_pieces[hit.source * 3 + hit.target], 2, axis=1)  # (10, 2) each
    along = np.linspace(0, 1, 200)[:, None, None]
    assert np.hypot(*(start + (end - start) * along - (x, y)).T).min() < 0.7
    assert connection_at(curves, lines, 5.0, 495.0) is None


def test_a_neuron_lies_over_its_lines() -> None:
    """Where lines meet a circle the neuron is meant."""
    layout = arrange([4, 3], 800, 500)
    curves = build_curves(layout)
    lines = sort_lines(curves, np.ones(12), 1.0)
    assert mark_at(curves, lines, layout.x[1], float(layout.y[1][2])) == Neuron(1, 2)


def test_the_haze_is_where_the_lines_are() -> None:
    """Opacity is 0 or between 4 and 13 %; a gap's haze begins and ends at its neurons."""
    layout = arrange([20, 10], 800, 500)
    cloud = haze(layout, 0, np.random.default_rng(0).normal(size=200))
    assert cloud.shape == (250, HAZE_STEPS)
    seen = cloud[cloud > 0]
    assert seen.min() >= 0.04 and seen.max() <= 0.13 + 1e-9
    rows = np.flatnonzero(cloud[:, 0]) * 2.0
    assert rows.min() >= layout.y[0][0] - layout.radius[0] - 2 and rows.max() <= layout.y[0][-1] + layout.radius[0]


def test_the_haze_of_a_hundred_thousand_lines_covers_them_all() -> None:
    """An even sample stands for all; the first and the last source are among them."""
    layout = arrange([784, 128], 800, 500)
    cloud = haze(layout, 0, np.ones(784 * 128))
    rows = np.flatnonzero(cloud[:, 0]) * 2.0
    assert rows.min() <= layout.y[0][0] + 4 and rows.max() >= layout.y[0][-1] - 4


@given(groups=st.lists(st.integers(1, 9), min_size=1, max_size=30), seed=st.integers(0, 99))
def test_a_folded_category_keeps_the_member_that_is_set(groups: list[int], seed: int) -> None:
    """One input per folded group, the one that is 1; nothing of it counts as left out."""
    rng = np.random.default_rng(seed)
    ends = np.cumsum([0, *groups]).tolist()
    inputs = np.zeros(ends[-1])
    chosen = [start + int(rng.integers(n)) for start, n in zip(ends, groups, strict=False)]
    inputs[chosen] = 1.0
    shown, left_out = choose_neurons([inputs, np.zeros(2)], folded=list(pairwise(ends)))
    assert shown[0].tolist() == chosen and left_out == (0, 0)
    assert shown[1].tolist() == [0, 1]
