"""A large table lies in memory where that is free, and else in a file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ann_viz.data.database import store as store_module
from ann_viz.data.database.free_memory import free_memory
from ann_viz.data.database.opening import Bar, load_file
from ann_viz.data.database.store import Store

LIMITED = """
import resource
from ann_viz.data.database.free_memory import free_memory
resource.setrlimit(resource.RLIMIT_AS, (600_000_000, 600_000_000))
print(free_memory())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="told by Linux only")
def test_the_limit_of_the_process_counts() -> None:
    """A machine may have more than the process may take."""
    done = subprocess.run([sys.executable, "-c", LIMITED], capture_output=True, text=True, check=True)
    assert 0 < int(done.stdout) < 600_000_000
    assert free_memory() > 0


@pytest.mark.parametrize(("free", "in_memory"), [(0, False), (2_999_999, False), (1 << 40, True)])
def test_a_third_of_the_free_memory_may_be_taken(
    free: int, in_memory: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody knows how much is free, none is."""
    path = tmp_path / "file.csv"
    path.write_text("a,b\n" + "".join(f"{n},{'x' * (n % 50)}\n" for n in range(30_000)))
    monkeypatch.setattr(store_module, "_SMALL", 0)
    monkeypatch.setattr(store_module, "free_memory", lambda: free)
    store = load_file(path, {}, {}, Bar(None), None).store
    assert store.is_spacious == in_memory
    assert store.rows("WHERE rowid = 29999") == [("29999", "x" * 49)]
    store.close()


def test_memory_that_was_not_free_after_all_sends_the_table_to_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program may have taken it meanwhile."""
    path = tmp_path / "file.csv"
    path.write_text("a,b\n" + "".join(f"{n},{n % 7}\n" for n in range(3000)))
    monkeypatch.setattr(store_module, "_SMALL", 0)
    monkeypatch.setattr(store_module, "free_memory", lambda: 1 << 40)
    query = Store.query

    def without_memory(self: Store, sql: str, *arguments: object) -> object:
        if self.is_spacious and sql.startswith("CREATE TABLE"):
            raise MemoryError
        return query(self, sql, *arguments)

    monkeypatch.setattr(Store, "query", without_memory)
    store = load_file(path, {}, {}, Bar(None), None).store
    assert not store.is_spacious
    assert store.rows("WHERE rowid = 2999") == [("2999", "3")]
    store.close()
