"""Lets the rows of a table pass, mends others as the user said, and keeps account of everything that is no row."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ann_viz.data.files.dialect import BLANKS, Dialect
from ann_viz.data.files.idle_rows import LeftOut, WhyLeftOut, fits_all_but_blanks, idle_kind, tail_kind, tells_apart
from ann_viz.data.files.line_blocks import LineBlocks, decoded_blocks, split_lines
from ann_viz.data.files.plain_blocks import Block, PlainBlocks
from ann_viz.data.files.rows import Row, Writing, row_reader, rows_of
from ann_viz.data.files.source_lines import LineNotes
from ann_viz.errors import Cancelled, DataError
from ann_viz.numerals import count, format_number
from ann_viz.translation import translate

__all__ = ["BadLine", "Sieve"]

_LISTED: Final = 10_000
_MOST_NOTES: Final = 20  # lines of remarks below a table; more are data
_LONGEST_TEXT: Final = 200_000
_ALL_TEXTS: Final = 8_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A row that is left out, because its number of cells is not that of the table or a quote in it is malformed.

    Parameters
    ----------
    line : int
        Line of the file it starts on, from 1.
    row : int
        Data row, from 1, counting all rows.
    expected, found : int
        Number of cells; at a malformed quote ``found`` is that of ``expected``.
    text : str
        The row as it stands in the file (or as it was edited), without its line end.
    problem : str
        What is wrong, as a clause: "expected 14 columns, found 13".
    """

    line: int
    row: int
    expected: int
    found: int
    text: str
    problem: str

    def __str__(self) -> str:
        text = translate("Row {row} (line {line}): {problem}.")
        return text.format(row=format_number(self.row), line=format_number(self.line), problem=self.problem)


class Sieve:
    """Reads the rows of a file; what it counted is known when all of them were taken.

    Parameters
    ----------
    dialect : Dialect
        How the file is written.
    width : int
        Number of columns.
    edits : mapping
        Line of a row that does not fit to its corrected text.
    plain : PlainBlocks, optional
        Counts plain blocks, whose rows then don't come out.
    notes : LineNotes, optional
        Told of the line of every row.
    """

    def __init__(
        self,
        dialect: Dialect,
        width: int,
        edits: Mapping[int, str],
        plain: PlainBlocks | None = None,
        notes: LineNotes | None = None,
    ) -> None:
        self.n_bad = self.n_padded = self.n_edited = self.n_cut = 0
        self.bad: list[BadLine] = []
        self.padded_lines: list[int] = []
        self.bad_bytes: tuple[int, ...] = ()
        self._left_out: dict[WhyLeftOut, list[int]] = {}
        if dialect.skip_lines:
            self._left_out["above"] = list(range(1, dialect.skip_lines + 1))
        self.odd_blanks = False
        self._dialect = dialect
        self._width = width
        self._edits = edits
        self._plain = plain
        self._notes = LineNotes() if notes is None else notes
        self._writing = Writing.of(dialect)
        self._space_for_texts = _ALL_TEXTS
        self._n_seen = 0  # rows read with care
        self._lines = LineBlocks(())

    def rows(
        self, path: Path, progress: Callable[[float], None] | None, cancelled: Callable[[], bool] | None
    ) -> Iterator[list[str]]:
        """Yield the cells of every row of the table."""
        size = max(1, path.stat().st_size)
        with path.open("rb") as raw:
            turn = _Turn(lambda: raw.tell() / size, progress, cancelled)
            blocks = decoded_blocks(raw, self._dialect.encoding, turn, lossy=self._dialect.lossy)
            try:
                yield from self._careful_rows(blocks)
            except UnicodeDecodeError as error:
                done = max(self._lines.n_read, 0 if self._plain is None else self._plain.n_lines)
                line = done + error.object[: error.start].count(b"\n")
                text = translate("After line {line} the file is not written in {encoding}.")
                says = text.format(line=format_number(line), encoding=self._dialect.encoding)
                raise DataError(says, hint=translate("Choose another encoding.")) from error
        self.odd_blanks |= self._plain is not None and self._plain.odd_blanks
        self.odd_blanks |= any(mark in text for text in self._edits.values() for mark in BLANKS[1:])
        if progress is not None:
            progress(1.0)

    def _careful_rows(self, blocks: Iterator[Block]) -> Iterator[list[str]]:
        """Yield the rows of all blocks, or of those that are not plain."""
        plain = self._plain
        if plain is None:
            yield from self._rows_of_stretch(0, blocks)
            return
        n_rows = 0
        for n_lines, stretch in plain.odd_stretches(blocks):
            self._note_plain_rows(plain.n_rows - n_rows, n_lines)
            n_rows = plain.n_rows
            yield from self._rows_of_stretch(n_lines, stretch)
        self._note_plain_rows(plain.n_rows - n_rows, plain.n_lines)

    def _note_plain_rows(self, n: int, last_line: int) -> None:
        self._notes.rows_from(last_line - n + 1, n)

    def _rows_of_stretch(self, n_lines: int, blocks: Iterator[Block]) -> Iterator[list[str]]:
        """Yield the rows of blocks that begin after so many lines."""
        dialect = self._dialect
        lines = LineBlocks(blocks, dialect.delimiter, n_lines, lossy=dialect.lossy, wrapped=dialect.wrapped)
        lines.done = max(n_lines, dialect.skip_lines)
        self._lines = lines
        yield from self._sifted(lines, header=dialect.header and not n_lines)
        self.bad_bytes += tuple(lines.spoiled[:_LISTED])
        self.odd_blanks |= lines.odd_blanks

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Lines that are no rows of the table, by kind."""
        return tuple(
            LeftOut(kind=kind, n=len(lines), lines=tuple(lines[:_LISTED])) for kind, lines in self._left_out.items()
        )

    def _sifted(self, lines: LineBlocks, *, header: bool) -> Iterator[list[str]]:
        width = self._width + self._dialect.trailing
        n_counted = 0 if self._plain is None else self._plain.n_rows
        for row in self._rows_of_data(lines, width, header=header):
            self._n_seen += 1
            number = n_counted + self._n_seen
            cells = row.cells
            if len(cells) != width or (self._dialect.trailing and cells[-1].strip()):
                mended = self._mended(row, number, lines)
                if mended is None:
                    continue
                cells = mended
            elif self._dialect.trailing:
                cells.pop()
            self._notes.rows_from(row.line)
            yield cells

    def _rows_of_data(self, lines: LineBlocks, width: int, *, header: bool) -> Iterator[Row]:
        """Yield the rows that may be data; the others are passed over, some only at the end."""
        n_header = self._dialect.header_lines if header else 0
        names = None if self._plain is None else self._plain.header
        totals = self._dialect.totals == "skip"
        tail: list[tuple[WhyLeftOut, Row]] = []
        found = self._n_seen > 0 or (self._plain is not None and self._plain.n_rows > 0)
        for row in rows_of(lines, self._writing, width):
            cells = row.cells
            if not cells and not row.problem:
                continue
            if n_header:
                if n_header == self._dialect.header_lines:
                    names = cells if tells_apart(cells) else None
                else:
                    self._leave_out("below header", row)
                n_header -= 1
                continue
            idle = idle_kind(cells, names, totals=totals) if cells else None
            if idle is not None:
                self._leave_out(idle, row)
                continue
            at_end = tail_kind(cells, lines.between(row.line - 1, lines.done)) if len(cells) == width else None
            if at_end is not None:
                tail.append((at_end, row))
                continue
            yield from (other for _, other in tail)
            tail.clear()
            found = True
            yield row
        if not found or sum(kind == "note" for kind, _ in tail) > _MOST_NOTES:
            yield from (row for _, row in tail)
        else:
            for kind, row in tail:
                self._leave_out(kind, row)

    def _leave_out(self, kind: WhyLeftOut, row: Row) -> None:
        self._left_out.setdefault(kind, []).append(row.line)

    def _mended(self, row: Row, number: int, lines: LineBlocks) -> list[str] | None:
        """Cells of a row that doesn't fit, as the user wants it, or None, listing it."""
        edit = self._edits.get(row.line)
        if edit is not None:
            cells = _single_row(edit, self._writing)
            if cells is not None and len(cells) == self._width:
                self.n_edited += 1
                return cells
            edited = Row(row.line, cells or [], "" if cells else "the corrected text is not one row")
            self._list(edited if edit else row, number, edit or self._text_of(row, lines))
            return None
        cells = row.cells
        if cells and self._dialect.trailing and len(cells) == self._width:
            return cells
        if fits_all_but_blanks(cells, self._width):
            self.n_cut += 1
            return cells[: self._width]
        if cells and self._dialect.ragged == "pad" and len(cells) < self._width:
            self.n_padded += 1
            if len(self.padded_lines) < _LISTED:
                self.padded_lines.append(row.line)
            return (cells + [""] * (self._width - len(cells)))[: self._width]
        self._list(row, number, self._text_of(row, lines))
        return None

    def _text_of(self, row: Row, lines: LineBlocks) -> str:
        if len(self.bad) >= _LISTED or self._space_for_texts <= 0:
            return ""
        return "".join(lines.between(row.line - 1, lines.done)).rstrip("\r\n")

    def _list(self, row: Row, number: int, text: str) -> None:
        """Count a row that is left out, and list it while the list isn't full."""
        self.n_bad += 1
        self._notes.bad_row(row.line)
        if len(self.bad) >= _LISTED or self._space_for_texts <= 0:
            return
        found = self._width if row.problem else len(row.cells)
        text_of = translate("expected {columns}, found {n}")
        problem = row.problem or text_of.format(columns=count(self._width, "column"), n=found)
        self._space_for_texts -= len(text)
        self.bad.append(
            BadLine(
                line=row.line,
                row=number,
                expected=self._width,
                found=found,
                text=text[:_LONGEST_TEXT],
                problem=problem,
            )
        )


def _single_row(text: str, writing: Writing) -> list[str] | None:
    try:
        rows = [cells for cells in row_reader(split_lines(text), writing) if cells]
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


class _Turn:
    """Reports the share read and stops when the user wants it."""

    def __init__(
        self,
        share: Callable[[], float],
        progress: Callable[[float], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._share = share
        self._progress = progress
        self._cancelled = cancelled

    def __call__(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise Cancelled("Reading the file was stopped.")
        if self._progress is not None:
            self._progress(min(1.0, self._share()))
