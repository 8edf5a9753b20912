"""Measures the columns of a long table in the database, a few columns and about a second at a time."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Final

from ann_viz.data.columns.column import LONGEST_CATEGORY
from ann_viz.data.columns.facts import Facts, counted_facts, edges_of, fences, forms_to_try, is_compact
from ann_viz.data.database.store import Store
from ann_viz.data.files.date_forms import COMPACT
from ann_viz.data.files.dialect import Dialect
from ann_viz.data.files.numbers import DECORATED, known_number_sql, number_sql

__all__ = ["Measuring"]

_COLUMNS_AT_ONCE: Final = 16
_FEW_VALUES: Final = 1000
_EXACT_ROWS: Final = 200_000
_UNIQUE: Final = 0.9
_PART_ROWS: Final = 1_000_000
_QUARTILE_ROWS: Final = 2_000_000
_FIRST_ROWS: Final = 2000
_GROUP_ROWS: Final = 122_880  # a row group of the database
_EXACT_NUMBER: Final = 2**53
_SAMPLES: Final = 200

_TEXT: Final = (
    "count(*) FILTER (WHERE v >= '00' AND v < '0:')",
    "count(*) FILTER (WHERE contains(v, ' '))",
    "avg(length(v))",
    "1 + avg(length(v) - length(replace(v, ' ', '')))",
    "count(x)",
)
_NUMBER: Final = (
    "min(x)",
    "max(x)",
    "avg(x)",
    "stddev_pop(x)",
    "coalesce(bool_and(x = floor(x)), false)",
    "coalesce(max(x - r) = min(x - r), false)",
)


class Measuring:
    """Runs the queries.

    Parameters
    ----------
    store : Store
        The rows.
    dialect : Dialect
        How numbers are written.
    n_rows : int
        Number of rows.
    check : callable
        Called with the share done before every query; raises to stop.
    """

    def __init__(self, store: Store, dialect: Dialect, n_rows: int, check: Callable[[float], None]) -> None:
        self._store = store
        self._dialect = dialect
        self._n_rows = n_rows
        self._check = check
        self._share = 0.0

    def facts(self, width: int) -> list[Facts]:
        """Return the facts of all columns.

        Parameters
        ----------
        width : int
            Number of columns.
        """
        found = []
        for start in range(0, width, _COLUMNS_AT_ONCE):
            places = range(start, min(width, start + _COLUMNS_AT_ONCE))
            self._share = start / width
            parts = ("count({v})", "approx_count_distinct({v})", "coalesce(max(length({v})), 0)")
            row = self._row([part.format(v=f"v{i}") for i in places for part in parts])
            for n, i in enumerate(places):
                self._share = (start + 0.2 * len(places) + 0.8 * n) / width
                found.append(self._column(i, *row[3 * n : 3 * n + 3]))
        return found

    def _column(self, i: int, n_values: int, n_distinct: int, longest: int) -> Facts:
        """Count the values where they are few, else measure them."""
        if n_values == 0:
            return Facts()
        if n_distinct <= _FEW_VALUES and longest <= LONGEST_CATEGORY:
            sql = f"SELECT v{i}, count(*) AS k FROM t WHERE v{i} IS NOT NULL GROUP BY v{i} ORDER BY k DESC, v{i}"
            fact, _ = counted_facts([(str(value), int(n)) for value, n in self._rows(sql)], self._dialect)
        else:
            fact = self._measured(i, Facts(n_values=n_values, n_distinct=n_distinct, longest=longest))
        if fact.form is not None and fact.n_distinct > 1:
            fact.ascending = fact.in_order or self._ascending(self._number(i, fact))
        return fact

    def _measured(self, i: int, fact: Facts) -> Facts:
        """Measure a column with many different values."""
        # Most long columns are plain numbers: their range is found in the same pass as the facts of their texts.
        read = f"(SELECT rowid AS r, v{i} AS v, {number_sql(f'v{i}', '', self._dialect)} AS x FROM t)"
        row = self._row([*_TEXT, *_NUMBER], read)
        texts, plain = row[: len(_TEXT)], row[len(_TEXT) :]
        fact.n_leading_zero, fact.n_blank_inside, fact.mean_length, fact.words, fact.n_numbers = texts
        self._choose_form(i, fact)
        if fact.form == "":
            _note_range(plain, fact)
        self._count_distinct(i, fact)
        if fact.form is not None:
            number = self._number(i, fact)
            if fact.form != "":
                self._range(number, fact)
            if fact.form == "" and is_compact(fact.minimum, fact.maximum, fact.n_distinct):
                fact.form = self._compact_form(i, fact)
                number = self._number(i, fact)
                self._range(number, fact)
            self._shape(number, fact)
        return fact

    def _choose_form(self, i: int, fact: Facts) -> None:
        """Take the first form that reads every value; a few rows decide which are worth a full pass."""
        ambiguous = self._dialect.decimal == "," and self._dialect.thousands == "."
        if fact.n_numbers == fact.n_values and not ambiguous:
            fact.form = ""
            return
        samples = [str(v) for (v,) in self._rows(f"SELECT v{i} FROM t WHERE v{i} IS NOT NULL LIMIT {_SAMPLES}")]
        for form in forms_to_try(samples, fact.longest, self._dialect):
            (count,) = self._row([f"count({number_sql(f'v{i}', form, self._dialect)})"])
            if form == DECORATED:
                fact.n_numbers = max(fact.n_numbers, count)
            if count == fact.n_values:
                fact.form = form
                return

    def _compact_form(self, i: int, fact: Facts) -> str:
        (count,) = self._row([f"count({number_sql(f'v{i}', COMPACT, self._dialect)})"])
        return COMPACT if count == fact.n_values else ""

    def _count_distinct(self, i: int, fact: Facts) -> None:
        """Count different values exactly where an estimate could change the kind.

        In long tables that means "are all different?"; a part of the values at a time, so that few are in memory.
        """
        if fact.in_order:  # every row has a number of its own
            fact.n_distinct = fact.n_values
            return
        if self._n_rows > _EXACT_ROWS and fact.n_distinct < _UNIQUE * fact.n_values:
            fact.is_estimate = True
            return
        n_parts = max(1, math.ceil(fact.n_values / _PART_ROWS))
        estimate, fact.n_distinct = min(fact.n_distinct, fact.n_values - 1), 0
        for part in range(n_parts):
            chosen = "true" if n_parts == 1 else f"hash(v{i}) % {n_parts} = {part}"
            n_values, n_distinct = self._row([f"count(v{i})", f"count(DISTINCT v{i})"], f"t WHERE {chosen}")
            fact.n_distinct += n_distinct
            if n_parts > 1 and n_distinct < n_values:
                fact.n_distinct, fact.is_estimate = estimate, True
                return

    def _range(self, number: str, fact: Facts) -> None:
        _note_range(self._row(_NUMBER, f"(SELECT rowid AS r, {number} AS x FROM t)"), fact)

    def _shape(self, number: str, fact: Facts) -> None:
        """Quartiles, then what is counted from them: outliers, skew and the histogram."""
        every = max(1, math.ceil(self._n_rows / _QUARTILE_ROWS))
        some = f"(SELECT {number} AS x FROM t WHERE rowid % {every} = 0)"
        (quartiles,) = self._row(["quantile_cont(x, [0.25, 0.5, 0.75])"], some)
        fact.q1, fact.median, fact.q3 = quartiles or (fact.mean,) * 3
        low, high = (min(max(fence, -1e300), 1e300) for fence in fences(fact))
        parts = [f"count(*) FILTER (WHERE x < {low!r}::DOUBLE OR x > {high!r}::DOUBLE)"]
        if fact.std > 0.0:
            parts.append(f"avg(((x - {fact.mean!r}::DOUBLE) / {fact.std!r}::DOUBLE) ** 3)")
        edges = edges_of(fact)
        inner = [] if edges is None else [float(edge) for edge in edges[1:-1]]
        parts += [f"count(*) FILTER (WHERE x < {edge!r}::DOUBLE)" for edge in inner]
        row = self._row(parts, f"(SELECT {number} AS x FROM t)")
        fact.n_outliers = int(row[0])
        if fact.std > 0.0:
            fact.skew = float(row[1])
        if edges is not None:
            ends = [0, *row[len(row) - len(inner) :], fact.n_values]
            fact.histogram = tuple(int(b) - int(a) for a, b in pairwise(ends))

    def _ascending(self, number: str) -> bool:
        """Whether the numbers never fall; most do within the first rows, nearly all others within the first group."""
        for where in (f"WHERE rowid < {_FIRST_ROWS}", f"WHERE rowid < {_GROUP_ROWS}", ""):
            read = f"SELECT rowid AS r, {number} AS x FROM t {where}"
            before = f"SELECT x >= lag(x) OVER (ORDER BY r) AS ok FROM ({read}) WHERE x IS NOT NULL"
            if self._n_rows > _FIRST_ROWS and not where:
                before = before.replace("(ORDER BY r)", "()")  # rows come as they are stored, so no need to sort
            (rising,) = self._row(["coalesce(bool_and(ok), true)"], f"({before})")
            if not rising:
                return False
        return True

    def _number(self, i: int, fact: Facts) -> str:
        return known_number_sql(f"v{i}", fact.form or "", self._dialect)

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        self._check(self._share)
        return self._store.query(sql).fetchall()

    def _row(self, expressions: Sequence[str], source: str = "t") -> tuple[Any, ...]:
        """One row of aggregates."""
        return self._rows(f"SELECT {', '.join(expressions)} FROM {source}")[0]


def _note_range(row: Sequence[Any], fact: Facts) -> None:
    """Note what `_NUMBER` found."""
    fact.minimum, fact.maximum, fact.mean, fact.std = row[:4]
    fact.whole = bool(row[4])
    exact = row[0] is not None and max(abs(row[0]), abs(row[1])) < _EXACT_NUMBER
    fact.in_order = exact and bool(row[5])  # beyond, neighbours are the same to a float64
