"""What travels along the lines: signals as beads to the right, the error as dots to the left, for the shown row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from ann_viz.scene.curves import controls
from ann_viz.scene.elements import Neuron
from ann_viz.scene.layout import Layout
from ann_viz.scene.scales import drawable

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Beads", "ErrorPaths", "Errors", "beads", "error_paths"]

FloatArray: TypeAlias = "NDArray[np.floating]"
IndexArray: TypeAlias = "NDArray[np.intp]"
BoolArray: TypeAlias = "NDArray[np.bool_]"

MOST_BEADS: Final = 12
MOST_PATHS: Final = 24
"""Dotted lines in one gap; more of them can't be told apart."""

SMALLEST_BEAD: Final = 2.8
LARGEST_BEAD: Final = 4.5
TAIL: Final = 0.05
THINNEST_DOT: Final = 1.9
THICKEST_DOT: Final = 4.2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Errors:
    """What one row's error says of every neuron and line.

    Attributes
    ----------
    delta : tuple of (n_out,) ndarray
        ∂L/∂z per column after the inputs.
    gradients : tuple of (n_in, n_out) ndarray
        ∂L/∂w.
    """

    delta: tuple[FloatArray, ...]
    gradients: tuple[FloatArray, ...]

    def only(self, shown: Sequence[IndexArray]) -> Errors:
        """Return those of some neurons, given per column."""
        return Errors(
            delta=tuple(d[index] for d, index in zip(self.delta, shown[1:], strict=True)),
            gradients=tuple(g[np.ix_(*index)] for g, index in zip(self.gradients, pairwise(shown), strict=True)),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Beads:
    """The strongest signals on their way through one gap; all arrays (n,), strongest last.

    Attributes
    ----------
    x, y : ndarray
        Centres.
    tail_x, tail_y : ndarray
        Where their tails begin.
    radius : ndarray
    negative : ndarray of bool
    """

    x: FloatArray
    y: FloatArray
    tail_x: FloatArray
    tail_y: FloatArray
    radius: FloatArray
    negative: BoolArray


@dataclass(frozen=True, slots=True, eq=False)
class ErrorPaths:
    """How the error goes back.

    Attributes
    ----------
    curves : ndarray, shape (n, 8)
        x, y of the four points of each cubic curve, from the neuron that gives the error to the one that receives it.
    dots : ndarray, shape (n,)
        Thickness of the dots by share of the gap's largest contribution |w · δ|.
    carries : tuple of (n_neurons,) ndarray of bool
        Which neurons after the inputs have a part in it, per column.
    """

    curves: FloatArray
    dots: FloatArray
    carries: tuple[BoolArray, ...]


def beads(layout: Layout, gap: int, weights: FloatArray, activations: FloatArray, progress: float) -> Beads:
    """Place the strongest signals of a gap.

    Parameters
    ----------
    layout : Layout
    gap : int
        From column `gap` to the next.
    weights : ndarray, shape (n_in, n_out)
    activations : ndarray, shape (n_in,)
        Of the shown row.
    progress : float
        How far they have come, 0 to 1.
    """
    signals = drawable((weights * activations[:, None]).ravel())
    size = np.abs(signals)
    order = np.argsort(size, kind="stable")[-MOST_BEADS:]
    order = order[size[order] > 0]
    points = controls(layout, gap, order)
    x, y = _point(points, progress)
    tail_x, tail_y = _point(points, max(0.0, progress - TAIL))
    share = size[order] / size[order[-1]] if len(order) else size[order]
    radius = SMALLEST_BEAD + (LARGEST_BEAD - SMALLEST_BEAD) * share
    return Beads(x, y, tail_x, tail_y, radius, signals[order] < 0)


def error_paths(
    layout: Layout,
    weights: Sequence[FloatArray],
    delta: Sequence[FloatArray],
    *,
    receiver: Neuron | None = None,
    down_to: int = 1,
) -> ErrorPaths:
    """Find the lines along which the error of the shown row goes back.

    A neuron's share of the blame is f'(z) · Σ w·δ of the neurons it feeds: each term is one line. A neuron with δ = 0
    (a ReLU whose sum is below zero) receives nothing.

    Parameters
    ----------
    layout : Layout
    weights : sequence of ndarray
        W[l], shape (n_in, n_out).
    delta : sequence of ndarray
        ∂L/∂z of every column after the inputs.
    receiver : Neuron, optional
        Only what reaches this hidden neuron.
    down_to : int
        The last column that the error has reached: 1 for the first hidden layer, the number of gaps for
        the outputs alone.
    """
    first = down_to if receiver is None else max(down_to, receiver.column)
    reached = delta[first - 1] != 0
    if receiver is not None and receiver.column == first:
        reached &= np.arange(len(reached)) == receiver.index
    carries = [np.zeros(len(d), dtype=bool) for d in delta]
    curves: list[FloatArray] = [np.zeros((0, 8))]
    dots: list[FloatArray] = [np.zeros(0)]
    for column in range(first, len(weights)):
        carries[column - 1] = reached
        size = np.abs(drawable(weights[column] * delta[column] * reached[:, None])).ravel()
        order = np.argsort(size, kind="stable")[-MOST_PATHS:]
        order = order[size[order] > 0]
        curves.append(controls(layout, column, order)[:, ::-1].reshape(-1, 8))
        if len(order):
            dots.append(THINNEST_DOT + (THICKEST_DOT - THINNEST_DOT) * size[order] / size[order[-1]])
        reached = np.zeros(len(delta[column]), dtype=bool)
        reached[order % len(reached)] = True
    carries[-1] = reached
    return ErrorPaths(np.concatenate(curves), np.concatenate(dots), tuple(carries))


def _point(controls: FloatArray, t: float) -> tuple[FloatArray, FloatArray]:
    """Return where cubic curves are at `t`."""
    share = np.array([(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3])
    points = np.einsum("p,npc->nc", share, controls)
    return points[:, 0], points[:, 1]
