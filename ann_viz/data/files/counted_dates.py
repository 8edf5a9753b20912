"""Dates written as a number of days or seconds since a first day, as spreadsheets and computers keep them.

No number shows by itself that it is one: these forms are never taken unless the user says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

__all__ = ["COUNTED", "EXCEL_DAYS", "UNIX_MILLISECONDS", "UNIX_SECONDS", "CountedDate"]

_SECONDS_PER_DAY: Final = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedDate:
    """A way to count time.

    Parameters
    ----------
    per_day : int
        How many units a day has.
    start : int
        The first day, in days since 1970.
    low, high : float
        Numbers between which a column that is called a date may well be one.
    """

    per_day: int
    start: int
    low: float
    high: float

    def days(self, number: float) -> float:
        """Return the days since 1970; NaN for what no calendar has."""
        days = number / self.per_day + self.start
        return days if _FIRST_DAY <= days <= _LAST_DAY else math.nan

    def sql(self, number: str) -> str:
        """Return SQL for the same; NULL for what no calendar has."""
        days = f"({number} / {self.per_day} + {self.start})"
        return f"CASE WHEN {days} BETWEEN {_FIRST_DAY} AND {_LAST_DAY} THEN {days} END"


_FIRST_DAY: Final = -719_162  # the first of January of the year 1
_LAST_DAY: Final = 2_932_896  # the last of December 9999
EXCEL_DAYS: Final = "days since 1899-12-30"
UNIX_SECONDS: Final = "seconds since 1970-01-01"
UNIX_MILLISECONDS: Final = "milliseconds since 1970-01-01"
COUNTED: Final = {
    EXCEL_DAYS: CountedDate(per_day=1, start=-25_569, low=20_000.0, high=60_000.0),
    UNIX_SECONDS: CountedDate(per_day=_SECONDS_PER_DAY, start=0, low=3.0e8, high=4.2e9),
    UNIX_MILLISECONDS: CountedDate(per_day=1000 * _SECONDS_PER_DAY, start=0, low=3.0e11, high=4.2e12),
}
"""Forms of columns and what they mean: 1954 to 2064 in days, 1979 to 2103 in seconds."""
