"""Which delimiter and quote a text is written with.

Every candidate pair splits the first rows; its score is how even the rows are, times the share of cells that look like
a number, a date or a short text (the idea of CleverCSV: van den Burg, Nazábal, Sutton 2019).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

__all__ = ["best_pair", "looks_typed", "read_rows"]

_DELIMITERS: Final = (",", "\t", ";", "|", " ", ":", "~", "^", "\x1f")
_SAMPLE_ROWS: Final = 150
_LONGEST_CELL: Final = 16_000_000
_PREFERENCE: Final = {",": 1.0, "\t": 1.0, ";": 1.0, "|": 0.98, "\x1f": 0.98, "~": 0.9, "^": 0.9, " ": 0.75, ":": 0.6}
_TYPED: Final = re.compile(
    r"""\s*(?:
      [-+]?[$€£¥₩]?\s?\d{1,3}(?:[,.'\ ]\d{3})+(?:[.,]\d+)?\s?[%€$]?   # 1,234,567.89
    | [-+]?[$€£¥₩]?\s?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?\s?[%€$]?
    | \d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?(?:[T\ ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[-+]\d\d:?\d\d)?)?
    | \d{1,2}:\d{2}(?::\d{2})?
    | [\w.+-]+@[\w.-]+ | https?://\S+
    | n/a | \#n/a | \?
    )?\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_TEXT_WITH_MARKS: Final = re.compile(r"[\w(][^\n\t\"|]{0,60}")
_SHORT_TEXT: Final = re.compile(r"[\w<>=#*(][\w \-.'/()&<>=%+*°:!?#]{0,40}")


@lru_cache(maxsize=8192)
def looks_typed(cell: str) -> float:
    """How much a cell looks like one value: 1 for a number, date or short text, less for anything else."""
    if _TYPED.fullmatch(cell):
        return 1.0
    if _SHORT_TEXT.fullmatch(cell.strip()):
        return 0.95
    return 0.6 if _TEXT_WITH_MARKS.fullmatch(cell.strip()) else 0.25


def read_rows(lines: Iterable[str], delimiter: str, quote: str | None, *, strict: bool = True) -> Iterator[list[str]]:
    """Split lines into rows of cells; blank lines come out as empty lists.

    Raises
    ------
    csv.Error
        While iterating, at a malformed quote.
    """
    csv.field_size_limit(_LONGEST_CELL)
    source = (line.rstrip(" \t\r\n") + "\n" for line in lines) if delimiter == " " else iter(lines)
    return csv.reader(
        source,
        delimiter=delimiter,
        quotechar=quote,
        quoting=csv.QUOTE_NONE if quote is None else csv.QUOTE_MINIMAL,
        skipinitialspace=delimiter == " ",
        strict=strict,
    )


def best_pair(
    lines: list[str], delimiter: str | None, quote: str | None, *, quote_given: bool
) -> tuple[str, str | None]:
    """Choose delimiter and quote.

    Parameters
    ----------
    lines : list of str
        The first lines, with their line ends.
    delimiter : str, optional
        The delimiter when the user chose it.
    quote : str, optional
        The quote when the user chose it.
    quote_given : bool
        Whether ``quote`` is the user's choice.

    Returns
    -------
    tuple of (str, str or None)
        Delimiter and quote.
    """
    text = "".join(lines)
    delimiters = (delimiter,) if delimiter is not None else tuple(d for d in _DELIMITERS if d in text)
    best_score, best = 0.0, (delimiter or ",", quote if quote_given else '"')
    for candidate in delimiters:
        for mark in (quote,) if quote_given else _quotes_for(text, candidate):
            if mark == candidate:
                continue
            score = _score(lines, candidate, mark)
            if score > best_score * 1.0001:
                best_score, best = score, (candidate, mark)
    return best


def _quotes_for(text: str, delimiter: str) -> tuple[str | None, ...]:
    """Quotes worth trying: single ones only where they stand beside a delimiter or a line's end."""
    found: list[str | None] = ['"']
    beside = re.escape(delimiter)
    if re.search(rf"(?:^|{beside})\s?'[^'\n]*'(?:{beside}|\s*$)", text, re.MULTILINE):
        found.append("'")
    if '"' in text:
        found.append(None)
    return tuple(found)


def _score(lines: list[str], delimiter: str, quote: str | None) -> float:
    """Evenness of the rows times the share of typed cells."""
    broken = 1.0
    rows: list[list[str]] = []
    reader = read_rows(lines, delimiter, quote)
    try:
        rows.extend(row for row in islice(reader, _SAMPLE_ROWS) if row)
    except csv.Error as error:
        # The sample may end inside a quoted cell; anything else means this quote is wrong.
        broken = 0.9 if "end of data" in str(error) and len(rows) > 20 else 0.3
    if not rows:
        return 0.0
    widths = Counter(map(len, rows))
    evenness = sum(n * (width - 1) / width for width, n in widths.items()) / len(rows)
    spread = 1.0 - 0.9 * (1.0 - max(widths.values()) / len(rows))
    cells = [cell for row in rows for cell in row]
    typed = sum(map(looks_typed, cells)) / len(cells)
    if quote is None:
        # Quotes at the ends of cells are there to be understood.
        typed *= 1.0 - sum(cell[:1] == '"' or cell[-1:] == '"' for cell in cells) / len(cells)
    if quote is not None and any(quote in cell for cell in cells if quote == "'"):
        broken *= 0.95
    return evenness * spread**2 * typed * broken * _PREFERENCE.get(delimiter, 0.8)
