"""A column of numbers or dates with a few cells that are neither stays one, and exactly these cells are named."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ann_viz.data import Column, Plan, Table, apply_offer, build_dataset, find, open_table, suggest_recipe
from ann_viz.session.importing.advice import Suggestion
from ann_viz.session.importing.choices import ImportChoices
from ann_viz.session.importing.sentences import summary

N = 120
NUMBERS = [round(1000.0 + 7919 * i % 9973 + i / 7, 2) for i in range(N)]
LOCALES = {
    "plain": lambda x: f"{x:.2f}",
    "english": lambda x: f"{x:,.2f}",
    "german": lambda x: f"{x:,.2f}".translate(str.maketrans(",.", ".,")),
    "swiss": lambda x: f"{x:,.2f}".replace(",", "’"),
    "french": lambda x: f"{x:,.2f}".replace(",", "\u202f").replace(".", ","),
    "comma": lambda x: f"{x:.2f}".replace(".", ","),
    "dollars": lambda x: f"${x:,.2f}",
    "kilograms": lambda x: f"{x:.2f} kg",
    "exponents": lambda x: f"{x:.5E}".replace(".", ","),
}
ODD = ("unknown", "Everyone", "<0.5", "12.3*", "$$$$$$", "-----", "#DIV/0!", "n.a.", "(null)", "…", "4 [2]", "inf")
_few = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def opened(folder: Path, values: Sequence[str], name: str = "x", **overrides: object) -> Table:
    path = folder / "file.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([name, "group", "answer"])
        writer.writerows([value, "ab"[i % 2], ["yes", "no", "no"][i % 3]] for i, value in enumerate(values))
    return open_table(path, overrides={"delimiter": ";", "header": True, "skip_lines": 0} | overrides)


def profiled(folder: Path, values: Sequence[str], name: str = "x", **overrides: object) -> Column:
    with opened(folder, values, name, **overrides) as table:
        return table.columns[0]


@_few
@given(
    locale=st.sampled_from(sorted(LOCALES)),
    odd=st.dictionaries(st.integers(0, N - 1), st.sampled_from(ODD), max_size=N // 10),
    in_database=st.booleans(),
)
def test_exactly_the_odd_cells_are_named(tmp_path: Path, locale: str, odd: dict[int, str], in_database: bool) -> None:
    """Numbers in the marks of any country are read to the last digit; what is none is counted, with its first row."""
    texts = [odd.get(i, LOCALES[locale](x)) for i, x in enumerate(NUMBERS)]
    with pytest.MonkeyPatch.context() as patch:
        if in_database:
            patch.setattr("ann_viz.data.columns.profile._FETCHED_ROWS", 0)
            patch.setattr("ann_viz.data.columns.measuring._FEW_VALUES", 5)
        with opened(tmp_path, texts) as table:
            column, read = table.columns[0], table.numbers(0)
    right = np.array([np.nan if i in odd else x for i, x in enumerate(NUMBERS)])
    np.testing.assert_allclose(read, right, rtol=1e-5 if locale == "exponents" else 1e-12)
    assert column.kind == "number"
    assert column.n_odd == column.n_missing == len(odd)
    counts = {text: list(odd.values()).count(text) for text in odd.values()}
    assert {cell.text: cell.count for cell in column.odd_cells} == counts
    assert {cell.text: cell.first_row for cell in column.odd_cells} == {
        text: min(row for row, other in odd.items() if other == text) for text in counts
    }


@pytest.mark.parametrize(
    "word", ["unknown", ".", "..", "n.a.", "#DIV/0!", "<NA>", "NaT", "(null)", "нет", "fehlt", "k.A."]
)
def test_a_word_that_repeats_among_numbers_means_missing(tmp_path: Path, word: str) -> None:
    """Whatever the word: a fifth of the cells hold it, and the others are different numbers."""
    column = profiled(tmp_path, [word if i % 5 == 0 else f"{i / 7:.3f}" for i in range(100)])
    assert (column.kind, column.n_missing, column.n_odd, column.missing_words) == ("number", 20, 20, ())


@pytest.mark.parametrize(
    "values",
    [
        ["2", "3", "4", "5more"] * 30,
        ["36", "38", "40", "S", "M", "L"] * 20,
        [f"{84000 + i}" for i in range(95)] + [f"{85000 + i}A" for i in range(8)],
        [f"{i:05}" for i in range(95)] + ["none"],
        ["1", "2", "3", "4", "5", "6", "7", "8", "x"],
        ["0"] * 199 + ["x"],
        ["1", "2", "3"] * 30 + ["crew"] * 8,
        ["2", "3", "4", "5"] * 30 + ["6more"] * 8,
    ],
)
def test_codes_and_categories_stay_what_they_are(tmp_path: Path, values: list[str]) -> None:
    """Few numbers beside a word that repeats, stock numbers with letters, and leading zeros are no measurements."""
    column = profiled(tmp_path, values)
    assert column.kind != "number"
    assert column.n_odd == 0


@pytest.mark.parametrize(
    ("numbers", "word", "n"), [(range(20, 39), "unknown", 2), (range(1, 11), "bad", 3), (range(1, 5), "?!", 10)]
)
def test_a_word_that_repeats_among_few_numbers(tmp_path: Path, numbers: range, word: str, n: int) -> None:
    """Ages from 20 to 38 and marks from 1 to 10 are numbers, also where a twentieth of the cells hold one word."""
    values = [str(numbers[i % len(numbers)]) for i in range(200 - n)] + [word] * n
    with opened(tmp_path, values) as table:
        column = table.columns[0]
        assert (column.kind, column.n_odd, column.n_missing) == ("number", n, n)
        assert (column.minimum, column.maximum) == (numbers[0], numbers[-1])
        kinds = [finding.kind for finding in find(table, suggest_recipe(table)) if "x" in finding.columns]
        assert kinds.count("odd cells") == 1 and set(kinds) <= {"odd cells", "codes"}


@pytest.mark.parametrize("in_database", [False, True])
def test_beside_yes_and_no_a_few_cells_are_odd(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_database: bool
) -> None:
    """'maybe' once in 200 rows is told and left out; it makes no third class, in whatever spellings the others are."""
    if in_database:
        monkeypatch.setattr("ann_viz.data.columns.profile._FETCHED_ROWS", 0)
    values = ["maybe", *(["yes", "no", "No", "yes", "no"][i % 5] for i in range(199))]
    with opened(tmp_path, values) as table:
        column = table.columns[0]
        assert (column.kind, column.positive, column.n_odd, column.n_missing) == ("yes_no", "yes", 1, 1)
        assert dict(column.categories) == {"no": 119, "yes": 80}
        assert column.spellings == (("No", "no", 40),)
        assert (table.texts(0)[0], table.values(0)) == (None, ("no", "yes"))
        recipe = suggest_recipe(table, "x")
        assert recipe.task == "binary"
        told = next(finding for finding in find(table, recipe) if finding.kind == "odd cells")
        assert told.sentence == ("x holds 'yes' and 'no', but 1 cell is neither: 'maybe' (row 1): its row is left out")
        dataset = build_dataset(table, recipe)
        assert (len(dataset.X), dataset.Y.sum()) == (199, 80)
        assert told.offer is not None
        reading = told.offer.reading
    with opened(tmp_path, values, **reading) as table:
        assert (table.columns[0].kind, table.columns[0].n_distinct) == ("category", 4)


def test_a_third_answer_is_a_class(tmp_path: Path) -> None:
    """One in twenty answers 'maybe': that is an answer of its own."""
    column = profiled(tmp_path, ["maybe", *["yes", "no"] * 9, "no"] * 10)
    assert (column.kind, column.n_distinct, column.n_odd) == ("category", 3, 0)


def test_a_large_share_of_odd_cells_is_told(tmp_path: Path) -> None:
    """A third of the floors are 'ground': numbers with holes, and the sentence says how many."""
    values = ["ground" if i % 3 == 0 else str(1 + i % 30) for i in range(120)]
    with opened(tmp_path, values, "floor") as table:
        told = next(finding for finding in find(table, suggest_recipe(table)) if finding.kind == "odd cells")
        assert told.sentence == (
            "floor holds numbers, but 40 cells (33\u00a0%) are no number: "
            "'ground' (40×, first in row 1): read as missing"
        )


def test_dates_have_odd_cells_too(tmp_path: Path) -> None:
    """31 February and 0000-00-00 are no dates, and do not make texts of all the others."""
    days = [f"{1 + i % 28:02}/{1 + i % 12:02}/2023" for i in range(60)]
    column = profiled(tmp_path, [*days, "31/02/2023", "0000-00-00"])
    assert (column.kind, column.n_odd) == ("date", 2)
    assert [cell.text for cell in column.odd_cells] == ["31/02/2023", "0000-00-00"]


@pytest.mark.parametrize("in_database", [False, True])
def test_rows_with_odd_cells_can_be_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_database: bool
) -> None:
    """One click learns from the other rows, those with an empty cell among them; a second one is the way back."""
    if in_database:
        monkeypatch.setattr("ann_viz.data.columns.profile._FETCHED_ROWS", 0)
    values = ["bad", "", "bad", *map(str, NUMBERS)]
    with opened(tmp_path, values) as table:
        recipe = suggest_recipe(table, "answer")
        (odd,) = (finding for finding in find(table, recipe) if finding.kind == "odd cells")
        assert odd.offer is not None
        assert [offer.label for offer in (odd.offer, *odd.further)] == ["Leave the rows out", "Treat as text"]
        recipe = apply_offer(table, recipe, odd.offer)
        dataset = build_dataset(table, recipe)
        assert (len(dataset.X), dataset.n_left_out, dataset.source_rows[0]) == (N + 1, 2, 1)
        choices = ImportChoices(table, Suggestion(recipe=recipe))
        assert (choices.n_odd_rows, choices.n_usable) == (2, N + 1)
        assert "<b>121 rows</b> will be used, 2 left out with odd cells" in str(summary(choices))
        (odd,) = (finding for finding in find(table, recipe) if finding.kind == "odd cells")
        assert odd.offer is not None
        assert odd.sentence.endswith("'bad' (2×, first in row 1): their rows are left out")
        assert odd.offer.label == "Read as missing"
        assert len(build_dataset(table, apply_offer(table, recipe, odd.offer)).X) == N + 3


def test_rows_with_a_third_answer_can_be_left_out(tmp_path: Path) -> None:
    """Beside yes and no, what is neither is odd too; a category is learned from the rows without it."""
    values = ["maybe", *(["yes", "no"][i % 2] for i in range(199))]
    with opened(tmp_path, values) as table:
        recipe = replace(suggest_recipe(table, "answer"), inputs=("x", "group"))
        dataset = build_dataset(table, recipe.with_plan("x", Plan(leave_out_odd=True)))
        assert (len(dataset.X), dataset.source_rows[0]) == (199, 1)


def test_one_cell_does_not_turn_a_number_into_classes(tmp_path: Path) -> None:
    """The target stays a number; the odd row is left out, and its cell means no value wherever it is read."""
    with opened(tmp_path, [*(f"{1 + i % 41 / 10}" for i in range(100)), "Everyone"], "rating") as table:
        recipe = suggest_recipe(table, "rating")
        assert recipe.task == "regression"
        assert len(build_dataset(table, recipe).X) == 100
        assert table.texts(0)[100] is None
        assert "Everyone" not in table.values(0)


def test_a_column_can_be_read_as_text_all_the_same(tmp_path: Path) -> None:
    """What the user says of a column wins over its cells."""
    column = profiled(tmp_path, [*map(str, NUMBERS), "Everyone"], forms=[("x", "text")])
    assert (column.kind, column.n_odd, column.n_distinct) == ("text", 0, N + 1)


def test_odd_cells_are_told_once(tmp_path: Path) -> None:
    """Two bad cells and an empty one: each is counted in one sentence, and stands in one list."""
    values = ["bad", "bad", "", *map(str, NUMBERS)]
    with opened(tmp_path, values) as table:
        column = table.columns[0]
        assert (column.n_missing, column.n_odd, column.n_blank, column.missing_words) == (3, 2, 1, (("", 1),))
        told = {f.kind: f.sentence for f in find(table, suggest_recipe(table)) if "x" in f.columns}
        assert told["missing"] == "x has no value in 1 row (1\u00a0%)"
        assert "2 cells are no number: 'bad' (2×, first in row 1)" in told["odd cells"]
