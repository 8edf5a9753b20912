"""How numbers are written for the reader: with the decimal point and the thousands mark of their language.

The window sets both from ``QLocale`` when it starts. Commands write the English ones.
"""

from __future__ import annotations

import math
from typing import Final

__all__ = [
    "MINUS",
    "compact",
    "compact_signed",
    "fixed",
    "format_number",
    "narrow",
    "short_number",
    "signed",
    "use_marks",
]

MINUS: Final = "\N{MINUS SIGN}"
LARGE: Final = 100.0
LONG: Final = 1000.0
NARROW: Final = 5
_marks: Final = str.maketrans({"-": MINUS})


def use_marks(decimal: str = ".", group: str = ",") -> None:
    """Write all numbers with these marks from now on.

    Parameters
    ----------
    decimal, group : str
        What stands before the decimals, and between thousands.
    """
    _marks.update(str.maketrans({".": decimal, ",": group}))


def format_number(value: float, form: str = ",") -> str:
    """Return `value` in the format specification `form`, with a true minus and the reader's marks.

    What has overflown is "∞" and what is no number "–", whatever the form.
    """
    if value != value:  # NaN; `math.isnan` does not take every whole number
        return "–"
    if abs(value) == math.inf:
        return "∞" if value > 0 else f"{MINUS}∞"
    return format(value, form).translate(_marks)


def fixed(value: float, decimals: int = 2) -> str:
    """Return `value` with a true minus sign and never a minus before zero."""
    return format_number(value, f"z.{decimals}f")


def signed(value: float, decimals: int = 2) -> str:
    """Return `value` with its sign, plus included."""
    text = fixed(value, decimals)
    return text if text.startswith(MINUS) else f"+{text}"


def compact_signed(value: float, decimals: int = 2) -> str:
    """Return `value` with its sign: "+1.32", "−0.75", and "0.00" without one."""
    text = compact(value, decimals)
    return f"+{text}" if value > 0 and float(f"{value:.{decimals}f}") else text


def short_number(value: float, decimals: int = 3) -> str:
    """Return `value` with so many decimals, or from 1,000 on with a power of ten: as wide at any size."""
    return fixed(value, decimals) if abs(value) < LONG else format_number(value, ".2e")


def compact(value: float, decimals: int = 2) -> str:
    """Return `value` with so many decimals, fewer where it is large: they would take the room of the name."""
    if not math.isfinite(value):
        return "–"
    return fixed(value, decimals) if abs(value) < LARGE else _whole(value)


def narrow(value: float, decimals: int) -> str:
    """Return `value` with so many decimals, or what of it fits in a circle: at most five characters."""
    text = fixed(value, decimals)
    return text if len(text) <= NARROW or not math.isfinite(value) else _whole(value)


def _whole(value: float) -> str:
    """Return `value` without decimals; where that is long, one digit and a power of ten: "−2e6"."""
    text = fixed(value, 0)
    if len(text) <= NARROW:
        return text
    digit, power = f"{value:.0e}".split("e")
    return f"{digit}e{int(power)}".translate(_marks)
