"""Where runs meet axes, and the curves between them."""

from __future__ import annotations

import numpy as np
import pytest

from ann_viz.scene.parallel_axes import Axis, band_middles, band_places, curves, log_ticks, scaled


def test_numbers_have_places_by_ratio_or_difference() -> None:
    """The middle of the powers lies in the middle; what is beyond an end lies at it, what is none nowhere."""
    assert scaled(np.array([0.001, 0.01, 0.1, 1.0]), 0.001, 0.1, is_log=True).tolist() == pytest.approx([0, 0.5, 1, 1])
    places = scaled(np.array([3.0, 2.0, np.nan]), 3.0, 1.0)  # a lower loss is higher up
    assert places[:2].tolist() == [0.0, 0.5] and np.isnan(places[2])
    assert scaled(np.array([2.0]), 2.0, 2.0).tolist() == [0.5]


def test_lines_of_a_category_lie_beside_each_other() -> None:
    """Within the middle half of its band, the best highest."""
    places = band_places(np.array([0, 1, 0, 0]), 2, np.arange(4))
    assert places[1] == 0.75
    assert places[0] > places[2] > places[3]
    assert places[3] > 0.125 and places[0] < 0.375
    assert band_middles(2).tolist() == [0.25, 0.75]


def test_curves_leave_and_reach_their_axes_level() -> None:
    """They go through the places of their run, forward all the way."""
    places = np.array([[0.0, 1.0, 0.5], [1.0, 1.0, 0.0]])
    across, up = curves(places, (0.0, 100.0, 300.0))
    assert across[0] == 0 and across[-1] == 300 and (np.diff(across) > 0).all() and up.shape == (2, len(across))
    middle = int(np.flatnonzero(np.isclose(across, 100.0))[0])
    assert up[:, 0].tolist() == [0, 1] and up[:, middle].tolist() == [1, 1] and up[:, -1].tolist() == [0.5, 0]
    assert up[0, 1] - up[0, 0] < 0.02, "level at first"


def test_ticks_are_round() -> None:
    """Powers of ten and three times as much."""
    assert log_ticks(0.0005, 0.1) == [0.0005, 0.001, 0.003, 0.01, 0.03, 0.1]


def test_a_filter_is_told_in_values() -> None:
    """Numbers at its ends, or the categories it reaches."""
    axis = Axis("a", "A", "", np.zeros(0), (), (), ends=(0.001, 0.1), is_log=True)
    assert axis.value_at(0.5) == pytest.approx(0.01)
    straight = Axis("a", "A", "", np.zeros(0), (), (), ends=(3.0, 1.0))
    assert straight.value_at(0.25) == 2.5
    bands = Axis("a", "A", "", np.zeros(0), (), (), bands=("x", "y", "z"))
    assert bands.bands_between(0.0, 0.5) == ["x", "y"]
