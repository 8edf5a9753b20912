"""How numbers are written for the reader: with the decimal point and the thousands mark of their language.

The window sets both from ``QLocale`` when it starts. Commands write the English ones.
"""

from __future__ import annotations

import math
from typing import Final

__all__ = ["MINUS", "compact", "compact_signed", "fixed", "format_number", "signed", "use_marks"]

MINUS: Final = "\N{MINUS SIGN}"
LARGE: Final = 100.0
HUGE: Final = 1e5
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
    """Return `value` in the format specification `form`, with a true minus and the reader's marks."""
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


def compact(value: float, decimals: int = 2) -> str:
    """Return `value` with so many decimals, fewer where it is large: they would take the room of the name."""
    if not math.isfinite(value):
        return "–"
    magnitude = abs(value)
    return format_number(value, ".0e") if magnitude >= HUGE else fixed(value, decimals if magnitude < LARGE else 0)
