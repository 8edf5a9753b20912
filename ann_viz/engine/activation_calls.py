"""Activation functions and their slopes as prepared calls that work in place; their table is in `activations`.

Forward turns Z into A within the same array; backward multiplies D = ∂L/∂A by the slope f′(Z), which it finds from A
and from what forward left in the work arrays. ReLU and leaky ReLU take the left slope at 0, as PyTorch does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial
from typing import Final

import numpy as np

from ann_viz.engine.arrays import Array, Call, constant

__all__ = [
    "GELU_CUBIC",
    "GELU_SCALE",
    "LEAK",
    "elu_backward",
    "elu_forward",
    "gelu_backward",
    "gelu_forward",
    "leaky_relu_backward",
    "leaky_relu_forward",
    "linear_backward",
    "linear_forward",
    "relu_backward",
    "relu_forward",
    "sigmoid_backward",
    "sigmoid_forward",
    "silu_backward",
    "silu_forward",
    "softplus_backward",
    "softplus_forward",
    "tanh_backward",
    "tanh_forward",
]

LEAK: Final = 0.01
GELU_SCALE: Final = math.sqrt(2 / math.pi)
GELU_CUBIC: Final = 0.044715


def linear_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    """f(z) = z."""
    return []


def linear_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    """f′(z) = 1."""
    return []


def relu_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    """f(z) = max(0, z) (Nair & Hinton 2010)."""
    return [partial(np.maximum, A, constant(0, A.dtype), out=A)]


def relu_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    """f′(z) = 1 where z > 0, else 0: the sign of A."""
    T = work[0]
    return [partial(np.sign, A, T), partial(np.multiply, D, T, D)]


def leaky_relu_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    """f(z) = max(0.01·z, z) (Maas et al. 2013)."""
    T = work[0]
    return [partial(np.multiply, A, constant(LEAK, A.dtype), T), partial(np.maximum, A, T, out=A)]


def leaky_relu_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    """f′(z) = 1 where z > 0, else 0.01."""
    T = work[0]
    return [
        partial(np.sign, A, T),
        partial(np.maximum, T, constant(LEAK, A.dtype), out=T),
        partial(np.multiply, D, T, D),
    ]


def elu_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    """f(z) = z where z > 0, else exp(z) − 1 (Clevert et al. 2016 with α = 1).

    exp(z) − 1 ≥ z everywhere, so the larger of z and exp(min(z, 0)) − 1 is right on both sides of 0.
    """
    T = work[0]
    return [
        partial(np.minimum, A, constant(0, A.dtype), out=T),
        partial(np.expm1, T, T),
        partial(np.maximum, A, T, out=A),
    ]


def elu_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    """f′(z) = 1 where z > 0, else exp(z): min(A, 0) + 1 on both sides."""
    T = work[0]
    return [
        partial(np.minimum, A, constant(0, A.dtype), out=T),
        partial(np.add, T, constant(1, A.dtype), T),
        partial(np.multiply, D, T, D),
    ]


def _sigmoid_calls(Z: Array, out: Array) -> list[Call]:
    """σ(z) = 1 / (1 + exp(−z)) = ½ + ½·tanh(z/2), which can't overflow."""
    half = constant(0.5, Z.dtype)
    return [
        partial(np.multiply, Z, half, out),
        partial(np.tanh, out, out),
        partial(np.multiply, out, half, out),
        partial(np.add, out, half, out),
    ]


def sigmoid_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    """f(z) = σ(z) = 1 / (1 + exp(−z)) (Rumelhart, Hinton & Williams 1986, eq. 2)."""
    return _sigmoid_calls(A, A)


def sigmoid_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    """f′(z) = σ(z)·(1 − σ(z)) = A·(1 − A)."""
    T = work[0]
    return [
        partial(np.subtract, constant(1, A.dtype), A, T),
        partial(np.multiply, T, A, T),
        partial(np.multiply, D, T, D),
    ]


def tanh_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    """f(z) = tanh(z) (LeCun et al. 1998)."""
    return [partial(np.tanh, A, A)]


def tanh_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    """f′(z) = 1 − tanh²(z) = 1 − A²."""
    T = work[0]
    return [
        partial(np.multiply, A, A, T),
        partial(np.subtract, constant(1, A.dtype), T, T),
        partial(np.multiply, D, T, D),
    ]


def softplus_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    """f(z) = log(1 + exp(z)) (Dugas et al. 2001)."""
    return [partial(np.logaddexp, A, constant(0, A.dtype), A)]


def softplus_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    """f′(z) = σ(z) = 1 − exp(−A), because A = log(1 + exp z)."""
    T = work[0]
    return [
        partial(np.negative, A, T),
        partial(np.expm1, T, T),
        partial(np.multiply, D, T, D),
        partial(np.negative, D, D),
    ]


def silu_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    """f(z) = z·σ(z) (Elfwing et al. 2018)."""
    S = work[0]
    return [*_sigmoid_calls(A, S), partial(np.multiply, A, S, A)]


def silu_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    """f′(z) = s + z·s·(1 − s) = s + A·(1 − s) with s = σ(z)."""
    S, T = work
    return [
        partial(np.subtract, constant(1, A.dtype), S, T),
        partial(np.multiply, T, A, T),
        partial(np.add, T, S, T),
        partial(np.multiply, D, T, D),
    ]


def gelu_forward(A: Array, work: Sequence[Array]) -> list[Call]:
    """f(z) = z·h with h = ½ + ½·tanh(u), u = √(2/π)·(z + 0.044715·z³) (Hendrycks & Gimpel 2016, section 2).

    It is PyTorch's ``GELU(approximate="tanh")``. z and h stay in the work arrays for backward.
    """
    Z, H, _ = work
    half = constant(0.5, A.dtype)
    return [
        partial(np.copyto, Z, A),
        partial(np.multiply, Z, Z, H),
        partial(np.multiply, H, constant(GELU_SCALE * GELU_CUBIC, A.dtype), H),
        partial(np.add, H, constant(GELU_SCALE, A.dtype), H),
        partial(np.multiply, H, Z, H),
        partial(np.tanh, H, H),
        partial(np.multiply, H, half, H),
        partial(np.add, H, half, H),
        partial(np.multiply, A, H, A),
    ]


def gelu_backward(A: Array, D: Array, work: Sequence[Array]) -> list[Call]:
    """f′(z) = h + 2·A·(1 − h)·u′ with u′ = √(2/π)·(1 + 3·0.044715·z²), because tanh′ = 4·h·(1 − h)."""
    Z, H, T = work
    return [
        partial(np.multiply, Z, Z, Z),
        partial(np.multiply, Z, constant(6 * GELU_SCALE * GELU_CUBIC, A.dtype), Z),
        partial(np.add, Z, constant(2 * GELU_SCALE, A.dtype), Z),
        partial(np.subtract, constant(1, A.dtype), H, T),
        partial(np.multiply, T, A, T),
        partial(np.multiply, T, Z, T),
        partial(np.add, T, H, T),
        partial(np.multiply, D, T, D),
    ]
