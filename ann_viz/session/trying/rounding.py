"""Steps that are round numbers."""

from __future__ import annotations

import math

__all__ = ["nice_step"]


def nice_step(width: float, n: int, *, whole: bool = False) -> float:
    """Return 1, 2 or 5 times a power of ten, of which about n are as wide as that."""
    rough = width / n
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= rough * (1 - 1e-9))
    return max(step, 1.0) if whole else step
