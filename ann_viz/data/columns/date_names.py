"""Names of columns that hold dates or durations, whatever their numbers look like."""

from __future__ import annotations

from typing import Final

from ann_viz.data.columns.words import name_words

__all__ = ["names_a_date", "names_a_span"]

_DATES: Final = frozenset(
    (
        *("date", "dates", "datetime", "timestamp", "time", "day", "dt", "ts", "dob", "birthday", "epoch", "when"),
        *("created", "updated", "modified", "datum", "tag", "zeit", "zeitstempel", "geburtstag", "jour", "fecha"),
        *("dia", "hora", "data", "giorno", "ora", "dag", "dzien", "datas", "fechas", "дата", "время", "день"),
        *("日付", "日期", "日時", "時間", "날짜", "일자", "시간"),
    )
)
_DATE_ENDS: Final = ("date", "datum", "timestamp", "datetime", "fecha")
_SPANS: Final = frozenset(
    (
        *("duration", "elapsed", "runtime", "lap", "laptime", "length", "took", "dauer", "laufzeit", "spielzeit"),
        *("duree", "duracion", "durata", "duracao", "duur", "finish", "split", "uptime", "downtime"),
    )
)
_SPAN_ENDS: Final = ("dauer", "duration", "laufzeit", "runtime")


def names_a_date(name: str) -> bool:
    """Whether a name says that its column holds dates: order_date, Bestelldatum, created_at."""
    words = name_words(name)
    return any(word in _DATES or word.endswith(_DATE_ENDS) for word in words)


def names_a_span(name: str) -> bool:
    """Whether a name says how long something took: duration, elapsed time, Fahrtdauer."""
    words = name_words(name)
    return any(word in _SPANS or word.endswith(_SPAN_ENDS) for word in words)
