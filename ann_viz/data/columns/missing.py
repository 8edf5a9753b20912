"""Which texts of a column were read as "no value", how often, and which of them may be answers after all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from ann_viz.data.columns.column import Column
from ann_viz.data.database.load_job import WORDS_COLUMN, WORDS_MARK
from ann_viz.data.database.store import Store

__all__ = ["DOUBTFUL", "DOUBTFUL_IF_OFTEN", "OFTEN", "count_missing_words", "with_missing_words"]

DOUBTFUL: Final = ("None",)
DOUBTFUL_IF_OFTEN: Final = ("NA", "N/A", "n/a", "#N/A")
OFTEN: Final = 0.05  # of the rows
_SHORT_CODE: Final = re.compile(r"[A-Z]{2}")


def count_missing_words(store: Store) -> dict[int, dict[str, int]]:
    """Count the missing words of every column other than empty cells.

    Parameters
    ----------
    store : Store
        The rows.

    Returns
    -------
    dict
        For the place of a column, every word it has and how often.
    """
    counts: dict[int, dict[str, int]] = {}
    if WORDS_COLUMN not in store_columns(store):
        return counts
    rows = store.query(
        f"SELECT k, count(*) FROM (SELECT unnest(string_split({WORDS_COLUMN}, chr({ord(WORDS_MARK)}))) AS k FROM t "
        f"WHERE {WORDS_COLUMN} <> '') GROUP BY k"
    ).fetchall()
    for key, n in rows:
        place, _, word = str(key).partition(":")
        counts.setdefault(int(place), {})[word] = int(n)
    return counts


def store_columns(store: Store) -> frozenset[str]:
    """Return the names of the columns of the stored table."""
    rows = store.query("SELECT column_name FROM duckdb_columns() WHERE table_name = 't'").fetchall()
    return frozenset(name for (name,) in rows)


def with_missing_words(column: Column, words: Mapping[str, int], n_rows: int) -> Column:
    """Return the column with its missing words, the most common first.

    Parameters
    ----------
    column : Column
        The column as profiled.
    words : mapping of str to int
        Its missing words other than empty cells.
    n_rows : int
        Rows of the table.
    """
    if column.n_missing == 0:
        return column
    n_empty = column.n_blank - sum(words.values())
    counts = ({"": n_empty} if n_empty > 0 else {}) | dict(words)
    ordered = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return replace(column, missing_words=ordered, doubtful_missing=_doubtful(column, words, n_rows))


def _doubtful(column: Column, words: Mapping[str, int], n_rows: int) -> tuple[str, ...]:
    """Words that may be a category: "None" always, "NA" where it is frequent or stands among codes of two letters."""
    texts = column.kind in ("category", "yes_no", "constant") and column.minimum != column.minimum
    if not texts:
        return ()
    codes = all(_SHORT_CODE.fullmatch(text) for text, _ in column.categories)
    often = [word for word in DOUBTFUL_IF_OFTEN if words.get(word, 0) >= OFTEN * n_rows or (codes and word == "NA")]
    return tuple(word for word in (*DOUBTFUL, *often) if word in words)
