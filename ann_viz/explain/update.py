"""One optimiser step of one weight, told number by number: the gradient, what the optimiser remembers, the change.

The numbers are worked out anew in double precision with the textbook's formulas, not read from the engine's buffers,
which keep the same averages under other factors. Formulas as in ``torch.optim``, cited in `ann_viz.engine.optimizers`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from ann_viz.engine import OPTIMIZERS, TrainConfig
from ann_viz.engine.arrays import run
from ann_viz.engine.optimizers import ADAGRAD_EPSILON, BETA1, BETA2, EPSILON, RMSPROP_ALPHA, Optimizer
from ann_viz.engine.parameter_state import ParameterState
from ann_viz.explain.spans import Line, Span, Tone
from ann_viz.explain.texts import word
from ann_viz.numerals import MINUS, format_number

__all__ = ["Memory", "Quantity", "UpdateStory", "explain_update", "memory_of", "shown"]

DIGITS: Final = 5  # that count: averages of squares may be as small as 1e-9, which no fixed decimals show


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What an optimiser remembers of one weight before the step, as the textbook scales it.

    Parameters
    ----------
    m : float
        Velocity ("momentum", "nesterov") or average gradient (Adam, AdamW).
    v : float
        Sum ("adagrad") or average (RMSprop, Adam, AdamW) of squared gradients.
    steps : int
        Steps done before this one; only Adam's bias correction asks for it.
    """

    m: float = 0.0
    v: float = 0.0
    steps: int = 0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A named number of the step: before it (None for what has no past) and after it."""

    symbol: str
    before: float | None
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateStory:
    """What one step does to one weight.

    Parameters
    ----------
    gradient : float
        What the optimiser sees, penalties and clipping included.
    quantities : tuple of Quantity
        Everything that was worked out, in this order; the first is the gradient g.
    before, change, after : float
        The weight, Δw (AdamW's decay included), and the new weight.
    lines : tuple of Line
        The formulas with their numbers put in.
    """

    gradient: float
    quantities: tuple[Quantity, ...]
    before: float
    change: float
    after: float
    lines: tuple[Line, ...]

    def __getitem__(self, symbol: str) -> Quantity:
        """Return a quantity by its symbol."""
        return next(each for each in self.quantities if each.symbol == symbol)


@dataclass(slots=True)
class _Teller:
    """Collects what is worked out, and how it is written."""

    config: TrainConfig
    parameter: ParameterState
    g: float
    memory: Memory
    quantities: list[Quantity] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """The learning rate η."""
        return self.parameter.learning_rate

    def tell(self, label: str, formula: str, symbol: str, after: float, *, before: float | None = None) -> float:
        """Note a number with the formula that made it, and return it."""
        tone: Tone = "error" if symbol == "g" else "strong"
        self.quantities.append(Quantity(symbol, before, after))
        self.lines.append(Line(word(label), (Span(f"{symbol} = {formula} = "), Span(shown(after), tone))))
        return after


def memory_of(optimizer: str, parameter: ParameterState) -> Memory:
    """Scale what `ann_viz.engine.optimizers.Optimizer` keeps of one weight as the textbook does."""
    kept = zip(OPTIMIZERS[optimizer].state, parameter.optimizer_state, strict=True)
    return Memory(**{symbol: value * factor for (symbol, factor), value in kept}, steps=parameter.steps)


def explain_update(config: TrainConfig, parameter: ParameterState) -> UpdateStory:
    """Tell the coming step of one weight.

    Parameters
    ----------
    config : TrainConfig
        Optimiser, momentum, penalties and clipping.
    parameter : ParameterState
        What is known before the step.

    Returns
    -------
    UpdateStory
    """
    weight, rate = parameter.weight, parameter.learning_rate
    decoupled = OPTIMIZERS[config.optimizer].decouples_decay
    teller = _Teller(config, parameter, parameter.gradient, memory_of(config.optimizer, parameter))
    _tell_gradient(teller, decoupled)
    decay = 0.0
    if decoupled and config.l2 > 0 and not parameter.is_bias:
        formula = f"{MINUS}η·λ₂·w = {MINUS}{shown(rate)}·{shown(config.l2)}·{_factor(weight)}"
        decay = teller.tell("decay", formula, "Δdecay", -rate * config.l2 * weight)
    step = _TELLERS.get(config.optimizer, _by_its_formula)(teller)
    after = weight + decay + step
    middle = f" {_summand(decay)}" if decay else ""
    result = (Span(f"w ← {shown(weight)}{middle} {_summand(step)} = "), Span(shown(after), "strong"))
    return UpdateStory(
        gradient=teller.g,
        quantities=tuple(teller.quantities),
        before=weight,
        change=decay + step,
        after=after,
        lines=(*teller.lines, Line(word("new weight"), result)),
    )


def _tell_gradient(teller: _Teller, decoupled: bool) -> None:
    """Add the penalties to the gradient, then shorten it if the whole gradient is too long (`engine.penalties`)."""
    config, weight, is_bias = teller.config, teller.parameter.weight, teller.parameter.is_bias
    length = teller.parameter.gradient_length
    teller.quantities.append(Quantity("g", None, teller.g))
    formula, penalised = shown(teller.g), teller.g
    if config.l2 > 0 and not decoupled and not is_bias:
        formula += f" + {shown(config.l2)}·{_factor(weight)}"
        penalised += config.l2 * weight
    if config.l1 > 0 and not is_bias and weight != 0:
        formula += f" {'+' if weight > 0 else MINUS} {shown(config.l1)}"
        penalised += math.copysign(config.l1, weight)
    if formula == shown(teller.g):
        teller.lines.append(Line(word("gradient"), (Span("g = ∂L/∂w = "), Span(shown(teller.g), "error"))))
    else:
        teller.quantities.clear()
        teller.g = teller.tell("gradient + penalties", formula, "g", penalised)
    if config.clip_norm is not None and length > config.clip_norm:
        formula = f"{_factor(teller.g)}·{shown(config.clip_norm)} / {shown(length)}"
        teller.quantities.clear()
        teller.g = teller.tell("clipped", formula, "g", teller.g * config.clip_norm / length)


def _tell_step(teller: _Teller, symbol: str, direction: float) -> float:
    formula = f"{MINUS}η·{symbol} = {MINUS}{shown(teller.rate)}·{_factor(direction)}"
    return teller.tell("step", formula, "Δw", -teller.rate * direction)


def _tell_scaled_step(teller: _Teller, top: str, direction: float, bottom: str, v: float, epsilon: float) -> float:
    numbers = f"{MINUS}{shown(teller.rate)}·{_factor(direction)} / (√{shown(v)} + {format_number(epsilon, '.0e')})"
    formula = f"{MINUS}η·{top} / (√{bottom} + ε) = {numbers}"
    return teller.tell("step", formula, "Δw", -teller.rate * direction / (math.sqrt(v) + epsilon))


def _tell_average(
    teller: _Teller, label: str, symbol: str, *, keep: float, old: float, new: float, power: str = ""
) -> float:
    """Tell an average that keeps a share of the old value and takes the rest from the new one."""
    formula = f"{shown(keep)}·{_factor(old)} + {shown(1 - keep)}·{_factor(teller.g)}{power}"
    return teller.tell(label, formula, symbol, keep * old + (1 - keep) * new, before=old)


def _tell_velocity(teller: _Teller) -> float:
    old, keep = teller.memory.m, teller.config.momentum
    formula = f"{shown(keep)}·{_factor(old)} {_summand(teller.g)}"
    return teller.tell("velocity", formula, "m", keep * old + teller.g, before=old)


def _sgd(teller: _Teller) -> float:
    return _tell_step(teller, "g", teller.g)


def _momentum(teller: _Teller) -> float:
    return _tell_step(teller, "m", _tell_velocity(teller))


def _nesterov(teller: _Teller) -> float:
    m, keep = _tell_velocity(teller), teller.config.momentum
    ahead = teller.tell("look ahead", f"{shown(keep)}·{_factor(m)} {_summand(teller.g)}", "d", keep * m + teller.g)
    return _tell_step(teller, "d", ahead)


def _adagrad(teller: _Teller) -> float:
    old, g = teller.memory.v, teller.g
    v = teller.tell("squares so far", f"{shown(old)} + {_factor(g)}²", "v", old + g * g, before=old)
    return _tell_scaled_step(teller, "g", g, "v", v, ADAGRAD_EPSILON)


def _rmsprop(teller: _Teller) -> float:
    g = teller.g
    v = _tell_average(teller, "average square", "v", keep=RMSPROP_ALPHA, old=teller.memory.v, new=g * g, power="²")
    return _tell_scaled_step(teller, "g", g, "v", v, EPSILON)


def _adam(teller: _Teller) -> float:
    """Kingma & Ba 2015, Algorithm 1."""
    g, t = teller.g, teller.memory.steps + 1
    m = _tell_average(teller, "average gradient", "m", keep=BETA1, old=teller.memory.m, new=g)
    v = _tell_average(teller, "average square", "v", keep=BETA2, old=teller.memory.v, new=g * g, power="²")
    m_hat = teller.tell("corrected", f"{_factor(m)} / (1 {MINUS} {shown(BETA1)}^{t})", "m̂", m / (1 - BETA1**t))
    v_hat = teller.tell("corrected", f"{shown(v)} / (1 {MINUS} {shown(BETA2)}^{t})", "v̂", v / (1 - BETA2**t))
    return _tell_scaled_step(teller, "m̂", m_hat, "v̂", v_hat, EPSILON)


def _by_its_formula(teller: _Teller) -> float:
    """Tell the step of an optimiser without a teller of its own: its formula, and what its calls make of the weight."""
    parameter, config = teller.parameter, teller.config
    w = np.array([parameter.weight])
    optimizer = Optimizer(config.optimizer, w, np.array([teller.g]))
    for vector, value in zip(optimizer.state, parameter.optimizer_state, strict=True):
        vector[:] = value
    optimizer.steps = parameter.steps
    optimizer.set_rate(teller.rate, config.momentum)
    run(optimizer.calls)
    change = float(w[0]) - parameter.weight
    teller.quantities.append(Quantity("Δw", None, change))
    formula = f"{OPTIMIZERS[config.optimizer].formula} = "
    teller.lines.append(Line(word("step"), (Span(formula), Span(shown(change), "strong"))))
    return change


_TELLERS: Final[dict[str, Callable[[_Teller], float]]] = {
    "sgd": _sgd,
    "momentum": _momentum,
    "nesterov": _nesterov,
    "adagrad": _adagrad,
    "rmsprop": _rmsprop,
    "adam": _adam,
    "adamw": _adam,
}


def shown(value: float) -> str:
    """Return a number with five digits that count and a true minus."""
    return format_number(value, f".{DIGITS}g")


def _factor(value: float) -> str:
    return f"({shown(value)})" if value < 0 else shown(value)


def _summand(value: float) -> str:
    return f"{MINUS if value < 0 else '+'} {shown(abs(value))}"
