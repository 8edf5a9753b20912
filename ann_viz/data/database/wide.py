"""Tables of thousands of columns: their cells are kept in lists, since each column of its own takes the database 80 kB.

Queries name cells ``v0 … vN`` all the same; the store writes them as places in the lists ``g0 … gK``.
"""

from __future__ import annotations

import re
from typing import Final

from ann_viz.data.files.numbers import quoted

__all__ = ["WIDE", "WIDEST_FLAT", "cells_in_lists", "joined", "list_names", "list_sql"]

WIDE: Final = 200
"""So many columns are many for the database: every one takes memory of its own, however few the rows."""

WIDEST_FLAT: Final = 3000
"""Tables of more columns keep their cells in lists."""

_GROUP: Final = 500
_BETWEEN: Final = "\x01\x1f\x01"
_CELL: Final = re.compile(r"'(?:[^']|'')*'|\bv(\d+)\b")


def joined(cells: list[str]) -> list[str]:
    """Return the cells of a row as one text for each list."""
    return [_BETWEEN.join(cells[start : start + _GROUP]) for start in range(0, len(cells), _GROUP)]


def list_names(width: int) -> list[str]:
    """Return the names of the lists."""
    return [f"g{k}" for k in range(-(-width // _GROUP))]


def list_sql(name: str, no_value: str) -> str:
    """Return SQL for the list of a joined text, NULL where a cell is ``no_value``."""
    return f"list_transform(string_split({name}, {quoted(_BETWEEN)}), lambda x: nullif(x, {quoted(no_value)}))"


def cells_in_lists(sql: str) -> str:
    """Return a query with every cell as a place in its list; texts in quotes stay as they are."""
    return _CELL.sub(_place, sql)


def _place(found: re.Match[str]) -> str:
    if found[1] is None:
        return found[0]
    group, place = divmod(int(found[1]), _GROUP)
    return f"g{group}[{place + 1}]"
