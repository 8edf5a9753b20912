"""A program of its own that writes one sheet of a spreadsheet file as lines of CSV; it imports nothing of ANN Viz.

The library that reads such files, calamine, makes room for every cell between the first and the last, so that a file
of two kilobytes can ask for all memory there is, and what it did not expect ends in an abort. Here that ends a process
that nobody misses: `ann_viz.data.files.workbook` starts it, stops it, and says in words what came of it.

``python -I sheet_program.py FOLDER PATH SHEET ROWS MEGABYTES SECONDS``: where calamine lies, the file, a sheet or
nothing for the first in sight with rows, how many rows or 0 for all, and how much memory and time there is. The first
line of the output is a JSON object: ``sheet``, ``sheets``, ``n_merged`` and ``height``, or ``problem``.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import python_calamine

_LARGEST_WHOLE: Final = 2.0**53
_FEWEST_ROWS: Final = 2


def main(folder: str, path: str, sheet: str, *numbers: str) -> None:
    """Write the sheet to standard output."""
    n_rows, megabytes, seconds = map(int, numbers)
    sys.path.append(folder)
    _limit(megabytes, seconds)
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="surrogatepass", newline="")
    known, rows = _read(path, sheet, n_rows or None)
    out.write(json.dumps(known) + "\n")
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        cells = [_text(value) for value in row]
        writer.writerow(cells if any(cells) else [])  # a row without a value is a blank line
    out.flush()


def _limit(megabytes: int, seconds: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no limits, others not all of them
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        asked = megabytes << 20
        resource.setrlimit(resource.RLIMIT_AS, (asked if most == resource.RLIM_INFINITY else min(asked, most), most))


def _read(path: str, sheet: str, n_rows: int | None) -> tuple[dict[str, Any], Sequence[Sequence[object]]]:
    """What is known of the file, and the rows of the sheet."""
    import python_calamine

    names: list[str] = []
    try:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            names = book.sheet_names
            if sheet and sheet not in names:
                return {"problem": "no sheet", "sheets": names}, ()
            found = _sheet(book, sheet)
            if found is None:
                return {"problem": "no rows", "sheets": names}, ()
            rows = found.to_python(skip_empty_area=False, nrows=n_rows)
            merged = len(found.merged_cell_ranges or ())
            return {"sheet": found.name, "sheets": names, "n_merged": merged, "height": found.total_height}, rows
    except python_calamine.PasswordError:
        return {"problem": "protected", "sheets": names}, ()
    except MemoryError:
        return {"problem": "large", "sheets": names}, ()
    except BaseException as error:  # noqa: BLE001 - what the library did not expect is no Exception
        protected = "assword" in str(error) or "ncrypt" in str(error)
        return {"problem": "protected" if protected else "damaged", "sheets": names}, ()


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


def _text(value: object) -> str:
    """A cell as a person would type it, in one line."""
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
    return " ".join(str(value).splitlines()) if isinstance(value, str) else str(value)


if __name__ == "__main__":
    main(*sys.argv[1:])
