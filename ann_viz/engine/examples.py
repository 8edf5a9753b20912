"""Examples in the form a network reads them: checked, in its precision, with a column of ones, perhaps with weights."""

from __future__ import annotations

from functools import cached_property, partial

import numpy as np

from ann_viz.engine.arrays import Array, append_ones
from ann_viz.engine.losses import LOSSES
from ann_viz.engine.network import Network
from ann_viz.engine.rows import Column, Rows, class_weighing, class_weights_of, computed
from ann_viz.errors import ConfigError

__all__ = ["Examples"]


class Examples:
    """Inputs and targets for one network; what is in memory is converted at once, the rest when it is read.

    Parameters
    ----------
    network : Network
        Gives the widths, the precision and the loss.
    X, Y : (n, n_in), (n, n_out) Rows
        Inputs and targets.

    Attributes
    ----------
    X1 : (n, n_in + 1) Rows
        Inputs with a last column of ones.
    Y : (n, n_out) Rows
        Targets.
    """

    def __init__(self, network: Network, X: Rows, Y: Rows) -> None:
        config, dtype = network.config, network.params.dtype
        for name, rows, width in (("X", X, config.n_inputs), ("Y", Y, config.n_outputs)):
            if len(rows.shape) != 2 or rows.shape[1] != width or len(rows) != len(X) or len(rows) == 0:
                raise ConfigError(f"{name} has the shape {rows.shape}; {width} columns were expected.", field=name)
        self.X1: Column = computed(X, partial(append_ones, dtype=dtype))
        self.Y: Column = computed(Y, partial(np.ascontiguousarray, dtype=dtype))
        self._task = config.task
        self._targets = computed(self.Y, LOSSES[config.loss_name].targets)

    @cached_property
    def class_weights(self) -> Array | None:
        """What every class counts where all are to count the same, shape (k,); None for regression."""
        return class_weights_of(self._task, self.Y)

    @cached_property
    def _row_weights(self) -> tuple[Column, ...]:
        weights = self.class_weights
        return () if weights is None else (computed(self.Y, class_weighing(self._task, weights)),)

    def columns(self, *, balanced: bool) -> tuple[Column, ...]:
        """Return inputs, targets as a step takes them, and, if classes are to count the same, weights of rows."""
        return (self.X1, self._targets, *(self._row_weights if balanced else ()))
