"""Reading a file for the import dialog, from a first look to preview rows, in one call for the worker thread.

No Qt here. What the first look finds is put into a mailbox at once, so that it is on screen long before the whole file
is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ann_viz.data import BadLine, Column, Dialect, FirstLook, Table, look, open_table
from ann_viz.errors import DataError
from ann_viz.session.importing.advice import Suggestion, suggestion_for
from ann_viz.session.importing.preview_rows import PreviewRow, first_columns, first_rows, read_preview
from ann_viz.session.job import Progress
from ann_viz.session.mailbox import Mailbox
from ann_viz.session.remembered import Decisions, Remembered

__all__ = ["Glance", "Reading", "Request", "discard_reading", "read_file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Everything a reading needs to know.

    Parameters
    ----------
    path : Path
        The file.
    overrides : mapping
        Read options the user chose.
    edits : mapping
        Corrected texts of broken rows by their line.
    known : mapping
        Rows that were broken when the file was first read this way, by their line.
    remembered : Remembered, optional
        Where to look for decisions of an earlier import; None once the user has decided something here.
    """

    path: Path
    overrides: Mapping[str, object] = field(default_factory=dict)
    edits: Mapping[int, str] = field(default_factory=dict)
    known: Mapping[int, BadLine] = field(default_factory=dict)
    remembered: Remembered | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What is on screen while the rest of the file is read."""

    rows: tuple[PreviewRow, ...]
    columns: tuple[Column, ...]
    dialect: Dialect
    detected: frozenset[str]
    size_bytes: int
    about_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A table with its first rows, or why there is none; the dialect may be known all the same.

    ``decisions`` are those of an earlier import: of this very file (``same`` is "file", and the reading already
    follows them) or of a file with these columns.
    """

    table: Table | None = None
    suggestion: Suggestion = field(default_factory=Suggestion)
    rows: tuple[PreviewRow, ...] = ()
    dialect: Dialect | None = None
    detected: frozenset[str] = frozenset()
    error: DataError | None = None
    decisions: Decisions | None = None
    same: Literal["file", "columns"] = "file"


def read_file(request: Request, glances: Mailbox[Glance], progress: Progress, cancelled: Callable[[], bool]) -> Reading:
    """Read a file as asked; what is wrong with it comes back as ``Reading.error``.

    Raises
    ------
    Cancelled
        When the work was stopped.
    """
    decisions = request.remembered.for_file(request.path) if request.remembered is not None else None
    overrides = dict(request.overrides if decisions is None else decisions.overrides)
    edits = request.edits if decisions is None else decisions.edits
    found: FirstLook | None = None
    try:
        found = look(request.path, **overrides)
        glances.put(_glance(found))
        table = open_table(request.path, overrides=overrides, edits=edits, progress=progress, cancelled=cancelled)
    except DataError as error:
        # With the dialect on show the user can mend a wrong guess; a file that can't even be looked at has none.
        if found is None:
            return Reading(error=error)
        return Reading(dialect=found.dialect, detected=found.detected, error=error)
    try:
        return _with_rows(request, table, decisions)
    except BaseException:
        table.close()
        raise


def _with_rows(request: Request, table: Table, decisions: Decisions | None) -> Reading:
    same: Literal["file", "columns"] = "file"
    if decisions is None and request.remembered is not None:
        same = "columns"
        decisions = request.remembered.for_columns(tuple(column.name for column in table.columns))
    return Reading(
        table=table,
        suggestion=suggestion_for(table),
        rows=read_preview(table, request.known),
        dialect=table.dialect,
        detected=table.detected,
        decisions=decisions,
        same=same,
    )


def _glance(found: FirstLook) -> Glance:
    characters = sum(len(cell) + 1 for row in found.rows for cell in row)
    about = found.size_bytes * len(found.rows) // max(characters, 1)
    return Glance(
        rows=first_rows(found),
        columns=first_columns(found),
        dialect=found.dialect,
        detected=found.detected,
        size_bytes=found.size_bytes,
        about_rows=max(about, len(found.rows)),
    )


def discard_reading(reading: Reading) -> None:
    """Close the table of a reading nobody wants any more."""
    if reading.table is not None:
        reading.table.close()
