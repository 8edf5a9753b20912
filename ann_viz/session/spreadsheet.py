"""Cells that a spreadsheet would run as a formula instead of showing them.

It does so with what begins with one of a few characters, whoever wrote it: a cell of somebody's table may fetch a page
or start a program on the machine of whoever opens our output. A number such as -5 is shown, so it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

__all__ = ["FormulaCells", "as_text", "begins_formula", "pasted"]

_BEGINNINGS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER: Final = re.compile(r"[+-][\d.,' \u00a0\u202f]*(?:[eE][+-]?\d+)?\s*%?")
_TO_BE_SHOWN: Final = "'"


def begins_formula(cell: str) -> bool:
    """Whether a spreadsheet may run this text: it begins like a formula and is no number."""
    return cell.startswith(_BEGINNINGS) and _NUMBER.fullmatch(cell) is None


def as_text(cell: str) -> str:
    """Return a cell so that a spreadsheet shows it."""
    return _TO_BE_SHOWN + cell if begins_formula(cell) else cell


def pasted(cells: Iterable[str]) -> str:
    """Return a row for the clipboard: shown, and no cell of it makes cells or rows of its own when it is pasted."""
    return "\t".join(as_text(" ".join(cell.split())) for cell in cells)


class FormulaCells:
    """Counts such cells on their way into a table, and has them shown as they are, if that is wanted.

    Parameters
    ----------
    escape : bool
        Whether they get an apostrophe in front, which spreadsheets take as "this is text".
    """

    def __init__(self, *, escape: bool = False) -> None:
        self.escape = escape
        self.count = 0

    def passed(self, cells: list[str | None], places: Iterable[int] | None = None) -> list[str | None]:
        """Return the cells of a row as they are to be written, in place; only those at some places are looked at."""
        for place in range(len(cells)) if places is None else places:
            cell = cells[place]
            if cell and cell[0] in _BEGINNINGS:
                cells[place] = self._passed(cell)
        return cells

    def _passed(self, cell: str) -> str:
        if not begins_formula(cell):
            return cell
        self.count += 1
        return as_text(cell) if self.escape else cell
