"""What can be pointed at in the picture: a neuron or a connection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Connection", "Element", "Neuron", "Route", "Way", "fits"]


@dataclass(frozen=True, slots=True)
class Neuron:
    """A circle.

    Attributes
    ----------
    column : int
        0 is the inputs.
    index : int
        From the top, counted from 0.
    """

    column: int
    index: int


@dataclass(frozen=True, slots=True)
class Connection:
    """A line.

    Attributes
    ----------
    gap : int
        It uses ``W[gap]``: from column `gap` to the next.
    source, target : int
        Row and column of ``W[gap]``.
    """

    gap: int
    source: int
    target: int


Element = Neuron | Connection


@dataclass(frozen=True, slots=True)
class Way:
    """What joins an input and an answer: the paths between them, one of which is looked at.

    Attributes
    ----------
    source, output : int
        The ends, as indices of their columns.
    via : tuple of int
        Hidden neurons that the path shall go through, from the first column on; behind them the strongest goes on.
    """

    source: int
    output: int
    via: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """One path through the picture.

    Attributes
    ----------
    lines : tuple of Connection
        From the left; those that are not drawn are left out.
    """

    lines: tuple[Connection, ...]


def fits(element: Element, sizes: Sequence[int]) -> bool:
    """Return whether there is such a neuron or connection in a network of these sizes."""
    if isinstance(element, Connection):
        return (
            0 <= element.gap < len(sizes) - 1
            and 0 <= element.source < sizes[element.gap]
            and 0 <= element.target < sizes[element.gap + 1]
        )
    return 0 <= element.column < len(sizes) and 0 <= element.index < sizes[element.column]
