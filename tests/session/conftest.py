"""Small real data files and sessions on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from told_files import german_rows, model_of, written

from ann_viz.data import Dataset, Split, build_dataset
from ann_viz.engine import TrainConfig
from ann_viz.session import Model, Session
from ann_viz.session.headless import open_dataset


@pytest.fixture(autouse=True)
def _not_read_again(files_read_once: None) -> None:
    """The same few files need not be read for each session anew."""


def write_circles(path: Path, n_rows: int = 120) -> Path:
    """Points inside and outside a circle, with a category that helps; yes/no target."""
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(2, n_rows))
    inside = x**2 + y**2 < 1.2
    colour = np.where(rng.random(n_rows) < 0.5, "grey", np.where(inside, "red", "blue"))
    lines = [f"{a:.4f},{b:.4f},{c},{'yes' if i else 'no'}" for a, b, c, i in zip(x, y, colour, inside, strict=True)]
    path.write_text("\n".join(["x,y,colour,inside", *lines]) + "\n")
    return path


def write_flowers(path: Path, n_rows: int = 90) -> Path:
    """Three classes told apart by two lengths."""
    rng = np.random.default_rng(2)
    kinds = [("daisy", 1.0), ("rose", 3.0), ("tulip", 5.0)]
    lines = ["leaf,stem,species"]
    for i in range(n_rows):
        name, centre = kinds[i % 3]
        lines.append(f"{centre + rng.normal() * 0.4:.3f},{10 - centre + rng.normal() * 0.4:.3f},{name}")
    path.write_text("\n".join(lines) + "\n")
    return path


def write_houses(path: Path, n_rows: int = 100) -> Path:
    """A price in thousands that follows from area and rooms."""
    rng = np.random.default_rng(4)
    area = rng.uniform(40, 200, n_rows).round(1)
    rooms = rng.integers(1, 7, n_rows)
    price = (area * 2.5 + rooms * 20 + rng.normal(size=n_rows) * 10).round(2)
    lines = [f"{a},{r},{p}" for a, r, p in zip(area, rooms, price, strict=True)]
    path.write_text("\n".join(["area,rooms,price", *lines]) + "\n")
    return path


def split_plainly(dataset: Dataset) -> Dataset:
    """Return it split 70/15/15 and scaled without an end, as samples are: what is worked out by hand is about these."""
    return build_dataset(dataset.table, replace(dataset.recipe, split=Split(), scaling="standard"))


@pytest.fixture
def circles(tmp_path: Path) -> Iterator[Dataset]:
    dataset = split_plainly(open_dataset(write_circles(tmp_path / "circles.csv"), target="inside"))
    yield dataset
    dataset.table.close()


@pytest.fixture
def flowers(tmp_path: Path) -> Iterator[Dataset]:
    dataset = split_plainly(open_dataset(write_flowers(tmp_path / "flowers.csv"), target="species"))
    yield dataset
    dataset.table.close()


@pytest.fixture
def houses(tmp_path: Path) -> Iterator[Dataset]:
    dataset = split_plainly(open_dataset(write_houses(tmp_path / "houses.csv"), target="price"))
    yield dataset
    dataset.table.close()


@pytest.fixture
def session(circles: Dataset) -> Iterator[Session]:
    """A session on the circles, ready, that ends after 8 epochs."""
    session = Session(TrainConfig(epochs=8, batch_size=16))
    session.open(circles)
    yield session
    session.close()


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Model:
    path = tmp_path_factory.mktemp("german") / "train.csv"
    return model_of(written(path, german_rows(300)), forms=(("score", " without -999.0"),))


@pytest.fixture
def sound(german: Model) -> list[list[str]]:
    """Three rows in which there is nothing to tell of, without the answer."""
    del german
    values = ("1.925", "40", "03/04/2021", "45%", "70 kg", "Ulm", "ja", "5")
    return [list(values), ["20.000", *values[1:]], [*values[:5], "Bonn", "nein", "8"]]
