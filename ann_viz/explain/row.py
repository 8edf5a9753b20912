"""One row followed through the network and back: every sum, activation, error share and gradient it causes on its own.

The backward numbers come from the calls the trainer itself uses, on a batch of this one row.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import ForwardPass, Network
from ann_viz.engine.arrays import layer_matrices, run
from ann_viz.engine.losses import LOSSES
from ann_viz.engine.passes import Pass

__all__ = ["RowPass", "follow"]

Array = NDArray[np.floating]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RowPass:
    """The numbers of one row, without penalties; of what a training step makes of it, or of the network alone.

    Parameters
    ----------
    Z : tuple of (n_out,) arrays
        What every neuron adds up, one array per layer of weights.
    A : tuple of (width,) arrays
        ``A[0]`` is the row's inputs, the last the answer.
    y : (n_outputs,) array
        The truth, as the network is told it.
    loss : float
        Of this row, counted `weight` times.
    weight : float
        What its class counts; 1 where all rows count alike.
    masks : tuple of (width,) arrays
        What dropout multiplies the activations of each hidden layer by, 0 or 1 / (1 − p); empty without dropout.
    delta : tuple of (n_out,) arrays
        ∂L/∂Z[l] of this row's loss.
    dW, db : tuple of arrays
        ∂L/∂W[l] ``(n_in, n_out)`` and ∂L/∂b[l] ``(n_out,)`` of this row's loss.
    """

    Z: tuple[Array, ...]
    A: tuple[Array, ...]
    y: Array
    loss: float
    delta: tuple[Array, ...]
    dW: tuple[Array, ...]  # noqa: N815 - the symbol of the maths
    db: tuple[Array, ...]
    weight: float = 1.0
    masks: tuple[Array, ...] = ()


def follow(
    network: Network,
    x: Array,
    y: Array,
    there: ForwardPass | None = None,
    *,
    weight: float = 1.0,
    masks: tuple[Array, ...] = (),
) -> RowPass:
    """Send one row through a network and its error back.

    Parameters
    ----------
    network : Network
        Read only.
    x : (n_inputs,) array
        The encoded row.
    y : (n_outputs,) array
        Its encoded truth.
    there : ForwardPass, optional
        Its way forward, where that is known already.
    weight : float
        What its loss counts.
    masks : tuple of (width,) arrays, optional
        What dropout multiplies the activations of each hidden layer by.

    Returns
    -------
    RowPass
    """
    dtype = network.params.dtype
    there = there or network.activations(x[None, :], masks)
    one = Pass(network, 1, masks=tuple(mask.astype(dtype)[:, None] for mask in masks))
    column = np.append(x, 1).astype(dtype)[:, None]  # (n_inputs + 1, 1): the 1 reads the biases
    target = np.asarray(y, dtype=dtype)[:, None]
    loss = LOSSES[network.config.loss_name]
    for calls in one.forward(column):
        run(calls)
    value = loss.total(one.Z, target)
    run(one.error(loss.targets(target), None if weight == 1 else np.full((1, 1), weight, dtype)))
    gradients = layer_matrices(np.empty_like(network.params), network.config.sizes)
    for calls in one.backward(column, gradients):
        run(calls)
    return RowPass(
        Z=tuple(Z[0] for Z in there.Z),
        A=tuple(A[0] for A in there.A),
        y=target[:, 0],
        loss=weight * value,
        delta=tuple(matrix[-1] for matrix in gradients),  # a bias has the input 1, so its gradient is δ itself
        dW=tuple(matrix[:-1] for matrix in gradients),
        db=tuple(matrix[-1] for matrix in gradients),
        weight=weight,
        masks=masks,
    )
