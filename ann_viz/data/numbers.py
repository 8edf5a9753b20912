"""How numbers and dates are written in text, and how to read one; the same rules in Python and in SQL."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from ann_viz.data.dialect import BLANKS, Dialect

__all__ = ["DATE_FORMATS", "DECORATED", "detect_marks", "number_sql", "parse_number", "quoted"]

DECORATED: Final = "decorated"
"""Format of a number column with currency signs, thousands marks or a decimal comma."""

BIGGEST: Final = 1e100
"""Larger magnitudes are not taken for numbers: their squares leave the range of a float."""

DATE_FORMATS: Final = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y-%m",
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%m/%d/%Y %H:%M",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M:%S",
    "%d.%m.%Y",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d-%m-%Y",
    "%d-%m-%Y %H:%M",
    "%d-%m-%Y %H:%M:%S",
)
"""Ways to write a date, the likelier reading first where two fit every row."""

_PLAIN: Final = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?"
_CURRENCY: Final = r"(^[+-]?)[ \x{00a0}]*(R\$|US\$|[$€£¥₩₹])[ \x{00a0}]*|[ \x{00a0}]*([$€£¥₩₹%]|kr|zł|EUR|USD|GBP)$"
_PLAIN_RE: Final = re.compile(_PLAIN)
_CURRENCY_RE: Final = re.compile(_CURRENCY.replace(r"\x{00a0}", "\u00a0"))
_COMMA_DECIMAL: Final = re.compile(r"[-+]?[^\d,.\-+]{0,3}\d*,\d+\s?[%€$]?")
_POINT_DECIMAL: Final = re.compile(r"[-+]?[^\d,.\-+]{0,3}\d*\.\d+\s?[%€$]?")
_GROUPED: Final = {
    mark: re.compile(rf"[-+]?[^\d,.\-+]{{0,3}}[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+(?:[.,]\d+)?\s?[%€$]?")
    for mark in (",", ".", "'", " ", "\u00a0", "\u202f")
}
_SECONDS_PER_DAY: Final = 86400.0


def quoted(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def number_sql(value: str, form: str, dialect: Dialect) -> str:
    """Return SQL for the number a trimmed cell holds, NULL where it holds none.

    Parameters
    ----------
    value : str
        SQL of the trimmed cell.
    form : str
        ``""`` for plain numbers, `DECORATED`, or one of `DATE_FORMATS` (days since 1970).
    dialect : Dialect
        Decimal and thousands marks.
    """
    if form == "":
        plain = f"try_cast({value} AS DOUBLE)"
        # DuckDB reads 1_000, inf and nan as numbers; a spreadsheet does not.
        return f"CASE WHEN abs({plain}) < {BIGGEST!r} AND NOT contains({value}, '_') THEN {plain} END"
    if form != DECORATED:
        return f"epoch(try_strptime({value}, {quoted(form)})) / {_SECONDS_PER_DAY}"
    text = f"regexp_replace({value}, {quoted(_CURRENCY)}, {quoted(chr(92) + '1')}, 'g')"
    if dialect.thousands is not None:
        grouped = quoted(_grouped_pattern(dialect))
        without = f"replace({text}, {quoted(dialect.thousands)}, '')"
        text = f"CASE WHEN regexp_full_match({text}, {grouped}) THEN {without} ELSE {text} END"
    if dialect.decimal == ",":
        text = f"replace(replace({text}, '.', '_'), ',', '.')"
    number = f"try_cast({text} AS DOUBLE)"
    return f"CASE WHEN regexp_full_match({text}, {quoted(_PLAIN)}) AND abs({number}) < {BIGGEST!r} THEN {number} END"


def _grouped_pattern(dialect: Dialect) -> str:
    mark = re.escape(dialect.thousands or ",")
    return rf"[+-]?[0-9]{{1,3}}({mark}[0-9]{{3}})+({re.escape(dialect.decimal)}[0-9]*)?"


def parse_number(text: str, form: str, dialect: Dialect) -> float:
    """Read one number or date as `number_sql` does.

    Parameters
    ----------
    text : str
        The cell.
    form : str
        ``""``, `DECORATED` or a date format.
    dialect : Dialect
        Decimal and thousands marks.

    Returns
    -------
    float
        The number, days since 1970 for a date, NaN where there is none.
    """
    text = text.strip(BLANKS)
    if form not in ("", DECORATED):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC).timestamp() / _SECONDS_PER_DAY
        except ValueError:
            return math.nan
    if form == DECORATED:
        text = _CURRENCY_RE.sub(r"\1", text)
        if dialect.thousands is not None and re.fullmatch(_grouped_pattern(dialect), text):
            text = text.replace(dialect.thousands, "")
        if dialect.decimal == ",":
            text = text.replace(".", "_").replace(",", ".")
    if not _PLAIN_RE.fullmatch(text):
        return math.nan
    number = float(text)
    return number if abs(number) < BIGGEST else math.nan


def detect_marks(cells: Iterable[str]) -> tuple[str, str | None]:
    """Say which decimal and thousands marks the cells use.

    Returns
    -------
    tuple of (str, str or None)
        Decimal mark and thousands mark.
    """
    commas = points = 0
    groups = dict.fromkeys(_GROUPED, 0)
    for raw in cells:
        cell = raw.strip(BLANKS)
        if cell.isalnum() or len(cell) > 30 or not any(map(str.isdigit, cell)):
            continue
        grouped = [mark for mark, pattern in _GROUPED.items() if mark in cell and pattern.fullmatch(cell)]
        for mark in grouped:
            groups[mark] += 1
        commas += "," in cell and "," not in grouped and bool(_COMMA_DECIMAL.fullmatch(cell))
        points += "." in cell and "." not in grouped and bool(_POINT_DECIMAL.fullmatch(cell))
        if grouped:
            # 1.234,50 tells the decimal mark by what stands last.
            commas += "." in grouped and cell.rfind(",") > cell.rfind(".")
            points += "," in grouped and cell.rfind(".") > cell.rfind(",")
    decimal = "," if commas > points else "."
    marks = [mark for mark, n in groups.items() if n and mark != decimal]
    marks = [mark for mark in marks if mark not in ",." or (groups[mark] and (decimal == ",") == (mark == "."))]
    thousands = max(marks, key=lambda mark: groups[mark]) if marks else None
    return decimal, thousands
