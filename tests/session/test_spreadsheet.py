"""Cells that a spreadsheet would run: which they are, and what becomes of them."""

from __future__ import annotations

import pytest

from ann_viz.session.spreadsheet import FormulaCells, begins_formula, pasted


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "-cmd|' /C calc'!A0", "=", "--5", "-5-", "-1e5e5"],
)
def test_text_that_begins_like_a_formula_is_one(cell: str) -> None:
    # Intention: whatever follows, as spreadsheets differ in what they run.
    assert begins_formula(cell)


@pytest.mark.parametrize("cell", ["-5", "+5", "-1,234.50", "-1.234,5", "-0.5e-3", "-7 %", "-", "-1\u202f000"])
def test_numbers_stay_numbers(cell: str) -> None:
    # Intention: a column of losses is still summed.
    assert not begins_formula(cell)


@pytest.mark.parametrize("cell", ["", "a=b", " =1", "'=1", "2024-01-01", "a@b"])
def test_other_beginnings_are_harmless(cell: str) -> None:
    # Intention: only the first character counts.
    assert not begins_formula(cell)


def test_they_are_counted_and_escaped_only_on_request() -> None:
    # Intention: nobody's data change unasked, but it is known how many there are.
    row = ["=1+1", None, "-5", "plain", "@x"]
    kept, escaped = FormulaCells(), FormulaCells(escape=True)
    assert kept.passed(row) == row
    assert escaped.passed(row) == ["'=1+1", None, "-5", "plain", "'@x"]
    assert (kept.count, escaped.count) == (2, 2)


def test_what_is_pasted_stays_in_its_cell() -> None:
    # Intention: a name with a tab or a line end in it makes no cell or row of its own, which nobody would look at.
    assert pasted(["=a", "b\t=1", "c\r\n@d", "-5"]) == "'=a\tb =1\tc @d\t-5"
