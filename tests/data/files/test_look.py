"""A first look says how a file is written, or in a plain sentence why it is not a table."""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import fields
from pathlib import Path

import pytest

from ann_viz.data import Dialect, look
from ann_viz.errors import DataError


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "file.csv"
    path.write_bytes(text.encode(encoding))
    return path


def refusal(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        look(path)
    assert caught.value.hint
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG"),
        (b"\xff\xd8\xff\xe0JFIF", "JPEG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "Excel"),
        (b"<!DOCTYPE html>\n<html><body>a,b</body></html>", "web page"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"a,b,c\n", "no rows"),
        (bytes(range(256)), "binary"),
        (b"a,b\n1,\0\n", "binary"),
    ],
)
def test_files_that_are_no_tables(tmp_path: Path, content: bytes, word: str) -> None:
    """Each gets one sentence that names what it is."""
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    assert word in refusal(path)


def test_workbook_json_folder_and_missing_file(tmp_path: Path) -> None:
    """A workbook, JSON, a folder and a file that is not there are named as such."""
    book = tmp_path / "book.csv"
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert "Excel" in refusal(book)
    assert "JSON" in refusal(write(tmp_path, json.dumps([{"a": 1, "b": 2}])))
    assert "JSON" in refusal(write(tmp_path, '{"a": 1}\n{"a": 2}\n'))
    assert "folder" in refusal(tmp_path)
    assert "no file" in refusal(tmp_path / "gone.csv")


@pytest.mark.skipif(os.name == "nt" or getattr(os, "geteuid", lambda: 0)() == 0, reason="this user may read everything")
def test_file_without_permission(tmp_path: Path) -> None:
    """A file that may not be read says so."""
    path = write(tmp_path, "a,b\n1,2\n")
    path.chmod(0)
    assert "may not be read" in refusal(path)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", " "])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    """The usual delimiters are found."""
    rows = ["name,size,colour", *(f"n{i},{i}.5,red" for i in range(20))]
    found = look(write(tmp_path, "\n".join(rows).replace(",", delimiter)))
    assert found.dialect.delimiter == delimiter
    assert found.names == ("name", "size", "colour")


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, expected: str) -> None:
    """Encodings with and without a mark are found."""
    found = look(write(tmp_path, "name,price\n" + "Citroën,5\nRenault,6\nCitroën,7\n" * 30, encoding))
    assert found.dialect.encoding == expected
    assert found.rows[0] == ["Citroën", "5"]


@pytest.mark.parametrize(
    ("text", "header", "names"),
    [
        ("2001,2002,2003\n5.1,6.2,7.3\n5.5,6.6,7.7\n", True, ("2001", "2002", "2003")),
        ("5.1,3.5,a\n4.9,3.0,b\n4.7,3.2,a\n", False, ("column 1", "column 2", "column 3")),
        (
            "low,low,no\nlow,high,no\nhigh,low,yes\nhigh,high,yes\nlow,low,no\n",
            False,
            ("column 1", "column 2", "column 3"),
        ),
        (",a,a\n1,2,3\n2,3,4\n", True, ("column 1", "a", "a 2")),
        ("x y z\na 1 2 3\nb 4 5 6\n", True, ("column 1", "x", "y", "z")),
    ],
)
def test_headers(tmp_path: Path, text: str, header: bool, names: tuple[str, ...]) -> None:
    """Headers of years, files without one, unnamed and repeated names are told apart."""
    found = look(write(tmp_path, text))
    assert found.dialect.header is header
    assert found.names == names


@pytest.mark.parametrize(
    ("text", "skipped"),
    [
        ("sep=;\na;b\n1;2\n3;4\n", 1),
        ("# made by hand\n# in 2020\na,b\n1,2\n3,4\n", 2),
        ("\n\na,b\n1,2\n3,4\n", 2),
        ("Sales of the year\n\na,b,c\n1,2,3\n3,4,5\n", 2),
        ("Sales of the year,,\na,b,c\n1,2,3\n3,4,5\n", 1),
        ("a,b,c\n1,2,3,\n3,4,5,\n", 0),
    ],
)
def test_lines_above_the_table(tmp_path: Path, text: str, skipped: int) -> None:
    """A separator line, comments, blank lines and a title are skipped."""
    found = look(write(tmp_path, text))
    assert found.dialect.skip_lines == skipped
    assert found.names[:2] == ("a", "b")


@pytest.mark.parametrize(
    ("text", "decimal", "thousands"),
    [
        ("a;b\n1,5;x\n2,25;y\n", ",", None),
        ("a;b\n1.234,5;x\n2.000,25;y\n", ",", "."),
        ('a,b\n"1,234",x\n"12,345",y\n', ".", ","),
        ("a,b\n1.5,x\n2.5,y\n", ".", None),
        ("a;b\n1 234;x\n12 345;y\n", ".", " "),
    ],
)
def test_marks(tmp_path: Path, text: str, decimal: str, thousands: str | None) -> None:
    """Decimal and thousands marks are found."""
    found = look(write(tmp_path, text))
    assert (found.dialect.decimal, found.dialect.thousands) == (decimal, thousands)


def test_overrides_win(tmp_path: Path) -> None:
    """What the user chose is kept and no longer called detected."""
    path = write(tmp_path, "a;b\n1;2\n3;4\n")
    found = look(path, delimiter=",", header=False, missing=["1"], quote=None, skip_lines=1)
    assert found.dialect.delimiter == ","
    assert found.dialect.missing == ("1",)
    assert found.rows == [["1;2"], ["3;4"]]
    chosen = {"delimiter", "quote", "header", "skip_lines", "missing"}
    assert found.detected == {field.name for field in fields(Dialect)} - chosen
    for wrong in ({"delimiter": ""}, {"encoding": "base64"}, {"colour": 1}, {"quote": "ab"}, {"decimal": ";"}):
        with pytest.raises(DataError):
            look(path, **wrong)
    with pytest.raises(DataError):
        look(write(tmp_path, "a,b\né,2\n"), encoding="ascii")
