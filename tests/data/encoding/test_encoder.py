"""Rows become numbers by what the training rows say, and answers become words again."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ann_viz.data import Encoder, Recipe, Table, build_dataset, open_table, suggest_recipe
from ann_viz.errors import DataError

COLUMNS: dict[str, Sequence[object]] = {
    "Age": [30, 40, "", 50, 60, 1000],
    "Geography": ["France", "Spain", "Germany", "", "France", "Peru"],
    "Gender": ["Male", "Female", "Male", "Male", "Female", "Male"],
    "Active": [1, 0, 1, "", 1, 0],
    "Exited": [0, 1, 0, 1, 0, 1],
}
RECIPE = Recipe(target="Exited", task="binary", inputs=("Age", "Geography", "Gender", "Active"))
TRAIN = np.arange(5)


def table_of(folder: Path, columns: dict[str, Sequence[object]], name: str = "file.csv") -> Table:
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
    return open_table(path, overrides={"delimiter": ",", "header": True, "skip_lines": 0})


def test_encoding_by_hand(tmp_path: Path) -> None:
    """Every input is the number one gets by hand from the five training rows."""
    with table_of(tmp_path, COLUMNS) as table:
        encoder = Encoder.fit(table, RECIPE, TRAIN)
        assert encoder.input_names == ("Age", "France", "Germany", "Spain", "Gender", "Active")
        assert [(g.column, g.start, g.stop, g.kind) for g in encoder.groups] == [
            ("Age", 0, 1, "number"),
            ("Geography", 1, 4, "category"),
            ("Gender", 4, 5, "yes_no"),
            ("Active", 5, 6, "yes_no"),
        ]
        ages = np.array([30, 40, 45, 50, 60, 1000.0])  # 45 is the median of the training rows
        X = encoder.encode(table)
        assert X.dtype == np.float32
        assert X.flags.c_contiguous
        np.testing.assert_allclose(X[:, 0], (ages - ages[:5].mean()) / ages[:5].std(), rtol=1e-6)
        # The empty place counts as France, the most frequent; Peru is unknown to the training rows.
        assert X[:, 1:4].tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0], [1, 0, 0], [1, 0, 0], [0, 0, 0]]
        assert X[:, 4].tolist() == [0, 1, 0, 0, 1, 0]
        assert X[:, 5].tolist() == [1, 0, 1, 1, 1, 0]
        assert encoder.encode_target_range(table, 0, table.n_rows).tolist() == [[0], [1], [0], [1], [0], [1]]
        assert encoder.class_names == ("0", "1")


def test_only_training_rows_are_looked_at(tmp_path: Path) -> None:
    """Changing every row outside the training rows leaves the encoder as it was."""
    changed = {name: [*values[:5], values[0]] for name, values in COLUMNS.items()}
    with table_of(tmp_path, COLUMNS) as table, table_of(tmp_path, changed, "other.csv") as other:
        assert Encoder.fit(table, RECIPE, TRAIN) == Encoder.fit(other, RECIPE, TRAIN)


def test_one_row_encodes_as_in_the_table(tmp_path: Path) -> None:
    """A row given as texts gives the same inputs as the row of the table; words that mean missing do too."""
    with table_of(tmp_path, COLUMNS) as table:
        encoder = Encoder.fit(table, RECIPE, TRAIN)
        names = [column.name for column in table.columns]
        for row, X in zip(table.rows(), encoder.encode(table), strict=True):
            np.testing.assert_array_equal(encoder.encode_row(dict(zip(names, row, strict=True))), X)
        np.testing.assert_array_equal(encoder.encode_row({"Age": " NA "}), encoder.encode_row({}))


def test_json_round_trip(tmp_path: Path) -> None:
    """An encoder read back is equal and encodes alike; other texts are refused."""
    with table_of(tmp_path, COLUMNS) as table:
        encoder = Encoder.fit(table, RECIPE, TRAIN)
        again = Encoder.from_json(encoder.to_json())
        assert again == encoder
        np.testing.assert_array_equal(again.encode(table), encoder.encode(table))
    for text in ("", "[]", "{}", '{"features": [{"column": 1}]}'):
        with pytest.raises(DataError):
            Encoder.from_json(text)


@pytest.mark.parametrize(
    ("task", "values"),
    [
        ("multiclass", ["a", "b", "c", "a", "b", "c"]),
        ("binary", ["spam", "ham", "ham", "spam", "ham", "ham"]),
        ("regression", [1.5, 2.5, 100.0, -7.0, 0.0, 3.25]),
    ],
)
def test_targets_decode_to_what_they_were(tmp_path: Path, task: str, values: Sequence[object]) -> None:
    """Encoding and decoding a target gives the texts or numbers of the file."""
    with table_of(tmp_path, {"x": [1, 2, 3, 5, 8, 13.5], "t": values}) as table:
        recipe = Recipe(target="t", task=task, inputs=("x",))  # type: ignore[arg-type]
        encoder = Encoder.fit(table, recipe, np.arange(6))
        decoded = encoder.decode_target(encoder.encode_target_range(table, 0, table.n_rows))
        if task == "regression":
            np.testing.assert_allclose(decoded, np.asarray(values, dtype=float), rtol=1e-5, atol=1e-5)
        else:
            assert decoded.tolist() == list(values)
        assert encoder.n_outputs == (3 if task == "multiclass" else 1)


def test_classes_that_are_numbers_stand_in_their_order(tmp_path: Path) -> None:
    """Class 10 comes after class 9; a number to predict needs one among the training rows."""
    with table_of(tmp_path, {"x": [1, 2, 3, 5], "t": [10, 9, "", 9]}) as table:
        encoder = Encoder.fit(table, Recipe(target="t", task="multiclass", inputs=("x",)), np.arange(4))
        assert encoder.class_names == ("9", "10")
        with pytest.raises(DataError, match="no number in any training row"):
            Encoder.fit(table, Recipe(target="t", task="regression", inputs=("x",)), np.array([2]))


def test_many_categories_share_an_other_input(tmp_path: Path) -> None:
    """The 50 most common, of more than the profile lists, keep an input; the rest, known or not, light up 'other'."""
    values = [f"c{i:02}" for i in range(80)] * 2 + [f"c{i:02}" for i in range(50)]
    with table_of(tmp_path, {"c": values, "t": [i % 2 for i in range(210)]}) as table:
        encoder = Encoder.fit(table, Recipe(target="t", task="binary", inputs=("c",)), np.arange(210))
        assert encoder.features[0].categories == tuple(f"c{i:02}" for i in range(50))
        assert encoder.n_inputs == 51
        assert encoder.input_names[-1] == "other"
        assert encoder.encode_row({"c": "c55"})[-1] == 1.0
        assert encoder.encode_row({"c": "new"}).sum() == 1.0


def test_other_ways_to_fill(tmp_path: Path) -> None:
    """Missing numbers can be the mean or zero, missing categories none of the known ones."""
    with table_of(tmp_path, COLUMNS) as table:
        for number_fill, value in (("mean", 45.0), ("zero", 0.0)):
            recipe = Recipe(
                target="Exited",
                task="binary",
                inputs=("Age", "Geography"),
                number_fill=number_fill,  # type: ignore[arg-type]
                category_fill="none of them",
            )
            encoder = Encoder.fit(table, recipe, TRAIN)
            assert encoder.features[0].fill == value
            assert encoder.encode(table)[3, 1:].tolist() == [0, 0, 0]


def test_a_dataset_is_ready_to_learn_from(tmp_path: Path) -> None:
    """Rows without a target are left out, parts cover the rest once, raw rows lead back to the file."""
    columns = {
        "x": [i / 3 for i in range(40)],
        "y": ["a", "b", "", "a"] * 10,
    }
    with table_of(tmp_path, columns) as table:
        dataset = build_dataset(table, suggest_recipe(table), progress=lambda share: None)
        assert (len(dataset.X), dataset.n_left_out, dataset.name) == (30, 10, "file.csv")
        assert sorted([*dataset.train, *dataset.validation, *dataset.test]) == list(range(30))
        assert dataset.raw(2) == table.rows(3, 1)[0]
        X, Y = dataset.part("validation")
        assert X.shape == (len(dataset.validation), 1)
        assert Y.dtype == np.float32
        assert dataset.recipe.scaling == "tails" and dataset.encoder.features[0].scaling == "tails"
        assert abs(float(dataset.part("train")[0].astype(float).mean())) < 1e-6  # none of them is far
        assert not dataset.X.flags.writeable


def test_recipes_that_do_not_fit(tmp_path: Path) -> None:
    """No inputs, an unknown column, the target among the inputs, an empty column: each is refused."""
    columns = COLUMNS | {"Nothing": [""] * 6}
    with table_of(tmp_path, columns) as table:
        for inputs in ((), ("Exited",), ("gone",), ("Nothing",)):
            with pytest.raises(DataError):
                build_dataset(table, Recipe(target="Exited", task="binary", inputs=inputs))
        with pytest.raises(DataError):
            build_dataset(table, Recipe(target="Nothing", task="binary", inputs=("Age",)))
