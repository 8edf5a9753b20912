"""Rows that are no data, by their cells alone: empty ones, lines of dashes, notes, totals, and the header once more.

Each rule looks at one row and nothing else, so that a file read twice, or from the middle, is read alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

__all__ = [
    "DASHES_START",
    "TOTAL_WORDS",
    "LeftOut",
    "WhyLeftOut",
    "fits_all_but_blanks",
    "idle_kind",
    "is_header_again",
    "is_total",
    "tail_kind",
    "tells_apart",
]

Idle = Literal["empty", "dashes", "header again", "note", "total"]
WhyLeftOut = Idle | Literal["above", "below header"]

_DASHES: Final = re.compile(r"[|+\s]*:?[-=]{2,}:?(?:[|+\s]+:?[-=]{2,}:?)*[|+\s]*")
_BEFORE_DASHES: Final = frozenset("-=:+")
DASHES_START: Final = ("--", "==", ":-", ":=")
"""What a line of dashes begins with in a table of several columns."""

_NOTE: Final = re.compile(
    r"(?:[*#©†‡]|--|[–—(]\s?\w).{3,}"  # *** END OF FILE ***, (60 rows), # exported 2024-03-01
    r"|(?:source|note|notes|remark|legend|generated|exported|copyright|report|page|end of|as of|printed"
    r"|quelle|hinweis|anmerkung|stand|erstellt|fuente|nota|fonte|bron)\b.*"
    r"|\S+:\s.*"  # Author: somebody
    r"|(?:\S+\s+){4,}\S+",
    re.IGNORECASE | re.DOTALL,
)
_TOTAL: Final = re.compile(
    r"(?:grand[ -]?|sub[ -]?|overall |running )?(?:totals?|sums?)"
    r"|(?:gesamt|zwischen|end|teil)?summen?|gesamt(?:ergebnis)?|insgesamt|summe gesamt"
    r"|(?:sous-|sous )?total(?: général)?|somme|suma|total(?:es)? general(?:es)?|subtotal(?:es)?"
    r"|totale(?: generale)?|subtotale|totaal|eindtotaal|total geral|razem|suma końcowa|celkem|yhteensä|totalt"
    r"|итого|всего|合计|总计|小计|合計|総計|小計|합계|총계",
    re.IGNORECASE,
)
_SUBTOTAL: Final = re.compile(
    r"sub[ -]?totals?|zwischensummen?|teilsummen?|sous[ -]totaux|sous[ -]total|subtotal(?:es?)?|小计|小計|소계",
    re.IGNORECASE,
)
"""What names a group behind it; "Total Recall" is a film."""

_GROUP_BEFORE: Final = re.compile(
    r"(?:sub-?)?totals?|summe|ergebnis|somme|totale|totaal|итог|小计|小計|소계", re.IGNORECASE
)
"""What names a group before it, in rows with a gap, as spreadsheets write them: "North Total"."""

TOTAL_WORDS: Final = "(?i)tota|sum|gesamt|ergebnis|somme|razem|celkem|yhteens|итог|всего|计|計|계"
"""A pattern for the database that finds every label of a total, and others."""

_NUMBER: Final = re.compile(r"[-+(]?[$€£¥₹]?\s?\d[\d.,'\s\u00a0]*(?:[eE][-+]?\d+)?\s?[%€$)]?")
_MOST_WORDS: Final = 3  # of the name of a group


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Lines of one kind that are no rows of the table.

    Parameters
    ----------
    kind : str
        One of `Idle`; ``"above"`` for lines before the table, ``"below header"`` for units and the like.
    n : int
        How many.
    lines : tuple of int
        The first of them, as lines of the file from 1.
    """

    kind: WhyLeftOut
    n: int
    lines: tuple[int, ...]


def tells_apart(header: list[str]) -> bool:
    """Whether a header has two different names at least, so that no ordinary row equals it by chance."""
    return len({cell.strip() for cell in header if cell.strip()}) > 1


def fits_all_but_blanks(cells: list[str], width: int) -> bool:
    """Whether a row is longer than the table by blank cells only, so that cutting it loses nothing."""
    return len(cells) > width and not any(cell.strip() for cell in cells[width:])


def is_header_again(cells: list[str], header: list[str]) -> bool:
    """Whether a row has the names of the columns once more, in capitals or not."""
    return len(cells) == len(header) and all(
        cell.casefold() == name.casefold() for cell, name in zip(cells, header, strict=True)
    )


def idle_kind(cells: list[str], header: list[str] | None, *, totals: bool) -> Idle | None:
    """Return why a row is no data wherever it stands, or None.

    Parameters
    ----------
    cells : list of str
        The row.
    header : list of str, optional
        The row of names, if it can be told apart.
    totals : bool
        Whether rows of totals are to be left out as well.
    """
    if header is not None and is_header_again(cells, header):
        return "header again"
    first = cells[0]
    if first[:1] in _BEFORE_DASHES and _is_dashes(cells):
        return "dashes"
    return "total" if totals and is_total(cells) else None


def _is_dashes(cells: list[str]) -> bool:
    """A line such as ``---|---`` below a header; in a single cell, two dashes are a missing value."""
    if len(cells) < 2 and not cells[0].startswith("+"):
        return False
    return any(cells) and all(not cell.strip() or _DASHES.fullmatch(cell.strip()) for cell in cells)


def tail_kind(cells: list[str], lines: list[str]) -> Literal["empty", "note"] | None:
    """Return why a row is no data if nothing but its like follows: delimiters alone, or a remark in the first cell.

    Parameters
    ----------
    cells : list of str
        The row.
    lines : list of str
        The same as it stands in the file; empty cells in quotes are meant.
    """
    if cells[-1] or len(cells) < 2 or any(cells[1:]):
        return None
    text = "".join(lines).rstrip("\r\n")
    marks = text[1 - len(cells) :]
    if len(set(marks)) > 1 or marks[0] in "\"'":
        return None
    if not cells[0]:
        return "empty" if text == marks else None
    return "note" if len(cells) > 2 and _NOTE.fullmatch(cells[0].strip()) else None


def is_total(cells: list[str]) -> bool:
    """Whether a row is the sum of others: "Total" or the like, and below the other names numbers or nothing.

    Up to three words may name the group ("Subtotal East", "East Total").
    """
    label, *rest = [cell.strip() for cell in cells if cell.strip()] or [""]
    words = label.rstrip(":").split()
    starts = range(max(1, len(words) - _MOST_WORDS), len(words))
    group = any(_SUBTOTAL.fullmatch(" ".join(words[:n])) for n in starts)
    has_gap = len(rest) + 1 < len(cells)
    group_before = has_gap and 1 < len(words) <= _MOST_WORDS + 1 and _GROUP_BEFORE.fullmatch(words[-1]) is not None
    named = group or group_before or _TOTAL.fullmatch(" ".join(words)) is not None
    return named and any(map(_is_number, rest)) and all(_is_number(cell) or _TOTAL.fullmatch(cell) for cell in rest)


def _is_number(cell: str) -> bool:
    return bool(_NUMBER.fullmatch(cell))
