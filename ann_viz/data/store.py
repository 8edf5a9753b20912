"""The temporary database behind a table: a file in a folder of its own, removed when the table is closed.

A folder left by a crash is removed at the next start; its name holds the number of the process that made it.
"""

from __future__ import annotations

import atexit
import csv
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ann_viz.data.dialect import BLANKS, Dialect
from ann_viz.data.encodings import is_utf8
from ann_viz.data.numbers import quoted
from ann_viz.data.scan import Scan, good_rows
from ann_viz.errors import DataError

if TYPE_CHECKING:
    import duckdb

__all__ = ["Store", "remove_stale_folders"]

_PREFIX: Final = "ann_viz-"
_MEMORY_LIMIT: Final = "512MB"
_SMALL: Final = 20_000_000  # characters; smaller tables stay in memory, which spares waiting for the disk
_LONGEST_LINE: Final = 64_000_000
_NO_NULL: Final = "\x01\x02no value\x02\x01"
_PROBE_BYTES: Final = 1 << 16


def remove_stale_folders() -> int:
    """Remove folders of processes that no longer run; return how many."""
    removed = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        pid = folder.name.removeprefix(_PREFIX).split("-")[0]
        if pid.isdecimal() and not _is_running(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)
            removed += not folder.exists()
    return removed


def _is_running(pid: int) -> bool:
    if pid == os.getpid():
        return True
    if sys.platform == "win32":
        return False  # files still in use can't be removed there, so trying to is safe
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


class Store:
    """A file's rows as text columns ``v0 … vN`` of the table ``t``, in the order of the file.

    Cells have no blanks around them and are NULL where they mean "no value".

    Parameters
    ----------
    path : Path
        The file.
    dialect : Dialect
        How it is written.
    width : int
        Number of columns.
    scan : Scan
        What the pass over the file found; the rows loaded must agree with it.
    cancelled : callable, optional
        Asked while a file is rewritten.
    """

    def __init__(
        self, path: Path, dialect: Dialect, width: int, scan: Scan, cancelled: Callable[[], bool] | None = None
    ) -> None:
        import duckdb

        remove_stale_folders()
        self._folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        atexit.register(self.close)
        self.width = width
        self._trim = f"trim({{}}, {quoted(BLANKS)})" if scan.odd_blanks else "trim({})"
        self._missing = ", ".join(quoted(word) for word in dict.fromkeys([*dialect.missing, ""]))
        self._connection: duckdb.DuckDBPyConnection | None = None
        try:
            small = scan.n_characters <= _SMALL
            self._connection = self._connect(":memory:" if small else str(self._folder / "table.duckdb"))
            self._load(path, dialect, scan, cancelled)
        except duckdb.Error as error:
            self.close()
            hint = f"The database says: {error}"
            raise DataError(f"The rows of '{path.name}' can't be loaded.", hint=hint) from error
        except BaseException:
            self.close()
            raise

    def _connect(self, database: str) -> duckdb.DuckDBPyConnection:
        import duckdb

        connection = duckdb.connect(
            database,
            config={
                "memory_limit": _MEMORY_LIMIT,
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "temp_directory": str(self._folder / "spill"),
            },
        )
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET TimeZone = 'UTC'")
        return connection

    def _load(self, path: Path, dialect: Dialect, scan: Scan, cancelled: Callable[[], bool] | None) -> None:
        """Load the file as it is when a plain reader can; otherwise, or when the result differs, a plain copy of it."""
        import duckdb

        if _is_plain(path, dialect, scan):
            skip = dialect.skip_lines + dialect.header
            try:
                self._read(path, dialect.delimiter, dialect.quote, skip)
                if self._agrees(scan):
                    return
            except duckdb.Error:
                # Anything the database can't read as it stands is read from the copy below.
                pass
        copy = self._folder / "plain.csv"
        with copy.open("w", encoding="utf-8", newline="", errors="surrogatepass") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
            writer.writerows(good_rows(path, dialect, self.width, cancelled))
        self._read(copy, ",", '"', 0)
        copy.unlink()
        if not self._agrees(scan):
            raise DataError(
                f"The rows of '{path.name}' were read differently a second time.",
                hint="Perhaps the file changed meanwhile: open it again.",
            )

    def _read(self, path: Path, delimiter: str, quote: str | None, skip: int) -> None:
        columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(self.width))
        mark = quoted(quote or "")
        cells = ", ".join(f"{self._value_sql(f'c{i}')} AS v{i}" for i in range(self.width))
        lengths = " + ".join(f"length(c{i})" for i in range(self.width))
        self.query("DROP TABLE IF EXISTS t")
        self.query(
            f"CREATE TABLE t AS SELECT {cells}, {lengths} AS n FROM read_csv({quoted(str(path))}, "
            f"auto_detect = false, header = false, "
            f"delim = {quoted(delimiter)}, quote = {mark}, escape = {mark}, skip = {skip}, columns = {{{columns}}}, "
            f"nullstr = {quoted(_NO_NULL)}, max_line_size = {_LONGEST_LINE})"
        )

    def _value_sql(self, cell: str) -> str:
        """SQL for a cell without blanks around it, NULL where it means "no value"."""
        trimmed = self._trim.format(cell)
        return f"CASE WHEN {trimmed} IN ({self._missing}) THEN NULL ELSE {trimmed} END"

    def _agrees(self, scan: Scan) -> bool:
        """Whether the rows and the characters loaded are as many as the scan counted."""
        row = self.query("SELECT count(*), coalesce(sum(n), 0)::BIGINT FROM t").fetchone()
        return row == (scan.n_rows, scan.n_characters)

    def query(self, sql: str, parameters: Sequence[object] = ()) -> duckdb.DuckDBPyConnection:
        """Run one statement on a cursor of its own.

        Raises
        ------
        DataError
            When the table was closed.
        """
        if self._connection is None:
            raise DataError("This table is closed.", hint="Open the file again.")
        return self._connection.cursor().execute(sql, list(parameters) or None)

    def arrays(self, sql: str, parameters: Sequence[object] = ()) -> dict[str, Any]:
        """Run one query and return its columns as NumPy arrays (masked where there are NULLs)."""
        return self.query(sql, parameters).fetchnumpy()

    def close(self) -> None:
        """Close the database and remove its folder; more than once is fine."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        shutil.rmtree(self._folder, ignore_errors=True)
        atexit.unregister(self.close)


def _is_plain(path: Path, dialect: Dialect, scan: Scan) -> bool:
    """Whether the database can be trusted to read the file without a copy."""
    if scan.n_bad or not is_utf8(dialect.encoding) or dialect.delimiter == " ":
        return False
    if any(mark in str(path) for mark in "*?["):
        return False  # the database would take these for a pattern of file names
    with path.open("rb") as file:
        probe = file.read(_PROBE_BYTES)
    return b"\r" not in probe.replace(b"\r\n", b"")
