"""What to read of a column: its numbers, its texts, or the places of its texts in a list.

Each kind knows its SQL, and how to make its array of what the database returned; `Table.read` asks for several at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.columns.column import Column
from ann_viz.data.columns.spellings import fold
from ann_viz.data.files.dialect import Dialect
from ann_viz.data.files.forms import without_none
from ann_viz.data.files.numbers import known_number_sql, number_sql, quoted

__all__ = ["Cells", "CodeCells", "NumberCells", "OddCells", "TextCells", "spelled_places", "value_sql"]

_MOST_CASES: Final = 200
_TWO_PLACES: Final = -1  # of texts that would be one but for their case


@dataclass(frozen=True, slots=True)
class NumberCells:
    """The numbers of a column, NaN where a cell holds none; ``form`` says how they are written, if not as profiled."""

    index: int
    form: str | None = None

    def sql(self, column: Column, dialect: Dialect) -> str:
        """Return the expression to fetch."""
        form = column.form if self.form is None else self.form
        known = form == column.form and column.maximum >= column.minimum and not column.n_odd
        number = (known_number_sql if known else number_sql)(f"v{self.index}", form, dialect)
        return f"({number})::DOUBLE"

    def array(self, fetched: Any) -> NDArray[np.float64]:
        """Return float64, shape (n,)."""
        return np.ma.filled(np.ma.asarray(fetched, dtype=np.float64), np.nan)


@dataclass(frozen=True, slots=True)
class TextCells:
    """The texts of a column without blanks around them, None where there is no value."""

    index: int

    def sql(self, column: Column, dialect: Dialect) -> str:
        """Return the expression to fetch."""
        return value_sql(column, dialect)

    def array(self, fetched: Any) -> NDArray[np.object_]:
        """Return objects, shape (n,)."""
        texts = np.empty(len(fetched), dtype=object)
        texts[:] = np.ma.getdata(fetched)
        texts[np.ma.getmaskarray(np.ma.asarray(fetched))] = None
        return texts


@dataclass(frozen=True, slots=True)
class CodeCells:
    """The place of every cell in a list of texts: -1 where there is no value, -2 for any other text.

    ``spellings`` are further texts, each with the one in the list that it stands for.
    """

    index: int
    values: tuple[str, ...]
    spellings: tuple[tuple[str, str], ...] = ()

    def sql(self, column: Column, dialect: Dialect) -> str:
        """Return the expression to fetch."""
        value = value_sql(column, dialect)
        if len(self.values) > _MOST_CASES:
            return value
        places = self._places()
        cases = "".join(f" WHEN {quoted(text)} THEN {place}" for text, place in spelled_places(column, places).items())
        known = f"CASE {value}{cases} ELSE -2 END" if cases else "-2"
        return f"CASE WHEN {value} IS NULL THEN -1 ELSE {known} END"

    def array(self, fetched: Any) -> NDArray[np.int64]:
        """Return int64, shape (n,)."""
        if len(self.values) <= _MOST_CASES:
            return np.asarray(fetched, dtype=np.int64)
        places = self._places()
        texts = TextCells(self.index).array(fetched)
        return np.array([-1 if text is None else places.get(text, -2) for text in texts], dtype=np.int64)

    def _places(self) -> dict[str, int]:
        places = {text: place for place, text in enumerate(self.values)}
        return {text: places[value] for text, value in self.spellings if value in places} | places


@dataclass(frozen=True, slots=True)
class OddCells:
    """Whether a cell holds a text that does not fit among the numbers, dates, or yes and no of its column."""

    index: int

    def sql(self, column: Column, dialect: Dialect) -> str:
        """Return the expression to fetch."""
        if not column.n_odd:
            return "false"
        value = f"v{self.index}"
        by_answer = column.kind == "yes_no" and column.form == ""
        read = value_sql(column, dialect) if by_answer else number_sql(value, without_none(column.form), dialect)
        return f"({value} IS NOT NULL AND ({read}) IS NULL)"

    def array(self, fetched: Any) -> NDArray[np.bool_]:
        """Return bool, shape (n,)."""
        return np.asarray(fetched, dtype=np.bool_)


def value_sql(column: Column, dialect: Dialect) -> str:
    """Return SQL for the text of a cell, NULL where it means "no value" or does not fit among numbers or yes and no."""
    value = f"v{column.index}"
    if column.blank is not None:
        return f"coalesce({value}, {quoted(column.blank)})"
    if column.n_odd and column.kind == "yes_no":
        answers = (*dict(column.categories), *(text for text, _, _ in column.spellings))
        return f"CASE WHEN {value} IN ({', '.join(map(quoted, answers))}) THEN {value} END"
    if column.n_odd or column.absent:
        return f"CASE WHEN ({number_sql(value, column.form, dialect)}) IS NOT NULL THEN {value} END"
    return value


def spelled_places(column: Column, places: Mapping[str, int]) -> dict[str, int]:
    """Return the places of some texts, also under the other spellings that a column has of them."""
    found = dict(places)
    folded: dict[str, int] = {}
    for text, place in places.items():
        folded[fold(text)] = place if fold(text) not in folded else _TWO_PLACES
    for text in (*(variant for variant, _, _ in column.spellings), *dict(column.categories)):
        place = folded.get(fold(text), _TWO_PLACES)
        if place != _TWO_PLACES:
            found.setdefault(text, place)
    for text, common, _ in column.spellings:
        if common in found:
            found.setdefault(text, found[common])
    return found


Cells: TypeAlias = NumberCells | TextCells | CodeCells | OddCells
