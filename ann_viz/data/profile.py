"""Facts about every column, gathered by a few queries over all rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from ann_viz.data.column import BINS, LONGEST_CATEGORY, MOST_CATEGORIES, Column, Facts, describe
from ann_viz.data.dialect import Dialect
from ann_viz.data.numbers import DATE_FORMATS, DECORATED, number_sql, parse_number
from ann_viz.data.store import Store

__all__ = ["profile"]

_EXACT_ROWS: Final = 200_000
_LONGEST_NUMBER: Final = 40
_COLUMNS_PER_QUERY: Final = 60


def profile(store: Store, names: Sequence[str], dialect: Dialect, n_rows: int) -> tuple[Column, ...]:
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

    Returns
    -------
    tuple of Column
    """
    reader = _Reader(store, dialect, n_rows)
    columns: list[Column] = []
    for start in range(0, len(names), _COLUMNS_PER_QUERY):
        places = range(start, min(len(names), start + _COLUMNS_PER_QUERY))
        facts = reader.read(places)
        columns.extend(describe(i, names[i], facts[i], n_rows) for i in places)
    return tuple(columns)


class _Reader:
    """Runs the queries of the profile: sums over many columns at once, counts of values column by column.

    (A count of values keeps all of them in memory, so two at a time could exceed the limit.)
    """

    def __init__(self, store: Store, dialect: Dialect, n_rows: int) -> None:
        self._store = store
        self._dialect = dialect
        self._n_rows = n_rows

    def read(self, places: Sequence[int]) -> dict[int, Facts]:
        """Return the facts of some columns."""
        facts = self._texts(places)
        self._choose_forms(facts)
        for i, fact in facts.items():
            self._count_values(i, fact)
        numeric = {i: fact for i, fact in facts.items() if fact.form is not None}
        self._number_facts(numeric)
        for i, fact in numeric.items():
            fact.histogram = self._histogram(i, fact)
        return facts

    def _row(self, expressions: Sequence[str], source: str = "t") -> tuple[Any, ...]:
        """One row of aggregates."""
        if not expressions:
            return ()
        return tuple(self._store.query(f"SELECT {', '.join(expressions)} FROM {source}").fetchone() or ())

    def _texts(self, places: Sequence[int]) -> dict[int, Facts]:
        """Counts, lengths and how many values are plain numbers."""
        parts = (
            "count({v})",
            "approx_count_distinct({v})",
            "coalesce(max(length({v})), 0)",
            "count(*) FILTER (WHERE {v} >= '00' AND {v} < '0:')",
            "count(*) FILTER (WHERE contains({v}, ' '))",
            "min({v})",
            "coalesce(avg(length({v})), 0)",
            f"count({number_sql('{v}', '', self._dialect)})",
        )
        row = self._row([part.format(v=f"v{i}") for i in places for part in parts])
        facts = {}
        for n, i in enumerate(places):
            facts[i] = Facts(*row[n * len(parts) : (n + 1) * len(parts)])
        return facts

    def _count_values(self, i: int, fact: Facts) -> None:
        """Count different values exactly where an estimate could change the kind; list them where they are few."""
        if fact.n_distinct <= 2 * MOST_CATEGORIES and fact.longest <= LONGEST_CATEGORY:
            rows = self._store.query(
                f"SELECT v{i}, count(*) AS k FROM t WHERE v{i} IS NOT NULL GROUP BY v{i} ORDER BY k DESC, v{i}"
            ).fetchall()
            fact.n_distinct = len(rows)
            fact.categories = tuple((str(value), int(n)) for value, n in rows[:MOST_CATEGORIES])
        elif self._n_rows <= _EXACT_ROWS or fact.n_distinct >= 0.9 * fact.n_values:
            (fact.n_distinct,) = self._row([f"count(DISTINCT v{i})"])

    def _choose_forms(self, facts: dict[int, Facts]) -> None:
        """Decide how the numbers or dates of each column are written, if every value of it is one."""
        marks = self._dialect
        ambiguous = marks.decimal == "," and marks.thousands == "."
        for i, fact in facts.items():
            if fact.n_values == 0:
                continue
            if fact.n_numbers == fact.n_values and not ambiguous:
                fact.form = ""
            elif fact.longest <= _LONGEST_NUMBER and any(map(str.isdigit, fact.first_value or "")):
                self._try_forms(i, fact)

    def _try_forms(self, i: int, fact: Facts) -> None:
        """Take the first form that reads every value; a few rows decide which are worth a full pass."""
        forms = [
            form
            for form in (DECORATED, *DATE_FORMATS)
            if not math.isnan(parse_number(fact.first_value or "", form, self._dialect))
        ]
        counts = self._row([f"count({number_sql(f'v{i}', form, self._dialect)})" for form in forms])
        full = [form for form, count in zip(forms, counts, strict=True) if count == fact.n_values]
        if full:
            fact.form = full[0]
        if DECORATED in forms:
            fact.n_numbers = max(fact.n_numbers, counts[0])

    def _number_facts(self, facts: dict[int, Facts]) -> None:
        """Range, mean and spread."""
        parts = (
            "min({x})",
            "max({x})",
            "avg({x})",
            "stddev_pop({x})",
            "coalesce(bool_and({x} = floor({x})), false)",
            "coalesce(max({x} - r) = min({x} - r), false)",
        )
        numbers = ", ".join(f"{self._number(i, fact)} AS x{i}" for i, fact in facts.items())
        row = self._row(
            [part.format(x=f"x{i}") for i in facts for part in parts], f"(SELECT rowid AS r, {numbers} FROM t)"
        )
        for n, fact in enumerate(facts.values()):
            low, high, mean, std, whole, in_order = row[n * len(parts) : (n + 1) * len(parts)]
            fact.minimum, fact.maximum, fact.mean, fact.std = low, high, mean, std
            fact.whole, fact.in_order = bool(whole), bool(in_order)

    def _number(self, i: int, fact: Facts) -> str:
        return number_sql(f"v{i}", fact.form or "", self._dialect)

    def _histogram(self, i: int, fact: Facts) -> tuple[int, ...]:
        """Counts in equal bins between minimum and maximum."""
        if not fact.maximum > fact.minimum:
            return ()
        if len(fact.categories) == fact.n_distinct:
            known = [(parse_number(text, fact.form or "", self._dialect), n) for text, n in fact.categories]
            edges = np.linspace(fact.minimum, fact.maximum + (_n_bins(fact) < BINS), _n_bins(fact) + 1)
            numbers, weights = zip(*known, strict=True)
            return tuple(int(n) for n in np.histogram(numbers, bins=edges, weights=weights)[0])
        rows = self._store.query(
            f"SELECT {_bin_sql('x', fact)} AS b, count(*) FROM (SELECT {self._number(i, fact)} AS x FROM t) "
            "WHERE x IS NOT NULL GROUP BY b"
        ).fetchall()
        counts = dict(rows)
        return tuple(int(counts.get(k, 0)) for k in range(_n_bins(fact)))


def _n_bins(fact: Facts) -> int:
    """One bar per number where a few whole numbers are all there is."""
    span = fact.maximum - fact.minimum + 1
    return int(span) if fact.whole and span <= BINS else BINS


def _bin_sql(number: str, fact: Facts) -> str:
    """SQL for the bin a number falls in."""
    n_bins = _n_bins(fact)
    step = (fact.maximum + 1 - fact.minimum) / n_bins if n_bins < BINS else (fact.maximum - fact.minimum) / n_bins
    if step == 0.0:
        return "0"
    return f"least({n_bins - 1}, floor(({number} - ({fact.minimum!r}::DOUBLE)) / {step!r}::DOUBLE))::INTEGER"
