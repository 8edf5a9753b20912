"""Lines that are wrapped as a whole: in quotes, as some programs save a CSV twice, or between bars, as in Markdown."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, Literal

__all__ = ["Wrapping", "unwrapped", "wrapping_of"]

Wrapping = Literal["", "quotes", "bars"]

_IN_QUOTES: Final = re.compile(r'\ufeff?\s*"((?:[^"]|"")*)"[;,\t ]*(\r?\n|\r|)')
_IN_BARS: Final = re.compile(r"\s*\| ?(.*?) ?\|[ \t]*(\r?\n|\r|)", re.DOTALL)
_NUMBER: Final = re.compile(r'\s*"?[-+]?\d[\d.,]*"?\s*')
_MOST: Final = 0.9
_FEWEST_LINES: Final = 2


def unwrapped(line: str, wrapped: Wrapping) -> str:
    """Return a line, with its end, without what stands round it; one that is not wrapped stays as it is."""
    if wrapped == "quotes":
        found = _IN_QUOTES.fullmatch(line)
        return line if found is None else found[1].replace('""', '"') + found[2]
    found = _IN_BARS.fullmatch(line)
    return line if found is None else found[1] + found[2]


def wrapping_of(lines: list[str]) -> Wrapping:
    """Say what stands round nearly all of the first lines.

    Lines in quotes are one cell each for any reader; they are a table only where all hold as many delimiters, and
    where one of the columns is made of numbers.
    """
    lines = [line for line in lines if line.strip()]
    if len(lines) < _FEWEST_LINES:
        return ""
    if sum(bool(_IN_BARS.fullmatch(line)) for line in lines) >= _MOST * len(lines):
        return "bars"
    quoted = [line for line in lines if _IN_QUOTES.fullmatch(line)]
    if len(quoted) >= _MOST * (len(lines) - 1) and len(quoted) >= _FEWEST_LINES:
        inside = [unwrapped(line, "quotes").rstrip("\r\n") for line in quoted]
        if any(_is_table(inside, delimiter) for delimiter in ",;\t|"):
            return "quotes"
    return ""


def _is_table(lines: list[str], delimiter: str) -> bool:
    widths = Counter(line.count(delimiter) for line in lines)
    usual, times = widths.most_common(1)[0]
    if not usual or times < _MOST * len(lines):
        return False
    rows = [line.split(delimiter) for line in lines[1:] if line.count(delimiter) == usual]
    return any(all(_NUMBER.fullmatch(row[i]) for row in rows) for i in range(usual + 1)) if rows else False
