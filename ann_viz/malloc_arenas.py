"""Memory that all threads take from one place, so that what one has freed serves the next.

glibc gives up to eight arenas a core to the threads of a process. The window makes a thread for every job, and what a
job leaves keeps its arena from shrinking: after 2,000 random actions the process held 700 MB, 130 of them in use; with
one arena 390 MB (``tests/bench/soak.py``).
"""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress
from typing import Final

__all__ = ["share_one_arena"]

_M_ARENA_MAX: Final = -8  # of glibc's malloc.h


def share_one_arena() -> None:
    """Let threads that begin from now on share one arena, on glibc, unless somebody has said how many there may be."""
    with suppress(OSError, AttributeError, ValueError):  # no such name in other C libraries, no such call on Windows
        if os.confstr("CS_GNU_LIBC_VERSION") and "MALLOC_ARENA_MAX" not in os.environ:
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
