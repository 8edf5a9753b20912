"""What is to be loaded into the database, and what the queries that do it have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ann_viz.data.files.answers import Answer
from ann_viz.data.files.dialect import Dialect
from ann_viz.data.files.scan import Scan, good_rows
from ann_viz.errors import DataError
from ann_viz.translation import translate

__all__ = ["NO_NULL", "WORDS_COLUMN", "WORDS_MARK", "Load", "Query"]

Query = Callable[[str], Answer]

_USUAL_LINE: Final = 2_000_000  # bytes; the database takes 16 times as much memory
WORDS_COLUMN: Final = "w"
"""Column of the table in which the missing words of a row are noted, as ``7:NA`` joined by `WORDS_MARK`."""

WORDS_MARK: Final = "\x01"

NO_NULL: Final = "\x01\x02no value\x02\x01"
"""Stands in a copy for a cell without a value."""


@dataclass(frozen=True, kw_only=True)
class Load:
    """What to load: a file, how it is written and what the scan found.

    Parameters
    ----------
    path : Path
        The file of plain text, or the Parquet file.
    name : str
        What the user calls it.
    dialect : Dialect
        How it is written.
    width : int
        Number of columns.
    scan : Scan
        What the pass over the file found.
    kept : mapping of int to set of str
        For places of columns, words that are values there though they mean "no value" elsewhere.
    edits : mapping
        Corrected rows.
    copy : Path
        Where a plain copy may be written.
    progress : callable, optional
        Called with the share of the copy written, 0 to 1.
    cancelled : callable, optional
        Asked while a copy is written.
    thrifty : bool
        Whether the database is to do with little memory.
    """

    path: Path
    name: str
    dialect: Dialect
    width: int
    scan: Scan
    copy: Path
    kept: Mapping[int, Set[str]] = field(default_factory=dict)
    edits: Mapping[int, str] = field(default_factory=dict)
    progress: Callable[[float], None] | None = None
    cancelled: Callable[[], bool] | None = None
    thrifty: bool = False

    def rows(self) -> Iterator[list[str]]:
        """Read the rows that fit once more."""
        return good_rows(self.path, self.dialect, self.width, self.cancelled, edits=self.edits, progress=self.progress)

    def changed(self) -> DataError:
        """Return the error that the file reads differently a second time."""
        return DataError(
            translate("The rows of '{name}' were read differently a second time.").format(name=self.name),
            hint=translate("Perhaps the file changed meanwhile: open it again."),
        )

    @property
    def line_size(self) -> str:
        """Settings for the longest row: bytes, quotes and delimiters, with room for the buffer where that is much."""
        longest = 4 * self.scan.longest + 4 * self.width + 100
        if longest <= _USUAL_LINE:
            return f"max_line_size = {_USUAL_LINE}"
        return f"max_line_size = {longest}, buffer_size = {longest}"
