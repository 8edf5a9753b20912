"""In which files answers can be written: one row a kind of file, chosen by the ending of its name."""

from __future__ import annotations

import importlib.util
import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from ann_viz.data.database.parquet_writing import ParquetWriter
from ann_viz.errors import OutputError
from ann_viz.files import AnyPath
from ann_viz.numerals import count
from ann_viz.session.answer_layout import CellKind, Layout, RowSink
from ann_viz.session.csv_rows import Cells, CsvRows
from ann_viz.temporary import TemporaryFolder
from ann_viz.translation import translatable, translate

__all__ = ["FORMATS", "AnswerFormat", "TextRows", "check_format", "format_of"]

MOST_SHEET_ROWS: Final = 1_048_576
_LONGEST_CELL: Final = 32_767  # characters
_EXACT: Final = 1 << 53
_EXTRA: Final = "xlsxwriter"
_TYPES: Final[dict[CellKind, str]] = {"text": "VARCHAR", "marked": "VARCHAR", "number": "DOUBLE", "whole": "BIGINT"}


class TextRows:
    """Rows as CSV in UTF-8.

    Parameters
    ----------
    file : binary file
        Where to.
    delimiter : str
        Between cells; see `CsvRows`.
    """

    def __init__(self, file: IO[bytes], delimiter: str) -> None:
        self._text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        self._rows = CsvRows(self._text, delimiter)

    def write(self, rows: list[Cells]) -> None:
        """Write rows."""
        self._rows.write(rows)

    def finish(self) -> None:
        """Leave the file open, with all that was written."""
        self._text.detach()


class ParquetRows:
    """Rows as Parquet: columns that are certainly numbers as such, all others as text.

    Parameters
    ----------
    file : binary file
        Where to.
    layout : Layout
    """

    def __init__(self, file: IO[bytes], layout: Layout) -> None:
        self._file, self._names_seen = file, False
        self._folder = TemporaryFolder()
        self._writer = ParquetWriter(self._folder, layout.names, [_TYPES[kind] for kind in layout.kinds])

    def write(self, rows: list[Cells]) -> None:
        """Collect rows; the names are known."""
        self._writer.add(rows if self._names_seen else rows[1:])
        self._names_seen = True

    def finish(self) -> None:
        """Write the file."""
        with self._writer.finish().open("rb") as found:
            shutil.copyfileobj(found, self._file, 1 << 20)
        self._folder.remove()


class SheetRows:
    """Rows as the sheet of an Excel file, where numbers are numbers and nothing is a formula.

    Parameters
    ----------
    file : binary file
        Where to.
    layout : Layout
    """

    def __init__(self, file: IO[bytes], layout: Layout) -> None:
        import xlsxwriter

        self._folder, self._layout, self._n = TemporaryFolder(), layout, 0
        options = {"constant_memory": True, "tmpdir": str(self._folder.path), "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(file, options)
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        self._writers = [self._write_text if kind == "text" else self._write_number for kind in layout.kinds]

    def write(self, rows: list[Cells]) -> None:
        """Write rows; raises OutputError where a sheet has no room for them."""
        if self._n + len(rows) > MOST_SHEET_ROWS:
            raise OutputError(_too_long())
        for cells in rows:
            for place, (cell, write) in enumerate(zip(cells, self._writers, strict=True)):
                if cell:
                    (write if self._n else self._write_text)(place, cell)
            self._n += 1

    def _write_text(self, place: int, cell: str) -> None:
        self._sheet.write_string(self._n, place, cell[:_LONGEST_CELL])

    def _write_number(self, place: int, cell: str) -> None:
        number = self._layout.number(cell)
        if number is None or not abs(number) <= _EXACT:
            self._write_text(place, cell)
        else:
            self._sheet.write_number(self._n, place, number)

    def finish(self) -> None:
        """Write the file."""
        self._book.close()
        self._folder.remove()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFormat:
    """A kind of file.

    Parameters
    ----------
    suffix : str
        Ending of its names.
    title : str
        What it is called.
    open : callable
        Returns what takes the rows for a file.
    runs_formulas : bool
        Whether a spreadsheet that opens it may take a cell for a formula.
    package : str
        What must be installed; empty for nothing.
    """

    suffix: str
    title: str
    open: Callable[[IO[bytes], Layout], RowSink]
    runs_formulas: bool = False
    package: str = ""

    @property
    def is_there(self) -> bool:
        """Whether such files can be written here."""
        return not self.package or importlib.util.find_spec(self.package) is not None


FORMATS: Final = (
    AnswerFormat(
        suffix=".csv",
        title=translatable("CSV, written like the file"),
        open=lambda file, layout: TextRows(file, layout.delimiter),
        runs_formulas=True,
    ),
    AnswerFormat(
        suffix=".tsv",
        title=translatable("TSV, with tabs"),
        open=lambda file, _layout: TextRows(file, "\t"),
        runs_formulas=True,
    ),
    AnswerFormat(suffix=".xlsx", title=translatable("Excel"), open=SheetRows, package=_EXTRA),
    AnswerFormat(suffix=".parquet", title="Parquet", open=ParquetRows),
)


def format_of(path: AnyPath) -> AnswerFormat:
    """Return in what kind of file a name asks for answers; CSV for any other ending."""
    suffix = Path(path).suffix.lower()
    return next((each for each in FORMATS if each.suffix == suffix), FORMATS[0])


def check_format(kind: AnswerFormat, n_rows: int) -> None:
    """Find out before long work whether answers can be written so; raises OutputError."""
    if not kind.is_there:
        sentence = translate("Excel files need the package XlsxWriter: install ann-viz[excel], or choose another kind.")
        raise OutputError(sentence)
    if kind.suffix == ".xlsx" and n_rows >= MOST_SHEET_ROWS:
        raise OutputError(_too_long())


def _too_long() -> str:
    text = translate("A sheet of Excel has room for {rows}. Choose CSV or Parquet.")
    return text.format(rows=count(MOST_SHEET_ROWS - 1, "row"))
