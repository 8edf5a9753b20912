"""Opens a file as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ann_viz.data.database.opening import Bar, load_file
from ann_viz.data.tables.table import Table

__all__ = ["open_table"]


def open_table(
    path: str | Path,
    *,
    overrides: Mapping[str, object] | None = None,
    edits: Mapping[int, str] | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    thrifty: bool = False,
) -> Table:
    """Open a file as a table.

    Parameters
    ----------
    path : str or Path
        The file.
    overrides : mapping, optional
        Fields of `Dialect` the user chose.
    edits : mapping, optional
        Line of a row that doesn't fit to its corrected text in the file's own dialect; the empty text leaves it out.
    progress : callable, optional
        Called with the share of the work done, 0 to 1, from this and from another thread.
    cancelled : callable, optional
        Asked now and then, also from another thread; true stops the work within a tenth of a second.
    thrifty : bool
        Whether to do with a third of the usual memory, as for reading rows once.

    Returns
    -------
    Table

    Raises
    ------
    DataError
        When the file is not a table, naming row and column where it can.
    Cancelled
        When ``cancelled`` says so.
    """
    path = Path(path).absolute()
    bar = Bar(progress)
    try:
        return load_table(path, overrides or {}, edits or {}, bar, cancelled, thrifty=thrifty)
    except MemoryError:
        if not thrifty:
            raise
        return load_table(path, overrides or {}, edits or {}, bar, cancelled, thrifty=False)


def load_table(
    path: Path,
    overrides: Mapping[str, object],
    edits: Mapping[int, str],
    bar: Bar,
    cancelled: Callable[[], bool] | None,
    *,
    thrifty: bool,
) -> Table:
    """Load and profile a file in one way; parameters and exceptions are those of `open_table`, but for the bar."""
    opened = load_file(path, overrides, edits, bar, cancelled, thrifty=thrifty)
    try:
        table = Table(path, opened, bar.part(0.6, 1.0), cancelled, edits)
        bar.part(0.0, 1.0)(1.0)
    except BaseException:
        opened.store.close()
        raise
    return table
