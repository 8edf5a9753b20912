"""A first look at a file: is it a table, how is it written, what are its first rows.

Reads the first 256 KB (and all bytes once, to be sure of the encoding); nothing is loaded.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, fields, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

from ann_viz.data.files.attributes import attribute_names
from ann_viz.data.files.dialect import Dialect, checked_overrides
from ann_viz.data.files.encodings import detect_encoding
from ann_viz.data.files.filetype import refuse_binary, refuse_markup
from ann_viz.data.files.head import HEAD_BYTES, first_bytes, read_head
from ann_viz.data.files.header import column_names, preamble_rows
from ann_viz.data.files.idle_rows import idle_kind
from ann_viz.data.files.line_blocks import LineBlocks, split_lines
from ann_viz.data.files.numbers import detect_marks
from ann_viz.data.files.parquet import MAGIC, parquet_head
from ann_viz.data.files.rows import Writing, rows_of
from ann_viz.data.files.sniff import best_writing
from ann_viz.data.files.table_start import TableStart, lay_out
from ann_viz.data.files.unpack import opened, packing_of
from ann_viz.data.files.workbook import Workbook, is_workbook, read_workbook
from ann_viz.data.files.wrapping import Wrapping, unwrapped, wrapping_of
from ann_viz.errors import DataError
from ann_viz.numerals import count, format_number
from ann_viz.translation import translate

__all__ = ["FirstLook", "look"]

_SNIFF_LINES: Final = 300
_MOST_ROWS: Final = 2000
_PLAIN_DELIMITERS: Final = ",;\t|:^~"
_MOST_COLUMNS: Final = 30_000
_SHOWN_ROWS: Final = 200
_PACKED_BYTES: Final = 32 * 1024 * 1024
"""So much of a packed file is unpacked to be sure of its encoding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLook:
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
    packed : str, optional
        ``"gzip"``, ``"zstd"``, ``"parquet"`` or ``"workbook"`` when the file is no plain text.
    dropped_columns : tuple of int
        Places, from 1, of columns at the end that have neither a name nor a cell, and are left out.
    workbook : Workbook, optional
        The sheets of a spreadsheet.
    """

    dialect: Dialect
    detected: frozenset[str]
    size_bytes: int
    rows: list[list[str]]
    names: tuple[str, ...]
    packed: str | None = None
    dropped_columns: tuple[int, ...] = ()
    workbook: Workbook | None = None


def look(path: str | Path, **overrides: object) -> FirstLook:
    """Look at a file.

    Parameters
    ----------
    path : str or Path
        The file.
    **overrides
        Fields of `Dialect` the user chose; the rest is detected.

    Returns
    -------
    FirstLook

    Raises
    ------
    DataError
        When the file can't be read or is not a table.
    """
    path = Path(path)
    given: dict[str, Any] = dict(checked_overrides(overrides))
    head, size = read_head(path)
    if is_workbook(head):
        return _look_at_workbook(path, size, given)
    if given.get("sheet"):
        raise DataError(
            translate("'{name}' has no sheets, so there is no sheet '{sheet}'.").format(
                name=path.name, sheet=given["sheet"]
            ),
            hint=translate("Only spreadsheets have some: leave the sheet out."),
        )
    if head.startswith(MAGIC) and size > 2 * len(MAGIC):
        return _look_at_parquet(path, size, given)
    packed = packing_of(head)
    if packed is not None:
        with opened(path, packed) as file:
            head = first_bytes(file)
            whole = not file.read(1)
    else:
        whole = len(head) == size
    refuse_binary(head)
    if not given.get("encoding"):
        most_bytes = None if packed is None else _PACKED_BYTES
        given["encoding"], given["lossy"] = detect_encoding(partial(opened, path, packed), head, most_bytes)
    text = _decode(head, str(given["encoding"]), whole=whole, lossy=bool(given.get("lossy")))
    refuse_markup(text[:HEAD_BYTES])
    if not text.strip(" \t\r\n\x1a"):
        raise DataError(translate("This file is empty."), hint=translate("Choose a file with a header and some rows."))
    return _found(text, given, frozenset(overrides), size, packed)


def _found(
    text: str,
    given: dict[str, Any],
    chosen: frozenset[str],
    size: int,
    packed: str | None,
    book: Workbook | None = None,
) -> FirstLook:
    dialect, layout = _detect(text, given)
    return FirstLook(
        dialect=dialect,
        detected=frozenset(field.name for field in fields(Dialect)) - chosen,
        size_bytes=size,
        rows=layout.rows[:_SHOWN_ROWS],
        names=layout.names,
        packed=packed,
        dropped_columns=layout.dropped,
        workbook=book,
    )


def _look_at_workbook(path: Path, size: int, given: dict[str, Any]) -> FirstLook:
    """A sheet is read as CSV; how that is written is no question."""
    book, text = read_workbook(path, str(given.get("sheet", "")), _MOST_ROWS)
    if not text.strip():
        raise DataError(translate("This sheet is empty."), hint=translate("Choose another sheet."))
    known = {"encoding": "utf-8", "delimiter": ",", "quote": '"', "escape": "doubled", "spaced": False, "wrapped": ""}
    return _found(text, given | known | {"sheet": book.sheet}, frozenset(given) - {"sheet"}, size, "workbook", book)


def _look_at_parquet(path: Path, size: int, given: dict[str, Any]) -> FirstLook:
    """A Parquet file says itself how it is written; only what counts as "no value" is left to the user."""
    names, rows = parquet_head(path, _SHOWN_ROWS)
    dialect = Dialect(**{field: given[field] for field in ("missing", "forms") if field in given})
    return FirstLook(dialect=dialect, detected=frozenset(), size_bytes=size, rows=rows, names=names, packed="parquet")


def _decode(head: bytes, encoding: str, *, whole: bool, lossy: bool) -> str:
    try:
        text = codecs.getincrementaldecoder(encoding)("replace" if lossy else "strict").decode(head, final=whole)
    except UnicodeError as error:
        raise DataError(
            translate("This file is not written in {encoding}.").format(encoding=encoding),
            hint=translate("Choose another encoding."),
        ) from error
    text = text.removeprefix("\ufeff").replace("\0", "")
    end = max(text.rfind("\n"), text.rfind("\r")) + 1
    return text if whole or end == 0 else text[:end]


def _separator_line(lines: list[str]) -> str | None:
    """The delimiter named by a first line such as ``sep=;`` (a habit of Excel)."""
    first = lines[0].rstrip("\r\n").strip('"') if lines else ""
    if first[:4].lower() == "sep=" and len(first) == 5:
        return first[4]
    return "\t" if first.lower() == "sep=" and len(lines) > 1 and "\t" in lines[1] else None


def _detect(text: str, given: dict[str, Any]) -> tuple[Dialect, TableStart]:
    """Fill what the user did not choose; return the dialect and the columns."""
    lines = split_lines(text)
    wrapped: Wrapping = given.get("wrapped", wrapping_of(_without_comments(lines)[:_SNIFF_LINES]))
    if wrapped:
        lines = [unwrapped(line, wrapped) for line in lines]
    separator = _separator_line(lines)
    attributes = attribute_names(lines)
    if attributes is not None:
        given = {"skip_lines": attributes.n_lines, "header": False, "quote": "'"} | given
    skipped = given.get("skip_lines")
    first_line = (1 if separator else 0) if skipped is None else int(skipped)
    body = lines[first_line:]
    chosen: dict[str, Any] = {key: given[key] for key in ("delimiter", "quote", "escape", "spaced") if key in given}
    if separator is not None:
        chosen.setdefault("delimiter", separator)
    sample = _without_comments(body)[:_SNIFF_LINES]
    if not sample:
        raise DataError(
            translate("This file has no rows."), hint=translate("Choose a file with a header and some rows.")
        )
    _refuse_too_wide(sample, chosen.get("delimiter"))
    writing = best_writing(sample, chosen)
    rows, ends = _rows_with_ends(body, writing)
    start = preamble_rows(rows) if skipped is None else 0
    first_line += ends[start - 1] if start else 0
    rows = [row for row in rows[start:] if row and idle_kind(row, None, totals=False) is None]
    if not rows:
        raise DataError(
            translate("This file has no rows."), hint=translate("Choose a file with a header and some rows.")
        )
    layout = lay_out(rows, given)
    if attributes is not None and len(attributes.names) == len(layout.names) and not layout.header:
        layout = replace(layout, names=column_names(attributes.names, len(layout.names)))
    dialect = _dialect_of(writing, layout, {"wrapped": wrapped, **given, "skip_lines": first_line})
    return dialect, layout


def _dialect_of(writing: Writing, layout: TableStart, given: dict[str, Any]) -> Dialect:
    """Return how a file is written: as was found, unless it is given."""
    decimal, thousands = detect_marks(cell for row in layout.rows for cell in row)
    return Dialect(
        **{
            "delimiter": writing.delimiter,
            "quote": writing.quote,
            "escape": writing.escape,
            "spaced": writing.spaced,
            "header": layout.header,
            "header_lines": layout.header_lines,
            "trailing": layout.trailing,
            "ragged": layout.ragged,
            "decimal": "," if given.get("thousands") == "." else "." if given.get("thousands") == "," else decimal,
            "thousands": None if thousands == given.get("decimal", decimal) else thousands,
            **given,
        }
    )


def _refuse_too_wide(lines: list[str], delimiter: str | None) -> None:
    """Say so before work begins that would never end."""
    first = next((line for line in lines if line.strip()), "")
    counts = [len(first.split())] if delimiter in (None, " ") else []
    counts += [1 + first.count(mark) for mark in (delimiter or _PLAIN_DELIMITERS) if mark != " "]
    n_columns = max(counts)
    if n_columns > _MOST_COLUMNS:
        raise DataError(
            translate("This file has {columns}; at most {most} can be read.").format(
                columns=count(n_columns, "column"), most=format_number(_MOST_COLUMNS)
            ),
            hint=translate("Perhaps its rows and columns are swapped; if not, save it with fewer columns."),
        )


def _without_comments(lines: list[str]) -> list[str]:
    """Lines below a leading block of ``#`` comments and blanks, which would only blur the sniffing."""
    for index, line in enumerate(lines):
        if line.strip() and not line.startswith("#"):
            return lines[index:]
    return lines


def _rows_with_ends(lines: list[str], writing: Writing) -> tuple[list[list[str]], list[int]]:
    """Sound rows of the head, blank ones as empty lists, and the number of lines read up to the end of each."""
    blocks = LineBlocks([("".join(lines), True)])
    rows: list[list[str]] = []
    ends: list[int] = []
    for row in islice(rows_of(blocks, writing), _MOST_ROWS):
        if row.problem and rows:
            continue
        if row.problem:
            # The first row is the header all the same.
            row.cells = lines[row.line - 1].rstrip("\r\n").split(writing.delimiter)
        rows.append(row.cells)
        ends.append(blocks.done)
    return rows, ends
