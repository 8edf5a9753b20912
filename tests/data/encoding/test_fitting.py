"""What is learned of a column comes from the training rows, and from no others."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
from planned_tables import TARGET, fitted, table_of

from ann_viz.data import Encoder, Recipe, Table
from ann_viz.data.encoding.recipe import Plan, Scaling
from ann_viz.errors import DataError


def test_columns_of_one_kind_in_training(tmp_path: Path) -> None:
    """Training rows that lack one answer of a yes/no column, or all but two categories, still give an encoding."""
    columns = {"b": ["yes", "yes", "yes", "no", ""], "c": ["u", "v", "u", "w", ""], "e": ["k", "k", "k", "m", "n"]}
    with table_of(tmp_path, columns) as table:
        encoder = fitted(table, {}, rows=[0, 1, 2])
        assert encoder.input_names == ("b", "c", "k")
        assert encoder.encode(table)[:, 0].tolist() == [1, 1, 1, 0, 1]
        # 'v' is the rarer of the two seen, so it is the 1; 'w' was never seen.
        assert encoder.encode(table)[:, 1].tolist() == [0, 1, 0, 0, 0]
        with pytest.raises(DataError, match="'c': has no value"):
            fitted(table, {}, rows=[4])


def wild(columns: Mapping[str, Sequence[object]], n_train: int) -> dict[str, Sequence[object]]:
    """The same training rows with other rows nothing like them."""
    n = len(columns["x"]) - n_train
    others: dict[str, Sequence[object]] = {
        "x": [-9e9 * (row + 1) for row in range(n)],
        "c": [f"Atlantis {row}" if row % 2 else "" for row in range(n)],
        "b": ["", "yes"] * (n // 2),
        "d": [f"{1700 + row}-01-01" for row in range(n)],
        "s": ["long " * (row + 5) for row in range(n)],
        "k": [-5 - row for row in range(n)],
    }
    return {name: [*values[:n_train], *others[name]] for name, values in columns.items()}


N_TRAIN = 42
FILLS = (None, "median", "mean", "most frequent", "zero", "none of them", "own")
OWN = {"x": "=1.5", "c": "=grey", "b": "=no", "d": "=2021-02-03", "s": None, "k": "=9"}
TREAT: dict[str, Any] = {"x": "number", "c": "category", "b": "yes_no", "d": "date", "s": "text", "k": "category"}


@pytest.fixture(scope="module")
def tame_and_wild(folder: Path) -> Iterator[tuple[Table, Table]]:
    """Two tables with the same training rows and other rows nothing alike."""
    rng = np.random.default_rng(8)
    n = 60
    columns: dict[str, Sequence[object]] = {
        "x": [value if row % 5 else "" for row, value in enumerate(rng.normal(3, 2, n).round(3))],
        "c": [("red", "green", "blue", "")[row % 4] for row in range(n)],
        "b": [("yes", "no", "no", "", "no", "yes")[row % 6] for row in range(n)],
        "d": [f"2020-{1 + row % 12:02}-{1 + row % 28:02}" if row % 7 else "" for row in range(n)],
        "s": [f"a text {'x' * (row % 13)} {row}" for row in range(n)],
        "k": [row % 5 for row in range(n)],
    }
    with (
        table_of(folder, columns, "tame.csv") as table,
        table_of(folder, wild(columns, N_TRAIN), "wild.csv") as other,
    ):
        yield table, other


@pytest.mark.parametrize(("scaling", "fill"), [*itertools.product(get_args(Scaling), FILLS)])
def test_no_other_row_leaks_in(tame_and_wild: tuple[Table, Table], scaling: Scaling, fill: str | None) -> None:
    """Whatever validation and test rows hold, the encoder is the same, for every scaling and every fill."""
    table, other = tame_and_wild
    plans = {
        name: Plan(
            treat=TREAT[name],
            scaling=scaling,
            fill=OWN[name] if fill == "own" else fill,
            flag_missing=True,
            text_as="words",
        )
        for name in TREAT
    }
    encoder = fitted(table, plans, range(N_TRAIN))
    assert encoder == fitted(other, plans, range(N_TRAIN))
    np.testing.assert_array_equal(encoder.encode(table)[:N_TRAIN], encoder.encode(other)[:N_TRAIN])
    assert np.isfinite(encoder.encode(other)).all()


def test_many_training_rows_are_sampled(tmp_path: Path) -> None:
    """Of more rows than allowed the same ones are drawn every time, and only these are looked at."""
    rng = np.random.default_rng(1)
    with table_of(tmp_path, {"x": rng.normal(size=500).round(6)}) as table:
        recipe = Recipe(target=TARGET, task="binary", inputs=("x",))
        rows = np.arange(0, 500, 2)
        sampled = Encoder.fit(table, recipe, rows, at_most=100)
        assert sampled == Encoder.fit(table, recipe, rows, at_most=100)
        assert sampled != Encoder.fit(table, recipe, rows)
        assert Encoder.fit(table, recipe, rows, at_most=250) == Encoder.fit(table, recipe, rows[::-1])
        assert abs(sampled.features[0].mean - Encoder.fit(table, recipe, rows).features[0].mean) < 0.5
