"""How an answer comes from the output layer's sums, what it costs, and how that changes with the sums: with numbers.

The answer is worked out anew from the sums, with as many digits as it takes: one of 0.999999996 that is true costs
4·10⁻⁹, not nothing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine.losses import HUBER_DELTA, LOSSES
from ann_viz.explain.arithmetic import Minus, Noted, Product, Quotient, Sum, e_to_the, ln, magnitude, sign, square
from ann_viz.explain.expression import PAPER, Expression, Number
from ann_viz.explain.printed_formula import KEPT_TERMS, MOST_TERMS, SMALLEST, Worked, added, stated, work_out
from ann_viz.explain.situation import Situation
from ann_viz.explain.texts import word
from ann_viz.numerals import FINE_DECIMALS

__all__ = ["answer_formula", "loss_formula", "slope_formula"]

LARGEST_POWER: Final = 20.0  # e^20 has nine digits
HALF: Final = Decimal("0.5")
TOO_FINE: Final = Decimal("1e-6")  # a difference that takes more digits than anybody reads is only stated


def answer_formula(situation: Situation, j: int) -> Worked:
    """Write the chance of an output: 1 / (1 + e^−z), or its share of all powers of e."""
    Z = situation.row.Z[-1].astype(np.float64)
    if situation.network.config.task == "binary":
        return work_out("ŷ", Quotient(Number(1.0), Sum((Number(1.0), e_to_the(Number(-float(Z[j])))))))
    return work_out(*share_of(Z, j))


def share_of(Z: NDArray[np.float64], j: int) -> tuple[str, Expression]:
    """Return softmax with symbols and with numbers; powers too large or small are taken relative to the largest."""
    top = float(Z.max())
    is_plain = abs(top) <= LARGEST_POWER
    powers = [Number(float(z)) for z in (Z if is_plain else Z - top)]
    shown = range(len(Z)) if len(Z) <= MOST_TERMS else sorted({j, *np.argsort(-Z, kind="stable")[:KEPT_TERMS].tolist()})
    terms: list[Expression] = [e_to_the(powers[k]) for k in shown]
    if len(shown) < len(Z):
        others = float(sum(np.exp(float(powers[k].exact)) for k in range(len(Z)) if k not in shown))
        terms.append(Noted(Number(others), word("more", n=len(Z) - len(shown))))
    lead = "ŷ = e^z / Σ e^z" if is_plain else "ŷ = e^(z − max z) / Σ e^(z − max z)"
    return lead, Quotient(e_to_the(powers[j]), added(tuple(terms)))


def _chance(situation: Situation, j: int, *, against: bool = False) -> Decimal:
    """Work out the chance of an output, or that of its opposite, with all the digits that count."""
    Z = situation.row.Z[-1].astype(np.float64)
    if situation.network.config.task == "binary":
        power = PAPER.exp(Decimal(repr(float(Z[j] if against else -Z[j]))))
        return PAPER.divide(Decimal(1), PAPER.add(Decimal(1), power))
    shifted = Z - Z.max()
    return PAPER.exp(Decimal(repr(float(shifted[j] - np.log(np.exp(shifted).sum())))))


def loss_formula(situation: Situation) -> Worked:
    """Write the loss of the row with its numbers; one that is not told here as its table says it."""
    row, loss = situation.row, LOSSES[situation.network.config.loss_name]
    if loss.name == "binary_cross_entropy" and row.y[0] <= 0.5:
        return _surprise("−ln(1 − ŷ)", _chance(situation, 0, against=True), row.weight, of_opposite=True)
    if loss.name in ("binary_cross_entropy", "categorical_cross_entropy"):
        return _surprise("−ln(ŷ)", _chance(situation, int(np.argmax(row.y))), row.weight, of_opposite=False)
    costs = [_cost(loss.name, float(answer), float(truth)) for answer, truth in zip(row.A[-1], row.y, strict=True)]
    told = [cost for cost in costs if cost is not None]
    if len(told) < len(costs):
        return stated(f"L = {loss.formula}", row.loss, decimals=FINE_DECIMALS)
    mean = told[0] if len(told) == 1 else Quotient(Sum(tuple(told)), Number(float(len(told))))
    return work_out("L", mean, decimals=FINE_DECIMALS)


def _surprise(symbols: str, chance: Decimal, weight: float, *, of_opposite: bool) -> Worked:
    """Write −ln of the chance that was given to the truth, as often as the row's class counts."""
    answer, lead = PAPER.subtract(Decimal(1), chance), f"L = {symbols}" if weight == 1 else f"L = k·({symbols})"
    if answer < TOO_FINE or chance < SMALLEST:
        surprise = PAPER.minus(PAPER.ln(chance))
        return stated(lead, PAPER.multiply(surprise, Decimal(repr(weight))), decimals=FINE_DECIMALS)
    if of_opposite and chance >= TOO_FINE:
        surprised = Minus(ln(Sum((Number(1.0), Minus(Number(answer))))))
    else:
        surprised = Minus(ln(Number(chance)))
    lead = lead if of_opposite and chance < TOO_FINE else "L"
    return work_out(lead, _counted(surprised, weight), decimals=FINE_DECIMALS)


def _counted(cost: Expression, weight: float) -> Expression:
    """Count a cost as often as the row's class does."""
    return cost if weight == 1 else Product((Number(weight, FINE_DECIMALS), cost))


def _difference(answer: float | Decimal, truth: float) -> Expression:
    return Sum((Number(answer), Minus(Number(truth))))


def _cost(name: str, answer: float, truth: float) -> Expression | None:
    """Return what one output's distance from the truth costs, with numbers."""
    apart = _difference(answer, truth)
    if name == "mse":
        return square(apart)
    if name == "mae":
        return magnitude(apart)
    if name == "huber":
        is_far = abs(answer - truth) >= HUBER_DELTA
        return Sum((magnitude(apart), Minus(Number(HALF)))) if is_far else Product((Number(HALF), square(apart)))
    return None


def slope_formula(situation: Situation, j: int) -> Worked:
    """Write ∂L/∂z of an output with its numbers; that of a loss which is not told here is only stated."""
    row, name = situation.row, situation.network.config.loss_name
    truth, lead = float(row.y[j]), "δ = ∂L/∂z"
    if name in ("binary_cross_entropy", "categorical_cross_entropy"):
        chance = _chance(situation, j)
        lead += " = ŷ − y" if row.weight == 1 else " = k·(ŷ − y)"
        apart = PAPER.subtract(chance, Decimal(truth))
        if abs(apart) < TOO_FINE:
            apart = PAPER.multiply(apart, Decimal(repr(row.weight)))
            return stated(lead, apart, decimals=FINE_DECIMALS, signed=True, tone="error")
        difference = _counted(_difference(chance, truth), row.weight)
        return work_out(lead, difference, decimals=FINE_DECIMALS, signed=True, tone="error")
    slope = _cost_slope(name, float(row.A[-1][j]), truth)
    if slope is None:
        return stated(lead, float(row.delta[-1][j]), decimals=FINE_DECIMALS, signed=True, tone="error")
    if len(row.y) > 1:
        slope = Quotient(slope, Number(float(len(row.y))))
    return work_out(lead, slope, decimals=FINE_DECIMALS, signed=True, tone="error")


def _cost_slope(name: str, answer: float, truth: float) -> Expression | None:
    """Return how the cost of one output changes with its answer."""
    apart = _difference(answer, truth)
    if name == "mse":
        return Product((Number(2.0), apart))
    if name == "mae" or (name == "huber" and abs(answer - truth) >= HUBER_DELTA):
        return sign(apart)
    return apart if name == "huber" else None
