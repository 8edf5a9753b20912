"""Opening a file gives its rows, its numbers and a list of the lines that don't fit."""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from small_files import write

from ann_viz.data import open_table
from ann_viz.errors import DataError

pytestmark = pytest.mark.usefixtures("temporary")


def test_rows_of_the_wrong_width_are_listed_and_left_out(tmp_path: Path) -> None:
    """Each is named by its line and row; the others are kept in order."""
    path = write(tmp_path, 'a,b,c\n1,"x\ny",3\n4,5\n\n6,7,8,9\n10,11,12\n')
    with open_table(path) as table:
        assert table.n_rows == 2
        assert table.rows() == [("1", "x\ny", "3"), ("10", "11", "12")]
        assert [(bad.line, bad.row, bad.expected, bad.found, bad.text) for bad in table.bad_lines] == [
            (4, 2, 3, 2, "4,5"),
            (6, 3, 3, 4, "6,7,8,9"),
        ]
        assert "expected 3 columns, found 2" in str(table.bad_lines[0])


@pytest.mark.parametrize(
    ("text", "line", "word", "n_rows"),
    [
        ("a,b\n" + "1,2\n" * 3000 + '5,"open\n6,7\n', 3002, "never closed", 3001),
        ("a,b\n" + '1,"q"\n' * 3000 + '5,"mid"dle\n6,7\n', 3002, "middle", 3001),
        ("a,b,c\n" + "1,2,3\n" * 50 + '4,"open,6\n7,8,9\n10,11,"x"\n', 52, "never closed", 52),
        ("a,b,c\n" + "1,2,3\n" * 50 + '4,"open,6\n7,8,9\n8,8,9\n10,x",11\n', 52, "never closed", 53),
        ("a,b\n" + "1,2\n" * 9 + '5,"' + "x" * 17_000_000 + "\n6,7\n", 11, "never closed", 10),
    ],
)
def test_malformed_quote_is_listed_by_line(tmp_path: Path, text: str, line: int, word: str, n_rows: int) -> None:
    """The row is listed with its line and what is wrong; reading goes on at the next line."""
    with open_table(write(tmp_path, text), overrides={"quote": '"'}) as table:
        assert table.n_rows == n_rows
        assert table.bad_lines[0].line == line
        assert word in table.bad_lines[0].problem
        assert f"line {line:,}" in str(table.bad_lines[0])
        assert table.n_bad == len(table.bad_lines)


QUOTE = '"'
RAGGED = 'a,b,c\n1,2,3\n4,5\n6,7,8,\n9,10,11,12\n13,"14,15\n16,17,18\n'


def test_rows_of_another_width_can_be_filled_up(tmp_path: Path) -> None:
    """Short rows get empty cells and empty surplus cells go; what would lose something is listed."""
    with open_table(write(tmp_path, RAGGED), overrides={"ragged": "pad", "quote": QUOTE}) as table:
        assert table.rows() == [("1", "2", "3"), ("4", "5", None), ("6", "7", "8"), ("16", "17", "18")]
        assert (table.n_padded, table.n_bad, table.n_edited) == (1, 2, 0)
        assert table.padded_lines == (3,)
        assert [bad.line for bad in table.bad_lines] == [5, 6]
        assert [bad.row for bad in table.bad_lines] == [4, 5]


def test_rows_can_be_edited(tmp_path: Path) -> None:
    """A corrected text takes the place of its row, an empty one leaves it out, a wrong one is listed as it is."""
    edits = {3: '4,"5, or so",6', 4: "", 5: "9,10", 6: "13,14,15", 7: "nothing to correct"}
    with open_table(write(tmp_path, RAGGED), overrides={"ragged": "pad", "quote": QUOTE}, edits=edits) as table:
        assert table.rows() == [("1", "2", "3"), ("4", "5, or so", "6"), ("13", "14", "15"), ("16", "17", "18")]
        assert (table.n_padded, table.n_bad, table.n_edited) == (0, 2, 2)
        assert [(bad.line, bad.text) for bad in table.bad_lines] == [(4, "6,7,8,"), (5, "9,10")]
        assert table.bad_lines[1].problem == "expected 3 columns, found 2"


def test_very_many_broken_rows_are_counted(tmp_path: Path) -> None:
    """All are counted though only the first 10,000 are listed."""
    with open_table(write(tmp_path, "a,b,c\n" + "1,2,3\n4,5,6,7\n8,9,10\n" * 12_000)) as table:
        assert (table.n_rows, table.n_bad, len(table.bad_lines)) == (24_000, 12_000, 10_000)


def test_numbers_and_texts(tmp_path: Path) -> None:
    """Decimal comma, thousands, currency, dates and missing words come out as numbers and None."""
    path = write(tmp_path, "a;b;c;d\n1,5;$ 1.000;NA;2020-01-02\n;-2.500,25;y;\n-3;?;z ;1970-01-01\n")
    with open_table(path) as table:
        assert (table.dialect.decimal, table.dialect.thousands) == (",", ".")
        np.testing.assert_array_equal(table.numbers(0), [1.5, math.nan, -3.0])
        np.testing.assert_array_equal(table.numbers(1), [1000.0, -2500.25, math.nan])
        np.testing.assert_array_equal(table.numbers(3), [18263.0, math.nan, 0.0])
        assert table.texts(2).tolist() == [None, "y", "z"]
        assert table.codes(2, ["z", "q"]).tolist() == [-1, -2, 0]
        assert table.rows(1, 1) == [(None, "-2.500,25", "y", None)]
        assert table.rows(9) == []
        assert table.column("d").kind == "date"
        with pytest.raises(DataError):
            table.column("nothing")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", " "])
def test_every_way_of_writing_reads_the_same(tmp_path: Path, encoding: str, end: str, delimiter: str) -> None:
    """Encodings, line ends and delimiters make no difference to what is read."""
    rows = [("naïve", "1.5"), ("two words", "2"), ('say "hi"', "3"), ("a,b;c", "4")] * 5
    lines = [("text", "number"), *(('"' + text.replace('"', '""') + '"', number) for text, number in rows)]
    path = write(tmp_path, "".join(delimiter.join(line) + end for line in lines), encoding)
    with open_table(path) as table:
        assert table.dialect.delimiter == delimiter
        assert table.rows() == rows


PEOPLE = "name,age,note\nAnna,9,x\nBob,10,Y\nChris,,x\nDora,-3,\nÉmile,100,ANNA\n"


@pytest.mark.parametrize(
    ("order", "contains", "expected"),
    [
        (None, None, [0, 1, 2, 3, 4]),
        ((1, False), None, [3, 0, 1, 4, 2]),
        ((1, True), None, [4, 1, 0, 3, 2]),
        ((0, True), None, [4, 3, 2, 1, 0]),
        (None, (None, "anna"), [0, 4]),
        (None, (0, "ANNA"), [0]),
        ((1, True), (None, "anna"), [4, 0]),
        (None, (None, ""), [0, 1, 2, 3, 4]),
        (None, (0, "É"), [4]),
        (None, (None, "nobody"), []),
    ],
)
def test_pages(
    tmp_path: Path, order: tuple[int, bool] | None, contains: tuple[int | None, str] | None, expected: list[int]
) -> None:
    """Rows come in any order and choice, numbers by size, and a row knows where it stands."""
    with open_table(write(tmp_path, PEOPLE)) as table:
        rows = table.rows()
        page = table.page(0, 100, order=order, contains=contains)
        assert page.n_found == len(expected)
        assert page.rows == [(place, rows[place]) for place in expected]
        assert [place for place, _ in table.page(1, 2, order=order, contains=contains).rows] == expected[1:3]
        for row in range(6):
            place = expected.index(row) if row in expected else None
            assert table.place_of(row, order, contains) == place


def test_parts_of_columns(tmp_path: Path) -> None:
    """Numbers, texts and codes of some rows are those of all rows, cut."""
    with open_table(write(tmp_path, PEOPLE)) as table:
        np.testing.assert_array_equal(table.numbers(1, start=1, stop=4), table.numbers(1)[1:4])
        assert table.texts(0, 3).tolist() == ["Dora", "Émile"]
        assert table.codes(2, ["x", "Y"], stop=3).tolist() == [0, 1, 0]
        assert table.codes(0, [str(i) for i in range(300)], 4, 5).tolist() == [-2]


def test_every_row_of_another_width(tmp_path: Path) -> None:
    """A header wider than all rows is an error that names the first row."""
    with pytest.raises(DataError) as caught:
        open_table(
            write(tmp_path, "a,b,c,d\n1,2\n3,4\n"), overrides={"delimiter": ",", "header": True, "skip_lines": 0}
        )
    assert caught.value.row == 2


def test_name_like_a_pattern(tmp_path: Path) -> None:
    """A file name with brackets and quotes is a name, not a pattern."""
    path = tmp_path / "it's [1] *.csv"
    path.write_text("a,b\n1,2\n3,4\n")
    with open_table(path) as table:
        assert table.n_rows == 2


def test_import_is_light() -> None:
    """Importing the package does not import the database."""
    code = "import sys, ann_viz.data; assert 'duckdb' not in sys.modules and 'chardet' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).resolve().parents[3])


def test_a_thrifty_table_takes_more_memory_where_it_needs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Little memory is a wish: a file that can't be read with it is read as usual."""
    path = tmp_path / "t.csv"
    path.write_text("a,b\n" + "".join(f"{n},{'words-' * 40}{n}\n" for n in range(200_000)))
    monkeypatch.setattr("ann_viz.data.database.store._THRIFTY_LIMIT", 1_000_000)
    with open_table(path, thrifty=True) as table:
        assert table.n_rows == 200_000
        assert table.rows(199_999)[0][0] == "199999"
