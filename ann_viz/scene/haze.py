"""The connections that are not drawn one by one, as one soft cloud per gap.

A cubic curve's height is the same mixture of its two ends for all connections of a gap at the same place, so the cloud
is a histogram of heights, place by place: no line is painted, and a hundred thousand cost a few milliseconds.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from ann_viz.scene.curves import ends
from ann_viz.scene.layout import Layout

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["HAZE_STEPS", "haze"]

FloatArray: TypeAlias = "NDArray[np.floating]"
IndexArray: TypeAlias = "NDArray[np.intp]"

HAZE_STEPS: Final = 48
"""Places along a gap where the cloud is measured."""

CELL: Final = 2.0
"""Height of a cell in logical pixels."""

MOST_COUNTED: Final = 8_000
"""Beyond, an even sample stands for all."""

LEAST, MOST = 0.04, 0.13
"""Opacity of the thinnest haze that is seen at all, and of the thickest."""


def haze(layout: Layout, gap: int, values: FloatArray) -> FloatArray:
    """Return the cloud of one gap.

    Parameters
    ----------
    layout : Layout
    gap : int
    values : ndarray, shape (n_in * n_out,)
        The number behind every line of this gap; its magnitude counts.

    Returns
    -------
    ndarray, shape (n_rows, HAZE_STEPS)
        Opacity, 0 where no connection passes, else 0.04 to 0.13. Row 0 is at the top of the layout and every row is
        2 pixels high; columns go evenly from column `gap` to the next.
    """
    local, cells, shape = _cells(layout, gap)
    size = np.abs(values[local])
    top = float(size.max()) if size.size else 0.0
    weight = size / top if top > 0 else size  # where nothing flows there is no cloud
    cloud = np.bincount(cells, np.repeat(weight, HAZE_STEPS), shape[0] * shape[1]).reshape(shape)
    some = cloud > 0
    dense = float(np.quantile(cloud[some], 0.95)) if some.any() else 1.0
    opacity: FloatArray = np.minimum(1.0, cloud / dense)
    opacity *= MOST - LEAST
    opacity += LEAST
    opacity *= some
    return opacity


@functools.lru_cache(maxsize=8)
def _cells(layout: Layout, gap: int) -> tuple[IndexArray, IndexArray, tuple[int, int]]:
    """Return which lines are counted, the cell that each passes through at every step, and rows and columns of cells.

    The same for every frame of a layout, and most of the work.
    """
    n_rows = int(np.ceil(layout.height / CELL))
    n_lines = len(layout.y[gap]) * len(layout.y[gap + 1])
    local = np.arange(0, n_lines, -(-n_lines // MOST_COUNTED))
    _, start_y, _, end_y = ends(layout, gap, local)
    start, end = (np.clip(y / CELL, 0, n_rows - 1)[:, None] for y in (start_y, end_y))
    t = np.linspace(0.0, 1.0, HAZE_STEPS)
    far = 3 * (1 - t) * t**2 + t**3
    rows = (start * (1 - far) + end * far).astype(np.intp)
    return local, (rows * HAZE_STEPS + np.arange(HAZE_STEPS)).ravel(), (n_rows, HAZE_STEPS)
