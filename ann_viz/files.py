"""Writes every file that is meant to stay: beside its place first, then in one move, so that old or new is there whole.

Killed at any moment, a writer leaves the old file as it was, and beside it a temporary one that the next writer in that
folder removes. Files that grow are the business of `ann_viz.journals`, scratch files that of `ann_viz.temporary`.
"""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, TypeAlias

from ann_viz.errors import OutputError
from ann_viz.locks import make_locked, remove_abandoned
from ann_viz.printable import printable
from ann_viz.translation import translatable, translate
from ann_viz.unfinished import begin, end

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["STANDARD_OUTPUT", "AnyPath", "check_output", "checked_place", "in_words", "replacing", "write_file"]

AnyPath: TypeAlias = str | os.PathLike[str]

STANDARD_OUTPUT: Final = "-"
"""What the command line calls the stream; no file has that name here."""

_TEMPORARY: Final = re.compile(r"\.ann-viz-[0-9]+-[0-9a-f]{16}\.part")
_BUFFER_BYTES: Final = 1 << 20
_BLOCK: Final = bytes(4096)
_SYSTEM_FOLDERS: Final = ("/dev/", "/proc/", "/sys/")
_SHARED_MEMORY: Final = "/dev/shm/"  # the one folder of files among the devices


def write_file(path: AnyPath, content: bytes | str, *, inputs: Iterable[AnyPath] = ()) -> None:
    """Write a whole file, text as UTF-8; see `replacing`."""
    with replacing(path, inputs=inputs) as file:
        file.write(content.encode("utf-8") if isinstance(content, str) else content)


def check_output(path: AnyPath, *, inputs: Iterable[AnyPath] = ()) -> None:
    """Find out before long work whether its result can be written; leaves nothing behind.

    Raises
    ------
    OutputError
        As `replacing` does.
    """
    sink = _Sink(checked_place(path, inputs), os.fspath(path))
    try:
        sink.write(_BLOCK)  # a full disk still makes empty files
    finally:
        sink.discard()


@contextmanager
def replacing(path: AnyPath, *, inputs: Iterable[AnyPath] = ()) -> Iterator[IO[bytes]]:
    """Open a file to be written; it takes its place, with the rights of the one before, when the block ends well.

    Parameters
    ----------
    path : path
        Where to. A link is followed; what it points to is replaced.
    inputs : iterable of paths
        Files that must not be replaced, by whatever name.

    Raises
    ------
    OutputError
        When something else than a file is there, it is one of the inputs, or it can't be written. Whatever the block
        raises, the old file is as it was.
    """
    place = checked_place(path, inputs)
    sink = _Sink(place, os.fspath(path))
    try:
        file = io.BufferedWriter(sink, _BUFFER_BYTES)
        yield file
        file.flush()
        sink.settle()
    except BaseException:
        sink.discard()
        raise


# Where to -----------------------------------------------------------------------------------------------------------
def checked_place(path: AnyPath, inputs: Iterable[AnyPath]) -> Path:
    """The file that is meant, links followed; raises OutputError when it must not or can't be written."""
    text = os.fspath(path)
    shown = printable(text)
    if not text.strip():
        raise OutputError(translate("The name of the file to write is empty. Give it a name."))
    if text.endswith(("/", os.sep)):
        raise OutputError(_folder(shown))
    try:
        place, there = Path(os.path.realpath(text)), _known(text)
    except (OSError, ValueError) as error:
        raise OutputError(_reason(error, shown, Path(text).parent)) from error
    _check_kind((os.path.abspath(text), str(place)), there, shown)
    for each in inputs:
        if _is_same(place, there, each):
            sentence = translate("'{name}' is read here, so it can't be written as well. Choose another name.")
            raise OutputError(sentence.format(name=shown))
    if there is not None and not os.access(place, os.W_OK):
        sentence = translate("'{name}' is protected against writing. Choose another name.")
        raise OutputError(sentence.format(name=shown))
    if there is not None and _is_kept_by_others(place, there):
        sentence = translate("'{name}' can't be replaced: it belongs to somebody else. Choose another name.")
        raise OutputError(sentence.format(name=shown))
    return place


def _is_kept_by_others(place: Path, there: os.stat_result) -> bool:
    """Whether only somebody else may replace it: in a folder such as ``/tmp``, its owner or that of the folder."""
    if sys.platform == "win32":
        return False
    folder, us = place.parent.stat(), os.geteuid()
    return bool(folder.st_mode & stat.S_ISVTX) and us not in (0, there.st_uid, folder.st_uid)


def _known(text: str) -> os.stat_result | None:
    try:
        return os.stat(text)
    except FileNotFoundError:  # or a link to where nothing is yet
        return None


def _check_kind(names: Iterable[str], there: os.stat_result | None, shown: str) -> None:
    """Refuse what is no file, and by its name as well as by where its links lead, what would be none."""
    if there is not None and stat.S_ISDIR(there.st_mode):
        raise OutputError(_folder(shown))
    in_system = any(name.startswith(_SYSTEM_FOLDERS) and not name.startswith(_SHARED_MEMORY) for name in names)
    if in_system or (there is not None and not stat.S_ISREG(there.st_mode)):
        sentence = translate(
            "'{name}' is a device or a pipe, not a file. Choose a file; on the command line, -o - writes to standard "
            "output."
        )
        raise OutputError(sentence.format(name=shown))


def _folder(shown: str) -> str:
    return translate("'{name}' is a folder. Add the name of a file.").format(name=shown)


def _is_same(place: Path, there: os.stat_result | None, other: AnyPath) -> bool:
    """Whether both are one file: by name, or, with other names or cases of letters, by what the system calls it."""
    if os.path.normcase(place) == os.path.normcase(os.path.realpath(other)):
        return True
    try:
        return there is not None and os.path.samestat(there, os.stat(other))
    except (OSError, ValueError):
        return False


def _reason(error: OSError | ValueError, shown: str, folder: Path) -> str:
    """The sentence about what the system refused."""
    number = error.errno if isinstance(error, OSError) else None
    sentence = _SENTENCES.get(number, _ANY_REASON)
    said = error.strerror if isinstance(error, OSError) and error.strerror else error
    if number == errno.ENOTDIR:
        folder = next(path for path in (folder, *folder.parents) if os.path.lexists(path))
    name = printable(shown, _LONGEST_NAME)
    return translate(sentence).format(name=name, folder=printable(str(folder)), error=printable(str(said)))


_NO_ROOM: Final = translatable("'{name}' can't be written: the disk is full. Free some room, or choose another disk.")
_NO_FOLDER: Final = translatable(
    "'{name}' can't be written: there is no folder '{folder}'. Create it first, or choose another one."
)
_CLOSED: Final = translatable(
    "'{name}' can't be written: nothing may be written to the folder '{folder}'. Choose another one."
)
_SENTENCES: Final[dict[int | None, str]] = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EFBIG: translatable("'{name}' can't be written: it is larger than files may be there. Choose another disk."),
    errno.ENOENT: _NO_FOLDER,
    errno.ENOTDIR: translatable(
        "'{name}' can't be written: '{folder}' is a file, not a folder. Choose another folder."
    ),
    errno.ENAMETOOLONG: translatable("'{name}' can't be written: the name is too long. Choose a shorter one."),
    errno.EROFS: _CLOSED,
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
}
_ANY_REASON: Final = translatable("'{name}' can't be written ({error}). Choose another name or folder.")
_LONGEST_NAME: Final = 200


# Writing ------------------------------------------------------------------------------------------------------------
class _Sink(io.FileIO):
    """A temporary file beside its place, locked for as long as it is written.

    Parameters
    ----------
    place : Path
        Where it belongs in the end.
    name : str
        How the user calls that place.
    """

    def __init__(self, place: Path, name: str) -> None:
        self._place = place
        self._name = printable(name)
        _remove_leftovers(place.parent)
        with self._in_words():
            self.temporary, descriptor = _make_temporary(place.parent)
            super().__init__(descriptor, "wb")
        _keep_rights(descriptor, place)  # from the start: what was private is not written where all can read it

    def write(self, data: ReadableBuffer, /) -> int:
        """Write as much as the system takes at once; raises OutputError."""
        with self._in_words():
            return super().write(data)

    def settle(self) -> None:
        """Take the place of the old file; raises OutputError."""
        with self._in_words():
            os.fsync(self.fileno())
            if sys.platform == "win32":
                self.close()  # an open file can't be moved there
            try:
                os.replace(self.temporary, self._place)
            except PermissionError as error:
                sentence = translate(
                    "'{name}' can't be replaced: it belongs to somebody else, or another program has it open. "
                    "Choose another name."
                )
                raise OutputError(sentence.format(name=self._name)) from error
            end(self.temporary)
            self.close()
            _sync_folder(self._place.parent)

    def discard(self) -> None:
        """Give up: nothing is left of it."""
        self.close()
        with suppress(OSError):
            self.temporary.unlink(missing_ok=True)
        end(self.temporary)

    def _in_words(self) -> AbstractContextManager[None]:
        return in_words(self._name, self._place.parent)


@contextmanager
def in_words(name: str, folder: Path) -> Iterator[None]:
    """Turn what the system refuses about a file in that folder into an OutputError with a sentence."""
    try:
        yield
    except OSError as error:
        raise OutputError(_reason(error, name, folder)) from error


def _make_temporary(folder: Path) -> tuple[Path, int]:
    """Make and lock a file with a name of its own; return it open."""
    while True:
        path = folder / f".ann-viz-{os.getpid()}-{os.urandom(8).hex()}.part"
        begin(path)
        try:
            descriptor = make_locked(path, 0o666)
        except OSError:
            end(path)
            raise
        if descriptor is not None:
            return path, descriptor
        end(path)


def _keep_rights(descriptor: int, place: Path) -> None:
    """Give the new file owner and mode of the old one, as far as that is allowed."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        old = place.stat()
        with suppress(OSError):
            os.fchown(descriptor, old.st_uid, old.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(old.st_mode))


def _sync_folder(folder: Path) -> None:
    """Have the move itself survive a loss of power, where folders can be asked for that."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove_leftovers(folder: Path) -> None:
    """Remove what writers left that were killed."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name):
                path = Path(entry.path)
                remove_abandoned(path, partial(path.unlink, missing_ok=True))
