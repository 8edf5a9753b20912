"""A first look at a file: is it a table, how is it written, what are its first rows.

Reads the first 256 KB (and all bytes once, to be sure of the encoding); nothing is loaded.
"""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any, Final

from ann_viz.data.dialect import Dialect, checked_overrides
from ann_viz.data.encodings import detect_encoding
from ann_viz.data.filetype import refuse_binary, refuse_markup
from ann_viz.data.header import column_names, is_header, is_row_name_header, preamble_rows
from ann_viz.data.numbers import detect_marks
from ann_viz.data.sniff import best_pair, read_rows
from ann_viz.errors import DataError

__all__ = ["Look", "look"]

_HEAD_BYTES: Final = 256 * 1024
_SNIFF_LINES: Final = 300
_MOST_ROWS: Final = 2000
_SHOWN_ROWS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a first look at a file found.

    Parameters
    ----------
    dialect : Dialect
        How the file is written.
    detected : frozenset of str
        Fields of the dialect that were found here rather than given.
    size_bytes : int
        Size of the file.
    rows : list of list of str
        The first data rows, 200 at most, as read.
    names : tuple of str
        Names of the columns.
    """

    dialect: Dialect
    detected: frozenset[str]
    size_bytes: int
    rows: list[list[str]]
    names: tuple[str, ...]


def look(path: str | Path, **overrides: object) -> Look:
    """Look at a file.

    Parameters
    ----------
    path : str or Path
        The file.
    **overrides
        Fields of `Dialect` the user chose; the rest is detected.

    Returns
    -------
    Look

    Raises
    ------
    DataError
        When the file can't be read or is not a table.
    """
    path = Path(path)
    given: dict[str, Any] = dict(checked_overrides(overrides))
    head, size = _read_head(path)
    refuse_binary(head)
    encoding = str(given.setdefault("encoding", None) or detect_encoding(path, head))
    given["encoding"] = encoding
    text = _decode(head, encoding, whole=size <= len(head))
    refuse_markup(text[:_HEAD_BYTES])
    if not text.strip():
        raise DataError("This file is empty.", hint="Choose a file with a header and some rows.")
    found = _detect(text, given)
    detected = frozenset(field.name for field in fields(Dialect)) - set(overrides)
    return Look(dialect=found[0], detected=detected, size_bytes=size, rows=found[1][:_SHOWN_ROWS], names=found[2])


def _read_head(path: Path) -> tuple[bytes, int]:
    """Return the first bytes and the size, or say plainly why the file can't be opened."""
    try:
        if path.is_dir():
            raise DataError(f"'{path.name}' is a folder, not a file.", hint="Open it and choose a CSV file inside.")
        size = path.stat().st_size
        if not path.is_file():
            raise DataError(f"'{path.name}' is not an ordinary file.", hint="Choose a CSV file.")
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except FileNotFoundError as error:
        raise DataError(f"There is no file '{path.name}'.", hint="Perhaps it was moved or renamed.") from error
    except PermissionError as error:
        raise DataError(
            f"'{path.name}' may not be read.", hint="Ask for permission, or copy it somewhere you own."
        ) from error
    except (OSError, ValueError) as error:
        raise DataError(f"'{path.name}' can't be opened.", hint=f"The system says: {error}.") from error
    if size == 0:
        raise DataError("This file is empty.", hint="Choose a file with a header and some rows.")
    return head, size


def _decode(head: bytes, encoding: str, *, whole: bool) -> str:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(head, final=whole)
    except UnicodeError as error:
        raise DataError(f"This file is not written in {encoding}.", hint="Choose another encoding.") from error
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise DataError("This file holds binary data, not text.", hint="Choose a CSV file.")
    end = max(text.rfind("\n"), text.rfind("\r")) + 1
    return text if whole or end == 0 else text[:end]


def _separator_line(lines: list[str]) -> str | None:
    """The delimiter named by a first line such as ``sep=;`` (a habit of Excel)."""
    first = lines[0].rstrip("\r\n") if lines else ""
    if first[:4].lower() == "sep=" and len(first) == 5:
        return first[4]
    return "\t" if first.lower() == "sep=" and len(lines) > 1 and "\t" in lines[1] else None


def _detect(text: str, given: dict[str, Any]) -> tuple[Dialect, list[list[str]], tuple[str, ...]]:
    """Fill what the user did not choose; return the dialect, the first rows and the names."""
    lines = list(io.StringIO(text, newline=""))
    separator = _separator_line(lines)
    skipped = given.get("skip_lines")
    first_line = (1 if separator else 0) if skipped is None else int(skipped)
    body = lines[first_line:]
    delimiter, quote = best_pair(
        _without_comments(body)[:_SNIFF_LINES],
        given.get("delimiter", separator),
        given.get("quote"),
        quote_given="quote" in given,
    )
    rows, ends = _rows_with_ends(body, delimiter, quote)
    start = preamble_rows(rows) if skipped is None else 0
    first_line += ends[start - 1] if start else 0
    rows = [row for row in rows[start:] if row]
    if not rows:
        raise DataError("This file has no rows.", hint="Choose a file with a header and some rows.")
    header, names, data = _name_columns(rows, given.get("header"))
    decimal, thousands = detect_marks(cell for row in data for cell in row)
    dialect = Dialect(
        **{
            "delimiter": delimiter,
            "quote": quote,
            "header": header,
            "decimal": "," if given.get("thousands") == "." else "." if given.get("thousands") == "," else decimal,
            "thousands": None if thousands == given.get("decimal", decimal) else thousands,
            **given,
            "skip_lines": first_line,
        }
    )
    return dialect, data, names


def _without_comments(lines: list[str]) -> list[str]:
    """Lines below a leading block of ``#`` comments and blanks, which would only blur the sniffing."""
    for index, line in enumerate(lines):
        if line.strip() and not line.startswith("#"):
            return lines[index:]
    return lines


def _rows_with_ends(lines: list[str], delimiter: str, quote: str | None) -> tuple[list[list[str]], list[int]]:
    """Rows of the head and the number of lines read up to the end of each; a broken quote ends the list."""
    reader: Any = read_rows(lines, delimiter, quote)
    rows: list[list[str]] = []
    ends: list[int] = []
    try:
        for row in islice(reader, _MOST_ROWS):
            rows.append(row)
            ends.append(reader.line_num)
    except csv.Error:
        if not rows:
            reader = read_rows(lines[:1], delimiter, None)
            rows, ends = list(reader), [1]
    return rows, ends


def _name_columns(rows: list[list[str]], header: bool | None) -> tuple[bool, tuple[str, ...], list[list[str]]]:
    """Decide whether the first row is a header; return that, the names and the rows below it."""
    first, below = rows[0], rows[1:]
    row_names = header is not False and is_row_name_header(first, below)
    if header is None:
        header = row_names or is_header(first, below)
    if not header:
        width = max({len(row) for row in rows}, key=[len(row) for row in rows].count)
        return False, column_names(None, width), rows
    if not below:
        raise DataError("This file has a header but no rows.", hint="Choose a file with some rows below the header.")
    if row_names:
        return True, column_names(["", *first], len(first) + 1), below
    trailing = all(len(row) == len(first) + 1 and not row[-1] for row in below)
    return True, column_names(first, len(first) + trailing), below
