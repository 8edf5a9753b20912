"""Memory of threads: what one frees serves the next, where the system's library has arenas."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

WORK = """
import ctypes, threading
from ann_viz.malloc_arenas import share_one_arena

if {shares}:
    share_one_arena()
together = threading.Barrier(4)

def work():
    together.wait()
    kept = [bytes(1000 + i) for i in range(1000)]
    together.wait()

threads = [threading.Thread(target=work) for _ in range(4)]
for each in threads:
    each.start()
for each in threads:
    each.join()
libc = ctypes.CDLL(None)
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
"""


def n_arenas(*, shares: bool, **variables: str) -> int:
    """Return how many arenas a process has after four threads of it have worked at once."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    told = subprocess.run(
        [sys.executable, "-c", WORK.format(shares=shares)],
        env={**others, **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.count("<heap nr=")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has arenas")
def test_threads_share_one_arena() -> None:
    """Left to itself every thread gets its own; a number that somebody has said is kept."""
    assert n_arenas(shares=False) > 1
    assert n_arenas(shares=True) == 1
    assert n_arenas(shares=True, MALLOC_ARENA_MAX="3") == 3
