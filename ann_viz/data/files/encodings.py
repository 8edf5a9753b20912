"""Which encoding a file is written in: byte-order mark, pattern of zero bytes, strict UTF-8, then an informed guess."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import pairwise
from typing import IO, Final

from ann_viz.data.files.alphabets import latin_encoding
from ann_viz.errors import DataError
from ann_viz.translation import translate

__all__ = ["detect_encoding", "is_utf8"]

Opener = Callable[[], AbstractContextManager[IO[bytes]]]

_CHUNK: Final = 1 << 20
_MARKS: Final[tuple[tuple[bytes, str], ...]] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TRUSTED: Final = (
    *("cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic", "cp1253", "iso8859-7", "cp1255", "iso8859-8"),
    *("cp1256", "iso8859-6", "cp874", "tis-620", "cp949", "euc_kr", "johab", "cp932", "shift_jis", "euc_jp"),
    *("iso2022_jp", "gb18030", "gbk", "gb2312", "big5", "big5hkscs", "cp950", "hz"),
)
"""Encodings of other scripts than Latin, which chardet tells well apart."""

_MULTIBYTE: Final = frozenset(_TRUSTED[_TRUSTED.index("cp949") :])
_ENOUGH_HIGH_BYTES: Final = 8
_CONTROL: Final = frozenset(range(32)) - frozenset(b"\t\n\r\v\f\x1a\x1b\x1c\x1d\x1e\x1f")


def is_utf8(encoding: str) -> bool:
    """Whether a codec name means UTF-8, with or without a byte-order mark."""
    return codecs.lookup(encoding).name in ("utf-8", "utf-8-sig", "ascii")


def detect_encoding(opened: Opener, head: bytes, most_bytes: int | None = None) -> str:
    """Say in which encoding a file is written.

    Parameters
    ----------
    opened : callable
        Opens the file; all of it is read once.
    head : bytes
        Its first bytes.
    most_bytes : int, optional
        Stop reading there.

    Returns
    -------
    str
        Name of a Python codec that can decode the whole file.

    Raises
    ------
    DataError
        When the bytes are not text at all.
    """
    file = _File(opened, most_bytes)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return file.first_decodable(name, "cp1252", "latin-1")
    if b"\0" in head:
        return _wide_encoding(file, head)
    if sum(byte in _CONTROL for byte in head[:4096]) > max(4, len(head[:4096]) // 20):
        raise DataError(translate("This file holds binary data, not text."), hint=translate("Choose a CSV file."))
    if head.startswith(b"\x1b$") or b"\x1b$B" in head:
        return file.first_decodable("iso2022_jp", "utf-8", "latin-1")
    if file.decodes("utf-8"):
        return "utf-8"
    return file.first_decodable(_guess(file), "cp1252", "latin-1")


class _File:
    """A file that can be read again and again."""

    def __init__(self, opened: Opener, most_bytes: int | None) -> None:
        self._opened = opened
        self._most_bytes = most_bytes

    def start(self, n_bytes: int) -> bytes:
        with self._opened() as file:
            return file.read(n_bytes)

    def decodes(self, encoding: str) -> bool:
        """Whether the whole file decodes strictly."""
        decoder = codecs.getincrementaldecoder(encoding)()
        n_bytes = 0
        try:
            with self._opened() as file:
                while chunk := file.read(_CHUNK):
                    decoder.decode(chunk)
                    n_bytes += len(chunk)
                    if self._most_bytes is not None and n_bytes >= self._most_bytes:
                        return True
            decoder.decode(b"", final=True)
        except UnicodeError:
            return False
        return True

    def first_decodable(self, *names: str) -> str:
        """Return the first of these encodings the whole file decodes in; the last is not tried."""
        return next((name for name in names[:-1] if self.decodes(name)), names[-1])


def _wide_encoding(file: _File, head: bytes) -> str:
    """UTF-16 without a mark shows as zero bytes on every second place: of Latin text, or at least of its line ends."""
    head = head[: len(head) & ~1]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    ends = [sum(head[i : i + 2] in marks for i in range(0, len(head), 2)) for marks in _WIDE_MARKS]
    for zeros, other, marks, name in ((odd, even, ends[0], "utf-16-le"), (even, odd, ends[1], "utf-16-be")):
        if zeros > 3 * other and marks > max(1, len(head) // 400) and file.decodes(name):
            return name
    raise DataError(translate("This file holds binary data, not text."), hint=translate("Choose a CSV file."))


_WIDE_MARKS: Final = tuple(
    frozenset(mark.encode(name) for mark in "\r\n,;\t| 0123456789") for name in ("utf-16-le", "utf-16-be")
)


def _guess(file: _File) -> str:
    """Ask about the lines with high bytes only: first chardet for other scripts, then the alphabets of Latin ones."""
    import chardet

    lines = [line for line in file.start(4 * _CHUNK).splitlines() if not line.isascii()][:2000]
    sample = b"\n".join(lines)[:65536]
    if sum(byte > 127 for byte in sample) < _ENOUGH_HIGH_BYTES:
        return _short_guess(sample)
    answer = _codec(chardet.detect(sample)["encoding"] or "cp1252")
    if answer in _TRUSTED and (answer in _MULTIBYTE or not _is_mixed(sample)):
        return "cp949" if answer == "euc_kr" else "gb18030" if answer in ("gb2312", "gbk") else answer
    return latin_encoding(sample)


def _short_guess(sample: bytes) -> str:
    """A handful of letters says little: Western Europe, unless its letters would make no sense."""
    return latin_encoding(sample) if any(0x80 <= byte < 0xA0 for byte in sample) else "cp1252"


def _is_mixed(sample: bytes) -> bool:
    """Whether most letters beyond ASCII stand beside plain ones, as in Latin scripts."""
    pairs = list(pairwise(sample))
    beside_high = sum(a > 127 and b > 127 for a, b in pairs)
    beside_plain = sum((a > 127) != (b > 127) and chr(min(a, b)).isalpha() for a, b in pairs)
    return beside_plain > beside_high


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
