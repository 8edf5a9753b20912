"""The file that a project learned from: known by name, size and a sum over its bytes, and found again by them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.errors import ProjectFileError
from ann_viz.printable import printable
from ann_viz.session.stored_rows import pack_file
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.data import Table

__all__ = ["DataSource", "KnownSource", "find_data"]

_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSource:
    """The file that was learned from.

    Parameters
    ----------
    path : str
        Where it was, as an absolute path.
    n_bytes : int
        How long it was.
    sha256 : str
        Sum over its bytes, in hexadecimal digits.
    n_rows : int
        Rows of the table in it.
    edits : tuple of (int, str)
        Lines whose rows didn't fit, and their corrected text.
    """

    path: str
    n_bytes: int
    sha256: str
    n_rows: int
    edits: tuple[tuple[int, str], ...] = ()

    @property
    def name(self) -> str:
        """Name of the file."""
        return Path(self.path).name


class KnownSource:
    """Where the data of a table are: found out once, so that work can still be saved when the file has gone since.

    Parameters
    ----------
    table : Table
        As it is open.
    found : DataSource, optional
        What is known of it already, as of a table that is missing.
    packed : (n,) array of uint8, optional
        Likewise the file itself.

    Attributes
    ----------
    path : Path
        The file.
    """

    def __init__(self, table: Table, found: DataSource | None = None, packed: NDArray[np.uint8] | None = None) -> None:
        self.path, self._n_rows = table.path, table.n_rows
        self._edits = tuple(sorted(table.edits.items()))
        self._lock = Lock()
        self._found, self._packed = found, packed

    def find(self) -> DataSource:
        """Return it; raises OSError when the file can't be read and never was. Any thread may ask."""
        with self._lock:
            if self._found is None:
                stat = self.path.stat()
                self._found = DataSource(
                    path=str(self.path),
                    n_bytes=stat.st_size,
                    sha256=_digest(self.path, stat.st_size, stat.st_mtime_ns),
                    n_rows=self._n_rows,
                    edits=self._edits,
                )
            return self._found

    def pack(self) -> NDArray[np.uint8]:
        """Return the file itself, packed; raises OSError when it can't be read, OutputError when it is too large."""
        with self._lock:
            if self._packed is None:
                self._packed = pack_file(self.path)
            return self._packed


def find_data(source: DataSource, beside: Path, elsewhere: Path | None = None) -> tuple[Path | None, bool]:
    """Return where the data of a project are, None where there is no such file, and whether they are the same.

    Parameters
    ----------
    source : DataSource
    beside : Path
        Folder of the project file: data that were moved along with it are found there.
    elsewhere : Path, optional
        Where the file is now, if somebody knows.

    Raises
    ------
    ProjectFileError
        When the file can't be read.
    """
    places = [elsewhere] if elsewhere is not None else [Path(source.path), beside / source.name]
    found = [place for place in places if _is_file(place)]
    same = next((place for place in found if _is_same(place, source)), None)
    return (same, True) if same is not None else (next(iter(found), None), False)


@lru_cache(maxsize=4)
def _digest(path: Path, _n_bytes: int, _mtime_ns: int) -> str:
    """Return the sum over a file's bytes; worked out once as long as its size and date stay."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _is_file(place: Path) -> bool:
    """Whether a file is there; a path that somebody wrote into a project may be none that the system takes."""
    try:
        return place.is_file()
    except OSError:
        return False


def _is_same(path: Path, source: DataSource) -> bool:
    """Whether a file is the one that was learned from; raises ProjectFileError where it can't be read."""
    try:
        stat = path.stat()
        return stat.st_size == source.n_bytes and _digest(path, stat.st_size, stat.st_mtime_ns) == source.sha256
    except OSError as error:
        sentence = translate("The data of this project, '{name}', can't be read: {error}.")
        raise ProjectFileError(
            sentence.format(name=printable(path.name), error=error.strerror or str(error))
        ) from error
