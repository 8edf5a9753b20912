"""Writes files that grow: records that are added one by one, each with a checksum, so that none is lost or half read.

A record is a line: the checksum of the rest (CRC-32, eight hexadecimal digits), a blank, JSON. What a writer that was
killed left of a last one is dropped when the file is opened again. Every other file is written by `ann_viz.files`.
"""

from __future__ import annotations

import json
import os
import stat
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

from ann_viz.errors import OutputError
from ann_viz.files import AnyPath, checked_place, in_words
from ann_viz.locks import try_lock
from ann_viz.printable import printable
from ann_viz.translation import translate
from ann_viz.typed_json import parse_json

__all__ = ["Journal"]

_VERSION: Final = 1
_DIGITS: Final = 8
_RIGHTS: Final = 0o666


class Journal:
    """A journal, made or gone on with; nobody else can write it meanwhile.

    Parameters
    ----------
    path : path
        The file. One that is there must be a journal of this kind.
    kind : str
        What its records are.
    inputs : iterable of paths
        Files that must not be written, by whatever name.

    Attributes
    ----------
    records : tuple
        What it held when it was opened, oldest first.

    Raises
    ------
    OutputError
        When it can't be written there, or something else is there.
    """

    def __init__(self, path: AnyPath, kind: str, *, inputs: Iterable[AnyPath] = ()) -> None:
        place = checked_place(path, inputs)
        self._name, self._folder = printable(os.fspath(path)), place.parent
        with in_words(self._name, self._folder):
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
            self._file = os.open(place, flags, _RIGHTS)
        try:
            self._lock()
            self.records = self._open(kind)
        except BaseException:
            self.close()
            raise

    def append(self, record: Any) -> None:
        """Add a JSON value; when this returns, it is on the disk. Raises OutputError, and the file is as it was."""
        line = _line(record)
        with in_words(self._name, self._folder):
            size = os.fstat(self._file).st_size
            try:
                written = 0
                while written < len(line):
                    written += os.write(self._file, line[written:])
                os.fsync(self._file)
            except OSError:
                os.ftruncate(self._file, size)
                raise

    def close(self) -> None:
        """Let others write it; more than once is fine."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _lock(self) -> None:
        try:
            is_mine = try_lock(self._file)
        except OSError:  # some network folders know no locks
            return
        if not is_mine:
            sentence = translate("'{name}' is being written by another program. Choose another name, or wait for it.")
            raise OutputError(sentence.format(name=self._name))

    def _open(self, kind: str) -> tuple[Any, ...]:
        """Read what is there, drop a torn tail, and begin where there is nothing."""
        head = {"journal": kind, "version": _VERSION}
        with in_words(self._name, self._folder):
            if not stat.S_ISREG(os.fstat(self._file).st_mode):
                raise OutputError(translate("'{name}' is not a file.").format(name=self._name))
            content = _read(self._file)
        if _line(head).startswith(content):  # nothing, or of its first line a part
            with in_words(self._name, self._folder):
                os.ftruncate(self._file, 0)
            self.append(head)
            return ()
        found = list(_records(content))
        if not found or found[0][0] != head or not content.startswith(_line(head)):
            sentence = translate("'{name}' is something else than a journal of this kind. Choose another name.")
            raise OutputError(sentence.format(name=self._name))
        with in_words(self._name, self._folder):
            os.ftruncate(self._file, found[-1][1])
        return tuple(record for record, _ in found[1:])


def _line(record: Any) -> bytes:
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")
    return b"%0*x %s\n" % (_DIGITS, zlib.crc32(text), text)


def _records(content: bytes) -> Iterator[tuple[Any, int]]:
    """Yield every whole record and the place where it ends."""
    end = 0
    for line in content.splitlines(keepends=True):
        end += len(line)
        text = line[_DIGITS + 1 : -1]
        if line.endswith(b"\n") and line[: _DIGITS + 1] == b"%0*x " % (_DIGITS, zlib.crc32(text)):
            yield parse_json(text), end


def _read(file: int) -> bytes:
    os.lseek(file, 0, os.SEEK_SET)
    blocks = iter(lambda: os.read(file, 1 << 20), b"")
    return b"".join(blocks)
