"""What one connection does for one row, who is to blame, and how its weight has moved over the run."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Network, Snapshot
from ann_viz.explain.neuron import LayerNames
from ann_viz.explain.row import RowPass

__all__ = ["ConnectionStory", "Trail", "connection_story", "weight_trail"]


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


@dataclass(frozen=True, slots=True)
class Trail:
    """The course of one weight over a run.

    Parameters
    ----------
    points : tuple of (epoch, weight)
        The oldest first; the last is the weight now, where a part of an epoch counts as a fraction.
    breaks : tuple of (epoch, before, after)
        Where it was set by hand or put back: no learning leads from the one to the other.
    """

    points: tuple[tuple[float, float], ...]
    breaks: tuple[tuple[float, float, float], ...] = ()

    def pieces(self) -> tuple[tuple[tuple[float, float], ...], ...]:
        """Return the points between two breaks, with the ends of the breaks: what the optimiser did."""
        pieces: list[tuple[tuple[float, float], ...]] = []
        left, start = list(self.points), list[tuple[float, float]]()
        for epoch, before, after in self.breaks:
            piece = [*start, *(point for point in left if point[0] <= epoch)]
            left = [point for point in left if point[0] > epoch]
            if piece and piece[-1][0] == epoch:
                piece.pop()  # the moment of the break: kept before it, or seen after it
            pieces.append((*piece, (epoch, before)))
            start = [(epoch, after)]
        return (*pieces, tuple([*start, *left]))


def weight_trail(snapshot: Snapshot, layer: int, row: int, column: int) -> Trail:
    """Return how one weight has moved over the run.

    Parameters
    ----------
    snapshot : Snapshot
    layer, row, column : int
        It is ``snapshot.W[layer][row, column]``.
    """
    sizes = snapshot.config.sizes
    before = sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes[: layer + 1]))
    place = before + row * sizes[layer + 1] + column
    now = snapshot.epoch + snapshot.batch_index / max(1, snapshot.n_batches)
    kept = [
        (then.epoch + then.batch_index / then.n_batches, float(then.params[place]))
        for then in snapshot.timeline
        if not then.weights_of.restored or then.weights_of.batch
    ]
    points = [(epoch, weight) for epoch, weight in kept if epoch < now]
    breaks = []
    for edit in snapshot.hand_edits:
        for k in np.flatnonzero(edit.indices == place).tolist():
            breaks.append((edit.at, float(edit.before[k]), float(edit.after[k])))
    return Trail((*points, (now, float(snapshot.params[place]))), tuple(breaks))
