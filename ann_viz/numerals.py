"""How numbers are written for the reader: with the decimal point and the thousands mark of their language.

The window sets both from ``QLocale`` when it starts. Commands write the English ones.
"""

from __future__ import annotations

from typing import Final

__all__ = ["MINUS", "use_marks", "written"]

MINUS: Final = "\N{MINUS SIGN}"
_marks: Final = str.maketrans({"-": MINUS})


def use_marks(decimal: str = ".", group: str = ",") -> None:
    """Write all numbers with these marks from now on.

    Parameters
    ----------
    decimal, group : str
        What stands before the decimals, and between thousands.
    """
    _marks.update(str.maketrans({".": decimal, ",": group}))


def written(value: float, form: str = ",") -> str:
    """Return `value` in the format specification `form`, with a true minus and the reader's marks."""
    return format(value, form).translate(_marks)
