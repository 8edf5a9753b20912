"""Measures the columns of a long table in the database, a few columns and about a second at a time."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, Final, Literal

from ann_viz.data.columns.choosing import Told, choose_form
from ann_viz.data.columns.column import LONGEST_CATEGORY
from ann_viz.data.columns.counted_facts import counted_facts
from ann_viz.data.columns.facts import EXACT_WHOLE, Facts
from ann_viz.data.columns.marks import Surroundings
from ann_viz.data.columns.number_facts import MOST_IN_TAIL, edges_of, fences
from ann_viz.data.columns.sentinels import Tail, ends_in_nine, is_shaped, may_have_sentinels, sentinels_in
from ann_viz.data.columns.stored_cells import StoredCells
from ann_viz.data.database.store import ROW_GROUP, Store
from ann_viz.data.files.forms import AS_TEXT, is_date
from ann_viz.data.files.numbers import known_number_sql, number_sql, parse_number

__all__ = ["Measuring"]

_COLUMNS_AT_ONCE: Final = 16
_FEW_VALUES: Final = 1000
_EXACT_ROWS: Final = 200_000
_UNIQUE: Final = 0.9
_PART_ROWS: Final = 1_000_000
_QUARTILE_ROWS: Final = 2_000_000
_FIRST_ROWS: Final = 2000
_SAMPLES: Final = 200
_NEAR_END: Final = 0.005

_TEXT: Final = (
    "count(*) FILTER (WHERE v >= '00' AND v < '0:')",
    "count(*) FILTER (WHERE contains(v, ' '))",
    "avg(length(v))",
    "1 + coalesce(sum(length(v) - length(replace(v, ' ', ''))) FILTER (WHERE contains(v, ' ')), 0) / count(v)",
    "count(x)",
)
_WHOLE_TEXT: Final = ("0", "0", "avg(length(v))", "1.0::DOUBLE", "count(x)")
"""The same of texts made of whole numbers, which have no zeros before them and no blanks."""

_NUMBER: Final = (
    "min(x)",
    "max(x)",
    "avg(x)",
    "stddev_pop(x)",
    "coalesce(bool_and(x = floor(x)), false)",
    "coalesce(max(x - r) = min(x - r), false)",
)

_ENDS: Final = (
    "count(*) FILTER (WHERE x = low)",
    "min(x) FILTER (WHERE x > low)",
    "count(*) FILTER (WHERE x = high)",
    "max(x) FILTER (WHERE x < high)",
)


class Measuring:
    """Runs the queries.

    Parameters
    ----------
    store : Store
        The rows.
    around : Surroundings
        How the file is written.
    n_rows : int
        Number of rows.
    check : callable
        Called with the share done before every query; raises to stop.
    """

    def __init__(self, store: Store, around: Surroundings, n_rows: int, check: Callable[[float], None]) -> None:
        self._store = store
        self._around = around
        self._dialect = around.dialect
        self._n_rows = n_rows
        self._check = check
        self._share = 0.0

    def facts(self, told: Sequence[Told]) -> list[Facts]:
        """Return the facts of all columns.

        Parameters
        ----------
        told : sequence of Told
            What is known of every column beside its cells.
        """
        found = []
        width = len(told)
        for start in range(0, width, _COLUMNS_AT_ONCE):
            places = range(start, min(width, start + _COLUMNS_AT_ONCE))
            self._share = start / width
            row = self._row([part for i in places for part in self._size_of(i)])
            for n, i in enumerate(places):
                self._share = (start + 0.2 * len(places) + 0.8 * n) / width
                found.append(self._column(i, told[i], *row[3 * n : 3 * n + 3]))
        return found

    def _size_of(self, i: int) -> tuple[str, str, str]:
        """Return SQL for the number of values, about how many of them differ, and the length of the longest."""
        key = self._store.key(i)
        ends = (f"min({key})", f"max({key})") if key != f"v{i}" else ()
        lengths = ", ".join(f"length({end}::VARCHAR)" for end in ends)
        longest = f"greatest({lengths})" if ends else f"max(length(v{i}))"
        return f"count({key})", f"approx_count_distinct({key})", f"coalesce({longest}, 0)"

    def _column(self, i: int, told: Told, n_values: int, n_distinct: int, longest: int) -> Facts:
        """Count the values where they are few, else measure them."""
        if n_values == 0:
            return Facts()
        if n_distinct <= _FEW_VALUES and longest <= LONGEST_CATEGORY:
            key = self._store.key(i)
            each = f"SELECT {key} AS value, count(*) AS k FROM t WHERE {key} IS NOT NULL GROUP BY {key}"
            sql = f"SELECT value::VARCHAR AS v, k FROM ({each}) ORDER BY k DESC, v"
            counts = [(str(value), int(n)) for value, n in self._rows(sql)]
            fact, _ = counted_facts(counts, self._around, told)
        else:
            fact = self._measured(i, Facts(n_values=n_values, n_distinct=n_distinct, longest=longest), told)
        if fact.form is not None and fact.n_distinct > 1:
            fact.ascending = fact.in_order or self._ascending(self._number(i, fact))
        return fact

    def _measured(self, i: int, fact: Facts, told: Told) -> Facts:
        """Measure a column with many different values."""
        # Most long columns are plain numbers: their range is found in the same pass as the facts of their texts.
        read = f"(SELECT rowid AS r, v{i} AS v, {number_sql(f'v{i}', '', self._dialect)} AS x FROM t)"
        row = self._row([*(_WHOLE_TEXT if i in self._store.numbers.whole else _TEXT), *_NUMBER], read)
        texts, plain = row[: len(_TEXT)], row[len(_TEXT) :]
        fact.n_leading_zero, fact.n_blank_inside, fact.mean_length, fact.words, n_plain = texts
        samples = [str(v) for (v,) in self._rows(f"SELECT v{i} FROM t WHERE v{i} IS NOT NULL LIMIT {_SAMPLES}")]
        cells = StoredCells(i, self._dialect, self._rows)
        n_all, n_distinct = fact.n_values, fact.n_distinct
        fact.note(choose_form(samples, n_all, n_plain, self._around, cells, told))
        if fact.n_odd or fact.absent:
            self._note_texts(i, fact)
        if fact.n_odd and fact.has_codes:
            return self._measured(
                i, Facts(n_values=n_all, n_distinct=n_distinct, longest=fact.longest), Told(form=AS_TEXT)
            )
        if fact.form == "":
            _note_range(plain, fact)
        self._count_distinct(i, fact)
        if fact.form is not None and fact.n_values:
            number = self._number(i, fact)
            if fact.form != "":
                self._range(number, fact)
            if fact.form == "":
                fact.note_compact(
                    fact.minimum, fact.maximum, self._around, partial(self._reads_all, samples, cells, fact.n_values)
                )
                if fact.form != "":
                    number = self._number(i, fact)
                    self._range(number, fact)
            self._shape(number, fact)
            if max(abs(fact.minimum), abs(fact.maximum)) > EXACT_WHOLE:
                (fact.digits_only,) = self._row([f"NOT coalesce(bool_or(regexp_matches(v{i}, '[.eE]')), false)"])
        return fact

    def _reads_all(self, samples: Sequence[str], cells: StoredCells, n_values: int, form: str) -> bool:
        """Whether a form reads all whole numbers; the first ones rule most forms out."""
        some = (parse_number(text, form, self._dialect) for text in samples if text.isdecimal())
        return not any(map(math.isnan, some)) and cells.count(form) == n_values

    def _note_texts(self, i: int, fact: Facts) -> None:
        """Measure the texts once more without the odd ones."""
        number = self._number(i, fact)
        texts = f"(SELECT v{i} AS v, {number} AS x FROM t WHERE ({number}) IS NOT NULL)"
        row = self._row([*_TEXT, "max(length(v))"], texts)
        fact.n_leading_zero, fact.n_blank_inside, fact.mean_length, fact.words, _, fact.longest = row

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
            if fact.n_odd or fact.absent:
                chosen += f" AND ({self._number(i, fact)}) IS NOT NULL"
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
        (quantiles,) = self._row([f"quantile_cont(x, [0.25, 0.5, 0.75, {_NEAR_END}, {1 - _NEAR_END}])"], some)
        fact.q1, fact.median, fact.q3, low_end, high_end = quantiles or (fact.mean,) * 5
        if may_have_sentinels(fact.minimum, low_end, high_end, fact.maximum):
            self._note_sentinels(number, fact)
        low, high = (min(max(fence, -1e300), 1e300) for fence in fences(fact))
        parts = [f"count(*) FILTER (WHERE x < {low!r}::DOUBLE OR x > {high!r}::DOUBLE)"]
        if fact.std > 0.0:
            parts.append("avg(z * z * z)")
        edges = edges_of(fact)
        inner = [] if edges is None else [float(edge) for edge in edges[1:-1]]
        # A sum of yes and no takes half the time of counting those that are chosen.
        parts += [f"sum((x < {edge!r}::DOUBLE)::UTINYINT)" for edge in inner]
        far = f"(x - {fact.mean!r}::DOUBLE) / {fact.std or 1.0!r}::DOUBLE"
        row = self._row(parts, f"(SELECT x, {far} AS z FROM (SELECT {number} AS x FROM t))")
        fact.n_outliers = int(row[0])
        if fact.std > 0.0:
            fact.skew = float(row[1])
        if edges is not None:
            ends = [0, *row[len(row) - len(inner) :], fact.n_values]
            fact.histogram = tuple(int(b) - int(a) for a, b in pairwise(ends))

    def _note_sentinels(self, number: str, fact: Facts) -> None:
        """Judge the ends of the numbers."""
        limits = f"{fact.minimum!r}::DOUBLE AS low, {fact.maximum!r}::DOUBLE AS high"
        n_lowest, second, n_highest, last_but_one = self._row(_ENDS, f"(SELECT {number} AS x, {limits} FROM t)")
        if second is None or last_but_one is None:
            return
        date = is_date(fact.form or "")
        low = self._tail(number, [(fact.minimum, int(n_lowest)), (float(second), 0)], "ASC", date)
        high = self._tail(number, [(fact.maximum, int(n_highest)), (float(last_but_one), 0)], "DESC", date)
        fact.sentinels = sentinels_in(low, high, fact.n_distinct, date=date)

    def _tail(self, number: str, outermost: list[tuple[float, int]], order: Literal["ASC", "DESC"], date: bool) -> Tail:
        """Look further in where the next number too looks chosen, as -98 beside -99, or ends in nine, as 499 does."""
        (end, _), (following, _) = outermost
        read = f"SELECT {number} AS x FROM t"
        if not is_shaped(end, date=date):
            return outermost
        if is_shaped(following, date=date):
            side = f"x <= {following!r}::DOUBLE + 100" if order == "ASC" else f"x >= {following!r}::DOUBLE - 100"
            counts = f"SELECT x, count(*) FROM ({read}) WHERE {side} GROUP BY x ORDER BY x {order}"
            return [(float(value), int(n)) for value, n in self._rows(f"{counts} LIMIT {MOST_IN_TAIL}")]
        if ends_in_nine(following):
            side = f"x > {following!r}::DOUBLE" if order == "ASC" else f"x < {following!r}::DOUBLE"
            third = self._rows(f"SELECT x FROM ({read}) WHERE {side} ORDER BY x {order} LIMIT 1")
            return [*outermost, *((float(value), 0) for (value,) in third)]
        return outermost

    def _ascending(self, number: str) -> bool:
        """Whether the numbers never fall; most do within the first rows, nearly all others within the first group."""
        for where in (f"WHERE rowid < {_FIRST_ROWS}", f"WHERE rowid < {ROW_GROUP}", ""):
            read = f"SELECT rowid AS r, {number} AS x FROM t {where}"
            before = f"SELECT x >= lag(x) OVER (ORDER BY r) AS ok FROM ({read}) WHERE x IS NOT NULL"
            if self._n_rows > _FIRST_ROWS and not where:
                before = before.replace("(ORDER BY r)", "()")  # rows come as they are stored, so no need to sort
            (rising,) = self._row(["coalesce(bool_and(ok), true)"], f"({before})")
            if not rising:
                return False
        return True

    def _number(self, i: int, fact: Facts) -> str:
        read = number_sql if fact.n_odd else known_number_sql
        return read(f"v{i}", fact.form or "", self._dialect)

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
    exact = row[0] is not None and max(abs(row[0]), abs(row[1])) < EXACT_WHOLE
    fact.in_order = exact and bool(row[5])  # beyond, neighbours are the same to a float64
