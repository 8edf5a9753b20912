"""Optimisers as prepared calls on whole vectors; names, defaults and results are those of ``torch.optim``.

Long vectors are worked through in blocks that stay in the processor's cache. Averages are kept without their factor
(1 − β), which then joins the step length and ε: two calls fewer per step and the same numbers.

References
----------
Polyak 1964 (momentum), Nesterov 1983 as in Sutskever et al. 2013, Duchi et al. 2011 (AdaGrad), Tieleman & Hinton 2012
(RMSprop), Kingma & Ba 2015 (Adam, Algorithm 1), Loshchilov & Hutter 2019 (AdamW, Algorithm 2).
"""

from __future__ import annotations

import math
from functools import partial
from typing import Final

import numpy as np

from ann_viz.engine.arrays import Array, Call, constant
from ann_viz.engine.config import OptimizerName

__all__ = ["Optimizer"]

ADAGRAD_EPSILON: Final = 1e-10
EPSILON: Final = 1e-8
RMSPROP_ALPHA: Final = 0.99
BETA1: Final = 0.9
BETA2: Final = 0.999
_BLOCK: Final = 65_536
_N_STATE: Final[dict[OptimizerName, int]] = {
    "sgd": 0,
    "momentum": 1,
    "nesterov": 1,
    "adagrad": 1,
    "rmsprop": 1,
    "adam": 2,
    "adamw": 2,
}


class Optimizer:
    """Moves the parameters against the gradient, in place.

    Parameters
    ----------
    name : str
        Name of the optimiser.
    params, gradients : (n,) arrays
        Both are used in place.

    Attributes
    ----------
    calls : tuple of callables
        One step.
    state : list of (n,) arrays
        What it remembers between steps.
    steps : int
        Steps done, as far as the optimiser counts them: Adam and AdamW do.
    """

    def __init__(self, name: OptimizerName, params: Array, gradients: Array) -> None:
        self.name = name
        self._params, self._gradients = params, gradients
        self._dtype = params.dtype
        self.state: list[Array] = [np.zeros_like(params) for _ in range(_N_STATE[name])]
        self._scratch = np.empty(min(_BLOCK, params.size), self._dtype)
        self._rate = 0.0
        self.steps = 0
        self._step_length = constant(0, self._dtype)
        self._epsilon = constant({"adagrad": ADAGRAD_EPSILON}.get(name, EPSILON), self._dtype)
        self._momentum = constant(0, self._dtype)
        self.calls: tuple[Call, ...] = tuple(self._build())

    def set_rate(self, rate: float, momentum: float) -> None:
        """Use this learning rate and momentum from the next step on."""
        self._rate = rate
        self._momentum[()] = momentum
        self._step_length[()] = rate
        if self.name == "rmsprop":
            factor = math.sqrt(1 - RMSPROP_ALPHA)
            self._step_length[()] = rate / factor
            self._epsilon[()] = EPSILON / factor

    def _build(self) -> list[Call]:
        """Prepare the calls of one step, block by block."""
        calls: list[Call] = [self._correct_bias] if self.name in ("adam", "adamw") else []
        for start in range(0, self._params.size, _BLOCK):
            block = slice(start, start + _BLOCK)
            p, g = self._params[block], self._gradients[block]
            state = [vector[block] for vector in self.state]
            t = self._scratch[: p.size]
            if self.name in ("sgd", "momentum", "nesterov"):
                calls += self._direction(g, state, t)
            else:
                calls += self._scaled_direction(g, state, t)
            calls.append(partial(np.subtract, p, t, p))
        return calls

    def _direction(self, g: Array, state: list[Array], t: Array) -> list[Call]:
        """Leave η·g, or η times the momentum's direction, in t."""
        if self.name == "sgd":
            return [partial(np.multiply, g, self._step_length, t)]
        m = state[0]
        calls: list[Call] = [partial(np.multiply, m, self._momentum, m), partial(np.add, m, g, m)]
        if self.name == "momentum":
            return [*calls, partial(np.multiply, m, self._step_length, t)]
        return [
            *calls,
            partial(np.multiply, m, self._momentum, t),
            partial(np.add, t, g, t),
            partial(np.multiply, t, self._step_length, t),
        ]

    def _scaled_direction(self, g: Array, state: list[Array], t: Array) -> list[Call]:
        """Leave η·g/(√v + ε) in t, where v collects squared gradients; Adam puts its average m in the place of g."""
        v = state[-1]
        calls: list[Call] = []
        if self.name != "adagrad":
            forget = RMSPROP_ALPHA if self.name == "rmsprop" else BETA2
            calls.append(partial(np.multiply, v, constant(forget, self._dtype), v))
        calls += [
            partial(np.multiply, g, g, t),
            partial(np.add, v, t, v),
            partial(np.sqrt, v, t),
            partial(np.add, t, self._epsilon, t),
        ]
        if len(state) == 2:
            m = state[0]
            calls += [partial(np.multiply, m, constant(BETA1, self._dtype), m), partial(np.add, m, g, m)]
            g = m
        return [*calls, partial(np.divide, g, t, t), partial(np.multiply, t, self._step_length, t)]

    def _correct_bias(self) -> None:
        """Count a step and set the step length and ε that Adam's bias correction asks for."""
        self.steps = steps = self.steps + 1
        # √v̂ = √(kept v)·c, so η·m̂/(√v̂ + ε) = (η·(1 − β₁)/(1 − β₁ᵗ)/c) · kept m/(√(kept v) + ε/c).
        c = math.sqrt((1 - BETA2) / (1 - BETA2**steps))
        self._step_length[()] = self._rate * (1 - BETA1) / ((1 - BETA1**steps) * c)
        self._epsilon[()] = EPSILON / c
