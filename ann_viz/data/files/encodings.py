"""Which encoding a file is written in: byte-order mark, pattern of zero bytes, strict UTF-8, then an informed guess."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from itertools import pairwise
from typing import IO, Final

from ann_viz.data.files.alphabets import latin_encoding
from ann_viz.errors import DataError
from ann_viz.translation import translate

__all__ = ["Opener", "detect_encoding", "is_utf8"]

Opener = Callable[[], AbstractContextManager[IO[bytes]]]

_CHUNK: Final = 1 << 20
_MARKS: Final[tuple[tuple[bytes, str], ...]] = (
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
_FEW_NULS: Final = 20  # at most one byte in so many; those at the end of a file don't count
_STRAY: Final = re.compile("[\udc80-\udcff]")
_HIGH: Final = re.compile("[\u0080-\U0010ffff]+")
_HIGH_BYTES: Final = re.compile(rb"[\x80-\xff]+")
_CONTROL: Final = frozenset(range(32)) - frozenset(b"\t\n\r\v\f\x1a\x1b\x1c\x1d\x1e\x1f")


def is_utf8(encoding: str) -> bool:
    """Whether a codec name means UTF-8, with or without a byte-order mark."""
    return codecs.lookup(encoding).name in ("utf-8", "utf-8-sig", "ascii")


def detect_encoding(opened: Opener, head: bytes, most_bytes: int | None = None) -> tuple[str, bool]:
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
        Name of a Python codec.
    bool
        Whether some bytes of the file are not of it.

    Raises
    ------
    DataError
        When the bytes are not text at all.
    """
    file = _File(opened, most_bytes)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", not file.decodes("utf-8-sig")
    name = _other_encoding(file, head)
    return (name, False) if name is not None else ("utf-8", True)


def _other_encoding(file: _File, head: bytes) -> str | None:
    """The encoding that reads all of a file without that mark; None for UTF-8 with some stray bytes."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return file.first_decodable(name, "cp1252", "latin-1")
    if b"\0" in head:
        wide = _wide_encoding(file, head)
        if wide is not None:
            return wide
        if head.rstrip(b"\0").count(0) > len(head) // _FEW_NULS or not head.strip(b"\0"):
            raise DataError(translate("This file holds binary data, not text."), hint=translate("Choose a CSV file."))
    if sum(byte in _CONTROL for byte in head[:4096].replace(b"\0", b"")) > max(4, len(head[:4096]) // 20):
        raise DataError(translate("This file holds binary data, not text."), hint=translate("Choose a CSV file."))
    if head.startswith(b"\x1b$") or b"\x1b$B" in head:
        return file.first_decodable("iso2022_jp", "utf-8", "latin-1")
    if file.decodes("utf-8"):
        return "utf-8"
    if file.is_nearly_utf8():
        return None
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

    def is_nearly_utf8(self) -> bool:
        """Whether it is UTF-8 but for a few bytes: letters beyond ASCII are there, and stray bytes are few beside them.

        Files that were cut off, or put together from several, have such bytes.
        """
        n_high = n_stray = n_bytes = 0
        decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        with self._opened() as file:
            while (chunk := file.read(_CHUNK)) and (self._most_bytes is None or n_bytes < self._most_bytes):
                n_bytes += len(chunk)
                text = decoder.decode(chunk)
                n_stray += len(_STRAY.findall(text))
                n_high += sum(map(len, _HIGH.findall(text)))
        n_cut = len(decoder.decode(b"", final=True))
        n_letters = n_high - n_stray
        return 0 < n_stray + n_cut <= max(1 + n_cut, n_letters // 10) and n_letters > 0

    def first_decodable(self, *names: str) -> str:
        """Return the first of these encodings the whole file decodes in; the last is not tried."""
        return next((name for name in names[:-1] if self.decodes(name)), names[-1])


def _wide_encoding(file: _File, head: bytes) -> str | None:
    """UTF-16 without a mark shows as zero bytes on every second place: of Latin text, or at least of its line ends."""
    head = head[: len(head) & ~1]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    ends = [sum(head[i : i + 2] in marks for i in range(0, len(head), 2)) for marks in _WIDE_MARKS]
    for zeros, other, marks, name in ((odd, even, ends[0], "utf-16-le"), (even, odd, ends[1], "utf-16-be")):
        if zeros > 3 * other and marks > max(1, len(head) // 400) and file.decodes(name):
            return name
    return None


_WIDE_MARKS: Final = tuple(
    frozenset(mark.encode(name) for mark in "\r\n,;\t| 0123456789") for name in ("utf-16-le", "utf-16-be")
)


_JAPANESE: Final = ("cp932", "euc_jp")


def _guess(file: _File) -> str:
    """Ask about the lines with high bytes only: first chardet for other scripts, then the alphabets of Latin ones."""
    import chardet

    lines = [line for line in file.start(4 * _CHUNK).splitlines() if not line.isascii()][:2000]
    sample = b"\n".join(lines)[:65536]
    if _is_simplified_chinese(sample):
        return "gb18030"
    japanese = next((name for name in _JAPANESE if _has_kana(sample, name)), None)
    if japanese is not None:
        return japanese
    if sum(byte > 127 for byte in sample) < _ENOUGH_HIGH_BYTES:
        return _short_guess(sample)
    answer = _codec(chardet.detect(sample)["encoding"] or "cp1252")
    if answer in _TRUSTED and (answer in _MULTIBYTE or not _is_mixed(sample)):
        return "cp949" if answer == "euc_kr" else "gb18030" if answer in ("gb2312", "gbk") else answer
    return latin_encoding(sample)


def _short_guess(sample: bytes) -> str:
    """A handful of letters says little: Western Europe, unless its letters would make no sense."""
    return latin_encoding(sample) if any(0x80 <= byte < 0xA0 for byte in sample) else "cp1252"


def _is_simplified_chinese(sample: bytes) -> bool:
    """Whether all high bytes pair up to the 3,755 common characters of GB 2312, as no other script's do by chance.

    One of the pairs lies where Korean has no syllables, and a byte where Cyrillic and Greek have no letters.
    """
    runs = _HIGH_BYTES.findall(sample)
    pairs = [run[i : i + 2] for run in runs for i in range(0, len(run), 2)]
    common = all(len(pair) == 2 and 0xB0 <= pair[0] <= 0xD7 and pair[1] > 0xA0 for pair in pairs)
    beyond = any(pair[0] > 0xC8 for pair in pairs) and any(byte < 0xC0 for pair in pairs for byte in pair)
    return common and beyond and len({run for run in runs if len(run) > 2}) > 1


def _has_kana(sample: bytes, encoding: str) -> bool:
    """Whether in this encoding a third of the letters are the Japanese syllables, several of them."""
    try:
        letters = [mark for mark in sample.decode(encoding) if ord(mark) > 127]
    except UnicodeError:
        return False
    kana = [mark for mark in letters if "\u3041" <= mark <= "\u30fa"]
    return 3 * len(kana) >= len(letters) and len(set(kana)) > 1


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
