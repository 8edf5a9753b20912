"""Where rows stand on a map of two columns, so that each can be seen, and where its axes end."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.session.judged.values import ColumnValues

__all__ = ["ends", "spread_apart", "step"]

HELD: Final = 0.2  # of all rows by one value
BAND: Final = 0.035  # of the axis


def step(values: ColumnValues) -> float:
    """Return how far two values of a grid lie apart."""
    return float(values.at[-1] - values.at[0]) / max(1, len(values.at) - 1) or 1.0


def ends(values: ColumnValues) -> tuple[float, float]:
    """Return the ends of an axis: half a step beyond the first and the last value."""
    beyond = 0.5 * step(values) if values.is_number else 0.5
    return float(values.at[0]) - beyond, float(values.at[-1]) + beyond


def spread_apart(values: ColumnValues, own: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Move rows that share a value apart: of categories all, of numbers those of a value that many have."""
    low, high = ends(values)
    if not values.is_number:
        return own + rng.uniform(-0.32, 0.32, len(own))
    different, counts = np.unique(own, return_counts=True)
    held = different[counts > HELD * max(1, len(own))]
    band = BAND * (high - low)
    inside = np.clip(own, low, high)
    moved = own + rng.uniform(-band, band, len(own))
    moved = np.clip(np.where(moved < low, 2 * low - moved, np.where(moved > high, 2 * high - moved, moved)), low, high)
    return np.where(np.isin(own, held), moved, inside)
