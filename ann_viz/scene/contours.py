"""Lines along which numbers on a grid have one value.

References
----------
W. Lorensen, H. Cline (1987), Marching cubes; in two dimensions, marching squares.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["contour"]


def contour(grid: NDArray[Any], level: float) -> NDArray[np.float64]:
    """Return pieces of the lines, shape (n, 4): from (x, y) to (x, y) in steps of the grid, rows going up.

    Where two lines may cross in a square, they are taken for two that bend.
    """
    above = np.asarray(grid, np.float64) - level
    if min(above.shape) < 2:
        return np.empty((0, 4))
    corners = above[:-1, :-1], above[:-1, 1:], above[1:, 1:], above[1:, :-1]  # around each square
    signs = [corner > 0 for corner in corners]
    places = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    crossings, points = [], []
    for k in range(4):
        one, two = corners[k], corners[(k + 1) % 4]
        crossed = signs[k] != signs[(k + 1) % 4]
        share = np.divide(one, one - two, out=np.zeros_like(one), where=crossed)
        (x1, y1), (x2, y2) = places[k], places[(k + 1) % 4]
        crossings.append(crossed)
        points.append(np.stack([x1 + share * (x2 - x1), y1 + share * (y2 - y1)], axis=-1))
    rows, columns = np.indices(above[:-1, :-1].shape)
    start = np.stack([columns, rows], axis=-1).astype(np.float64)
    pieces = []
    count = np.sum(crossings, axis=0)
    for k in range(4):
        for other in range(k + 1, 4):
            both = crossings[k] & crossings[other] & (count == 2)
            pieces.append(np.concatenate([(points[k] + start)[both], (points[other] + start)[both]], axis=1))
    for k, other in ((0, 1), (2, 3)):
        pieces.append(np.concatenate([(points[k] + start)[count == 4], (points[other] + start)[count == 4]], axis=1))
    return np.concatenate(pieces)
