"""What can be pointed at in the picture: a neuron or a connection."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Connection", "Element", "Neuron"]


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
