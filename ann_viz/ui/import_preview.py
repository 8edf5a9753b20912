"""Which rows the import dialog shows: the first ones, then only rows with trouble, each with its neighbours.

No Qt here; `read_preview` asks the table and belongs in the worker thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from ann_viz.data import BadLine, Table

__all__ = ["PreviewRow", "read_preview"]

FIRST_ROWS: Final = 200
FIRST_ROWS_BEFORE_TROUBLE: Final = 8
SHOWN_BROKEN_ROWS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """One line of the preview.

    Parameters
    ----------
    kind : str
        "data", "broken" (its cells as far as they exist), "reason" (the strip below a broken row) or
        "gap" (rows left out).
    number : int
        Row number in the file, counted from 1; for a gap the number of rows left out.
    cells : tuple
        Text of every cell, None where it is missing.
    bad : BadLine, optional
        What is wrong, for "broken" and "reason".
    """

    kind: Literal["data", "broken", "reason", "gap"]
    number: int
    cells: tuple[str | None, ...] = ()
    bad: BadLine | None = None


def _wanted(n_rows: int, broken: list[int]) -> list[int]:
    first = FIRST_ROWS_BEFORE_TROUBLE if broken else FIRST_ROWS
    wanted = set(range(1, min(first, n_rows) + 1))
    for number in broken[:SHOWN_BROKEN_ROWS]:
        wanted.update(near for near in (number - 1, number, number + 1) if 1 <= near <= n_rows)
    # A gap of a single row would take as much room as the row itself.
    wanted.update(number + 1 for number in list(wanted) if number + 2 in wanted)
    return sorted(wanted)


def _lines(table: Table, number: int, bad: BadLine | None, n_broken_before: int) -> Iterator[PreviewRow]:
    if bad is None:
        cells = table.rows(number - 1 - n_broken_before, 1)[0]
        yield PreviewRow(kind="data", number=number, cells=cells)
        return
    yield PreviewRow(kind="broken", number=number, cells=tuple(bad.text.split(table.dialect.delimiter)), bad=bad)
    yield PreviewRow(kind="reason", number=number, bad=bad)


def read_preview(table: Table) -> tuple[PreviewRow, ...]:
    """Return the rows to show, in file order, with gaps where rows are left out."""
    if not table.bad_lines:
        cells = table.rows(0, FIRST_ROWS)
        rows = [PreviewRow(kind="data", number=place + 1, cells=row) for place, row in enumerate(cells)]
        left_out = table.n_rows - len(rows)
        return (*rows, *([PreviewRow(kind="gap", number=left_out)] if left_out > 0 else []))
    broken = {line.row: line for line in table.bad_lines}
    total = table.n_rows + table.n_bad
    shown: list[PreviewRow] = []
    previous = 0
    for number in _wanted(total, sorted(broken)):
        if number > previous + 1:
            shown.append(PreviewRow(kind="gap", number=number - previous - 1))
        before = sum(row < number for row in broken)
        shown.extend(_lines(table, number, broken.get(number), before))
        previous = number
    if total > previous:
        shown.append(PreviewRow(kind="gap", number=total - previous))
    return tuple(shown)
