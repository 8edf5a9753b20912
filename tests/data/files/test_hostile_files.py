"""Files that are hard to read come out as they must, or are refused in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from make_hostile_files import CASES

from ann_viz.data import look, open_table
from ann_viz.errors import DataError


@pytest.mark.parametrize("case", [case for case in CASES if not case.refused], ids=lambda case: case.name)
def test_table(tmp_path: Path, case: Any) -> None:
    """Rows, columns, names, cells, dialect and rows left out are those expected."""
    path = tmp_path / f"{case.name}.csv"
    path.write_bytes(case.content)
    found = look(path, **case.overrides)
    with open_table(path, overrides=case.overrides) as table:
        assert table.dialect == found.dialect
        assert {key: getattr(table.dialect, key) for key in case.dialect} == case.dialect
        names = tuple(column.name for column in table.columns)
        assert found.names == names
        assert len(names) == case.columns
        assert case.names is None or names == case.names
        rows = table.rows()
        assert {place: rows[place[0]][place[1]] for place in case.cells} == case.cells
        assert tuple(bad.line for bad in table.bad_lines) == case.bad
        assert (table.n_rows, table.n_bad, table.n_padded) == (case.rows, len(case.bad), case.padded)


@pytest.mark.parametrize("case", [case for case in CASES if case.refused], ids=lambda case: case.name)
def test_refusal(tmp_path: Path, case: Any) -> None:
    """The sentence names what the file is and says what to do."""
    path = tmp_path / f"{case.name}.csv"
    path.write_bytes(case.content)
    with pytest.raises(DataError) as caught:
        open_table(path)
    assert case.refused in str(caught.value)
    assert caught.value.hint


def test_there_are_many() -> None:
    """The corpus is large and its names are unique."""
    assert len(CASES) >= 80
    assert len({case.name for case in CASES}) == len(CASES)
