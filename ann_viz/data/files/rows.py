"""From bytes to rows: lines of a file in blocks, and rows of cells that survive a malformed quote.

A row with a malformed quote comes out as a problem with its text; reading goes on at the line after its first.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, BinaryIO, Final, Literal

from ann_viz.data.files.dialect import BLANKS, Dialect
from ann_viz.data.files.wrapping import Wrapping, unwrapped
from ann_viz.errors import DataError
from ann_viz.translation import translate

__all__ = ["LineBlocks", "Row", "Writing", "decoded_blocks", "never_closed", "row_reader", "rows_of", "split_lines"]

_BLOCK_BYTES: Final = 1 << 19
_LONGEST_CELL: Final = 16_000_000
_LONGEST_LINE: Final = 32_000_000
_TRIED_LINES: Final = 6
_END_OF_DOS_FILE: Final = "\x1a"
_SPOILED: Final = re.compile("[\0\udc80-\udcff]")


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


def split_lines(text: str) -> list[str]:
    """Split text at LF, CR and CRLF only, keeping the ends."""
    return list(io.StringIO(text, newline=""))


def decoded_blocks(
    raw: BinaryIO, encoding: str, turn: Callable[[], None] | None = None, *, lossy: bool = False
) -> Iterator[tuple[str, bool]]:
    """Yield (text, whether it is the last) of a file, each ending where a line ends.

    Parameters
    ----------
    raw : binary file
        The file.
    encoding : str
        Name of a codec.
    turn : callable, optional
        Called before each block: the place to report and to stop.
    lossy : bool
        Whether bytes that are not of the encoding come out as lone surrogates, which `LineBlocks` notes and replaces.

    Raises
    ------
    UnicodeError
        Where the bytes are not of that encoding.
    DataError
        Where a line is longer than any real one.
    """
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape" if lossy else "strict")
    rest: list[str] = []
    rest_length = 0
    first = True
    while True:
        if turn is not None:
            turn()
        data = raw.read(_BLOCK_BYTES)
        text = decoder.decode(data, final=not data)
        if first and text:
            # Some editors leave a second byte-order mark in UTF-16 text.
            text, first = text.removeprefix("\ufeff"), False
        # A final CR waits for the LF that may follow.
        cut = max(text.rfind("\n"), text.rfind("\r", 0, len(text) - 1)) + 1 if data else len(text)
        if cut == 0 and data:
            rest.append(text)
            rest_length += len(text)
            if rest_length > _LONGEST_LINE:
                raise DataError(
                    translate("This file has a line of more than 32 million characters."),
                    hint=translate("Is it a table?"),
                )
            continue
        yield "".join((*rest, text[:cut])), not data
        if not data:
            return
        rest, rest_length = [text[cut:]], len(text) - cut


class LineBlocks:
    """Lines of blocks of text, keeping those of unfinished rows so that they can be read again.

    Parameters
    ----------
    blocks : iterable of (str, bool)
        As from `decoded_blocks`.
    delimiter : str
        A blank other than this and the space is noted in ``odd_blanks``.
    first_line : int
        Number of the first line of the first block, from 0.
    lossy : bool
        Whether bytes that could not be read are among them.
    wrapped : {"", "quotes", "bars"}
        What stands round every line.

    Attributes
    ----------
    spoiled : list of int
        Lines, from 1, that hold a NUL, which is dropped, or bytes that could not be read, which become \ufffd.
    """

    def __init__(
        self,
        blocks: Iterable[tuple[str, bool]],
        delimiter: str = ",",
        first_line: int = 0,
        *,
        lossy: bool = False,
        wrapped: Wrapping = "",
    ) -> None:
        self.odd_blanks = False
        self.spoiled: list[int] = []
        self._lossy = lossy
        self._wrapped: Wrapping = wrapped
        self.done = first_line
        self._odd = tuple(mark for mark in BLANKS if mark not in (" ", delimiter))
        self._blocks = iter(blocks)
        self._kept: deque[tuple[int, list[str]]] = deque()
        self._next_line = first_line

    def __iter__(self) -> Iterator[str]:
        """Yield the lines not yet done."""
        return chain.from_iterable(self._lists())

    def _lists(self) -> Iterator[list[str]]:
        for start, lines in list(self._kept):
            yield lines[max(0, self.done - start) :]
        for text, last in self._blocks:
            lines = split_lines(self._cleaned(text, last=last))
            if "\0" in text or (self._lossy and _SPOILED.search(text)):
                lines = self._mended(lines)
            if self._wrapped:
                lines = [unwrapped(line, self._wrapped) for line in lines]
            while self._kept and self._kept[0][0] + len(self._kept[0][1]) <= self.done:
                self._kept.popleft()
            self._kept.append((self._next_line, lines))
            skipped = max(0, self.done - self._next_line)
            self._next_line += len(lines)
            yield lines[skipped:] if skipped else lines

    def _cleaned(self, text: str, *, last: bool) -> str:
        if not self.odd_blanks and any(mark in text for mark in self._odd):
            self.odd_blanks = True
        if "\ufeff" in text:
            # Files put together end to end carry a byte-order mark at each seam.
            text = re.sub("(?:^|(?<=[\r\n]))\ufeff", "", text)
        return text.removesuffix(_END_OF_DOS_FILE) if last else text

    def _mended(self, lines: list[str]) -> list[str]:
        """Note lines with bytes that are no text, and make text of them."""
        self.spoiled += [self._next_line + n for n, line in enumerate(lines, 1) if _SPOILED.search(line)]
        return [re.sub("[\udc80-\udcff]+", "\ufffd", line.replace("\0", "")) for line in lines]

    def between(self, start: int, stop: int) -> list[str]:
        """Return the lines from ``start`` to before ``stop``, counted from 0, not before ``done``."""
        found: list[str] = []
        for first, lines in self._kept:
            if first < stop and first + len(lines) > start:
                found += lines[max(0, start - first) : stop - first]
        return found

    @property
    def n_read(self) -> int:
        """Lines taken from the file so far."""
        return self._next_line


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
