"""Which connections a frame draws, as straight pieces sorted by thickness and sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from ann_viz.scene.curves import FloatArray, IndexArray, LineCurves
from ann_viz.scene.scales import ALL_LINES_LIMIT, N_LEVELS, levels, line_opacity, line_width

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Box", "Bucket", "Lines", "follow_lines", "sort_lines", "strongest"]

BoolArray: TypeAlias = "NDArray[np.bool_]"

STRONGEST: Final = 150
OWN_OPACITY: Final = 0.38
OWN_WIDTH: Final = 1.15
OTHER_OPACITY: Final = 0.10
REACH: Final = 5.0
"""How far a line may be seen beside its middle, in pixels: half of the largest width, and a blurred edge."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


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
    connections : ndarray of int, shape (n_drawn,)
        Which connection each run of pieces is.
    n_total : int
        Connections there are.
    share : float
        Part of the sum of magnitudes that is drawn, 0 to 1.
    keys : ndarray of uint8, shape (n_drawn,)
        How each is drawn; those of one key are drawn alike.
    changed : Box or None
        Around all that is drawn otherwise than in the lines these have followed; None where that may be anything.
    """

    pieces: FloatArray
    buckets: tuple[Bucket, ...]
    connections: IndexArray
    n_total: int
    share: float
    keys: NDArray[np.uint8]
    changed: Box | None = None

    @property
    def n_drawn(self) -> int:
        """Connections drawn."""
        return len(self.connections)


def strongest(
    values: FloatArray,
    gaps: Sequence[tuple[int, int]],
    share: float | None = None,
    own: BoolArray | None = None,
) -> IndexArray | None:
    """Return the connections to draw, ascending, or None for all of them.

    Parameters
    ----------
    values : ndarray, shape (n_connections,)
    gaps : sequence of (start, stop)
    share : float, optional
        Part of each gap to draw, 0 to 1; by default all up to 400 connections, then 150, evenly from the gaps.
    own : ndarray of bool, optional
        The lines of what is selected: drawn in any case, and above 400 connections nothing else.
    """
    if len(values) <= ALL_LINES_LIMIT:
        if share is None:
            return None
    elif own is not None:
        return np.flatnonzero(own)
    kept = np.zeros(len(values), dtype=bool) if own is None else own.copy()
    for start, stop in gaps:
        n = stop - start
        n_drawn = min(n, STRONGEST // len(gaps) if share is None else max(1, round(share * n)))
        order = np.argpartition(np.abs(values[start:stop]), n - n_drawn)
        kept[start + order[n - n_drawn :]] = True
    return None if kept.all() and len(values) <= ALL_LINES_LIMIT else np.flatnonzero(kept)


def sort_lines(
    curves: LineCurves,
    values: FloatArray,
    reference: float,
    *,
    share: float | None = None,
    own: BoolArray | None = None,
    present: BoolArray | None = None,
) -> Lines:
    """Sort the connections into pen buckets, weakest first.

    Parameters
    ----------
    curves : LineCurves
    values : ndarray, shape (n_connections,)
        In the order of the weight matrices.
    reference : float
        The magnitude drawn at full thickness.
    share : float, optional
        See `strongest`.
    own : ndarray of bool, optional
        The lines of what is selected: drawn last and stronger, while all others fade.
    present : ndarray of bool, optional
        Lines there are; by default all. The others don't count.

    Returns
    -------
    Lines
    """
    chosen = strongest(values, curves.gaps, share, own)
    if present is not None:
        chosen = np.flatnonzero(present) if chosen is None else chosen[present[chosen]]
    drawn = values if chosen is None else values[chosen]
    keys = levels(drawn, reference)
    if own is not None:
        keys += (own if chosen is None else own[chosen]) * np.uint8(2 * N_LEVELS)
    order = np.argsort(keys, kind="stable")
    connections = order if chosen is None else chosen[order]
    pieces = (curves.all_pieces[order] if chosen is None else curves.pieces(connections)).reshape(-1, 4)
    total = float(np.abs(values).sum(dtype=np.float64))
    part = float(np.abs(drawn).sum(dtype=np.float64)) / total if total > 0 else 1.0
    buckets = _buckets(np.bincount(keys), own is not None, curves.n_pieces)
    n_total = len(values) if present is None else int(present.sum())
    return Lines(pieces, buckets, connections, n_total, part, keys[order])


def follow_lines(lines: Lines, values: FloatArray, reference: float) -> Lines:
    """Sort the lines that are drawn anew, by newer numbers; which are drawn, and their share of the whole, stay.

    Parameters
    ----------
    lines : Lines
        With nothing selected.
    values : ndarray, shape (n_drawn,)
        In the order of ``lines.connections``.
    reference : float
        The magnitude drawn at full thickness.

    Returns
    -------
    Lines
        The same where each is drawn as before: there are so few classes of thickness that this is often so.
    """
    keys = levels(values, reference)
    moved = keys != lines.keys
    if not moved.any():
        return lines
    order = np.argsort(keys, kind="stable")
    pieces = lines.pieces.reshape(len(keys), -1, 4)
    return replace(
        lines,
        pieces=pieces.take(order, 0).reshape(-1, 4),
        buckets=_buckets(np.bincount(keys), False, pieces.shape[1]),
        connections=lines.connections[order],
        keys=keys[order],
        changed=_around(pieces[moved]),
    )


def _around(pieces: FloatArray) -> Box:
    """Return the box that lines are seen in."""
    points = pieces.reshape(-1, 2)
    (left, top), (right, bottom) = (points.min(0) - REACH).tolist(), (points.max(0) + REACH).tolist()
    return left, top, right, bottom


def _buckets(counts: IndexArray, faded: bool, n_pieces: int) -> tuple[Bucket, ...]:
    """Return one bucket per key that occurs; `counts` says how often."""
    rho = (np.arange(N_LEVELS) + 0.5) / N_LEVELS
    widths, opacities = line_width(rho).tolist(), line_opacity(rho).tolist()
    buckets, start = [], 0
    for key in np.flatnonzero(counts).tolist():
        own, rest = divmod(key, 2 * N_LEVELS)
        level, negative = divmod(rest, 2)
        width, opacity = widths[level], opacities[level]
        if own:
            width, opacity = width * OWN_WIDTH, min(1.0, opacity + OWN_OPACITY)
        elif faded:
            opacity *= OTHER_OPACITY
        stop = start + int(counts[key]) * n_pieces
        buckets.append(Bucket(start, stop, width, opacity, bool(negative)))
        start = stop
    return tuple(buckets)
