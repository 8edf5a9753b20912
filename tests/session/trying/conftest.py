"""Data with every kind of column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ann_viz.data import Dataset
from ann_viz.session.headless import open_dataset

MIXED = ["day,size,colour,ill,note,price"]


@pytest.fixture
def mixed(tmp_path: Path) -> Iterator[Dataset]:
    """Return data with dates, missing cells and a comma for the decimals."""
    rng = np.random.default_rng(0)
    lines = list(MIXED)
    for i in range(60):
        size = "" if i % 7 == 0 else f"{rng.uniform(1, 90):.1f}"
        colour = "" if i % 11 == 0 else ("red", "green", "blue")[i % 3]
        lines.append(f"2021-{i % 12 + 1:02}-{i % 27 + 1:02},{size},{colour},{'yes' if i % 2 else 'no'},n{i},{i * 3}")
    path = tmp_path / "mixed.csv"
    path.write_text("\n".join(lines) + "\n")
    dataset = open_dataset(path, target="price")
    yield dataset
    dataset.close()
