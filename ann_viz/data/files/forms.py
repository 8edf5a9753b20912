"""How the cells of one column are written, as a short text that models and projects keep.

- ``""``: plain numbers.
- ``"decorated"``: numbers with signs of currency and the marks of the file; ``"decorated 1.234,5"``: with marks of
  their own, shown by an example; ``"decorated 1234.5 in kg"``: with a unit.
- a format of ``strptime``: dates; ``"%d.%m.%y until 2026"``: of years with two digits, none is later than that.
- ``"days since 1899-12-30"``: dates as spreadsheets keep them; see `ann_viz.data.files.counted_dates`.
- ``"duration 1:30:00"``: hours; see `ann_viz.data.files.durations`.
- ``"text"``: no numbers, whatever they look like.

At the end may stand numbers that mean "no value" in this column: ``"decorated 1.234,5 without -200.0"``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from ann_viz.data.files.counted_dates import COUNTED
from ann_viz.data.files.date_formats import COMPACT, DATE_FORMATS
from ann_viz.data.files.durations import DURATIONS

__all__ = [
    "AS_TEXT",
    "DECORATED",
    "Form",
    "form_of",
    "is_date",
    "is_duration",
    "is_form",
    "is_label",
    "marked",
    "until",
    "without",
    "without_none",
]

DECORATED: Final = "decorated"
"""Numbers with currency signs, thousands marks or a decimal comma, as the dialect of the file says."""

AS_TEXT: Final = "text"
"""Chosen by the user for a column whose numbers or dates are to be read as texts."""

_WITHOUT: Final = " without "
_UNIT: Final = " in "
_UNTIL: Final = " until "
_MARKS: Final = re.compile(r"1([^\w+-]?)234([.,])5")
_DATES: Final = frozenset((*COMPACT, *DATE_FORMATS, *COUNTED))
_HOUR: Final = "h"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form taken apart.

    Parameters
    ----------
    base : str
        ``""``, `DECORATED`, `AS_TEXT`, a form of durations or one of dates.
    decimal : str, optional
        The decimal mark; that of the file without it.
    thousands : str, optional
        The thousands mark, looked at only where there is a decimal mark.
    unit : str
        What stands behind every number, or before it where it ends in a colon; hours of durations.
    until : int, optional
        Of years with two digits, the last that is meant.
    without : tuple of float
        Numbers that mean "no value"; of dates the days since 1970.
    """

    base: str
    decimal: str | None = None
    thousands: str | None = None
    unit: str = ""
    until: int | None = None
    without: tuple[float, ...] = ()


@cache
def form_of(text: str) -> Form:
    """Take a form apart.

    Raises
    ------
    ValueError
        When it is none.
    """
    written, _, numbers = text.partition(_WITHOUT)
    absent = tuple(map(float, numbers.split()))
    written = written.replace("%B", "%b")  # which earlier versions told apart
    written, _, until = written.partition(_UNTIL) if "%y" in written else (written, "", "")
    if written in _DATES and until:
        return Form(base=written, until=int(until), without=absent)
    if written in _DATES or written in ("", DECORATED, AS_TEXT):
        return Form(base=written, without=absent)
    if written in DURATIONS:
        return Form(base=written, unit=_HOUR, without=absent)
    example, _, unit = written.removeprefix(DECORATED + " ").partition(_UNIT)
    marks = _MARKS.fullmatch(example)
    if marks is None or not written.startswith(DECORATED) or marks[1] == marks[2]:
        raise ValueError(f"there is no way to write numbers or dates called {text!r}")
    return Form(base=DECORATED, decimal=marks[2], thousands=marks[1] or None, unit=unit, without=absent)


def is_form(text: str) -> bool:
    """Whether a text is a form."""
    try:
        form_of(text)
    except ValueError:
        return False
    return True


def is_date(text: str) -> bool:
    """Whether a form is one of dates rather than of numbers."""
    return form_of(text).base in _DATES


def is_duration(text: str) -> bool:
    """Whether a form says how long something took."""
    return form_of(text).base in DURATIONS


def marked(decimal: str, thousands: str | None, unit: str = "") -> str:
    """Return the form of numbers with these marks and this unit."""
    return f"{DECORATED} 1{thousands or ''}234{decimal}5" + (f"{_UNIT}{unit}" if unit else "")


def is_label(unit: str) -> bool:
    """Whether what a form has for a unit stands before every number, as "weight:" does."""
    return unit.endswith((":", "="))


def until(text: str, year: int) -> str:
    """Return a form of dates with two-digit years of which none is later than that."""
    return f"{text}{_UNTIL}{year}"


def without_none(text: str) -> str:
    """Return a form in which every number is a value."""
    return text.partition(_WITHOUT)[0]


def without(text: str, numbers: Iterable[float]) -> str:
    """Return a form in which these numbers too mean "no value"."""
    written, _, earlier = text.partition(_WITHOUT)
    absent = sorted({*map(float, earlier.split()), *numbers})
    return written + (_WITHOUT + " ".join(map(repr, absent)) if absent else "")
