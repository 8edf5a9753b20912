"""What one connection does for one row, who is to blame, and how its weight has moved while it was looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Network
from ann_viz.explain.neuron import LayerNames
from ann_viz.explain.row import RowPass

__all__ = ["ConnectionStory", "WeightTrail", "connection_story"]

MOST_POINTS: Final = 400  # more than the pixels of the line


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionStory:
    """A connection at work on one row.

    Parameters
    ----------
    gap, source, target : int
        It is ``W[gap][source, target]``.
    source_name, target_name : str
        The neurons at its ends.
    weight, activation : float
        The weight, and what the source passes on.
    delta : float
        ∂L/∂z of the target.
    gradient : float
        ∂L/∂w of the row's loss.
    batch_gradient : float or None
        ∂L/∂w of the last batch, with whatever penalties there are; None before the first.
    """

    gap: int
    source: int
    target: int
    source_name: str
    target_name: str
    weight: float
    activation: float
    delta: float
    gradient: float
    batch_gradient: float | None

    @property
    def signal(self) -> float:
        """What arrives at the target."""
        return self.weight * self.activation


def connection_story(
    network: Network,
    row: RowPass,
    place: tuple[int, int, int],
    names: LayerNames,
    batch: tuple[NDArray[np.floating], ...] = (),
) -> ConnectionStory:
    """Tell what a connection does for a row.

    Parameters
    ----------
    network : Network
        Through which the row was sent.
    row : RowPass
        The row's numbers.
    place : tuple of (gap, source, target)
        Which connection.
    names : sequence of sequences of str
        Names of all neurons.
    batch : tuple of arrays
        ∂L/∂W of the last batch as `Snapshot.dW` has it; empty before the first.

    Returns
    -------
    ConnectionStory
    """
    gap, source, target = place
    return ConnectionStory(
        gap=gap,
        source=source,
        target=target,
        source_name=names[gap][source],
        target_name=names[gap + 1][target],
        weight=float(network.W[gap][source, target]),
        activation=float(row.A[gap][source]),
        delta=float(row.delta[gap][target]),
        gradient=float(row.dW[gap][source, target]),
        batch_gradient=float(batch[gap][source, target]) if batch else None,
    )


class WeightTrail:
    """How one weight has moved: evenly spread over the time it was looked at, however long that was.

    Parameters
    ----------
    most : int
        Points kept at most.
    """

    def __init__(self, most: int = MOST_POINTS) -> None:
        self._most = most
        self._least_gap = 0.0  # epochs between points that are kept
        self._points: list[tuple[float, float]] = []

    @property
    def points(self) -> tuple[tuple[float, float], ...]:
        """(epoch, weight), the oldest first; a part of an epoch counts as a fraction."""
        return tuple(self._points)

    def clear(self) -> None:
        """Forget everything: another connection is looked at."""
        self._points.clear()
        self._least_gap = 0.0

    def add(self, epoch: float, weight: float) -> None:
        """Note the weight at `epoch`; what was noted for that moment or later (before a reset) is forgotten."""
        points = self._points
        while points and points[-1][0] >= epoch:
            points.pop()
        if len(points) > 1 and points[-1][0] - points[-2][0] < self._least_gap:
            points.pop()  # it only marked the end
        points.append((epoch, weight))
        if len(points) > self._most:
            del points[1:-1:2]  # the first and the last stay
            self._least_gap = (points[-1][0] - points[0][0]) / len(points)
