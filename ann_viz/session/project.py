"""A piece of work as one value: where its data are, its runs, and what predicting needs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Checkpoint
from ann_viz.errors import DataError, ProjectFileError
from ann_viz.printable import printable
from ann_viz.session.data_source import DataSource, find_data
from ann_viz.session.judged.costs import EQUAL_COSTS, MistakeCosts
from ann_viz.session.looks_at_test import LookAtTest
from ann_viz.session.modelfile import Model
from ann_viz.session.run_record import RunRecord
from ann_viz.session.stored_rows import unpack_file
from ann_viz.session.sweeping.swept import Swept
from ann_viz.session.trying.summary_record import SummaryRecord
from ann_viz.session.view_state import ViewState
from ann_viz.temporary import TemporaryFolder
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.data import Dataset

__all__ = ["Project", "ProjectState", "StoredRun", "open_data", "without_data"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectState:
    """What is known of a piece of work beside its model, its data and its runs; as it is here it stands in the file.

    Parameters
    ----------
    current : int
        Number of the run on show.
    example : int
        Row on show, counted from 0.
    looks_at_test : tuple of LookAtTest
        What the test rows have said.
    costs : MistakeCosts
        What the two kinds of mistakes of a yes-or-no answer cost.
    locked_columns : tuple of str, optional
        Columns that suggestions of what would change an answer leave alone; None where nobody has chosen.
    view : ViewState, optional
        How it is looked at; None where nobody looks or the file does not say.
    n_train : int
        How many rows are learned from; 0 where the file does not say.
    summaries : tuple of SummaryRecord
        What is known of the input columns without any row; empty where that was not worked out.
    sweeps : tuple of Swept
        Sweeps on these data and columns, oldest first.
    """

    current: int
    example: int
    looks_at_test: tuple[LookAtTest, ...] = ()
    costs: MistakeCosts = EQUAL_COSTS
    locked_columns: tuple[str, ...] | None = None
    view: ViewState | None = None
    n_train: int = 0
    summaries: tuple[SummaryRecord, ...] = ()
    sweeps: tuple[Swept, ...] = ()


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
    state : ProjectState
    rows : (n,) array of uint8, optional
        The file itself, packed, where it is inside.
    """

    model: Model
    source: DataSource
    runs: tuple[StoredRun, ...]
    state: ProjectState
    rows: NDArray[np.uint8] | None = None

    @property
    def current(self) -> StoredRun:
        """The run on show."""
        return next(run for run in self.runs if run.record.number == self.state.current)


def open_data(project: Project, beside: Path, elsewhere: Path | None = None) -> Dataset:
    """Open the data of a project and get them ready as they were.

    Parameters
    ----------
    project : Project
    beside, elsewhere
        As of `find_data`.

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


def without_data(project: Project) -> Dataset:
    """Return what stands in for the data of a project whose table is missing: enough to show, to try and to predict."""
    from ann_viz.data import Dialect, dataset_without_rows

    model, source = project.model, project.source
    return dataset_without_rows(
        path=Path(source.path),
        dialect=Dialect(**model.dialect),  # checked when it was read
        names=model.columns,
        recipe=model.recipe,
        encoder=model.encoder,
        n_rows=source.n_rows,
        edits=dict(source.edits),
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
        if project.state.example >= len(dataset.X):
            raise DataError(translate("the row on show is not among its data."))
    except BaseException:
        table.close()
        raise
    return dataset
