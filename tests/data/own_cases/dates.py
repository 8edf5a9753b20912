"""Dates, times and durations as they are written in many places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from tests.data.own_cases.case import Case, Column, N, case

__all__ = ["date_cases"]

_EPOCH: Final = date(1970, 1, 1)
_DAYS: Final = tuple(date(2021, 1, 5) + timedelta(days=23 * i * 7 % 900) for i in range(N))
_MONTHS: Final = {
    "german": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "german_short": "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "french_short": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "french": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "spanish": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "italian": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "portuguese": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
}
_FORMS: Final = {
    "iso": "%Y-%m-%d",
    "iso_t": "%Y-%m-%dT00:00:00Z",
    "slashes_iso": "%Y/%m/%d",
    "dots": "%d.%m.%Y",
    "dots_time": "%d.%m.%Y, 00:00 Uhr",
    "dots_short": "%d.%m.%y",
    "day_slash": "%d/%m/%Y",
    "month_slash": "%m/%d/%Y",
    "day_dash": "%d-%m-%Y",
    "sas": "%d%b%Y",
    "oracle": "%d-%b-%y",
    "english": "%d %B %Y",
    "american": "%B %d, %Y",
    "american_short": "%b %d, %Y",
    "with_weekday": "%a, %d %b %Y",
    "asctime": "%a %b %d 00:00:00 %Y",
    "apache": "%d/%b/%Y:00:00:00 +0000",
    "compact": "%Y%m%d",
    "compact_day": "%d%m%Y",
    "compact_month": "%m%d%Y",
    "compact_minute": "%Y%m%d0000",
    "compact_second": "%Y%m%d000000",
    "chinese": "%Y年%m月%d日",
    "korean": "%Y년 %m월 %d일",
    "week_day": "%G-W%V-%u",
}


def _days(days: Sequence[date]) -> list[float]:
    return [float((day - _EPOCH).days) for day in days]


def date_cases() -> Iterator[Case]:
    """Yield the cases."""
    expected = Column(kind="date", cells=_days(_DAYS))
    for name, form in _FORMS.items():
        yield case(f"date_{name}", "date form", [day.strftime(form) for day in _DAYS], expected, column="when")
    writers: dict[str, Callable[[date, str], str]] = {
        "german": lambda day, month: f"{day.day}. {month} {day.year}",
        "german_short": lambda day, month: f"{day.day:02}. {month} {day.year}",
        "french_short": lambda day, month: f"{day.day} {month} {day.year}",
        "french": lambda day, month: f"{day.day} {month} {day.year}",
        "spanish": lambda day, month: f"{day.day} de {month} de {day.year}",
        "italian": lambda day, month: f"{day.day} {month} {day.year}",
        "portuguese": lambda day, month: f"{day.day} de {month} de {day.year}",
    }
    for name, months in _MONTHS.items():
        cells = [writers[name](day, months.split()[day.month - 1]) for day in _DAYS]
        yield case(f"month_{name}", "month names", cells, expected, column="when")
    yield from _other_dates()
    yield from _odd_dates()
    yield from _counted()
    yield from _times()


def _other_dates() -> Iterator[Case]:
    births = [date(1930 + i, 1 + i % 12, 1 + i % 28) for i in range(N)]
    yield case(
        "birth_two_digits",
        "two-digit years",
        [day.strftime("%d.%m.%y") for day in births],
        Column(kind="date", cells=_days(births)),
        column="Date of birth",
        findings=frozenset(("short years",)),
    )
    early = [date(2024, 1 + i % 12, 1 + i * 5 % 12) for i in range(N)]
    for name, form in (("slash", "%d/%m/%Y"), ("dash", "%d-%m-%Y")):
        cells = [day.strftime(form) for day in early]
        yield case(
            f"undecided_{name}", "day or month", cells, Column(kind="date"), findings=frozenset(("two readings",))
        )
    ordinal = [
        "st" if d % 10 == 1 != d // 10 else "nd" if d == 2 or d == 22 else "rd" if d in (3, 23) else "th"
        for d in range(32)
    ]
    cells = [f"{day.day}{ordinal[day.day]} {day:%B %Y}" for day in _DAYS]
    yield case("ordinal", "date form", cells, Column(kind="date", cells=_days(_DAYS)), column="when")
    quarters = [f"Q{1 + i % 4} {2015 + i // 4}" for i in range(N)]
    starts = _days([date(2015 + i // 4, 1 + 3 * (i % 4), 1) for i in range(N)])
    yield case("quarters", "date form", quarters, Column(kind="date", cells=starts), column="when")
    weeks = [f"{2020 + i // 20}-W{1 + i % 20 * 2:02}" for i in range(N)]
    mondays = _days([date.fromisocalendar(2020 + i // 20, 1 + i % 20 * 2, 1) for i in range(N)])
    yield case("weeks", "date form", weeks, Column(kind="date", cells=mondays), column="week")
    yearless = [date(1972, 1 + i % 12, 1 + i % 28) for i in range(N)]
    sales = [date(2010 + i % 14, 1 + i % 12, 1) for i in range(N)]
    cells = [f"{day:%b-%y}" for day in sales]
    yield case("short_years_of_months", "date form", cells, Column(kind="date", cells=_days(sales)), column="month")
    for name, form in (("day_first", "%d %B"), ("month_first", "%B %d"), ("short", "%d-%b")):
        cells = [day.strftime(form) for day in yearless]
        yield case(f"no_year_{name}", "date form", cells, Column(kind="date", cells=_days(yearless)), column="when")


def _odd_dates() -> Iterator[Case]:
    for i, word in enumerate(("unknown", "31/02/2023", "0000-00-00", "soon", "00/00/0000", "n. d.", "31/12/9999")):
        cells = [day.strftime("%d/%m/%Y") for day in _DAYS]
        cells[5 * i] = word
        right = [float("nan") if row == 5 * i else x for row, x in enumerate(_days(_DAYS))]
        expected = Column(kind="date", cells=right, n_odd=1)
        yield case(f"odd_date_{i}", "odd date", cells, expected, column="when", findings=frozenset(("odd cells",)))
    for name, day in (("1900", date(1900, 1, 1)), ("2099", date(2099, 12, 31))):
        days = [day if i % 9 == 4 else other for i, other in enumerate(_DAYS)]
        expected = Column(kind="date", cells=_days(days))
        wanted = frozenset(("sentinel",))
        yield case(
            f"sentinel_{name}", "sentinel", [d.isoformat() for d in days], expected, column="end", findings=wanted
        )


def _counted() -> Iterator[Case]:
    serials = [days + 25569 for days in _days(_DAYS)]
    wanted = frozenset(("counted dates",))
    for column in ("OrderDate", "Bestelldatum", "fecha", "created"):
        expected = Column(kind="number", cells=serials)
        yield case(
            f"excel_{column}", "Excel serials", [f"{x:.0f}" for x in serials], expected, column=column, findings=wanted
        )
    seconds = [days * 86400 + 3600 * (i % 24) for i, days in enumerate(_days(_DAYS))]
    for name, size in (("s", 1), ("ms", 1000)):
        cells = [f"{x * size:.0f}" for x in seconds]
        expected = Column(kind="number", cells=[float(cell) for cell in cells])
        yield case(f"epoch_{name}", "epoch", cells, expected, column="created_at", findings=wanted)
    salaries = [20_000.0 + 977 * i * 13 % 39_000 for i in range(N)]
    expected = Column(kind="number", cells=salaries)
    yield case("salary", "no date", [f"{x:.0f}" for x in salaries], expected, column="salary", silent=wanted)


def _times() -> Iterator[Case]:
    minutes = [37 * i * 11 % 1440 for i in range(N)]
    shares = [m / 1440 for m in minutes]
    for name, cells in (
        ("24", [f"{m // 60:02}:{m % 60:02}" for m in minutes]),
        ("12", [f"{(m // 60 + 11) % 12 + 1}:{m % 60:02} {'AM' if m < 720 else 'PM'}" for m in minutes]),
        ("12_small", [f"{(m // 60 + 11) % 12 + 1}:{m % 60:02}{'am' if m < 720 else 'pm'}" for m in minutes]),
    ):
        yield case(f"time_{name}", "times", cells, Column(kind="date", cells=shares), column="departure")
    hours = [m * 3 / 60 for m in minutes]
    for name, cells in (
        ("clock", [f"{3 * m // 60}:{3 * m % 60:02}:00" for m in minutes]),
        ("days", [f"{3 * m // 1440} days {3 * m // 60 % 24:02}:{3 * m % 60:02}:00" for m in minutes]),
        ("words", [f"{3 * m // 60}h {3 * m % 60}m" for m in minutes]),
        ("iso", [f"PT{3 * m // 60}H{3 * m % 60}M" for m in minutes]),
    ):
        yield case(f"duration_{name}", "durations", cells, Column(kind="number", cells=hours), column="elapsed")
    short = [37 * i * 11 % 3600 for i in range(N)]
    yield case(
        "duration_minutes",
        "durations",
        [f"{s // 60:02}:{s % 60:02}" for s in short],
        Column(kind="number", cells=[s / 3600 for s in short]),
        column="lap time",
    )
    laps = [
        f"{m // 60}:{m % 60:02}" if m < 3600 else f"{m // 3600}:{m // 60 % 60:02}:{m % 60:02}"
        for m in (m * 4 for m in minutes)
    ]
    yield case(
        "duration_laps",
        "durations",
        laps,
        Column(kind="number", cells=[4 * m / 3600 for m in minutes]),
        column="finish",
    )
