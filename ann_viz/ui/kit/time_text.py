"""Times as people say them."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale

__all__ = ["time_text"]


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
