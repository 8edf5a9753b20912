"""What the database says on a query: its rows, or, where there is no room for them, that of the right kind of error.

The database has one kind of error for files that can't be read and for a disk without room, and one of its own for the
memory. Both may come while rows are fetched, which are made only then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ann_viz.temporary import disk_full, is_disk_full

if TYPE_CHECKING:
    import duckdb

__all__ = ["Answer", "lack_of_room_told"]


@contextmanager
def lack_of_room_told() -> Iterator[None]:
    """Let errors of the database pass but for these.

    Raises
    ------
    DataError
        When the disk for temporary files is full.
    MemoryError
        When there is not enough memory.
    """
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise MemoryError(str(error)) from error
    except duckdb.Error as error:
        if is_disk_full(error):
            raise disk_full() from error
        raise


class Answer:
    """The rows that a query gives; every method raises what `lack_of_room_told` does.

    Parameters
    ----------
    cursor : DuckDBPyConnection
        Which has run the query.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def fetchall(self) -> list[Any]:
        """Return all rows."""
        with lack_of_room_told():
            return self._cursor.fetchall()

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the next row."""
        with lack_of_room_told():
            return self._cursor.fetchone()

    def fetchnumpy(self) -> Mapping[str, Any]:
        """Return the columns by name as NumPy arrays, masked where there are NULLs."""
        with lack_of_room_told():
            return self._cursor.fetchnumpy()
