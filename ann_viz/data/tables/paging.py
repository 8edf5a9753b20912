"""Rows of a table in the order and choice a person wants to see them, a page at a time."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.columns.column import Column
from ann_viz.data.database.store import Store
from ann_viz.data.files.dialect import Dialect
from ann_viz.data.files.numbers import number_sql

__all__ = ["Contains", "Order", "Page", "Paging"]

Order = tuple[int, bool]
"""A column and whether its largest values come first."""

Contains = tuple[int | None, str]
"""A column, or None for any, and a text one of its cells holds, whatever the case of its letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some rows.

    Parameters
    ----------
    rows : list of (int, tuple of str or None)
        Place of each row in the table, from 0 as in `Table.rows`, and its cells.
    n_found : int
        Rows that were found in all.
    """

    rows: list[tuple[int, tuple[str | None, ...]]]
    n_found: int


class Paging:
    """Answers what stands on a page; the order of the rows is found once and kept until another is asked for.

    Parameters
    ----------
    store : Store
        The rows.
    columns : sequence of Column
        What they hold.
    dialect : Dialect
        How numbers are written.
    n_rows : int
        Number of rows.
    """

    def __init__(self, store: Store, columns: Sequence[Column], dialect: Dialect, n_rows: int) -> None:
        self._store = store
        self._columns = columns
        self._dialect = dialect
        self._n_rows = n_rows
        self._lock = threading.Lock()
        self._key: tuple[Order | None, Contains | None] = (None, None)
        self._places: NDArray[np.uint32] | None = None  # (n_found,) rows in their order; None: all, as in the file

    def page(self, start: int, count: int, order: Order | None, contains: Contains | None) -> Page:
        """Return some rows."""
        start, count = max(0, start), max(0, count)
        places = self.places(order, contains)
        if places is None:
            wanted = np.arange(min(start, self._n_rows), min(start + count, self._n_rows), dtype=np.uint32)
        else:
            wanted = places[start : start + count]
        n_found = self._n_rows if places is None else len(places)
        return Page(rows=self.rows_at(wanted), n_found=n_found)

    def place_of(self, row: int, order: Order | None, contains: Contains | None) -> int | None:
        """Return where a row stands, or None where it is not among those found."""
        places = self.places(order, contains)
        if places is None:
            return row if 0 <= row < self._n_rows else None
        found = np.flatnonzero(places == row)
        return int(found[0]) if len(found) else None

    def places(self, order: Order | None, contains: Contains | None) -> NDArray[np.uint32] | None:
        """Return the rows found, in their order; None for all, as in the file."""
        contains = contains if contains is not None and contains[1] else None
        with self._lock:
            if self._key != (order, contains):
                self._places = self._find(order, contains)
                self._key = (order, contains)
            return self._places

    def _find(self, order: Order | None, contains: Contains | None) -> NDArray[np.uint32] | None:
        """Ask the database for the numbers of the rows alone, which are few bytes each."""
        if order is None and contains is None:
            return None
        where, parameters = "", []
        if contains is not None:
            column, text = contains
            cells = [f"v{i}" for i in (range(len(self._columns)) if column is None else (column,))]
            where = f"WHERE contains(lower(concat_ws(chr(31), {', '.join(cells)})), lower(?))"
            parameters = [text]
        by = "" if order is None else f"{self._key_sql(*order)}, "
        found = self._store.arrays(f"SELECT rowid::UINTEGER AS r FROM t {where} ORDER BY {by}rowid", parameters)
        return np.asarray(found["r"], dtype=np.uint32)

    def _key_sql(self, index: int, descending: bool) -> str:
        """Numbers and dates by size, before texts and then missing cells whichever way round."""
        form = self._columns[index].form
        way = "DESC" if descending else "ASC"
        text = f"lower(v{index}) {way} NULLS LAST"
        return f"{number_sql(f'v{index}', form, self._dialect)} {way} NULLS LAST, {text}"

    def rows_at(self, places: NDArray[np.uint32]) -> list[tuple[int, tuple[str | None, ...]]]:
        """Return rows, each once, with their places, in this order."""
        if len(places) == 0:
            return []
        numbers = ", ".join(map(str, places.tolist()))
        found = self._store.rows(f"WHERE rowid IN ({numbers}) ORDER BY rowid")
        by_place = dict(zip(sorted(places.tolist()), found, strict=True))
        return [(place, by_place[place]) for place in places.tolist()]
