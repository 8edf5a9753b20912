"""What would change an answer: the smallest change of one column, or of two, after which the network answers otherwise.

It knows values only as inputs of the network and what each costs. Who asks gives the values that may be tried, which
are those that occur in the table, and says in `Wanted` what counts as another answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Network

__all__ = ["Found", "Movable", "Wanted", "cheapest", "nearest"]

MOST_IN_PAIRS: Final = 12
"""Of more columns, those are tried in pairs whose own change comes nearest: all pairs of 64 would take minutes."""

Array = NDArray[np.floating]
Wanted = Callable[[Array], Array]
"""Gets answers ``(n, n_outputs)``; returns by how much each is beyond the line to another answer, ``(n,)``."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Movable:
    """A column and the values it may take, at least one.

    Parameters
    ----------
    start, stop : int
        Its inputs.
    blocks : (n_values, stop − start) array
        Every value as inputs.
    costs : (n_values,) array
        How large a change each is.
    """

    start: int
    stop: int
    blocks: Array
    costs: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A change.

    Parameters
    ----------
    moves : tuple of (column, value)
        Place of each movable that is changed, and of its value.
    cost : float
        How large the change is.
    beyond : float
        By how much the answer is beyond the line; negative where it is not.
    """

    moves: tuple[tuple[int, int], ...]
    cost: float
    beyond: float


def cheapest(
    network: Network, x: Array, movables: Sequence[Movable], wanted: Wanted, margin: float = 0.0
) -> Found | None:
    """Return the cheapest change of one column or, where none is enough, of two; None where there is no such change.

    Parameters
    ----------
    network : Network
    x : (n_inputs,) array
        The row.
    movables : sequence of Movable
    wanted : Wanted
    margin : float
        How far beyond the line the answer must be at least.
    """
    singles = [_tried(network, x, (movable,), wanted) for movable in movables]
    alone = [_best((place,), movables, singles[place], margin) for place in range(len(movables))]
    found = [each for each in alone if each is not None]
    if not found:
        reach = [float(np.max(beyond, initial=-np.inf)) for beyond in singles]
        places = sorted(sorted(range(len(movables)), key=lambda place: -reach[place])[:MOST_IN_PAIRS])
        for pair in combinations(places, 2):
            beyond = _tried(network, x, tuple(movables[place] for place in pair), wanted)
            best = _best(pair, movables, beyond, margin)
            found += [] if best is None else [best]
    return min(found, key=lambda each: (each.cost, -each.beyond), default=None)


def nearest(network: Network, x: Array, movables: Sequence[Movable], wanted: Wanted) -> Found | None:
    """Return the change of a single column that comes nearest to the line, or goes farthest beyond it."""
    found = []
    for place, movable in enumerate(movables):
        beyond = _tried(network, x, (movable,), wanted)
        value = int(np.argmax(beyond))
        found.append(Found(moves=((place, value),), cost=float(movable.costs[value]), beyond=float(beyond[value])))
    return max(found, key=lambda each: each.beyond, default=None)


def _tried(network: Network, x: Array, movables: tuple[Movable, ...], wanted: Wanted) -> Array:
    """Return by how much each combination of values is beyond the line, those of the first column slowest."""
    counts = [len(movable.costs) for movable in movables]
    places = np.indices(counts).reshape(len(counts), -1)
    X = np.tile(x, (places.shape[1], 1))
    for movable, values in zip(movables, places, strict=True):
        X[:, movable.start : movable.stop] = movable.blocks[values]
    return wanted(network.predict(X))


def _best(places: tuple[int, ...], movables: Sequence[Movable], beyond: Array, margin: float) -> Found | None:
    """Return the cheapest of the combinations that are far enough beyond the line."""
    counts = [len(movables[place].costs) for place in places]
    costs = np.zeros(1)
    for place in places:
        costs = np.add.outer(costs, movables[place].costs).ravel()
    enough = np.flatnonzero(beyond >= margin)
    if not len(enough):
        return None
    best = int(enough[np.lexsort((-beyond[enough], costs[enough]))[0]])
    values = np.unravel_index(best, counts)
    moves = tuple((place, int(value)) for place, value in zip(places, values, strict=True))
    return Found(moves=moves, cost=float(costs[best]), beyond=float(beyond[best]))
