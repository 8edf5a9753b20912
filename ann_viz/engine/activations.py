"""Activation functions of hidden layers, each as prepared calls that work in place.

Forward turns Z into A within the same array; backward multiplies dA by the slope, which it finds from A and from
what forward left in the work arrays. GELU is the tanh form (``torch.nn.GELU(approximate="tanh")``), and its slope
is the exact derivative of that form. ReLU and leaky ReLU take the left slope at 0, as PyTorch does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Final

import numpy as np

from ann_viz.engine.arrays import Array, Call, constant, run

__all__ = ["ACTIVATIONS", "LEAK", "Activation"]

LEAK: Final = 0.01
_GELU_SCALE: Final = math.sqrt(2 / math.pi)
_GELU_CUBIC: Final = 0.044715


@dataclass(frozen=True, slots=True)
class Activation:
    """One activation function.

    Parameters
    ----------
    name, label : str
        As in the settings; as on screen.
    forward : callable
        ``forward(A, work)`` gives the calls that replace Z, which is in A, by f(Z).
    backward : callable
        ``backward(A, D, work)`` gives the calls that multiply D by f′(Z), after the forward calls.
    n_work : int
        Work arrays of A's shape both need; what forward leaves there belongs to backward.
    """

    name: str
    label: str
    forward: Callable[[Array, Sequence[Array]], list[Call]]
    backward: Callable[[Array, Array, Sequence[Array]], list[Call]]
    n_work: int = 1

    def work(self, like: Array) -> list[Array]:
        """Allocate the work arrays."""
        return [np.empty_like(like) for _ in range(self.n_work)]

    def evaluate(self, Z: Array) -> Array:
        """Return f(Z) as a new array."""
        A = np.array(Z, dtype=np.result_type(Z, np.float32))
        run(self.forward(A, self.work(A)))
        return A

    def slope(self, Z: Array) -> Array:
        """Return f′(Z) as a new array."""
        A = np.array(Z, dtype=np.result_type(Z, np.float32))
        D, work = np.ones_like(A), self.work(A)
        run(self.forward(A, work))
        run(self.backward(A, D, work))
        return D


def _linear_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    return []


def _linear_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    return []


def _relu_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    return [partial(np.maximum, A, constant(0, A.dtype), out=A)]


def _relu_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    T = work[0]
    return [partial(np.sign, A, T), partial(np.multiply, D, T, D)]


def _leaky_relu_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    T = work[0]
    return [partial(np.multiply, A, constant(LEAK, A.dtype), T), partial(np.maximum, A, T, out=A)]


def _leaky_relu_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    T = work[0]
    return [
        partial(np.sign, A, T),
        partial(np.maximum, T, constant(LEAK, A.dtype), out=T),
        partial(np.multiply, D, T, D),
    ]


def _elu_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    # exp(z) − 1 ≥ z everywhere, so the larger of z and exp(min(z, 0)) − 1 is the ELU on both sides of 0.
    T = work[0]
    return [
        partial(np.minimum, A, constant(0, A.dtype), out=T),
        partial(np.expm1, T, T),
        partial(np.maximum, A, T, out=A),
    ]


def _elu_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    T = work[0]
    return [
        partial(np.minimum, A, constant(0, A.dtype), out=T),
        partial(np.add, T, constant(1, A.dtype), T),
        partial(np.multiply, D, T, D),
    ]


def _sigmoid_calls(Z: Array, out: Array) -> list[Call]:
    """Give σ(z) = ½ + ½·tanh(z/2), which can't overflow."""
    half = constant(0.5, Z.dtype)
    return [
        partial(np.multiply, Z, half, out),
        partial(np.tanh, out, out),
        partial(np.multiply, out, half, out),
        partial(np.add, out, half, out),
    ]


def _sigmoid_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    return _sigmoid_calls(A, A)


def _sigmoid_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    T = work[0]
    return [
        partial(np.subtract, constant(1, A.dtype), A, T),
        partial(np.multiply, T, A, T),
        partial(np.multiply, D, T, D),
    ]


def _tanh_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    return [partial(np.tanh, A, A)]


def _tanh_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    T = work[0]
    return [
        partial(np.multiply, A, A, T),
        partial(np.subtract, constant(1, A.dtype), T, T),
        partial(np.multiply, D, T, D),
    ]


def _softplus_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    return [partial(np.logaddexp, A, constant(0, A.dtype), A)]


def _softplus_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    # f′(z) = σ(z) = 1 − exp(−A), because A = log(1 + exp z).
    T = work[0]
    return [
        partial(np.negative, A, T),
        partial(np.expm1, T, T),
        partial(np.multiply, D, T, D),
        partial(np.negative, D, D),
    ]


def _silu_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    S = work[0]
    return [*_sigmoid_calls(A, S), partial(np.multiply, A, S, A)]


def _silu_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    # f′(z) = s + z·s·(1 − s) = s + A·(1 − s) with s = σ(z).
    S, T = work
    return [
        partial(np.subtract, constant(1, A.dtype), S, T),
        partial(np.multiply, T, A, T),
        partial(np.add, T, S, T),
        partial(np.multiply, D, T, D),
    ]


def _gelu_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    # A = z·h with h = ½ + ½·tanh(u), u = c·(z + 0.044715·z³); z and h stay in the work arrays for backward.
    Z, H, _ = work
    half = constant(0.5, A.dtype)
    return [
        partial(np.copyto, Z, A),
        partial(np.multiply, Z, Z, H),
        partial(np.multiply, H, constant(_GELU_SCALE * _GELU_CUBIC, A.dtype), H),
        partial(np.add, H, constant(_GELU_SCALE, A.dtype), H),
        partial(np.multiply, H, Z, H),
        partial(np.tanh, H, H),
        partial(np.multiply, H, half, H),
        partial(np.add, H, half, H),
        partial(np.multiply, A, H, A),
    ]


def _gelu_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    # f′(z) = h + 2·A·(1 − h)·u′ with u′ = c·(1 + 3·0.044715·z²), because tanh′ = 4·h·(1 − h).
    Z, H, T = work
    return [
        partial(np.multiply, Z, Z, Z),
        partial(np.multiply, Z, constant(6 * _GELU_SCALE * _GELU_CUBIC, A.dtype), Z),
        partial(np.add, Z, constant(2 * _GELU_SCALE, A.dtype), Z),
        partial(np.subtract, constant(1, A.dtype), H, T),
        partial(np.multiply, T, A, T),
        partial(np.multiply, T, Z, T),
        partial(np.add, T, H, T),
        partial(np.multiply, D, T, D),
    ]


_TABLE: Final = (
    Activation("relu", "ReLU", _relu_forward, _relu_backward),
    Activation("leaky_relu", "Leaky ReLU", _leaky_relu_forward, _leaky_relu_backward),
    Activation("elu", "ELU", _elu_forward, _elu_backward),
    Activation("gelu", "GELU", _gelu_forward, _gelu_backward, n_work=3),
    Activation("silu", "SiLU", _silu_forward, _silu_backward, n_work=2),
    Activation("tanh", "Tanh", _tanh_forward, _tanh_backward),
    Activation("sigmoid", "Sigmoid", _sigmoid_forward, _sigmoid_backward),
    Activation("softplus", "Softplus", _softplus_forward, _softplus_backward),
    Activation("linear", "Linear", _linear_forward, _linear_backward, n_work=0),
)
ACTIVATIONS: Final[Mapping[str, Activation]] = MappingProxyType({each.name: each for each in _TABLE})
