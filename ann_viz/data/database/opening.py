"""From a path to loaded rows: look, unpack, scan and load, with one bar of progress that can be stopped anywhere."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ann_viz.data.database.load import load_parquet, load_text
from ann_viz.data.database.load_job import Load
from ann_viz.data.database.number_columns import NumberColumns
from ann_viz.data.database.store import Store
from ann_viz.data.database.wide import WIDE
from ann_viz.data.files.look import FirstLook, look
from ann_viz.data.files.parquet import parquet_count
from ann_viz.data.files.scan import Scan, scan
from ann_viz.data.files.unpack import unpack
from ann_viz.data.files.workbook import write_sheet
from ann_viz.diagnostics import timed
from ann_viz.errors import Cancelled, DataError
from ann_viz.numerals import count
from ann_viz.temporary import TemporaryFolder, disk_full, is_disk_full
from ann_viz.translation import translate

__all__ = ["Bar", "Opened", "load_file"]

_log: Final = logging.getLogger(__name__)


class Bar:
    """One bar of progress over several pieces of work; it never falls.

    Parameters
    ----------
    progress : callable, optional
        Called with the share of the whole work done, 0 to 1.
    """

    def __init__(self, progress: Callable[[float], None] | None) -> None:
        self._progress = progress
        self._reached = 0.0

    def part(self, start: float, stop: float) -> Callable[[float], None]:
        """Return what a piece of work reports its own share to."""

        def report(share: float) -> None:
            reached = start + (stop - start) * min(1.0, share)
            if self._progress is not None and reached >= self._reached:
                self._reached = reached
                self._progress(reached)

        return report


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Loaded rows and what was found on the way; whoever gets it closes the store."""

    found: FirstLook
    counted: Scan
    store: Store


@timed("reading a file")
def load_file(
    path: Path,
    overrides: Mapping[str, object],
    edits: Mapping[int, str],
    bar: Bar,
    cancelled: Callable[[], bool] | None,
    *,
    thrifty: bool = False,
) -> Opened:
    """Load a file as far as its profile.

    Parameters
    ----------
    path : Path
        The file.
    overrides : mapping
        Fields of `Dialect` the user chose.
    edits : mapping
        Line of a row that doesn't fit to its corrected text.
    bar : Bar
        Reports three fifths of the work, before them the unpacking.
    cancelled : callable, optional
        Asked now and then; true stops the work.
    thrifty : bool
        Whether to do with little memory; raises MemoryError where that is not enough.

    Raises
    ------
    DataError
        When the file is not a table.
    Cancelled
        When ``cancelled`` says so.
    """
    found = look(path, **overrides)
    _log.info("file %r, %d bytes, %d columns", path.name, found.size_bytes, len(found.names))
    if cancelled is not None and cancelled():
        raise Cancelled("Reading the file was stopped.")
    folder = TemporaryFolder()
    try:
        if found.packed == "parquet":
            return _load_parquet(path, found, folder, bar, cancelled, thrifty)
        source = _as_text(path, found, folder, bar, cancelled)
        if found.packed is not None and found.workbook is None:
            found = replace(look(source, **overrides), size_bytes=found.size_bytes, packed=found.packed)
        opened = _load_text(source, path.name, found, folder, edits, bar, cancelled, thrifty)
        if source != path:
            source.unlink()
        return opened
    except OSError as error:
        folder.remove()
        if is_disk_full(error):  # reading needs no room
            raise disk_full() from error
        raise DataError(
            translate("'{name}' can't be read to its end.").format(name=path.name),
            hint=translate("The system says: {error}.").format(error=error),
        ) from error
    except BaseException:
        folder.remove()
        raise


def _as_text(
    path: Path, found: FirstLook, folder: TemporaryFolder, bar: Bar, cancelled: Callable[[], bool] | None
) -> Path:
    """Return where the file lies as text: a sheet or a packed file is first written into the folder."""
    if found.workbook is not None:
        source = folder.path / "sheet.csv"
        write_sheet(path, found.workbook.sheet, source, cancelled)
        return source
    if found.packed is not None:
        source = folder.path / (path.stem or "unpacked")
        unpack(path, found.packed, source, bar.part(0.0, 0.1), cancelled)
        return source
    return path


def _load_text(
    source: Path,
    name: str,
    found: FirstLook,
    folder: TemporaryFolder,
    edits: Mapping[int, str],
    bar: Bar,
    cancelled: Callable[[], bool] | None,
    thrifty: bool,
) -> Opened:
    counted = scan(source, found.dialect, found.names, bar.part(0.1, 0.3), cancelled, edits=edits)
    if counted.n_rows == 0:
        raise _no_rows(counted)
    load = Load(
        path=source,
        name=name,
        dialect=found.dialect,
        width=len(found.names),
        scan=counted,
        kept=_kept_words(found),
        copy=folder.path / "plain.csv",
        edits=edits,
        progress=bar.part(0.3, 0.4),
        cancelled=cancelled,
        thrifty=thrifty,
    )
    return _stored(found, load, folder, lambda store: load_text(store.query, load), bar, cancelled)


def _kept_words(found: FirstLook) -> dict[int, set[str]]:
    """For places of columns, the words that are values there."""
    kept: dict[int, set[str]] = {}
    for name, word in found.dialect.kept_words:
        if name in found.names:
            kept.setdefault(found.names.index(name), set()).add(word)
    return kept


def _load_parquet(
    path: Path,
    found: FirstLook,
    folder: TemporaryFolder,
    bar: Bar,
    cancelled: Callable[[], bool] | None,
    thrifty: bool,
) -> Opened:
    """The file is the database's own kind: its rows need no scan."""
    counted = Scan(n_rows=0, n_bad=0, bad_lines=(), n_characters=8 * found.size_bytes, odd_blanks=True)
    load = Load(
        path=path,
        name=path.name,
        dialect=found.dialect,
        width=len(found.names),
        scan=counted,
        kept=_kept_words(found),
        copy=folder.path / "unused",
        thrifty=thrifty,
    )
    n_rows = 0

    def fill(store: Store) -> NumberColumns:
        nonlocal n_rows
        names, n_rows = parquet_count(store.query, path)
        load_parquet(store.query, load, names)
        return NumberColumns()

    opened = _stored(found, load, folder, fill, bar, cancelled)
    return replace(opened, counted=replace(counted, n_rows=n_rows))


def _stored(
    found: FirstLook,
    load: Load,
    folder: TemporaryFolder,
    fill: Callable[[Store], NumberColumns],
    bar: Bar,
    cancelled: Callable[[], bool] | None,
    *,
    on_disk: bool = False,
) -> Opened:
    """Make a store and fill it; what goes wrong leaves nothing behind."""
    import duckdb

    scan = load.scan
    store = Store(folder, load.width, scan.n_characters, n_rows=scan.n_rows, thrifty=load.thrifty, on_disk=on_disk)
    try:
        with store.watched(cancelled, bar.part(0.4, 0.6)):
            store.numbers = fill(store)
    except (duckdb.Error, MemoryError) as error:
        if isinstance(error, MemoryError) and store.is_spacious:
            store.leave()
            return _stored(found, load, folder, fill, bar, cancelled, on_disk=True)
        store.close()
        if isinstance(error, MemoryError) and load.width <= WIDE:
            raise
        _log.warning("the database can't load %r", load.name, exc_info=error)
        raise DataError(
            translate("The rows of '{name}' can't be loaded: {columns} may be too many for the memory.").format(
                name=load.name, columns=count(load.width, "column")
            ),
            hint=translate("Save the file with fewer columns."),
        ) from error
    except BaseException:
        store.close()
        raise
    return Opened(found=found, counted=load.scan, store=store)


def _no_rows(counted: Scan) -> DataError:
    if not counted.bad_lines:
        return DataError(
            translate("This file has a header but no rows."),
            hint=translate("Choose a file with some rows below the header."),
        )
    first = counted.bad_lines[0]
    if first.found == first.expected:
        return DataError(
            translate("{problem}; no row can be read.").format(problem=first.problem),
            row=first.line,
            hint=translate("Choose other text quotes."),
        )
    return DataError(
        translate("this row has {values}, but the table has {columns}; no row fits.").format(
            values=count(first.found, "value"), columns=count(first.expected, "column")
        ),
        row=first.line,
        hint=translate("Choose another delimiter, or say whether the first row holds the column names."),
    )
