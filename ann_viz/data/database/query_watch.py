"""Stops a database query within a tenth of a second when the user wants it, and reports how far it is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from ann_viz.errors import Cancelled

if TYPE_CHECKING:
    import duckdb

__all__ = ["Watch"]

_INTERVAL_SECONDS: Final = 0.03


class Watch:
    """While entered, a thread asks ``cancelled`` and interrupts the query of this thread once it is true.

    Parameters
    ----------
    cancelled : callable, optional
        Asked from another thread.
    progress : callable, optional
        Called from another thread with the share done of a query that knows it, 0 to 1.
    """

    def __init__(
        self, cancelled: Callable[[], bool] | None = None, progress: Callable[[float], None] | None = None
    ) -> None:
        self._cancelled = cancelled
        self._progress = progress
        self._cursor: duckdb.DuckDBPyConnection | None = None
        self._over = threading.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._look_on, name="query watch", daemon=True)

    def __enter__(self) -> Self:
        if self._cancelled is not None or self._progress is not None:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        import duckdb

        self._over.set()
        if self._thread.ident is not None:
            self._thread.join()
        self._cursor = None
        if isinstance(error, duckdb.InterruptException):
            raise Cancelled("Reading the file was stopped.") from error

    def follow(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Watch the query that this cursor is about to run.

        Raises
        ------
        Cancelled
            When the work was stopped already.
        """
        if self._stopped or (self._cancelled is not None and self._cancelled()):
            raise Cancelled("Reading the file was stopped.")
        if self._progress is not None:
            cursor.execute("SET enable_progress_bar = true")
            cursor.execute("SET enable_progress_bar_print = false")
            cursor.execute("SET progress_bar_time = 0")
        self._cursor = cursor

    def _look_on(self) -> None:
        while not self._over.wait(_INTERVAL_SECONDS):
            cursor = self._cursor
            if self._stopped or (self._cancelled is not None and self._cancelled()):
                self._stopped = True
                if cursor is not None:
                    cursor.interrupt()
            elif self._progress is not None and cursor is not None:
                self._report(cursor, self._progress)

    def _report(self, cursor: duckdb.DuckDBPyConnection, progress: Callable[[float], None]) -> None:
        try:
            share = cursor.query_progress()
            if share > 0.0:
                progress(min(1.0, share / 100.0))
        except Cancelled:
            # Who reports may be told to stop that way as well.
            self._stopped = True
            cursor.interrupt()
