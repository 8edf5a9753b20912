"""How numbers and dates are written in text, and how to read one; the same rules in Python and in SQL."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.files.counted_dates import COUNTED
from ann_viz.data.files.date_formats import DATE_FORMATS
from ann_viz.data.files.date_forms import date_sql, parse_date, quoted
from ann_viz.data.files.dialect import BLANKS, Dialect
from ann_viz.data.files.durations import DURATIONS, duration_sql, parse_duration
from ann_viz.data.files.forms import AS_TEXT, DECORATED, Form, form_of, is_label

__all__ = [
    "CURRENCY",
    "DATE_FORMATS",
    "DECORATED",
    "PLAIN_PATTERN",
    "detect_marks",
    "known_number_sql",
    "number_core",
    "number_sql",
    "parse_core",
    "parse_number",
    "plain_numbers",
    "quoted",
    "unmarked_number_sql",
]

BIGGEST: Final = 1e100
"""Larger magnitudes are not taken for numbers: their squares leave the range of a float."""

PLAIN_PATTERN: Final = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?"
_SIGNS: Final = (
    *(
        r"(?:US|R|A|C|CA|AU|HK|NZ|S|MX)?\$",
        "[€£¥￥₩₹₽₺₴₪₫฿₱₦₡₲₸₼₾₿]",
        "zł",
        "Kč",
        r"kr\.?",
        "Ft",
        r"Fr\.",
        r"Rs\.?",
        "[元円원]",
    ),
    *("CHF|EUR|USD|GBP|JPY|CNY|INR|BRL|KRW|SEK|NOK|DKK|PLN|CZK|HUF|RUB|TRY|AUD|CAD", r"руб\.?", r"р\."),
)
_CURRENCY: Final = "(?:" + "|".join(_SIGNS) + ")"
CURRENCY: Final = re.compile(_CURRENCY)
_GAP: Final = "[ \u00a0\u202f]*"
_BEFORE: Final = f"^([+-]?){_GAP}{_CURRENCY}{_GAP}"
_AFTER: Final = f"{_GAP}(?:{_CURRENCY}|%)(-?)<end>"
_BRACKETS: Final = r"^\(([^()+-]*)\)<end>"
_MINUS_LAST: Final = "^([^()+-]+)-<end>"
# One after the other: "$ (1,234.50)" is "(1,234.50)", then "-1,234.50"; "(€ 5)" is "-€ 5", then "-5".
_STRIPS: Final = (
    ("^'", ""),  # a spreadsheet's mark for "this is text"
    (_BEFORE, r"\1"),
    (_AFTER, r"\1"),
    (_BRACKETS, r"-\1"),
    (_MINUS_LAST, r"-\1"),
    (_BEFORE, r"\1"),
    (_AFTER, r"\1"),
)
_PLAIN_RE: Final = re.compile(PLAIN_PATTERN)
_DIGITS: Final = "0123456789"
_FOREIGN: Final = "\u2212０１２３４５６７８９．，－＋٫٬٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९"
_FAMILIAR: Final = f"-{_DIGITS}.,-+.,{_DIGITS * 3}"
"""What stands for each: minus signs, wide digits, those of Arabic with their marks, of Persian and of Hindi."""

_UNSEEN: Final = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
"""Marks that no reader sees: they come with a paste from a web page or a word processor."""

_TRANSLATED: Final = str.maketrans(_FOREIGN, _FAMILIAR, _UNSEEN)
_TAIL: Final = r"\s?[%€$£₽₩₹₺)łkrzČčK\-]{0,3}"
_COMMA_DECIMAL: Final = re.compile(rf"[-+]?[^\d,.\-+]{{0,3}}\d*,\d+{_TAIL}")
_POINT_DECIMAL: Final = re.compile(rf"[-+]?[^\d,.\-+]{{0,3}}\d*\.\d+{_TAIL}")
_GROUPED: Final = {
    mark: re.compile(rf"[-+]?[^\d,.\-+]{{0,3}}[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+(?:[.,]\d+)?{_TAIL}")
    for mark in (",", ".", "'", "\u2019", " ", "\u00a0", "\u202f", "\u2009")
}


def number_sql(value: str, form: str, dialect: Dialect) -> str:
    """Return SQL for the number a trimmed cell holds, NULL where it holds none.

    Parameters
    ----------
    value : str
        SQL of the trimmed cell.
    form : str
        How it is written; see `ann_viz.data.files.forms`. A date is the days since 1970.
    dialect : Dialect
        Decimal and thousands marks where the form has none of its own.
    """
    found = form_of(form)
    if found.base == "":
        number = _plain_sql(value)
    elif found.base == DECORATED:
        number = _decorated_sql(value, found, dialect)
    elif found.base in DURATIONS:
        number = duration_sql(value, found.base)
    elif found.base in COUNTED:
        number = COUNTED[found.base].sql(_plain_sql(value))
    else:
        number = "NULL::DOUBLE" if found.base == AS_TEXT else date_sql(value, found.base, found.until)
    for absent in found.without:
        number = f"nullif({number}, {absent!r}::DOUBLE)"
    return number


def _plain_sql(value: str) -> str:
    plain = f"try_cast({value} AS DOUBLE)"
    # DuckDB reads 1_000, +-1, inf, nan and numbers with a line break as numbers; a spreadsheet does not.
    odd = f"contains({value}, '_') OR {value} < '!' OR right({value}, 1) < '!' OR starts_with({value}, '+-')"
    return f"CASE WHEN abs({plain}) < {BIGGEST!r} AND NOT ({odd}) THEN {plain} END"


def _decorated_sql(value: str, form: Form, dialect: Dialect) -> str:
    decimal, thousands = _marks(form, dialect)
    text = f"translate({value}, {quoted(_FOREIGN + _UNSEEN)}, {quoted(_FAMILIAR)})"
    for pattern, by in _strips(form.unit):
        text = f"regexp_replace({text}, {quoted(pattern.replace('<end>', '$'))}, {quoted(by)})"
    if thousands is not None:
        grouped = quoted(_grouped_pattern(decimal, thousands))
        without = f"replace({text}, {quoted(thousands)}, '')"
        text = f"CASE WHEN regexp_full_match({text}, {grouped}) THEN {without} ELSE {text} END"
    if decimal == ",":
        text = f"replace(replace({text}, '.', '_'), ',', '.')"
    number = f"try_cast({text} AS DOUBLE)"
    is_plain = f"regexp_full_match({text}, {quoted(PLAIN_PATTERN)})"
    # Nothing is taken away from a plain number; looking for what might be takes twenty times as long as reading it.
    plain = _plain_sql(value)
    known = f"({plain}) IS NOT NULL" + ("" if decimal == "." else f" AND NOT contains({value}, '.')")
    return f"CASE WHEN {known} THEN {plain} WHEN {is_plain} AND abs({number}) < {BIGGEST!r} THEN {number} END"


def known_number_sql(value: str, form: str, dialect: Dialect) -> str:
    """Return SQL for a number as `number_sql` does, of a column whose every value is known to be written so.

    What only looks like a plain number need not be looked for then, which takes twice as long as reading it.
    """
    return f"try_cast({value} AS DOUBLE)" if form == "" else number_sql(value, form, dialect)


def unmarked_number_sql(value: str) -> str:
    """Return SQL for a plain number as `number_sql` does, of trimmed cells in which the database reads nothing over."""
    number = f"try_cast({value} AS DOUBLE)"
    return f"CASE WHEN abs({number}) < {BIGGEST!r} THEN {number} END"


def _marks(form: Form, dialect: Dialect) -> tuple[str, str | None]:
    """Decimal and thousands marks: those of the column, else those of the file."""
    return (dialect.decimal, dialect.thousands) if form.decimal is None else (form.decimal, form.thousands)


def _strips(unit: str) -> tuple[tuple[str, str], ...]:
    """What is taken away from a number, one after the other."""
    if not unit:
        return _STRIPS
    pattern = f"^{_escaped(unit)}{_GAP}" if is_label(unit) else f"{_GAP}{_escaped(unit)}\\.?<end>"
    return ((f"(?i){pattern}", ""), *_STRIPS)


def _escaped(text: str) -> str:
    return re.escape(text).replace("\\ ", " ")  # which the database would not know


@cache
def _compiled_strips(unit: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    # "$" would also match before a last line break in Python, though not in the database.
    return tuple((re.compile(pattern.replace("<end>", r"\Z")), by) for pattern, by in _strips(unit))


@cache
def _grouped_pattern(decimal: str, thousands: str) -> str:
    mark = _escaped(thousands)
    indian = "(,[0-9]{2})*" if mark == "," else ""  # 12,34,567
    return rf"[+-]?[1-9][0-9]{{0,2}}({indian}{mark}[0-9]{{3}})+({re.escape(decimal)}[0-9]*)?"


def parse_number(text: str, form: str, dialect: Dialect) -> float:
    """Read one number or date as `number_sql` does.

    Parameters
    ----------
    text : str
        The cell.
    form : str
        How it is written; see `ann_viz.data.files.forms`.
    dialect : Dialect
        Decimal and thousands marks where the form has none of its own.

    Returns
    -------
    float
        The number, days since 1970 for a date, NaN where there is none.
    """
    found, text = form_of(form), text.strip(BLANKS)
    if found.base == "":
        number = _parse_plain(text)
    elif found.base == DECORATED:
        number = _parse_decorated(text, found, dialect)
    elif found.base in DURATIONS:
        number = parse_duration(text, found.base)
    elif found.base in COUNTED:
        number = COUNTED[found.base].days(_parse_plain(text))
    else:
        number = math.nan if found.base == AS_TEXT else parse_date(text, found.base, found.until)
    return math.nan if number in found.without else number


def _parse_plain(text: str) -> float:
    if not _PLAIN_RE.fullmatch(text):
        return math.nan
    number = float(text)
    return number if abs(number) < BIGGEST else math.nan


def number_core(text: str, unit: str = "") -> str:
    """Return what is left of a cell without signs of currency, percent, brackets, a unit and marks nobody sees."""
    text = text.translate(_TRANSLATED)
    for pattern, by in _compiled_strips(unit):
        text = pattern.sub(by, text, count=1)
    return text


def _parse_decorated(text: str, form: Form, dialect: Dialect) -> float:
    return parse_core(number_core(text, form.unit), *_marks(form, dialect))


def parse_core(core: str, decimal: str, thousands: str | None) -> float:
    """Read what `number_core` has left of a cell with these marks; NaN where that is no number."""
    if thousands is not None and re.fullmatch(_grouped_pattern(decimal, thousands), core):
        core = core.replace(thousands, "")
    if decimal == ",":
        core = core.replace(".", "_").replace(",", ".")
    return _parse_plain(core)


def plain_numbers(texts: Iterable[str]) -> NDArray[np.float64]:
    """Read trimmed cells as plain numbers, as `parse_number` does one by one; NaN where there is none."""
    matches = _PLAIN_RE.fullmatch
    numbers = np.array([float(text) if matches(text) else math.nan for text in texts])
    numbers[np.abs(numbers) >= BIGGEST] = math.nan
    return numbers


def detect_marks(cells: Iterable[str]) -> tuple[str, str | None]:
    """Say which decimal and thousands marks the cells use.

    Returns
    -------
    tuple of (str, str or None)
        Decimal mark and thousands mark.
    """
    commas = points = 0
    groups = dict.fromkeys(_GROUPED, 0)
    for raw, n in Counter(cells).items():  # many are the same
        cell = raw.strip(BLANKS)
        if cell.isalnum() or len(cell) > 30 or not any(map(str.isdigit, cell)):
            continue
        grouped = [mark for mark, pattern in _GROUPED.items() if mark in cell and pattern.fullmatch(cell)]
        for mark in grouped:
            groups[mark] += n
        commas += n * ("," in cell and "," not in grouped and bool(_COMMA_DECIMAL.fullmatch(cell)))
        points += n * ("." in cell and "." not in grouped and bool(_POINT_DECIMAL.fullmatch(cell)))
        if grouped:
            # 1.234,50 tells the decimal mark by what stands last.
            commas += n * ("." in grouped and cell.rfind(",") > cell.rfind("."))
            points += n * ("," in grouped and cell.rfind(".") > cell.rfind(","))
    decimal = "," if commas > points else "."
    marks = [mark for mark, n in groups.items() if n and mark != decimal]
    marks = [mark for mark in marks if mark not in ",." or (groups[mark] and (decimal == ",") == (mark == "."))]
    thousands = max(marks, key=lambda mark: groups[mark]) if marks else None
    return decimal, thousands
