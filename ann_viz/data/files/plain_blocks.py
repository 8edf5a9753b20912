"""Counting rows without taking them apart, as long as a file is as plain as most are.

A block of text without quotes, in which every line has as many delimiters as the table needs, has nothing to be found.
One that is otherwise is halved until a few odd lines are left to the careful reading of `scan`; from the first quote on
all the rest is, for what lies between two of them may be anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.files.dialect import BLANKS, Dialect
from ann_viz.data.files.idle_rows import DASHES_START, tells_apart

__all__ = ["Block", "PlainBlocks"]

_LONGEST_LINE: Final = 1_000_000
_NEVER_PLAIN: Final = ("\0", "\x1a", "\ufeff")
_READ_OVER: Final = ("_", "+-", "\v", "\f")
_SAMPLES_OF_BLOCK: Final = 8
_MOST_SAMPLED: Final = 200_000  # cells, for they are Python texts
_FEW: Final = 4096  # characters
_PIECE: Final = 1 << 16
_LINE_END: Final = ord("\n")
_LOWER, _E, _X, _POINT, _POINT_TO_NINE = (np.uint8(code) for code in (0x20, ord("e"), ord("x"), ord("."), 12))

Block: TypeAlias = tuple[str, bool]
"""Some lines, and whether they are the last ones."""


class PlainBlocks:
    """Counts the plain blocks at the beginning of a file.

    Parameters
    ----------
    dialect : Dialect
        How the file is written.
    width : int
        Number of columns.

    Attributes
    ----------
    n_lines : int
        Lines so far, those read with care among them.
    n_rows : int
        Rows of the table that were counted.
    n_characters, longest : int
        Characters in all their cells; at most so many in one row.
    odd_blanks : bool
        Whether a blank other than the space occurs.
    has_spaces : bool
        Whether a space occurs.
    has_marks : bool
        Whether a mark occurs that the database reads over in a number, as in 1_000, though no reader does.
    has_notations : bool
        Whether a number may be written as in 1e5 or 0x1F.
    samples : list of list of str
        Cells of some rows of every block.
    is_whole : bool
        Whether no quote or other mark made the rest of the file be read with care.
    """

    def __init__(self, dialect: Dialect, width: int) -> None:
        self.n_lines = self.n_rows = self.n_characters = self.longest = 0
        self.odd_blanks = self.has_spaces = self.has_marks = self.has_notations = self.is_whole = False
        self.samples: list[list[str]] = []
        self._delimiter = dialect.delimiter
        self._quote = dialect.quote
        self._n_delimiters = width - 1
        self._n_skipped = dialect.skip_lines + dialect.header
        odd = dialect.delimiter == " " or dialect.trailing or dialect.escape != "doubled" or dialect.spaced
        odd = odd or dialect.lossy or bool(dialect.wrapped) or dialect.header_lines > 1 or dialect.totals == "skip"
        self._possible = width > 1 and not odd and dialect.delimiter.isascii()
        self._idle_starts = tuple(f"\n{start}" for start in DASHES_START)
        self._with_header = dialect.header
        self._header_line: str | None = None
        self._odd = tuple(mark for mark in BLANKS if mark not in (" ", dialect.delimiter))

    def odd_stretches(self, blocks: Iterator[Block]) -> Iterator[tuple[int, Iterator[Block]]]:
        """Count plain blocks, and yield what is not plain: the line before it, and blocks that end with a row."""
        if not self._possible:
            yield 0, blocks
            return
        waiting: list[Block] = []
        while (block := waiting.pop() if waiting else next(blocks, None)) is not None:
            (text, last), n_lines = block, self.n_lines
            if not self._is_simple(text):
                yield n_lines, chain([block], reversed(waiting), blocks)
                return
            if self._take(text):
                continue
            cut = text.find("\n", len(text) // 2) + 1
            if len(text) > _FEW and 0 < cut < len(text):
                waiting += [(text[cut:], last), (text[:cut], False)]
            elif self._pass_over(text, last=last):
                yield n_lines, iter([block])
            else:
                yield n_lines, chain([block], reversed(waiting), blocks)
                return
        self.is_whole = True

    def _is_simple(self, text: str) -> bool:
        """Whether every line is a row or none, whatever stands in it."""
        if (self._quote is not None and self._quote in text) or any(mark in text for mark in _NEVER_PLAIN):
            return False
        n_returns = text.count("\r")
        return not n_returns or n_returns == text.count("\r\n")

    def _pass_over(self, text: str, *, last: bool) -> bool:
        """Leave a few lines to be read with care; false where what is below decides what they are."""
        above, rows = self._parted(text)
        if last or not rows or (above and _is_blank(above[-1])):
            return False
        self._note_header(above)
        bottom = rows.removesuffix("\n").rpartition("\n")[2]
        if bottom.count(self._delimiter) != self._n_delimiters or self._may_be_idle(bottom):
            return False
        self.n_lines += len(above) + rows.removesuffix("\n").count("\n") + 1
        self._note_writing(text, _codes(text))
        return True

    def _parted(self, text: str) -> tuple[list[str], str]:
        """Return the lines above the rows, and the text of the rows; none where there are fewer lines than that."""
        n_above, at = max(0, self._n_skipped - self.n_lines), 0
        for _ in range(n_above):
            at = text.find("\n", at) + 1
            if not at:
                return [], ""
        return text[:at].split("\n")[:-1], text[at:]

    def _take(self, text: str) -> bool:
        """Count a block if it is plain."""
        above, rows = self._parted(text)
        if not rows or (above and _is_blank(above[-1])):
            return not text
        rows = rows if rows.endswith("\n") else rows + "\n"
        codes = _codes(rows)
        starts, ends = _rows_of(codes, ord(self._delimiter), self._n_delimiters)
        if not len(ends):
            return False
        self._note_header(above)
        longest = int((ends - starts).max())
        if self._may_be_idle(rows) or self._repeats_header(codes, starts, ends) or longest > _LONGEST_LINE:
            return False
        self.n_lines += len(above) + len(ends)
        self.n_rows += len(ends)
        self.n_characters += len(rows) - len(ends) * (self._n_delimiters + 1) - rows.count("\r")
        self.longest = max(self.longest, longest)
        self.odd_blanks = self.odd_blanks or any(mark in text for mark in self._odd)
        self._note_writing(text, codes)
        some = slice(None, None, max(1, len(ends) // _SAMPLES_OF_BLOCK))
        for start, end in zip(starts[some].tolist(), ends[some].tolist(), strict=True):
            row = codes[start:end].tobytes().decode("utf-8", "surrogatepass")
            self.samples.append(row.rstrip("\r").split(self._delimiter))
        if len(self.samples) * self._n_delimiters > _MOST_SAMPLED:
            del self.samples[1::2]
        return True

    def _note_writing(self, text: str, codes: NDArray[np.uint8]) -> None:
        """Note what tells whether the numbers of the file are written plainly."""
        self.has_spaces = self.has_spaces or " " in text
        self.has_marks = self.has_marks or any(mark in text for mark in _READ_OVER)
        self.has_notations = self.has_notations or _may_have_notations(codes)

    def _note_header(self, above: list[str]) -> None:
        if above and self._with_header:
            line = above[-1].rstrip("\r")
            self._header_line = line if tells_apart(line.split(self._delimiter)) else None

    @property
    def header(self) -> list[str] | None:
        """Cells of the row of names, once it was read."""
        return None if self._header_line is None else self._header_line.split(self._delimiter)

    def _may_be_idle(self, rows: str) -> bool:
        """Whether a row may be no data by one of the rules of `idle_rows`; a false alarm costs time only."""
        if rows.startswith(DASHES_START) or rows.rstrip("\r\n").casefold() == (self._header_line or "").casefold():
            return True
        # Looking for a single mark first is many times quicker, and most files lack one of them.
        if any(start[1] in rows and start[2] in rows and start in rows for start in self._idle_starts):
            return True
        # The last line may be the first of some notes or empty rows that end the file.
        return self._delimiter not in rows.removesuffix("\n").rpartition("\n")[2].rstrip("\r" + self._delimiter)

    def _repeats_header(self, codes: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> bool:
        """Whether a row may be that of the names again, in capitals or not; a false alarm costs time only."""
        for line in () if self._header_line is None else (self._header_line, f"{self._header_line}\r"):
            names = _codes(line)
            alike = starts[ends - starts == len(names)]
            alike = alike[(codes[alike] | _LOWER) == (names[0] | _LOWER)]
            if ((codes[alike[:, None] + np.arange(len(names))] | _LOWER) == (names | _LOWER)).all(axis=1).any():
                return True
        return False


def _is_blank(line: str) -> bool:
    """Whether the line where the header should be is blank: the careful reading then looks for it further down."""
    return not line.strip("\r")


def _codes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)


def _rows_of(
    codes: NDArray[np.uint8], delimiter: int, n_delimiters: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where lines start and end; none where one has another number of delimiters."""
    ends = np.flatnonzero(codes == _LINE_END)
    before = np.searchsorted(np.flatnonzero(codes == delimiter), ends)
    if not (np.diff(before, prepend=0) == n_delimiters).all():
        ends = ends[:0]
    return np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends, ends


def _may_have_notations(codes: NDArray[np.uint8]) -> bool:
    """Whether an e or x follows a digit or a point, as it does in 1e5 and 0x1F.

    A piece that fits the cache of the processor is looked at in a seventh of the time.
    """
    shifted, before, is_letter = np.empty(_PIECE, np.uint8), np.empty(_PIECE, np.bool_), np.empty(_PIECE, np.bool_)
    for start in range(0, len(codes) - 1, _PIECE):
        first, second = codes[start:-1][:_PIECE], codes[start + 1 :][:_PIECE]
        n = len(first)
        np.less(np.subtract(first, _POINT, out=shifted[:n]), _POINT_TO_NINE, out=before[:n])  # "/" is one of them
        np.bitwise_or(second, _LOWER, out=shifted[:n])
        for letter in (_E, _X):
            np.equal(shifted[:n], letter, out=is_letter[:n])
            if np.logical_and(is_letter[:n], before[:n], out=is_letter[:n]).any():
                return True
    return False
