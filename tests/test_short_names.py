"""Names without what they all begin or end with: whole words and numbers only, something of every name remains."""

from __future__ import annotations

import pytest

from ann_viz.short_names import told_apart


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["sensor_017_n", "sensor_018_n", "sensor_170_n"], ["…017_n", "…018_n", "…170_n"]),
        (["class1", "class12"], ["…1", "…12"]),
        (["Iris-setosa", "Iris-virginica"], ["…setosa", "…virginica"]),
        (["Colony north 1", "Colony south 2"], ["…north 1", "…south 2"]),
        (["the same", "the same"], ["the same", "the same"]),
        (["France", "Frankfurt"], ["France", "Frankfurt"]),  # no word is broken
        (["sensor_1", "sensor_"], ["sensor_1", "sensor_"]),  # nothing would be left of one
        (["a 1", "a 2"], ["a 1", "a 2"]),  # nothing to gain
        (["alone"], ["alone"]),
        ([], []),
    ],
)
def test_what_tells_names_apart_is_kept(names: list[str], expected: list[str]) -> None:
    assert told_apart(names) == tuple(expected)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["line 3 north", "line 4 north"], ["…3…", "…4…"]),
        (["north wind speed", "south wind speed"], ["north…", "south…"]),
        (["sensor_017_n", "sensor_018_n"], ["…017_n", "…018_n"]),  # nothing to gain at the end
        (["a speed", "speed"], ["a speed", "speed"]),  # nothing would be left of one
    ],
)
def test_in_the_narrowest_room_the_end_goes_too(names: list[str], expected: list[str]) -> None:
    assert told_apart(names, bare=True) == tuple(expected)
