"""Connections as curves: where they leave and reach circles, and the straight pieces they are drawn as.

A curve's shape depends on the layout alone.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from ann_viz.scene.layout import Layout
from ann_viz.scene.scales import ALL_LINES_LIMIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FINE_PIECES", "HANDLE", "LineCurves", "build_curves", "controls", "docks", "ends"]

FloatArray: TypeAlias = "NDArray[np.floating]"
IndexArray: TypeAlias = "NDArray[np.intp]"

N_PIECES: Final = 10
FINE_PIECES: Final = 16
HANDLE: Final = 0.46
OVERLAP: Final = 0.6
SPREAD: Final = 0.55


@functools.cache
def _bernstein(n_pieces: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return what start, end and handle contribute at the ends of every piece (polynomials of degree 3)."""
    t = np.linspace(0.0, 1.0, n_pieces + 1)
    a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3
    return a + b, c + d, b - c


@dataclass(frozen=True, eq=False)  # without slots, for what is worked out once
class LineCurves:
    """All connections of a layout, in the order of the weight matrices, row by row.

    Attributes
    ----------
    layout : Layout
    gaps : tuple of (start, stop)
        Which connections belong to each gap between two layers.
    n_pieces : int
        Straight pieces per curve.
    """

    layout: Layout
    gaps: tuple[tuple[int, int], ...]
    n_pieces: int = N_PIECES

    @cached_property
    def all_pieces(self) -> FloatArray:
        """The flattened curves of all connections, kept; of large networks nobody asks for them."""
        return self.pieces(np.arange(self.gaps[-1][1]))

    @cached_property
    def _ends(self) -> FloatArray:
        """Start x, start y, end x, end y of all connections, and how far their handles reach; shape (n, 5, 1)."""
        parts = []
        for gap, (start, stop) in enumerate(self.gaps):
            xys = ends(self.layout, gap, np.arange(stop - start))
            handle = HANDLE * (self.layout.x[gap + 1] - self.layout.x[gap])
            parts.append(np.stack([*xys, np.full(stop - start, handle)], axis=1))
        return np.concatenate(parts)[:, :, None]

    def pieces(self, chosen: IndexArray) -> FloatArray:
        """Return the flattened curves of some connections.

        Parameters
        ----------
        chosen : ndarray of int

        Returns
        -------
        ndarray, shape (n, n_pieces, 4)
            x1, y1, x2, y2 of every straight piece.
        """
        return _flatten(self._ends.take(chosen, 0), self.n_pieces)

    def middle(self, gap: int, source: int, target: int) -> tuple[float, float]:
        """Return the middle of one connection."""
        start_x, start_y, end_x, end_y = ends(
            self.layout, gap, np.array([source * len(self.layout.y[gap + 1]) + target])
        )
        return float(start_x[0] + end_x[0]) / 2, float(start_y[0] + end_y[0]) / 2


def _spread(n: int, radius: float) -> FloatArray:
    """Return where n lines leave a circle, as vertical offsets in order."""
    return np.linspace(-SPREAD, SPREAD, n) * radius if n > 1 else np.zeros(1)


def ends(layout: Layout, gap: int, local: IndexArray) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return start x, start y, end x, end y of connections between column `gap` and the next; each (n,)."""
    y0, y1 = layout.y[gap], layout.y[gap + 1]
    start_x, leave, end_x, arrive = docks(layout, gap)
    source, target = np.divmod(local, len(y1))
    return start_x[target], y0[source] + leave[target], end_x[source], y1[target] + arrive[source]


def docks(layout: Layout, gap: int) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return where lines leave the circles of column `gap` and where they reach those of the next.

    Returns
    -------
    start_x, leave : ndarray, shape (n_out,)
        Of the line to each neuron of the next column: x, and how far below the middle of its circle.
    end_x, arrive : ndarray, shape (n_in,)
        Of the line from each neuron of this column.
    """
    r0, r1 = layout.radius[gap], layout.radius[gap + 1]
    leave, arrive = _spread(len(layout.y[gap + 1]), r0), _spread(len(layout.y[gap]), r1)
    start_x = layout.x[gap] + np.sqrt(r0**2 - leave**2)
    end_x = layout.x[gap + 1] - np.sqrt(r1**2 - arrive**2)
    return start_x, leave, end_x, arrive


def controls(layout: Layout, gap: int, local: IndexArray) -> FloatArray:
    """Return the four points of the curves of some connections, shape (n, 4, 2), from left to right."""
    start_x, start_y, end_x, end_y = ends(layout, gap, local)
    handle = HANDLE * (layout.x[gap + 1] - layout.x[gap])
    xs = np.stack([start_x, start_x + handle, end_x - handle, end_x], axis=1)
    ys = np.stack([start_y, start_y, end_y, end_y], axis=1)
    return np.stack([xs, ys], axis=2)


def _flatten(curves: FloatArray, n_pieces: int) -> FloatArray:
    start_x, start_y, end_x, end_y, handle = (curves[:, index] for index in range(5))
    near, far, bulge = _bernstein(n_pieces)
    xs = start_x * near + end_x * far + handle * bulge
    ys = start_y * near + end_y * far
    # Flat caps leave a notch where two pieces of a thick line meet at an angle: pieces reach a little into each other.
    dx, dy = xs[:, 1:] - xs[:, :-1], ys[:, 1:] - ys[:, :-1]
    reach = OVERLAP / np.maximum(np.hypot(dx, dy), OVERLAP)
    dx, dy = dx * reach, dy * reach
    pieces = np.empty((*dx.shape, 4))
    pieces[:, :, 0], pieces[:, :, 1], pieces[:, :, 2], pieces[:, :, 3] = xs[:, :-1], ys[:, :-1], xs[:, 1:], ys[:, 1:]
    pieces[:, 1:, 0] -= dx[:, 1:]
    pieces[:, 1:, 1] -= dy[:, 1:]
    pieces[:, :-1, 2] += dx[:, :-1]
    pieces[:, :-1, 3] += dy[:, :-1]
    return pieces


def build_curves(layout: Layout, n_pieces: int = N_PIECES) -> LineCurves:
    """Number the connections of `layout`; drawn larger, curves need more pieces to look smooth.

    Few lines have more pieces in any case: they stand alone, are thick, and their pieces are worked out only once.
    """
    counts = [len(here) * len(there) for here, there in pairwise(layout.y)]
    if sum(counts) <= ALL_LINES_LIMIT:
        n_pieces = max(n_pieces, FINE_PIECES)
    return LineCurves(layout, tuple((int(a), int(b)) for a, b in pairwise(np.cumsum([0, *counts]))), n_pieces)
