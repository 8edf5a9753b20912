"""What can be pointed at in the picture: a neuron or a connection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Connection", "Element", "Neuron", "fits"]


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


def fits(element: Element, sizes: Sequence[int]) -> bool:
    """Return whether there is such a neuron or connection in a network of these sizes."""
    if isinstance(element, Connection):
        return (
            0 <= element.gap < len(sizes) - 1
            and 0 <= element.source < sizes[element.gap]
            and 0 <= element.target < sizes[element.gap + 1]
        )
    return 0 <= element.column < len(sizes) and 0 <= element.index < sizes[element.column]
