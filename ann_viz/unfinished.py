"""Files and folders that hold something half done: they go with the program when it is stopped in the middle.

A path is named before it is made, so that there is no moment in which it is there and nobody knows of it.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

__all__ = ["begin", "end", "remove_unfinished"]

_ATTEMPTS: Final = 10  # other threads may go on to write into a folder that is being removed

# Belongs to the process, as the signals do that end it; with the number of the process, as a fork takes a copy along.
_unfinished: Final[set[tuple[int, Path]]] = set()


def begin(path: Path) -> None:
    """Note a path that is about to be made."""
    _unfinished.add((os.getpid(), path))


def end(path: Path) -> None:
    """Forget a path: it is finished, moved to its place, or gone."""
    _unfinished.discard((os.getpid(), path))


def remove_unfinished() -> None:
    """Remove what this process has begun and not ended."""
    for owner, path in tuple(_unfinished):
        if owner == os.getpid():
            _remove(path)


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
        return
    for _attempt in range(_ATTEMPTS):
        shutil.rmtree(path, ignore_errors=True)
        if not path.exists():
            return
