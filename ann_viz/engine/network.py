"""The feed-forward network: its weights in one flat vector and the forward pass for display and prediction.

Learning is the trainer's business; both read and write the same vector.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ann_viz.engine.activations import ACTIVATIONS
from ann_viz.engine.arrays import Array, layer_matrices
from ann_viz.engine.config import NetworkConfig
from ann_viz.engine.initializers import INITIALIZERS
from ann_viz.engine.outputs import output_of

__all__ = ["ForwardPass", "Network"]

_CHUNK_ROWS = 4096


@dataclass(frozen=True, slots=True, eq=False)
class ForwardPass:
    """Every number of one forward pass.

    Parameters
    ----------
    Z : tuple of (n, n_out) arrays
        Weighted sums, one array per layer of weights.
    A : tuple of (n, width) arrays
        ``A[0]`` is X, ``A[l + 1]`` the activation of ``Z[l]``, the last the output (probabilities or values).
    """

    Z: tuple[Array, ...]
    A: tuple[Array, ...]


class Network:
    """Weights and biases, and what they make of an input.

    Parameters
    ----------
    config : NetworkConfig
        Architecture.
    rng : numpy.random.Generator, optional
        Source of the starting weights; by default one made from ``config.seed``.

    Attributes
    ----------
    params : (n_parameters,) array
        Everything that is learned, in the order W0, b0, W1, b1…
    matrices : tuple of (n_in + 1, n_out) views
        W and, as the last row, b of each layer.
    W : tuple of (n_in, n_out) views
    b : tuple of (n_out,) views
    """

    def __init__(self, config: NetworkConfig, rng: np.random.Generator | None = None) -> None:
        self._lay_out(config, np.zeros(config.n_parameters, dtype=config.dtype))
        self._draw(rng or np.random.default_rng(config.seed))

    def _lay_out(self, config: NetworkConfig, params: Array) -> None:
        self.config = config
        self.params = params
        self.matrices = layer_matrices(params, config.sizes)
        self.W = tuple(matrix[:-1] for matrix in self.matrices)
        self.b = tuple(matrix[-1] for matrix in self.matrices)

    def _draw(self, rng: np.random.Generator) -> None:
        """Fill W with starting weights."""
        names = [layer.initializer or ACTIVATIONS[layer.activation].initializer for layer in self.config.hidden]
        names.append(self.config.output_initializer or ACTIVATIONS["linear"].initializer)  # its logits are linear
        for W, name in zip(self.W, names, strict=True):
            n_in, n_out = W.shape
            W[:] = INITIALIZERS[name](n_in, n_out, rng)
        self.W[-1][:] *= self.params.dtype.type(self.config.output_scale)

    @property
    def activation_names(self) -> tuple[str, ...]:
        """Activation of each hidden layer."""
        return tuple(layer.activation for layer in self.config.hidden)

    @classmethod
    def network_from(cls, config: NetworkConfig, params: Array) -> Network:
        """Make a network on a copy of given parameters ``(n_parameters,)``."""
        return cls.laid_over(config, np.array(params, dtype=config.dtype))

    @classmethod
    def laid_over(cls, config: NetworkConfig, params: Array) -> Network:
        """Make a network on given parameters ``(n_parameters,)`` themselves: what changes there changes here."""
        network = cls.__new__(cls)  # without drawing weights: this is done for every frame
        network._lay_out(config, params)
        return network

    def activations(self, X: Array, masks: tuple[Array, ...] = ()) -> ForwardPass:
        """Run rows ``X (n, n_in)`` through the network and keep every number.

        Parameters
        ----------
        X : (n, n_in) array
        masks : tuple of arrays, optional
            What the activations of each hidden layer are multiplied by, as dropout does in a step.
        """
        A: list[Array] = [np.asarray(X, dtype=self.params.dtype)]
        Z: list[Array] = []
        for layer, (W, b, name) in enumerate(zip(self.W, self.b, (*self.activation_names, None), strict=True)):
            Z.append(A[-1] @ W + b)  # (n, n_in) @ (n_in, n_out) + (n_out,)
            A.append(ACTIVATIONS[name].evaluate(Z[-1]) if name else output_of(self.config.task, Z[-1]))
            if masks and name:
                A[-1] = A[-1] * masks[layer]
        return ForwardPass(Z=tuple(Z), A=tuple(A))

    def predict(self, X: Array) -> Array:
        """Return the output ``(n, n_outputs)`` for rows ``X (n, n_in)``; memory stays small however many."""
        output = np.empty((X.shape[0], self.config.n_outputs), dtype=self.params.dtype)
        for start in range(0, X.shape[0], _CHUNK_ROWS):
            rows = slice(start, start + _CHUNK_ROWS)
            output[rows] = self.activations(X[rows]).A[-1]
        return output

    def resized(self, config: NetworkConfig, rng: np.random.Generator | None = None) -> Network:
        """Return a network of another architecture that keeps every weight whose two ends still exist.

        Parameters
        ----------
        config : NetworkConfig
            The new architecture. Hidden layers are matched by position from the input side, the output layer with
            the output layer, neurons by position in their layer.
        rng : numpy.random.Generator, optional
            Source of the weights that are new.
        """
        network = Network(config, rng)
        old_depth, new_depth = len(self.config.hidden), len(config.hidden)
        for layer in range(min(old_depth, new_depth)):
            _keep_corner(self.W[layer], network.W[layer])
            _keep_corner(self.b[layer], network.b[layer])
        if old_depth == new_depth:
            _keep_corner(self.W[-1], network.W[-1])
        _keep_corner(self.b[-1], network.b[-1])
        return network


def _keep_corner(old: Array, new: Array) -> None:
    """Copy what both arrays have in common, counted from index 0."""
    corner: Any = tuple(slice(min(sizes)) for sizes in zip(old.shape, new.shape, strict=True))
    new[corner] = old[corner]
