"""Several networks of one shape as one network that answers their mean: they stand side by side, no line between them.

What the output layers add up is averaged, not what comes out of them. Of numbers that is the mean of the answers; of
chances it is the mean of the evidence for each class, which over 55 sets is right as often as the mean of the chances
(`resources/docs/learning.md`), and is a network like any other: whatever asks, explains or takes along a network can do
so with three.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ann_viz.engine.config import NetworkConfig
from ann_viz.engine.network import Network

__all__ = ["joined_config", "side_by_side"]


def joined_config(config: NetworkConfig, n: int) -> NetworkConfig:
    """Return the shape of n such networks side by side; raises ConfigError where its layers are too wide for one."""
    return replace(config, hidden=tuple(replace(layer, neurons=layer.neurons * n) for layer in config.hidden))


def side_by_side(networks: Sequence[Network]) -> Network:
    """Return one network that answers the mean of some.

    Parameters
    ----------
    networks : sequence of Network
        One at least, of the same shape.

    Raises
    ------
    ConfigError
        Where its hidden layers would be wider than a network's may be.
    """
    config = joined_config(networks[0].config, len(networks))
    joined = Network.network_from(config, np.zeros(config.n_parameters))
    last = len(joined.W) - 1
    for place, network in enumerate(networks):
        for layer, (W, b) in enumerate(zip(network.W, network.b, strict=True)):
            n_in, n_out = W.shape
            rows = slice(None) if layer == 0 else slice(place * n_in, (place + 1) * n_in)  # all see the same inputs
            if layer == last:
                joined.W[layer][rows] += W / len(networks)
                joined.b[layer][:] += b / len(networks)
            else:
                columns = slice(place * n_out, (place + 1) * n_out)
                joined.W[layer][rows, columns] = W
                joined.b[layer][columns] = b
    return joined
