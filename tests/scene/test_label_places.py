"""Names keep their distance, their order, and as near to their place as that allows."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.scene.label_places import places_apart

HEIGHTS = st.lists(st.floats(0, 1000), max_size=40).map(sorted)


@given(HEIGHTS, st.floats(1, 30))
def test_no_two_lie_closer_than_they_may(wanted: list[float], least: float) -> None:
    """Whatever is wanted."""
    places = places_apart(wanted, least)
    assert len(places) == len(wanted)
    assert all(after - before >= least - 1e-6 for before, after in pairwise(places))


@given(HEIGHTS, st.floats(1, 30))
def test_they_move_no_more_to_one_side_than_to_the_other(wanted: list[float], least: float) -> None:
    """All together stay where they are: each block lies round the middle of what it wants."""
    assert sum(places_apart(wanted, least)) == pytest.approx(sum(wanted), abs=1e-3)


def test_what_has_room_stays_where_it_is() -> None:
    """Only those that would touch make way, half of it each."""
    assert places_apart([0.0, 100.0, 104.0, 300.0], 14.0) == [0.0, 95.0, 109.0, 300.0]
