"""Parallel coordinates as arrays to draw: where every run meets every axis, and the curves between.

A place on an axis is a number from 0, its lower end, to 1. Categories have bands of equal height, in whose middle half
the runs lie by how good they are, so that their lines do not lie on each other.

References
----------
A. Inselberg, "The plane with parallel coordinates", The Visual Computer 1 (1985).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "BOTTOM",
    "Axis",
    "band_middles",
    "band_places",
    "curves",
    "log_ticks",
    "scaled",
]

FloatArray = NDArray[np.float64]

BOTTOM: Final = 0.0
HANDLE: Final = 0.42  # of the distance between two axes, how far a curve leaves the first one level
SEGMENTS: Final = 20
_IN_BAND: Final = 0.5
_ONE_THREE: Final = (1.0, 3.0)


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """One axis with what lies on it.

    Parameters
    ----------
    name : str
        By which it is known.
    title, subtitle : str
        What it is.
    places : (n,) array
        Of every run; NaN where it has none.
    texts : tuple of str
        The value of every run.
    ticks : tuple of (float, str)
        Places with what stands beside them.
    bands : tuple of str
        The categories from the bottom to the top; empty for numbers.
    ends : tuple of float
        The numbers at the bottom and at the top, where there are no bands.
    is_log : bool
        Whether equal distances are equal ratios.
    """

    name: str
    title: str
    subtitle: str
    places: FloatArray
    texts: tuple[str, ...]
    ticks: tuple[tuple[float, str], ...]
    bands: tuple[str, ...] = ()
    ends: tuple[float, float] = (0.0, 1.0)
    is_log: bool = False

    def value_at(self, place: float) -> float:
        """Return the number at a place."""
        low, high = self.ends
        return low * (high / low) ** place if self.is_log else low + (high - low) * place

    def bands_between(self, low: float, high: float) -> list[str]:
        """Return the categories whose runs may lie between two places."""
        middles, half = band_middles(len(self.bands)), _IN_BAND / 2 / max(1, len(self.bands))
        reached = zip(self.bands, middles, strict=True)
        return [band for band, middle in reached if low <= middle + half and middle - half <= high]


def scaled(values: FloatArray, low: float, high: float, *, is_log: bool = False) -> FloatArray:
    """Return the places of numbers on an axis from `low` to `high`; what lies beyond an end lies at it."""
    if is_log:
        values, low, high = np.log(values), math.log(low), math.log(high)
    if high == low:
        return np.where(np.isfinite(values), 0.5, np.nan)
    return np.clip((values - low) / (high - low), 0.0, 1.0)


def band_middles(n_bands: int) -> FloatArray:
    """Return the places of the middles of bands, from the bottom."""
    return (np.arange(n_bands) + 0.5) / max(1, n_bands)


def band_places(codes: NDArray[np.integer], n_bands: int, ranks: NDArray[np.integer]) -> FloatArray:
    """Return the places of runs on an axis of bands.

    Parameters
    ----------
    codes : (n,) array of int
        The band of every run.
    n_bands : int
    ranks : (n,) array of int
        From 0, the best, which lies highest in its band.
    """
    inside = np.zeros(len(codes))
    for band in range(n_bands):
        members = np.flatnonzero(codes == band)
        order = members[np.argsort(ranks[members], kind="stable")]
        inside[order] = 0.5 - (np.arange(len(order)) + 0.5) / max(1, len(order))
    places: FloatArray = band_middles(n_bands)[codes] + inside * _IN_BAND / n_bands
    return places


def curves(places: FloatArray, at: Sequence[float]) -> tuple[FloatArray, FloatArray]:
    """Return the curves of runs from axis to axis, flattened.

    Parameters
    ----------
    places : (n, n_axes) array
    at : sequence of float
        Where the axes stand, from left to right.

    Returns
    -------
    across : (n_points,) array
        Where the points stand from left to right, the same for all.
    up : (n, n_points) array
        Their places from 0 to 1.
    """
    t = np.linspace(0.0, 1.0, SEGMENTS + 1)
    rise = t**2 * (3 - 2 * t)  # both handles level: heights go from one end to the other with it
    shift = 3 * t * (1 - t) ** 2 * HANDLE + 3 * t**2 * (1 - t) * (1 - HANDLE) + t**3
    across, up = [], []
    for axis in range(len(at) - 1):
        own = slice(0 if axis == 0 else 1, None)
        across.append(at[axis] + shift[own] * (at[axis + 1] - at[axis]))
        begin, end = places[:, axis, None], places[:, axis + 1, None]
        up.append(begin + rise[own] * (end - begin))
    return np.concatenate(across), np.concatenate(up, axis=1)


def log_ticks(low: float, high: float) -> list[float]:
    """Return 1, 3, 10, 30 … between two numbers, and the ends."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    steps = [step * 10.0**power for power in range(first, last + 1) for step in _ONE_THREE]
    room = (high / low) ** 0.04
    inside = [float(f"{step:.1g}") for step in steps if low * room < step < high / room]
    return [low, *inside, high]
