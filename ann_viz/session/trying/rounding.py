"""Steps that are round numbers, and numbers rounded to them."""

from __future__ import annotations

import math
from typing import Final

__all__ = ["nice_step", "rounded"]

STEPS_THAT_MATTER: Final = 500


def nice_step(width: float, n: int, *, whole: bool = False) -> float:
    """Return 1, 2 or 5 times a power of ten, of which about n are as wide as that."""
    rough = width / n
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= rough * (1 - 1e-9))
    return max(step, 1.0) if whole else step


def rounded(number: float, width: float, *, whole: bool) -> float:
    """Return a number with no more digits than matter in a range as wide as that."""
    if not width > 0:
        return number
    step = nice_step(width, STEPS_THAT_MATTER, whole=whole)
    return float(f"{round(number / step) * step:.12g}")
