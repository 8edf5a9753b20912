"""Ways to write a date that are known, each named like a format of ``strptime``, and what such a name tells."""

from __future__ import annotations

import re
from typing import Final

from ann_viz.data.files.counted_dates import COUNTED

__all__ = [
    "COMPACT",
    "DATE_FORMATS",
    "YEARLESS",
    "YEAR_FIRST",
    "compact_forms",
    "date_order",
    "is_clock",
    "tells_time",
    "tells_year",
]

COMPACT: Final = ("%Y%m%d", "%d%m%Y", "%m%d%Y", "%Y%m%d%H%M", "%Y%m%d%H%M%S")
"""Dates written as whole numbers; taken for them only where every number of a column is such a date."""

_ISO: Final = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y-%m",
    "%Y-%m-%d %H:%M:%S%z",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M%z",
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S%z",
    "%Y.%m.%d",
    "%Y.%m.%d %H:%M",
    "%Y.%m.%d %H:%M:%S",
)
_TIMES: Final = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", " %I:%M%p", " %H:%M:%S%z")
_SLASHED: Final = tuple(day + time for time in _TIMES for day in ("%m/%d/%Y", "%d/%m/%Y"))
_SHORT: Final = tuple(day + time for time in _TIMES[:5] for day in ("%m/%d/%y", "%d/%m/%y"))
_DOTTED: Final = tuple(day + time for day in ("%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%y") for time in _TIMES[:3])
YEAR_FIRST: Final = ("%y/%m/%d", "%y-%m-%d", "%y.%m.%d")
"""Tried only where the user says that the year comes first: 3/4/05 seldom means 2003."""
_NAMED: Final = (
    *("%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%d %b %y", "%d/%b/%Y", "%d. %b %Y", "%d. %b. %Y", "%d %b. %Y"),
    *("%d de %b de %Y", "%d de %b %Y", "%d%o %b %Y", "%b %d%o, %Y", "%d%b%Y", "%d%b%Y:%H:%M:%S"),
    *("%d/%b/%Y:%H:%M:%S%z", "%a %b %d %H:%M:%S %Y", "%a, %b %d, %Y"),
    *("%d %b %Y %H:%M", "%d %b %Y %H:%M:%S", "%d-%b-%Y %H:%M:%S", "%d-%b-%Y %H:%M"),
    *("%b %d, %Y", "%b %d %Y", "%b %d, %Y %H:%M", "%b %d, %Y %I:%M %p"),
    *("%a, %d %b %Y", "%a, %d %b %Y %H:%M:%S%z", "%a %d %b %Y", "%Y-%b-%d", "%Y %b %d"),
    *("%b-%y", "%b-%Y", "%b %Y", "%b. %Y", "%b %y", "%y-%b", "%Y %b", "%Y-%b"),
)
YEARLESS: Final = ("%d %b", "%b %d", "%d. %b", "%d-%b", "%b-%d", "%d%o %b", "%b %d%o", "%d de %b")
_WEEKS: Final = ("%G-W%V-%u", "%G-W%V", "%GW%V", "%G W%V")
_COMPACT_TIME: Final = ("%Y%m%dT%H%M%S", "%Y%m%dT%H%M%SZ")
_CALLED: Final = ("%d.%m.%Y, %H:%M", "%d.%m.%Y, %H:%M Uhr", "%d.%m.%Y %H:%M Uhr", "%H:%M Uhr", "%H.%M Uhr")
_POINTED: Final = tuple(day + time for day in ("%d.%m.%Y", "%d.%m.%y") for time in (" %H.%M", " %H.%M.%S"))
_QUARTERS: Final = ("%Y-Q%q", "%Y Q%q", "%YQ%q", "Q%q %Y", "Q%q-%Y", "Q%q/%Y")
_EASTERN: Final = ("%Y년 %m월 %d일", "%Y년 %m월", "%Y년", "%Y年%m月%d日", "%Y年%m月", "%Y年")
_CLOCKS: Final = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p", "%I:%M%p", "%H:%M:%S%z", "%H.%M.%S")
_MONTHS: Final = ("%m/%Y", "%m.%Y", "%Y/%m")

DATE_FORMATS: Final = (
    *(*_ISO, *_SLASHED, *_SHORT, *_DOTTED, *_POINTED, *_NAMED, *_QUARTERS, *_WEEKS),
    *(*_EASTERN, *_CLOCKS, *_MONTHS, *_COMPACT_TIME, *YEAR_FIRST, *YEARLESS, *_CALLED),
)
"""Ways to write a date, the likelier reading first where two fit every row."""

_FIRST_DAY: Final = 1900_01_01
_LAST_DAY: Final = 2100_12_31
_COMPACT_RANGES: Final = ((_FIRST_DAY, _LAST_DAY), (101_1900, 3112_2100), (101_1900, 1231_2100))
_FEWEST_COMPACT: Final = 5  # different numbers


def tells_time(form: str) -> bool:
    """Whether a form has a time of day, or may have one."""
    return "%H" in form or "%I" in form or form.startswith(tuple(COUNTED))


def tells_year(form: str) -> bool:
    """Whether a form has a year."""
    return any(token in form for token in ("%Y", "%y", "%G")) or form.startswith(tuple(COUNTED))


def is_clock(form: str) -> bool:
    """Whether a form is a time of day and nothing else."""
    return tells_time(form) and not tells_year(form)


def date_order(form: str) -> str:
    """Return in which order a form has day, month and year, as "dmy"."""
    return "".join(re.findall("%([dmy])", form.replace("%b", "%m").lower()))


def compact_forms(low: float, high: float, n_distinct: int, *, day_first: bool, order: str | None) -> list[str]:
    """Return how whole numbers could be dates such as 20240131 and 31012024, going by their range; the likelier first.

    Parameters
    ----------
    low, high : float
        The lowest and the highest number.
    n_distinct : int
        How many different ones there are.
    day_first : bool
        Whether the day is more likely to come before the month.
    order : str, optional
        In which order the user says that day, month and year stand.
    """
    if n_distinct < _FEWEST_COMPACT:
        return []
    ranges = (*_COMPACT_RANGES, *((_FIRST_DAY * size, (_LAST_DAY + 1) * size) for size in (10**4, 10**6)))
    forms = [form for form, (least, most) in zip(COMPACT, ranges, strict=True) if least <= low and high <= most]
    forms.sort(key=lambda form: form.startswith("%m" if day_first else "%d"))
    return [form for form in forms if date_order(form) == order] or forms
