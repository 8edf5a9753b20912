"""A piece of work as one value: where its data are, its runs, and what predicting needs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Checkpoint
from ann_viz.errors import DataError, ProjectFileError
from ann_viz.printable import printable
from ann_viz.session.judged.costs import EQUAL_COSTS, MistakeCosts
from ann_viz.session.looks_at_test import LookAtTest
from ann_viz.session.modelfile import Model
from ann_viz.session.run_record import RunRecord
from ann_viz.session.stored_rows import pack_file, unpack_file
from ann_viz.session.sweeping.swept import Swept
from ann_viz.session.trying.summary_record import SummaryRecord
from ann_viz.session.view_state import ViewState
from ann_viz.temporary import TemporaryFolder
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.data import Dataset, Table

__all__ = ["DataSource", "KnownSource", "Project", "StoredRun", "find_data", "open_data", "without_data"]

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


@dataclass(frozen=True, slots=True, eq=False)
class StoredRun:
    """A run without the data it learns from.

    Parameters
    ----------
    record : RunRecord
        Its settings, how far it came, what is written beside it.
    checkpoint : Checkpoint
        To go on from.
    mean_of : (n_networks, n_parameters) array or None
        As of `Run`.
    """

    record: RunRecord
    checkpoint: Checkpoint
    mean_of: NDArray[np.floating] | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Project:
    """What a project file holds.

    Parameters
    ----------
    model : Model
        The network on show, and how rows become its inputs.
    source : DataSource
        What it learned from.
    runs : tuple of StoredRun
        All runs on these data and columns, oldest first; not empty.
    current : int
        Number of the run that was in the window.
    example : int
        Row that was shown.
    looks_at_test : tuple of LookAtTest
        What the test rows have said.
    costs : MistakeCosts
        What the two kinds of mistakes of a yes-or-no answer cost.
    locked_columns : tuple of str, optional
        Columns that suggestions of what would change an answer leave alone; None where nobody has chosen.
    view : ViewState or None
        How it was looked at; None where the file does not say.
    n_train : int
        How many rows were learned from; 0 where the file does not say.
    summaries : tuple of SummaryRecord
        What is known of the input columns without any row; empty where the file does not say.
    sweeps : tuple of Swept
        Sweeps on these data and columns, oldest first.
    rows : (n,) array of uint8 or None
        The file itself, packed, where it is inside.
    """

    model: Model
    source: DataSource
    runs: tuple[StoredRun, ...]
    current: int
    example: int
    looks_at_test: tuple[LookAtTest, ...] = ()
    costs: MistakeCosts = EQUAL_COSTS
    locked_columns: tuple[str, ...] | None = None
    view: ViewState | None = None
    n_train: int = 0
    summaries: tuple[SummaryRecord, ...] = ()
    sweeps: tuple[Swept, ...] = ()
    rows: NDArray[np.uint8] | None = None


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


def open_data(project: Project, beside: Path, elsewhere: Path | None = None) -> Dataset:
    """Open the data of a project and get them ready as they were.

    Parameters
    ----------
    project : Project
    beside : Path
        Folder of the project file: data that were moved along with it are found there.
    elsewhere : Path, optional
        Where the file is now, if somebody knows.

    Raises
    ------
    ProjectFileError
        When the file is not there or is no longer the same.
    DataError
        When it can't be read.
    """
    source = project.source
    path, is_same = find_data(source, beside, elsewhere)
    if is_same and path is not None:
        return _open(project, path)
    if project.rows is not None:
        return _open_rows(project, project.rows)
    if path is None:
        sentence = translate("The table of this project, '{name}', is not where it was. Say where the file is now.")
        raise ProjectFileError(sentence.format(name=printable(source.name)))
    sentence = translate(
        "'{name}' has changed since this project learned from it. Give the file as it was, or train anew."
    )
    if elsewhere is not None:
        sentence = translate(
            "'{name}' is another file than the one this project learned from, or has changed since. "
            "Give the file as it was."
        )
    raise ProjectFileError(sentence.format(name=printable(path.name)))


def find_data(source: DataSource, beside: Path, elsewhere: Path | None = None) -> tuple[Path | None, bool]:
    """Return where the data of a project are, None where there is no such file, and whether they are the same.

    Parameters
    ----------
    source : DataSource
    beside, elsewhere
        As of `open_data`.

    Raises
    ------
    ProjectFileError
        When the file can't be read.
    """
    places = [elsewhere] if elsewhere is not None else [Path(source.path), beside / source.name]
    found = [place for place in places if _is_file(place)]
    same = next((place for place in found if _is_same(place, source)), None)
    return (same, True) if same is not None else (next(iter(found), None), False)


def without_data(project: Project) -> Dataset:
    """Return what stands in for the data of a project whose table is missing: enough to show, to try and to predict."""
    from ann_viz.data import Dialect, dataset_without_rows

    model, source = project.model, project.source
    return dataset_without_rows(
        Path(source.path),
        Dialect(**model.dialect),  # checked when it was read
        model.columns,
        model.recipe,
        model.encoder,
        source.n_rows,
        dict(source.edits),
    )


def _open_rows(project: Project, rows: NDArray[np.uint8]) -> Dataset:
    """Open the rows that are inside a project."""
    folder, source = TemporaryFolder(), project.source
    try:
        dataset = _open(project, unpack_file(rows, folder, source.name, source.n_bytes, source.sha256))
    except ValueError as error:
        sentence = translate("The rows inside this project can't be used: {error}.")
        raise ProjectFileError(sentence.format(error=error)) from error
    dataset.table.own(folder)
    return dataset


def _open(project: Project, path: Path) -> Dataset:
    from ann_viz.data import build_dataset, open_table

    table = open_table(path, overrides=dict(project.model.dialect), edits=dict(project.source.edits))
    try:
        dataset = build_dataset(table, project.model.recipe)
        if dataset.encoder.to_json() != project.model.encoder.to_json():
            raise DataError(translate("the data are read otherwise than when the project was saved."))
        if project.example >= len(dataset.X):
            raise DataError(translate("the row on show is not among its data."))
    except BaseException:
        table.close()
        raise
    return dataset
