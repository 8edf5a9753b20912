"""Times as people say them."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale

from ann_viz.translation import translate

__all__ = ["day_text", "time_text"]


def time_text(seconds: float) -> str:
    """Return a time of today as "14:02", an earlier one with its day.

    Parameters
    ----------
    seconds : float
        Since 1970.
    """
    when = QDateTime.fromSecsSinceEpoch(int(seconds))
    is_today = when.date() == QDateTime.currentDateTime().date()
    if is_today:
        return QLocale().toString(when.time(), QLocale.FormatType.ShortFormat)
    return QLocale().toString(when, QLocale.FormatType.ShortFormat)


def day_text(seconds: float) -> str:
    """Return when something was, as far as it matters in a list: "today, 14:02", "yesterday", "27 Nov".

    Parameters
    ----------
    seconds : float
        Since 1970.
    """
    day, today = QDateTime.fromSecsSinceEpoch(int(seconds)).date(), QDateTime.currentDateTime().date()
    if day == today:
        return translate("today, {time}").format(time=time_text(seconds))
    if day.addDays(1) == today:
        return translate("yesterday")
    return QLocale().toString(day, "d MMM" if day.year() == today.year() else QLocale.FormatType.ShortFormat)
