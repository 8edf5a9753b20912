"""Locks of the system on open files: they end with the process that holds them, however it ends.

A process number says less: it is given again, and another container has its own. The usual libraries lock a file that
they open by its name; here the file being written, which is open already, is the one that is locked.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

__all__ = ["Held", "locked", "make_locked", "remove_abandoned", "try_lock"]

_HELD: Final = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
_ASK_AGAIN_S: Final = 0.005
_PLAIN_FILE: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # no link, and a pipe does not block

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def try_lock(descriptor: int) -> bool:
    """Lock an open file until it is closed; say whether nobody else had it.

    Raises
    ------
    OSError
        When the file lies where nothing can be locked.
    """
    try:
        _lock(descriptor)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True


def make_locked(path: Path, mode: int = 0o600) -> int | None:
    """Make a file and lock it.

    Returns
    -------
    int or None
        The open file; None when somebody took it for left behind before it was locked: try another name then.

    Raises
    ------
    OSError
        When it can't be made.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, mode)
    if _lock_if_possible(descriptor) and path.exists():
        return descriptor
    os.close(descriptor)
    return None


def remove_abandoned(path: Path, remove: Callable[[], object]) -> bool:
    """Call `remove` while holding the lock on a file whose maker is dead, so that nobody can take it up meanwhile.

    Parameters
    ----------
    path : Path
        The file, made by `make_locked`.
    remove : callable
        What removes it, perhaps with more.

    Returns
    -------
    bool
        Whether it was called: not when the lock is held, or where that can't be known.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | _PLAIN_FILE)
    except OSError:
        return False
    try:
        if not try_lock(descriptor):
            return False
        if os.name != "nt":
            remove()
            return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    remove()  # an open file can't be removed there, not even by who locked it
    return True


@contextmanager
def locked(path: Path, timeout_s: float = 10.0) -> Iterator[None]:
    """Hold the lock on a file, which is made if need be and stays.

    Parameters
    ----------
    path : Path
        The file that stands for what must not be done by two at once.
    timeout_s : float
        How long to wait for another to let go.

    Raises
    ------
    TimeoutError
        When another held it all the time.
    OSError
        When the file can't be made.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _PLAIN_FILE, 0o600)
    try:
        until = time.monotonic() + timeout_s
        while not _lock_if_possible(descriptor):
            if time.monotonic() > until:
                raise TimeoutError(errno.ETIMEDOUT, "another program holds it", str(path))
            time.sleep(_ASK_AGAIN_S)
        yield
    finally:
        os.close(descriptor)


class Held:
    """The lock on one file at a time, which is made if need be and stays."""

    def __init__(self) -> None:
        self._descriptor: int | None = None

    def hold(self, path: Path) -> bool:
        """Let go of what was held, and lock another file; say whether nobody else has it.

        Raises
        ------
        OSError
            When the file can't be made.
        """
        self.let_go()
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _PLAIN_FILE, 0o600)
        if not _lock_if_possible(descriptor):
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def let_go(self) -> None:
        """Hold nothing; more than once is fine."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def _lock_if_possible(descriptor: int) -> bool:
    try:
        return try_lock(descriptor)
    except OSError:  # some network folders know no locks: better without than not at all
        return True
