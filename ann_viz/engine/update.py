"""The update of a step: from the gradient of a batch to other weights and biases."""

from __future__ import annotations

import numpy as np

from ann_viz.engine.arrays import Array, Call, layer_matrices
from ann_viz.engine.checkpoint import OptimizerMemory
from ann_viz.engine.config import TrainConfig
from ann_viz.engine.frozen import FrozenParameters
from ann_viz.engine.network import Network
from ann_viz.engine.optimizers import OPTIMIZERS, Optimizer
from ann_viz.engine.parameter_state import ParameterState
from ann_viz.engine.penalties import decay_factors, penalised_length, penalty_calls, weight_mask

__all__ = ["Update"]


class Update:
    """Penalties and clipping, decay, the optimiser's step, and what is frozen put back.

    Parameters
    ----------
    network : Network
        Its parameters are changed in place.
    gradients : (n_parameters,) array
        Where the gradient is found; penalties are added to it.
    optimizer : str
        Which one to begin with.

    Attributes
    ----------
    frozen : FrozenParameters
        What is left alone.
    """

    def __init__(self, network: Network, gradients: Array, optimizer: str) -> None:
        self._network, self._gradients = network, gradients
        self._mask = weight_mask(network.config)
        self._decay = np.ones_like(network.params)
        self._optimizer = Optimizer(optimizer, network.params, gradients)
        self.frozen = FrozenParameters(network.params)

    @property
    def optimizer(self) -> Optimizer:
        """The one in use."""
        return self._optimizer

    def prepare(self, config: TrainConfig, *, afresh: bool) -> tuple[Call, ...]:
        """Return the calls of one update under these settings.

        Parameters
        ----------
        config : TrainConfig
            Names the optimiser, which keeps what it remembers unless it is another one.
        afresh : bool
            Forget what it remembers in any case.
        """
        params, decay = self._network.params, self._decay
        if afresh or config.optimizer != self._optimizer.name:
            self._optimizer = Optimizer(config.optimizer, params, self._gradients)
        calls = penalty_calls(config, params, self._gradients, self._mask)
        if config.l2 > 0 and OPTIMIZERS[config.optimizer].decouples_decay:
            calls.append(lambda: np.multiply(params, decay, params))
        return self.frozen.around((*calls, *self._optimizer.calls))

    def memory(self) -> OptimizerMemory:
        """Return what the optimiser remembers (copies)."""
        optimizer = self._optimizer
        return OptimizerMemory(
            name=optimizer.name, state=tuple(vector.copy() for vector in optimizer.state), steps=optimizer.steps
        )

    def go_on(self, memory: OptimizerMemory) -> None:
        """Remember what another one did; before `prepare`."""
        self._optimizer = Optimizer(memory.name, self._network.params, self._gradients)
        self._optimizer.steps = memory.steps
        for vector, kept in zip(self._optimizer.state, memory.state, strict=True):
            np.copyto(vector, kept)

    def set_rate(self, config: TrainConfig, rate: float) -> None:
        """Use another learning rate from the next update on."""
        self._optimizer.set_rate(rate, config.momentum)
        np.copyto(self._decay, decay_factors(config, self._mask, rate))

    def parameter_state(
        self, config: TrainConfig, rate: float, layer: int, row: int, column: int
    ) -> ParameterState | None:
        """Return what the coming update knows of one weight or bias; None if it is frozen.

        Parameters
        ----------
        config : TrainConfig
        rate : float
            Learning rate, after the schedule.
        layer, row, column : int
            Of the matrices of weights with their biases as the last row.
        """
        params, gradients, sizes = self._network.params, self._gradients, self._network.config.sizes
        index = layer_matrices(np.arange(params.size), sizes)[layer][row, column]
        if index in self.frozen.indices:
            return None
        return ParameterState(
            weight=float(params[index]),
            gradient=float(gradients[index]),
            gradient_length=penalised_length(config, params, gradients, self._mask),
            learning_rate=rate,
            is_bias=not self._mask[index],
            optimizer_state=tuple(float(vector[index]) for vector in self._optimizer.state),
            steps=self._optimizer.steps,
        )
