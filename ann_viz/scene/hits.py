"""What is under a point."""

from __future__ import annotations

from typing import Final

import numpy as np

from ann_viz.scene.curves import LineCurves
from ann_viz.scene.elements import Connection, Element, Neuron
from ann_viz.scene.lines import Lines

__all__ = ["connection_at", "mark_at"]

REACH: Final = 5.0
"""How near to a line a point must be, in logical pixels of the layout."""


def connection_at(curves: LineCurves, lines: Lines, x: float, y: float, reach: float = REACH) -> Connection | None:
    """Return the drawn connection nearest to a point, or None beyond `reach`; of equals the one drawn last."""
    pieces = lines.pieces
    if not len(pieces):
        return None
    x1, y1 = pieces[:, 0], pieces[:, 1]
    dx, dy = pieces[:, 2] - x1, pieces[:, 3] - y1
    length = np.maximum(dx * dx + dy * dy, 1e-12)
    t = np.clip(((x - x1) * dx + (y - y1) * dy) / length, 0.0, 1.0)
    square = (x1 + t * dx - x) ** 2 + (y1 + t * dy - y) ** 2
    last = len(square) - 1 - int(np.argmin(square[::-1]))
    if square[last] > reach * reach:
        return None
    flat = int(lines.connections[last // curves.n_pieces])
    for gap, (start, stop) in enumerate(curves.gaps):
        if start <= flat < stop:
            source, target = divmod(flat - start, len(curves.layout.y[gap + 1]))
            return Connection(gap, source, target)
    return None


def mark_at(curves: LineCurves, lines: Lines, x: float, y: float) -> Element | None:
    """Return the neuron, else the drawn connection, under a point."""
    node = curves.layout.node_at(x, y)
    return Neuron(*node) if node is not None else connection_at(curves, lines, x, y)
