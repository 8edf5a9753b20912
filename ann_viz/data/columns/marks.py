"""Which decimal and thousands marks and which unit one column has, going by its own cells before anything else.

Where its cells leave two readings open (is 1.107 eleven hundred or a little over one?), what speaks for one of them is
named, so that the reader can judge.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from ann_viz.data.columns.column import Column
from ann_viz.data.files.dialect import BLANKS, Dialect
from ann_viz.data.files.forms import form_of, marked
from ann_viz.data.files.month_names import is_month
from ann_viz.data.files.numbers import CURRENCY, number_core, parse_core
from ann_viz.translation import translate

__all__ = [
    "Surroundings",
    "decimals_of",
    "evidence_for",
    "is_plain_money",
    "may_be_grouped",
    "number_forms",
    "proven_decimals",
]

_GAPS: Final = ("'", "\u2019", " ", "\u00a0", "\u202f", "\u2009")
_PAIRS: Final = (
    *((".", None), (",", None), (".", ","), (",", ".")),
    *((decimal, gap) for gap in _GAPS for decimal in (".", ",")),
)
_GROUPED: Final = re.compile(r"[+-]?(?:[1-9][0-9]{0,2}\.[0-9]{3}|[0-9]{1,3})")
_PROOF: Final = re.compile(r"[+-]?(?:0|[0-9]*)([.,])(?:[0-9]{1,2}|[0-9]{4,})|[+-]?(?:0|[0-9]{4,})([.,])[0-9]+")
_WITH_LABEL: Final = re.compile(r"([^\W\d][\w .-]{0,30}[:=])\s?[-+\u2212]?[0-9][0-9.,'\u2019 ]*")
_AREA: Final = r"(?:[cdkm]?m|ft|in|yd)\^?[23]|°\s?[CFK]"
_WITH_UNIT: Final = re.compile(
    rf"[-+\u2212]?[0-9][0-9.,'\u2019 \u00a0\u202f\u2009]*\s?({_AREA}|[^\W\d_µ][^\d\s]{{0,9}}|[°µ/][^\s]{{1,9}})"
)
_POINT_SIGN: Final = re.compile(r"(?<!R)\$|[£¥￥₩₹]")
_TENS: Final = re.compile(r"[0-9]{2}[.,]")
_SHARED: Final = 0.8
_HALF: Final = 0.5


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What the file around a column says about how its numbers are written.

    Parameters
    ----------
    dialect : Dialect
        How the file is written.
    decimals : frozenset of str
        Decimal marks that some cell of the file proves.
    said : frozenset of str
        Fields of the dialect that the user chose.
    """

    dialect: Dialect
    decimals: frozenset[str] = field(default_factory=frozenset)
    said: frozenset[str] = frozenset()

    @property
    def points_are_decimal(self) -> bool:
        """Whether nobody meant thousands points: commas divide the cells, and some cell proves a decimal point."""
        return self.dialect.delimiter == "," and self.decimals == {"."}


def proven_decimals(cells: Iterable[str | None]) -> frozenset[str]:
    """Return the marks that stand in some cell where no thousands mark can: before one or two digits, say."""
    different = {cell for cell in cells if cell is not None and len(cell) < 30}
    found = (_PROOF.fullmatch(number_core(cell)) for cell in different)
    return frozenset(match[1] or match[2] for match in found if match)


def decimals_of(columns: Iterable[Column]) -> frozenset[str]:
    """Return the decimal marks with which the numbers of some columns are read."""
    numbers = [column for column in columns if column.kind == "number"]
    marks = {form_of(column.form).decimal for column in numbers}
    plain = {"."} if any(column.form == "" and not column.whole for column in numbers) else set()
    return frozenset(mark for mark in marks | plain if mark is not None)


def may_be_grouped(samples: Iterable[str]) -> bool:
    """Whether plain numbers may be whole ones with thousands points: 991, 1.107, 12.500, and nothing else."""
    some = False
    for text in samples:
        if not _GROUPED.fullmatch(text):
            return False
        some = some or "." in text
    return some


def number_forms(samples: Sequence[str], around: Surroundings) -> list[str]:
    """Return the ways to write numbers that read the most cells, each other numbers; the likelier first.

    Parameters
    ----------
    samples : sequence of str
        Some cells.
    around : Surroundings
        What decides between readings that fit equally well.
    """
    unit = _shared_unit(samples)
    cores = [number_core(text.strip(BLANKS), unit) for text in samples]  # the same for all marks
    found: dict[tuple[float, ...], str] = {}
    most = max(1.0, _HALF * len(samples))
    for decimal, thousands in _pairs(around):
        form = marked(decimal, thousands, unit)
        numbers = np.array([parse_core(core, decimal, thousands) for core in cores])
        n_read = int((~np.isnan(numbers)).sum())
        if n_read > most or (n_read == most and not found):
            most, found = n_read, {}
        if n_read == most:
            found.setdefault(tuple(np.nan_to_num(numbers, nan=-1e300)), form)
    forms = list(found.values())
    return sorted(forms, key=lambda form: form_of(form).decimal != _likelier_decimal(samples, unit, around))


def _pairs(around: Surroundings) -> Sequence[tuple[str, str | None]]:
    """The decimal and thousands marks to try: those that the user's word on thousands allows."""
    if "thousands" not in around.said:
        return _PAIRS
    mark = around.dialect.thousands
    decimals = [decimal for decimal in (".", ",") if decimal != mark]
    return [*((decimal, mark) for decimal in decimals if mark is not None), *((decimal, None) for decimal in decimals)]


def _shared_unit(samples: Sequence[str]) -> str:
    """What stands before all numbers, such as "weight:", or behind nearly all that have something there, as "kg"."""
    labels = Counter(match[1] for match in map(_WITH_LABEL.fullmatch, samples) if match)
    if len(labels) == 1 and labels.total() >= _HALF * len(samples):
        return next(iter(labels))
    units = Counter(match[1].rstrip(".") for match in map(_WITH_UNIT.fullmatch, samples) if match)
    if not units:
        return ""
    folded = Counter({unit: sum(n for other, n in units.items() if other.lower() == unit.lower()) for unit in units})
    unit, n = folded.most_common(1)[0]
    if is_month(unit):
        return ""
    return unit if n >= _SHARED * units.total() and n >= _HALF * len(samples) else ""


def _likelier_decimal(samples: Sequence[str], unit: str, around: Surroundings) -> str:
    """The decimal mark of two readings that fit equally well."""
    mark = "," if any("," in text for text in samples) else "."
    other = "." if mark == "," else ","
    if around.points_are_decimal:
        return "."
    if _ends_at_thousand(samples, unit):
        return other
    if is_plain_money(samples):
        return "."
    if _is_money(samples):
        return other
    if len(around.decimals) == 1:
        return next(iter(around.decimals))
    return "," if around.dialect.delimiter == ";" else "."


def _is_money(samples: Sequence[str]) -> bool:
    """Whether most cells are amounts with the sign of a currency, and not all below ten, as the price of a litre."""
    signed = sum(bool(CURRENCY.search(text)) for text in samples)
    return 2 * signed > len(samples) and any(_TENS.search(text) for text in samples)


def is_plain_money(samples: Sequence[str]) -> bool:
    """Whether commas can only be thousands marks: of dollars, pounds, rupees, yen and won."""
    signed = sum(bool(_POINT_SIGN.search(text)) for text in samples)
    return 2 * signed > len(samples) and any("," in text for text in samples)


def _ends_at_thousand(samples: Sequence[str], unit: str) -> bool:
    """Whether some numbers of three digits have no mark and none of more, as if those below a thousand needed none."""
    cores = (number_core(text, unit).lstrip("+-") for text in samples)
    return max((len(core) for core in cores if core.isdecimal()), default=0) == 3


def evidence_for(samples: Sequence[str], form: str, around: Surroundings) -> str:
    """Return what speaks for the form chosen of two, as a clause."""
    if _ends_at_thousand(samples, form_of(form).unit):
        return translate("numbers below 1000 have no mark")
    if _is_money(samples):
        return translate("money seldom has three decimals")
    if len(around.decimals) == 1:
        comma = "," in around.decimals
        return (
            translate("other columns have decimal commas") if comma else translate("other columns have decimal points")
        )
    if around.dialect.delimiter == ";":
        return translate("cells are divided by semicolons, as where the comma is the decimal mark")
    return translate("cells are not divided by semicolons")
