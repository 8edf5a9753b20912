"""A recipe is suggested from the columns, refuses what can't be learned, and survives JSON."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ann_viz.data import (
    Recipe,
    Split,
    Table,
    open_table,
    possible_tasks,
    suggest_recipe,
    suggest_task,
    target_problem,
    with_role,
    with_target,
)
from ann_viz.data.advice.suggest import SUGGESTED_SPLIT, suggest_reason
from ann_viz.errors import DataError


def table_of(folder: Path, columns: dict[str, Sequence[object]], **overrides: object) -> Table:
    path = folder / "file.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        if overrides.get("header", True):
            writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
    return open_table(path, overrides={"delimiter": ",", "header": True, "skip_lines": 0} | overrides)


def bank(folder: Path) -> Table:
    return table_of(
        folder,
        {
            "RowNumber": range(1, 41),
            "Exited": [0, 1, 0, 0] * 10,
            "Age": [30 + i % 7 for i in range(40)],
            "Geography": ["France", "Spain"] * 20,
            "Note": [f"note {i} of many" for i in range(40)],
            "Empty": [""] * 40,
            "Same": ["x"] * 40,
        },
    )


def test_suggestion_for_the_bank(tmp_path: Path) -> None:
    """Exited is found by name, identifiers and constants start as ignored, and the phrase is known."""
    with bank(tmp_path) as table:
        recipe = suggest_recipe(table)
        expected = Recipe(target="Exited", task="binary", inputs=("Age", "Geography"), phrase="leaves the bank")
        assert recipe == replace(expected, split=SUGGESTED_SPLIT, scaling="tails")
        assert [recipe.role(name) for name in ("Exited", "Age", "Note")] == ["target", "input", "ignore"]


@pytest.mark.parametrize(
    ("name", "word"),
    [("RowNumber", "identifier"), ("Note", "every value"), ("Empty", "no values"), ("Same", "same value")],
)
def test_targets_that_cannot_be_learned(tmp_path: Path, name: str, word: str) -> None:
    """Each gets a sentence, and asking for it raises."""
    with bank(tmp_path) as table:
        assert word in (target_problem(table, name) or "")
        with pytest.raises(DataError, match=word):
            suggest_recipe(table, name)


@pytest.mark.parametrize(
    ("name", "values", "tasks"),
    [
        ("quality", [3, 4, 5, 6, 7, 8] * 5, ("regression", "multiclass")),
        ("digit", list(range(10)) * 3, ("multiclass", "regression")),
        ("wine class", [1, 2, 3] * 10, ("multiclass", "regression")),
        ("default", [1, 2, 2] * 10, ("binary", "regression")),
        ("price", [i * 1.5 for i in range(30)], ("regression",)),
        ("species", ["a", "b", "c"] * 10, ("multiclass",)),
        ("answer", ["yes", "no", "no"] * 10, ("binary",)),
        ("sex", ["male", "female", "male"] * 10, ("binary",)),
    ],
)
def test_tasks(tmp_path: Path, name: str, values: Sequence[object], tasks: tuple[str, ...]) -> None:
    """The rule for numbers that might be classes is the documented one."""
    with table_of(tmp_path, {"x": [i % 11 for i in range(30)], name: values}) as table:
        assert possible_tasks(table, name) == tasks
        assert suggest_task(table, name) == tasks[0]


@pytest.mark.parametrize(("place", "target"), [("last", "column 4"), ("first", "column 1")])
def test_a_column_at_an_end_without_a_name_holds_classes(tmp_path: Path, place: str, target: str) -> None:
    """Without a header few whole numbers at an end are the target, and they are classes."""
    columns = {name: [rate * i + 0.5 for i in range(30)] for name, rate in (("a", 1), ("b", 2), ("c", 3))}
    classes = {"class": [1, 2, 3] * 10}
    ordered = columns | classes if place == "last" else classes | columns
    with table_of(tmp_path, ordered, header=False) as table:
        recipe = suggest_recipe(table)
        assert (recipe.target, recipe.task) == (target, "multiclass")


def test_roles_and_targets_can_be_changed(tmp_path: Path) -> None:
    """Inputs keep the order of the file; an old target becomes an input; nonsense is refused."""
    with bank(tmp_path) as table:
        recipe = suggest_recipe(table)
        assert with_role(table, recipe, "RowNumber", "input").inputs == ("RowNumber", "Age", "Geography")
        assert with_role(table, recipe, "Age", "ignore").inputs == ("Geography",)
        other = with_role(table, recipe, "Age", "target")
        assert (other.target, other.task, other.inputs) == ("Age", "regression", ("Exited", "Geography"))
        assert with_target(table, recipe, "Exited") is recipe
        for name, role in (("Exited", "ignore"), ("Same", "input"), ("Note", "target"), ("gone", "input")):
            with pytest.raises(DataError):
                with_role(table, recipe, name, role)  # type: ignore[arg-type]


def test_tables_from_which_nothing_can_be_learned(tmp_path: Path) -> None:
    """Too few rows, a single column, and no usable target are each said plainly."""
    for columns, word in (
        ({"a": [1, 2], "b": [1, 0]}, "too few rows"),
        ({"a": [1, 2, 3, 4, 5]}, "one column"),
        ({"a": ["x"] * 9, "b": ["y"] * 9}, "No column"),
    ):
        with table_of(tmp_path, columns) as table, pytest.raises(DataError, match=word):
            suggest_recipe(table)


def test_a_counting_column_is_better_than_none(tmp_path: Path) -> None:
    """Where nothing else is left to predict from, a column that counts is an input."""
    with table_of(tmp_path, {"x": range(1, 31), "y": [i * i % 17 / 2 for i in range(30)]}) as table:
        assert suggest_recipe(table).inputs == ("x",)


def test_json_round_trip() -> None:
    """A recipe read back is the same recipe; other texts are refused."""
    recipe = Recipe(target="é", task="regression", inputs=("a", "b"), split=Split(seed=5, stratify=False))
    assert Recipe.from_json(recipe.to_json()) == recipe
    for text in ("", "[]", "{}", '{"inputs": 3}'):
        with pytest.raises(DataError):
            Recipe.from_json(text)


def test_impossible_settings_are_refused() -> None:
    """Shares must add up, a seed can't be negative, words must be known."""
    for split in ({"train": 0.5}, {"train": 0.0, "validation": 0.5, "test": 0.5}, {"seed": -1}):
        with pytest.raises(DataError):
            Split(**split)  # type: ignore[arg-type]
    for fields in ({"task": "magic"}, {"task": "binary", "number_fill": "guess"}, {"task": "binary", "phrase": " "}):
        with pytest.raises(DataError):
            Recipe(target="a", inputs=(), **fields)  # type: ignore[arg-type]


def test_the_reason_for_the_target(tmp_path: Path) -> None:
    """It is said for the target that was suggested, and only for that."""
    with bank(tmp_path) as table:
        recipe = suggest_recipe(table)
        assert suggest_reason(table, recipe) == "its name says so"
        assert suggest_reason(table, with_target(table, recipe, "Age")) == ""
