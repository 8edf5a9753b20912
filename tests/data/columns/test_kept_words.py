""" "None" and "NA" stay values of columns where they are one of a few texts, through the model and back."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest

from ann_viz.data import Table, build_dataset, open_table, suggest_recipe

ROWS = 60


def opened(folder: Path, values: Sequence[str], **overrides: object) -> Table:
    path = folder / "file.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["kind", "x", "answer"])
        writer.writerows([value, "NA" if i % 7 == 0 else i * 7 % 23, "yn"[i % 2]] for i, value in enumerate(values))
    return open_table(path, overrides={"header": True, **overrides})


@pytest.mark.parametrize("fetched", [20_000, 0])
def test_a_word_among_few_texts_is_a_value_of_that_column_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fetched: int
) -> None:
    """The other column's NA means missing, also in rows that have both."""
    monkeypatch.setattr("ann_viz.data.columns.profile._FETCHED_ROWS", fetched)
    values = ["NA", "Grvl", "Pave"] * (ROWS // 3)
    with opened(tmp_path, values) as table:
        assert table.dialect.kept_words == (("kind", "NA"),)
        kind, x = table.columns[:2]
        assert (kind.kind, dict(kind.categories), kind.n_missing) == (
            "category",
            dict.fromkeys(("Grvl", "NA", "Pave"), ROWS // 3),
            0,
        )
        assert (x.kind, x.n_missing, x.missing_words) == ("number", 9, (("NA", 9),))
        assert list(table.texts(0)) == values
        recipe = suggest_recipe(table, "kind")
        assert recipe.task == "multiclass"
        dataset = build_dataset(table, recipe)
        assert (len(dataset.X), dataset.encoder.class_names) == (ROWS, ("Grvl", "NA", "Pave"))
    with opened(tmp_path, values, kept_words=(("kind", "NA"),)) as table:
        assert dict(table.columns[0].categories)["NA"] == ROWS // 3


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        (["None", *["Grvl", "Pave"] * 40], True),
        (["NA", *["Grvl", "Pave"] * 40], False),
        (["NA", "yes", "no"] * 20, False),
        (["NA", "1", "2"] * 20, False),
        (["NA", "0-9", "10-19"] * 20, False),
        (["NA", *(f"name {i}" for i in range(30))] * 2, False),
        (["NULL", "Grvl", "Pave"] * 20, False),
        (["n/a", "Grvl"] * 30, False),
    ],
)
def test_when_a_word_is_a_value(tmp_path: Path, values: list[str], kept: bool) -> None:
    """None always, NA where it is frequent; not among numbers, answers and many texts."""
    with opened(tmp_path, values) as table:
        assert bool(table.dialect.kept_words) == kept


@pytest.mark.parametrize("overrides", [{"missing": ("", "NA")}, {"kept_words": ()}])
def test_what_the_user_says_wins(tmp_path: Path, overrides: dict[str, object]) -> None:
    """A list of words that was given, or that none is kept, is not doubted."""
    with opened(tmp_path, ["NA", "Grvl", "Pave"] * 20, **overrides) as table:
        assert (table.dialect.kept_words, table.columns[0].n_missing) == ((), 20)


def test_wide_tables_keep_words_as_said(tmp_path: Path) -> None:
    """Loaded in another way, the cells of the columns named are values all the same."""
    path = tmp_path / "wide.csv"
    width = 210
    lines = [",".join(f"c{i}" for i in range(width))]
    lines += [",".join(["NA" if i in (3, 4) else str(row * i) for i in range(width)]) for row in range(4)]
    path.write_text("\n".join(lines), encoding="utf-8")
    with open_table(path, overrides={"kept_words": (("c3", "NA"),)}) as table:
        assert (table.columns[3].n_missing, table.columns[4].n_missing) == (0, 4)


def test_a_typed_word_is_the_category_it_is_called(tmp_path: Path) -> None:
    """What is typed for one row is read as in the file."""
    with opened(tmp_path, ["NA", "Grvl", "Pave"] * 20) as table:
        dataset = build_dataset(table, suggest_recipe(table, "answer"))
        inputs = dataset.encoder.encode_row({"kind": "NA", "x": "NA"})
        assert dict(zip(dataset.encoder.input_names, inputs, strict=True))["NA"] == 1.0
