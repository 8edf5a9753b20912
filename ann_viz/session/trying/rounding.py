"""Numbers with no more digits than matter, and steps that are round numbers."""

from __future__ import annotations

import math
from typing import Final

__all__ = ["nice_step", "rounded"]

_STEPS_THAT_MATTER: Final = 500


def nice_step(width: float, n: int, *, whole: bool = False) -> float:
    """Return 1, 2 or 5 times a power of ten, of which about n are as wide as that."""
    rough = width / n
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= rough * (1 - 1e-9))
    return max(step, 1.0) if whole else step


def rounded(number: float, width: float, *, whole: bool) -> float:
    """Return a number with no more digits than matter in a range."""
    step = nice_step(width, _STEPS_THAT_MATTER, whole=whole) if width > 0 else 1.0
    return float(f"{round(number / step) * step:.12g}") if width > 0 else number
