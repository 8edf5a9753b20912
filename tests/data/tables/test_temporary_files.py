"""What a table has written goes with it, and what a crash has left goes with the next one."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest
from small_files import write

from ann_viz.data import open_table
from ann_viz.errors import DataError
from ann_viz.temporary import remove_stale_folders

pytestmark = pytest.mark.usefixtures("temporary")


def test_temporary_files_go_with_the_table(tmp_path: Path, temporary: Path) -> None:
    """Closing removes the folder; reading afterwards says what happened."""
    table = open_table(write(tmp_path, "a,b\n1,2\n3,4\n"))
    assert len(list(temporary.iterdir())) == 1
    table.close()
    table.close()
    assert not list(temporary.iterdir())
    with pytest.raises(DataError, match="closed"):
        table.rows()


def test_folders_of_a_crash_are_removed(tmp_path: Path) -> None:
    """A folder of a process that is gone is removed, one of a running process stays."""
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    stale = Path(tempfile.mkdtemp(prefix=f"ann_viz-{int(gone.stdout)}-"))
    with open_table(write(tmp_path, "a,b\n1,2\n3,4\n")):
        assert not stale.exists()
        assert remove_stale_folders() == 0


def test_file_on_disk_reads_as_one_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table too large for memory lives in a file and reads the same."""
    monkeypatch.setattr("ann_viz.data.database.store._SMALL", 0)
    monkeypatch.setattr("ann_viz.data.database.store._MOST_IN_MEMORY", 0)
    with open_table(write(tmp_path, "a,b\n1,2\n3,4\n")) as table:
        assert table.rows() == [("1", "2"), ("3", "4")]


def test_large_file_goes_without_waiting(tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a large table wrote is removed by a thread, which leaves nothing behind; closing again changes nothing."""
    monkeypatch.setattr("ann_viz.data.database.store._SMALL", 0)
    monkeypatch.setattr("ann_viz.data.database.store._MOST_IN_MEMORY", 0)
    monkeypatch.setattr("ann_viz.data.database.store._LARGE", 0)
    table = open_table(write(tmp_path, "a,b\n1,2\n3,4\n"))
    table.close()
    for thread in threading.enumerate():
        if thread.name == "table removal":
            thread.join()
    assert not list(temporary.iterdir())
    table.close()
    with pytest.raises(DataError, match="closed"):
        table.rows()
