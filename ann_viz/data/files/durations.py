"""How long something took, as people write it: 32:48:00, 1 day 02:15:00, 2h 13m, PT4M13S. Read as hours.

A time of day looks the same as long as it stays below 24 hours: then it is one, unless the column is called a duration.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache
from typing import Final

__all__ = ["DURATIONS", "duration_sql", "durations_for", "parse_duration"]

_CLOCK: Final = "duration 1:30:00"
_LAPS: Final = "duration 90:00"
_WORDS: Final = "duration 1h 30m"
DURATIONS: Final = (_CLOCK, _LAPS, _WORDS)
"""Forms: two numbers are hours and minutes in the first, minutes and seconds in the second."""

_FRACTION: Final = r"(?:[.,][0-9]{1,9})?"
_CLOCKED: Final = rf"(-?)(?:([0-9]{{1,5}}) ?d(?:ays?)?,? ?)?([0-9]{{1,5}}):([0-5][0-9])(?::([0-5][0-9]{_FRACTION}))?"
_LAPPED: Final = rf"(-?)()(?:([0-9]{{1,5}}):)?([0-9]{{1,5}}):([0-5][0-9]{_FRACTION})"
_UNITS: Final = (
    *("d|days?|tage?", "h|hrs?|hours?|std\\.?|stunden?", "m|mins?|minutes?|minuten?|min\\."),
    "s|secs?|seconds?|sek\\.?|sekunden?",
)
_WORDED: Final = (
    "(-?)P? ?"
    + "".join(rf"(?:([0-9]{{1,6}}{_FRACTION if i == 3 else ''}) ?(?:{unit}),?)? ?T? ?" for i, unit in enumerate(_UNITS))
).removesuffix(" ?T? ?")
_PAIR: Final = re.compile("[0-9]{1,2}:[0-9]{2}")
_PATTERNS: Final = {_CLOCK: _CLOCKED, _LAPS: _LAPPED, _WORDS: _WORDED}
_HOURS: Final = (24.0, 1.0, 1.0 / 60.0, 1.0 / 3600.0)


@cache
def _compiled(form: str) -> re.Pattern[str]:
    return re.compile(_PATTERNS[form], re.IGNORECASE | re.ASCII)


def parse_duration(text: str, form: str) -> float:
    """Return the hours that a trimmed cell says, NaN where it is no such duration."""
    found = _compiled(form).fullmatch(text)
    if found is None or not any(map(str.isdigit, text)):
        return math.nan
    sign, *parts = found.groups()
    hours = sum(float((part or "0").replace(",", ".")) * size for part, size in zip(parts, _HOURS, strict=True))
    return -hours if sign else hours


def duration_sql(value: str, form: str) -> str:
    """Return SQL for the hours that a trimmed cell says, NULL where it is no such duration."""
    pattern = "'(?i)^" + _PATTERNS[form] + "$'"
    parts = (f"replace(regexp_extract({value}, {pattern}, {place}), ',', '.')" for place in range(2, 6))
    hours = " + ".join(
        f"coalesce(try_cast({part} AS DOUBLE), 0) * {size!r}" for part, size in zip(parts, _HOURS, strict=True)
    )
    sign = f"CASE WHEN starts_with({value}, '-') THEN -1 ELSE 1 END"
    fits = f"regexp_full_match({value}, {pattern}) AND regexp_matches({value}, '[0-9]')"
    return f"CASE WHEN {fits} THEN {sign} * ({hours}) END"


def durations_for(samples: Iterable[str]) -> list[str]:
    """Return the forms that read most of some cells, the likelier first.

    Two numbers are minutes and seconds where other cells have three, or where the first goes beyond a day but not an
    hour and the second is no round one, as of hours at work.
    """
    texts = list(samples)
    counts = {form: sum(not math.isnan(parse_duration(text, form)) for text in texts) for form in DURATIONS}
    forms = [form for form in DURATIONS if 2 * counts[form] >= len(texts)]
    times = {text.count(":") for text in texts}
    pairs = [tuple(map(int, text.split(":"))) for text in texts if _PAIR.fullmatch(text)]
    beyond_a_day = 24 <= max((first for first, _ in pairs), default=0) < 60
    laps = (
        times >= {1, 2}
        or any("." in text or "," in text for text in texts if text.count(":") == 1)
        or (beyond_a_day and any(second % 5 for _, second in pairs))
    )
    return sorted(forms, key=lambda form: (-counts[form], (form == _LAPS) != laps))
