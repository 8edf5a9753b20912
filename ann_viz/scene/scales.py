"""How numbers become thickness, opacity and tint; one place, so that the legend can't lie.

Thickness follows |w| and colour the sign: −3 is drawn exactly as thick as +3.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from ann_viz.engine import function_named

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "EMPTY",
    "FULL_TINT",
    "N_LEVELS",
    "TINT_POWER",
    "activation_reference",
    "activation_strength",
    "bias_share",
    "drawable",
    "levels",
    "line_opacity",
    "line_width",
    "round_up_to_one_digit",
    "tint_share",
    "weight_reference",
]

FloatArray: TypeAlias = "NDArray[np.floating]"

N_LEVELS: Final = 8
"""Thickness classes per sign; a frame sets at most twice as many pens."""

ALL_LINES_LIMIT: Final = 400
"""Up to here every connection is drawn; above, the strongest of each gap."""

SHARE_BEYOND: Final = 0.02
"""Of the lines that may be larger than what is drawn at full thickness: the scale follows the 98th percentile.

2 % of at most `ALL_LINES_LIMIT` lines: of 40,000 connections the 150 strongest are drawn, and with 2 % of all beyond
the scale every one of those would have full thickness.
"""

FEWEST_WITH_OUTLIERS: Final = 10
"""With fewer lines each is too large a part of the picture to be left out of the scale."""

NEXT_TO_NOTHING: Final = 1e-30
LARGEST_REFERENCE: Final = 3e38
LARGEST_DRAWN: Final = 1e30
"""Many of them may be added in single precision."""

FULL_TINT: Final = 2.2
"""Activation drawn at full tint: of inputs, ReLU and its kind, and linear neurons."""

TINT_POWER: Final = 0.8
"""A weak activation is seen as well."""

EMPTY: Final = 0.005
"""Activations below this round to 0.00, and their circles are empty."""

FULL_SHARE: Final = 1.25
"""What the largest a is multiplied by where it is never below 0: a sure answer is strong, and not the strongest."""


def drawable(values: FloatArray) -> FloatArray:
    """Return `values` for drawing: what has overflown counts as the largest there is, what is no number as 0."""
    if np.isfinite(values).all():
        return values
    return np.nan_to_num(values, nan=0.0, posinf=LARGEST_DRAWN, neginf=-LARGEST_DRAWN)


def round_up_to_one_digit(value: float) -> float:
    """Return the smallest number with one significant digit that is not below `value`.

    It is 1 for 0 and what is as good as 0, and at most 3e38: one may divide by it in single precision.
    """
    if not math.isfinite(value) or value < NEXT_TO_NOTHING:
        return 1.0
    unit = 10.0 ** math.floor(math.log10(value))
    return min(LARGEST_REFERENCE, float(math.ceil(round(value / unit, 9)) * unit))


def weight_reference(weights: FloatArray, previous: float = 0.0) -> float:
    """Return the |w| drawn at full thickness: the 98th percentile, rounded up to one digit.

    Parameters
    ----------
    weights : ndarray
        All connection weights, any shape.
    previous : float
        The reference so far in this run; the scale only grows, since one that follows the maximum hides growth.
    """
    if weights.size == 0:
        return previous or 1.0
    magnitudes = np.abs(weights).ravel()
    n_scaled = min(weights.size, ALL_LINES_LIMIT)
    n_beyond = math.ceil(SHARE_BEYOND * n_scaled) if n_scaled >= FEWEST_WITH_OUTLIERS else 0
    top = np.partition(magnitudes, -1 - n_beyond)[-1 - n_beyond]
    return max(previous, round_up_to_one_digit(float(top)))


def line_width(rho: FloatArray) -> FloatArray:
    """Return the thickness in pixels for ρ = min(1, |w| / w_ref)."""
    return 0.6 + 5.9 * rho**0.75


def line_opacity(rho: FloatArray) -> FloatArray:
    """Return the opacity, 0 to 1, for ρ = min(1, |w| / w_ref)."""
    return 0.14 + 0.74 * rho**0.65


def levels(weights: FloatArray, reference: float) -> NDArray[np.uint8]:
    """Return the drawing class of every weight: weakest first, 2·level + (1 if negative)."""
    rho = np.minimum(np.abs(weights) * (N_LEVELS / reference), N_LEVELS - 1)
    result: NDArray[np.uint8] = rho.astype(np.uint8) * np.uint8(2) + (weights < 0)
    return result


def activation_reference(name: str) -> float:
    """Return the |a| drawn at full tint for an activation function."""
    ends = function_named(name).squashes_into
    if ends is None:
        return FULL_TINT
    low, high = ends
    return high if low < 0 else FULL_SHARE * high


def activation_strength(values: FloatArray, reference: float = FULL_TINT) -> FloatArray:
    """Return how strongly circles are tinted, 0 to 1: ``min(1, |a| / reference) ** TINT_POWER``."""
    return np.minimum(1.0, np.abs(drawable(values)) / reference) ** TINT_POWER


def tint_share(strength: float, *, dark: bool) -> float:
    """Return how much of the sign's colour lies over an empty circle, for a strength of 0 to 1."""
    low, span = (0.16, 0.74) if dark else (0.10, 0.82)
    return low + span * strength


def bias_share(bias: float) -> float:
    """Return how much of the sign's colour a bias's square has, 0 to 1."""
    return 0.25 + 0.7 * min(1.0, abs(bias) / 1.6)
