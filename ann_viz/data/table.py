"""A file opened as a table: its columns as profiled, its rows as text, its numbers as NumPy arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.column import Column
from ann_viz.data.dialect import Dialect
from ann_viz.data.look import Look, look
from ann_viz.data.numbers import number_sql, quoted
from ann_viz.data.profile import profile
from ann_viz.data.scan import BadLine, Scan, scan
from ann_viz.data.store import Store
from ann_viz.errors import DataError

__all__ = ["Table", "open_table"]


_MOST_CASES: Final = 200


class Table:
    """An opened file; close it, or use it as a context manager, to free its temporary database.

    Parameters
    ----------
    path : Path
        The file.
    found : Look
        What the first look found.
    counted : Scan
        What the pass over the file found.
    store : Store
        The rows.
    """

    def __init__(self, path: Path, found: Look, counted: Scan, store: Store) -> None:
        self.path = path
        self.name = path.name
        self.dialect: Dialect = found.dialect
        self.detected: frozenset[str] = found.detected
        self.size_bytes: int = found.size_bytes
        self.n_rows: int = counted.n_rows
        self.n_bad: int = counted.n_bad
        self.bad_lines: tuple[BadLine, ...] = counted.bad_lines
        self._store = store
        self.columns: tuple[Column, ...] = profile(store, found.names, found.dialect, counted.n_rows)
        self._by_name = {column.name: column for column in self.columns}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove the temporary database; more than once is fine."""
        self._store.close()

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
            raise DataError(f"There is no column '{name}' in {self.name}.") from None

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
        cells = ", ".join(f"v{i}" for i in range(len(self.columns)))
        where = f"rowid >= {int(start)} AND rowid < {int(stop)}"
        return self._store.query(f"SELECT {cells} FROM t WHERE {where} ORDER BY rowid").fetchall()

    def numbers(self, index: int, *, form: str | None = None) -> NDArray[np.float64]:
        """Return the numbers of a column, shape (n_rows,), NaN where a cell holds none.

        A date counts as the days since 1970. ``form`` says how the numbers are written, if not as profiled.
        """
        number = number_sql(f"v{index}", self.columns[index].form if form is None else form, self.dialect)
        values = self._fetch(f"({number})::DOUBLE")
        return np.ma.filled(np.ma.asarray(values, dtype=np.float64), np.nan)

    def texts(self, index: int) -> NDArray[np.object_]:
        """Return the texts of a column without blanks around them, shape (n_rows,), None where there is no value."""
        values = self._fetch(f"v{index}")
        texts = np.empty(self.n_rows, dtype=object)
        texts[:] = np.ma.getdata(values)
        texts[np.ma.getmaskarray(np.ma.asarray(values))] = None
        return texts

    def values(self, index: int) -> tuple[str, ...]:
        """Return the different texts of a column in alphabetical order."""
        rows = self._store.query(f"SELECT DISTINCT v{index} FROM t WHERE v{index} IS NOT NULL").fetchall()
        return tuple(sorted(value for (value,) in rows))

    def codes(self, index: int, values: Sequence[str]) -> NDArray[np.int64]:
        """Return the place of every cell in a list of texts, shape (n_rows,).

        Parameters
        ----------
        index : int
            The column.
        values : sequence of str
            Texts without blanks around them.

        Returns
        -------
        ndarray of int64
            0 … len(values) - 1; -1 where there is no value, -2 for any other text.
        """
        if len(values) > _MOST_CASES:
            places = {value: place for place, value in enumerate(values)} | {None: -1}
            return np.array([places.get(text, -2) for text in self.texts(index)], dtype=np.int64)
        cases = "".join(f" WHEN {quoted(value)} THEN {place}" for place, value in enumerate(values))
        known = f"CASE v{index}{cases} ELSE -2 END" if cases else "-2"
        return np.asarray(self._fetch(f"CASE WHEN v{index} IS NULL THEN -1 ELSE {known} END"), dtype=np.int64)

    def _fetch(self, expression: str) -> Any:
        return self._store.arrays(f"SELECT {expression} AS x FROM t")["x"]


def open_table(
    path: str | Path,
    *,
    overrides: Mapping[str, object] | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Table:
    """Open a file as a table.

    Parameters
    ----------
    path : str or Path
        The file.
    overrides : mapping, optional
        Fields of `Dialect` the user chose.
    progress : callable, optional
        Called with the share of the work done, 0 to 1.
    cancelled : callable, optional
        Asked now and then; true stops the work.

    Returns
    -------
    Table

    Raises
    ------
    DataError
        When the file is not a table, naming row and column where it can.
    Cancelled
        When ``cancelled`` says so.
    """
    path = Path(path).absolute()
    found = look(path, **(overrides or {}))
    try:
        counted = scan(path, found.dialect, found.names, progress, cancelled)
        if counted.n_rows == 0:
            raise _no_rows(counted)
        store = Store(path, found.dialect, len(found.names), counted, cancelled)
    except OSError as error:
        raise DataError(f"'{path.name}' can't be read to its end.", hint=f"The system says: {error}.") from error
    try:
        return Table(path, found, counted, store)
    except BaseException:
        store.close()
        raise


def _no_rows(counted: Scan) -> DataError:
    if not counted.bad_lines:
        return DataError("This file has a header but no rows.", hint="Choose a file with some rows below the header.")
    first = counted.bad_lines[0]
    return DataError(
        f"this row has {first.found} values, but the table has {first.expected} columns; no row fits.",
        row=first.line,
        hint="Choose another delimiter, or say whether the first row holds the column names.",
    )
