"""Columns of numbers that are stored as numbers, so that nobody has to read them again.

Which they are is guessed from some rows of a plain file. The numbers of a column of whole ones stand in place of its
texts, which are made of them when asked for; that these are the texts of the file, `load` proves by the number of
their characters. All other columns keep their texts, beside which the numbers may stand.

Queries name a cell ``v3`` and read it as they always do; the store then takes the number ``x3`` instead, or makes a
text of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from ann_viz.data.files.dialect import BLANKS, Dialect
from ann_viz.data.files.numbers import PLAIN_PATTERN, known_number_sql, number_sql
from ann_viz.data.files.scan import Scan

__all__ = ["NumberColumns", "guessed_numbers"]

_WHOLE: Final = re.compile(r"-?[1-9][0-9]{0,17}|0")
_PLAIN: Final = re.compile(PLAIN_PATTERN)
_NEARLY_ALL: Final = 0.9
_MARGIN: Final = 10  # of the numbers of all rows over those of some
_LIMITS: Final = {"TINYINT": 2**7, "SMALLINT": 2**15, "INTEGER": 2**31}
_WIDEST: Final = "BIGINT"


def _pattern(sql: str, name: str) -> str:
    """Pattern of what such SQL is of any cell, given that of v0."""
    return re.escape(sql).replace("v0", rf"v(?P<{name}>\d+)", 1).replace("v0", rf"v(?P={name})")


_READ: Final = re.compile(
    f"{_pattern(number_sql('v0', '', Dialect()), 'unsure')}|{_pattern(known_number_sql('v0', '', Dialect()), 'sure')}"
    r"|\bv(?P<text>\d+)\b|'(?:[^']|'')*'"  # texts in quotes stay as they are
)


@dataclass(frozen=True, kw_only=True)
class NumberColumns:
    """For places of columns, how their numbers are stored.

    Parameters
    ----------
    whole : mapping of int to str
        Columns whose numbers stand in place of their texts, and the type of the database for them.
    beside : collection of int
        Columns whose plain numbers stand beside their texts.
    """

    whole: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    beside: Collection[int] = ()

    def stored(self, sql: str) -> str:
        """Return a query that takes the numbers stored, and makes of them the texts that are not."""
        return _READ.sub(self._stored, sql) if self.whole or self.beside else sql

    def _stored(self, found: re.Match[str]) -> str:
        if found["text"]:
            return f"(x{found['text']}::VARCHAR)" if int(found["text"]) in self.whole else found[0]
        place = found["unsure"] or found["sure"]
        if place and (int(place) in self.whole or int(place) in self.beside):
            return f"x{place}::DOUBLE"
        return found[0]

    def without(self, place: int) -> NumberColumns:
        """Return the same but for one column of whole numbers, which keeps its texts."""
        whole = {other: kind for other, kind in self.whole.items() if other != place}
        return NumberColumns(whole=whole, beside=frozenset((*self.beside, place)))

    def without_whole(self) -> NumberColumns:
        """Return the same with all texts kept."""
        return NumberColumns(beside=frozenset((*self.beside, *self.whole)))


def guessed_numbers(scan: Scan, missing: Sequence[str]) -> NumberColumns:
    """Guess from the rows that a scan has set aside.

    Parameters
    ----------
    scan : Scan
        What the pass over the file found.
    missing : sequence of str
        Words that mean "no value"; numbers among them have to be looked for in the texts.
    """
    texts_needed = scan.has_notations or any(map(str.isdigit, "".join(missing)))
    whole: dict[int, str] = {}
    beside: set[int] = set()
    for place, cells in enumerate(scan.samples):
        values = [cell for cell in cells if cell]
        if values and not texts_needed and all(map(_WHOLE.fullmatch, values)):
            whole[place] = _type_for(max(abs(int(value)) for value in values))
        elif sum(_PLAIN.fullmatch(value.strip(BLANKS)) is not None for value in values) > _NEARLY_ALL * len(values):
            beside.add(place)
    return NumberColumns(whole=whole, beside=frozenset(beside))


def _type_for(largest: int) -> str:
    return next((name for name, limit in _LIMITS.items() if _MARGIN * largest < limit), _WIDEST)
