"""On which line of its file every row of a table stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.data import open_table
from ann_viz.data.files.source_lines import LineNotes


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 4)), min_size=1))
def test_any_rows_are_found_again(steps: list[tuple[int, int]]) -> None:
    """Rows in runs, with gaps between them, whichever range is asked for."""
    notes, expected, line = LineNotes(), [], 0
    for gap, n in steps:
        line += gap
        notes.rows_from(line, n)
        expected += range(line, line + n)
        line += max(0, n - 1)
    found = notes.noted()
    for start in range(len(expected)):
        assert found.of(start, len(expected)).tolist() == expected[start:]


@pytest.mark.parametrize(
    ("text", "lines", "bad"),
    [
        ("a,b\n1,2\n3,4\n", [2, 3], []),
        ("a,b\r\n1,2\r\n3,4\r\n", [2, 3], []),
        ("1,2\n3,4\n5,6\n", [1, 2, 3], []),
        ("1,2\n3,4,5\n5,6\n7,8\n", [1, 3, 4], [2]),
        ('a,b\n1,"x\ny"\n3,z\n5,u\n', [2, 4, 5], []),
        ("a,b\n1,2\n\n\n3,4\n", [2, 5], []),
        ("a,b\n1,2\n3\n4,5\n6,7,8\n9,9\n", [2, 4, 6], [3, 5]),
        ("Sales of May\n\na,b\n1,2\n3,4\n", [4, 5], []),
        ("a,b\n1,2\na,b\n3,4\n", [2, 4], []),
        ("a,b\n1,2\n" + "3,4\n" * 5 + "5\n6,7\n", [2, 3, 4, 5, 6, 7, 9], [8]),
    ],
)
def test_rows_of_a_file_know_their_lines(tmp_path: Path, text: str, lines: list[int], bad: list[int]) -> None:
    """Rows of several lines, blank lines, titles, repeated names, rows that don't fit: counted as an editor does."""
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode())
    with open_table(path) as table:
        assert table.lines.of(0, table.n_rows).tolist() == lines
        assert table.lines.bad.tolist() == bad


def test_a_long_plain_file_with_an_odd_end(tmp_path: Path) -> None:
    """What is counted block by block goes on where the careful reading begins."""
    path = tmp_path / "t.csv"
    path.write_text("number,word\n" + "".join(f"{n},some words\n" for n in range(100_000)) + '7,"a\nb"\n8\n9,x\n')
    with open_table(path) as table:
        found = table.lines.of(0, table.n_rows).tolist()
    assert found == [*range(2, 100_002), 100_002, 100_005]
    assert table.lines.bad.tolist() == [100_004]


def test_rows_of_a_sheet_are_those_that_the_sheet_shows() -> None:
    """The row of the spreadsheet, so that it can be looked up there."""
    with open_table(Path(__file__).parent / "book.xlsx") as table:
        first = int(table.lines.of(0, 1)[0])
        assert first == table.dialect.skip_lines + table.dialect.header_lines + 1
