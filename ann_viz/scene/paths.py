"""Which lines belong to what is selected: a neuron's own, or the strongest paths behind an answer."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from ann_viz.scene.elements import Connection, Element, Neuron, Route
from ann_viz.scene.scales import drawable

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["own_lines", "paths_behind"]

FloatArray: TypeAlias = "NDArray[np.floating]"
BoolArray: TypeAlias = "NDArray[np.bool_]"

PATHS_PER_GAP: Final = (6, 16, 34)
"""Lines traced in the last gap, the one before, and all earlier ones."""


def own_lines(sizes: Sequence[int], mark: Element | Route) -> BoolArray:
    """Return which connections touch `mark`, in the order of the weight matrices.

    Parameters
    ----------
    sizes : sequence of int
        Neurons per column.
    mark : Element or Route
        A neuron's lines are those that reach it and those that leave it.
    """
    parts = []
    for gap, (n_in, n_out) in enumerate(pairwise(sizes)):
        own = np.zeros((n_in, n_out), dtype=bool)
        match mark:
            case Connection(gap=where, source=source, target=target) if where == gap:
                own[source, target] = True
            case Route(lines=lines):
                for line in (line for line in lines if line.gap == gap):
                    own[line.source, line.target] = True
            case Neuron(column=column, index=index) if column == gap:
                own[index] = True
            case Neuron(column=column, index=index) if column == gap + 1:
                own[:, index] = True
        parts.append(own.ravel())
    return np.concatenate(parts)


def paths_behind(weights: Sequence[FloatArray], activations: Sequence[FloatArray], output: int) -> BoolArray:
    """Trace back what contributed most to one answer for the shown row.

    From the output backwards, the connections with the largest |w · a| among those that lead to a neuron already
    traced: 6, then 16, then 34 of each earlier gap.

    Parameters
    ----------
    weights : sequence of ndarray
        W[l], shape (n_in, n_out).
    activations : sequence of ndarray
        A[l], inputs first.
    output : int
        The output neuron.

    Returns
    -------
    ndarray of bool, shape (n_connections,)
    """
    reached = np.array([output])
    parts: list[BoolArray] = []
    for step, gap in enumerate(reversed(range(len(weights)))):
        signal = np.abs(drawable(weights[gap][:, reached] * activations[gap][:, None]))
        n_kept = min(PATHS_PER_GAP[min(step, len(PATHS_PER_GAP) - 1)], signal.size)
        best = np.argpartition(signal.ravel(), signal.size - n_kept)[signal.size - n_kept :]
        best = best[signal.ravel()[best] > 0]  # a silent neuron has contributed nothing
        sources, columns = np.divmod(best, len(reached))
        own = np.zeros(weights[gap].shape, dtype=bool)
        own[sources, reached[columns]] = True
        parts.append(own.ravel())
        reached = np.unique(sources)
    return np.concatenate(parts[::-1])
