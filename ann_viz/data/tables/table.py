"""A file opened as a table: its columns as profiled, its rows as text, its numbers as NumPy arrays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.columns.column import Column
from ann_viz.data.columns.kept_words import keep_words
from ann_viz.data.columns.missing import count_missing_words
from ann_viz.data.columns.profile import profile
from ann_viz.data.database.opening import Opened
from ann_viz.data.files.dialect import Dialect
from ann_viz.data.files.idle_rows import LeftOut
from ann_viz.data.files.look import FirstLook
from ann_viz.data.files.numbers import quoted
from ann_viz.data.files.sieve import BadLine
from ann_viz.data.files.source_lines import SourceLines
from ann_viz.data.files.workbook import Workbook
from ann_viz.data.tables.cells import Cells, CodeCells, NumberCells, OddCells, TextCells, value_sql
from ann_viz.data.tables.column_cache import ColumnCache
from ann_viz.data.tables.paging import Contains, Order, Page, Paging
from ann_viz.errors import DataError
from ann_viz.temporary import TemporaryFolder
from ann_viz.translation import translate

__all__ = ["Table"]

_MEMO_BYTES: Final = 1 << 25
_SHORT: Final = 1 << 20  # rows; columns of more would soon push each other out of the memory


class Table:
    """An opened file; close it, or use it as a context manager, to free its temporary database.

    Parameters
    ----------
    path : Path
        The file.
    opened : Opened
        Its rows and what was found on the way.
    progress : callable, optional
        Called with the share of the profile done, 0 to 1.
    cancelled : callable, optional
        Asked now and then; true stops the profile.
    edits : mapping of int to str
        Line of a row that didn't fit to its corrected text.
    """

    def __init__(
        self,
        path: Path,
        opened: Opened,
        progress: Callable[[float], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        edits: Mapping[int, str] = MappingProxyType({}),
    ) -> None:
        found, counted = opened.found, opened.counted
        self.edits: Mapping[int, str] = dict(edits)
        self._folder: TemporaryFolder | None = None
        self.path = path
        self.name = path.name
        self.dialect: Dialect = found.dialect
        self.detected: frozenset[str] = found.detected
        self.packed: str | None = found.packed
        self.size_bytes: int = found.size_bytes
        self.n_rows: int = counted.n_rows
        self.n_bad: int = counted.n_bad
        self.n_padded: int = counted.n_padded
        self.n_edited: int = counted.n_edited
        self.bad_lines: tuple[BadLine, ...] = counted.bad_lines
        self.padded_lines: tuple[int, ...] = counted.padded_lines
        self.bad_bytes: tuple[int, ...] = counted.bad_bytes
        self.left_out: tuple[LeftOut, ...] = counted.left_out
        self.lines: SourceLines = counted.lines
        self.workbook: Workbook | None = found.workbook
        self.dropped_columns: tuple[int, ...] = found.dropped_columns
        self._store = opened.store
        with self._store.watched(cancelled):
            self.columns = self._profile(found, progress, cancelled)
        self._memo = ColumnCache(_MEMO_BYTES if counted.n_rows <= _SHORT else 0)
        self._odd_rows: dict[tuple[tuple[str, ...], str], int] = {}
        self._by_name = {column.name: column for column in self.columns}
        self._paging = Paging(self._store, self.columns, self.dialect, self.n_rows)

    def _profile(
        self, found: FirstLook, progress: Callable[[float], None] | None, cancelled: Callable[[], bool] | None
    ) -> tuple[Column, ...]:
        """Find out what every column is, and which words mean "no value" in which of them."""
        words = count_missing_words(self._store)
        if self.detected >= {"missing", "kept_words"}:
            words, kept = keep_words(self._store, found.names, self.n_rows, words)
            self.dialect = replace(self.dialect, kept_words=kept)
        chosen = frozenset(field.name for field in fields(Dialect)) - found.detected
        return profile(
            self._store,
            found.names,
            found.dialect,
            self.n_rows,
            words,
            progress=progress,
            cancelled=cancelled,
            chosen=chosen,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove the temporary database; more than once is fine."""
        self._store.close()
        if self._folder is not None:
            self._folder.remove()

    def own(self, folder: TemporaryFolder) -> None:
        """Keep the folder that its file lies in until it is closed."""
        self._folder = folder

    def column(self, name: str) -> Column:
        """Return the column of that name.

        Raises
        ------
        DataError
            When there is none.
        """
        try:
            return self._by_name[name]
        except KeyError:
            raise DataError(
                translate("There is no column '{name}' in {name_2}.").format(name=name, name_2=self.name)
            ) from None

    def rows(self, start: int = 0, count: int | None = None) -> list[tuple[str | None, ...]]:
        """Return rows as read but for blanks around a cell, None where a cell means "no value".

        Parameters
        ----------
        start : int
            First row, from 0.
        count : int, optional
            How many; ``None`` for all from there on.

        Returns
        -------
        list of tuple
        """
        stop = self.n_rows if count is None else min(self.n_rows, start + count)
        return self._store.rows(f"WHERE rowid >= {int(start)} AND rowid < {int(stop)} ORDER BY rowid")

    def page(self, start: int, count: int, *, order: Order | None = None, contains: Contains | None = None) -> Page:
        """Return some rows in an order, of those that hold a text.

        Parameters
        ----------
        start, count : int
            First row in that order, from 0, and how many.
        order : (int, bool), optional
            Column and whether the largest come first; by size where the column holds numbers or dates. Missing cells
            come last.
        contains : (int or None, str), optional
            Column, None for any, and the text, whatever the case of its letters.
        """
        return self._paging.page(start, count, order, contains)

    def places(self, order: Order | None, contains: Contains | None) -> NDArray[np.uint32] | None:
        """Return all rows of such an order, as places from 0; None for every row as in the file."""
        return self._paging.places(order, contains)

    def rows_at(self, places: NDArray[np.uint32]) -> list[tuple[int, tuple[str | None, ...]]]:
        """Return the rows at some places, no more than a page or two, each with its place."""
        return self._paging.rows_at(places)

    def place_of(self, row: int, order: Order | None = None, contains: Contains | None = None) -> int | None:
        """Return where a row of the table, counted from 0, stands in such an order; None if it is not among them."""
        return self._paging.place_of(row, order, contains)

    def watched(self, cancelled: Callable[[], bool]) -> AbstractContextManager[None]:
        """Let what this thread reads from the table be stopped: it then raises ``Cancelled``."""
        return self._store.watched(cancelled)

    def numbers(
        self, index: int, *, form: str | None = None, start: int = 0, stop: int | None = None
    ) -> NDArray[np.float64]:
        """Return the numbers of a column, shape (n_rows,), NaN where a cell holds none.

        A date counts as the days since 1970. ``form`` says how the numbers are written, if not as profiled; only the
        rows from ``start`` to before ``stop`` are read.
        """
        return self.read((NumberCells(index, form),), start, stop)[0]

    def texts(self, index: int, start: int = 0, stop: int | None = None) -> NDArray[np.object_]:
        """Return the texts of a column without blanks around them, shape (n_rows,), None where there is no value."""
        return self.read((TextCells(index),), start, stop)[0]

    def values(self, index: int) -> tuple[str, ...]:
        """Return the different texts of a column in alphabetical order."""
        column = self.columns[index]
        value = value_sql(column, self.dialect)
        rows = self._store.query(f"SELECT DISTINCT {value} AS v FROM t WHERE v IS NOT NULL").fetchall()
        spellings = {text: common for text, common, _ in column.spellings}
        return tuple(sorted({spellings.get(text, text) for (text,) in rows}))

    def strangers(self, index: int, known: Collection[str], most: int) -> list[str]:
        """Return different texts of a column that are not among those known; so many at most, in no order."""
        column = self.columns[index]
        if column.categories and column.n_distinct == len(column.categories):
            return [text for text, _ in column.categories if text not in known]
        texts = ", ".join(map(quoted, known))
        sql = f"SELECT DISTINCT v{index} AS v FROM t WHERE v IS NOT NULL AND v NOT IN ({texts}) LIMIT {int(most)}"
        return [str(text) for (text,) in self._store.query(sql).fetchall()]

    def matching(self, index: int, pattern: str, most: int) -> list[int]:
        """Return the first rows, from 0, whose cell of a column holds what a pattern (of the database) describes."""
        sql = f"SELECT rowid FROM t WHERE regexp_matches(v{index}, ?) ORDER BY rowid LIMIT {int(most)}"
        return [int(row) for (row,) in self._store.query(sql, [pattern]).fetchall()]

    def n_odd_rows(self, names: tuple[str, ...], target: str) -> int:
        """Return how many rows have an odd cell in one of some columns, and a value in the target."""
        if not names:
            return 0
        if (names, target) not in self._odd_rows:
            odd = " OR ".join(OddCells(self.column(name).index).sql(self.column(name), self.dialect) for name in names)
            where = f"({odd}) AND ({value_sql(self.column(target), self.dialect)}) IS NOT NULL"
            row = self._store.query(f"SELECT count(*) FROM t WHERE {where}").fetchone() or (0,)
            self._odd_rows[names, target] = int(row[0])
        return self._odd_rows[names, target]

    def codes(self, index: int, values: Sequence[str], start: int = 0, stop: int | None = None) -> NDArray[np.int64]:
        """Return the place of every cell in a list of texts, shape (n_rows,).

        Parameters
        ----------
        index : int
            The column.
        values : sequence of str
            Texts without blanks around them.
        start, stop : int
            Only rows from ``start`` to before ``stop`` are read.

        Returns
        -------
        ndarray of int64
            0 … len(values) - 1; -1 where there is no value, -2 for any other text.
        """
        return self.read((CodeCells(index, tuple(values)),), start, stop)[0]

    def read(self, wanted: Sequence[Cells], start: int = 0, stop: int | None = None) -> list[NDArray[Any]]:
        """Return what is wanted of some columns, read together, which is quicker than one after the other.

        Parameters
        ----------
        wanted : sequence of Numbers, Texts or Codes
            Of which columns, and as what; a few dozen at most.
        start, stop : int
            Only rows from ``start`` to before ``stop`` are read.
        """
        where = "" if start <= 0 and stop is None else f" WHERE rowid >= {max(0, int(start))}"
        if stop is not None:
            where += f" AND rowid < {int(stop)}"
        expressions = [cells.sql(self.columns[cells.index], self.dialect) for cells in wanted]
        found = {expression: self._memo.known(expression + where) for expression in expressions}
        new = [expression for expression, known in found.items() if known is None]
        if new:
            named = ", ".join(f"{expression} AS x{place}" for place, expression in enumerate(new))
            fetched = self._store.arrays(f"SELECT {named} FROM t{where}")
            for expression, array in zip(new, fetched.values(), strict=True):
                kept = self._memo.keep(expression + where, array)
                found[expression] = array.copy() if kept else array
        return [cells.array(found[expression]) for cells, expression in zip(wanted, expressions, strict=True)]
