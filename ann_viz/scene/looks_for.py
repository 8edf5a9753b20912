"""What a hidden neuron looks for: its activation over the plane of two inputs, or its strongest incoming weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from ann_viz.engine import Network
from ann_viz.scene.scales import activation_reference, activation_strength, drawable

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MAP_SIDE", "N_SIGNS", "neuron_maps", "plane_of", "strongest_sources"]

FloatArray: TypeAlias = "NDArray[np.floating]"
IndexArray: TypeAlias = "NDArray[np.intp]"

MAP_SIDE: Final = 24
"""Places in each direction: a map is drawn about as many pixels wide."""

N_SIGNS: Final = 3
MARGIN: Final = 0.1  # of the plane round the rows


def plane_of(X: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the lower left and the upper right corner of the plane that two inputs span, given some rows (n, 2)."""
    low, high = X.min(axis=0), X.max(axis=0)
    air = np.where(high > low, MARGIN * (high - low), 1.0)
    return low - air, high + air


def neuron_maps(network: Network, low: FloatArray, high: FloatArray) -> tuple[FloatArray, ...]:
    """Return how strongly every hidden neuron answers at every place of the plane of two inputs.

    Parameters
    ----------
    network : Network
        With two inputs.
    low, high : ndarray, shape (2,)
        Corners of the plane.

    Returns
    -------
    tuple of ndarray, shape (n_neurons, MAP_SIDE, MAP_SIDE)
        −1 to 1 with the sign of the activation, as circles are tinted; the top row is the largest second input.
    """
    x, y = np.linspace(low[0], high[0], MAP_SIDE), np.linspace(high[1], low[1], MAP_SIDE)
    places = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    activations = network.activations(places).A[1:-1]
    maps = []
    for a, name in zip(activations, network.activation_names, strict=True):
        share = np.sign(drawable(a)) * activation_strength(a, activation_reference(name))
        maps.append(share.T.reshape(-1, MAP_SIDE, MAP_SIDE))
    return tuple(maps)


def strongest_sources(W: FloatArray, n: int = N_SIGNS) -> IndexArray:
    """Return for every neuron where its largest incoming weights come from, the largest first, shape (n_out, n).

    Parameters
    ----------
    W : ndarray, shape (n_in, n_out)
    n : int
        Fewer where there are fewer sources.
    """
    size = np.abs(drawable(W))
    n = min(n, len(W))
    top = np.argpartition(-size, n - 1, axis=0)[:n]
    order = np.argsort(-np.take_along_axis(size, top, axis=0), axis=0, kind="stable")
    return np.take_along_axis(top, order, axis=0).T
