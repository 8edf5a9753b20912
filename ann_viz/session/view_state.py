"""How a project was looked at when it was saved: part of its file, and never of what counts as unsaved.

Rows that were tried are no part of it: they may be rows of the table, which leave this computer only when asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ann_viz.scene import Connection, Element, LineMode, Neuron, fits

__all__ = ["ViewState", "element_of", "fits_network", "place_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewState:
    """What the picture showed.

    Parameters
    ----------
    lines : str
        What the lines meant.
    share : float or None
        Part of each gap's lines that was drawn one by one; None where their number decided.
    folded : tuple of str or None
        Columns of categories drawn as one input; None where their number decided.
    looks_for : bool
        Whether it stood beside hidden neurons what they look for.
    selected : tuple of int
        Column and index of a neuron, or gap, source and target of a connection; empty for nothing.
    """

    lines: LineMode = "weights"
    share: float | None = None
    folded: tuple[str, ...] | None = None
    looks_for: bool = False
    selected: tuple[int, ...] = ()


def place_of(mark: Element | None) -> tuple[int, ...]:
    """Return a selection as numbers."""
    if mark is None:
        return ()
    return (mark.column, mark.index) if isinstance(mark, Neuron) else (mark.gap, mark.source, mark.target)


def element_of(place: tuple[int, ...]) -> Element | None:
    """Return what such numbers select; None for nothing. Raises ValueError for as many as nothing has."""
    match place:
        case ():
            return None
        case (column, index):
            return Neuron(column, index)
        case (gap, source, target):
            return Connection(gap, source, target)
    raise ValueError("what was selected is no part of a network")


def fits_network(view: ViewState, sizes: Sequence[int]) -> bool:
    """Whether a network of these sizes can be looked at like that; raises ValueError like `element_of`."""
    mark = element_of(view.selected)
    return (mark is None or fits(mark, sizes)) and (view.share is None or 0 <= view.share <= 1)
