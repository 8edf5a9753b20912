"""Trained subjects of every kind of column and task, small enough to be written out in a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ann_viz.data import Plan, Table, build_dataset, open_table, suggest_recipe
from ann_viz.engine import LayerConfig, TrainConfig
from ann_viz.session import Session
from ann_viz.session.exports import Subject, subject_of

Train = Callable[..., Subject]


def write_visits(path: Path, n_rows: int = 160) -> Path:
    """Every kind of column, some cells missing, some numbers as people write them, names that hurt."""
    rng = np.random.default_rng(7)
    lines = ['age,"price ""now""\n(€)",city,member,joined,remark,street,spend,left']
    for row in range(n_rows):
        age, price = rng.integers(18, 90), rng.normal(1500, 400)
        city = ["Bonn", "Köln", "a'b\\", "Ulm"][int(rng.integers(4))]
        street = f"{'A rather long name of a street ' * 2}{row % 6}"
        joined = np.datetime64("2015-01-01") + int(rng.integers(3000))
        asked = price * (12 if row % 40 == 5 else 1)  # some far values
        shown = f'"€ {asked:,.2f}"' if row % 9 else ""
        year, month, day = str(joined).split("-")
        left = "yes" if age + price / 40 + (city == "Bonn") * 30 > 95 else "no"
        cells = [age if row % 11 else "NA", shown, city if row % 13 else "", "yes" if rng.random() < 0.4 else "no"]
        cells += [f"{day}.{month}.{year}", "word " * int(rng.integers(1, 9)), street, f"{price * age / 100:.2f}", left]
        lines.append(",".join(map(str, cells)))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _recipe(table: Table, target: str) -> Any:
    recipe = suggest_recipe(table, target)
    inputs = tuple(column.name for column in table.columns if column.name not in (target, "left", "spend"))
    recipe = replace(recipe, inputs=inputs)
    recipe = recipe.with_plan("remark", Plan(treat="text", text_as="words", scaling="minmax"))
    recipe = recipe.with_plan("joined", Plan(scaling="soft"))
    recipe = recipe.with_plan("age", Plan(scaling="log", flag_missing=True))
    return recipe.with_plan("city", Plan(fill="none of them", flag_missing=True))


@pytest.fixture(scope="session")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    with closing(open_table(write_visits(tmp_path_factory.mktemp("visits") / "visits.csv"))) as table:
        yield table


@pytest.fixture
def train(visits: Table) -> Train:
    """Return what trains on the visits for two epochs and gives the subject."""

    def trained(
        target: str = "left", hidden: tuple[LayerConfig, ...] | None = None, output_scale: float = 1.0, **settings: Any
    ) -> Subject:
        session = Session(TrainConfig(**{"epochs": 2, "batch_size": 16, "learning_rate": 0.02, **settings}))
        session.open(build_dataset(visits, _recipe(visits, target)))
        layers = (LayerConfig(neurons=5), LayerConfig(neurons=3)) if hidden is None else hidden
        session.set_network(hidden=layers, output_scale=output_scale)
        session.train()
        session.wait()
        work = session.take_work()
        assert work is not None
        return subject_of(work)

    return trained
