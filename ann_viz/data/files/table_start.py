"""Where the table starts in the first rows, what its columns are called, and whether its rows are as wide as that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from ann_viz.data.files.below_header import read_header
from ann_viz.data.files.header import column_names, is_header, is_row_name_header
from ann_viz.data.files.idle_rows import fits_all_but_blanks
from ann_viz.errors import DataError
from ann_viz.translation import translate

__all__ = ["TableStart", "lay_out"]

_FEWEST_TRAILING: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class TableStart:
    """The columns of a table.

    Parameters
    ----------
    header : bool
        Whether the first row names the columns.
    names : tuple of str
        Their names.
    rows : list of list of str
        The first data rows, as wide as the names where they fit.
    trailing : bool
        Whether the rows end in a delimiter that starts no cell.
    ragged : {"skip", "pad"}
        ``"pad"`` where every row differs from the header by empty cells only.
    header_lines : int
        Rows that make up the header.
    dropped : tuple of int
        Places, from 1, of columns at the end that have neither a name nor a cell in the first rows.
    """

    header: bool
    names: tuple[str, ...]
    rows: list[list[str]]
    trailing: bool
    ragged: Literal["skip", "pad"]
    header_lines: int = 1
    dropped: tuple[int, ...] = ()


def lay_out(rows: list[list[str]], given: Mapping[str, Any]) -> TableStart:
    """Decide what the first rows say about the columns.

    Parameters
    ----------
    rows : list of list of str
        The first rows of the table, none of them blank.
    given : mapping
        Fields of `Dialect` the user chose.

    Raises
    ------
    DataError
        When there is a header and nothing else.
    """
    first, below = rows[0], rows[1:]
    header: bool | None = given.get("header")
    row_names = header is not False and is_row_name_header(first, below)
    if header is None:
        header = row_names or is_header(first, below)
    if not header:
        return _without_header(rows, given)
    if not below:
        raise DataError(
            translate("This file has a header but no rows."),
            hint=translate("Choose a file with some rows below the header."),
        )
    if row_names:
        return _fitted(["", *first], below, given, trailing=False)
    found = read_header(first, below)
    n_lines = int(given.get("header_lines", found.n_lines))
    names, below = found.names, below[n_lines - 1 :] or below
    kept = _n_kept(names, below)
    start = _with_header(names[:kept], below, given)
    return replace(start, header_lines=n_lines, dropped=tuple(range(kept + 1, len(names) + 1)))


def _n_kept(names: list[str], below: list[list[str]]) -> int:
    """How many columns are left without those at the end that have neither a name nor a cell.

    A single one in every row is no column, but the mark at the end of a line.
    """
    n_named = max((i for i, name in enumerate(names, 1) if name.strip()), default=len(names))
    is_mark = len(names) - n_named == 1 and all(len(row) == len(names) for row in below)
    if is_mark or any(cell.strip() for row in below for cell in row[n_named:]):
        return len(names)
    return n_named


def _without_header(rows: list[list[str]], given: Mapping[str, Any]) -> TableStart:
    width = Counter(map(len, rows)).most_common(1)[0][0]
    all_end_empty = len(rows) >= _FEWEST_TRAILING and width > 1 and _end_empty(rows, width)
    trailing = bool(given.get("trailing", all_end_empty))
    names = column_names(None, width - (trailing and width > 1))
    return _layout(False, names, rows, trailing, given.get("ragged", "skip"))


def _with_header(first: list[str], below: list[list[str]], given: Mapping[str, Any]) -> TableStart:
    """Compare the header with the rows: one may be longer by empty cells or by a delimiter at the end."""
    n_named = len(first)
    widths = {
        n_named if fits_all_but_blanks(row, n_named) and len(set(map(len, below))) > 1 else len(row) for row in below
    }
    width = max(widths)
    if len(widths) > 1 or width == n_named:
        ends = n_named > 1 and not first[-1].strip() and widths == {n_named} and _end_empty(below, n_named)
        return _fitted(first[:-1] if ends else first, below, given, trailing=ends)
    if width > n_named:
        surplus = any(cell.strip() for row in below for cell in row[n_named:])
        if surplus:
            return _fitted([*first, *[""] * (width - n_named)], below, given, trailing=False)
        return _fitted(first, below, given, trailing=width == n_named + 1)
    if not any(cell.strip() for cell in first[width:]):
        return _fitted(first[:width], below, given, trailing=False)
    one_short = width == n_named - 1
    return _fitted(first, below, given, trailing=False, ragged="pad" if one_short else "skip")


def _fitted(
    names: list[str],
    below: list[list[str]],
    given: Mapping[str, Any],
    *,
    trailing: bool,
    ragged: Literal["skip", "pad"] = "skip",
) -> TableStart:
    return _layout(
        True,
        column_names(names, len(names)),
        below,
        bool(given.get("trailing", trailing)),
        given.get("ragged", ragged),
    )


def _layout(
    header: bool, names: tuple[str, ...], rows: list[list[str]], trailing: bool, ragged: Literal["skip", "pad"]
) -> TableStart:
    width = len(names)
    rows = [row[:width] if fits_all_but_blanks(row, width) else row for row in rows]
    if ragged == "pad":
        rows = [row + [""] * (width - len(row)) for row in rows]
    return TableStart(header=header, names=names, rows=rows, trailing=trailing, ragged=ragged)


def _end_empty(rows: list[list[str]], width: int) -> bool:
    return all(len(row) == width and not row[-1].strip() for row in rows)
