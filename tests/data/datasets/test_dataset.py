"""Which rows of a table go into which part of a dataset."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ann_viz.data import Recipe, build_dataset, find, open_table, suggest_recipe


def test_equal_rows_stay_together(tmp_path: Path) -> None:
    """Where the split says so, no row is checked on that was learned from; classes keep their shares all the same."""
    lines = [f"{number % 40},{number % 40 * 7},{'yes' if number % 40 % 4 else 'no'}" for number in range(400)]
    path = tmp_path / "copies.csv"
    path.write_text("\n".join(["a,b,answer", *lines]) + "\n")
    with closing(open_table(path)) as table:
        recipe = replace(suggest_recipe(table, "answer"), inputs=("a", "b"))
        together = replace(recipe, split=replace(recipe.split, together=True))
        assert Recipe.from_json(together.to_json()) == together
        for asked, shared in ((recipe, True), (together, False)):
            dataset = build_dataset(table, asked)
            known = {row.tobytes() for row in dataset.part("train")[0]}
            assert any(row.tobytes() in known for row in dataset.part("validation")[0]) is shared
            assert len(dataset.validation) == pytest.approx(40, abs=10)
            finding = next(each for each in find(table, asked) if each.kind == "duplicate rows")
            assert finding.done is not shared
            assert finding.offer is not None
            assert finding.offer.split == replace(asked.split, together=shared)
