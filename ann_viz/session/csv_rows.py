"""Rows written as CSV by the thousand, with care only where a cell holds a line end of another kind."""

from __future__ import annotations

import csv
import io
from typing import Final, TextIO, TypeAlias

__all__ = ["Cells", "CsvRows"]

Cells: TypeAlias = list[str | None]
_DELIMITERS: Final = (",", ";", "\t", "|")


class CsvRows:
    """Writes rows in blocks.

    Parameters
    ----------
    output : text file
        Opened with ``newline=""``.
    delimiter : str
        That of the source; a comma stands in for one that nobody would expect in a CSV file.
    """

    def __init__(self, output: TextIO, delimiter: str) -> None:
        self._output = output
        self._delimiter = delimiter if delimiter in _DELIMITERS else ","

    def write(self, rows: list[Cells]) -> None:
        """Write rows; a cell that is None is written as nothing."""
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=self._delimiter, lineterminator="\n").writerows(rows)
        if "\r" in text.getvalue():
            text = io.StringIO(newline="")
            csv.writer(_ShortLineEnds(text), delimiter=self._delimiter).writerows(rows)
        self._output.write(text.getvalue())

    def finish(self) -> None:
        """Nothing is left to be written: that has been done."""


class _ShortLineEnds:
    """Writes the lines of a CSV writer, which end in CR and LF, with LF alone.

    The writer quotes a cell only for what stands in its own line ends. With LF, a CR in a cell would end the row for
    many readers, and begin a cell that nobody has looked at.
    """

    def __init__(self, output: TextIO) -> None:
        self._output = output

    def write(self, line: str) -> int:
        return self._output.write(line.removesuffix("\r\n") + "\n")
