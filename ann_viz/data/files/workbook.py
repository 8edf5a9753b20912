"""Sheets of spreadsheet files (.xlsx, .xls, .xlsb, .ods) as lines of CSV, one line a row, as they are read by calamine.

Dates come out as ISO dates, shares as the number behind the percent sign, formulas as their last result. Hidden rows
are read like the others.
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ann_viz.data.files.hidden_rows import n_hidden_rows
from ann_viz.errors import DataError
from ann_viz.translation import translate

if TYPE_CHECKING:
    import python_calamine

__all__ = ["Workbook", "is_workbook", "read_workbook", "sheet_text"]

_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS: Final = (b"xl/", b"oasis.opendocument.spreadsheet")
_LARGEST_WHOLE: Final = 2.0**53
_FEWEST_ROWS: Final = 2


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


def read_workbook(path: Path, sheet: str, n_rows: int | None = None) -> tuple[Workbook, Iterator[str]]:
    """Open a spreadsheet file.

    Parameters
    ----------
    path : Path
        The file.
    sheet : str
        Name of the sheet to read; empty for the first in sight that has rows.
    n_rows : int, optional
        Read so many rows.

    Returns
    -------
    Workbook
    iterator of str
        The lines of the sheet as CSV.

    Raises
    ------
    DataError
        When it is damaged or protected, or has no such sheet.
    """
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            names = tuple(book.sheet_names)
            if sheet and sheet not in names:
                raise _no_sheet(sheet, names)
            found = _sheet(book, sheet)
            rows: Sequence[Sequence[object]] = (
                () if found is None else found.to_python(skip_empty_area=False, nrows=n_rows)
            )
            merged = None if found is None else found.merged_cell_ranges
    except python_calamine.PasswordError as error:
        raise _protected() from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        if "assword" in str(error) or "ncrypt" in str(error):
            raise _protected() from error
        raise DataError(
            translate(
                "'{name}' is an Excel workbook, an OpenDocument spreadsheet or another Office file that can't be read."
            ).format(name=path.name),
            hint=translate("Open it in your spreadsheet program and save it again, or as CSV."),
        ) from error
    if found is None:
        raise DataError(
            translate("This workbook has no sheet with rows."), hint=translate("Choose a file with some rows.")
        )
    hidden = n_hidden_rows(path, found.name, found.total_height)
    return Workbook(sheet=found.name, sheets=names, n_merged=len(merged or ()), n_hidden=hidden), _lines(rows)


def sheet_text(lines: Iterator[str], path: Path) -> None:
    """Write the lines of a sheet into a file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)


def _sheet(book: python_calamine.CalamineWorkbook, name: str) -> python_calamine.CalamineSheet | None:
    """The sheet of that name, or the first in sight with rows; hidden ones only when there is no other."""
    import python_calamine

    if name:
        return book.get_sheet_by_name(name)
    visible = python_calamine.SheetVisibleEnum.Visible
    for meta in sorted(book.sheets_metadata, key=lambda meta: meta.visible != visible):
        if meta.typ == python_calamine.SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.height >= _FEWEST_ROWS:
                return sheet
    return None


def _lines(rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Every row as a line; one without a value is blank."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in rows:
        cells = [_text(value) for value in row]
        writer.writerow(cells if any(cells) else [])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _text(value: object) -> str:
    """A cell as a person would type it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _LARGEST_WHOLE else repr(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return " ".join(str(value).split("\n")) if isinstance(value, str) else str(value)


def _no_sheet(sheet: str, names: tuple[str, ...]) -> DataError:
    text = translate("This workbook has no sheet '{sheet}'.")
    return DataError(text.format(sheet=sheet), hint=translate("It has: {names}.").format(names=", ".join(names)))


def _protected() -> DataError:
    return DataError(
        translate("This workbook is protected by a password."),
        hint=translate("Open it in your spreadsheet program and save it without the password, or as CSV."),
    )
