"""Folders for what need not stay: they go when nobody needs them, with the program, or after a crash at the next start.

A folder belongs to a process for as long as that process holds the lock on a file in it. What is kept lies one level
below, where any name is free.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
import weakref
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from ann_viz.errors import DataError
from ann_viz.locks import make_locked, remove_abandoned
from ann_viz.translation import translate
from ann_viz.unfinished import begin, end

__all__ = ["TemporaryFolder", "disk_full", "is_disk_full", "remove_stale_folders"]

_PREFIX: Final = "ann_viz-"
_LOCK: Final = "lock"
_FILES: Final = "files"
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class TemporaryFolder:
    """A folder of its own; goes with `remove`, with the last reference to it, or at the end of the program.

    Raises
    ------
    DataError
        When no folder can be made.
    """

    def __init__(self) -> None:
        remove_stale_folders()
        try:
            folder, lock = _make_folder()
            self.path = folder / _FILES
            self.path.mkdir()
        except OSError as error:
            raise disk_full() if is_disk_full(error) else _no_folder(error) from error
        self._remove = weakref.finalize(self, _remove, folder, lock, os.getpid())

    def write(self, name: str, text: str) -> Path:
        """Write a small text file into the folder and return its path."""
        path = self.path / name
        try:
            path.write_text(text, encoding="utf-8", errors="replace", newline="")
        except OSError as error:
            if is_disk_full(error):
                raise disk_full() from error
            raise
        return path

    def write_bytes(self, name: str, chunks: Iterable[bytes]) -> Path:
        """Write a file into the folder, piece by piece, and return its path."""
        path = self.path / name
        try:
            with path.open("wb") as file:
                for chunk in chunks:
                    file.write(chunk)
        except OSError as error:
            if is_disk_full(error):
                raise disk_full() from error
            raise
        return path

    def remove(self) -> None:
        """Remove the folder and all in it; more than once is fine."""
        self._remove()


def _remove(folder: Path, lock: int, owner: int) -> None:
    os.close(lock)  # first, for Windows removes no open file
    if os.getpid() == owner:  # not at the end of a forked child
        shutil.rmtree(folder, ignore_errors=True)
        end(folder)


def _make_folder() -> tuple[Path, int]:
    """Make a folder and the locked file in it that says whose it is."""
    while True:
        folder = Path(tempfile.gettempdir(), f"{_PREFIX}{os.getpid()}-{os.urandom(8).hex()}")
        begin(folder)
        try:
            folder.mkdir(0o700)
            with suppress(FileNotFoundError):  # somebody took it for left behind
                lock = make_locked(folder / _LOCK)
                if lock is not None:
                    return folder, lock
        except OSError:
            end(folder)
            raise
        end(folder)


def remove_stale_folders() -> int:
    """Remove folders of processes that no longer run; return how many."""
    removed = 0
    place = Path(tempfile.gettempdir())
    with suppress(OSError):
        for name in os.listdir(place):  # of thousands, each of which would take its time as a path
            if name.startswith(_PREFIX) and "-" in name.removeprefix(_PREFIX):
                removed += _is_ours(place / name) and _remove_if_stale(place / name)
    return removed


def _is_ours(folder: Path) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and (not hasattr(os, "getuid") or found.st_uid == os.getuid())


def _remove_if_stale(folder: Path) -> bool:
    """Remove a folder that nobody uses, and say whether it is gone."""
    remove = partial(shutil.rmtree, folder, ignore_errors=True)
    lock = folder / _LOCK
    if lock.exists():
        return remove_abandoned(lock, remove) and not folder.exists()
    pid = folder.name.removeprefix(_PREFIX).split("-")[0]  # made this very moment, or its maker died in that moment
    if not pid.isdecimal() or _is_running(int(pid)):
        return False
    remove()
    return not folder.exists()


def _is_running(pid: int) -> bool:
    if os.name == "nt":
        return True  # asking would end it
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def is_disk_full(error: BaseException) -> bool:
    """Whether the system or the database says that there is no room for what is written."""
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return True
    said = str(error)
    return any(os.strerror(number) in said for number in _NO_ROOM)


def disk_full() -> DataError:
    """The sentence for it: the disk for temporary files is to blame, not the file that is read."""
    sentence = translate("The disk for temporary files is full (folder '{folder}').")
    return DataError(
        sentence.format(folder=tempfile.gettempdir()),
        hint=translate("Free some room, or set the environment variable TMPDIR to a folder on another disk."),
    )


def _no_folder(error: OSError) -> DataError:
    hint = translate(
        "The system says: {error}. Set the environment variable TMPDIR to a folder that may be written to."
    )
    return DataError(
        translate("No folder for temporary files can be made."), hint=hint.format(error=error.strerror or error)
    )
