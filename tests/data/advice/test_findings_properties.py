"""Whatever the table, looking for findings does not fail, and every offer can be taken and taken back."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ann_viz.data import open_table, suggest_recipe
from ann_viz.data.advice.findings import apply_offer, find
from ann_viz.data.advice.suggest import suggest_reason
from ann_viz.errors import DataError

CELLS = st.one_of(
    st.sampled_from(["", "NA", "yes", "no", "a", "b", "1", "0", "2.5", "-3", "2024-01-05", "None", "1e9"]),
    st.integers(0, 30).map(str),
)
COLUMNS = st.one_of(
    st.lists(CELLS, min_size=24, max_size=24),
    st.sampled_from(["7", "", "x"]).map(lambda cell: [cell] * 24),
    st.integers(1, 3).map(lambda step: [str(step * i) for i in range(24)]),
)
NAMES = st.sampled_from(["id", "y", "x", "price", "date", "class", "G1", "G2", "name", "É", "score"])


@pytest.mark.slow
@settings(max_examples=60)
@given(st.lists(st.tuples(NAMES, COLUMNS), min_size=2, max_size=5), st.booleans())
def test_any_small_table(drawn: list[tuple[str, list[str]]], doubled: bool) -> None:
    """Nothing raises, the order is the same each time, and an offer taken twice is the same as once."""
    drawn = [*drawn, drawn[0]] if doubled else drawn
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([name for name, _ in drawn])
    writer.writerows(zip(*(cells for _, cells in drawn), strict=True))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file.csv"
        path.write_text(text.getvalue(), "utf-8")
        with open_table(path, overrides={"delimiter": ",", "header": True, "skip_lines": 0}) as table:
            try:
                recipe = suggest_recipe(table)
            except DataError:
                return
            assert suggest_reason(table, recipe)
            found = find(table, recipe)
            assert found == find(table, recipe)
            for finding in found:
                if finding.offer is None or finding.offer.missing is not None:
                    continue
                changed = apply_offer(table, recipe, finding.offer)
                assert apply_offer(table, changed, finding.offer) == changed
                ways_back = [other.offer for other in find(table, changed) if other.offer is not None]
                assert any(apply_offer(table, changed, offer) == recipe for offer in ways_back), finding
