"""A disk without room for temporary files is said to be full; the file that is read is not to blame."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

OPEN_LIMITED = """
import resource, sys
from ann_viz.data import open_table
from ann_viz.data.database import store
store._SMALL = store._MOST_IN_MEMORY = 0  # into a file, however few the rows
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    open_table(sys.argv[1])
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits as on Unix")
@pytest.mark.parametrize("line_end", ["\n", "\r"], ids=["read by the database", "copied first"])
def test_a_full_disk_is_not_the_fault_of_the_file(tmp_path: Path, line_end: str) -> None:
    """The limit on the size of files is the system's own way to refuse bytes; nothing is left behind."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    path = tmp_path / "mine.csv"
    path.write_bytes(line_end.join(["a,b", *(f"{n},{n * 7919 % 10_007}" for n in range(100_000))]).encode())
    done = subprocess.run(
        [sys.executable, "-c", OPEN_LIMITED, path], env=os.environ | {"TMPDIR": str(temporary)}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert done.stdout.startswith(f"DataError The disk for temporary files is full (folder '{temporary}').")
    assert "mine.csv" not in done.stdout
    assert list(temporary.iterdir()) == []
