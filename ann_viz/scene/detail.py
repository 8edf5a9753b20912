"""Which neurons of a wide layer are drawn, and when inputs are a picture."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from ann_viz.scene.elements import Connection, Element, Neuron, Route

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "WIDEST",
    "choose_neurons",
    "from_shown",
    "likeliest_classes",
    "picture_side",
    "shown_neurons",
    "shown_parameters",
    "shown_route",
    "to_shown",
]

FloatArray: TypeAlias = "NDArray[np.floating]"
IndexArray: TypeAlias = "NDArray[np.intp]"

WIDEST: Final = 64
"""Neurons of a layer that are all drawn; of a wider one, the most active."""

MOST_ACTIVE: Final = 48
MOST_CLASSES: Final = 24
"""Classes that are all drawn; of more of them, the most likely."""

MOST_LIKELY: Final = 20
SMALLEST_PICTURE: Final = 5


def choose_neurons(
    activations: Sequence[FloatArray],
    *,
    picture: bool = False,
    folded: Sequence[tuple[int, int]] = (),
    likeliest: bool = False,
) -> tuple[tuple[IndexArray, ...], tuple[int, ...]]:
    """Return which neurons of every column are drawn, ascending, and how many of each are left out.

    Parameters
    ----------
    activations : sequence of ndarray
        A[l] of the shown row, inputs first, shape (n,).
    picture : bool
        The inputs are drawn as a picture, which needs all of them.
    folded : sequence of (start, stop)
        One-hot groups of inputs that are drawn as one: the member that is 1 for this row. The others add nothing to any
        sum, and are not counted as left out.
    likeliest : bool
        Of more outputs than can be read, only the most likely are drawn.
    """
    shown, left_out = [], []
    for column, a in enumerate(activations):
        candidates = np.arange(len(a)) if column else _folded(a, folded)
        if likeliest and column == len(activations) - 1:
            shown.append(likeliest_classes(a))
        elif len(candidates) > WIDEST and not (picture and column == 0):
            shown.append(_largest(a, candidates, MOST_ACTIVE))
        else:
            shown.append(candidates)
        left_out.append(len(candidates) - len(shown[-1]))
    return tuple(shown), tuple(left_out)


def likeliest_classes(output: FloatArray) -> IndexArray:
    """Return which outputs can be read beside each other, ascending: all of a few, or the most likely of many."""
    every = np.arange(len(output))
    return every if len(output) <= MOST_CLASSES else _largest(output, every, MOST_LIKELY)


def _largest(values: FloatArray, candidates: IndexArray, n: int) -> IndexArray:
    order = np.argsort(-np.abs(values[candidates]), kind="stable")
    return np.sort(candidates[order[:n]])


def _folded(values: FloatArray, groups: Sequence[tuple[int, int]]) -> IndexArray:
    """Return all inputs but the silent members of folded groups."""
    kept = np.ones(len(values), dtype=bool)
    for start, stop in groups:
        kept[start:stop] = False
        kept[start + int(np.argmax(np.abs(values[start:stop])))] = True
    return np.flatnonzero(kept)


def picture_side(names: Sequence[str]) -> int | None:
    """Return k where columns of these names can be a square picture of k × k pixels, else None.

    Parameters
    ----------
    names : sequence of str
        Of all columns but the target, in the order of the file. Pixels are numbered and called alike ("pixel_17").
    """
    side = math.isqrt(len(names))
    if side < SMALLEST_PICTURE or side * side != len(names):
        return None
    numbered = [re.fullmatch(r"(\D*)\d+(?:\D+\d+)?", name) for name in names]
    return side if all(numbered) and len({match[1] for match in numbered if match}) == 1 else None


def to_shown(mark: Element | None, shown: Sequence[IndexArray]) -> Element | None:
    """Return `mark` counted among the neurons that are drawn; None where it isn't drawn."""
    if mark is None:
        return None
    if isinstance(mark, Neuron):
        places = [(mark.column, mark.index)]
    else:
        places = [(mark.gap, mark.source), (mark.gap + 1, mark.target)]
    found = [int(np.searchsorted(shown[column], index)) for column, index in places]
    for place, (column, index) in zip(found, places, strict=True):
        if place == len(shown[column]) or shown[column][place] != index:
            return None
    return Neuron(mark.column, found[0]) if isinstance(mark, Neuron) else Connection(mark.gap, found[0], found[1])


def from_shown(mark: Element, shown: Sequence[IndexArray]) -> Element:
    """Return `mark` counted among all neurons, from one counted among those that are drawn."""
    if isinstance(mark, Neuron):
        return Neuron(mark.column, int(shown[mark.column][mark.index]))
    gap = mark.gap
    return Connection(gap, int(shown[gap][mark.source]), int(shown[gap + 1][mark.target]))


def shown_neurons(places: Iterable[tuple[int, int]], shown: Sequence[IndexArray]) -> list[Neuron]:
    """Return those of some neurons, each a column and an index, that are drawn, counted among what is drawn."""
    marks = (to_shown(Neuron(*place), shown) for place in places)
    return [mark for mark in marks if isinstance(mark, Neuron)]


def shown_route(neurons: Sequence[int], shown: Sequence[IndexArray]) -> Route:
    """Return the lines of a path that are drawn, counted among what is drawn; `neurons` has one of every column."""
    lines = (to_shown(Connection(gap, *ends), shown) for gap, ends in enumerate(pairwise(neurons)))
    return Route(tuple(line for line in lines if isinstance(line, Connection)))


def shown_parameters(
    places: Iterable[tuple[int, int, int]], sizes: Sequence[int], shown: Sequence[IndexArray]
) -> list[Element]:
    """Return where some weights and biases are drawn, counted among what is drawn: a bias at its neuron.

    Parameters
    ----------
    places : iterable of (layer, row, column)
        Below the last row of a layer's weights stand its biases.
    sizes : sequence of int
        Neurons of every column of the network.
    shown : sequence of ndarray
        Which of them are drawn.
    """
    marks = []
    for gap, row, column in places:
        is_bias = row == sizes[gap]
        marks.append(to_shown(Neuron(gap + 1, column) if is_bias else Connection(gap, row, column), shown))
    return [mark for mark in marks if mark is not None]
