"""Facts about every column, gathered by queries over all rows.

Where a column has few different values, they are counted and everything else follows from the counts. Small tables are
fetched and counted here, since a query for each of some thousand columns takes longer. Only columns of a long table
with many different values are measured by the database; quartiles come from two million rows at most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from typing import Final

import numpy as np

from ann_viz.data.columns.choosing import Told
from ann_viz.data.columns.column import Column, OddCell
from ann_viz.data.columns.counted_facts import counted_facts
from ann_viz.data.columns.date_names import names_a_span
from ann_viz.data.columns.facts import Facts
from ann_viz.data.columns.kinds import describe
from ann_viz.data.columns.marks import Surroundings, proven_decimals
from ann_viz.data.columns.measuring import Measuring
from ann_viz.data.columns.missing import with_missing_words
from ann_viz.data.columns.number_facts import never_falls
from ann_viz.data.columns.words import is_birth
from ann_viz.data.database.store import Store
from ann_viz.data.files.date_forms import quoted
from ann_viz.data.files.dialect import Dialect
from ann_viz.errors import Cancelled

__all__ = ["profile"]

_FETCHED_ROWS: Final = 20_000
_FETCHED_CELLS: Final = 30_000
_FETCHED_CHARACTERS: Final = 40_000_000
_CELLS_AT_ONCE: Final = 100_000
_PROVING_ROWS: Final = 100
_PROVING_COLUMNS: Final = 200
_COLUMNS_AT_ONCE: Final = 500  # planning a query takes time that grows with the square of its columns


def profile(
    store: Store,
    names: Sequence[str],
    dialect: Dialect,
    n_rows: int,
    words: Mapping[int, Mapping[str, int]],
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    chosen: Collection[str] = (),
) -> tuple[Column, ...]:
    """Profile all columns of a loaded file.

    Parameters
    ----------
    store : Store
        The rows.
    names : sequence of str
        Names of the columns.
    dialect : Dialect
        How numbers are written and what means "no value".
    n_rows : int
        Number of rows.
    words : mapping
        For the place of a column, the words in it that mean "no value", and how often each occurs.
    progress : callable, optional
        Called with the share of the profile done, 0 to 1.
    cancelled : callable, optional
        Asked between queries; true stops the profile.
    chosen : collection of str
        Fields of the dialect that the user chose.

    Returns
    -------
    tuple of Column

    Raises
    ------
    Cancelled
        When ``cancelled`` says so.
    """

    def check(share: float) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled("Reading the file was stopped.")
        if progress is not None:
            progress(share)

    check(0.0)
    around = _surroundings(store, dialect, len(names), chosen)
    told = _told(names, dialect)
    if _is_small(store, len(names), n_rows):
        facts = list(_fetched(store, told, n_rows, around, check))
    else:
        facts = Measuring(store, around, n_rows, check).facts(told)
    columns = []
    for i, fact in enumerate(facts):
        blank_is_no = not words.get(i) and told[i].form is None
        column = describe(i, names[i], fact, n_rows, blank_is_no=blank_is_no)
        column = replace(column, odd_cells=_odd_cells(store, i, fact))
        columns.append(with_missing_words(column, words.get(i, {}), n_rows))
    check(1.0)
    return tuple(columns)


def _told(names: Sequence[str], dialect: Dialect) -> list[Told]:
    """What is known of every column before its cells are looked at: a form that was said, and that a birth is past."""
    forms = dict(dialect.forms)
    this_year = datetime.now(UTC).year
    return [
        Told(form=forms.get(name), last_year=this_year if is_birth(name) else None, is_span=names_a_span(name))
        for name in names
    ]


def _surroundings(store: Store, dialect: Dialect, width: int, chosen: Collection[str]) -> Surroundings:
    """What the first rows prove about the marks of the file, or what the user chose."""
    if "decimal" in chosen:
        return Surroundings(dialect=dialect, decimals=frozenset((dialect.decimal,)), said=frozenset(chosen))
    cells = ", ".join(f"v{i}" for i in range(min(width, _PROVING_COLUMNS)))
    rows = store.query(f"SELECT {cells} FROM t WHERE rowid < {_PROVING_ROWS}").fetchall()
    return Surroundings(dialect=dialect, decimals=proven_decimals(chain.from_iterable(rows)), said=frozenset(chosen))


def _odd_cells(store: Store, i: int, fact: Facts) -> tuple[OddCell, ...]:
    """Where the odd texts of a column first occur."""
    if not fact.odd:
        return ()
    texts = ", ".join(quoted(text) for text, _ in fact.odd)
    found = store.query(f"SELECT v{i}, min(rowid) FROM t WHERE v{i} IN ({texts}) GROUP BY v{i}").fetchall()
    rows = {str(text): int(row) for text, row in found}
    cells = (OddCell(text=text, count=n, first_row=rows[text]) for text, n in fact.odd)
    return tuple(sorted(cells, key=lambda cell: (-cell.count, cell.first_row)))


def _is_small(store: Store, width: int, n_rows: int) -> bool:
    """Whether fetching everything is quicker than asking: many columns of few rows, and no long texts."""
    if n_rows > _FETCHED_ROWS or (width < 100 and width * n_rows > _FETCHED_CELLS):
        return False
    (n_characters,) = store.query("SELECT coalesce(sum(n), 0)::BIGINT FROM t").fetchone() or (0,)
    return int(n_characters) <= _FETCHED_CHARACTERS


def _fetched(
    store: Store,
    told: Sequence[Told],
    n_rows: int,
    around: Surroundings,
    check: Callable[[float], None],
) -> Iterator[Facts]:
    """Yield the facts of every column of a small table."""
    width = len(told)
    step = min(_COLUMNS_AT_ONCE, max(1, _CELLS_AT_ONCE // max(1, n_rows)))
    for start in range(0, width, step):
        places = range(start, min(width, start + step))
        cells = store.query(f"SELECT {', '.join(f'v{i}' for i in places)} FROM t ORDER BY rowid").fetchall()
        for i, texts in zip(places, zip(*cells, strict=True), strict=True):
            check(i / width)
            yield _facts_of(texts, around, told[i])


def _facts_of(texts: Sequence[str | None], around: Surroundings, told: Told) -> Facts:
    """Count the values of one column, and look at their order."""
    counter = Counter(texts)
    counter.pop(None, None)
    counts = sorted(
        ((text, n) for text, n in counter.items() if text is not None), key=lambda item: (-item[1], item[0])
    )
    fact, numbers_of_values = counted_facts(counts, around, told)
    if fact.form is not None:
        read = dict(zip((text for text, _ in counts), numbers_of_values.tolist(), strict=True))
        numbers = np.array([np.nan if text is None else read[text] for text in texts])
        fact.ascending = never_falls(numbers)
        steps = numbers - np.arange(len(numbers))
        known = steps[~np.isnan(steps)]
        fact.in_order = len(known) > 0 and bool((known == known[0]).all())
    return fact
