"""Optimisers, one row each, as prepared calls on whole vectors; names, defaults and results are ``torch.optim``'s.

Long vectors are worked through in blocks that stay in the processor's cache. Averages are kept without their factor
(1 − β), which then joins the step length and ε: two calls fewer per step and the same numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal, NamedTuple

import numpy as np

from ann_viz.engine.arrays import Array, Call, constant
from ann_viz.engine.choices import Choice, table

__all__ = ["OPTIMIZERS", "Block", "Optimizer", "UpdateRule"]

ADAGRAD_EPSILON: Final = 1e-10
EPSILON: Final = 1e-8
RMSPROP_ALPHA: Final = 0.99
BETA1: Final = 0.9
BETA2: Final = 0.999
_BLOCK: Final = 65_536


class Block(NamedTuple):
    """A stretch of the vectors, and the numbers of the settings as 0-d arrays that may change between steps.

    Parameters
    ----------
    g : (n,) array
        Gradient.
    state : tuple of (n,) arrays
        What the rule remembers.
    t : (n,) array
        Where the rule leaves what is then subtracted from the parameters, −Δw.
    step_length, epsilon, momentum : () array
        η and ε, both scaled as the rule's `scale` says, and μ.
    """

    g: Array
    state: tuple[Array, ...]
    t: Array
    step_length: Array
    epsilon: Array
    momentum: Array


def _unscaled(rate: float, _steps: int) -> tuple[float, float]:
    return rate, EPSILON


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRule(Choice):
    """One optimiser.

    Parameters
    ----------
    formula : str
        What it remembers, and at the end Δw.
    direction : callable
        Gives the calls of a block that leave −Δw in its ``t``.
    state : tuple of ({"m", "v"}, float)
        The vectors that are kept between steps: their symbols, and what turns what is kept into what the formula says.
    scale : callable
        Gives step length and ε from the learning rate and the number of the step.
    counts_steps : bool
        Whether `scale` depends on that number.
    uses_momentum : bool
        Whether the momentum of the settings has an effect.
    decouples_decay : bool
        Whether L2 shrinks the weights themselves instead of joining the gradient.
    """

    formula: str
    direction: Callable[[Block], list[Call]]
    state: tuple[tuple[Literal["m", "v"], float], ...] = ()
    scale: Callable[[float, int], tuple[float, float]] = _unscaled
    counts_steps: bool = False
    uses_momentum: bool = False
    decouples_decay: bool = False


class Optimizer:
    """Moves the parameters against the gradient, in place.

    Parameters
    ----------
    name : str
        Which of `OPTIMIZERS`.
    params, gradients : (n,) arrays
        Both are used in place.

    Attributes
    ----------
    calls : tuple of callables
        One step.
    state : list of (n,) arrays
        What it remembers between steps.
    steps : int
        Steps done, as far as the rule counts them.
    """

    def __init__(self, name: str, params: Array, gradients: Array) -> None:
        self.name = name
        self.state: list[Array] = [np.zeros_like(params) for _ in OPTIMIZERS[name].state]
        self.steps = 0
        self._rule = OPTIMIZERS[name]
        self._scale = self._rule.scale
        self._rate = 0.0
        self._step_length, self._epsilon, self._momentum = (constant(0, params.dtype) for _ in range(3))
        self.calls: tuple[Call, ...] = tuple(self._build(params, gradients))

    def set_rate(self, rate: float, momentum: float) -> None:
        """Use this learning rate and momentum from the next step on."""
        self._rate = rate
        self._momentum[()] = momentum
        if not self._rule.counts_steps:
            self._step_length[()], self._epsilon[()] = self._scale(rate, self.steps)

    def _build(self, params: Array, gradients: Array) -> list[Call]:
        """Prepare the calls of one step, block by block."""
        calls: list[Call] = [self._count_step] if self._rule.counts_steps else []
        scratch = np.empty(min(_BLOCK, params.size), params.dtype)
        for start in range(0, params.size, _BLOCK):
            block = slice(start, start + _BLOCK)
            p, state = params[block], tuple(vector[block] for vector in self.state)
            t = scratch[: p.size]
            calls += self._rule.direction(
                Block(gradients[block], state, t, self._step_length, self._epsilon, self._momentum)
            )
            calls.append(partial(np.subtract, p, t, p))
        return calls

    def _count_step(self) -> None:
        """Count a step and scale it accordingly."""
        self.steps += 1
        self._step_length[()], self._epsilon[()] = self._scale(self._rate, self.steps)


def _sgd(block: Block) -> list[Call]:
    """Δw = −η·g (Robbins & Monro 1951)."""
    return [partial(np.multiply, block.g, block.step_length, block.t)]


def _velocity(block: Block) -> list[Call]:
    """M ← μ·m + g."""
    (m,) = block.state
    return [partial(np.multiply, m, block.momentum, m), partial(np.add, m, block.g, m)]


def _momentum(block: Block) -> list[Call]:
    """M ← μ·m + g; Δw = −η·m (Polyak 1964)."""
    return [*_velocity(block), partial(np.multiply, block.state[0], block.step_length, block.t)]


def _nesterov(block: Block) -> list[Call]:
    """M ← μ·m + g; Δw = −η·(μ·m + g) (Nesterov 1983 as in Sutskever et al. 2013)."""
    (m,), t = block.state, block.t
    return [
        *_velocity(block),
        partial(np.multiply, m, block.momentum, t),
        partial(np.add, t, block.g, t),
        partial(np.multiply, t, block.step_length, t),
    ]


def _add_square(v: Array, block: Block) -> list[Call]:
    """V ← v + g²."""
    return [partial(np.multiply, block.g, block.g, block.t), partial(np.add, v, block.t, v)]


def _divided(top: Array, v: Array, block: Block) -> list[Call]:
    """Δw = −η·top / (√v + ε)."""
    t = block.t
    return [
        partial(np.sqrt, v, t),
        partial(np.add, t, block.epsilon, t),
        partial(np.divide, top, t, t),
        partial(np.multiply, t, block.step_length, t),
    ]


def _forget(vector: Array, keep: float) -> Call:
    return partial(np.multiply, vector, constant(keep, vector.dtype), vector)


def _adagrad(block: Block) -> list[Call]:
    """V ← v + g²; Δw = −η·g / (√v + ε) (Duchi et al. 2011)."""
    (v,) = block.state
    return [*_add_square(v, block), *_divided(block.g, v, block)]


def _adagrad_scale(rate: float, _steps: int) -> tuple[float, float]:
    return rate, ADAGRAD_EPSILON


def _rmsprop(block: Block) -> list[Call]:
    """V ← α·v + (1 − α)·g²; Δw = −η·g / (√v + ε) (Tieleman & Hinton 2012); v is kept without its (1 − α)."""
    (v,) = block.state
    return [_forget(v, RMSPROP_ALPHA), *_add_square(v, block), *_divided(block.g, v, block)]


def _rmsprop_scale(rate: float, _steps: int) -> tuple[float, float]:
    """√v = √(kept v)·c with c = √(1 − α), so η·g / (√v + ε) = η/c · g / (√(kept v) + ε/c)."""
    c = math.sqrt(1 - RMSPROP_ALPHA)
    return rate / c, EPSILON / c


def _adam(block: Block) -> list[Call]:
    """M ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; Δw = −η·m̂ / (√v̂ + ε) (Kingma & Ba 2015, Algorithm 1).

    Both are kept without their (1 − β).
    """
    m, v = block.state
    return [
        _forget(v, BETA2),
        *_add_square(v, block),
        _forget(m, BETA1),
        partial(np.add, m, block.g, m),
        *_divided(m, v, block),
    ]


def _adam_scale(rate: float, steps: int) -> tuple[float, float]:
    """Step length and ε with the bias correction m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ).

    √v̂ = √(kept v)·c, so η·m̂/(√v̂ + ε) = (η·(1 − β₁)/(1 − β₁ᵗ)/c) · kept m/(√(kept v) + ε/c).
    """
    c = math.sqrt((1 - BETA2) / (1 - BETA2**steps))
    return rate * (1 - BETA1) / ((1 - BETA1**steps) * c), EPSILON / c


_ADAM_STATE: Final[tuple[tuple[Literal["m", "v"], float], ...]] = (("m", 1 - BETA1), ("v", 1 - BETA2))
_ADAM_FORMULA: Final = "m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², Δw = −η·m̂ / (√v̂ + ε)"

OPTIMIZERS: Final[Mapping[str, UpdateRule]] = table(
    UpdateRule(name="sgd", label="SGD", formula="Δw = −η·g", direction=_sgd),
    UpdateRule(
        name="momentum",
        label="Momentum",
        formula="m ← μ·m + g, Δw = −η·m",
        direction=_momentum,
        state=(("m", 1.0),),
        uses_momentum=True,
    ),
    UpdateRule(
        name="nesterov",
        label="Nesterov",
        formula="m ← μ·m + g, Δw = −η·(μ·m + g)",
        direction=_nesterov,
        state=(("m", 1.0),),
        uses_momentum=True,
    ),
    UpdateRule(
        name="adagrad",
        label="AdaGrad",
        formula="v ← v + g², Δw = −η·g / (√v + ε)",
        direction=_adagrad,
        state=(("v", 1.0),),
        scale=_adagrad_scale,
    ),
    UpdateRule(
        name="rmsprop",
        label="RMSprop",
        formula="v ← α·v + (1 − α)·g², Δw = −η·g / (√v + ε)",
        direction=_rmsprop,
        state=(("v", 1 - RMSPROP_ALPHA),),
        scale=_rmsprop_scale,
    ),
    UpdateRule(
        name="adam",
        label="Adam",
        formula=_ADAM_FORMULA,
        direction=_adam,
        state=_ADAM_STATE,
        scale=_adam_scale,
        counts_steps=True,
    ),
    UpdateRule(  # Loshchilov & Hutter 2019, Algorithm 2; the decay itself is in `penalties`
        name="adamw",
        label="AdamW",
        formula=f"w ← (1 − η·λ₂)·w, {_ADAM_FORMULA}",
        direction=_adam,
        state=_ADAM_STATE,
        scale=_adam_scale,
        counts_steps=True,
        decouples_decay=True,
    ),
)
