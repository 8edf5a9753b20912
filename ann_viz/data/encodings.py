"""Which encoding a file is written in: byte-order mark, pattern of zero bytes, strict UTF-8, then an informed guess."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import Final

from ann_viz.errors import DataError

__all__ = ["detect_encoding", "is_utf8"]

_CHUNK: Final = 1 << 20
_MARKS: Final[tuple[tuple[bytes, str], ...]] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WEST_EUROPEAN: Final = (
    "iso-8859-1",
    "iso8859-1",
    "windows-1252",
    "cp1252",
    "latin",
    "mac",
    "cp437",
    "cp850",
    "ascii",
)
_ENOUGH_HIGH_BYTES: Final = 8
_CONTROL: Final = frozenset(range(32)) - frozenset(b"\t\n\r\v\f\x1a\x1b\x1c\x1d\x1e\x1f")


def is_utf8(encoding: str) -> bool:
    """Whether a codec name means UTF-8, with or without a byte-order mark."""
    return codecs.lookup(encoding).name in ("utf-8", "utf-8-sig", "ascii")


def detect_encoding(path: Path, head: bytes) -> str:
    """Say in which encoding a file is written.

    Parameters
    ----------
    path : Path
        The file; all of it is read once.
    head : bytes
        Its first bytes.

    Returns
    -------
    str
        Name of a Python codec that can decode the whole file.

    Raises
    ------
    DataError
        When the bytes are not text at all.
    """
    for mark, name in _MARKS:
        if head.startswith(mark):
            return _decodable(path, (name, "cp1252", "latin-1"))
    if b"\0" in head:
        return _wide_encoding(path, head)
    if sum(byte in _CONTROL for byte in head[:4096]) > len(head[:4096]) // 20:
        raise DataError("This file holds binary data, not text.", hint="Choose a CSV file.")
    if _decodes(path, "utf-8"):
        return "utf-8"
    return _decodable(path, (_guess(path), "cp1252", "latin-1"))


def _wide_encoding(path: Path, head: bytes) -> str:
    """UTF-16 without a mark shows as zero bytes on every second place of plain Latin text."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    places = max(1, len(head) // 2)
    for share, other, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if share > 0.3 * places and other < 0.05 * places and _decodes(path, name):
            return name
    raise DataError("This file holds binary data, not text.", hint="Choose a CSV file.")


def _decodes(path: Path, encoding: str) -> bool:
    """Whether the whole file decodes strictly."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _decodable(path: Path, names: tuple[str, ...]) -> str:
    return next(name for name in names if _decodes(path, name))


def _guess(path: Path) -> str:
    """Ask chardet about the lines with high bytes only; too little evidence means Western Europe."""
    import chardet

    with path.open("rb") as file:
        data = file.read(4 * _CHUNK)
    lines = [line for line in data.splitlines() if not line.isascii()][:2000]
    sample = b"\n".join(lines)[:65536]
    if sum(byte > 127 for byte in sample) < _ENOUGH_HIGH_BYTES:
        return "cp1252"
    answer = chardet.detect(sample)["encoding"] or "cp1252"
    if answer.lower().startswith(_WEST_EUROPEAN):
        return "cp1252"
    try:
        name = codecs.lookup(answer).name
        # Relatives of Latin-1 differ in a few letters; where none of these occurs the commonest will do.
        same = sample.decode(name) == sample.decode("cp1252")
    except (LookupError, UnicodeError):
        same = False
    return "cp1252" if same else _known(answer)


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
