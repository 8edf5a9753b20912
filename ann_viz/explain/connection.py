"""What one connection does for one row, who is to blame, and how its weight has moved over the run."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Network, Snapshot
from ann_viz.explain.neuron import LayerNames
from ann_viz.explain.row import RowPass

__all__ = ["ConnectionStory", "connection_story", "weight_trail"]


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
    batch: tuple[NDArray[np.floating] | None, ...] = (),
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
    batch : tuple of (array or None)
        ∂L/∂W of the batch as `Snapshot.dW` has it, None for a layer that it has not got back to.

    Returns
    -------
    ConnectionStory
    """
    gap, source, target = place
    of_batch = batch[gap] if batch else None
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
        batch_gradient=None if of_batch is None else float(of_batch[source, target]),
    )


def weight_trail(snapshot: Snapshot, layer: int, row: int, column: int) -> tuple[tuple[float, float], ...]:
    """Return how one weight has moved over the run.

    Parameters
    ----------
    snapshot : Snapshot
    layer, row, column : int
        It is ``snapshot.W[layer][row, column]``.

    Returns
    -------
    tuple of (epoch, weight)
        The oldest first; the last is the weight now, where a part of an epoch counts as a fraction.
    """
    sizes = snapshot.config.sizes
    before = sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes[: layer + 1]))
    place = before + row * sizes[layer + 1] + column
    now = snapshot.moment
    kept = [(then.moment, float(then.params[place])) for then in snapshot.timeline]
    points = [(then, weight) for then, weight in kept if then < now]
    return (*points, (now, float(snapshot.params[place])))
