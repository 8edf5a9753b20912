"""Numbers that stand for "not measured" are noticed, in inputs and target, however many rows have them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ann_viz.data import build_dataset, find, open_table, suggest_recipe
from ann_viz.data.columns.sentinels import sentinels_in


def written(folder: Path, columns: dict[str, list[object]]) -> Path:
    path = folder / "file.csv"
    rows = zip(*columns.values(), strict=True)
    lines = [",".join(columns), *(",".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def measured(n: int = 200) -> list[object]:
    return [round(10 + 7919 * i % 997 / 12, 2) for i in range(n)]


@pytest.mark.parametrize("value", [-999, -200, 9999, 999, -9999, -99])
@pytest.mark.parametrize("every", [2, 50])
@pytest.mark.parametrize("rows", [0, 20_000])
def test_a_repeated_value_far_from_all_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: int, every: int, rows: int
) -> None:
    """It may stand in half of the rows or in a few; the database finds the same."""
    monkeypatch.setattr("ann_viz.data.columns.profile._FETCHED_ROWS", rows)
    monkeypatch.setattr("ann_viz.data.columns.measuring._FEW_VALUES", 5)
    values = [value if i % every == 0 else x for i, x in enumerate(measured())]
    with open_table(written(tmp_path, {"x": values, "answer": ["a", "b"] * 100})) as table:
        assert table.columns[0].sentinels == ((value, 200 // every),)


def test_a_round_number_far_below_all(tmp_path: Path) -> None:
    """-200 among temperatures some of which are below zero, and a debt of 400 among balances."""
    frost = [-200 if i % 9 == 0 else round(x / 4 - 10, 1) for i, x in enumerate(map(float, map(str, measured())))]
    debts = [-400 if i % 9 == 0 else -100 + 13 * i for i in range(200)]
    with open_table(written(tmp_path, {"t": frost, "b": debts, "answer": ["a", "b"] * 100})) as table:
        assert table.columns[0].sentinels == ((-200, 23),)
        assert table.columns[1].sentinels == ()


def test_minus_one_among_numbers_that_begin_far_above(tmp_path: Path) -> None:
    """An age of -1 is none; among days since the last call, changes and temperatures -1 is near the others."""
    ages, waited = ([-1 if i % 20 == 0 else low + i % 44 for i in range(200)] for low in (19, 1))
    change = [-1 if i % 20 == 0 else -3 + i % 44 for i in range(200)]
    with open_table(written(tmp_path, {"a": ages, "w": waited, "c": change, "answer": ["a", "b"] * 100})) as table:
        assert [column.sentinels for column in table.columns[:3]] == [((-1, 10),), (), ()]


def test_no_answer_among_few_answers(tmp_path: Path) -> None:
    """99 and -9 beside the answers 1 to 5 of a questionnaire, however few they are; 9 and 10 are answers."""
    asked = {f"q{code}": [code if i % 9 == 0 else 1 + i % 5 for i in range(200)] for code in (99, -9, 9, 10)}
    with open_table(written(tmp_path, {**asked, "answer": ["a", "b"] * 100})) as table:
        assert [column.sentinels for column in table.columns[:4]] == [((99, 23),), ((-9, 23),), (), ()]


def test_two_of_them(tmp_path: Path) -> None:
    """-99 refused, -98 not asked."""
    values = [[-99, -98, x, x, x][i % 5] for i, x in enumerate(measured())]
    with open_table(written(tmp_path, {"x": values, "answer": ["a", "b"] * 100})) as table:
        assert table.columns[0].sentinels == ((-99, 40), (-98, 40))


@pytest.mark.parametrize(
    "values",
    [
        measured(),
        [20 + i % 60 for i in range(200)],
        [0, 0, 0, *range(100, 297)],  # a finding of its own
        [*range(199), 100_000],  # an outlier that does not repeat
        [1, 2, 3, 99] * 50,  # too few values to say what is far
        [*range(30, 130)] * 2,
        [30 if i % 14 == 0 else i % 10 for i in range(200)],  # 30 rooms, not "not counted"
        [24 if i % 4 == 0 else 1 + i % 8 for i in range(200)],
        [(9, 19, 49, 99, 149, 199, 249, 299, 499, 999)[i % 10] for i in range(200)],
    ],
)
@pytest.mark.parametrize("in_database", [False, True])
def test_plain_numbers_have_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, values: list[object], in_database: bool
) -> None:
    """Ranges, zeros, single outliers, few values, numbers nobody chose and prices are left alone."""
    if in_database:
        monkeypatch.setattr("ann_viz.data.columns.profile._FETCHED_ROWS", 0)
        monkeypatch.setattr("ann_viz.data.columns.measuring._FEW_VALUES", 5)
    with open_table(written(tmp_path, {"x": values, "answer": ["a", "b"] * 100})) as table:
        assert table.columns[0].sentinels == ()


def test_known_days() -> None:
    """1 January 1900 and 31 December 9999 stand for no date; another first day does not."""
    days = [(float(day), 3) for day in range(19000, 19100)]
    none, never = (-25567.0, 5), (2932896.0, 5)
    assert sentinels_in([none, *days[:3]], [days[-1], days[-2]], 101, date=True) == (none,)
    assert sentinels_in(days[:4], [never, days[-1]], 101, date=True) == (never,)
    assert sentinels_in([(-9000.0, 5), *days[:3]], [days[-1], days[-2]], 101, date=True) == ()


def test_one_click_reads_it_as_missing(tmp_path: Path) -> None:
    """The offer leaves these rows of the target out, and the value is none in other files either."""
    path = written(tmp_path, {"x": measured(), "y": [-999 if i % 5 == 0 else x for i, x in enumerate(measured())]})
    with open_table(path) as table:
        finding = next(f for f in find(table, suggest_recipe(table, "y")) if f.kind == "sentinel")
        assert "−999 in 40 rows" in finding.sentence
        assert finding.offer is not None
        reading = finding.offer.reading
    with open_table(path, overrides=reading) as table:
        assert table.columns[1].minimum >= 10
        dataset = build_dataset(table, suggest_recipe(table, "y"))
        assert len(dataset.X) == 160
        assert dataset.encoder.target_form == " without -999.0"
        assert (table.columns[1].n_missing, table.columns[1].n_odd, table.columns[1].n_blank) == (40, 0, 0)
        (told,) = (f for f in find(table, suggest_recipe(table, "y")) if "y" in f.columns and f.kind != "few rows")
        assert (told.kind, told.severity, told.done) == ("absent", "info", True)
        assert told.sentence == "y: −999 is read as missing (40 rows), left out"
        assert told.offer is not None
        reading = told.offer.reading
    with open_table(path, overrides=reading) as table:
        assert table.columns[1].sentinels == ((-999, 40),)


@pytest.mark.parametrize("in_database", [False, True])
def test_odd_cells_beside_a_number_read_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_database: bool
) -> None:
    """'oops' is no number, -999 and -999.0 are, and an empty cell is neither: each is counted for itself."""
    if in_database:
        monkeypatch.setattr("ann_viz.data.columns.profile._FETCHED_ROWS", 0)
        monkeypatch.setattr("ann_viz.data.columns.measuring._FEW_VALUES", 5)
    values = ["oops", "", "-999", "-999.0", *measured()[4:]]
    path = written(tmp_path, {"x": values, "answer": ["a", "b"] * 100})
    with open_table(path, overrides={"forms": (("x", " without -999.0"),)}) as table:
        column = table.columns[0]
        assert (column.n_missing, column.n_odd, column.n_blank) == (4, 1, 1)
        assert column.absent == ((-999, 2),)
        assert [cell.text for cell in column.odd_cells] == ["oops"]
        assert table.texts(0)[:4].tolist() == [None] * 4
        assert np.isnan(table.numbers(0)[:4]).all()
        assert column.n_distinct == len(set(values[4:]))
        told = {f.kind: f.sentence for f in find(table, suggest_recipe(table, "answer")) if "x" in f.columns}
        assert told["absent"] == "x: −999 is read as missing (2 rows)"
        assert "1 cell is no number: 'oops' (row 1)" in told["odd cells"]
        assert told["missing"].startswith("x has no value in 1 row (")


def test_what_failed_together_predicts_nothing(tmp_path: Path) -> None:
    """Where all sensors write -200 in the same rows, none of them is called a perfect predictor."""
    noise = np.random.default_rng(3).normal(500, 90, (10, 400)).round(1)
    noise[:, ::9] = -200
    columns: dict[str, list[object]] = {f"s{i}": list(row) for i, row in enumerate(noise)}
    with open_table(written(tmp_path, columns)) as table:
        found = find(table, suggest_recipe(table, "s0"))
        assert not [finding for finding in found if finding.kind == "leak"]
        told = next(finding for finding in found if finding.kind == "sentinel")
        assert len(told.columns) == 10
        assert told.offer is not None
        reading = told.offer.reading
    with open_table(written(tmp_path, columns), overrides=reading) as table:
        assert all(column.minimum > 0 for column in table.columns)
        (told,) = (f for f in find(table, suggest_recipe(table, "s0")) if f.kind == "absent")
        assert told.sentence == "s0, s1, s2 and 7 more: −200 is read as missing (450 cells)"
