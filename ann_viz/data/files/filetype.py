"""Files that are certainly not a table of text, recognised by their first bytes; each gets one plain sentence."""

from __future__ import annotations

import json
import re
from typing import Final

from ann_viz.errors import DataError
from ann_viz.translation import translatable, translate

__all__ = ["refuse_binary", "refuse_markup"]

_SPREADSHEET: Final = translatable("Open it in your spreadsheet program and save it as CSV.")
_PACKED: Final = translatable("Unpack it first and open the CSV inside.")
_EXPORT: Final = translatable("Export it as CSV first.")
_FETCH_AGAIN: Final = translatable("Perhaps its download was cut short: fetch it again.")
_WRONG: Final = translatable("Choose a CSV file.")

_MAGIC: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"PK\x05\x06", translatable("an empty zip archive"), _WRONG),
    (b"%PDF", translatable("a PDF document"), _EXPORT),
    (b"\x89PNG", translatable("a PNG image"), _WRONG),
    (b"\xff\xd8\xff", translatable("a JPEG image"), _WRONG),
    (b"GIF87a", translatable("a GIF image"), _WRONG),
    (b"GIF89a", translatable("a GIF image"), _WRONG),
    (b"II*\x00", translatable("a TIFF image"), _WRONG),
    (b"MM\x00*", translatable("a TIFF image"), _WRONG),
    (b"RIFF", translatable("a picture, sound or video file"), _WRONG),
    (b"OggS", translatable("a sound file"), _WRONG),
    (b"ID3", translatable("a sound file"), _WRONG),
    (b"BZh", translatable("a bzip2 archive"), _PACKED),
    (b"\xfd7zXZ\x00", translatable("an xz archive"), _PACKED),
    (b"7z\xbc\xaf\x27\x1c", translatable("a 7-Zip archive"), _PACKED),
    (b"Rar!\x1a\x07", translatable("a RAR archive"), _PACKED),
    (b"SQLite format 3\x00", translatable("an SQLite database"), _EXPORT),
    (
        b"PAR1",
        translatable("a damaged Parquet file"),
        _FETCH_AGAIN,
    ),
    (b"PARE", translatable("an encrypted Parquet file"), translatable("Save it without encryption, or as CSV.")),
    (b"\x1f\x8b", translatable("packed twice"), _PACKED),
    (b"\x28\xb5\x2f\xfd", translatable("packed twice"), _PACKED),
    (b"BM", translatable("a bitmap image"), _WRONG),
    (b"\x00\x00\x01\x00", translatable("an icon"), _WRONG),
    (b"\x04\x22\x4d\x18", translatable("an lz4 archive"), _PACKED),
    (b"Obj\x01", translatable("an Avro file"), _EXPORT),
    (b"ORC", translatable("an ORC file"), _EXPORT),
    (b"RDX3\n", translatable("an R data file"), _EXPORT),
    (b"\x80\x04\x95", translatable("a Python pickle"), _EXPORT),
    (b"<stata_dta>", translatable("a Stata file"), _EXPORT),
    (b"$FL2", translatable("an SPSS file"), _EXPORT),
    (b"MATLAB 5.0", translatable("a MATLAB file"), _EXPORT),
    (b"ARROW1", translatable("an Arrow file"), _EXPORT),
    (b"FEA1", translatable("a Feather file"), _EXPORT),
    (b"\x89HDF", translatable("an HDF5 file"), _EXPORT),
    (b"\x93NUMPY", translatable("a NumPy array"), _EXPORT),
    (b"{\\rtf", translatable("a rich-text document"), _EXPORT),
    (b"\x7fELF", translatable("a program"), _WRONG),
    (b"MZ\x90\x00", translatable("a program"), _WRONG),
)

_ZIPPED: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"oasis.opendocument", translatable("an OpenDocument file"), _EXPORT),
    (b"word/", translatable("a Word document"), _EXPORT),
    (b"ppt/", translatable("a presentation"), _EXPORT),
    (b"[Content_Types].xml", translatable("an Excel workbook or another Office file"), _SPREADSHEET),
    (b"", translatable("a zip archive"), _PACKED),
)
_TAR_MARK: Final = slice(257, 262)
_WORDY: Final = (b"BM", b"ORC", b"RIFF", b"ID3", b"MZ\x90\x00")
"""Marks that could begin a line of text; they count only before bytes that no text has."""

_PROLOGUE: Final = re.compile(r"(?>\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype\b[^>\[]*(?:\[.*?\]\s*)?>))*+", re.I | re.S)
_ROOT: Final = re.compile(r"\s*<([a-z][\w:.-]*)(?=[\s/>])", re.IGNORECASE)
_PAGE: Final = re.compile(r"\s*<!doctype html\b", re.IGNORECASE)
_PAGES: Final = frozenset(("html", "head", "body"))
_PAGE_PARTS: Final = frozenset(("table", "div", "script", "meta", "title", "p", "ul", "h1"))
_MARKED_UP: Final = 0.8  # of the lines are tags from end to end
_JSON_START: Final = re.compile(r'\s*(\{\s*("|\}\s*$)|\[\s*(\{\s*"|\[))')


def refuse_binary(head: bytes) -> None:
    """Raise when the first bytes are those of a known kind of file that is not text.

    Raises
    ------
    DataError
        Naming the kind of file and what to do.
    """
    if head.startswith(b"PK\x03\x04"):
        kind, hint = next((kind, hint) for mark, kind, hint in _ZIPPED if mark in head)
        raise DataError(
            translate("This file is {kind}, not a table of text.").format(kind=translate(kind)), hint=translate(hint)
        )
    if head[_TAR_MARK] == b"ustar":
        raise _no_text(translatable("a tar archive"), _PACKED)
    for magic, kind, hint in _MAGIC:
        if head.startswith(magic) and (magic not in _WORDY or b"\0" in head):
            raise DataError(
                translate("This file is {kind}, not a table of text.").format(kind=translate(kind)),
                hint=translate(hint),
            )


def _no_text(kind: str, hint: str) -> DataError:
    text = translate("This file is {kind}, not a table of text.")
    return DataError(text.format(kind=translate(kind)), hint=translate(hint))


def refuse_markup(text: str) -> None:
    """Raise when the text is a web page, XML or JSON instead of a table.

    Raises
    ------
    DataError
        Naming what it is and what to do.
    """
    kind = _markup_kind(text)
    if kind == "a web page":
        hint = translate("On the page, look for a link that downloads the raw CSV file.")
        raise DataError(translate("This file is a web page, not a table."), hint=hint)
    if kind is not None:
        raise DataError(
            translate("This file is {kind}, not a table.").format(kind=translate(kind)),
            hint=translate(_WRONG if kind.endswith("picture") else _EXPORT),
        )
    if _JSON_START.match(text) and _is_json(text):
        raise DataError(translate("This file is JSON, not a table."), hint=translate(_EXPORT))


def _markup_kind(text: str) -> str | None:
    """What a text is that consists of tags; None for any other, even if its first cell looks like a tag."""
    if _PAGE.match(text):
        return "a web page"
    prologue = _PROLOGUE.match(text)
    start = prologue.end() if prologue else 0
    root = _ROOT.match(text, start)
    declared = text[:start].lstrip()[:5].lower() == "<?xml"
    if root is None:
        return "XML" if declared else None
    name = root[1].lower()
    lines = [line.strip() for line in text[start:].splitlines() if line.strip()]
    tagged = sum(line.startswith("<") and line.endswith(">") for line in lines) >= _MARKED_UP * len(lines)
    if not (declared or tagged or name in _PAGES or f"</{name}>" in text.lower()):
        return None
    return translatable("an SVG picture") if name == "svg" else "a web page" if name in _PAGES | _PAGE_PARTS else "XML"


def _is_json(text: str) -> bool:
    """Whether the text, or its first line, or the start of it, reads as JSON."""
    for part in (text, text.strip().split("\n", 1)[0]):
        try:
            json.loads(part)
        except (ValueError, RecursionError):
            continue
        return True
    return len(text) > 100_000 and text.lstrip()[:1] in "[{"
