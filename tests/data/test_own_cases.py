"""The own cases are read as they must be, to the last cell: a quarter with every change, all by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.data.own_cases.all_cases import CASES
from tests.data.own_cases.case import Case, faults

QUICK_STEP = 4
PARAMS = [
    pytest.param(case, id=case.name, marks=() if place % QUICK_STEP == 0 else pytest.mark.slow)
    for place, case in enumerate(CASES)
]


@pytest.mark.parametrize("case", PARAMS)
def test_read_as_it_must_be(tmp_path: Path, case: Case) -> None:
    """Names, rows, kinds, cells and findings are those written down beside the file."""
    assert faults(case, tmp_path) == []


def test_no_two_cases_are_the_same() -> None:
    """Every case has a name and a content of its own."""
    assert len({case.name for case in CASES}) == len({(case.content, case.target) for case in CASES}) == len(CASES)
