"""Standard output and standard error, made fit for whatever they are joined to.

They may be closed, full, or in an encoding without most letters. What is asked for must arrive or be refused in a
sentence; words beside it may be lost.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TYPE_CHECKING, Final, TextIO

from ann_viz.errors import OutputError
from ann_viz.translation import translate

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["StandardStream", "prepare_streams"]

_LAST_STANDARD: Final = 2


def prepare_streams() -> None:
    """Replace ``sys.stdout`` and ``sys.stderr`` by streams that can be relied upon."""
    _fill_gaps()
    sys.stdout = _relied_upon(sys.stdout, needed=True)
    sys.stderr = _relied_upon(sys.stderr, needed=False)


def _fill_gaps() -> None:
    """Where a standard stream is closed, the next file opened would take its number, and what is printed into it."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= _LAST_STANDARD:
        pass
    os.close(descriptor)


def _relied_upon(stream: TextIO | None, *, needed: bool) -> TextIO:
    """A text stream over the same file; letters it lacks are written by their number."""
    if not isinstance(stream, io.TextIOWrapper):  # closed, or not there at all
        return _text(StandardStream(None, needed=needed), "utf-8", at_once=True)
    buffer = stream.buffer
    raw = buffer.raw if isinstance(buffer, io.BufferedWriter) else buffer  # without a buffer under `python -u`
    assert isinstance(raw, io.RawIOBase)
    at_once = stream.line_buffering or stream.write_through
    return _text(StandardStream(raw, needed=needed), stream.encoding, at_once=at_once)


def _text(raw: StandardStream, encoding: str, *, at_once: bool) -> TextIO:
    buffer = io.BufferedWriter(raw)
    return io.TextIOWrapper(buffer, encoding, errors="backslashreplace", line_buffering=at_once)


class StandardStream(io.RawIOBase):
    """One that fails in words and once: what is left in buffers then is dropped, as Python writes it again at the end.

    Parameters
    ----------
    raw : raw stream or None
        What is written to; None where it is closed.
    needed : bool
        Whether what is written here was asked for; if not, it is lost without a word.
    """

    def __init__(self, raw: io.RawIOBase | None, *, needed: bool) -> None:
        super().__init__()
        self._raw = raw
        self._needed = needed
        self._failed = False

    def write(self, data: ReadableBuffer, /) -> int | None:
        """Write as much as the system takes at once.

        Raises
        ------
        OutputError
            When it can't be written.
        BrokenPipeError
            When whoever read it has had enough.
        """
        if self._failed:
            return memoryview(data).nbytes
        try:
            if self._raw is None:
                raise OSError(errno.EBADF, "it is closed")
            return self._raw.write(data)
        except OSError as error:
            self._failed = True
            if not self._needed:
                return memoryview(data).nbytes
            if isinstance(error, BrokenPipeError):
                raise
            sentence = translate("Standard output can't be written ({error}). Have it go somewhere else, with > or -o.")
            raise OutputError(sentence.format(error=error.strerror or error)) from error

    # What the streams above ask -------------------------------------------------------------------------------------
    def writable(self) -> bool:
        """Return true."""
        return True

    def fileno(self) -> int:
        """Return the number of the file; raises OSError where there is none."""
        return super().fileno() if self._raw is None else self._raw.fileno()

    def isatty(self) -> bool:
        """Return whether a person reads it."""
        return self._raw is not None and self._raw.isatty()
