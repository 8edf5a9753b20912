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
from ann_viz.explain.arithmetic import Minus, Power, Product, Quotient, Sum, root, square
from ann_viz.explain.expression import Expression, Number, setting
from ann_viz.explain.printed_formula import stated, work_out
from ann_viz.explain.spans import Line, Tone
from ann_viz.explain.texts import word

__all__ = ["Memory", "Quantity", "UpdateStory", "explain_update", "memory_of"]

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

    def tell(
        self,
        label: str,
        symbol: str,
        expression: Expression,
        after: float,
        *,
        symbols: str = "",
        before: float | None = None,
    ) -> float:
        """Note a number with what made it, in symbols and in numbers, and return it."""
        tone: Tone = "error" if symbol in ("p", "g") else "strong"
        lead = f"{symbol} = {symbols}" if symbols else symbol
        self.quantities.append(Quantity(symbol, before, after))
        self.lines.append(Line(word(label), work_out(lead, expression, digits=DIGITS, tone=tone).spans))
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
        formula = Minus(Product((setting(rate), setting(config.l2), _number(weight))))
        decay = teller.tell("decay", "Δdecay", formula, -rate * config.l2 * weight, symbols="−η·λ₂·w")
    step = _TELLERS.get(config.optimizer, _by_its_formula)(teller)
    after = weight + decay + step
    changes = (decay, step) if decay else (step,)
    result = work_out("w ←", Sum((_number(weight), *(_number(change) for change in changes))), digits=DIGITS)
    return UpdateStory(
        gradient=teller.g,
        quantities=tuple(teller.quantities),
        before=weight,
        change=decay + step,
        after=after,
        lines=(*teller.lines, Line(word("new weight"), result.spans)),
    )


def _number(value: float) -> Number:
    return Number(value, digits=DIGITS)


def _tell_gradient(teller: _Teller, decoupled: bool) -> None:
    """Add the penalties to the gradient, then shorten it if the whole gradient is too long (`engine.penalties`).

    The mean of the batch is ∂L/∂w, with penalties it is p, and g is what the optimiser gets to see.
    """
    config, weight, is_bias = teller.config, teller.parameter.weight, teller.parameter.is_bias
    length, mean = teller.parameter.gradient_length, teller.g
    is_clipped = config.clip_norm is not None and length > config.clip_norm
    terms: list[Expression] = [_number(mean)]
    penalised = mean
    if config.l2 > 0 and not decoupled and not is_bias:
        terms.append(Product((setting(config.l2), _number(weight))))
        penalised += config.l2 * weight
    if config.l1 > 0 and not is_bias and weight != 0:
        terms.append(setting(math.copysign(config.l1, weight)))
        penalised += math.copysign(config.l1, weight)
    is_seen = len(terms) == 1 and not is_clipped
    told = stated("g = ∂L/∂w" if is_seen else "∂L/∂w", mean, digits=DIGITS, tone="error")
    teller.lines.append(Line(word("gradient"), told.spans))
    if len(terms) > 1:
        teller.g = teller.tell("gradient + penalties", "p" if is_clipped else "g", Sum(tuple(terms)), penalised)
    if config.clip_norm is not None and is_clipped:
        shorter = Quotient(Product((_number(teller.g), setting(config.clip_norm))), _number(length))
        teller.g = teller.tell("clipped", "g", shorter, teller.g * config.clip_norm / length)
    teller.quantities[:] = [Quantity("g", None, teller.g)]


def _tell_step(teller: _Teller, symbol: str, direction: float) -> float:
    formula = Minus(Product((setting(teller.rate), _number(direction))))
    return teller.tell("step", "Δw", formula, -teller.rate * direction, symbols=f"−η·{symbol}")


def _tell_scaled_step(teller: _Teller, top: str, direction: float, bottom: str, v: float, epsilon: float) -> float:
    under = Sum((root(_number(v)), setting(epsilon)))
    formula = Minus(Quotient(Product((setting(teller.rate), _number(direction))), under))
    change = -teller.rate * direction / (math.sqrt(v) + epsilon)
    return teller.tell("step", "Δw", formula, change, symbols=f"−η·{top} / (√{bottom} + ε)")


def _tell_average(
    teller: _Teller, label: str, symbol: str, *, keep: float, old: float, new: float, of: Expression
) -> float:
    """Tell an average that keeps a share of the old value and takes the rest from the new one."""
    formula = Sum((Product((setting(keep), _number(old))), Product((_rest_of(keep), of))))
    return teller.tell(label, symbol, formula, keep * old + (1 - keep) * new, before=old)


def _rest_of(share: float) -> Number:
    return setting(round(1 - share, 12))  # 1 − 0.9 is 0.09999999999999998


def _tell_velocity(teller: _Teller) -> float:
    old, keep = teller.memory.m, teller.config.momentum
    formula = Sum((Product((setting(keep), _number(old))), _number(teller.g)))
    return teller.tell("velocity", "m", formula, keep * old + teller.g, before=old)


def _sgd(teller: _Teller) -> float:
    return _tell_step(teller, "g", teller.g)


def _momentum(teller: _Teller) -> float:
    return _tell_step(teller, "m", _tell_velocity(teller))


def _nesterov(teller: _Teller) -> float:
    m, keep = _tell_velocity(teller), teller.config.momentum
    formula = Sum((Product((setting(keep), _number(m))), _number(teller.g)))
    return _tell_step(teller, "d", teller.tell("look ahead", "d", formula, keep * m + teller.g))


def _adagrad(teller: _Teller) -> float:
    old, g = teller.memory.v, teller.g
    formula = Sum((_number(old), square(_number(g))))
    v = teller.tell("squares so far", "v", formula, old + g * g, before=old)
    return _tell_scaled_step(teller, "g", g, "v", v, ADAGRAD_EPSILON)


def _rmsprop(teller: _Teller) -> float:
    g, old = teller.g, teller.memory.v
    v = _tell_average(teller, "average square", "v", keep=RMSPROP_ALPHA, old=old, new=g * g, of=square(_number(g)))
    return _tell_scaled_step(teller, "g", g, "v", v, EPSILON)


def _adam(teller: _Teller) -> float:
    """Kingma & Ba 2015, Algorithm 1."""
    g, t = teller.g, teller.memory.steps + 1
    m = _tell_average(teller, "average gradient", "m", keep=BETA1, old=teller.memory.m, new=g, of=_number(g))
    v = _tell_average(teller, "average square", "v", keep=BETA2, old=teller.memory.v, new=g * g, of=square(_number(g)))
    m_hat = teller.tell("corrected", "m̂", _corrected(m, BETA1, t), m / (1 - BETA1**t))
    v_hat = teller.tell("corrected", "v̂", _corrected(v, BETA2, t), v / (1 - BETA2**t))
    return _tell_scaled_step(teller, "m̂", m_hat, "v̂", v_hat, EPSILON)


def _corrected(average: float, keep: float, t: int) -> Expression:
    return Quotient(_number(average), Sum((Number(1.0), Minus(Power(setting(keep), t)))))


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
    told = stated(OPTIMIZERS[config.optimizer].formula, change, digits=DIGITS)
    teller.lines.append(Line(word("step"), told.spans))
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
