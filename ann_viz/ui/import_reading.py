"""Reading a file for the import dialog, from look to preview rows, in one call for the worker thread. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ann_viz.data import Dialect, Table, look, open_table
from ann_viz.errors import DataError
from ann_viz.ui.import_preview import PreviewRow, read_preview
from ann_viz.ui.import_work import Progress

__all__ = ["Reading", "discard_reading", "read_file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A table with its first rows, or why there is none; the dialect may be known all the same."""

    table: Table | None = None
    rows: tuple[PreviewRow, ...] = ()
    dialect: Dialect | None = None
    detected: frozenset[str] = frozenset()
    error: DataError | None = None


def read_file(
    path: Path, overrides: Mapping[str, object], progress: Progress, cancelled: Callable[[], bool]
) -> Reading:
    """Read a file as asked; what is wrong with it comes back as ``Reading.error``.

    Raises
    ------
    Cancelled
        When the work was stopped.
    """
    try:
        table = open_table(path, overrides=overrides, progress=progress, cancelled=cancelled)
    except DataError as error:
        return _only_dialect(path, overrides, error)
    try:
        rows = read_preview(table)
    except BaseException:
        table.close()
        raise
    return Reading(table=table, rows=rows, dialect=table.dialect, detected=table.detected)


def discard_reading(reading: Reading) -> None:
    """Close the table of a reading nobody wants any more."""
    if reading.table is not None:
        reading.table.close()


def _only_dialect(path: Path, overrides: Mapping[str, object], error: DataError) -> Reading:
    # With the dialect on show the user can mend a wrong guess; a file that can't even be looked at has none.
    try:
        found = look(path, **overrides)
    except DataError:
        return Reading(error=error)
    return Reading(dialect=found.dialect, detected=found.detected, error=error)
