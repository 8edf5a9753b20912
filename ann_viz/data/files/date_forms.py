"""Dates and times as people write them: which forms are known, and how to read one, in Python and in SQL.

A form is named like a format of ``strptime``. What a form accepts is one pattern used on both sides, so that both read
the same cells. The result is days since 1970; a time of day alone is a share of a day. An offset from UTC is left
aside, so that 14:30+02:00 counts as half past two, the hour that was meant by whoever wrote it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Final

from ann_viz.data.files.month_names import MONTH_PATTERN, month_number, month_sql

__all__ = [
    "COMPACT",
    "DATE_FORMATS",
    "date_order",
    "date_sql",
    "forms_for",
    "is_clock",
    "parse_date",
    "quoted",
    "tells_time",
]

COMPACT: Final = "%Y%m%d"
"""A date written as a whole number; taken for one only where every number of a column is such a date."""

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
_YEAR_FIRST: Final = ("%y/%m/%d", "%y-%m-%d", "%y.%m.%d")
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
_WEEKS: Final = ("%G-W%V-%u", "%G-W%V", "%GW%V", "%G W%V")
_COMPACT_TIME: Final = ("%Y%m%dT%H%M%S", "%Y%m%dT%H%M%SZ")
_POINTED: Final = tuple(day + time for day in ("%d.%m.%Y", "%d.%m.%y") for time in (" %H.%M", " %H.%M.%S"))
_QUARTERS: Final = ("%Y-Q%q", "%Y Q%q", "%YQ%q", "Q%q %Y", "Q%q-%Y", "Q%q/%Y")
_EASTERN: Final = ("%Y년 %m월 %d일", "%Y년 %m월", "%Y년", "%Y年%m月%d日", "%Y年%m月", "%Y年")
_CLOCKS: Final = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p", "%I:%M%p", "%H:%M:%S%z", "%H.%M.%S")
_MONTHS: Final = ("%m/%Y", "%m.%Y", "%Y/%m")

DATE_FORMATS: Final = (
    *(*_ISO, *_SLASHED, *_SHORT, *_DOTTED, *_POINTED, *_NAMED, *_QUARTERS, *_WEEKS),
    *(*_EASTERN, *_CLOCKS, *_MONTHS, *_COMPACT_TIME, *_YEAR_FIRST),
)
"""Ways to write a date, the likelier reading first where two fit every row."""

_DAY: Final = "(?:mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?"
_TOKENS: Final = {
    "%Y": ("Y", "[12][0-9]{3}"),
    "%y": ("y", "[0-9]{2}"),
    "%m": ("m", "0[1-9]|1[0-2]|[1-9]"),
    "%d": ("d", "0[1-9]|[12][0-9]|3[01]|[1-9]"),
    "%b": ("b", MONTH_PATTERN),
    "%o": ("o", "st|nd|rd|th"),
    "%G": ("G", "[12][0-9]{3}"),
    "%V": ("V", "0[1-9]|[1-4][0-9]|5[0-3]"),
    "%u": ("u", "[1-7]"),
    "%q": ("q", "[1-4]"),
    "%H": ("H", "[01][0-9]|2[0-3]|[0-9]"),
    "%I": ("I", "0[1-9]|1[0-2]|[1-9]"),
    "%M": ("M", "[0-5][0-9]"),
    "%S": ("S", "[0-5][0-9]"),
    "%p": ("p", "am|pm"),
    "%a": ("a", _DAY),
}
_TAIL: Final = r"([.,][0-9]{1,9})? ?(z|utc|gmt|[+-][0-9]{2}:?([0-9]{2})?)?"
_SECONDS_PER_DAY: Final = 86400.0
_PROBES: Final = 5  # cells whose shape tells which forms are worth trying
_CENTURY: Final = 69  # as C and its descendants read two digits: 69 is 1969, 68 is 2068


def quoted(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def tells_time(form: str) -> bool:
    """Whether a form has a time of day."""
    return "%H" in form or "%I" in form


def is_clock(form: str) -> bool:
    """Whether a form is a time of day and nothing else."""
    return tells_time(form) and "%Y" not in form and "%y" not in form


def date_order(form: str) -> str:
    """Return in which order a form has day, month and year, as "dmy"."""
    return "".join(re.findall("%([dmy])", form.replace("%b", "%m").lower()))


def forms_for(samples: Sequence[str], day_first: bool, order: str | None = None) -> list[str]:
    """Return the forms that read most of the samples, those that read the most first, of these the likelier.

    Parameters
    ----------
    samples : sequence of str
        Cells of one column.
    day_first : bool
        Whether 3/4/2024 is more likely in April than in March.
    order : str, optional
        In which order the user says that day, month and year stand: such forms alone are then taken where some fit.
    """
    probes = [text for text in samples if any(map(str.isdigit, text))][:_PROBES]
    likely = [form for form in DATE_FORMATS if any(_pattern(form).fullmatch(text) for text in probes)]
    counts = {form: sum(not math.isnan(parse_date(text, form)) for text in samples) for form in likely}
    forms = [form for form in likely if counts[form] * 2 >= len(samples)]
    if order != "ymd":
        forms = [form for form in forms if form not in _YEAR_FIRST]
    forms.sort(key=lambda form: (-counts[form], (day_first or "-" in form) and form.startswith("%m")))
    return [form for form in forms if date_order(form) == order] or forms


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """Pattern of the cells a form accepts, with the parts as named groups."""
    return re.compile(_pattern_text(form, named=True), re.IGNORECASE | re.ASCII)


@cache
def _pattern_text(form: str, named: bool = False) -> str:
    parts = re.split(r"(%[A-Za-z])", form)
    text = ""
    for part in parts:
        if part in _TOKENS:
            name, pattern = _TOKENS[part]
            if form.startswith(COMPACT):
                pattern = pattern.removesuffix("|[1-9]")
            text += f"(?P<{name}>{pattern})" if named else f"({pattern})"
        else:
            text += _TAIL if part == "%z" else re.escape(part).replace(r"\ ", " ").replace(r"\-", "-")
    return text


def parse_date(text: str, form: str, until: int | None = None) -> float:
    """Read one date, as `date_sql` does.

    Parameters
    ----------
    text : str
        The cell without blanks around it.
    form : str
        One of `DATE_FORMATS`.
    until : int, optional
        Of years with two digits, the last that is meant.

    Returns
    -------
    float
        Days since 1970, NaN where the cell is no such date.
    """
    found = _pattern(form).fullmatch(text)
    if found is None:
        return math.nan
    parts = found.groupdict()
    if "G" in parts:
        return _week(parts)
    year, month = _year(parts), _month(parts)
    if until is not None and year > until:
        year -= 100
    day = int(parts.get("d") or 1)
    try:
        date = datetime(year, month, day, _hour(parts), int(parts.get("M") or 0), int(parts.get("S") or 0), tzinfo=UTC)
    except ValueError:
        return math.nan  # such as 30 February
    return date.timestamp() / _SECONDS_PER_DAY


def _year(parts: dict[str, str]) -> int:
    if "y" in parts:
        short = int(parts["y"])
        return short + (1900 if short >= _CENTURY else 2000)
    return int(parts.get("Y", 1970))


def _month(parts: dict[str, str]) -> int:
    if "q" in parts:
        return 3 * int(parts["q"]) - 2
    if "b" in parts:
        return month_number(parts["b"])
    return int(parts.get("m") or 1)


def _week(parts: dict[str, str]) -> float:
    """A day of a week, its Monday where none is named."""
    try:
        day = datetime.fromisocalendar(int(parts["G"]), int(parts["V"]), int(parts.get("u") or 1))
    except ValueError:
        return math.nan  # most years have 52 weeks
    return (day.replace(tzinfo=UTC)).timestamp() / _SECONDS_PER_DAY


def _hour(parts: dict[str, str]) -> int:
    if "I" in parts:
        return int(parts["I"]) % 12 + 12 * (parts["p"].lower() == "pm")
    return int(parts.get("H") or 0)


def date_sql(value: str, form: str, until: int | None = None) -> str:
    """Return SQL for the days since 1970 of a trimmed cell, NULL where it is no such date.

    Parameters
    ----------
    value : str
        SQL of the cell.
    form : str
        One of `DATE_FORMATS`.
    until : int, optional
        Of years with two digits, the last that is meant.
    """
    text, how = value, form
    if form.endswith("%z"):
        text, how = f"regexp_replace({text}, {quoted('(?i)' + _TAIL + '$')}, '')", form.removesuffix("%z")
    if how.startswith("%a"):
        text, how = f"regexp_replace({text}, {quoted(f'(?i)^{_DAY},? ')}, '')", how.split(" ", 1)[1]
    if "%o" in how:
        text, how = f"regexp_replace({text}, '(?i)([0-9])(st|nd|rd|th)', '\\1')", how.replace("%o", "")
    if "%b" in how:
        text = month_sql(text)
    if "%V" in how and "%u" not in how:
        text, how = f"{text} || '-1'", f"{how}-%u"
    if "%q" in how:
        year, quarter = (f"regexp_extract({text}, {quoted(found)}, 1)" for found in ("([12][0-9]{3})", "[Qq]([1-4])"))
        text, how = f"{year} || '-' || (3 * try_cast({quarter} AS INTEGER) - 2)", "%Y-%m"
    if is_clock(form):
        text, how = f"'1970-01-01 ' || {text}", f"%Y-%m-%d {how}"
    fits = f"regexp_full_match({value}, {quoted('(?i)' + _pattern_text(form))})"
    moment = f"try_strptime({text}, {quoted(how)})"
    if until is not None:
        # 29 February 2000 has no day a century before.
        earlier = f"CASE WHEN strftime({moment}, '%m-%d') <> '02-29' THEN {moment} - INTERVAL 100 YEAR END"
        moment = f"CASE WHEN year({moment}) > {until} THEN {earlier} ELSE {moment} END"
    return f"CASE WHEN {fits} THEN epoch({moment}) / {_SECONDS_PER_DAY} END"
