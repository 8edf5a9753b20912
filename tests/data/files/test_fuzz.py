"""Whatever bytes a file holds, opening it ends in a table or in a sentence, never in another exception."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ann_viz.data import Dialect, build_dataset, open_table, suggest_recipe
from ann_viz.errors import DataError

pytestmark = pytest.mark.slow

_many = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def _says_or_learns(path: Path) -> str:
    try:
        table = open_table(path)
    except DataError as error:
        assert str(error).endswith((".", ")", "?")) or "database" in str(error)
        return "refused"
    with table:
        assert table.n_rows > 0
        assert len(table.rows(0, 10)) == min(10, table.n_rows)
        try:
            dataset = build_dataset(table, suggest_recipe(table))
        except DataError:
            return "read"
        assert np.isfinite(dataset.X).all()
        assert np.isfinite(dataset.Y).all()
    return "learned"


@_many
@given(data=st.binary(max_size=400))
def test_any_bytes(folder: Path, data: bytes) -> None:
    """Random bytes never raise anything but DataError."""
    path = folder / "bytes.csv"
    path.write_bytes(data)
    assert _says_or_learns(path) in ("refused", "read", "learned")


_cell = st.one_of(
    st.sampled_from(["", "1", "2", "3.5", "-4", "NA", "?", "yes", "no", "2020-01-02", "1e99", "1e400", "007", "inf"]),
    st.sampled_from(["$1,000", "1.234,5", "a,b", 'say "hi"', "x;y", "two\nlines", "é", "日本", "1_000", "'", "nan"]),
    st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=6),
    st.integers(-(10**20), 10**20).map(str),
    st.floats(allow_nan=False).map(repr),
)


@_many
@given(
    rows=st.lists(st.lists(_cell, min_size=1, max_size=5), min_size=1, max_size=30),
    delimiter=st.sampled_from(",;\t| "),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_table_like_texts(
    folder: Path, rows: list[list[str]], delimiter: str, end: str, encoding: str, quoting: int
) -> None:
    """Ragged, oddly encoded, half-sensible tables never raise anything but DataError either."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    path = folder / "table.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    assert _says_or_learns(path) in ("refused", "read", "learned")


_plain_cell = st.text(st.characters(codec="utf-8", blacklist_characters="\0\r\ufeff"), max_size=8).filter(
    lambda text: text == text.strip()
)


@_many
@given(
    rows=st.lists(st.tuples(_plain_cell, _plain_cell, _plain_cell), min_size=1, max_size=20),
    delimiter=st.sampled_from(",;\t|"),
    quote=st.sampled_from(['"', "'"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
@example(rows=[(":", ":", "\\")], delimiter=",", quote='"', end="\n", encoding="utf-8")
def test_rows_read_back_equal(
    folder: Path, rows: list[tuple[str, ...]], delimiter: str, quote: str, end: str, encoding: str
) -> None:
    """A table written in a known dialect reads back cell for cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quotechar=quote, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerow(["first", "second", "third"])
    writer.writerows(rows)
    path = folder / "known.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    known = {"delimiter": delimiter, "quote": quote, "encoding": encoding, "header": True, "skip_lines": 0}
    with open_table(path, overrides=known | {"missing": ()}) as table:
        assert [column.name for column in table.columns] == ["first", "second", "third"]
        assert [tuple(cell or "" for cell in row) for row in table.rows()] == rows
        assert isinstance(table.dialect, Dialect)
