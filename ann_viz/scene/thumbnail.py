"""A network as a picture of the size of a stamp: a dozen circles a column at most, and its strongest lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from ann_viz.engine import Network
from ann_viz.engine.arrays import Array

__all__ = ["Thumbnail", "thumbnail_of"]

MOST_CIRCLES: Final = 12
MOST_LINES: Final = 160
FEW_LINES: Final = 48
"""Of a network with more connections than `MOST_LINES`: all of them would be a smear."""

STEPS: Final = 9
_MOST_COLUMNS: Final = 66


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumbnail:
    """What is drawn; small enough to stand in the description of a project.

    Parameters
    ----------
    sizes : tuple of int
        Circles of every column.
    lines : tuple of (int, int, int, int)
        Column on the left, circle there, circle on the right, strength from -9 to 9 beside the strongest of these
        columns; the weakest first.
    is_large : bool
        Whether it stands for many more lines.
    """

    sizes: tuple[int, ...]
    lines: tuple[tuple[int, int, int, int], ...]
    is_large: bool = False

    def __post_init__(self) -> None:
        fits = 2 <= len(self.sizes) <= _MOST_COLUMNS and all(0 < size <= MOST_CIRCLES for size in self.sizes)
        if not fits or len(self.lines) > MOST_LINES or not all(map(self._has, self.lines)):
            raise ValueError("its small picture makes no sense")

    def _has(self, line: tuple[int, int, int, int]) -> bool:
        column, start, end, strength = line
        inside = 0 <= column < len(self.sizes) - 1 and 0 <= start < self.sizes[column]
        return inside and 0 <= end < self.sizes[column + 1] and abs(strength) <= STEPS


def thumbnail_of(network: Network) -> Thumbnail:
    """Return the small picture of a network: where several neurons share a circle, it has their strongest weight."""
    sizes = tuple(min(size, MOST_CIRCLES) for size in network.config.sizes)
    gaps = [_strongest(W, rows, columns) for W, rows, columns in zip(network.W, sizes, sizes[1:], strict=False)]
    is_large = sum(W.size for W in network.W) > MOST_LINES
    most = max(1, (FEW_LINES if is_large else MOST_LINES) // len(gaps))
    lines = [line for place, gap in enumerate(gaps) for line in _lines(place, gap, most)]
    lines.sort(key=lambda line: abs(line[3]))
    return Thumbnail(sizes=sizes, lines=tuple(lines[-MOST_LINES:]), is_large=is_large)


def _lines(place: int, gap: Array, most: int) -> list[tuple[int, int, int, int]]:
    """Return the strongest lines of a gap, each as strong as it is beside the strongest one there."""
    largest = float(np.abs(gap).max()) or 1.0
    strongest = np.argsort(-np.abs(gap), axis=None)[:most]
    places = zip(*np.unravel_index(strongest, gap.shape), strict=True)
    return [(place, int(a), int(b), round(float(gap[a, b]) / largest * STEPS)) for a, b in places]


def _strongest(W: Array, n_rows: int, n_columns: int) -> Array:
    """Return the weight of largest size in each cell of a coarser grid."""
    by_row = [part[np.abs(part).argmax(axis=0), np.arange(part.shape[1])] for part in np.array_split(W, n_rows)]
    rows = np.array(by_row)  # (n_rows, n_out)
    parts = np.array_split(rows, n_columns, axis=1)
    return np.array([part[np.arange(n_rows), np.abs(part).argmax(axis=1)] for part in parts]).T
