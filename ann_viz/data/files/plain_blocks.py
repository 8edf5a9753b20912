"""Counting rows without taking them apart, as long as a file is as plain as most are.

A block of text without quotes, in which every line has as many delimiters as the table needs, has nothing to be found.
The first block that is otherwise, and all after it, are left to the careful reading of `scan`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from operator import methodcaller
from typing import Final

from ann_viz.data.files.dialect import BLANKS, Dialect
from ann_viz.data.files.idle_rows import DASHES_START, tells_apart

__all__ = ["PlainBlocks"]

_LONGEST_LINE: Final = 1_000_000
_NEVER_PLAIN: Final = ("\0", "\x1a", "\ufeff")


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
    n_lines, n_rows : int
        Lines counted, and how many of them are rows of the table.
    n_characters, longest : int
        Characters in all their cells; at most so many in one row.
    odd_blanks : bool
        Whether a blank other than the space occurs.
    """

    def __init__(self, dialect: Dialect, width: int) -> None:
        self.n_lines = self.n_rows = self.n_characters = self.longest = 0
        self.odd_blanks = False
        self._delimiter = dialect.delimiter
        self._quote = dialect.quote
        self._n_delimiters = width - 1
        self._n_skipped = dialect.skip_lines + dialect.header
        odd = dialect.delimiter == " " or dialect.trailing or dialect.escape != "doubled" or dialect.spaced
        odd = odd or dialect.lossy or bool(dialect.wrapped) or dialect.header_lines > 1 or dialect.totals == "skip"
        self._possible = width > 1 and not odd
        self._idle_starts = tuple(f"\n{start}" for start in DASHES_START)
        self._with_header = dialect.header
        self._header_line: str | None = None
        self._odd = tuple(mark for mark in BLANKS if mark not in (" ", dialect.delimiter))

    def count(self, blocks: Iterator[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
        """Count plain blocks and return the others, from the first that is not plain."""
        if not self._possible:
            return blocks
        for text, last in blocks:
            if not self._take(text):
                return chain([(text, last)], blocks)
        return iter(())

    def _take(self, text: str) -> bool:
        """Count a block if it is plain."""
        if (self._quote is not None and self._quote in text) or any(mark in text for mark in _NEVER_PLAIN):
            return False
        n_returns = text.count("\r")
        if n_returns and n_returns != text.count("\r\n"):
            return False
        lines = text.split("\n")
        if not lines[-1]:
            lines.pop()
        skipped = max(0, self._n_skipped - self.n_lines)
        rows = lines[skipped:]
        if skipped and (not rows or _is_blank(lines[skipped - 1])):
            return not lines
        if set(map(methodcaller("count", self._delimiter), rows)) - {self._n_delimiters}:
            return False
        if skipped and self._with_header:
            self._note_header(lines[skipped - 1].rstrip("\r"))
        if self._may_be_idle(text, rows):
            return False
        lengths = list(map(len, rows))
        if max(lengths, default=0) > _LONGEST_LINE:
            return False
        self.n_lines += len(lines)
        self.n_rows += len(rows)
        n_returns = sum(row.endswith("\r") for row in rows) if n_returns else 0
        self.n_characters += sum(lengths) - len(rows) * self._n_delimiters - n_returns
        self.longest = max(self.longest, max(lengths, default=0))
        self.odd_blanks = self.odd_blanks or any(mark in text for mark in self._odd)
        return True

    def _note_header(self, line: str) -> None:
        if tells_apart(line.split(self._delimiter)):
            self._header_line = line

    @property
    def header(self) -> list[str] | None:
        """Cells of the row of names, once it was read."""
        return None if self._header_line is None else self._header_line.split(self._delimiter)

    def _may_be_idle(self, text: str, rows: list[str]) -> bool:
        """Whether a row may be no data by one of the rules of `idle_rows`; a false alarm costs time only."""
        if not rows:
            return False
        if self._header_line in rows or f"{self._header_line}\r" in rows:
            return True
        if rows[0].startswith(DASHES_START):
            return True
        # Looking for a single mark first is many times quicker, and most files lack one of them.
        if any(start[1] in text and start[2] in text and start in text for start in self._idle_starts):
            return True
        # The last line may be the first of some notes or empty rows that end the file.
        return self._delimiter not in rows[-1].rstrip("\r" + self._delimiter)


def _is_blank(line: str) -> bool:
    """Whether the line where the header should be is blank: the careful reading then looks for it further down."""
    return not line.strip("\r")
