"""The file of an import and everything decided about how it is read: options, broken rows, earlier imports.

No Qt here.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from ann_viz.data import BadLine, Recipe, Table
from ann_viz.session.importing.reading import Reading, Request
from ann_viz.session.importing.repair import Repairs
from ann_viz.session.remembered import Decisions, Remembered
from ann_viz.translation import translatable

__all__ = ["TABLE_FILES", "Source"]

TABLE_FILES: Final = translatable(
    "Tables (*.csv *.tsv *.txt *.tab *.dat *.data *.gz *.zst *.parquet *.xlsx *.xls *.ods);;All files (*)"
)
"""What a dialog for choosing a file shows."""

KEEPS_ROWS: Final = {"missing", "decimal", "thousands", "ragged", "forms", "totals"}
"""Options that leave broken rows as they are."""


class Source:
    """One file as the user wants it read.

    Parameters
    ----------
    path : Path
        The file.
    remembered : Remembered, optional
        Decisions of earlier imports, looked up in the first reading.
    """

    def __init__(self, path: Path, remembered: Remembered | None) -> None:
        self.path = path
        self.overrides: dict[str, object] = {}
        self.repairs = Repairs()
        self.known: dict[int, BadLine] = {}
        self.offered: Decisions | None = None
        self.follows_last_time = False
        self._remembered = remembered

    @property
    def reading_options(self) -> dict[str, object]:
        """All options for reading, with that for rows of another width."""
        padding: dict[str, object] = {"ragged": "pad"} if self.repairs.pad_all else {}
        return self.overrides | padding

    def request(self) -> Request:
        """Return what the next reading needs to know; earlier imports are asked once."""
        remembered, self._remembered = self._remembered, None
        return Request(
            path=self.path,
            overrides=self.reading_options,
            edits=dict(self.repairs.edits),
            known=dict(self.known),
            remembered=remembered,
        )

    def take(self, reading: Reading) -> Recipe | None:
        """Note what a reading found; return the recipe of the last import of this very file, if there was one."""
        if reading.table is not None:
            self.known |= {bad.line: bad for bad in reading.table.bad_lines}
        if reading.decisions is None:
            return None
        if reading.same == "columns":
            self.offered = reading.decisions
            return None
        self.follows_last_time = True
        overrides = dict(reading.decisions.overrides)
        self.repairs = Repairs.restored(overrides.pop("ragged", "skip"), reading.decisions.edits)
        self.overrides = overrides
        return reading.decisions.recipe

    def override(self, field: str, value: object) -> None:
        """Read with another option; where that makes other rows, decisions about rows are void."""
        self.overrides[field] = value
        if field == "sheet":
            self.overrides.pop("skip_lines", None)  # it was meant for the other sheet
        if field not in KEEPS_ROWS:
            self.known.clear()
            self.repairs = replace(self.repairs, edits={}, decisions={})

    def forget(self) -> None:
        """Drop every decision about the reading, made here or remembered."""
        self.overrides.clear()
        self.repairs = Repairs()
        self.known.clear()
        self.follows_last_time, self.offered = False, None

    def accept_offered(self) -> tuple[bool, Recipe | None]:
        """Follow the last import of a file with these columns; return whether to read again, and its recipe."""
        offered, self.offered = self.offered, None
        if offered is None:
            return False, None
        told = {field: offered.overrides[field] for field in ("missing", "forms") if field in offered.overrides}
        again = any(value != self.overrides.get(field) for field, value in told.items())
        self.overrides |= told
        return again, offered.recipe

    def decisions(self, recipe: Recipe, table: Table) -> Decisions:
        """Return everything decided, to be remembered."""
        return Decisions(
            overrides=self.reading_options,
            recipe=recipe,
            edits=dict(self.repairs.edits),
            names=tuple(column.name for column in table.columns),
        )
