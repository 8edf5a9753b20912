"""Memory that all threads take from one place, so that what one has freed serves the next.

glibc gives up to eight arenas a core to the threads of a process. The window makes a thread for every job, and what a
job leaves keeps its arena from shrinking: after 2,000 random actions the process held 700 MB, 130 of them in use; with
one arena 390 MB (``tests/bench/soak.py``).
"""

from __future__ import annotations

import ctypes
import os
import platform
from contextlib import suppress
from typing import Final

__all__ = ["share_one_arena"]

_M_ARENA_MAX: Final = -8  # of glibc's malloc.h


def share_one_arena() -> None:
    """Let threads that begin from now on share one arena, on glibc, unless somebody has said how many there may be."""
    if platform.libc_ver()[0] == "glibc" and "MALLOC_ARENA_MAX" not in os.environ:
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
