"""The weights and gradients of each layer in a few numbers, for the charts that compare layers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Snapshot
from ann_viz.scene.scales import round_up_to_one_digit
from ann_viz.translation import translate

__all__ = ["N_BINS", "LayerGradient", "LayerWeights", "gradients_by_layer", "layer_names", "weights_by_layer"]

N_BINS: Final = 40
FIRST_LONG: Final = 9  # hidden layer from which on both names don't fit


@dataclass(frozen=True, slots=True, eq=False)
class LayerWeights:
    """The weights between two columns of neurons.

    Parameters
    ----------
    name : str
        Which columns.
    counts : (N_BINS,) ndarray
        How many weights lie in each of as many equal parts of the scale.
    size : float
        Mean of |w|.
    """

    name: str
    counts: NDArray[np.int64]
    size: float


def layer_names(n_layers: int) -> tuple[str, ...]:
    """Return "input → hidden 1" and so on for every layer of weights."""
    hidden = [translate("hidden {n}").format(n=n) for n in range(1, n_layers)]
    columns = [translate("input"), *hidden, translate("output")]
    names = [f"{before} → {after}" for before, after in pairwise(columns)]
    for n in range(FIRST_LONG, n_layers - 1):
        names[n] = translate("hidden {n} → {next}").format(n=n, next=n + 1)  # what fits
    return tuple(names)


def weights_by_layer(snapshot: Snapshot) -> tuple[tuple[LayerWeights, ...], float]:
    """Return the histogram of every layer's weights, and the end of their common scale."""
    finite = [W[np.isfinite(W)].astype(np.float64) for W in snapshot.W]  # twice the end of the scale overflows
    end = round_up_to_one_digit(max((float(np.abs(w).max()) for w in finite if w.size), default=1.0))
    layers = (
        LayerWeights(
            name,
            np.histogram(w, bins=N_BINS, range=(-end, end))[0].astype(np.int64),
            float(np.abs(w).mean()) if w.size else 0.0,
        )
        for name, w in zip(layer_names(len(finite)), finite, strict=True)
    )
    return tuple(layers), end


@dataclass(frozen=True, slots=True)
class LayerGradient:
    """The mean of |∂L/∂w| over the weights between two columns of neurons."""

    name: str
    size: float


def gradients_by_layer(snapshot: Snapshot) -> tuple[LayerGradient, ...]:
    """Return how large the batch's gradient is in every layer that it has got back to."""
    names = layer_names(len(snapshot.W))
    known = ((name, dW) for name, dW in zip(names, snapshot.dW, strict=True) if dW is not None)
    return tuple(LayerGradient(name, float(np.abs(dW).mean())) for name, dW in known)
