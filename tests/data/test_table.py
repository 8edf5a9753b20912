"""Opening a file gives its rows, its numbers and a list of the lines that don't fit."""

from __future__ import annotations

import math
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from ann_viz.data import open_table
from ann_viz.data.store import remove_stale_folders
from ann_viz.errors import Cancelled, DataError


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "file.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for temporary files that no other process uses."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


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
    ("text", "line", "word"),
    [
        ("a,b\n" + "1,2\n" * 3000 + '5,"open\n6,7\n', 3002, "never closed"),
        ("a,b\n" + '1,"q"\n' * 3000 + '5,"mid"dle\n6,7\n', 3002, "middle"),
    ],
)
def test_malformed_quote_is_named_by_line(tmp_path: Path, text: str, line: int, word: str) -> None:
    """The message says which line and what to do."""
    with pytest.raises(DataError) as caught:
        open_table(write(tmp_path, text), overrides={"quote": '"'})
    assert caught.value.row == line
    assert word in str(caught.value)
    assert caught.value.hint


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


def test_progress_and_cancel(tmp_path: Path, temporary: Path) -> None:
    """Progress rises to 1; a cancelled opening leaves nothing behind."""
    path = write(tmp_path, "a,b\n" + "1,2\n" * 10000)
    seen: list[float] = []
    with open_table(path, progress=seen.append) as table:
        assert table.n_rows == 10000
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    with pytest.raises(Cancelled):
        open_table(path, cancelled=lambda: True)
    assert not list(temporary.iterdir())


def test_temporary_files_go_with_the_table(tmp_path: Path, temporary: Path) -> None:
    """Closing removes the folder; reading afterwards says what happened."""
    table = open_table(write(tmp_path, "a,b\n1,2\n3,4\n"))
    assert len(list(temporary.iterdir())) == 1
    table.close()
    table.close()
    assert not list(temporary.iterdir())
    with pytest.raises(DataError, match="closed"):
        table.rows()


def test_folders_of_a_crash_are_removed(tmp_path: Path) -> None:
    """A folder of a process that is gone is removed, one of a running process stays."""
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    stale = Path(tempfile.mkdtemp(prefix=f"ann_viz-{int(gone.stdout)}-"))
    with open_table(write(tmp_path, "a,b\n1,2\n3,4\n")):
        assert not stale.exists()
        assert remove_stale_folders() == 0


def test_file_on_disk_reads_as_one_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table too large for memory lives in a file and reads the same."""
    monkeypatch.setattr("ann_viz.data.store._SMALL", 0)
    with open_table(write(tmp_path, "a,b\n1,2\n3,4\n")) as table:
        assert table.rows() == [("1", "2"), ("3", "4")]


def test_every_row_of_another_width(tmp_path: Path) -> None:
    """A header wider than all rows is an error that names the first row."""
    with pytest.raises(DataError) as caught:
        open_table(write(tmp_path, "a,b,c\n1,2\n3,4\n"), overrides={"delimiter": ",", "header": True, "skip_lines": 0})
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
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).resolve().parents[2])
