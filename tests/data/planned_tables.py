"""Small tables beside a target that matters to nobody, and what an encoder learns from them by plan."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ann_viz.data import Encoder, Recipe, Table, open_table
from ann_viz.data.encoding.recipe import Plan

TARGET = "t"


def table_of(folder: Path, columns: Mapping[str, Sequence[object]], name: str = "file.csv") -> Table:
    """A table of these columns and a target that is no one's business here."""
    n_rows = len(next(iter(columns.values())))
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*columns, TARGET])
        writer.writerows(zip(*columns.values(), [row % 2 for row in range(n_rows)], strict=True))
    return open_table(path, overrides={"delimiter": ",", "header": True, "skip_lines": 0, "quote": '"'})


def fitted(table: Table, plans: Mapping[str, Plan], rows: Sequence[int] | None = None, **fields: Any) -> Encoder:
    inputs = tuple(column.name for column in table.columns if column.name != TARGET)
    recipe = Recipe(target=TARGET, task="binary", inputs=inputs, plans=tuple(plans.items()), **fields)
    return Encoder.fit(table, recipe, np.arange(table.n_rows) if rows is None else np.array(rows))
