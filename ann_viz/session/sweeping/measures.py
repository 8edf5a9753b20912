"""What runs of a sweep are ranked by: what it is called, and how it is written."""

from __future__ import annotations

import math
from typing import Final

from ann_viz.numerals import fixed, format_number
from ann_viz.session.sweeping.plan import Measure
from ann_viz.translation import translatable

__all__ = ["MEASURE_NAMES", "score_decimals", "score_text"]

MEASURE_NAMES: Final[dict[Measure, str]] = {
    "loss": translatable("validation loss"),
    "auc": translatable("ROC AUC"),
    "accuracy": translatable("accuracy"),
    "rmse": translatable("typical error"),
}

_SHARES: Final = ("auc", "accuracy")
_SHARE_DECIMALS: Final = 3
_MOST_DECIMALS: Final = 4


def score_text(value: float, measure: str, beside: float | None = None) -> str:
    """Return a score with as many decimals as tell runs apart, or as the one has that it stands beside."""
    size = abs(value if beside is None else beside)
    if measure in _SHARES or not 0 < size < math.inf:
        return fixed(value, _SHARE_DECIMALS)
    return format_number(value, f"z,.{score_decimals(measure, size)}f")


def score_decimals(measure: str, size: float) -> int:
    """Return with how many decimals a score of about that size is written."""
    if measure in _SHARES or not 0 < abs(size) < math.inf:
        return _SHARE_DECIMALS
    return min(_MOST_DECIMALS, max(0, _MOST_DECIMALS - 1 - math.floor(math.log10(abs(size)))))
