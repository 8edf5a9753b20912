"""The tables that stand in for files read anew in other tests are like those."""

from __future__ import annotations

from pathlib import Path

import pytest
from read_once import ReadOnce

from ann_viz.data import open_table
from ann_viz.data.tables import opening_table
from ann_viz.errors import DataError

REALLY_READ = opening_table.load_table
CELLS = "a,b,y\n1,ä,yes\n2,b,no\n,b,no\n4,x,yes\n"


def test_a_lent_table_is_one_that_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It tells the same, is closed for itself, and another content is read."""
    monkeypatch.setattr(opening_table, "load_table", REALLY_READ)
    read_once = ReadOnce()
    paths = [tmp_path / folder / "table.csv" for folder in ("first", "second")]
    for path in paths:
        path.parent.mkdir()
        path.write_text(CELLS, encoding="utf-8")
    read = open_table(paths[1])
    monkeypatch.setattr(opening_table, "load_table", read_once.open)
    first, second = map(open_table, paths)
    assert second.path == read.path and second.columns is first.columns
    assert (second.columns, second.dialect, second.size_bytes) == (read.columns, read.dialect, read.size_bytes)
    assert second.rows() == read.rows() and second.page(0, 2, order=(0, True)) == read.page(0, 2, order=(0, True))
    first.close()
    with pytest.raises(DataError, match="closed"):
        first.rows()
    assert second.rows() == read.rows()
    paths[0].write_text(CELLS.replace("x", "z"), encoding="utf-8")
    other = open_table(paths[0])
    assert other.rows()[3] == ("4", "z", "yes")
    for table in (read, second, other):
        table.close()
    read_once.close()
