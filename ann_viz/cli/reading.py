"""Options for whoever knows better how a file is written, and what they overrule of its dialect."""

from __future__ import annotations

import argparse
from typing import Final

__all__ = ["READING_OPTIONS", "add_reading", "overrides"]


def add_reading(parser: argparse.ArgumentParser) -> None:
    """Options for whoever knows better how the file is written."""
    add = parser.add_argument
    add("--delimiter", metavar="CHARACTER", type=_delimiter, help="between cells: , ; tab … (default: detected)")
    add("--encoding", metavar="NAME", help="such as utf-8 or cp1252 (default: detected)")
    add("--no-header", dest="header", action="store_const", const=False, help="the first row is data already")
    add("--decimal", metavar="MARK", choices=(".", ","), help="decimal mark: a point or a comma (default: detected)")
    orders = ("dmy", "mdy", "ymd")
    add("--date-order", metavar="ORDER", choices=orders, help="of dates: dmy, mdy or ymd (default: detected)")
    add(
        "--thousands",
        metavar="MARK",
        type=_thousands,
        help="between groups of three digits, or none (default: detected)",
    )
    add("--quote", metavar="CHARACTER", type=_quote, help="around texts, or none (default: detected)")
    add("--skip-lines", metavar="N", type=int, help="lines above the table (default: detected)")
    add("--missing", metavar="WORD,WORD", type=_words, help="words that mean 'no value', with commas between")
    add("--pad", dest="ragged", action="store_const", const="pad", help="fill up rows that are too short")
    add("--totals", choices=("keep", "skip"), help="whether rows such as 'Total' are used (default keep)")
    add("--sheet", metavar="NAME", help="of a spreadsheet (default: the first with cells)")


def _delimiter(text: str) -> str:
    """A delimiter as it can be typed in a shell."""
    return {"tab": "\t", "\\t": "\t", "space": " ", "blank": " "}.get(text.casefold(), text)


def _quote(text: str) -> str:
    """A quote as it can be typed in a shell; the empty text stands for none."""
    return {"none": "", "double": '"', "single": "'"}.get(text.casefold(), text)


def _thousands(text: str) -> str:
    """A mark between groups of digits; the empty text stands for none."""
    return {"none": "", "space": " ", "blank": " "}.get(text.casefold(), text)


def _words(text: str) -> tuple[str, ...]:
    """Words with commas between; the empty cell is always missing."""
    return ("", *dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def overrides(options: argparse.Namespace) -> dict[str, object]:
    """Return what was said of the dialect; fields not spoken of are left out."""
    chosen = {field: getattr(options, field) for field in READING_OPTIONS}
    none = dict.fromkeys(field for field in ("quote", "thousands") if chosen[field] == "")
    return {field: value for field, value in chosen.items() if value is not None} | none


READING_OPTIONS: Final = (
    *("delimiter", "encoding", "header", "decimal", "thousands", "quote", "skip_lines", "missing", "ragged", "totals"),
    *("date_order", "sheet"),
)
"""Fields of `Dialect` that can be said on the command line."""
