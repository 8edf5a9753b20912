"""Whether gradients vanish or explode on their way back through the layers, in a sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from ann_viz.translation import translate

__all__ = ["verdict_on"]

TELLING: Final = 100.0
"""So many times smaller or larger in the first layer than in the last is worth a word."""


def verdict_on(sizes: Sequence[float]) -> str:
    """Say what the mean sizes of the gradient, from the first layer to the last, tell; empty before the first batch."""
    if not sizes:
        return translate("The first batch brings the first gradients")
    first, last = sizes[0], sizes[-1]
    if not math.isfinite(first + last):
        return translate("They grow without end: the steps are too large")
    if first == 0 and last == 0:
        return translate("All are 0: nothing is learned")
    if first * TELLING < last:
        return translate("They vanish on the way back to the input")
    if first > last * TELLING:
        return translate("They grow on the way back to the input")
    return translate("Every layer gets its share")
