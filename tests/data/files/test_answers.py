"""A database that gets no memory says so as Python does, whatever it was about to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from ann_viz.data import open_table
from ann_viz.data.database.store import Store
from ann_viz.data.files.look import look
from ann_viz.errors import DataError
from ann_viz.temporary import TemporaryFolder

AT_ONCE = "SELECT list(range) FROM range(20_000_000)"
WHILE_FETCHED = "SELECT repeat('x', if(range > 50_000, 200_000_000, 1)::BIGINT) FROM range(60_000)"


@pytest.fixture
def store() -> Iterator[Store]:
    """Return one with ten megabytes for everything."""
    store = Store(TemporaryFolder(), width=1, n_characters=0)
    store.query("SET memory_limit = '10MB'")
    yield store
    store.close()


@pytest.mark.parametrize("sql", [AT_ONCE, WHILE_FETCHED])
@pytest.mark.parametrize("ask", [lambda store, sql: store.query(sql).fetchall(), Store.arrays], ids=["cells", "arrays"])
def test_a_query_without_memory(store: Store, sql: str, ask: Callable[[Store, str], object]) -> None:
    """Rows are made while they are fetched, and that needs memory as well."""
    with pytest.raises(MemoryError, match="allocate"):
        ask(store, sql)


def test_a_database_that_can_not_even_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of text and a Parquet file, which is then not called damaged."""

    def refuse(*_: object, **__: object) -> None:
        raise duckdb.OutOfMemoryException("Out of Memory Error: Failed to allocate block")

    path = tmp_path / "t.parquet"
    duckdb.sql("SELECT 1 AS a").write_parquet(str(path))
    monkeypatch.setattr(duckdb, "connect", refuse)
    with pytest.raises(MemoryError):
        Store(TemporaryFolder(), width=1, n_characters=0)
    with pytest.raises(MemoryError):
        look(path)


@pytest.mark.parametrize(("n_columns", "kind"), [(3, MemoryError), (300, DataError)])
def test_only_a_wide_table_is_to_blame_itself(
    n_columns: int, kind: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fewer columns would not help a table of three."""
    monkeypatch.setattr("ann_viz.data.database.store._MEMORY_LIMIT", 1_000_000)
    monkeypatch.setattr("ann_viz.data.database.store._WIDE_MEMORY_LIMIT", 1_000_000)
    path = tmp_path / "t.csv"
    rows = [",".join(f"{row * column}" for column in range(n_columns)) for row in range(60_000 // n_columns)]
    path.write_text("\n".join([",".join(f"c{column}" for column in range(n_columns)), *rows]))
    with pytest.raises(kind, match=r"allocate|300 columns may be too many"):
        open_table(path)
