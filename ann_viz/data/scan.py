"""One pass over the whole file: count its rows, list every row of the wrong width, stop at a malformed quote.

The pass also sums the lengths of all cells, so that the database that loads the file can be held to the same reading.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ann_viz.data.dialect import BLANKS, Dialect
from ann_viz.data.sniff import read_rows
from ann_viz.errors import Cancelled, DataError

__all__ = ["BadLine", "Scan", "good_rows", "scan"]

_REPORT_EVERY: Final = 2000
_LISTED: Final = 10_000
_TEXT_LENGTH: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A row whose number of cells is not that of the table.

    Parameters
    ----------
    line : int
        Line of the file it starts on, from 1.
    row : int
        Data row, from 1, counting all rows.
    expected, found : int
        Number of cells.
    text : str
        The row, cells joined by the delimiter.
    """

    line: int
    row: int
    expected: int
    found: int
    text: str

    def __str__(self) -> str:
        return f"Row {self.row:,} (line {self.line:,}): expected {self.expected} columns, found {self.found}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What a pass over the file found.

    Parameters
    ----------
    n_rows : int
        Rows of the right width.
    n_bad : int
        Rows of another width.
    bad_lines : tuple of BadLine
        The first 10,000 of these.
    n_characters : int
        Characters in all cells of the good rows.
    odd_blanks : bool
        Whether a blank other than the space occurs, so that trimming cells costs more.
    """

    n_rows: int
    n_bad: int
    bad_lines: tuple[BadLine, ...]
    n_characters: int
    odd_blanks: bool


def scan(
    path: str | Path,
    dialect: Dialect,
    names: tuple[str, ...],
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Scan:
    """Read the whole file once.

    Parameters
    ----------
    path : str or Path
        The file.
    dialect : Dialect
        How it is written.
    names : tuple of str
        Names of the columns.
    progress : callable, optional
        Called with the share of bytes read, 0 to 1.
    cancelled : callable, optional
        Asked now and then; true stops the pass.

    Returns
    -------
    Scan

    Raises
    ------
    DataError
        At a malformed quote or undecodable bytes, naming the line.
    Cancelled
        When ``cancelled`` says so.
    """
    width = len(names)
    n_rows = n_characters = n_bad = row_number = 0
    bad: list[BadLine] = []
    blanks = _Blanks(dialect.delimiter)
    for line, row in _rows(Path(path), dialect, progress, cancelled, blanks):
        row_number += 1
        if len(row) == width:
            n_rows += 1
            n_characters += sum(map(len, row))
            continue
        n_bad += 1
        if len(bad) < _LISTED:
            text = dialect.delimiter.join(row)[:_TEXT_LENGTH]
            bad.append(BadLine(line=line, row=row_number, expected=width, found=len(row), text=text))
    return Scan(n_rows=n_rows, n_bad=n_bad, bad_lines=tuple(bad), n_characters=n_characters, odd_blanks=blanks.odd)


def good_rows(
    path: Path, dialect: Dialect, width: int, cancelled: Callable[[], bool] | None = None
) -> Iterator[list[str]]:
    """Yield the rows of the right width."""
    return (row for _, row in _rows(path, dialect, None, cancelled) if len(row) == width)


def _rows(
    path: Path,
    dialect: Dialect,
    progress: Callable[[float], None] | None,
    cancelled: Callable[[], bool] | None,
    blanks: _Blanks | None = None,
) -> Iterator[tuple[int, list[str]]]:
    """Yield (first line, cells) of every data row that is not blank."""
    size = max(1, path.stat().st_size)
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding=dialect.encoding, newline="") as text:
        lines = _lines(text) if blanks is None else blanks.watch(_lines(text))
        for _ in range(dialect.skip_lines):
            next(lines, None)
        reader: Any = read_rows(lines, dialect.delimiter, dialect.quote)
        waiting_for_header = dialect.header
        before = 0
        count = 0
        try:
            for row in reader:
                used, before = reader.line_num - before, reader.line_num
                if not row:
                    continue
                if waiting_for_header:
                    waiting_for_header = False
                    continue
                yield dialect.skip_lines + before - used + 1, row
                count += 1
                if count % _REPORT_EVERY == 0:
                    _report(raw.tell() / size, progress, cancelled)
        except csv.Error as error:
            raise _malformed(error, dialect, before, reader.line_num) from error
        except UnicodeError as error:
            line = dialect.skip_lines + reader.line_num + 1
            raise DataError(
                f"After line {line:,} the file is not written in {dialect.encoding}.", hint="Choose another encoding."
            ) from error
    _report(1.0, progress, cancelled)


class _Blanks:
    """Watches the lines that pass for blanks other than the space."""

    def __init__(self, delimiter: str) -> None:
        self.odd = False
        self._marks = tuple(mark for mark in BLANKS if mark not in (" ", delimiter))

    def watch(self, lines: Iterator[str]) -> Iterator[str]:
        """Yield the lines as they come."""
        for line in lines:
            if not self.odd and any(mark in line for mark in self._marks):
                self.odd = True
            yield line


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines of a file without the byte-order mark some editors leave in UTF-16 text."""
    for index, line in enumerate(text):
        yield line.removeprefix("\ufeff") if index == 0 else line


def _report(share: float, progress: Callable[[float], None] | None, cancelled: Callable[[], bool] | None) -> None:
    if cancelled is not None and cancelled():
        raise Cancelled("Reading the file was stopped.")
    if progress is not None:
        progress(min(1.0, share))


def _malformed(error: csv.Error, dialect: Dialect, before: int, now: int) -> DataError:
    """Say which row is broken: the one that started after the last good line."""
    line = dialect.skip_lines + before + 1
    hint = "Correct the file, or set text quotes to none."
    if "field limit" in str(error):
        return DataError("a cell is longer than any real one; perhaps a quote is never closed.", row=line, hint=hint)
    if "end of data" in str(error):
        return DataError(f"a quote ({dialect.quote}) opens a text and is never closed.", row=line, hint=hint)
    last = dialect.skip_lines + now
    where = "" if last == line else f" (up to line {last:,})"
    return DataError(f"a quote ({dialect.quote}) stands in the middle of a cell{where}.", row=line, hint=hint)
