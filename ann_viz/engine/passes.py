"""The forward and backward pass of one batch size, as prepared calls on work arrays that are allocated once.

Inside, a batch lies the other way round: one column per row of the table, one array row per neuron, and a last array
row of ones for the biases. So every product writes a contiguous array, ``Z = Wᵀ·A`` includes the bias and
``dW = A·dZᵀ`` includes its gradient: one BLAS call each.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from ann_viz.engine.activations import ACTIVATIONS
from ann_viz.engine.arrays import Array, Call, constant
from ann_viz.engine.losses import LOSSES
from ann_viz.engine.network import Network

__all__ = ["Pass"]


class Pass:
    """Work arrays and calls for batches of one size.

    Parameters
    ----------
    network : Network
        Read in place: the calls see every later change of the weights.
    size : int
        Rows per batch.
    dropout : float
        Share of hidden activations switched off; 0 adds no call.
    rng : numpy.random.Generator, optional
        Source of the dropout; needed when it is not 0.
    masks : tuple of (width, size) arrays, optional
        What to multiply the activations of each hidden layer by; instead of `dropout`, which draws them.

    Attributes
    ----------
    Z : (n_out, size) array
        Logits after the forward calls, dL/dZ after the error calls.
    masks : tuple of (width, size) arrays
        What dropout multiplies the activations of each hidden layer by: 0 or 1 / (1 − p); empty without it.
    """

    def __init__(
        self,
        network: Network,
        size: int,
        dropout: float = 0.0,
        rng: np.random.Generator | None = None,
        masks: tuple[Array, ...] = (),
    ) -> None:
        self._network = network
        self._dtype = network.params.dtype
        hidden = network.config.sizes[1:-1]
        self._activations = [ACTIVATIONS[name] for name in network.activation_names]
        # A[l] holds hidden layer l (then what the activation makes of it), H[l] what the next layer reads: the same
        # array unless dropout stands between them, because the slope needs A without the dropout.
        self._H = [np.ones((n + 1, size), self._dtype) for n in hidden]
        is_masked = dropout > 0 or bool(masks)
        self._A = [np.empty_like(H[:-1]) if is_masked else H[:-1] for H in self._H]
        self._D = [np.empty_like(A) for A in self._A]
        self._work = [act.work(A) for act, A in zip(self._activations, self._A, strict=True)]
        self.Z: Array = np.empty((network.config.n_outputs, size), self._dtype)
        self.masks = masks or (tuple(np.empty_like(A) for A in self._A) if dropout > 0 else ())
        self._dropout = dropout
        self._rng = rng

    def forward(self, XT: Array) -> list[list[Call]]:
        """Prepare the forward pass of ``XT (n_in + 1, size)``, layer by layer."""
        layers: list[list[Call]] = []
        inputs, outputs = [XT, *self._H], [*self._A, self.Z]
        for layer, (matrix, A_in, Z) in enumerate(zip(self._network.matrices, inputs, outputs, strict=True)):
            calls: list[Call] = [partial(matrix.T.dot, A_in, Z)]  # (n_out, n_in + 1) @ (n_in + 1, size)
            if layer < len(self._activations):
                calls += self._activations[layer].forward(Z, self._work[layer])
                if self.masks:
                    calls += self._dropout_calls(layer)
            layers.append(calls)
        return layers

    def _dropout_calls(self, layer: int) -> list[Call]:
        """Switch off a random share of a layer and scale up the rest (Srivastava et al. 2014, inverted)."""
        M, A, H = self.masks[layer], self._A[layer], self._H[layer][:-1]
        apply = partial(np.multiply, A, M, H)
        if self._rng is None:
            return [apply]
        return [
            partial(self._rng.random, dtype=self._dtype.type, out=M),
            # M is in [0, 1): M − p rounds up to 0 with probability p and to 1 otherwise.
            partial(np.subtract, M, constant(self._dropout, self._dtype), M),
            partial(np.ceil, M, M),
            partial(np.multiply, M, constant(1 / (1 - self._dropout), self._dtype), M),
            apply,
        ]

    def error(self, TT: Array, row_weights: Array | None = None) -> list[Call]:
        """Prepare dL/dZ of the output from targets ``TT (n_out, size)`` and weights ``(1, size)``."""
        return LOSSES[self._network.config.loss_name].error_calls(self.Z, TT, row_weights)

    def backward(self, XT: Array, gradients: tuple[Array, ...]) -> list[list[Call]]:
        """Prepare the backward pass into ``gradients`` (shaped as `Network.matrices`), last layer first."""
        layers: list[list[Call]] = []
        inputs, errors = [XT, *self._H], [*self._D, self.Z]
        for layer in range(len(errors) - 1, -1, -1):
            D = errors[layer]
            calls: list[Call] = [partial(inputs[layer].dot, D.T, gradients[layer])]  # (n_in + 1, size) @ (size, n_out)
            if layer > 0:
                below = layer - 1
                D_in = errors[below]
                calls.append(partial(self._network.W[layer].dot, D, D_in))  # (n_in, n_out) @ (n_out, size)
                if self.masks:
                    calls.append(partial(np.multiply, D_in, self.masks[below], D_in))
                calls += self._activations[below].backward(self._A[below], D_in, self._work[below])
            layers.append(calls)
        return layers
