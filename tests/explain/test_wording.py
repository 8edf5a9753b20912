"""Answers in words: a yes and a no."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ann_viz.data import build_dataset
from ann_viz.explain import wording
from ann_viz.resources import resource
from ann_viz.session.headless import open_dataset


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("leaves the bank", ("leaves", "stays")),
        ("survives", ("survives", "dies")),
        ("buys", ("buys", "does not buy")),
        ("has diabetes", ("has diabetes", "has not")),
    ],
)
def test_a_yes_and_a_no_are_said_shortly(phrase: str, names: tuple[str, str]) -> None:
    """A verb with an opposite needs no more; others keep their phrase."""
    dataset = open_dataset(resource("samples", "bank_customers.csv"))
    assert wording.binary_names(build_dataset(dataset.table, replace(dataset.recipe, phrase=phrase))) == names


@pytest.mark.parametrize(
    ("target", "values", "names"),
    [
        ("diagnosis", "MB", ("is malignant", "is benign")),
        ("kind", ("setosa", "virginica"), {"is setosa", "is virginica"}),
        ("promoted", ("yes", "no"), ("promoted: yes", "no")),
        ("promoted", ("ja", "nein"), ("promoted: ja", "nein")),
        ("status", ("approved", "no"), ("is approved", "is not")),
        ("status", ("approved", "nein"), ("is approved", "is not")),
    ],
)
def test_both_answers_that_have_a_name_are_called_by_it(tmp_path, target, values, names) -> None:
    """It is "is not" only where the file has no better word."""
    rows = [f"{i % 7},{values[i % 2]}" for i in range(60)]
    path = tmp_path / "t.csv"
    path.write_text("\n".join([f"x,{target}", *rows]) + "\n")
    said = wording.binary_names(open_dataset(path, target=target))
    assert said == names or set(said) == names
