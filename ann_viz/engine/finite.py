"""Whether weights are still finite, and what is said when a learning rate that is too high has blown them up."""

from __future__ import annotations

import math

import numpy as np

from ann_viz.engine.network import Network
from ann_viz.errors import TrainingError

__all__ = ["explosion", "is_finite"]


def is_finite(network: Network) -> bool:
    """Return whether all weights and biases are finite, and small enough to be squared."""
    with np.errstate(all="ignore"):
        return math.isfinite(float(network.params.dot(network.params)))


def explosion(network: Network, epoch: int) -> TrainingError:
    """Return the error for a network whose loss is not finite; it names the first layer of weights that gave way.

    Parameters
    ----------
    network : Network
        As it is, before it goes back to better weights.
    epoch : int
        The last good epoch.
    """
    bad = [not np.isfinite(matrix).all() for matrix in network.matrices]
    layer = bad.index(True) if any(bad) else len(bad) - 1
    return TrainingError(
        f"The loss became infinite in epoch {epoch + 1} (weights of layer {layer + 1}). The weights are back "
        "at the end of the last good epoch. Try a lower learning rate.",
        layer=layer,
        epoch=epoch,
    )
