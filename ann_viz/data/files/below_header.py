"""Rows between the names and the data: units, a second row of names, or the types and roles that Orange writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ann_viz.data.files.header import is_unit, is_value, typed_columns

__all__ = ["Header", "read_header"]

_FEWEST_BELOW: Final = 3
_ORANGE_TYPES: Final = frozenset(("c", "continuous", "d", "discrete", "s", "string", "t", "time", "i", "ignore", ""))
_ORANGE_ROLE: Final = re.compile(r"(?:class|meta|m|c|i|ignore|\w+=\S+)?(?:\s+\w+=\S+)*")
_ORANGE_WORDS: Final = frozenset(("continuous", "discrete", "string", "class", "meta"))
"""Those that are written out: letters alone may be values too, such as those of a gene."""
_VALUE_LIST: Final = re.compile(r"\S+(?: \S+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The names of a table and how many rows they take.

    Parameters
    ----------
    names : list of str
        A name for every cell of the first row.
    n_lines : int
        Rows that make up the header.
    """

    names: list[str]
    n_lines: int


def read_header(first: list[str], below: list[list[str]]) -> Header:
    """Say which of the rows below the first belong to the header.

    Parameters
    ----------
    first : list of str
        The row of names.
    below : list of list of str
        The rows below it.
    """
    if len(below) < _FEWEST_BELOW or len(first) < 2:
        return Header(names=first, n_lines=1)
    if _is_orange(below[0], below[1]) and (_has_orange_word(below[:2]) or not _recur(below[:2], below[2:])):
        return Header(names=first, n_lines=3)
    if not _is_part_of_header(first, below[0], below[1:]):
        return Header(names=first, n_lines=1)
    grouped = _grouped(first, below[0])
    return Header(names=grouped or first, n_lines=2)


def _is_orange(types: list[str], roles: list[str]) -> bool:
    """Types in one row ("continuous", or the values of a category), roles such as "class" in the next."""
    known = [cell.strip() in _ORANGE_TYPES or bool(_VALUE_LIST.fullmatch(cell.strip())) for cell in types]
    named = any(cell.strip() in _ORANGE_TYPES and cell.strip() for cell in types)
    return named and all(known) and all(_ORANGE_ROLE.fullmatch(cell.strip()) for cell in roles)


def _has_orange_word(rows: list[list[str]]) -> bool:
    return any(cell.strip() in _ORANGE_WORDS for row in rows for cell in row)


def _recur(rows: list[list[str]], below: list[list[str]]) -> bool:
    """Whether a cell stands once more in its column, as the values of a column do and its type does not."""
    values = {(i, cell.strip()) for row in below for i, cell in enumerate(row) if cell.strip()}
    return any((i, cell.strip()) in values for row in rows for i, cell in enumerate(row))


def _is_part_of_header(first: list[str], second: list[str], rest: list[list[str]]) -> bool:
    """Whether the second row has texts above columns of numbers, and no value of the columns of texts."""
    if len(second) != len(first) or any(is_value(cell) for cell in second):
        return False
    typed = typed_columns(rest, len(first))
    said = [second[i].strip() for i in typed if second[i].strip()]
    if not said:
        return False
    others = [i for i in range(len(first)) if i not in typed and second[i].strip()]
    if any(any(i < len(row) and row[i].strip() == second[i].strip() for row in rest) for i in others):
        return False
    if all(is_unit(cell) for cell in second if cell.strip()):
        return True
    clear = len(set(said)) == len(said) or _grouped(first, second) is not None
    return len(said) > 1 and clear and len(said) == len(typed)


def _grouped(first: list[str], second: list[str]) -> list[str] | None:
    """Names of both rows put together, where the upper names groups of columns and the lower is not clear alone."""
    upper, last = [], ""
    for cell in first:
        last = cell.strip() or last
        upper.append(last)
    lower = [cell.strip() for cell in second]
    has_groups = len(set(upper)) < len(upper) and len(set(lower)) < len(lower)
    names = [f"{group} {name}".strip() for group, name in zip(upper, lower, strict=True)]
    return names if has_groups and len(set(names)) == len(names) else None
