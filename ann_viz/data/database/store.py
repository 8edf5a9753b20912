"""The temporary database behind a table: a file in a folder of its own, removed when the table is closed."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from ann_viz.data.database.free_memory import free_memory
from ann_viz.data.database.number_columns import NumberColumns
from ann_viz.data.database.query_watch import Watch
from ann_viz.data.database.wide import WIDE, WIDEST_FLAT, cells_in_lists, list_names
from ann_viz.data.files.answers import Answer, lack_of_room_told
from ann_viz.errors import DataError
from ann_viz.temporary import TemporaryFolder
from ann_viz.translation import translate

if TYPE_CHECKING:
    import duckdb

__all__ = ["ROW_GROUP", "Store"]

ROW_GROUP: Final = 122_880
"""Rows that DuckDB keeps together, and reads whole in any case."""

_MEMORY_LIMIT: Final = 400_000_000
_WIDE_MEMORY_LIMIT: Final = 900_000_000
_THRIFTY_LIMIT: Final = 90_000_000
_MOST_IN_MEMORY: Final = 1_200_000_000
_SHARE: Final = 3  # so many times the room of a table has to be free
_CELL_BYTES: Final = 5  # of a text beside its characters
_LARGE: Final = 100_000_000  # characters; giving back the room of more takes so long that nobody should wait for it
_PAUSE: Final = 0.02  # seconds between two tries to close
_IN_USE: Final = "ResourceInUseException"  # has a name only in the newest versions
_SMALL: Final = 20_000_000  # characters; smaller tables stay in memory, which spares waiting for the disk


class Store:
    """A file's rows as text columns ``v0 … vN`` of the table ``t``, in the order of the file.

    Cells have no blanks around them and are NULL where they mean "no value". The table is made by `load`.

    Parameters
    ----------
    folder : TemporaryFolder
        Where the database may write; removed by `close`.
    width : int
        Number of columns.
    n_characters, n_rows : int
        About how much is going to be loaded.
    thrifty : bool
        Whether to do with little memory, if that is enough.
    on_disk : bool
        Whether a large table lies in a file even if there is memory for it.

    Attributes
    ----------
    numbers : NumberColumns
        The columns that `load` stored as numbers.
    is_spacious : bool
        Whether a large table lies in memory that was found free.
    """

    def __init__(
        self,
        folder: TemporaryFolder,
        width: int,
        n_characters: int,
        *,
        n_rows: int = 0,
        thrifty: bool = False,
        on_disk: bool = False,
    ) -> None:
        self.width = width
        self.numbers = NumberColumns()
        self._folder = folder
        self._is_large = n_characters > _LARGE
        self._memory_limit = _WIDE_MEMORY_LIMIT if width > WIDE else _THRIFTY_LIMIT if thrifty else _MEMORY_LIMIT
        n_bytes = n_characters + _CELL_BYTES * n_rows * width
        self.is_spacious = not (thrifty or on_disk or n_characters <= _SMALL) and (
            n_bytes <= _MOST_IN_MEMORY and _SHARE * n_bytes <= free_memory()
        )
        if self.is_spacious:
            self._memory_limit += n_bytes
        atexit.register(self._close_now)
        self._watches: dict[int, Watch] = {}
        self._door = threading.Lock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        with lack_of_room_told():
            in_memory = n_characters <= _SMALL or self.is_spacious
            database = ":memory:" if in_memory else str(folder.path / "table.duckdb")
            self._connection = self._connect(database)

    def _connect(self, database: str) -> duckdb.DuckDBPyConnection:
        import duckdb

        connection = duckdb.connect(
            database,
            config={
                "memory_limit": f"{self._memory_limit}B",
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "temp_directory": str(self._folder.path / "spill"),
            },
        )
        connection.execute("SET TimeZone = 'UTC'")
        # Nobody reads the file after it is closed.
        connection.execute("PRAGMA disable_checkpoint_on_shutdown")
        # Writing many blocks at a time could not be interrupted for half a second.
        connection.execute("SET write_buffer_row_group_count = 1")
        # Choosing and applying a compression takes longer than everything else, for a file that soon goes.
        connection.execute("PRAGMA force_compression = 'uncompressed'")
        if self.width > WIDE or self._memory_limit == _THRIFTY_LIMIT:
            connection.execute("SET threads = 1")  # every thread holds a row of blocks of its own
        if self.width > WIDE:
            # Looking for equal parts of so many expressions takes time that grows with the square of their number.
            connection.execute("SET disabled_optimizers = 'common_subexpressions'")
        return connection

    @contextmanager
    def watched(
        self, cancelled: Callable[[], bool] | None = None, progress: Callable[[float], None] | None = None
    ) -> Iterator[None]:
        """Let the queries of this thread be stopped within a tenth of a second.

        Parameters
        ----------
        cancelled : callable, optional
            Asked from another thread; true stops the query under way.
        progress : callable, optional
            Called from another thread with the share done of a query that knows it.

        Raises
        ------
        Cancelled
            When ``cancelled`` says so.
        """
        thread = threading.get_ident()
        before = self._watches.get(thread)
        with Watch(cancelled, progress) as watch:
            self._watches[thread] = watch
            try:
                yield
            finally:
                if before is None:
                    del self._watches[thread]
                else:
                    self._watches[thread] = before

    def query(self, sql: str, parameters: Sequence[object] = ()) -> Answer:
        """Run one statement on a cursor of its own.

        Raises
        ------
        DataError
            When the table was closed, or the disk for temporary files is full.
        MemoryError
            When the database gets no memory for it.
        Cancelled
            When this thread is `watched` and the user stopped it.
        """
        connection = self._connection
        if connection is None:
            raise DataError(translate("This table is closed."), hint=translate("Open the file again."))
        if self.width > WIDEST_FLAT:
            sql = cells_in_lists(sql)
        sql = self.numbers.stored(sql)
        watch = self._watches.get(threading.get_ident())
        with lack_of_room_told():
            with self._door:  # a connection that another thread asks at the same moment refuses both
                cursor = connection.cursor()
            if watch is not None:
                watch.follow(cursor)
            return Answer(cursor.execute(sql, list(parameters) or None))

    def key(self, place: int) -> str:
        """Return what is quicker to count in a column than its texts, and as different: they themselves, or numbers."""
        return f"x{place}" if place in self.numbers.whole else f"v{place}"

    def rows(self, tail: str) -> list[tuple[str | None, ...]]:
        """Return the cells of all columns; ``tail`` is the SQL behind the name of the table."""
        if self.width <= WIDEST_FLAT:
            return self.query(f"SELECT {', '.join(f'v{i}' for i in range(self.width))} FROM t {tail}").fetchall()
        found = self.query(f"SELECT {', '.join(list_names(self.width))} FROM t {tail}").fetchall()
        return [tuple(chain.from_iterable(lists)) for lists in found]

    def arrays(self, sql: str, parameters: Sequence[object] = ()) -> Mapping[str, Any]:
        """Run one query and return its columns as NumPy arrays (masked where there are NULLs)."""
        return self.query(sql, parameters).fetchnumpy()

    def leave(self) -> None:
        """Close the database but keep its folder, for another try."""
        connection, self._connection = self._connection, None
        atexit.unregister(self._close_now)
        if connection is not None:
            self._lets_go(connection)

    def close(self) -> None:
        """Close the database and remove its folder; more than once is fine.

        Giving back a large file takes the system half a second, and a query of another thread has to end first: both
        are left to a thread, which the program waits for at its end.
        """
        connection, self._connection = self._connection, None
        atexit.unregister(self._close_now)
        if connection is not None and self._is_large:
            # Where open files can be removed, this is quick: their room is given back when the database lets them go.
            self._folder.remove()
        elif connection is None or self._lets_go(connection):
            self._folder.remove()
            return
        threading.Thread(target=self._remove, args=(connection,), name="table removal").start()

    def _close_now(self) -> None:
        """Close without a thread, which can't be started at the end of the program."""
        connection, self._connection = self._connection, None
        if connection is not None:
            self._remove(connection)

    def _remove(self, connection: duckdb.DuckDBPyConnection) -> None:
        pause = threading.Event()
        while not self._lets_go(connection):
            pause.wait(_PAUSE)
        self._folder.remove()

    def _lets_go(self, connection: duckdb.DuckDBPyConnection) -> bool:
        """Close, and return whether that went: from DuckDB 2.0 on, a query of another thread stands in the way."""
        import duckdb

        with self._door:
            try:
                connection.close()
            except duckdb.OperationalError as error:
                if type(error).__name__ != _IN_USE:
                    raise
                return False
        return True
