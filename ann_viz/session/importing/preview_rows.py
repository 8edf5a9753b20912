"""Which rows the import dialog shows: the first ones, then only rows with trouble, each with its neighbours.

No Qt here; `read_preview` asks the table and belongs in the worker thread, as does `first_rows`, which shows what a
first look at the file found before all of it has been read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ann_viz.data import BadLine, Column, Dialect, FirstLook, Table
from ann_viz.session.importing.repair import cells_of

__all__ = ["PreviewRow", "first_columns", "first_rows", "read_preview"]

FIRST_ROWS: Final = 200
FIRST_ROWS_BEFORE_TROUBLE: Final = 8
SHOWN_BROKEN_ROWS: Final = 20
JUDGED_ROWS: Final = 60
NUMBER_MARKS: Final = str.maketrans("", "", "0123456789.,+-−%€$£ '")


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """One line of the preview.

    Parameters
    ----------
    kind : str
        "data", "mended" (a row with trouble that is used all the same), "broken" (its cells as far as they exist),
        "reason" (the strip below either) or "gap" (rows left out).
    number : int
        Row number in the file, counted from 1; for a gap the number of rows left out.
    cells : tuple
        Text of every cell, None where it is missing.
    bad : BadLine, optional
        What is wrong, for all rows with trouble and their strips.
    """

    kind: Literal["data", "mended", "broken", "reason", "gap"]
    number: int
    cells: tuple[str | None, ...] = ()
    bad: BadLine | None = None


def first_rows(found: FirstLook) -> tuple[PreviewRow, ...]:
    """Return the rows of a first look at a file, at most 200."""
    width, missing = len(found.names), set(found.dialect.missing) | {""}
    rows = []
    for number, cells in enumerate(found.rows[:FIRST_ROWS], 1):
        trimmed = [cell.strip() for cell in cells[:width]] + [""] * (width - len(cells))
        rows.append(
            PreviewRow(kind="data", number=number, cells=tuple(None if cell in missing else cell for cell in trimmed))
        )
    return tuple(rows)


def first_columns(found: FirstLook) -> tuple[Column, ...]:
    """Return columns that only know their names and whether their first cells read as numbers."""
    rows = first_rows(found)[:JUDGED_ROWS]
    return tuple(
        Column(
            index=place,
            name=name,
            kind="number" if _read_as_numbers([row.cells[place] for row in rows]) else "category",
            n_missing=0,
            n_distinct=0,
        )
        for place, name in enumerate(found.names)
    )


def _read_as_numbers(cells: Sequence[str | None]) -> bool:
    present = [cell for cell in cells if cell]
    return bool(present) and not any(cell.translate(NUMBER_MARKS) for cell in present)


def read_preview(table: Table, known: Mapping[int, BadLine] | None = None) -> tuple[PreviewRow, ...]:
    """Return the rows to show, in file order, with gaps where rows are left out.

    Parameters
    ----------
    table : Table
        The table.
    known : mapping, optional
        Rows, by their line, that were broken when the file was first read this way; those mended since are shown too.
    """
    broken = {line.row: line for line in table.bad_lines}
    trouble = {line.row: line for line in (known or {}).values()} | broken
    if not trouble:
        cells = table.rows(0, FIRST_ROWS)
        rows = [PreviewRow(kind="data", number=place + 1, cells=row) for place, row in enumerate(cells)]
        left_out = table.n_rows - len(rows)
        return (*rows, *([PreviewRow(kind="gap", number=left_out)] if left_out > 0 else []))
    total = table.n_rows + table.n_bad
    shown: list[PreviewRow] = []
    previous = 0
    for number in _wanted(total, sorted(trouble)):
        if number > previous + 1:
            shown.append(PreviewRow(kind="gap", number=number - previous - 1))
        before = sum(row < number for row in broken)
        shown.extend(_lines(table, number, trouble.get(number), before, number in broken))
        previous = number
    if total > previous:
        shown.append(PreviewRow(kind="gap", number=total - previous))
    return tuple(shown)


def _wanted(n_rows: int, trouble: list[int]) -> list[int]:
    wanted = set(range(1, min(FIRST_ROWS_BEFORE_TROUBLE, n_rows) + 1))
    for number in trouble[:SHOWN_BROKEN_ROWS]:
        wanted.update(near for near in (number - 1, number, number + 1) if 1 <= near <= n_rows)
    # A gap of a single row would take as much room as the row itself.
    wanted.update(number + 1 for number in list(wanted) if number + 2 in wanted)
    return sorted(wanted)


def _lines(
    table: Table, number: int, bad: BadLine | None, n_broken_before: int, still_broken: bool
) -> Iterator[PreviewRow]:
    if still_broken and bad is not None:
        yield PreviewRow(kind="broken", number=number, cells=_as_found(bad, table.dialect), bad=bad)
        yield PreviewRow(kind="reason", number=number, bad=bad)
        return
    found = table.rows(number - 1 - n_broken_before, 1)
    if not found:
        return
    yield PreviewRow(kind="data" if bad is None else "mended", number=number, cells=found[0], bad=bad)
    if bad is not None:
        yield PreviewRow(kind="reason", number=number, bad=bad)


def _as_found(bad: BadLine, dialect: Dialect) -> tuple[str | None, ...]:
    return tuple(cells_of(bad.text, dialect) or bad.text.split(dialect.delimiter))
