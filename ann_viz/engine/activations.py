"""Activation functions of hidden layers: one row each, complete with what is shown and said of it.

To add one, write its pair of functions in `activation_calls` and its row in `ACTIVATIONS`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ann_viz.engine import activation_calls as calls
from ann_viz.engine.arrays import Array, Call, run
from ann_viz.engine.choices import Choice, table
from ann_viz.translation import translatable

__all__ = ["ACTIVATIONS", "Activation", "Function"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Function(Choice):
    """What makes a neuron's activation a of its sum z.

    Parameters
    ----------
    formula : str
        Of a, with ^ before an exponent.
    formula_below : str
        The same where z is not above 0, if it is another there.
    squashes_into : (float, float), optional
        Range that is never left.
    can_die : bool
        Whether it is flat below 0, so that a neuron silent for every row never learns again.
    """

    formula: str
    formula_below: str = ""
    squashes_into: tuple[float, float] | None = None
    can_die: bool = False

    def formula_at(self, z: float) -> str:
        """Return the formula that holds at a sum."""
        return self.formula if z > 0 else self.formula_below or self.formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation(Function):
    """The function of a hidden layer: all that the program knows of it.

    Parameters
    ----------
    forward : callable
        ``forward(A, work)`` gives the calls that replace Z, which is in A, by f(Z).
    backward : callable
        ``backward(A, D, work)`` gives the calls that multiply D by f′(Z), after the forward calls.
    n_work : int
        Work arrays of A's shape both need; what forward leaves there belongs to backward.
    initializer : str
        Starting weights that suit it: He where half of the sums are cut off or bent, Glorot elsewhere.
    words : tuple of (float, str)
        What is said of a z up to each limit, in ascending order.
    """

    forward: Callable[[Array, Sequence[Array]], list[Call]]
    backward: Callable[[Array, Array, Sequence[Array]], list[Call]]
    n_work: int = 1
    initializer: str = "he_normal"
    words: tuple[tuple[float, str], ...] = ()

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

    def words_at(self, z: float) -> str:
        """Return the sentence about a sum, to be translated; empty where there is none."""
        return next((sentence for limit, sentence in self.words if z <= limit), "")


_ANY: Final = math.inf
_FAR: Final = 2.0  # a z beyond which a bend lies behind, for tanh and its kind
_UNCHANGED: Final = translatable("The total is above zero, so it passes on unchanged.")
_GATE_WORDS: Final = (
    (-_FAR, translatable("Far below zero almost nothing passes on.")),
    (_FAR, translatable("Near zero only a part of the total passes on.")),
    (_ANY, translatable("Far above zero the total passes on almost unchanged.")),
)
_TANH_FAR: Final = translatable("Squeezed into −1 to 1. So far from zero it hardly changes any more.")
_SIGMOID_FAR: Final = translatable("Squeezed into 0 to 1. So far from zero it hardly changes any more.")

ACTIVATIONS: Final[Mapping[str, Activation]] = table(
    Activation(
        name="relu",
        label="ReLU",
        formula="max(0, z)",
        forward=calls.relu_forward,
        backward=calls.relu_backward,
        can_die=True,
        words=((0, translatable("The total is not above zero, so it stays silent.")), (_ANY, _UNCHANGED)),
    ),
    Activation(
        name="leaky_relu",
        label="Leaky ReLU",
        formula=f"max({calls.LEAK}·z, z)",
        forward=calls.leaky_relu_forward,
        backward=calls.leaky_relu_backward,
        words=((0, translatable("The total is below zero, so only a hundredth of it passes on.")), (_ANY, _UNCHANGED)),
    ),
    Activation(
        name="elu",
        label="ELU",
        formula="z",
        formula_below="e^z − 1",
        forward=calls.elu_forward,
        backward=calls.elu_backward,
        words=(
            (0, translatable("The total is below zero, and what passes on never falls below −1.")),
            (_ANY, _UNCHANGED),
        ),
    ),
    Activation(
        name="gelu",
        label="GELU",
        formula="z·Φ(z)",
        forward=calls.gelu_forward,
        backward=calls.gelu_backward,
        n_work=3,
        words=_GATE_WORDS,
    ),
    Activation(
        name="silu",
        label="SiLU",
        formula="z·σ(z)",
        forward=calls.silu_forward,
        backward=calls.silu_backward,
        n_work=2,
        words=_GATE_WORDS,
    ),
    Activation(
        name="tanh",
        label="tanh",
        formula="tanh(z)",
        squashes_into=(-1, 1),
        forward=calls.tanh_forward,
        backward=calls.tanh_backward,
        initializer="glorot_uniform",
        words=(
            (-_FAR, _TANH_FAR),
            (_FAR, translatable("The total is squeezed into the range −1 to 1.")),
            (_ANY, _TANH_FAR),
        ),
    ),
    Activation(
        name="sigmoid",
        label="Sigmoid",
        formula="1 / (1 + e^−z)",
        squashes_into=(0, 1),
        forward=calls.sigmoid_forward,
        backward=calls.sigmoid_backward,
        initializer="glorot_uniform",
        words=(
            (-2 * _FAR, _SIGMOID_FAR),
            (2 * _FAR, translatable("The total is squeezed into the range 0 to 1.")),
            (_ANY, _SIGMOID_FAR),
        ),
    ),
    Activation(
        name="softplus",
        label="Softplus",
        formula="ln(1 + e^z)",
        forward=calls.softplus_forward,
        backward=calls.softplus_backward,
        words=((_ANY, translatable("A smooth bend: never below zero, and almost unchanged when large.")),),
    ),
    Activation(
        name="linear",
        label="Linear",
        formula="z",
        forward=calls.linear_forward,
        backward=calls.linear_backward,
        n_work=0,
        initializer="glorot_uniform",
        words=((_ANY, translatable("The total passes on as it is.")),),
    ),
)
