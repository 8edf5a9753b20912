"""Layout, scales and lines: properties that any network must keep."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.scene import (
    LINE_MODES,
    Lines,
    NetworkNumbers,
    activation_strength,
    arrange,
    build_curves,
    build_frame,
    follow_lines,
    log_strength,
    round_up_to_one_digit,
    sort_lines,
    weight_reference,
)
from ann_viz.scene.layout import MIN_RADIUS
from ann_viz.scene.scales import drawable, levels, line_opacity, line_width

SIZES = st.lists(st.integers(1, 60), min_size=2, max_size=6) | st.lists(st.integers(1, 8), min_size=7, max_size=66)


@given(sizes=SIZES, width=st.floats(400, 2500), height=st.floats(300, 1600))
def test_every_neuron_is_inside_and_none_overlap(sizes: list[int], width: float, height: float) -> None:
    """Circles stay inside the drawing area, in order, without touching one another."""
    layout = arrange(sizes, width, height)
    assert [len(rows) for rows in layout.y] == sizes
    columns = tuple(zip(layout.x, layout.radius, strict=True))
    assert all(sum(a) <= b[0] - b[1] for a, b in pairwise(columns) if min(a[1], b[1]) > MIN_RADIUS)
    assert all(a[0] < b[0] for a, b in pairwise(columns))
    for rows, radius, x in zip(layout.y, layout.radius, layout.x, strict=True):
        assert x - radius >= 0 and x + radius <= layout.width
        assert rows.min() - radius >= 0 and rows.max() + radius <= layout.height
        if len(rows) > 1:
            assert np.diff(rows).min() > 0
            assert np.diff(rows).min() >= min(2 * radius, 4.0) * 0.99 or radius <= 2.0


@given(sizes=SIZES)
def test_the_neuron_under_its_own_centre_is_found(sizes: list[int]) -> None:
    """Hit testing answers with the neuron whose centre was asked for."""
    layout = arrange(sizes, 1200, 800)
    for column, rows in enumerate(layout.y):
        for index, y in enumerate(rows):
            assert layout.node_at(layout.x[column], float(y)) == (column, index)
    assert layout.node_at(-50, -50) is None


def test_groups_get_air_around_them() -> None:
    """A one-hot group stands a little apart from its neighbours."""
    rows = arrange([5, 1], 900, 600, groups=[(0, 1), (1, 4), (4, 5)]).y[0]
    inside, outside = np.diff(rows)[1], np.diff(rows)[0]
    assert outside == pytest.approx(inside + 6.0)


@pytest.mark.parametrize("size", [0.0, 1e-45, 1e-38, 1e-20, 1.0, 1e30, 3.4e38])
def test_no_weight_is_too_small_or_too_large_to_draw(size: float) -> None:
    """Diverging or vanished weights in single precision make no warning, and the largest is drawn at most in full."""
    weights = np.array([[size, -size, size / 2]], dtype=np.float32)
    reference = weight_reference(weights)
    assert (levels(weights, reference) <= 15).all()
    assert (np.abs(log_strength(weights, reference)) <= 1).all()


@given(st.floats(1e-6, 1e6))
def test_the_reference_has_one_digit_and_is_not_below(value: float) -> None:
    """One significant digit, never smaller than what it must hold, never ten times larger."""
    reference = round_up_to_one_digit(value)
    assert reference >= value * (1 - 1e-8)
    assert reference <= value * 2.0000001
    mantissa = float(f"{reference:e}".split("e")[0])
    assert mantissa == pytest.approx(round(mantissa))


def test_the_scale_only_grows() -> None:
    """Shrinking weights leave the legend as it is."""
    big = weight_reference(np.array([3.2, -1.0]))
    assert big == 4.0
    assert weight_reference(np.array([0.1]), big) == big
    assert weight_reference(np.array([-7.5]), big) == 8.0


@pytest.mark.parametrize(
    ("n", "n_beyond"), [(3, 0), (9, 0), (12, 1), (50, 1), (120, 3), (400, 8), (401, 8), (40_000, 8)]
)
def test_few_weights_lie_beyond_the_scale(n: int, n_beyond: int) -> None:
    """At every size 98 % of the lines that can be drawn differ in thickness, however large the rest are."""
    magnitudes = np.arange(1, n + 1, dtype=float)
    weights = np.random.default_rng(0).permutation(magnitudes) * np.where(np.arange(n) % 2, 1, -1)
    top = magnitudes[-1 - n_beyond]
    with_outliers = np.where(np.abs(weights) > top, 1e9 * weights, weights)
    assert weight_reference(weights) == weight_reference(with_outliers) == round_up_to_one_digit(top)


@given(st.floats(0, 1), st.floats(0, 1))
def test_thickness_and_opacity_grow_with_the_weight(a: float, b: float) -> None:
    """Monotone, within the designed range."""
    low, high = np.array(min(a, b)), np.array(max(a, b))
    assert line_width(low) <= line_width(high) <= 6.5 + 1e-9
    assert line_opacity(low) <= line_opacity(high) <= 0.88 + 1e-9


@given(st.lists(st.floats(0.01, 5), min_size=12, max_size=12), st.lists(st.booleans(), min_size=12, max_size=12))
def test_w_and_minus_w_are_equally_thick(magnitudes: list[float], signs: list[bool]) -> None:
    """Turning every sign round keeps every thickness and swaps the colours."""
    curves = build_curves(arrange([3, 3, 1], 800, 500))
    weights = np.array(magnitudes) * np.where(signs, 1, -1)
    up, down = sort_lines(curves, weights, 5.0), sort_lines(curves, -weights, 5.0)

    def drawn(lines: Lines, *, turned: bool) -> list[tuple[float, int, bool]]:
        return sorted((b.width, b.stop - b.start, b.negative != turned) for b in lines.buckets)

    assert drawn(up, turned=False) == drawn(down, turned=True)


def test_lines_are_drawn_weakest_first_and_keep_their_curve() -> None:
    """The last pieces are the strongest weight's own curve."""
    curves = build_curves(arrange([2, 2], 800, 500))
    lines = sort_lines(curves, np.array([0.1, -4.0, 0.5, 1.0]), 4.0)
    assert [bucket.width for bucket in lines.buckets] == sorted(bucket.width for bucket in lines.buckets)
    assert lines.buckets[-1].negative
    np.testing.assert_array_equal(lines.pieces[-curves.n_pieces :], curves.all_pieces[1])
    assert lines.share == 1.0


@given(seed=st.integers(0, 999), sizes=st.sampled_from([(2, 1), (4, 3, 2), (30, 20, 5)]))
def test_lines_that_follow_are_those_of_a_fresh_frame(seed: int, sizes: tuple[int, ...]) -> None:
    """The same connections by the same pens in the same order as if they had been sorted anew; weakest first."""
    curves = build_curves(arrange(sizes, 800, 500))
    rng = np.random.default_rng(seed)
    old, new = rng.normal(size=(2, curves.gaps[-1][1]))
    before = sort_lines(curves, old, 2.0)
    after = follow_lines(before, new[before.connections], 2.0)
    assert sorted(after.connections) == sorted(before.connections)
    assert [b.width for b in after.buckets] == sorted(b.width for b in after.buckets)
    pieces = after.pieces.reshape(len(after.connections), curves.n_pieces, 4)
    np.testing.assert_allclose(pieces, curves.pieces(after.connections))
    drawn = levels(new[after.connections], 2.0)
    np.testing.assert_array_equal(drawn, np.sort(drawn))
    if after.n_drawn == after.n_total:
        assert after.buckets == sort_lines(curves, new, 2.0).buckets
    assert follow_lines(after, new[after.connections], 2.0) is after, "each is drawn as before"


def test_lines_that_follow_say_where_they_look_otherwise() -> None:
    """The box holds the line that is thicker now, with its edges, and no other gap."""
    curves = build_curves(arrange([3, 2, 1], 800, 500))
    before = sort_lines(curves, np.full(8, 0.5), 2.0)
    assert before.changed is None
    after = follow_lines(before, np.where(before.connections == 3, 1.9, 0.5), 2.0)
    assert after.changed is not None
    left, top, right, bottom = after.changed
    xs, ys = curves.all_pieces[3][:, 0::2], curves.all_pieces[3][:, 1::2]
    edge = line_width(np.array(1.0)) / 2 + 1
    assert left <= xs.min() - edge and right >= xs.max() + edge
    assert top <= ys.min() - edge and bottom >= ys.max() + edge
    assert right < curves.layout.x[1] + edge


def test_a_large_gap_shows_its_strongest_and_says_so() -> None:
    """Above 400 connections 150 are drawn, evenly from the gaps; the share of weight is reported, never hidden."""
    rng = np.random.default_rng(0)
    curves = build_curves(arrange([64, 32, 10], 800, 500))
    weights = rng.normal(size=64 * 32 + 320)
    lines = sort_lines(curves, weights, 3.0)
    assert lines.n_drawn == 150 and lines.n_total == 2368
    first = np.sort(np.abs(weights[: 64 * 32]))[::-1][:75].sum()
    second = np.sort(np.abs(weights[64 * 32 :]))[::-1][:75].sum()
    assert lines.share == pytest.approx((first + second) / np.abs(weights).sum())


def test_curves_start_and_end_on_their_circles() -> None:
    """Both ends of a connection lie on the circle of its neuron."""
    layout = arrange([3, 2], 800, 500)
    curves = build_curves(layout)
    for connection in range(6):
        source, target = divmod(connection, 2)
        start, end = curves.all_pieces[connection, 0, :2], curves.all_pieces[connection, -1, 2:]
        assert np.hypot(*(start - (layout.x[0], layout.y[0][source]))) == pytest.approx(layout.radius[0])
        assert np.hypot(*(end - (layout.x[1], layout.y[1][target]))) == pytest.approx(layout.radius[1])


def test_activation_strength_is_symmetric_and_saturates() -> None:
    """−a is tinted as strongly as a; beyond the reference nothing more happens."""
    assert activation_strength(np.array(-1.0)) == activation_strength(np.array(1.0))
    assert activation_strength(np.array(50.0)) == 1.0
    assert activation_strength(np.array(0.0)) == 0.0


def test_what_has_overflown_can_be_drawn() -> None:
    """The largest there is, or nothing; numbers that are fine are handed back as they are."""
    fine = np.array([1.0, -3e38], np.float32)
    assert drawable(fine) is fine
    drawn = drawable(np.array([np.inf, -np.inf, np.nan, 2.0], np.float32))
    assert np.isfinite(drawn).all()
    assert np.sign(drawn).tolist() == [1.0, -1.0, 0.0, 1.0]
    assert activation_strength(np.array([np.nan, np.inf])).tolist() == [0.0, 1.0]


def test_a_frame_of_overflown_numbers_is_drawn() -> None:
    """In every mode; the share of what is drawn is a number."""
    endless = np.full((2, 2), 3e38, np.float32)
    values = (np.array([3e38, np.nan], np.float32), np.array([np.inf, 1.0], np.float32))
    numbers = NetworkNumbers(weights=(endless,), biases=(np.zeros(2),), values=values, gradients=(endless * np.inf,))
    curves = build_curves(arrange((2, 2), 800, 600))
    for mode in LINE_MODES:
        with np.errstate(over="ignore"):
            frame = build_frame(curves, numbers, ("linear",), mode=mode)
        assert 0.0 <= frame.lines.share <= 1.0
        assert all(np.isfinite(strengths).all() for strengths in frame.strengths)


def test_many_layers_leave_the_answer_its_room() -> None:
    """With a few, a narrow picture gives it to the gaps."""
    many = arrange([2, *[1] * 16, 1], 800, 600, output_margin=120.0)
    assert many.x[-1] == pytest.approx(680.0)
    few = arrange([2, 3, 3, 1], 500, 600, output_margin=240.0)
    assert few.x[-1] - few.x[0] == pytest.approx(180.0)
