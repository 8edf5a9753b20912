"""Ways to bring numbers to a size that a network learns well from, and back.

Each takes a centre away and divides by a spread, both of the training rows; ``"log"`` takes the logarithm first,
``"tails"`` leaves what is near as it is and takes the logarithm of how much farther the rest is. ``"soft"``, which was
suggested before, draws everything in, x / √(1 + (x/3)²), as RealMLP does (Holzmüller et al. 2024), with which straight
lines are learned less well (resources/docs/learning.md).
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.encoding.recipe import Scaling

__all__ = ["FARTHEST", "SOFT_END", "TAIL_START", "fit_scale", "mean_std", "scaled", "unscaled"]

SOFT_END: Final = 3.0
"""How far from 0 a softly scaled input can be; an ordinary one, of up to 1, is moved by a twentieth at most."""

TAIL_START: Final = 4.0
"""How far from 0 an input is before its logarithm counts; not one in ten thousand of a bell curve is that far."""

FARTHEST: Final = 1e9
"""No input is farther from 0, so that a wild number can't overflow the network's single precision."""

_LEAST_SHARE: Final = 1e-12  # of the centre; below that a spread is rounding
_LEAST: Final = 1e-100
_QUARTILES: Final = (0.25, 0.5, 0.75)


def fit_scale(values: NDArray[np.float64], scaling: Scaling) -> tuple[float, float]:
    """Return centre and spread of some numbers, without NaN and at least one.

    Parameters
    ----------
    values : ndarray of float64, shape (n,)
        The numbers.
    scaling : str
        Mean and standard deviation for ``"standard"``, ``"tails"``, ``"soft"`` and, of the logarithms, for ``"log"``;
        smallest and range for ``"minmax"``; median and interquartile range for ``"robust"`` (the standard deviation
        where that range is nothing); 0 and 1 for ``"none"``.

    Returns
    -------
    tuple of (float, float)
        A spread of nothing counts as 1, so that dividing by it is harmless.
    """
    if scaling == "none":
        return 0.0, 1.0
    if scaling == "minmax":
        low, high = float(values.min()), float(values.max())
        return low, _usable(high - low, low)
    if scaling == "robust":
        q1, median, q3 = (float(q) for q in np.quantile(values, _QUARTILES))
        spread = _usable(q3 - q1, median)
        return median, spread if q3 > q1 else mean_std(values)[1]
    return mean_std(_signed_log(values) if scaling == "log" else values)


def mean_std(values: NDArray[np.float64]) -> tuple[float, float]:
    """Return mean and standard deviation of numbers, shape (n,), n > 0.

    A spread of nothing counts as 1, so that dividing by it is harmless.
    """
    mean = float(values.mean())
    return mean, _usable(float(values.std()), mean)


def _usable(spread: float, centre: float) -> float:
    return spread if spread > max(_LEAST, _LEAST_SHARE * abs(centre)) else 1.0


def scaled(values: NDArray[np.float64], scaling: Scaling, centre: float, spread: float) -> NDArray[np.float64]:
    """Return numbers as the network sees them, of the same shape: (x − centre) / spread, cut off far out.

    Parameters
    ----------
    values : ndarray of float64
        Finite, or NaN, which stays.
    scaling : Scaling
        Whether a logarithm is taken before, and whether far values are drawn in afterwards.
    centre, spread : float
        Of the training rows, on the logarithmic scale where one is taken; from `fit_scale`.
    """
    values = _signed_log(values) if scaling == "log" else values
    inputs = np.clip((values - centre) / spread, -FARTHEST, FARTHEST)
    return _draw_in(inputs, scaling)


def _draw_in(inputs: NDArray[np.float64], scaling: Scaling) -> NDArray[np.float64]:
    """Bring what is far from 0 nearer, where the scaling does so."""
    if scaling == "soft":
        return np.asarray(inputs / np.sqrt(1 + np.square(inputs / SOFT_END)))
    if scaling == "tails":
        far = np.abs(inputs)
        drawn = np.minimum(far, TAIL_START) + np.log1p(np.maximum(far - TAIL_START, 0.0))
        return np.asarray(np.copysign(drawn, inputs))
    return inputs


def unscaled(value: float, scaling: Scaling, centre: float, spread: float) -> float:
    """Return the number that `scaled` made an input of.

    Beyond the end of a soft scale it is the farthest number; where no number of the column could make such an input, it
    may be infinite.

    Parameters
    ----------
    value : float
        The input.
    scaling, centre, spread
        As of `scaled`.
    """
    number = _drawn_from(value, scaling) * spread + centre
    if scaling != "log":
        return number
    with np.errstate(over="ignore"):  # an input no row could have; infinity is the honest answer
        return float(np.sign(number) * np.expm1(abs(number)))


def _drawn_from(value: float, scaling: Scaling) -> float:
    """Return where an input was before `_draw_in`."""
    far = abs(value)
    if scaling == "soft":
        room = 1 - (far / SOFT_END) ** 2
        far = far / math.sqrt(room) if room > 0 else FARTHEST
    elif scaling == "tails" and far > TAIL_START:
        far = TAIL_START + math.expm1(min(far - TAIL_START, math.log(FARTHEST)))
    else:
        return value
    return math.copysign(min(far, FARTHEST), value)


def _signed_log(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logarithm of 1 + |x| with the sign of x: near x where x is small, and defined for zero and below."""
    logs: NDArray[np.float64] = np.sign(values) * np.log1p(np.abs(values))
    return logs
