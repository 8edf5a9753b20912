"""From bytes to lines: text of a file in blocks that end where a line ends, and lines that can be read again."""

from __future__ import annotations

import codecs
import io
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import BinaryIO, Final

from ann_viz.data.files.dialect import BLANKS
from ann_viz.data.files.wrapping import Wrapping, unwrapped
from ann_viz.errors import DataError
from ann_viz.translation import translate

__all__ = ["LineBlocks", "decoded_blocks", "split_lines"]

_BLOCK_BYTES: Final = 1 << 19
_LONGEST_LINE: Final = 32_000_000
_END_OF_DOS_FILE: Final = "\x1a"
_SPOILED: Final = re.compile("[\0\udc80-\udcff]")


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
