"""What happens in each layer over the epochs: sizes of weights and gradients, of the updates, and neurons that are off.

References
----------
A. Karpathy (2015), CS231n: Babysitting the learning process: the ratio of updates to weights, about 1e-3.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Network, Snapshot

__all__ = ["InsideCourse", "NeuronUse", "follow_inside", "neuron_use"]

MOST_ROWS: Final = 500
_ON: Final = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class InsideCourse:
    """One row per layer of weights, one column per moment; NaN where nothing is known.

    Parameters
    ----------
    epoch : (m,) ndarray
    weights, gradients, updates, silent : (n_layers, m) ndarray
        Mean |w|; mean |∂L/∂w| of the last batch; mean |Δw| of the epoch over mean |w|; share of the neurons that are
        0 for every row, of hidden layers only.
    """

    epoch: NDArray[np.float64]
    weights: NDArray[np.float64]
    gradients: NDArray[np.float64]
    updates: NDArray[np.float64]
    silent: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class NeuronUse:
    """For how many of some rows each hidden neuron is on.

    Parameters
    ----------
    shares : tuple of (n,) ndarray
        One per hidden layer.
    n_rows : int
    """

    shares: tuple[NDArray[np.float64], ...]
    n_rows: int

    @property
    def silent(self) -> tuple[int, ...]:
        """How many neurons of each hidden layer are never on."""
        return tuple(int((share == 0).sum()) for share in self.shares)


def neuron_use(network: Network, X: NDArray[Any]) -> NeuronUse:
    """Return of how many rows of `X (n, n_inputs)` each hidden neuron is on: passes on more than nothing."""
    if not len(X):
        return NeuronUse((), 0)
    hidden = network.activations(X).A[1:-1]
    return NeuronUse(tuple((np.abs(A) > _ON).mean(axis=0).astype(np.float64) for A in hidden), len(X))


def follow_inside(
    moments: tuple[Snapshot, ...], X: NDArray[Any], progress: Callable[[float], None] = lambda _: None
) -> InsideCourse:
    """Measure every layer at kept moments.

    Parameters
    ----------
    moments : tuple of Snapshot
        Ends of epochs, oldest first.
    X : (n, n_inputs) ndarray
        Rows by which a neuron is called silent; at most 500 are used.
    progress : callable
        Told the share done; may raise to stop.
    """
    some = X[:: max(1, len(X) // MOST_ROWS)][:MOST_ROWS]
    columns = []
    for done, moment in enumerate(moments):
        progress(done / len(moments))
        columns.append(_measure(moment, some))
    n_layers = len(moments[0].W) if moments else 0
    table = np.array(columns, np.float64).reshape(len(columns), 4, n_layers)
    weights, gradients, updates, silent = (table[:, k].T for k in range(4))
    return InsideCourse(np.array([float(m.epoch) for m in moments]), weights, gradients, updates, silent)


def _measure(moment: Snapshot, X: NDArray[Any]) -> list[list[float]]:
    sizes = [float(np.abs(W).mean()) for W in moment.W]
    gradients = [np.nan if dW is None else float(np.abs(dW).mean()) for dW in moment.dW]
    moved = [float(np.abs(W - was).mean()) for W, was in zip(moment.W, moment.W_before, strict=True)]
    updates = [change / size if size and moment.epoch else np.nan for change, size in zip(moved, sizes, strict=True)]
    use = neuron_use(moment.network(), X)
    silent = [n / max(1, len(share)) for n, share in zip(use.silent, use.shares, strict=True)]
    return [sizes, gradients, updates, [*silent, *[np.nan] * (len(sizes) - len(silent))]]
