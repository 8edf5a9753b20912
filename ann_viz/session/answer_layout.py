"""What rows of answers look like, whatever file they go to: names of their columns, and which hold numbers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from ann_viz.data.files.forms import DECORATED, form_of
from ann_viz.session.csv_rows import Cells

if TYPE_CHECKING:
    from ann_viz.data import Table

__all__ = ["CellKind", "Layout", "RowSink", "layout_of"]

CellKind = Literal["text", "marked", "number", "whole"]
"""Text; text that is often a number with the marks of the file; certainly a number; certainly a whole one."""


class RowSink(Protocol):
    """What takes the rows of a file; the first are the names of the columns."""

    def write(self, rows: list[Cells]) -> None:
        """Take rows as texts; a cell that is None is empty."""

    def finish(self) -> None:
        """Write what is left: no more rows come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the rows of a file look.

    Parameters
    ----------
    names : tuple of str
        Of all columns.
    kinds : tuple of CellKind
        What their cells are.
    delimiter, decimal : str
        Those of the file that the rows come from.
    thousands : str or None
        Likewise.
    """

    names: tuple[str, ...]
    kinds: tuple[CellKind, ...]
    delimiter: str
    decimal: str
    thousands: str | None

    def number(self, cell: str) -> float | None:
        """Return the number that a cell is, without anything beside it; None for a text."""
        if self.thousands is not None:
            cell = cell.replace(self.thousands, "")
        with suppress(ValueError):
            if "_" not in cell:
                return float(cell if self.decimal == "." else cell.replace(self.decimal, "."))
        return None


def layout_of(table: Table, added: Sequence[tuple[str, CellKind]]) -> Layout:
    """Return how the rows of a table look with columns added behind its own."""
    kinds: list[CellKind] = []
    for column in table.columns:
        form = form_of(column.form)
        if column.kind != "number" or form.base not in ("", DECORATED) or form.unit:
            kinds.append("text")
        elif form.base == "" and not (column.n_odd or column.absent or table.n_bad):
            kinds.append("number")
        else:
            kinds.append("marked")
    dialect = table.dialect
    return Layout(
        names=(*(column.name for column in table.columns), *(name for name, _ in added)),
        kinds=(*kinds, *(kind for _, kind in added)),
        delimiter=dialect.delimiter,
        decimal=dialect.decimal,
        thousands=dialect.thousands,
    )
