"""Counts the hidden rows of a sheet, which the reader of spreadsheets does not tell from the others.

A sheet is looked through piece by piece for the marks of hidden rows only, so that its XML can do no harm. The old
binary ``.xls`` is not looked at.
"""

from __future__ import annotations

import html
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

__all__ = ["n_hidden_rows"]

_UNREADABLE: Final = (
    *(zipfile.BadZipFile, OSError, EOFError, KeyError, ValueError, OverflowError, NotImplementedError, RuntimeError),
    *(zlib.error, lzma.LZMAError, struct.error),
)
"""What archives that are cut off, changed or packed in other ways end with."""

_PIECE: Final = 1 << 20
_LONGEST_TAG: Final = 1 << 12
_MOST_BYTES: Final = 1 << 28
_SHEET: Final = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION: Final = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_HIDDEN_ROW: Final = re.compile(rb"<(?:\w+:)?row\b[^<>]*\shidden=\"(?:1|true)\"")
_TABLE: Final = re.compile(rb"<table:table\s[^>]*>")
_HIDDEN_TABLE_ROW: Final = re.compile(rb"<table:table-row\b[^>]*table:visibility=\"(?:collapse|filter)\"[^>]*>")
_REPEATED: Final = re.compile(rb"table:number-rows-repeated=\"(\d{1,9})\"")


def n_hidden_rows(path: Path, sheet: str, height: int) -> int:
    """Return how many rows of a sheet are hidden; 0 where the file does not say so.

    Parameters
    ----------
    path : Path
        The spreadsheet file.
    sheet : str
        Name of the sheet.
    height : int
        How many rows with cells it has.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if "content.xml" in archive.namelist():
                return min(height, _in_document(archive, sheet))
            part = _part_of(archive, sheet)
            found = (_HIDDEN_ROW.findall(piece) for piece in _pieces(archive, part)) if part else iter(())
            return min(height, sum(map(len, found)))
    except _UNREADABLE:
        return 0  # an old workbook, or one that is read all the same


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The text of a part, cut behind a tag each time."""
    rest, n_bytes = b"", 0
    with archive.open(part) as file:
        while (piece := file.read(_PIECE)) and n_bytes < _MOST_BYTES:
            n_bytes += len(piece)
            text = rest + piece
            end = text.rfind(b">") + 1
            rest = text[end:][-_LONGEST_TAG:]
            yield text[:end]


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s(?:\w+:)?" + name + rb"=\"([^\"]*)\"", tag)
    return "" if found is None else html.unescape(found[1].decode("utf-8", "replace"))


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Where an Excel workbook keeps a sheet."""
    book = b"".join(_pieces(archive, "xl/workbook.xml"))
    key = next((_attribute(tag, b"id") for tag in _SHEET.findall(book) if _attribute(tag, b"name") == sheet), "")
    relations = _RELATION.findall(b"".join(_pieces(archive, "xl/_rels/workbook.xml.rels")))
    target = next((_attribute(tag, b"Target") for tag in relations if _attribute(tag, b"Id") == key), "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}" if target else ""


def _in_document(archive: zipfile.ZipFile, sheet: str) -> int:
    """The hidden rows of a sheet of an OpenDocument file, where all sheets are in one part."""
    n, inside = 0, False
    for piece in _pieces(archive, "content.xml"):
        tags = re.findall(rb"<table:table\s[^>]*>|<table:table-row\b[^>]*>", piece)
        for tag in tags:
            if _TABLE.fullmatch(tag):
                inside = _attribute(tag, b"name") == sheet
            elif inside and _HIDDEN_TABLE_ROW.fullmatch(tag):
                repeated = _REPEATED.search(tag)
                n += int(repeated[1]) if repeated else 1
    return n
