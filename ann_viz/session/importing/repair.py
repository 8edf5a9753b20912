"""What the user decides about broken rows: skip them, fill them up, or use a corrected text. No Qt here.

A decision about a single row is an edit of its line, as `open_table` wants it; a decision about all of them is the
dialect's own ``ragged``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from ann_viz.data import BadLine, Dialect
from ann_viz.data.files.line_blocks import split_lines
from ann_viz.data.files.rows import Writing, row_reader
from ann_viz.numerals import count, format_number
from ann_viz.translation import translatable, translate

__all__ = ["DECISION_LABELS", "Decision", "Repairs", "cells_of", "check_row", "filled_up"]

Decision = Literal["skip", "pad", "edit"]
DECISION_LABELS: Final[dict[Decision, str]] = {
    "skip": translatable("skipped"),
    "pad": translatable("filled up"),
    "edit": translatable("edited"),
}


def cells_of(text: str, dialect: Dialect) -> list[str] | None:
    """Return the cells of one row's text, or None when a quote in it is malformed."""
    try:
        rows = [list(cells) for cells in row_reader(split_lines(text), Writing.of(dialect)) if cells]
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def filled_up(bad: BadLine, dialect: Dialect) -> str | None:
    """Return a broken row's text with empty cells added, or empty surplus cells taken away; None if that can't be."""
    cells = cells_of(bad.text, dialect)
    if cells is None or any(cell.strip() for cell in cells[bad.expected :]):
        return None
    width = bad.expected
    text = _written((cells + [""] * (width - len(cells)))[:width], dialect)
    return text if cells_of(text, dialect) == (cells + [""] * (width - len(cells)))[:width] else None


def _written(cells: list[str], dialect: Dialect) -> str:
    """Return cells as a row of the file; quotes stand round all of them where some need it."""
    quote = dialect.quote
    awkward = {"", dialect.delimiter, "\n", "\r"} if dialect.delimiter == " " else {dialect.delimiter, "\n", "\r"}
    if quote is None or not any(cell in awkward or set(cell) & (awkward | {quote}) for cell in cells):
        return dialect.delimiter.join(cells)
    escaped = quote * 2 if dialect.escape == "doubled" else f"\\{quote}"
    return dialect.delimiter.join(f"{quote}{cell.replace(quote, escaped)}{quote}" for cell in cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repairs:
    """All decisions about broken rows of one file.

    Parameters
    ----------
    pad_all : bool
        Whether rows of another width are filled up unless decided otherwise.
    edits : mapping
        Line number to corrected text; the empty text leaves the row out.
    decisions : mapping
        Line number to what was decided for that row alone.
    """

    pad_all: bool = False
    edits: Mapping[int, str] = field(default_factory=dict)
    decisions: Mapping[int, Decision] = field(default_factory=dict)

    def decision(self, line: int) -> Decision:
        """Return what happens to a broken row."""
        return self.decisions.get(line, "pad" if self.pad_all else "skip")

    @property
    def n_filled(self) -> int:
        """How many rows were chosen to be filled up one by one."""
        return sum(decision == "pad" for decision in self.decisions.values())

    def with_all(self, decision: Literal["skip", "pad"]) -> Repairs:
        """Decide for all rows at once; corrected texts stay."""
        kept = {line for line, known in self.decisions.items() if known == "edit"}
        return Repairs(
            pad_all=decision == "pad",
            edits={line: text for line, text in self.edits.items() if line in kept},
            decisions={line: "edit" for line in kept},
        )

    def with_edit(self, line: int, text: str) -> Repairs:
        """Use a corrected text for one row."""
        return replace(self, edits={**self.edits, line: text}, decisions={**self.decisions, line: "edit"})

    def with_rows(self, rows: Iterable[BadLine], decision: Literal["skip", "pad"], dialect: Dialect) -> Repairs:
        """Skip some rows or fill them up; a row that can't be filled up is skipped."""
        edits, decisions = dict(self.edits), dict(self.decisions)
        default: Decision = "pad" if self.pad_all else "skip"
        for bad in rows:
            text = filled_up(bad, dialect) if decision == "pad" else None
            done: Decision = "skip" if text is None else "pad"
            edits.pop(bad.line, None)
            decisions.pop(bad.line, None)
            if done != default:
                edits[bad.line], decisions[bad.line] = text or "", done
        return replace(self, edits=edits, decisions=decisions)

    @staticmethod
    def restored(ragged: object, edits: Mapping[int, str]) -> Repairs:
        """Return the decisions behind what was remembered."""
        return Repairs(
            pad_all=ragged == "pad",
            edits=dict(edits),
            decisions={line: "edit" if text else "skip" for line, text in edits.items()},
        )


def check_row(text: str, n_columns: int, dialect: Dialect) -> tuple[bool, str]:
    """Return whether a row's text has the cells of the table, and that in a few words."""
    cells = cells_of(text, dialect)
    if cells is None:
        return False, translate("A quote is missing, or there is one too many.")
    if len(cells) == n_columns:
        return True, f"{count(n_columns, 'column')} ✓"
    text = translate("{columns}, expected {n}")
    return False, text.format(columns=count(len(cells), "column"), n=format_number(n_columns))
