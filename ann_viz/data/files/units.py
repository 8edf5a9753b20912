"""Units behind numbers as people write them, and as they are shown: kmpl as km/l, sqm as m²."""

from __future__ import annotations

import re
from typing import Final

from ann_viz.data.files.forms import form_of

__all__ = ["pretty_unit", "with_unit"]

_PRETTY: Final = {
    **dict.fromkeys(("kmpl", "km/ltr", "km/litre", "km/liter", "km/lt"), "km/l"),
    **dict.fromkeys(("kmph", "kph", "km/hr", "kmh"), "km/h"),
    **dict.fromkeys(("sqm", "sq.m", "qm", "m2", "m^2"), "m²"),
    **dict.fromkeys(("sqft", "sq.ft", "ft2", "ft^2"), "ft²"),
    **dict.fromkeys(("m3", "m^3", "cbm"), "m³"),
    **dict.fromkeys(("cc", "ccm", "cm3", "cm^3"), "cm³"),
    **dict.fromkeys(("km2", "km^2", "sqkm"), "km²"),
    **dict.fromkeys(("cm2", "cm^2"), "cm²"),
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"), "kg"),
    **dict.fromkeys(("gram", "grams", "gr"), "g"),
    **dict.fromkeys(("litre", "liter", "litres", "liters", "ltr"), "l"),
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), "h"),
    **dict.fromkeys(("minute", "minutes", "mins"), "min"),
    **dict.fromkeys(("second", "seconds", "secs", "sec"), "s"),
    **dict.fromkeys(("degc", "deg.c", "°c", "° c"), "°C"),
    **dict.fromkeys(("degf", "deg.f", "°f", "° f"), "°F"),
    **{"mph": "mph", "bhp": "bhp", "hp": "hp", "rpm": "rpm", "cm": "cm", "km": "km"},
}
"""Units in small letters. Others are shown as they stand: mW and MW differ."""


def pretty_unit(unit: str) -> str:
    """Return a unit as it is usually written."""
    return _PRETTY.get(unit.casefold(), unit)


def with_unit(name: str, form: str) -> str:
    """Return the label of a column of numbers: its name and, if there is one that it lacks, their unit in brackets."""
    unit = pretty_unit(form_of(form).unit).rstrip(":= ")
    named = not unit or re.search(rf"(?<![^\W_]){re.escape(unit)}(?![^\W_])", name, re.IGNORECASE)
    return name if named else f"{name} ({unit})"
