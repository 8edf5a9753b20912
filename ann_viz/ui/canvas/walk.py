"""Walking through the picture with the arrow keys: from neuron to neuron, onto a connection and along its ends."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt

from ann_viz.scene import Connection, Element, Neuron
from ann_viz.ui.canvas.arrangement import Arrangement

__all__ = ["ARROWS", "walked"]

ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
"""Columns to the right, and rows down."""


def walked(arrangement: Arrangement, mark: Element | None, columns: int, rows: int, *, shift: bool) -> Element:
    """Return what an arrow leads to.

    From a neuron left and right lead to the next column, with Shift onto the connection between. From a connection
    they lead to its ends; up and down move its left end, with Shift its right one.

    Parameters
    ----------
    arrangement : Arrangement
        Knows where everything is drawn.
    mark : Element or None
        What is selected.
    columns, rows : int
        Of `ARROWS`.
    shift : bool
        Whether Shift is held.
    """
    if isinstance(mark, Connection):
        source, target = Neuron(mark.gap, mark.source), Neuron(mark.gap + 1, mark.target)
        if columns:
            return source if columns < 0 else target
        end = arrangement.neighbour(target if shift else source, 0, rows)
        if not isinstance(end, Neuron) or end.column != (target if shift else source).column:
            return mark
        return replace(mark, target=end.index) if shift else replace(mark, source=end.index)
    if mark is not None and shift and columns:
        other = arrangement.neighbour(mark, columns, 0)
        if not isinstance(other, Neuron) or other.column == mark.column:
            return mark
        left, right = (other, mark) if columns < 0 else (mark, other)
        return Connection(left.column, left.index, right.index)
    return arrangement.neighbour(mark, columns, rows)
