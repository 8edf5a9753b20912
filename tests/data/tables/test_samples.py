"""The sample files are what their scripts make, and each can be learned as its list says."""

from __future__ import annotations

import csv
import json
import runpy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from ann_viz.data import build_dataset, open_table, suggest_recipe
from ann_viz.resources import resource

KEYS = ["file", "title", "subtitle", "teaches", "target", "phrase", "task", "source", "licence", "row_name"]
SAMPLES: list[dict[str, Any]] = json.loads(resource("samples", "samples.json").read_text(encoding="utf-8"))
FIRST = ["bank_customers.csv", "digits.csv", "house_prices.csv", "two_spirals.csv"]
PUZZLES = ["xor.csv", "two_moons.csv", "two_spirals.csv", "circles.csv"]
MAX_BYTES = 1_700_000


def script(name: str) -> dict[str, Any]:
    return runpy.run_path(str(resource("samples", name)))


def content(file: str) -> str:
    return resource("samples", file).read_bytes().decode("utf-8")


def sample_id(sample: dict[str, Any]) -> str:
    return str(sample["file"])


@pytest.mark.parametrize("name", ["bank_customers", "house_prices"])
def test_an_invented_table_is_what_its_script_makes(name: str) -> None:
    """Nobody edited the file by hand, and the script gives the same result everywhere."""
    assert content(f"{name}.csv") == script(f"make_{name}.py")["text"]()


@pytest.mark.parametrize("file", PUZZLES)
def test_a_puzzle_is_what_its_script_makes(file: str) -> None:
    """Nobody edited the file by hand, and the script gives the same result everywhere."""
    makers: dict[str, Callable[[], str]] = script("make_puzzles.py")["FILES"]
    assert list(makers) == PUZZLES
    assert content(file) == makers[file]()


def test_the_list_and_the_folder_agree() -> None:
    """Every listed sample is there, every file is listed once, and the start card's four come first."""
    files = [sample["file"] for sample in SAMPLES]
    assert files[:4] == FIRST
    assert sorted(files) == sorted(path.name for path in resource("samples").glob("*.csv"))


@pytest.mark.parametrize("sample", SAMPLES, ids=sample_id)
def test_every_sample_says_what_it_is(sample: dict[str, Any]) -> None:
    """All keys are there in one order, and only the phrase may be empty."""
    assert list(sample) == KEYS
    assert all(value for key, value in sample.items() if key != "phrase")


@pytest.mark.parametrize("sample", SAMPLES, ids=sample_id)
def test_every_sample_is_named_with_its_licence(sample: dict[str, Any]) -> None:
    """The README names each file in a row that also holds its licence."""
    lines = resource("samples", "README.md").read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if line.startswith("|") and sample["file"] in line]
    assert sample["licence"] in line


def test_the_samples_are_small() -> None:
    """The program can carry all of them."""
    assert sum(path.stat().st_size for path in resource("samples").glob("*.csv")) < MAX_BYTES


@pytest.mark.parametrize("sample", SAMPLES, ids=sample_id)
def test_every_sample_can_be_learned(sample: dict[str, Any]) -> None:
    """The suggested recipe has the listed task, no line is bad, and every number is finite."""
    with open_table(resource("samples", sample["file"])) as table:
        recipe = suggest_recipe(table, sample["target"])
        assert recipe.target == sample["target"]
        assert recipe.task == sample["task"]
        assert not table.bad_lines
        dataset = build_dataset(table, recipe)
        assert min(len(dataset.train), len(dataset.validation)) > 0
        assert np.isfinite(dataset.X).all()
        assert np.isfinite(dataset.Y).all()


def test_the_bank_leaves_names_and_numbers_out() -> None:
    """Row number, customer id and surname are not inputs, since they can only be learned by heart."""
    with open_table(resource("samples", "bank_customers.csv")) as table:
        dataset = build_dataset(table, suggest_recipe(table, "Exited"))
        columns = {feature.column for feature in dataset.encoder.features}
    assert len(columns) == 10
    assert columns.isdisjoint({"RowNumber", "CustomerId", "Surname", "Exited"})


def test_the_bank_looks_like_a_bank() -> None:
    """A fifth of the customers leaves, 36 % have an empty account, and all kinds of products occur."""
    rows = list(csv.DictReader(content("bank_customers.csv").splitlines()))
    assert len(rows) == 10_000
    assert len({row["CustomerId"] for row in rows}) == 10_000
    assert sum(float(row["Balance"]) == 0 for row in rows) == 3600
    assert {row["NumOfProducts"] for row in rows} == {"1", "2", "3", "4"}
    assert 0.19 < sum(row["Exited"] == "1" for row in rows) / len(rows) < 0.215
