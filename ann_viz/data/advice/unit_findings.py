"""Findings about units: dollars beside euros, per cent beside shares, grams beside kilograms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Final

from ann_viz.data.advice.finding import Evidence, Finding
from ann_viz.data.columns.column import Column
from ann_viz.data.encoding.signs import sign_of
from ann_viz.data.files.forms import DECORATED, form_of, is_duration, is_label
from ann_viz.data.files.header import is_unit
from ann_viz.data.files.units import pretty_unit
from ann_viz.numerals import format_number, listed
from ann_viz.translation import translatable, translate

__all__ = ["mixed_units", "units"]

_MEASURED: Final = re.compile(r"[-+\u2212]?[0-9][0-9.,'\u2019]*\s?([^\W\d_]{1,8}|°[A-Z]?|/[0-9]{1,3})\.?")
_FURTHER_UNITS: Final = frozenset(
    (
        *(
            "k",
            "mio",
            "mrd",
            "bn",
            "kb",
            "tb",
            "gb",
            "mb",
            "nm",
            "kmpl",
            "grams",
            "litres",
            "liters",
            "metres",
            "meters",
        ),
        *("inches", "feet", "pounds", "stone", "gallons", "hour", "hours", "minute", "minutes", "mins", "secs"),
        *("second", "seconds", "hectares", "acres", "sqft", "dollars", "euros", "cents"),
    )
)
"""Units, in small letters, that no line below the names of a table has; an ordinal (1st, 2nd) is none."""
_MULTIPLES: Final = frozenset(("k", "K", "M"))
_SCALES: Final = ("/5", "/10", "/20", "/100")
_MOST_UNITS: Final = 8
_NEARLY_ALL: Final = 0.9
_NONE: Final = translatable("no sign")


def mixed_units(evidence: Evidence) -> Iterator[Finding]:
    """Yield columns whose cells have different units, going by a sample of the rows."""
    for column in evidence.table.columns:
        texts = [text for text in evidence.sample.texts(column.index) if text is not None]
        if form_of(column.form).base == DECORATED:
            found = Counter(map(_sign, texts))
            if len(found) > 1 and ("%" in found or len(found.keys() - {_NONE}) > 1):
                text = translate(
                    "{name} mixes {units} in one column: its numbers are read as they stand, without converting"
                )
                yield _finding(column, text, found)
        elif column.kind in ("text", "identifier", "category") and column.minimum != column.minimum:
            measured = [match[1] for match in map(_MEASURED.fullmatch, texts) if match]
            found = Counter(measured)
            if len(measured) >= _NEARLY_ALL * len(texts) and 1 < len(found) <= _MOST_UNITS and _are_units(found):
                yield _finding(
                    column,
                    translate("{name} has numbers in {units}, so it is read as text"),
                    found,
                )


def _are_units(found: Collection[str]) -> bool:
    """Whether all are units of measure, rather than the letters of seats (12A, 12F) and sizes (34B)."""
    if not all(unit in _MULTIPLES or _is_known(unit) for unit in found):
        return False
    return set(found) <= _MULTIPLES or any(len(unit) > 1 or unit.islower() for unit in found)


def _is_known(unit: str) -> bool:
    return unit in _SCALES or is_unit(unit) or is_unit(unit.lower()) or unit.lower() in _FURTHER_UNITS


def _sign(text: str) -> str:
    return sign_of(text) or _NONE


def _finding(column: Column, text: str, found: Counter[str]) -> Finding:
    told = listed(
        translate("{unit} ({n}×)").format(unit=translate(_NONE) if unit == _NONE else f"'{unit}'", n=format_number(n))
        for unit, n in found.most_common()
    )
    says = text.format(name=column.name, units=told)
    return Finding(kind="mixed units", columns=(column.name,), sentence=says, severity="warning")


def units(evidence: Evidence) -> Iterator[Finding]:
    """Yield columns of numbers with a unit behind each."""
    for column in evidence.table.columns:
        unit = form_of(column.form).unit
        if unit and column.kind == "number":
            text = (
                translate("{name} holds durations: they are read as hours")
                if is_duration(column.form)
                else translate("{name} holds numbers behind '{unit}'")
                if is_label(unit)
                else translate("{name} holds numbers out of {unit}")
                if unit.startswith("/")
                else translate("{name} holds numbers in {unit}")
            )
            says = text.format(name=column.name, unit=pretty_unit(unit).removeprefix("/"))
            yield Finding(kind="unit", columns=(column.name,), sentence=says, severity="info", done=True)
