"""Small files are read once for all tests, and looked at once by the coach, however often a test opens one like it.

Who opens one gets a table of their own over the rows that were read. What is lent is what was read: the same content
under the same name, with the same choices.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from weakref import WeakKeyDictionary

from ann_viz.data import Dataset, Table
from ann_viz.data.database.opening import Bar
from ann_viz.data.database.store import Store
from ann_viz.data.tables.column_cache import ColumnCache
from ann_viz.data.tables.opening_table import load_table
from ann_viz.data.tables.paging import Paging
from ann_viz.explain.run_report import DataReport
from ann_viz.numerals import format_number
from ann_viz.session.coach_data import look_at_data
from ann_viz.temporary import TemporaryFolder
from ann_viz.translation import translate

__all__ = ["ReadOnce"]

MOST_BYTES = 1_000_000
MOST_FILES = 12
"""Each takes a few megabytes."""
MEMO_BYTES = 1 << 25


class LentStore(Store):
    """The rows of another store, with a connection of its own."""

    def __init__(self, store: Store) -> None:
        self.__dict__.update(vars(store))
        assert self._connection is not None
        self._connection = self._connection.cursor()
        self._folder = TemporaryFolder()
        self._watches = {}
        self._door = threading.Lock()


class LentTable(Table):
    """What another table was found to be, closed for itself, remembering only what it was asked itself."""

    def __init__(self, table: Table, path: Path) -> None:
        self.__dict__.update(vars(table))
        self.path = path
        self._store = LentStore(self._store)
        self._memo = ColumnCache(MEMO_BYTES)
        self._odd_rows = {}
        self._paging = Paging(self._store, self.columns, self.dialect, self.n_rows)


class ReadOnce:
    """Stands in for reading a file, and for what the coach finds out about its rows.

    Once profiled, the rows of a table are only read, so that one database can serve many tables.
    """

    def __init__(self) -> None:
        self._shelf: OrderedDict[Hashable, Table] = OrderedDict()
        self._lent: WeakKeyDictionary[Table, Hashable] = WeakKeyDictionary()
        self._seen: dict[Hashable, DataReport] = {}
        self._door = threading.Lock()

    def open(
        self,
        path: Path,
        overrides: Mapping[str, object],
        edits: Mapping[int, str],
        bar: Bar,
        cancelled: Callable[[], bool] | None,
        *,
        thrifty: bool,
    ) -> Table:
        """Lend a table; what is no small file, mended, or read in a way that can be stopped, is read."""
        is_small = path.suffix == ".csv" and path.is_file() and path.stat().st_size <= MOST_BYTES
        if not is_small or edits or thrifty or cancelled is not None:
            return load_table(path, overrides, edits, bar, cancelled, thrifty=thrifty)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        key = (path.name, digest, repr(sorted(overrides.items())), *_ways_of_writing())
        with self._door:
            if key not in self._shelf:
                self._shelf[key] = load_table(path, overrides, edits, bar, cancelled, thrifty=thrifty)
            self._shelf.move_to_end(key)
            lent = LentTable(self._shelf[key], path)
            self._lent[lent] = key
            if len(self._shelf) > MOST_FILES:
                self._shelf.popitem(last=False)[1].close()
        bar.part(0.0, 1.0)(1.0)
        return lent

    def look_at_data(self, dataset: Dataset, cancelled: Callable[[], bool] = lambda: False) -> DataReport:
        """Return what lent rows hold, found out to the end by whoever is the first to ask; look at any others."""
        if dataset.table not in self._lent:
            return look_at_data(dataset, cancelled)
        key = (self._lent[dataset.table], dataset.recipe, *_ways_of_writing())
        if key not in self._seen:
            self._seen[key] = look_at_data(dataset)
        return self._seen[key]

    def close(self) -> None:
        """Let go of the rows."""
        for table in self._shelf.values():
            table.close()


def _ways_of_writing() -> tuple[str, str]:
    """What is found out is told in sentences with numbers."""
    return translate("Use anyway"), format_number(12_345.6)
