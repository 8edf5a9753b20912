"""From lines to rows of cells that survive a malformed quote.

A row with a malformed quote comes out as a problem with its text; reading goes on at the line after its first.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from ann_viz.data.files.dialect import Dialect
from ann_viz.data.files.line_blocks import LineBlocks
from ann_viz.translation import translate

__all__ = ["Row", "Writing", "never_closed", "row_reader", "rows_of"]

_LONGEST_CELL: Final = 16_000_000
_TRIED_LINES: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How rows are written: the part of a `Dialect` that splits text into cells."""

    delimiter: str
    quote: str | None
    escape: Literal["doubled", "backslash"] = "doubled"
    spaced: bool = False

    @staticmethod
    def of(dialect: Dialect) -> Writing:
        """Return that part of a dialect."""
        return Writing(delimiter=dialect.delimiter, quote=dialect.quote, escape=dialect.escape, spaced=dialect.spaced)


@dataclass(slots=True)
class Row:
    """One row of a file.

    Parameters
    ----------
    line : int
        Line it starts on, from 1.
    cells : list of str
        Its cells; empty for a blank line and where ``problem`` says why there are none.
    problem : str
        Empty, or a clause saying what is wrong with a quote.
    """

    line: int
    cells: list[str]
    problem: str = ""


def row_reader(lines: Iterable[str], writing: Writing, *, strict: bool = True) -> Any:
    """Return a `csv.reader` over lines with their ends; blank lines come out as empty lists."""
    csv.field_size_limit(_LONGEST_CELL)
    blank = writing.delimiter == " "
    if blank:
        lines = (_evened(line, writing.quote) for line in lines)
    backslash = writing.escape == "backslash"
    if backslash:
        pattern = re.compile(rf"\\([\\{re.escape(writing.delimiter)}{re.escape(writing.quote or '')}\r\n])|\\")
        lines = (_guarded(line, pattern) if "\\" in line else line for line in lines)
    return csv.reader(
        lines,
        delimiter=writing.delimiter,
        quotechar=writing.quote,
        quoting=csv.QUOTE_NONE if writing.quote is None else csv.QUOTE_MINIMAL,
        escapechar="\\" if backslash else None,
        skipinitialspace=blank or writing.spaced,
        strict=strict,
    )


def _evened(line: str, quote: str | None) -> str:
    """A line whose cells stand apart by blanks, without blanks at its end, tabs outside of quotes being blanks too."""
    line = line.rstrip(" \t\r\n") + "\n"
    if "\t" not in line:
        return line
    if quote is None or quote not in line:
        return line.replace("\t", " ")
    parts = line.split(quote)
    return quote.join(part if n % 2 else part.replace("\t", " ") for n, part in enumerate(parts))


def _guarded(line: str, pattern: re.Pattern[str]) -> str:
    r"""Double the backslashes that escape nothing, so that ``\N`` and ``C:\path`` stay as they are."""
    return pattern.sub(lambda match: match[0] if match[1] else "\\\\", line)


def rows_of(lines: LineBlocks, writing: Writing, width: int | None = None) -> Iterator[Row]:
    """Yield every row from where ``lines`` is; those with a malformed quote as a problem.

    Parameters
    ----------
    lines : LineBlocks
        The lines; ``done`` is kept up to date.
    writing : Writing
        How the rows are written.
    width : int, optional
        Usual number of cells, to tell a quote that was never closed from a text of several lines.
    """
    while True:
        start = lines.done
        reader = row_reader(lines, writing)
        try:
            for cells in reader:
                first, now = lines.done, start + reader.line_num
                if now - first > 1 and _swallowed(lines, first, now, writing, width, fits=len(cells) == width):
                    break
                lines.done = now
                yield Row(first + 1, cells)
            else:
                return
            problem = never_closed(writing)
        except csv.Error as error:
            several_lines = start + reader.line_num - lines.done > 1
            problem = never_closed(writing) if several_lines else _problem(error, writing)
        first = lines.done
        lines.done = first + 1
        yield Row(first + 1, [], problem)


def _swallowed(lines: LineBlocks, first: int, now: int, writing: Writing, width: int | None, *, fits: bool) -> bool:
    """Whether a row of several lines has swallowed rows that are sound by themselves.

    A row of the wrong width is suspected when one line below its first is a sound row, one of the right width when
    all lines between its first and last are.
    """
    if width is None or width < (3 if fits else 2) or now - first < (3 if fits else 2):
        return False
    below = lines.between(first + 1, min(now - fits, first + _TRIED_LINES))
    sound = (_fits(line, writing, width) for line in below)
    return all(sound) if fits else any(sound)


def _fits(line: str, writing: Writing, width: int) -> bool:
    try:
        return any(len(cells) == width for cells in row_reader([line], writing))
    except csv.Error:
        return False


def never_closed(writing: Writing) -> str:
    """Return what is wrong with a row whose text never ends."""
    return translate("a quote ({quote}) is opened and never closed").format(quote=writing.quote)


def _problem(error: csv.Error, writing: Writing) -> str:
    if "field limit" in str(error) or "end of data" in str(error):
        return never_closed(writing)
    return translate("a quote ({quote}) stands in the middle of a cell").format(quote=writing.quote)
