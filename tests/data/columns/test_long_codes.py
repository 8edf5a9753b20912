"""Numbers too long for a float64 are told apart by their digits."""

from __future__ import annotations

import pytest

from ann_viz.data import open_table


@pytest.mark.parametrize("repeats", [1, 2])
def test_codes_of_21_digits_are_counted_by_their_digits(tmp_path, repeats: int) -> None:
    """Each code stands `repeats` times; as float64 they would all be the same, and seem to count up with the rows."""
    rows = "".join(f"{10**20 + row // repeats},{row % 7}\n" for row in range(4000))
    path = tmp_path / "codes.csv"
    path.write_text("code,value\n" + rows, encoding="utf-8")
    with open_table(path) as table:
        assert table.columns[0].n_distinct == 4000 // repeats
