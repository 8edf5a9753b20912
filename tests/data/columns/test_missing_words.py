"""Words read as "no value" are counted per column, and those that may be an answer are named."""

from __future__ import annotations

from ann_viz.data.columns.column import Column
from ann_viz.data.columns.missing import count_missing_words, with_missing_words
from ann_viz.data.database.store import Store
from ann_viz.data.files.dialect import Dialect
from ann_viz.temporary import TemporaryFolder


def column(kind: str = "category", n_missing: int = 30, categories: tuple[str, ...] = ("Grvl", "Pave")) -> Column:
    counts = tuple((text, 10) for text in categories)
    return Column(index=0, name="x", kind=kind, n_missing=n_missing, n_distinct=len(counts), categories=counts)  # type: ignore[arg-type]


def test_words_are_counted() -> None:
    """What the store noted of each row is counted per column and word."""
    store = Store(TemporaryFolder(), 2, 100)
    try:
        assert count_missing_words(store) == {}
        store.query("CREATE TABLE t AS SELECT * FROM (VALUES ('0:NA'), (''), ('0:NA' || chr(1) || '1:a:b')) AS x(w)")
        assert count_missing_words(store) == {0: {"NA": 2}, 1: {"a:b": 1}}
    finally:
        store.close()


def test_the_most_common_word_comes_first() -> None:
    """Cells that are no word are empty; a column without missing cells has no words."""
    assert with_missing_words(column(), {"NA": 7, "?": 3}, 100).missing_words == (("", 20), ("NA", 7), ("?", 3))
    assert with_missing_words(column(n_missing=0), {}, 100).missing_words == ()


def test_doubtful_words() -> None:
    """ "None" may be an answer wherever texts are; "NA" where it is frequent or stands among codes of two letters."""
    assert with_missing_words(column(), {"None": 1}, 1000).doubtful_missing == ("None",)
    assert with_missing_words(column(), {"NA": 30}, 100).doubtful_missing == ("NA",)
    assert with_missing_words(column(), {"NA": 2, "?": 28}, 100).doubtful_missing == ()
    assert with_missing_words(column(categories=("DE", "FR")), {"NA": 2}, 100).doubtful_missing == ("NA",)
    assert with_missing_words(column(kind="number"), {"NA": 30, "None": 3}, 100).doubtful_missing == ()
    assert "NA" in Dialect().missing
