"""The loss as a function of one weight, all others as they are: its curve, its slope, and where a step would lead.

The loss is the plain mean over the given rows, without penalties, dropout or weights of classes. Of all neurons only
the one the weight leads to, and those behind it, are worked out for every point of the curve.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import ACTIVATIONS, LOSSES, Network

__all__ = ["WeightSlice", "most_rows", "slice_of"]

Array = NDArray[np.floating]

N_POINTS: Final = 41
MOST_ROWS: Final = 1000
LEAST_ROWS: Final = 32
MOST_PRODUCTS: Final = 16_000_000
"""Of numbers, for a whole curve: about 20 ms."""

FUNCTION: Final = 20  # products in whose time an activation is worked out

NEARBY: Final = 1e-5  # half the distance over which the slope is taken, in parts of the curve's half width


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WeightSlice:
    """L(w) of one weight.

    Parameters
    ----------
    weights, losses : (n,) arrays
        The curve.
    here : float
        The weight now.
    loss, slope : float
        L and ∂L/∂w there.
    n_rows : int
        Rows it is the mean of.
    """

    weights: Array
    losses: Array
    here: float
    loss: float
    slope: float
    n_rows: int

    def at(self, weight: float) -> float:
        """Return the loss on the curve at another weight, within its ends."""
        return float(np.interp(weight, self.weights, self.losses))


class _Behind:
    """What a weight changes: the neuron it leads to, and all columns behind it, for some rows in double precision."""

    def __init__(self, network: Network, X: Array, Y: Array, place: tuple[int, int, int]) -> None:
        gap, source, target = place
        network = Network.network_from(network.config, network.params)
        W, b = ([np.asarray(each, np.float64) for each in arrays] for arrays in (network.W, network.b))
        names = network.activation_names
        A = np.asarray(X, np.float64)
        with np.errstate(all="ignore"):
            for layer in range(gap):
                A = ACTIVATIONS[names[layer]].evaluate(A @ W[layer] + b[layer])
            self._Z = A @ W[gap] + b[gap]  # (n, n_out)
        self._target, self._passed_on = target, A[:, source]
        self._w = float(W[gap][source, target])
        self._loss, self._Y = LOSSES[network.config.loss_name], np.asarray(Y, np.float64).T
        self._is_last = gap == len(W) - 1
        if not self._is_last:
            self._activation = ACTIVATIONS[names[gap]]
            activations = self._activation.evaluate(self._Z)
            self._outgoing = W[gap + 1][target]
            self._others = activations @ W[gap + 1] + b[gap + 1] - np.outer(activations[:, target], self._outgoing)
            self._rest = list(zip(names[gap + 1 :], W[gap + 2 :], b[gap + 2 :], strict=True))

    def loss(self, weight: float) -> float:
        """Return the mean loss with this weight; infinite where numbers overflow."""
        with np.errstate(all="ignore"):
            z = self._Z[:, self._target] + (weight - self._w) * self._passed_on
            if self._is_last:
                Z = self._Z.copy()
                Z[:, self._target] = z
            else:
                Z = self._others + np.outer(self._activation.evaluate(z), self._outgoing)
                for name, W, b in self._rest:
                    Z = ACTIVATIONS[name].evaluate(Z) @ W + b
            loss = self._loss.total(Z.T, self._Y) / self._Y.shape[1]
        return loss if math.isfinite(loss) else math.inf


def most_rows(sizes: Sequence[int], gap: int) -> int:
    """Return over how many rows the curve of a weight of a gap is worked out: 1,000, fewer before much network."""
    products = sum(n_in * n_out for n_in, n_out in pairwise(sizes[gap + 2 :]))
    each = products + FUNCTION * (1 + sum(sizes[gap + 2 :]))
    return min(MOST_ROWS, max(LEAST_ROWS, MOST_PRODUCTS // (N_POINTS * each)))


def slice_of(network: Network, X: Array, Y: Array, place: tuple[int, int, int], reach: float) -> WeightSlice:
    """Work out the curve of one weight from −reach to +reach, and loss and slope where it is now.

    Parameters
    ----------
    network : Network
        Read only.
    X, Y : (n, n_inputs), (n, n_outputs) arrays
        Rows to measure on.
    place : tuple of (gap, source, target)
        It is ``network.W[gap][source, target]``.
    reach : float
        Half the width of the curve.
    """
    behind = _Behind(network, X, Y, place)
    here = float(network.W[place[0]][place[1], place[2]])
    weights, near = np.linspace(-reach, reach, N_POINTS), NEARBY * reach
    losses = np.array([behind.loss(weight) for weight in weights.tolist()])
    slope = (behind.loss(here + near) - behind.loss(here - near)) / (2 * near)
    return WeightSlice(weights=weights, losses=losses, here=here, loss=behind.loss(here), slope=slope, n_rows=len(X))
