"""Dates as numbers: the year or the days since 1970 as they are, month, weekday and hour as points of a circle.

On a circle December lies beside January, as it does in the year: sine and cosine of the angle are the two inputs.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, time, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.files.counted_dates import COUNTED
from ann_viz.data.files.date_formats import tells_time, tells_year
from ann_viz.data.files.forms import form_of
from ann_viz.numerals import counted
from ann_viz.translation import translatable, translate

__all__ = [
    "CYCLES",
    "angle",
    "chosen_parts",
    "date_part",
    "date_text",
    "day_in_words",
    "default_parts",
    "on_circle",
    "part_in_words",
    "part_labels",
    "possible_parts",
]

CYCLES: Final = {"month": 12, "weekday": 7, "hour": 24}
"""How many of each go round once."""

_MONTHS: Final = (
    *(translatable("January"), translatable("February"), translatable("March"), translatable("April")),
    *(translatable("May"), translatable("June"), translatable("July"), translatable("August")),
    *(translatable("September"), translatable("October"), translatable("November"), translatable("December")),
)
_WEEKDAYS: Final = (
    *(translatable("Monday"), translatable("Tuesday"), translatable("Wednesday"), translatable("Thursday")),
    *(translatable("Friday"), translatable("Saturday"), translatable("Sunday")),
)
_PLAIN: Final = ("year", "month", "weekday")
_TELLING: Final = {"year": ("%Y", "%y", "%G"), "month": ("%m", "%b", "%B", "%q", "%V"), "weekday": ("%d", "%u")}
_NOT_WRITTEN: Final = ("%q", "%z", "%o")  # quarters, offsets and the th of 5th are read but not written by `strftime`
_ISO: Final = "%Y-%m-%d %H:%M"
_ISO_DAY: Final = "%Y-%m-%d"

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_YEAR: Final = 1970
_EPOCH_WEEKDAY: Final = 3  # a Thursday, where Monday is 0
_SECONDS_PER_DAY: Final = 86_400
_SECONDS_PER_HOUR: Final = 3_600
_MINUTES_PER_HOUR: Final = 60


def default_parts(form: str, has_time: bool) -> tuple[str, ...]:
    """Return the parts of a date that become inputs unless the user says otherwise.

    Parameters
    ----------
    form : str
        How dates are written; a year and month alone have no weekday, a time of day alone has neither.
    has_time : bool
        Whether there is a time of day.
    """
    told = [part for part in _PLAIN if _tells(form, part)]
    parts = (*told, "hour") if has_time else tuple(told)
    return parts or _PLAIN


def _tells(form: str, part: str) -> bool:
    """Whether dates written like this have a year, a month, or a day of which the year tells the weekday."""
    if not tells_year(form) and part == "weekday":
        return False
    return form_of(form).base in COUNTED or any(token in form for token in _TELLING[part])


def possible_parts(form: str, has_time: bool) -> tuple[str, ...]:
    """Return the parts that dates written like this have: those of `default_parts`, and the days since 1970."""
    usual = default_parts(form, has_time)
    return usual if usual == ("hour",) else (*usual, "days")  # a time of day alone is on no day


def chosen_parts(wanted: tuple[str, ...] | None, form: str, has_time: bool) -> tuple[str, ...]:
    """Return the parts that become inputs: those of `wanted` that such dates have, the usual ones where none is left.

    A plan made for one file may be used for another, whose dates are written otherwise.
    """
    possible = possible_parts(form, has_time)
    return tuple(part for part in wanted or () if part in possible) or default_parts(form, has_time)


def part_labels(part: str) -> tuple[str, ...]:
    """Return the labels of the inputs that one part becomes."""
    return (f"{part} sin", f"{part} cos") if part in CYCLES else (part,)


def date_part(days: NDArray[np.float64], part: str) -> NDArray[np.float64]:
    """Return one part of some dates.

    Parameters
    ----------
    days : ndarray of float64, shape (n,)
        Days since 1970, without NaN.
    part : str
        One of ``"year"``, ``"month"`` (0 for January), ``"weekday"`` (0 for Monday), ``"hour"`` (14.5 for half past
        two) and ``"days"``.

    Returns
    -------
    ndarray of float64, shape (n,)
    """
    if part == "days":
        return days
    # Whole seconds: a fraction of a day can't hold 13:00 exactly.
    day, second = np.divmod(np.rint(days * _SECONDS_PER_DAY).astype(np.int64), _SECONDS_PER_DAY)
    if part == "hour":
        hours: NDArray[np.float64] = second / _SECONDS_PER_HOUR
        return hours
    if part == "weekday":
        return ((day + _EPOCH_WEEKDAY) % CYCLES["weekday"]).astype(np.float64)
    months = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    year, month = np.divmod(months, CYCLES["month"])
    return (year + _EPOCH_YEAR if part == "year" else month).astype(np.float64)


def on_circle(values: NDArray[np.float64], part: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return sine and cosine of the places of months, weekdays or hours on their circle."""
    angles = values * (2.0 * math.pi / CYCLES[part])
    return np.sin(angles), np.cos(angles)


def angle(sine: float, cosine: float, part: str) -> float:
    """Return the month, weekday or hour of a point of the circle: the inverse of `on_circle`."""
    return math.atan2(sine, cosine) / (2.0 * math.pi) * CYCLES[part] % CYCLES[part]


def date_text(values: dict[str, float], form: str) -> str:
    """Write down a date of which some parts are known.

    Parameters
    ----------
    values : dict of str to float
        The parts, as `date_part` gives them.
    form : str
        How the file writes dates; used when the days since 1970 are among the parts.

    Returns
    -------
    str
        The date, or what is known of it, such as "April 2013, Friday, 14:30".
    """
    if "days" in values:
        try:
            days = values["days"] if tells_time(form) else round(values["days"])
            moment = _moment(days)
        except (OverflowError, ValueError):  # no calendar goes there
            return _far_from_1970(values["days"])
        written = form_of(form).base
        if written in COUNTED:
            written = _ISO if moment.time() != time() else _ISO_DAY
        return moment.strftime(_ISO if any(token in written for token in _NOT_WRITTEN) else written)
    known = [_month_and_year(values)] if "month" in values or "year" in values else []
    if "weekday" in values:
        known.append(part_in_words(values["weekday"], "weekday"))
    if "hour" in values:
        known.append(part_in_words(values["hour"], "hour"))
    return ", ".join(known)


def part_in_words(value: float, part: str) -> str:
    """Return a month, weekday or hour by its name: "July", "Tuesday", "14:30"."""
    if part == "hour":
        hour, minute = divmod(round(value * _MINUTES_PER_HOUR), _MINUTES_PER_HOUR)
        return f"{hour % CYCLES['hour']:02}:{minute:02}"
    names = _MONTHS if part == "month" else _WEEKDAYS
    return translate(names[round(value) % CYCLES[part]])


def day_in_words(days: float) -> str:
    """Return a day, given in days since 1970, as it is read: "20 July 2021"."""
    try:
        moment = _moment(math.floor(days))
    except (OverflowError, ValueError):  # no calendar goes there
        return _far_from_1970(days)
    return translate("{day} {month} {year}").format(
        day=moment.day, month=translate(_MONTHS[moment.month - 1]), year=moment.year
    )


def _moment(days: float) -> datetime:
    return _EPOCH + timedelta(seconds=round(days * _SECONDS_PER_DAY))


def _far_from_1970(days: float) -> str:
    return counted("{n} day after 1970", "{n} days after 1970", round(days))


def _month_and_year(values: dict[str, float]) -> str:
    month = part_in_words(values["month"], "month") if "month" in values else ""
    year = f"{round(values['year'])}" if "year" in values else ""
    return f"{month} {year}".strip()
