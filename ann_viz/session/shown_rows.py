"""Rows of a table in the order and choice in which they are shown, with the answers beside them; and as a file."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Table
from ann_viz.data.tables.paging import Contains, Order
from ann_viz.errors import Cancelled
from ann_viz.files import AnyPath, replacing
from ann_viz.session.answered_rows import AnsweredRows, Only
from ann_viz.session.csv_rows import CsvRows
from ann_viz.session.job import Progress

__all__ = ["ShownRows", "Wish", "find_rows", "save_rows"]

_AT_ONCE: Final = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which rows are to be shown, and in which order.

    Parameters
    ----------
    order : (int, bool) or None
        Column as it is shown, the answers first, and whether its largest come first.
    contains : (int or None, str) or None
        Column of the table, None for any, and a text.
    only : {"all", "right", "wrong"}
        Of which answers.
    """

    order: Order | None = None
    contains: Contains | None = None
    only: Only = "all"


@dataclass(frozen=True, slots=True, eq=False)
class ShownRows:
    """Rows that were found.

    Parameters
    ----------
    table : Table
    answers : AnsweredRows or None
    places : (n,) array of uint32, or None
        Rows of the table in their order; None for all, as in the file.
    """

    table: Table
    answers: AnsweredRows | None
    places: NDArray[np.uint32] | None

    def __len__(self) -> int:
        return self.table.n_rows if self.places is None else len(self.places)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, those of the answers first."""
        titles = () if self.answers is None else self.answers.titles
        return (*titles, *(column.name for column in self.table.columns))

    @property
    def n_answers(self) -> int:
        """How many columns of answers there are."""
        return 0 if self.answers is None else len(self.answers.titles)

    def page(self, start: int, count: int) -> list[tuple[int, tuple[str | None, ...]]]:
        """Return some rows: the place of each in the table, and its cells."""
        stop = min(len(self), start + count)
        wanted = np.arange(start, stop, dtype=np.uint32) if self.places is None else self.places[start:stop]
        found = self.table.rows_at(wanted)
        answers = self.answers
        if answers is None:
            return found
        return [(place, (*answers.cells(place), *cells)) for place, cells in found]

    def place_of(self, row: int) -> int | None:
        """Return where a row of the table stands; None where it is not among them."""
        if self.places is None:
            return row if 0 <= row < len(self) else None
        found = np.flatnonzero(self.places == row)
        return int(found[0]) if len(found) else None


def find_rows(table: Table, answers: AnsweredRows | None, wish: Wish, cancelled: Callable[[], bool]) -> ShownRows:
    """Return the rows that are wished for.

    Parameters
    ----------
    table : Table
    answers : AnsweredRows or None
        What the network says of them, for orders and filters by it.
    wish : Wish
        Order, filter, right or wrong.
    cancelled : callable
        Asked now and then.

    Raises
    ------
    Cancelled
        When ``cancelled`` says so.
    DataError
        When the table was closed.
    """
    n_answers = 0 if answers is None else len(answers.titles)
    by_answer = wish.order is not None and wish.order[0] < n_answers
    order = None if wish.order is None or by_answer else (wish.order[0] - n_answers, wish.order[1])
    with table.watched(cancelled):
        places = table.places(order, wish.contains)
    if answers is None or (wish.only == "all" and not by_answer):
        return ShownRows(table, answers, places)
    if places is None:
        places = np.arange(table.n_rows, dtype=np.uint32)
    places = answers.among(places, wish.only)
    if by_answer and wish.order is not None:
        keys = answers.keys(wish.order[0])[places]
        places = places[np.argsort(-keys if wish.order[1] else keys, kind="stable")]
    return ShownRows(table, answers, places)


def save_rows(
    rows: ShownRows, path: AnyPath, inputs: Iterable[AnyPath], progress: Progress, cancelled: Callable[[], bool]
) -> AnyPath:
    """Write rows as CSV, in their order and with their answers; all or nothing.

    Raises
    ------
    OutputError
        When the file can't be written, or is one of the inputs.
    """
    with replacing(path, inputs=inputs) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        written = CsvRows(text, rows.table.dialect.delimiter)
        written.write([list(rows.names)])
        for start in range(0, len(rows), _AT_ONCE):
            if cancelled():
                raise Cancelled
            written.write([list(cells) for _, cells in rows.page(start, _AT_ONCE)])
            progress(min(1.0, (start + _AT_ONCE) / len(rows)))
        text.detach()
    return path
