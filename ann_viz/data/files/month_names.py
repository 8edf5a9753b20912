"""Names of months as people abbreviate and write them, in English, German, French, Spanish, Italian and Portuguese.

One pattern and one table for both sides that read dates, Python and the database.
"""

from __future__ import annotations

from typing import Final

__all__ = ["MONTH_PATTERN", "is_month", "month_number", "month_sql"]

_NAMES: Final = (
    "jan january januar jänner janv janvier ene enero gen gennaio janeiro",
    "feb february februar févr fév février febrero febbraio fev fevereiro",
    "mar march mär märz mrz mars marzo março",
    "apr april avr avril abr abril aprile",
    "may mai mayo mag maggio maio",
    "jun june juni juin junio giu giugno junho",
    "jul july juli juil juillet julio lug luglio julho",
    "aug august août agosto ago",
    "sep sept september septembre septiembre set settembre setembro",
    "oct october okt oktober octobre octubre ott ottobre out outubro",
    "nov november novembre noviembre novembro",
    "dec december dez dezember déc décembre dic diciembre dicembre dezembro",
)
_ENGLISH: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS: Final = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
_LONGEST_FIRST: Final = sorted(_NUMBERS, key=lambda name: (-len(name), name))


def _in_capitals(name: str) -> list[str]:
    """The name, and once more where it has accents: without regard to case, Python looks at ASCII letters only."""
    return [name] if name.isascii() else [name, "".join(c if c.isascii() else c.upper() for c in name)]


_PATTERN: Final = "|".join(form for name in _LONGEST_FIRST for form in _in_capitals(name))
MONTH_PATTERN: Final = rf"(?:{_PATTERN})\.?"
"""Looked for whatever the case, longer names first; a point may follow, as in ``janv.`` beside ``mai``."""


def is_month(text: str) -> bool:
    """Whether a word is the name of a month."""
    return text.lower() in _NUMBERS


def month_number(name: str) -> int:
    """Return 1 to 12 for a name that `MONTH_PATTERN` finds."""
    return _NUMBERS[name.lower().removesuffix(".")]


def month_sql(text: str) -> str:
    """Return SQL for a text with the name of its month in English, without the point of an abbreviation."""
    found = f"regexp_extract({text}, '(?i)({MONTH_PATTERN})', 1)"
    cases = "".join(f" WHEN '{name}' THEN '{_ENGLISH[number - 1]}'" for name, number in _NUMBERS.items())
    return f"replace({text}, {found}, CASE rtrim(lower({found}), '.'){cases} END)"
