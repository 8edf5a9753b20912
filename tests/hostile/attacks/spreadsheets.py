"""Spreadsheet files that somebody changed or made to ask for more than there is: a table, or one sentence."""

from __future__ import annotations

import io
import resource
import warnings
import zipfile
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Final

from ann_viz.data import open_table
from ann_viz.errors import AnnVizError
from attacks.mutants import blind
from attacks.registry import kind
from attacks.work import new_folder

BOOKS: Final = Path(__file__).parents[2] / "data" / "files"
MOST_MEGABYTES: Final = 2300
"""Of the process that reads: what it is allowed, and some more for libraries."""

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_CELLS: Final = '<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}"><v>{flag}</v></c></row>'


@kind("spreadsheets: changed", fast=4)
def changed(rng: Random) -> str | None:
    """Bytes anywhere in the file, or in one part of it before it is packed."""
    name = rng.choice(("book.xlsx", "book.xls"))
    content = (BOOKS / name).read_bytes()
    path = new_folder() / name
    path.write_bytes(_repacked(rng, content) if name == "book.xlsx" and rng.random() < 0.7 else blind(rng, content))
    return _judged(path)


@kind("spreadsheets: more than there is", fast=3)
def enormous(rng: Random) -> str | None:
    """Lone cells far out, impossible places, long cells, and rows that pack well."""
    rows = "".join(_CELLS.format(row=row, flag=row % 2) for row in range(1, 61))
    far = rng.choice(("A1048576", "BZ61", "XFD1048576", "ZZZZ99", "A99999999999", f"{'Z' * 9}{'9' * 20}", "A0", ""))
    cell = f'<row r="{far.lstrip("ABDFXZ") or 1}"><c r="{far}"><v>1</v></c></row>'
    packed = "<row>" + "<c><v>0</v></c>" * 100 + "</row>"
    long = f'<row r="61"><c r="A61" t="str"><v>{"A" * rng.choice((40_000, 30_000_000))}</v></c></row>'
    more = rng.choice((cell, cell, cell, packed * rng.choice((100, 3_000)), long))
    path = new_folder() / "book.xlsx"
    with zipfile.ZipFile(BOOKS / "book.xlsx") as book, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in book.namelist():
            sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}{more}</sheetData></worksheet>'
            out.writestr(name, sheet if name.startswith("xl/worksheets/sheet") else book.read(name))
    return _judged(path)


def _repacked(rng: Random, content: bytes) -> bytes:
    """The same book with one part changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(buffer, "w") as out:
        names = book.namelist()
        chosen = rng.choice(names)
        for name in names:
            part = book.read(name)
            with suppress(ValueError):
                out.writestr(name, blind(rng, part) if name == chosen else part)
    return buffer.getvalue()


def _judged(path: Path) -> str | None:
    """Open it, look at the end of it, and say what is wrong with how that went."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            with open_table(path) as table:
                table.rows(max(0, table.n_rows - 5), 5)
        except AnnVizError as error:
            return None if str(error).isprintable() else f"refused in odd characters: {str(error)[:120]!r}"
        except Exception as error:  # noqa: BLE001 - whatever it is, it should not have come so far
            return f"traceback: {type(error).__name__}: {error}"[:200]
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return f"took {megabytes:,.0f} MB" if megabytes > MOST_MEGABYTES else None
