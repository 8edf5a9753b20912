"""Which delimiter, quote and escape a text is written with.

Every candidate pair splits the first rows; its score is how even the rows are, times the share of cells that look like
a number, a date or a short text (the idea of CleverCSV: van den Burg, Nazábal, Sutton 2019).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, Final, Literal

from ann_viz.data.files.idle_rows import fits_all_but_blanks
from ann_viz.data.files.line_blocks import LineBlocks
from ann_viz.data.files.rows import Row, Writing, never_closed, rows_of

__all__ = ["best_writing", "looks_typed"]

_DELIMITERS: Final = (",", "\t", ";", "|", " ", ":", "~", "^", "\x1f")
_SAMPLE_ROWS: Final = 150
_ONE_TYPED_COLUMN: Final = 0.45
_ONE_TEXT_COLUMN: Final = 0.15
_LONGEST_VALUE: Final = 60
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
_ESCAPES: Final[tuple[Literal["doubled", "backslash"], ...]] = ("doubled", "backslash")
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


def best_writing(lines: list[str], given: Mapping[str, Any]) -> Writing:
    """Choose delimiter, quote, escape and whether blanks stand before quotes.

    Parameters
    ----------
    lines : list of str
        The first lines, with their line ends.
    given : mapping
        Those of ``delimiter``, ``quote``, ``escape`` and ``spaced`` that the user chose.

    Returns
    -------
    Writing
    """
    text = "".join(lines)
    chosen = given.get("delimiter")
    delimiters = (chosen,) if chosen is not None else tuple(d for d in _DELIMITERS if d in text)
    best_score = 0.0
    best = _usual(given)
    for delimiter in delimiters:
        for quote in (given["quote"],) if "quote" in given else _quotes_for(text, delimiter):
            if quote == delimiter:
                continue
            for escape in (given["escape"],) if "escape" in given else _escapes_for(text, lines, delimiter, quote):
                spaced = bool(given.get("spaced", _is_spaced(text, delimiter, quote)))
                writing = Writing(delimiter=delimiter, quote=quote, escape=escape, spaced=spaced)
                score = _score(lines, writing)
                if score > best_score * 1.0001:
                    best_score, best = score, writing
    splits_header = best.delimiter in ",;\t|" and best.delimiter in next((line for line in lines if line.strip()), "")
    if splits_header and (_splits_all(lines, best.delimiter) or _is_cut_short(lines, best.delimiter)):
        return best  # however uneven the rows are
    least = _ONE_TEXT_COLUMN if splits_header else _score_of_one_column(lines)
    if chosen is None and best_score < least:
        return _one_column(text, lines, given)
    return best


def _splits_all(lines: list[str], delimiter: str) -> bool:
    """Whether a delimiter splits every line into numbers or dates but for the first, where the names may stand."""
    below = [line.strip("\r\n").split(delimiter) for line in lines[1:] if line.strip()]
    cells = [cell for row in below for cell in row]
    return bool(below) and min(map(len, below)) > 1 and all(map(_TYPED.fullmatch, cells))


def _is_cut_short(lines: list[str], delimiter: str) -> bool:
    """Whether rows lack cells at their ends at most, compared with the header, and begin in numbers or dates.

    A row of several cells must be among them, and no name be a number or none.
    """
    names, *rows = [[cell.strip() for cell in line.strip("\r\n").split(delimiter)] for line in lines if line.strip()]
    if not rows or not 1 < max(map(len, rows)) <= len(names) or len(set(names)) < len(names):
        return False
    return not any(map(_TYPED.fullmatch, names)) and all(_TYPED.fullmatch(row[0]) for row in rows)


def _usual(given: Mapping[str, Any]) -> Writing:
    """Comma and double quote, as far as these don't clash with what the user chose."""
    delimiter = given.get("delimiter", ";" if given.get("quote") == "," else ",")
    quote = given.get("quote", None if delimiter == '"' else '"')
    return Writing(**(dict(given) | {"delimiter": delimiter, "quote": quote}))


def _one_column(text: str, lines: list[str], given: Mapping[str, Any]) -> Writing:
    """A delimiter that splits nothing."""
    for delimiter in ",;\t|":
        writing = Writing(**({"quote": '"'} | dict(given) | {"delimiter": delimiter}))
        if delimiter not in text or all(len(row.cells) < 2 and not row.problem for row in _rows(lines, writing)):
            return writing
    return Writing(**({"quote": '"'} | dict(given) | {"delimiter": "\x1f"}))


def _score_of_one_column(lines: list[str]) -> float:
    """High when nearly every line is one number, date or address; low, yet not nothing, for lines of text."""
    cells = [line.strip() for line in lines[: _SAMPLE_ROWS + 1] if line.strip()]
    below = cells[1:] or cells or [""]
    typed = sum(len(cell) < _LONGEST_VALUE and bool(_TYPED.fullmatch(cell)) for cell in below) / len(below)
    return _ONE_TYPED_COLUMN if typed >= 0.9 else _ONE_TEXT_COLUMN


def _escapes_for(
    text: str, lines: list[str], delimiter: str, quote: str | None
) -> tuple[Literal["doubled", "backslash"], ...]:
    """Backslashes are worth trying only where one stands before a mark, and breaks no row that is sound without."""
    if delimiter == "\\" or not any("\\" + mark in text for mark in (delimiter, quote or delimiter)):
        return ("doubled",)
    broken = [
        any(row.problem for row in _rows(lines, Writing(delimiter=delimiter, quote=quote, escape=escape)))
        for escape in _ESCAPES
    ]
    return ("doubled",) if broken == [False, True] else _ESCAPES


def _is_spaced(text: str, delimiter: str, quote: str | None) -> bool:
    """Whether blanks stand before every quote that follows a delimiter, so that it opens a cell all the same."""
    if quote is None or delimiter == " ":
        return False
    mark, before = re.escape(quote), re.escape(delimiter)
    opened = re.findall(rf"{before}( *){mark}[^{mark}\r\n]*{mark}(?={before}|\s*$)", text, re.MULTILINE)
    return bool(opened) and all(opened)


def _quotes_for(text: str, delimiter: str) -> tuple[str | None, ...]:
    """Quotes worth trying: single ones only where they stand beside a delimiter or a line's end."""
    found: list[str | None] = ['"']
    beside = re.escape(delimiter)
    if re.search(rf"(?:^|{beside})\s?'[^'\n]*'(?:{beside}|\s*$)", text, re.MULTILINE):
        found.append("'")
    if '"' in text:
        found.append(None)
    return tuple(found)


def _rows(lines: list[str], writing: Writing) -> list[Row]:
    """The first rows, blank ones left out."""
    rows = rows_of(LineBlocks([("".join(lines), True)]), writing)
    return list(islice((row for row in rows if row.cells or row.problem), _SAMPLE_ROWS))


def _soundness(text: str, writing: Writing, sample: list[Row]) -> float:
    """How sure it is that this is the quote: a malformed one may be a slip, many among few sound ones are not."""
    problems = [row.problem for row in sample if row.problem]
    if not problems:
        return 1.0
    mark, beside = re.escape(writing.quote or ""), re.escape(writing.delimiter)
    n_sound = len(re.findall(rf"(?:^|{beside}){mark}[^{mark}\r\n]*{mark}(?={beside}|\r|$)", text, re.MULTILINE))
    escaped = f"\\{writing.quote}" in text  # a quote that one of the escapes reads without a slip
    slips = not escaped and len(problems) <= max(1, len(sample) // 20)
    if slips and (n_sound or all(problem == never_closed(writing) for problem in problems)):
        return 0.99
    return max(0.3, n_sound / (n_sound + 2 * len(problems)))


def _score(lines: list[str], writing: Writing) -> float:
    """Evenness of the rows times the share of typed cells."""
    delimiter, quote = writing.delimiter, writing.quote
    sample = _rows(lines, writing)
    rows = [row.cells for row in sample if row.cells]
    if not rows:
        return 0.0
    n_named = len(rows[0])
    if sum(fits_all_but_blanks(row, n_named) for row in rows) > 1:  # a single one may be torn at a quote
        rows = [row[:n_named] if fits_all_but_blanks(row, n_named) else row for row in rows]
    broken = _soundness("".join(lines), writing, sample)
    widths = Counter(map(len, rows))
    evenness = sum(n * (width - 1) / width for width, n in widths.items()) / len(rows)
    spread = 1.0 - 0.9 * (1.0 - max(widths.values()) / len(rows))
    cells = [cell for row in rows for cell in row]
    typed = sum(map(looks_typed, cells)) / len(cells)
    if quote is None:
        # Quotes at the ends of cells are there to be understood.
        typed *= 1.0 - sum(any(cell[:1] == '"' or cell[-1:] == '"' for cell in row) for row in rows) / len(rows)
    if quote == "'" and any(quote in cell for cell in cells):
        broken *= 0.95
    if delimiter in " :" and len(rows[0]) == 1 and len(rows) > 1 and max(widths) == 2:
        broken *= 0.4  # a header of one word above lines of two
    return evenness * spread**2 * typed * broken * _PREFERENCE.get(delimiter, 0.8)
