"""Projects as files: format 4, a model file with the runs beside the model. What it is made of: `project-format.md`.

Loading one executes nothing; whatever is wrong with it raises ProjectFileError.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.errors import ProjectFileError
from ann_viz.files import AnyPath, write_file
from ann_viz.printable import printable
from ann_viz.scene.thumbnail import Thumbnail, thumbnail_of
from ann_viz.session.data_source import DataSource
from ann_viz.session.modelfile import described_bytes, description_of, model_in, reading, tensors_of
from ann_viz.session.project import Project, ProjectState, StoredRun
from ann_viz.session.run_record import RunRecord, run_arrays
from ann_viz.session.run_restoring import array_shapes, checkpoint_of
from ann_viz.session.tensorfile import TensorFile
from ann_viz.session.timeline_record import TimelineRecord, timeline_arrays, timeline_record, within
from ann_viz.session.view_state import fits_network
from ann_viz.translation import translate
from ann_viz.typed_json import typed

__all__ = ["KEY", "Description", "described_project", "is_project", "load_project", "project_bytes", "save_project"]

PROJECT_FORMAT: Final = 4
KEY: Final = "project"
_ROWS: Final = "rows"

TIMELINE_BYTES: Final = 64 << 20
"""Of the moments of all runs together; the window keeps more, a file should not take long to save."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What stands under `KEY` in the description, beside the fields of `ProjectState`."""

    source: DataSource
    runs: tuple[RunRecord, ...]
    thumbnail: Thumbnail | None = None


def project_bytes(project: Project, *, timelines: bool = True) -> bytes:
    """Return a project as the bytes of a file, perhaps without the moments of its runs.

    Raises
    ------
    OutputError
        When it has something that a file can't hold.
    """
    pasts = [_past(stored, len(project.runs)) if timelines else None for stored in project.runs]
    told = Description(
        source=project.source,
        runs=tuple(
            replace(stored.record, timeline=None if past is None else past[0])
            for stored, past in zip(project.runs, pasts, strict=True)
        ),
        thumbnail=thumbnail_of(project.model.shown),
    )
    tensors = tensors_of(project.model)
    if project.rows is not None:
        tensors[_ROWS] = project.rows
    for stored, past in zip(project.runs, pasts, strict=True):
        tensors |= run_arrays(stored.record.number, stored.checkpoint, stored.mean_of)
        if past is not None:
            tensors |= {f"run{stored.record.number}.{name}": array for name, array in past[1].items()}
    description = {
        "format": PROJECT_FORMAT,
        **description_of(project.model),
        KEY: {**asdict(told), **asdict(project.state)},
    }
    return described_bytes(description, tensors)


def _past(stored: StoredRun, n_runs: int) -> tuple[TimelineRecord, dict[str, NDArray[Any]]] | None:
    """Return what is kept of the moments of a run that shares a file with others; None for nothing."""
    checkpoint = stored.checkpoint
    room = TIMELINE_BYTES // n_runs
    kept, stride = within(checkpoint.timeline, checkpoint.timeline_stride, checkpoint.best_epoch, room)
    if not kept:
        return None
    record = timeline_record(kept, stride)
    return record, timeline_arrays(record, kept)


def save_project(path: AnyPath, project: Project, *, inputs: Iterable[AnyPath] = ()) -> None:
    """Write a project, all or nothing.

    Parameters
    ----------
    path : path
        Where to.
    project : Project
    inputs : iterable of paths
        Files that must not be replaced.

    Raises
    ------
    OutputError
        When the file can't be written.
    """
    write_file(path, project_bytes(project), inputs=inputs)


def load_project(path: AnyPath) -> Project:
    """Read a project written by `save_project`.

    Raises
    ------
    ProjectFileError
        When the file is missing, is none of ours, holds a model only, is damaged, or comes from a newer version.
    """
    from ann_viz.session.trying.stored_summaries import check_summaries

    with reading(path) as (file, description):
        model = model_in(file, description)
        if KEY not in description:
            sentence = translate("'{name}' holds a trained network, but not what is needed to train it on.")
            raise ProjectFileError(sentence.format(name=printable(str(path).rpartition("/")[2])))
        told = described_project(description[KEY])
        state = typed(ProjectState, description[KEY], "its project")
        numbers = [record.number for record in told.runs]
        if len(set(numbers)) < len(numbers) or state.current not in numbers or min(state.example, state.n_train) < 0:
            raise ValueError("its runs contradict each other")
        if told.runs[numbers.index(state.current)].network != model.shown.config:
            raise ValueError("the run on show is of another network")
        check_summaries(state.summaries, model.encoder)
        if state.view is not None and not fits_network(state.view, model.shown.config.sizes):
            raise ValueError("it was looked at otherwise than its network can be")
        return Project(
            model=model,
            source=told.source,
            runs=tuple(_stored(file, record) for record in told.runs),
            state=state,
            rows=_rows_in(file),
        )


def described_project(value: object) -> Description:
    """Return what a description says of its project; raises ValueError where it is none."""
    return typed(Description, value, "its project")


def is_project(path: AnyPath) -> bool:
    """Return whether a file of ours holds more than a model; raises ProjectFileError like `load_project`."""
    with reading(path) as (_, description):
        return KEY in description


def _rows_in(file: TensorFile) -> NDArray[np.uint8] | None:
    """Read the packed file that the rows are from, if it is there."""
    shape = file.shape_of(_ROWS)
    if shape is None:
        return None
    if len(shape) != 1 or not file.describes(_ROWS, shape, np.dtype("uint8")):
        raise ValueError("its rows are none")
    rows = np.empty(shape, np.uint8)
    file.read_into(_ROWS, rows)
    return rows


def _stored(file: TensorFile, record: RunRecord) -> StoredRun:
    """Read the arrays of a run, once the size of every one is known to be true."""
    shapes = array_shapes(record)
    for name, (shape, dtype) in shapes.items():
        if not file.describes(name, shape, dtype):
            raise ValueError(f"{name} does not fit its run")
    arrays: dict[str, NDArray[Any]] = {}
    for name, (shape, dtype) in shapes.items():
        arrays[name] = np.empty(shape, dtype)
        file.read_into(name, arrays[name])
        arrays[name].flags.writeable = False
    mean_of = arrays.get(f"run{record.number}.mean_of")
    return StoredRun(record, checkpoint_of(record, arrays), mean_of)
