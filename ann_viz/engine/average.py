"""The average of the weights over the last epochs: one vector that follows them, step by step.

Each step leaves the weights a little off; their average is steadier, and right more often. Learning never reads it: the
average is what is judged, kept and predicted with, the weights themselves are what goes on learning.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from ann_viz.engine.arrays import Array, Call, constant
from ann_viz.engine.checkpoint import Checkpoint
from ann_viz.engine.config import TrainConfig
from ann_viz.engine.frozen import FrozenParameters
from ann_viz.engine.network import Network

__all__ = ["Average", "settled_after"]

_SETTLED: Final = 2.0  # horizons
_WARM: Final = 10.0  # (1 + t) / (10 + t), as in TensorFlow's ExponentialMovingAverage: at first it follows closely


def settled_after(config: TrainConfig) -> int:
    """Return after how many epochs of a run the best one is looked for; until then it is the last.

    The first averages are of few steps. On a small set of validation rows one of them is at times the best by luck
    alone, before anything was learned: two horizons later that is rare (resources/docs/learning.md).
    """
    return math.ceil(_SETTLED * config.average_epochs)


class Average:
    """An exponential moving average of the parameters of a network (Polyak & Juditsky 1992).

    ``a ← a + (1 − d)·(w − a)`` after each step t, with ``d = min(1 − 1/horizon, (1 + t)/(10 + t))``.

    Parameters
    ----------
    network : Network
        Its parameters are read in place.

    Attributes
    ----------
    vector : (n_parameters,) array
        The average; the parameters themselves, from when it was switched on last, while it is off.
    network : Network
        A network on that vector.
    is_on : bool
        Whether the settings ask for it.
    steps : int
        Steps that went into it.
    decay : float
        What of the average is left after a step, once it is warm.
    """

    def __init__(self, network: Network) -> None:
        self._params = network.params
        self.vector = network.params.copy()
        self.network = Network.laid_over(network.config, self.vector)
        self.is_on, self.steps, self.decay = False, 0, 0.0
        self._scratch = np.empty_like(self.vector)
        self._share = constant(0, self.vector.dtype)  # 1 − d

    def switch(self, config: TrainConfig) -> None:
        """Be on or off as the settings say; it begins with the parameters of now."""
        if config.average_epochs > 0 and not self.is_on:
            np.copyto(self.vector, self._params)
            self.steps = 0
        self.is_on = config.average_epochs > 0

    def calls(self) -> tuple[Call, ...]:
        """Return what follows each update; nothing while it is off."""
        if not self.is_on:
            return ()
        params, average, t, share = self._params, self.vector, self._scratch, self._share
        return (
            self._count_step,
            lambda: np.subtract(params, average, t),
            lambda: np.multiply(t, share, t),
            lambda: np.add(average, t, average),
        )

    def reach(self, config: TrainConfig, n_batches: int) -> None:
        """Reach back over so many epochs as the settings say, of so many batches each."""
        self.decay = 1 - 1 / max(1.0, config.average_epochs * n_batches)

    def _count_step(self) -> None:
        self._share[()] = 1 - min(self.decay, (1 + self.steps) / (_WARM + self.steps))
        self.steps += 1

    def write(self, indices: Array, values: Array) -> None:
        """Take over what was set by hand: `values (n,)` at the places `indices (n,)` of all parameters."""
        self.vector[indices] = values

    def go_back(self, average: Array, frozen: FrozenParameters) -> None:
        """Put back an earlier average, but for what is frozen, which is as it stands."""
        np.copyto(self.vector, average)
        self.write(frozen.indices, self._params[frozen.indices])

    def go_on(self, checkpoint: Checkpoint) -> None:
        """Take over the average of a run that was left; of one without, begin with its parameters."""
        np.copyto(self.vector, self._params if checkpoint.average is None else checkpoint.average)
        self.steps = checkpoint.average_steps
