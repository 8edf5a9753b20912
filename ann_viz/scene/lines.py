"""Connections as arrays of straight pieces, sorted for drawing.

A curve's shape depends on the layout alone and is flattened once; a frame only sorts the curves by thickness and sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.scene.layout import Layout
from ann_viz.scene.scales import ALL_LINES_LIMIT, N_LEVELS, levels, line_opacity, line_width

__all__ = ["Bucket", "Curves", "Lines", "build_curves", "sort_lines"]

FloatArray = NDArray[np.floating]

N_PIECES: Final = 12
HANDLE: Final = 0.46
SPREAD: Final = 0.55
STRONGEST_PER_GAP: Final = 150


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """All connections of a layout, flattened.

    Attributes
    ----------
    pieces : ndarray, shape (n_connections, N_PIECES, 4)
        x1, y1, x2, y2 of every straight piece; connections in the order of the weight matrices, row by row.
    gaps : tuple of (start, stop)
        Which connections belong to each gap between two layers.
    """

    pieces: FloatArray
    gaps: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Bucket:
    """Consecutive pieces drawn with one pen."""

    start: int
    stop: int
    width: float
    opacity: float
    negative: bool


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """What one frame draws.

    Attributes
    ----------
    pieces : ndarray, shape (n_pieces, 4), C-contiguous
        Weakest first; the memory layout of ``QLineF[n]``.
    buckets : tuple of Bucket
    n_drawn, n_total : int
        Connections drawn, and there.
    share : float
        Part of Σ|w| that is drawn, 0 to 1.
    """

    pieces: FloatArray
    buckets: tuple[Bucket, ...]
    n_drawn: int
    n_total: int
    share: float


def _spread(n: int, radius: float) -> FloatArray:
    """Return where n lines leave a circle, as vertical offsets in order."""
    return np.linspace(-SPREAD, SPREAD, n) * radius if n > 1 else np.zeros(1)


def _gap(layout: Layout, gap: int) -> FloatArray:
    """Return the flattened curves between column `gap` and the next, shape (n_in * n_out, N_PIECES, 4)."""
    r0, r1 = layout.radius[gap], layout.radius[gap + 1]
    y0, y1 = layout.y[gap], layout.y[gap + 1]
    leave, arrive = _spread(len(y1), r0), _spread(len(y0), r1)
    start_y = (y0[:, None] + leave[None, :]).ravel()  # (n_in * n_out,)
    end_y = (y1[None, :] + arrive[:, None]).ravel()
    start_x = np.tile(layout.x[gap] + np.sqrt(r0**2 - leave**2), len(y0))
    end_x = np.repeat(layout.x[gap + 1] - np.sqrt(r1**2 - arrive**2), len(y1))
    handle = HANDLE * (layout.x[gap + 1] - layout.x[gap])
    t = np.linspace(0.0, 1.0, N_PIECES + 1)[None, :]
    a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3  # Bernstein polynomials of degree 3
    xs = start_x[:, None] * (a + b) + end_x[:, None] * (c + d) + handle * (b - c)
    ys = start_y[:, None] * (a + b) + end_y[:, None] * (c + d)
    return np.stack([xs[:, :-1], ys[:, :-1], xs[:, 1:], ys[:, 1:]], axis=2)


def build_curves(layout: Layout) -> Curves:
    """Flatten every connection of `layout` once."""
    parts = [_gap(layout, gap) for gap in range(len(layout.x) - 1)]
    ends = np.cumsum([0, *(len(part) for part in parts)])
    gaps = tuple((int(start), int(stop)) for start, stop in pairwise(ends))
    return Curves(np.ascontiguousarray(np.concatenate(parts)), gaps)


def _chosen(weights: NDArray[np.floating], gaps: Sequence[tuple[int, int]]) -> NDArray[np.intp] | None:
    """Return the connections to draw, or None for all of them."""
    if len(weights) <= ALL_LINES_LIMIT:
        return None
    kept = []
    for start, stop in gaps:
        n = stop - start
        if n <= STRONGEST_PER_GAP:
            kept.append(np.arange(start, stop))
        else:
            order = np.argpartition(np.abs(weights[start:stop]), n - STRONGEST_PER_GAP)
            kept.append(np.sort(order[n - STRONGEST_PER_GAP :]) + start)
    return np.concatenate(kept)


def sort_lines(curves: Curves, weights: NDArray[np.floating], reference: float) -> Lines:
    """Sort the connections into pen buckets, weakest first.

    Parameters
    ----------
    curves : Curves
    weights : ndarray, shape (n_connections,)
        In the order of the weight matrices.
    reference : float
        The |w| drawn at full thickness.

    Returns
    -------
    Lines
    """
    chosen = _chosen(weights, curves.gaps)
    drawn = weights if chosen is None else weights[chosen]
    keys = levels(drawn, reference)
    order = np.argsort(keys, kind="stable")
    counts = np.bincount(keys, minlength=2 * N_LEVELS)
    pieces = curves.pieces[order if chosen is None else chosen[order]].reshape(-1, 4)
    rho = (np.arange(N_LEVELS) + 0.5) / N_LEVELS
    widths, opacities = line_width(rho), line_opacity(rho)
    buckets, start = [], 0
    for key in np.flatnonzero(counts):
        stop = start + int(counts[key]) * N_PIECES
        level, negative = divmod(int(key), 2)
        buckets.append(Bucket(start, stop, float(widths[level]), float(opacities[level]), bool(negative)))
        start = stop
    total = float(np.abs(weights).sum())
    share = float(np.abs(drawn).sum()) / total if total > 0 else 1.0
    return Lines(pieces, tuple(buckets), len(drawn), len(weights), share)
