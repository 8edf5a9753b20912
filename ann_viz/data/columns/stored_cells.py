"""Which forms make sense of the cells of a column, asked of the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ann_viz.data.columns.choosing import OddTexts
from ann_viz.data.columns.facts import MOST_ODD_TEXTS
from ann_viz.data.files.dialect import Dialect
from ann_viz.data.files.numbers import number_sql

__all__ = ["StoredCells"]


class StoredCells:
    """The cells of a column of the stored table, as `choose_form` asks about them.

    Parameters
    ----------
    i : int
        Which column.
    dialect : Dialect
        How the file is written.
    rows : callable
        Answers a query.
    """

    def __init__(self, i: int, dialect: Dialect, rows: Callable[[str], list[tuple[Any, ...]]]) -> None:
        self._i = i
        self._dialect = dialect
        self._rows = rows

    def count(self, form: str) -> int:
        """Return how many cells a form makes sense of."""
        return int(self._rows(f"SELECT count({self._number(form)}) FROM t")[0][0])

    def count_distinct(self, form: str) -> int:
        """Return about how many different ones it makes sense of."""
        where = f"({self._number(form)}) IS NOT NULL"
        return int(self._rows(f"SELECT approx_count_distinct(v{self._i}) FROM t WHERE {where}")[0][0])

    def count_number(self, form: str, number: float) -> int:
        """Return how many cells are this number."""
        where = f"({self._number(form)}) = {number!r}::DOUBLE"
        return int(self._rows(f"SELECT count(*) FROM t WHERE {where}")[0][0])

    def odd(self, form: str) -> OddTexts:
        """Return the texts that a form makes no sense of."""
        where = f"v{self._i} IS NOT NULL AND ({self._number(form)}) IS NULL"
        counts = f"SELECT v{self._i} AS v, count(*) AS k FROM t WHERE {where} GROUP BY v"
        texts = self._rows(f"{counts} ORDER BY k DESC, v LIMIT {MOST_ODD_TEXTS}")
        (n_distinct,) = self._rows(f"SELECT count(*) FROM ({counts})")[0]
        return OddTexts(texts=tuple((str(text), int(n)) for text, n in texts), n_distinct=int(n_distinct))

    def _number(self, form: str) -> str:
        return number_sql(f"v{self._i}", form, self._dialect)
