"""Columns stored as numbers show the texts of the file all the same, whatever stands among the numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ann_viz.data import Table
from ann_viz.data.columns.column import OddCell
from ann_viz.data.database.opening import Bar, load_file

N = 2000
NAMES = ("id", "yes", "age", "amount", "delta")
TYPES = {"id": "SMALLINT", "yes": "TINYINT", "age": "SMALLINT", "delta": "INTEGER"}
ODD = (
    *("1e5", "1e2", "100.0", "0x1F", "0x5F5E100", "+7", "007", "-0", " 5", "5 ", "1_000", "5.", "1E3", "+-1"),
    *("unknown", "12.3*", "99999999999999999999", "2147483648", "inf", "NA", "true", "\uff11\uff12", "\u00a05"),
)
ROWS = [
    [str(n), str(n % 2), str(18 + n * 7 % 70), f"{n * 7919 % 1000 / 8:.2f}", str(n * 31 % 9000 - 400)] for n in range(N)
]


@pytest.fixture(autouse=True)
def _however_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ann_viz.data.database.load._MANY", 0)


def opened(folder: Path, rows: list[list[str]], **overrides: object) -> tuple[Table, dict[str, str]]:
    """A table of these rows, and names and types of its columns whose texts are made of numbers."""
    path = folder / "file.csv"
    path.write_text(",".join(NAMES) + "\n" + "".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    found = load_file(path, overrides, {}, Bar(None), None)
    return Table(path, found), {NAMES[place]: kind for place, kind in found.store.numbers.whole.items()}


def with_cells(text: str, *places: int) -> list[list[str]]:
    """The rows with a text in some cells of two that no sample holds."""
    odd = [n in (1234, 1777) for n in range(N)]
    return [
        [text if odd[n] and place in places else cell for place, cell in enumerate(row)] for n, row in enumerate(ROWS)
    ]


def test_whole_numbers_stand_for_their_texts(tmp_path: Path) -> None:
    """Cells, numbers, different values, order and pages are those of the texts."""
    table, whole = opened(tmp_path, ROWS)
    with table:
        assert whole == TYPES
        assert table.rows() == [tuple(row) for row in ROWS]
        assert np.array_equal(table.numbers(3), [float(row[3]) for row in ROWS])
        assert table.values(1) == ("0", "1")
        assert table.codes(2, ("20", "18")).tolist() == [{"20": 0, "18": 1}.get(row[2], -2) for row in ROWS]
        lowest = min(range(N), key=lambda n: int(ROWS[n][4]))
        assert table.page(0, 1, order=(4, False)).rows[0] == (lowest, tuple(ROWS[lowest]))
        assert [column.kind for column in table.columns] == ["identifier", "yes_no", "number", "number", "number"]


@pytest.mark.parametrize("text", ODD)
def test_cells_written_in_another_way_stay_as_they_are(text: str, tmp_path: Path) -> None:
    """They turn up where nobody looked before loading: what is shown is the text, without blanks around it."""
    rows = with_cells(text, 2, 3)
    shown = text.strip(" \u00a0")
    cell = None if text == "NA" else shown
    table, whole = opened(tmp_path, rows)
    with table:
        assert "age" not in whole
        assert table.rows() == [
            tuple(row) if row == plain else (*row[:2], cell, cell, row[4])
            for row, plain in zip(rows, ROWS, strict=True)
        ]
        if text in ("unknown", "12.3*", "0x1F", "1_000"):
            odd = [table.columns[place].odd_cells for place in (2, 3)]
            assert odd == [(OddCell(text=shown, count=2, first_row=1234),)] * 2


def test_a_number_that_means_missing_is_looked_for_in_the_texts(tmp_path: Path) -> None:
    """Numbers stored as such would hide it."""
    table, whole = opened(tmp_path, ROWS, missing=("", "18"))
    with table:
        assert whole == {}
        assert table.columns[2].n_missing == sum(row[2] == "18" for row in ROWS)


def test_rows_that_do_not_fit_are_left_out_and_the_others_stored_as_numbers(tmp_path: Path) -> None:
    """They are named by their line."""
    rows = [*ROWS[:900], ["900", "1"], *ROWS[900:], ["7"] * 6, *ROWS[:3]]
    table, whole = opened(tmp_path, rows)
    with table:
        assert [bad.line for bad in table.bad_lines] == [902, N + 3]
        assert whole == TYPES
        assert table.rows() == [tuple(row) for row in (*ROWS, *ROWS[:3])]


def test_empty_cells_of_whole_numbers_are_missing(tmp_path: Path) -> None:
    """As they are among texts."""
    table, whole = opened(tmp_path, with_cells("", 2))
    with table:
        assert whole == TYPES
        assert (table.columns[2].n_missing, table.rows(1234, 1)[0][2]) == (2, None)
