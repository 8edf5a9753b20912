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

from ann_viz.data.files.date_formats import COMPACT, DATE_FORMATS, YEAR_FIRST, YEARLESS, date_order, is_clock
from ann_viz.data.files.month_names import MONTH_PATTERN, month_number, month_sql

__all__ = [
    "date_sql",
    "forms_for",
    "parse_date",
    "quoted",
]

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
_EPOCH_YEAR: Final = 1970
_PROBES: Final = 5  # cells whose shape tells which forms are worth trying
_CENTURY: Final = 69  # as C and its descendants read two digits: 69 is 1969, 68 is 2068
_LEAP_YEAR: Final = 1972  # stands for the year of dates that have none, so that 29 February is one
_DAYS_OF_MONTH: Final = 31
_YEARS_SELDOM_TOLD: Final = 12  # more different numbers beside names of months may be days
_SELDOM_A_YEAR: Final = 28  # and are, if one of them is as high
_LIKELY_YEAR: Final = "19[0-9]{2}|20[0-9]{2}|2100"
_WIDTHS: Final = dict(zip(COMPACT, (8, 8, 8, 12, 14), strict=True))


def quoted(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


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
        forms = [form for form in forms if form not in YEAR_FIRST]
    days = _are_days(samples)
    forms.sort(
        key=lambda form: (
            -counts[form],
            days and "%y" in form and "%d" not in form,
            (day_first or "-" in form) and form.startswith("%m"),
        )
    )
    return [form for form in forms if date_order(form) == order] or forms


def _are_days(samples: Sequence[str]) -> bool:
    """Whether numbers beside names of months are days rather than years with two digits."""
    numbers = {int(number) for text in samples for number in re.findall("[0-9]+", text)}
    return _SELDOM_A_YEAR <= max(numbers, default=0) <= _DAYS_OF_MONTH and len(numbers) > _YEARS_SELDOM_TOLD


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
            if form in COMPACT and part == "%Y":
                pattern = _LIKELY_YEAR
            if text and form.startswith(COMPACT):
                pattern = pattern.removesuffix("|[0-9]").removesuffix("|[1-9]")
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
    if "Y" in parts:
        return int(parts["Y"])
    return _LEAP_YEAR if "d" in parts else _EPOCH_YEAR


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
    text, how = _for_database(value, form)
    fits = f"regexp_full_match({value}, {quoted('(?i)' + _pattern_text(form))})"
    moment = f"try_strptime({text}, {quoted(how)})"
    if until is not None:
        # 29 February 2000 has no day a century before.
        earlier = f"CASE WHEN strftime({moment}, '%m-%d') <> '02-29' THEN {moment} - INTERVAL 100 YEAR END"
        moment = f"CASE WHEN year({moment}) > {until} THEN {earlier} ELSE {moment} END"
    return f"CASE WHEN {fits} THEN epoch({moment}) / {_SECONDS_PER_DAY} END"


def _without_end(text: str, form: str) -> tuple[str, str]:
    """SQL for a cell without what a form ends in and the database does not know, and the form without it."""
    for end, pattern in (("%z", _TAIL), (" Uhr", " uhr")):
        if form.endswith(end):
            return f"regexp_replace({text}, {quoted(f'(?i){pattern}$')}, '')", form.removesuffix(end)
    return text, form


def _for_database(text: str, form: str) -> tuple[str, str]:
    """SQL for a cell as the database can read it, and how it is written then."""
    text, how = _without_end(text, form)
    if how.startswith("%a"):
        text, how = f"regexp_replace({text}, {quoted(f'(?i)^{_DAY},? ')}, '')", how.split(" ", 1)[1]
    if "%o" in how:
        text, how = f"regexp_replace({text}, '(?i)([0-9])(st|nd|rd|th)', '\\1')", how.replace("%o", "")
    if "%b" in how:
        text, how = month_sql(text), how.replace("%b.", "%b")
    if "%V" in how and "%u" not in how:
        text, how = f"{text} || '-1'", f"{how}-%u"
    if "%q" in how:
        year, quarter = (f"regexp_extract({text}, {quoted(found)}, 1)" for found in ("([12][0-9]{3})", "[Qq]([1-4])"))
        text, how = f"{year} || '-' || (3 * try_cast({quarter} AS INTEGER) - 2)", "%Y-%m"
    if form in YEARLESS:
        text, how = f"{text} || ' {_LEAP_YEAR}'", f"{how} %Y"
    if form in COMPACT:
        text = f"lpad({text}, {_WIDTHS[form]}, '0')"  # numbers lose the zero before a first of January
    if is_clock(form):
        text, how = f"'1970-01-01 ' || {text}", f"%Y-%m-%d {how}"
    return text, how
