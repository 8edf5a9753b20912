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

from ann_viz.engine.arrays import Array
from ann_viz.engine.config import NetworkConfig
from ann_viz.engine.network import Network

__all__ = ["joined_config", "rows_like", "side_by_side"]


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


def rows_like(rows: Array, config: NetworkConfig, params: Array) -> Array | None:
    """Return the parameters of some networks where the first of them has given ones; None where those are others.

    Where all that its outputs add up was divided by a number (see `Session.temper`), so is that of the others.

    Parameters
    ----------
    rows : (n, n_parameters) array
    config : NetworkConfig
        Of each of them.
    params : (n_parameters,) array
    """
    n_in, n_out = config.sizes[-2:]
    last = (n_in + 1) * n_out
    before, after = rows[0, -last:], params[-last:]
    if not np.array_equal(rows[0, :-last], params[:-last]):
        return None
    if np.array_equal(before, after):
        return rows
    largest = int(np.argmax(np.abs(before)))
    factor = after[largest] / before[largest] if before[largest] else 0
    if not factor > 0 or not np.allclose(before * factor, after, rtol=1e-5, atol=0):
        return None
    like = rows.copy()
    like[:, -last:] *= factor
    like[0] = params
    return like
