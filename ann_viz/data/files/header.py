"""Whether the first row names the columns, how many lines stand above the table, and what its columns are called."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import Final

from ann_viz.data.files.dialect import BLANKS, MISSING_WORDS
from ann_viz.data.files.idle_rows import fits_all_but_blanks, is_header_again, tells_apart

__all__ = [
    "column_names",
    "is_header",
    "is_row_name_header",
    "is_sure_header",
    "is_unit",
    "is_value",
    "preamble_rows",
    "typed_columns",
]

_NUMBER: Final = re.compile(r"[-+]?[$€£¥₩]?\s?(\d[\d,.' \u00a0]*|\.\d+)([eE][-+]?\d+)?\s?[%€$]?")
_DATE: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?([T ]\d{1,2}:\d{2}.*)?")
_INVISIBLE: Final = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff]"  # soft hyphens, marks without width or for direction
    "|(?<![^\0-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\0-\x7f])"  # joiners, but not inside words that need them
)
_MOST_PREAMBLE_ROWS: Final = 30
_VOTING_ROWS: Final = 300
_MOST_TYPED: Final = 0.9
_CELLS_KNOWN: Final = 4096  # hundreds of columns of pixels have the same few
_UNIT: Final = re.compile(
    r"[\[({<].{0,12}[\])}>]|[%‰°]|°[CFK]?|[µμmckMGnpd]?(?:m|g|s|l|L|W|V|A|J|N|Pa|Hz|bar|mol|Wh|B|ohm|Ω)(?:[²³23]|\^[23])?"
    r"|kg|t|cm|mm|km|mi|in|ft|yd|lb|lbs|oz|mph|km/h|kmph|m/s|rpm|hp|PS|bhp|cc|ccm|min|h|hr|hrs|sec|days?|years?|months?"
    r"|weeks?|ppm|ppb|dB|psi|mmHg|hPa|kcal|cal|cd|lx|rad|deg|USD|EUR|GBP|€|\$|£|¥|[\w²³µ°]{1,4}(?:[/·*][\w²³µ°^-]{1,5})+"
)


@lru_cache(maxsize=_CELLS_KNOWN)
def _kind(cell: str) -> str:
    text = cell.strip(BLANKS)
    if text in MISSING_WORDS:
        return "missing"
    if _NUMBER.fullmatch(text):
        return "number"
    return "date" if _DATE.fullmatch(text) else "text"


def preamble_rows(rows: list[list[str]]) -> int:
    """Count the rows above the table: comments, blank rows and rows narrower than the rest, padded or not.

    Parameters
    ----------
    rows : list of list of str
        The first rows of the file, blank ones as empty lists.

    Returns
    -------
    int
        Index of the row the table starts with (its header, if it has one).
    """
    start = _narrow_rows(rows)
    return start + _padded_rows(rows[start:])


def _narrow_rows(rows: list[list[str]]) -> int:
    """Count comments, blank rows and rows of fewer cells."""
    widths = Counter(len(row) for row in rows if row)
    if not widths:
        return 0
    usual, times = max(widths.items(), key=lambda item: (item[1], item[0]))
    start = 0
    for index, row in enumerate(rows[:_MOST_PREAMBLE_ROWS]):
        comment = bool(row) and row[0].startswith("#") and (len(row) != usual or usual == 1)
        title = bool(row) and usual > 1 and times > 1 and (len(row) < usual or _is_lone(row, rows[index + 1 :]))
        if not row or comment or title:
            start = index + 1
        else:
            break
    if 0 < start < len(rows) and _is_header_of(rows[start - 1], rows[start:]):
        return start - 1
    return start if start < len(rows) and start < _MOST_PREAMBLE_ROWS else 0


def _padded_rows(rows: list[list[str]]) -> int:
    """Count the rows with gaps above a full row of names: titles and notes as a spreadsheet writes them."""
    lengths = Counter(filter(None, map(_n_filled, rows)))
    usual = max(lengths, key=lambda length: (lengths[length], length), default=0)
    for index, row in enumerate(rows[:_MOST_PREAMBLE_ROWS]):
        filled = [cell.strip() for cell in row[:usual]]
        if len(filled) == usual > 1 and is_sure_header(filled, rows[index + 1 :]):
            return index
        if _n_filled(row) >= usual and all(filled) and len(set(filled)) == len(filled):
            return 0
    return 0


def _n_filled(row: list[str]) -> int:
    """How many cells a row has up to the last that is not blank."""
    return next((n for n in range(len(row), 0, -1) if row[n - 1].strip()), 0)


def is_sure_header(row: list[str], below: list[list[str]]) -> bool:
    """Whether a row has only different names in it, none a unit, and stands above a column of numbers or dates."""
    if any(_kind(cell) != "text" or is_unit(cell) for cell in row) or len(set(row)) < len(row):
        return False
    below = [other for other in below if any(other)][:_VOTING_ROWS]
    return bool(typed_columns(below, len(row)))


def typed_columns(rows: list[list[str]], width: int) -> list[int]:
    """Return the places of the columns nearly all of whose cells are numbers or dates."""
    return [i for i in range(width) if _is_typed([_kind(row[i]) for row in rows if i < len(row)])]


def _is_typed(kinds: list[str]) -> bool:
    known = len(kinds) - kinds.count("missing")
    return known > 1 and kinds.count("number") + kinds.count("date") >= _MOST_TYPED * known


def is_unit(cell: str) -> bool:
    """Whether a cell is a unit of measure: in brackets, or a common one."""
    text = cell.strip()
    return bool(_UNIT.fullmatch(text))


def is_value(cell: str) -> bool:
    """Whether a cell is a number or a date."""
    return _kind(cell) in ("number", "date")


def _is_lone(row: list[str], below: list[list[str]]) -> bool:
    """Whether a row holds a single text where the rows below it are full: a title padded with delimiters."""
    full = [len(other) > 2 and all(cell.strip(BLANKS) for cell in other) for other in below[:20] if other]
    return len(row) > 2 and bool(row[0].strip(BLANKS)) and not any(row[1:]) and len(full) > 1 and all(full)


def _is_header_of(row: list[str], below: list[list[str]]) -> bool:
    """Whether a narrower row is a header after all: of rows with names, or of rows that end in a delimiter."""
    below = [other for other in below[:20] if other]
    if not below or len(row) < 2:
        return False
    one_wider = all(len(other) == len(row) + 1 for other in below)
    if one_wider and all(not other[-1] for other in below):
        return True
    named = all(_kind(cell) == "text" for cell in row) and len(set(row)) == len(row)
    padded = all(fits_all_but_blanks(other, len(row)) for other in below)
    return is_row_name_header(row, below) or ((one_wider or padded) and named and not is_header(below[0], below[1:]))


def is_row_name_header(header: list[str], rows: list[list[str]]) -> bool:
    """Whether a header lacks just the name of the first column, as R's ``write.table`` leaves it."""
    if len(header) < 2 or not rows or any(len(row) != len(header) + 1 for row in rows[:20]):
        return False
    if any(len(row) == len(header) or not row[0].strip() for row in rows):
        return False  # every row has a name
    if any(_kind(cell) != "text" for cell in header) or len(set(header)) < len(header):
        return False
    return any(_kind(cell) != "text" for cell in rows[0]) and any(row[-1].strip() for row in rows[:20])


def is_header(first: list[str], rows: list[list[str]]) -> bool:
    """Whether the first row names the columns, by a vote of the columns.

    Parameters
    ----------
    first : list of str
        The row in question.
    rows : list of list of str
        The rows below it.

    Returns
    -------
    bool
    """
    if not rows:
        return all(_kind(cell) in ("text", "missing") for cell in first)
    if not any(cell.strip(BLANKS) for cell in first):
        return False
    if tells_apart(first):
        rows = [row for row in rows if not is_header_again(row, first)] or rows  # files joined end to end have it again
    columns = [[row[i] for row in rows[:_VOTING_ROWS] if i < len(row)] for i in range(len(first))]
    counting = _counting_cells(first, rows[0])
    votes = sum(_vote(cell, cells, i in counting) for i, (cell, cells) in enumerate(zip(first, columns, strict=True)))
    named = [cell.strip(BLANKS) for cell in first if cell.strip(BLANKS)]
    if len(set(named)) < len(named):
        votes -= 0.5 * (len(named) - len(set(named)))
    return votes >= 0


def _counting_cells(first: list[str], second: list[str]) -> frozenset[int]:
    """Places of the first row that hold a run such as 2001, 2002, 2003 which the second row doesn't go on with."""
    places = [i for i, cell in enumerate(first) if cell.strip(BLANKS).isdecimal() and len(cell) < 10]
    if len(places) < 3 or places != list(range(places[0], places[-1] + 1)):
        return frozenset()
    numbers = [int(first[i].strip(BLANKS)) for i in places]
    if {b - a for a, b in pairwise(numbers)} not in ({1}, {-1}):
        return frozenset()
    below = [second[i].strip(BLANKS) if i < len(second) else "" for i in places]
    shifts = {int(b) - n for b, n in zip(below, numbers, strict=True) if b.isdecimal() and len(b) < 10}
    goes_on = all(cell.isdecimal() for cell in below) and len(shifts) == 1
    return frozenset() if goes_on else frozenset(places)


def _vote(cell: str, cells: list[str], counting: bool) -> float:
    """Positive when the cell looks like a name above such cells, negative when it looks like one of them."""
    kinds = Counter(_kind(value) for value in cells)
    known = sum(kinds.values()) - kinds["missing"]
    own = _kind(cell)
    if known == 0:
        return 0.5 if own == "text" else 0.0
    typed = kinds["number"] + kinds["date"]
    if typed >= 0.9 * known:
        if counting or (own == "date" and not kinds["date"]):
            return 1.0
        return {"text": 1.5, "missing": 0.0}.get(own, -1.0)
    texts = [value.strip(BLANKS) for value in cells]
    name = cell.strip(BLANKS)
    if own == "missing":
        return 0.0
    if name in texts:
        return -1.5
    repeats = 1.0 - len(set(texts)) / len(texts)
    lengths = {len(text) for text in texts if text}
    odd_length = len(texts) > 3 and len(lengths) == 1 and len(name) not in lengths
    return (0.8 if own == "text" else -0.2) * repeats + (0.6 if odd_length else 0.0)


def column_names(header: list[str] | None, width: int) -> tuple[str, ...]:
    """Give every column a name: no blanks around it, no invisible marks in it, none empty, none twice.

    Parameters
    ----------
    header : list of str, optional
        Cells of the header; ``None`` when the file has none.
    width : int
        Number of columns.

    Returns
    -------
    tuple of str
        ``width`` names; an unnamed column is called ``column 3``.
    """
    cells = [" ".join(_INVISIBLE.sub("", cell).split()) for cell in header or []]
    cells += [""] * (width - len(cells))
    taken: set[str] = set()
    names = []
    for position, cell in enumerate(cells[:width], start=1):
        name = base = cell or f"column {position}"
        number = 2
        while name in taken:
            name = f"{base} {number}"
            number += 1
        taken.add(name)
        names.append(name)
    return tuple(names)
