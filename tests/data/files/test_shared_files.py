"""The 30 real files kept beside the project, if they are there, are read right."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from ann_viz.data import Table, build_dataset, open_table, suggest_recipe

FOLDER = Path(__file__).resolve().parents[3].parent / "shared" / "data"
INDEX = FOLDER / "index.csv"
FACTS = list(csv.DictReader(INDEX.read_text("utf-8").splitlines())) if INDEX.is_file() else []
SUGGESTED = {
    "car_evaluation.csv": "column 7",
    "digits.csv": "column 65",
    "glass.csv": "column 10",
    "heart_cleveland.csv": "column 14",
    "seoul_house_stock.csv": "합계",
}

pytestmark = pytest.mark.skipif(not FACTS, reason="the shared data files are not beside this checkout")


@pytest.fixture(scope="module", params=FACTS or [{}], ids=lambda facts: facts.get("file", "none"))
def facts(request: pytest.FixtureRequest) -> dict[str, str]:
    """What the index says of a file."""
    return request.param


@pytest.fixture(scope="module")
def table(facts: dict[str, str]) -> Iterator[Table]:
    """That file, opened."""
    with open_table(FOLDER / facts["file"]) as opened:
        yield opened


def test_file_is_read_right(facts: dict[str, str], table: Table) -> None:
    """Rows, columns, header, delimiter, decimal mark and missing cells are those of the index."""
    assert table.n_rows == int(facts["rows"])
    assert len(table.columns) == int(facts["columns"])
    assert table.bad_lines == ()
    assert table.dialect.header == (facts["has_header"] == "1")
    assert table.dialect.delimiter == facts["delimiter"].replace("\\t", "\t")
    assert table.dialect.decimal == facts["decimal"]
    assert table.dialect.skip_lines == int(facts["preamble_lines"])
    assert sum(column.n_missing for column in table.columns) == int(facts["missing_cells"])
    constant = {
        f"#{c.index + 1}" if facts["has_header"] == "0" else c.name for c in table.columns if c.kind == "constant"
    }
    assert set(filter(None, facts["constant_columns"].split(";"))) <= constant


def test_file_gets_a_sensible_recipe(facts: dict[str, str], table: Table) -> None:
    """The suggested target and task are those a person would choose, and the rows encode."""
    recipe = suggest_recipe(table)
    assert recipe.target == SUGGESTED.get(facts["file"], facts["target"])
    if facts["file"] == "sms_spam.csv":  # its only other column is free text, of which the length is learned from
        assert recipe.plan("text").text_as == "length"
    dataset = build_dataset(table, recipe)
    assert len(dataset.train) + len(dataset.validation) + len(dataset.test) == len(dataset.X)
    if facts["file"] not in SUGGESTED or facts["has_header"] == "0":
        # Two classes only, whatever the index says of this file.
        task = "binary" if facts["file"] == "risco_credito.csv" else facts["task"].split()[0].replace("-class", "class")
        assert recipe.task == task
