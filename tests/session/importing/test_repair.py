"""What is decided about broken rows, without any window."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.data import BadLine, Dialect
from ann_viz.session.importing.repair import Repairs, cells_of, check_row, filled_up

COMMA = Dialect()


def bad(text: str, *, line: int = 7, expected: int = 3) -> BadLine:
    """Return a broken row."""
    found = len(cells_of(text, COMMA) or ())
    return BadLine(line=line, row=line - 1, expected=expected, found=found, text=text, problem="expected 3 columns")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a", "a,,"),
        ("a,b", "a,b,"),
        ('"x,y",b', '"x,y","b",""'),
        ("a,b,c,,", "a,b,c"),
        ("a,,,,,", "a,,"),
        ("a,b,c,d", None),
        ('a,"b', None),
    ],
)
def test_filling_up_adds_empty_cells_or_takes_them_away(text: str, wanted: str | None) -> None:
    """A row becomes as wide as the table without losing a value; where that can't be, nothing is done."""
    assert filled_up(bad(text), COMMA) == wanted


@pytest.mark.parametrize(
    ("dialect", "text", "cells"),
    [
        (Dialect(escape="backslash"), r'a,"x \"y\", z"', ["a", 'x "y", z']),
        (Dialect(escape="doubled"), 'a,"x ""y"", z"', ["a", 'x "y", z']),
        (Dialect(spaced=True), 'a, "x, y"', ["a", "x, y"]),
    ],
)
def test_cells_are_read_as_the_file_is_written(dialect: Dialect, text: str, cells: list[str]) -> None:
    """Quotes count as the dialect says, also when a row is filled up."""
    assert cells_of(text, dialect) == cells
    filled = filled_up(bad(text), dialect)
    assert filled is not None
    assert cells_of(filled, dialect) == [*cells, ""]


@given(st.lists(st.text("ab,\"' ", max_size=4), min_size=1, max_size=6), st.integers(1, 6))
def test_filled_up_rows_have_the_width_of_the_table(cells: list[str], width: int) -> None:
    """Whatever stands in the cells, a filled-up row has the right number of them and keeps what was there."""
    text = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    filled = filled_up(bad(text, expected=width), COMMA)
    if filled is not None and len(cells) != width:
        result = cells_of(filled, COMMA)
        assert result is not None
        assert len(result) == width
        assert result[: len(cells)] == cells[:width]


def test_a_decision_for_one_row_is_an_edit() -> None:
    """Skipping needs nothing, filling up and editing give the row's new text, and each can be taken back."""
    short, repairs = bad("a,b"), Repairs()
    assert repairs.decision(7) == "skip"
    filled = repairs.with_rows((short,), "pad", COMMA)
    assert (filled.decision(7), dict(filled.edits), filled.n_filled) == ("pad", {7: "a,b,"}, 1)
    edited = filled.with_edit(7, "a,b,c")
    assert (edited.decision(7), dict(edited.edits), edited.n_filled) == ("edit", {7: "a,b,c"}, 0)
    assert edited.with_rows((short,), "skip", COMMA) == Repairs()


def test_all_rows_at_once_keep_corrected_texts() -> None:
    """Filling up all is the reader's own business; a row that was edited stays edited, a single one can be skipped."""
    repairs = Repairs().with_edit(3, "x,y,z").with_rows((bad("a"),), "pad", COMMA).with_all("pad")
    assert (repairs.pad_all, dict(repairs.edits)) == (True, {3: "x,y,z"})
    assert repairs.decision(99) == "pad"
    one_out = repairs.with_rows((bad("a"),), "skip", COMMA)
    assert (one_out.decision(7), one_out.edits[7]) == ("skip", "")


def test_a_row_that_cant_be_filled_up_is_skipped() -> None:
    """Nothing is cut off in silence."""
    assert Repairs().with_rows((bad("a,b,c,d"),), "pad", COMMA) == Repairs()


def test_remembered_decisions_mean_the_same() -> None:
    """Options and edits of an earlier import bring back what was decided."""
    repairs = Repairs.restored("pad", {3: "x,y,z", 5: ""})
    assert [repairs.decision(line) for line in (3, 5, 8)] == ["edit", "skip", "pad"]


def test_the_editor_counts_cells_as_one_types() -> None:
    """Right, too few, and a quote left open."""
    assert check_row("a,b,c", 3, COMMA) == (True, "3 columns ✓")
    assert check_row("a,b", 3, COMMA) == (False, "2 columns, expected 3")
    fine, words = check_row('a,"b,c', 3, COMMA)
    assert not fine
    assert "quote" in words
