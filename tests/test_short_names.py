"""Names without what they all begin with: whole words and numbers only, and something of every name remains."""

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
