"""All cases in one list."""

from __future__ import annotations

from typing import Final

from tests.data.own_cases.answers import answer_cases
from tests.data.own_cases.case import Case
from tests.data.own_cases.dates import date_cases
from tests.data.own_cases.numbers import number_cases
from tests.data.own_cases.tables import table_cases

__all__ = ["CASES"]

CASES: Final[tuple[Case, ...]] = (*number_cases(), *date_cases(), *answer_cases(), *table_cases())
