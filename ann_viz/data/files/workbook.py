"""Sheets of spreadsheet files (.xlsx, .xls, .xlsb, .ods) as lines of CSV, one line a row, as they are read by calamine.

Dates come out as ISO dates, shares as the number behind the percent sign, formulas as their last result. Hidden rows
are read like the others. Calamine works in a process of its own: see `ann_viz.data.files.sheet_program`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Final

from ann_viz.data.files import sheet_program
from ann_viz.data.files.hidden_rows import n_hidden_rows
from ann_viz.errors import Cancelled, DataError
from ann_viz.translation import translate

__all__ = ["Workbook", "is_workbook", "read_workbook", "write_sheet"]

_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS: Final = (b"xl/", b"oasis.opendocument.spreadsheet")

_MOST_MEGABYTES: Final = 2048
"""Room for about 25 million cells."""
_MOST_SECONDS: Final = 120
_INTERVAL_SECONDS: Final = 0.05
_CHUNK: Final = 1 << 20
_MOST_OF_HEAD: Final = 64 << 20
_NO_CONSOLE: Final = getattr(subprocess, "CREATE_NO_WINDOW", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """What a spreadsheet file holds, and the sheet that is read.

    Parameters
    ----------
    sheet : str
        Name of the sheet.
    sheets : tuple of str
        Names of all sheets.
    n_merged : int
        Merged cells of the sheet, each of which holds its value in its first cell only.
    n_hidden : int
        Hidden rows of the sheet; of an old ``.xls`` they are not known.
    """

    sheet: str
    sheets: tuple[str, ...]
    n_merged: int = 0
    n_hidden: int = 0


def is_workbook(head: bytes) -> bool:
    """Whether a file that starts so is a spreadsheet, or an Office file that may be one."""
    return head.startswith(_COMPOUND) or (head.startswith(_ZIP) and any(part in head for part in _PARTS))


def read_workbook(path: Path, sheet: str, n_rows: int) -> tuple[Workbook, str]:
    """Read the first rows of a sheet.

    Parameters
    ----------
    path : Path
        The file.
    sheet : str
        Name of the sheet to read; empty for the first in sight that has rows.
    n_rows : int
        So many.

    Returns
    -------
    Workbook
    str
        The rows as CSV.

    Raises
    ------
    DataError
        When the file is damaged, protected or too large, or has no such sheet.
    """
    with _started(path, sheet, n_rows) as (process, known, lines):
        text = lines.read(_MOST_OF_HEAD)
        if len(text) == _MOST_OF_HEAD:
            text = text[: text.rfind(b"\n") + 1] or text
        elif process.wait() != 0:
            raise _too_large()
    book = Workbook(
        sheet=known["sheet"],
        sheets=tuple(known["sheets"]),
        n_merged=known["n_merged"],
        n_hidden=n_hidden_rows(path, known["sheet"], known["height"]),
    )
    return book, text.decode("utf-8", "replace")


def write_sheet(path: Path, sheet: str, place: Path, cancelled: Callable[[], bool] | None = None) -> None:
    """Write all rows of a sheet as CSV into a file.

    Raises
    ------
    DataError
        As `read_workbook` does.
    Cancelled
        When ``cancelled`` says so.
    """
    with _started(path, sheet, 0, cancelled) as (process, _, lines), place.open("wb") as file:
        while chunk := lines.read(_CHUNK):
            file.write(chunk)
        if process.wait() != 0:
            raise _too_large()


@contextmanager
def _started(
    path: Path, sheet: str, n_rows: int, cancelled: Callable[[], bool] | None = None
) -> Iterator[tuple[subprocess.Popen[bytes], dict[str, Any], IO[bytes]]]:
    """Have a sheet read by another process until the block ends; its lines are to be taken as they come."""
    with _process(path, sheet, n_rows) as process, _killed_in_the_end(process, cancelled):
        assert process.stdout is not None
        yield process, _known(process.stdout.readline(), path, sheet), process.stdout


def _process(path: Path, sheet: str, n_rows: int) -> subprocess.Popen[bytes]:
    calamine = find_spec("python_calamine")
    assert calamine is not None and calamine.origin is not None and sheet_program.__file__ is not None
    folder = str(Path(calamine.origin).parents[1])
    limits = (str(n_rows), str(_MOST_MEGABYTES), str(_MOST_SECONDS))
    command = [sys.executable, "-I", sheet_program.__file__, folder, str(path.absolute()), sheet, *limits]
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # words of the library that nobody asked for
            creationflags=_NO_CONSOLE,
        )
    except OSError as error:
        raise DataError(
            translate("Spreadsheets are read by a process of their own, which can't be started: {error}.").format(
                error=error.strerror or error
            ),
            hint=translate("Close other programs, or save the sheet as CSV in your spreadsheet program."),
        ) from error


@contextmanager
def _killed_in_the_end(process: subprocess.Popen[bytes], cancelled: Callable[[], bool] | None) -> Iterator[None]:
    """End a process when nobody reads on, however that comes; while it works, as soon as ``cancelled`` says so."""
    over, stopped = threading.Event(), threading.Event()

    def look_on() -> None:
        while not (cancelled is not None and cancelled()):
            if over.wait(_INTERVAL_SECONDS):
                return
        stopped.set()
        process.kill()

    watch = threading.Thread(target=look_on, name="sheet watch", daemon=True)
    watch.start()
    try:
        yield
    except DataError:
        if not stopped.is_set():  # what was cut off looks like a fault
            raise
    finally:
        over.set()
        watch.join()
        process.kill()
    if stopped.is_set():
        raise Cancelled("Reading the file was stopped.")


def _known(line: bytes, path: Path, sheet: str) -> dict[str, Any]:
    """What the first line says; raises DataError where it names a problem, or never came."""
    if not line:
        raise _too_large()
    known: dict[str, Any] = json.loads(line)
    match known.get("problem"):
        case None:
            return known
        case "protected":
            raise _protected()
        case "no sheet":
            raise _no_sheet(sheet, known["sheets"])
        case "no rows":
            raise DataError(
                translate("This workbook has no sheet with rows."), hint=translate("Choose a file with some rows.")
            )
        case "large":
            raise _too_large()
    raise DataError(
        translate(
            "'{name}' is an Excel workbook, an OpenDocument spreadsheet or another Office file that can't be read."
        ).format(name=path.name),
        hint=translate("Open it in your spreadsheet program and save it again, or as CSV."),
    )


def _no_sheet(sheet: str, names: Iterable[str]) -> DataError:
    text = translate("This workbook has no sheet '{sheet}'.")
    return DataError(text.format(sheet=sheet), hint=translate("It has: {names}.").format(names=", ".join(names)))


def _protected() -> DataError:
    return DataError(
        translate("This workbook is protected by a password."),
        hint=translate("Open it in your spreadsheet program and save it without the password, or as CSV."),
    )


def _too_large() -> DataError:
    return DataError(
        translate("This sheet is too large to be read; perhaps a lone cell lies far below or beside the table."),
        hint=translate("Delete what lies there, or save the sheet as CSV in your spreadsheet program."),
    )
