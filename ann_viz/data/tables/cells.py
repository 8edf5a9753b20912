"""What to read of a column: its numbers, its texts, or the places of its texts in a list.

Each kind knows its SQL, and how to make its array of what the database returned; `Table.read` asks for several at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.columns.column import Column
from ann_viz.data.files.dialect import Dialect
from ann_viz.data.files.numbers import known_number_sql, number_sql, quoted

__all__ = ["Cells", "CodeCells", "NumberCells", "TextCells"]

_MOST_CASES: Final = 200


@dataclass(frozen=True, slots=True)
class NumberCells:
    """The numbers of a column, NaN where a cell holds none; ``form`` says how they are written, if not as profiled."""

    index: int
    form: str | None = None

    def sql(self, column: Column, dialect: Dialect) -> str:
        """Return the expression to fetch."""
        form = column.form if self.form is None else self.form
        known = form == column.form and column.maximum >= column.minimum
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
        return f"v{self.index}"

    def array(self, fetched: Any) -> NDArray[np.object_]:
        """Return objects, shape (n,)."""
        texts = np.empty(len(fetched), dtype=object)
        texts[:] = np.ma.getdata(fetched)
        texts[np.ma.getmaskarray(np.ma.asarray(fetched))] = None
        return texts


@dataclass(frozen=True, slots=True)
class CodeCells:
    """The place of every cell in a list of texts: -1 where there is no value, -2 for any other text."""

    index: int
    values: tuple[str, ...]

    def sql(self, column: Column, dialect: Dialect) -> str:
        """Return the expression to fetch."""
        if len(self.values) > _MOST_CASES:
            return f"v{self.index}"
        cases = "".join(f" WHEN {quoted(value)} THEN {place}" for place, value in enumerate(self.values))
        known = f"CASE v{self.index}{cases} ELSE -2 END" if cases else "-2"
        return f"CASE WHEN v{self.index} IS NULL THEN -1 ELSE {known} END"

    def array(self, fetched: Any) -> NDArray[np.int64]:
        """Return int64, shape (n,)."""
        if len(self.values) <= _MOST_CASES:
            return np.asarray(fetched, dtype=np.int64)
        places = {value: place for place, value in enumerate(self.values)} | {None: -1}
        return np.array([places.get(text, -2) for text in TextCells(self.index).array(fetched)], dtype=np.int64)


Cells: TypeAlias = NumberCells | TextCells | CodeCells
