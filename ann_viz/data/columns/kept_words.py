"""Keeps "None" and "NA" as values of columns where they are one of a few texts: no fence is a kind of fence.

They were read as "no value" by then, so the cells are put back into the table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from ann_viz.data.columns.missing import DOUBTFUL, DOUBTFUL_IF_OFTEN, OFTEN
from ann_viz.data.columns.yes_no import positive_answer
from ann_viz.data.database.load_job import WORDS_COLUMN, WORDS_MARK
from ann_viz.data.database.store import Store
from ann_viz.data.database.wide import WIDEST_FLAT
from ann_viz.data.files.date_forms import quoted

__all__ = ["keep_words"]

Words = dict[int, dict[str, int]]

_FEW: Final = 20  # different texts beside the word
_MEASURED: Final = re.compile(r"[-+(<>]?\d.*")


def keep_words(
    store: Store, names: Sequence[str], n_rows: int, words: Mapping[int, Mapping[str, int]]
) -> tuple[Words, tuple[tuple[str, str], ...]]:
    """Put words back where they are values.

    Parameters
    ----------
    store : Store
        The rows.
    names : sequence of str
        Names of the columns.
    n_rows : int
        Number of rows.
    words : mapping
        For the place of a column, the words in it that were read as "no value", and how often each occurs.

    Returns
    -------
    dict
        The words that still mean "no value".
    tuple of (str, str)
        Names of columns and words that were put back.
    """
    left: Words = {place: dict(counts) for place, counts in words.items()}
    if len(names) > WIDEST_FLAT:
        return left, ()
    kept: list[tuple[str, str]] = []
    for place, counts in sorted(left.items()):
        likely = [word for word in DOUBTFUL if word in counts]
        likely += [word for word in DOUBTFUL_IF_OFTEN if counts.get(word, 0) >= max(2.0, OFTEN * n_rows)]
        if likely and _are_few_texts(store, place):
            for word in likely:
                _put_back(store, place, word)
                kept.append((names[place], word))
                del counts[word]
    return {place: counts for place, counts in left.items() if counts}, tuple(kept)


def _are_few_texts(store: Store, place: int) -> bool:
    """Whether the other values of a column are a few texts, neither numbers nor yes and no."""
    rows = store.query(f"SELECT DISTINCT v{place} FROM t WHERE v{place} IS NOT NULL LIMIT {_FEW + 1}").fetchall()
    texts = [str(text) for (text,) in rows]
    numbers = any(_MEASURED.fullmatch(text) for text in texts)
    return 1 < len(texts) <= _FEW and not numbers and positive_answer(texts) is None


def _put_back(store: Store, place: int, word: str) -> None:
    """Make a word the value of its cells, and take away the note that it meant none."""
    note, mark = quoted(f"{place}:{word}"), f"chr({ord(WORDS_MARK)})"
    others = f"list_filter(string_split({WORDS_COLUMN}, {mark}), lambda x: x <> {note})"
    where = f"v{place} IS NULL AND list_contains(string_split({WORDS_COLUMN}, {mark}), {note})"
    store.query(
        f"UPDATE t SET v{place} = {quoted(word)}, {WORDS_COLUMN} = array_to_string({others}, {mark}) WHERE {where}"
    )
