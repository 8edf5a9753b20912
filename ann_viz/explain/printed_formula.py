"""A formula with its numbers, printed so that whoever works it out with the printed digits gets the printed result.

Every number is its exact value, rounded. The result has the digits that suit it; the numbers it is made of begin with
few and get more, always the one whose rounding moves the result most, until the printed ones make the printed result.
"""

from __future__ import annotations

import decimal
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.explain.arithmetic import Minus, Noted, Product, Sum
from ann_viz.explain.expression import PAPER, Expression, Number, Printed
from ann_viz.explain.spans import Span, Tone
from ann_viz.explain.texts import word
from ann_viz.numerals import DECIMALS, FINE_DECIMALS, count, is_in_powers, written

__all__ = ["SMALLEST", "Worked", "added", "change", "numbers_and_result", "stated", "sum_of_products", "work_out"]

LEAST_DIGITS: Final = 2  # that count, however small the number is
MOST_DIGITS: Final = 6  # to begin with
MOST_OF_LARGE: Final = 4  # where it is written with a power of ten
CLOSE: Final = Decimal("0.02")  # so near to where rounding turns, in units of the last digit, a result gets one more
WITHIN: Final = Decimal("0.499999")  # of the last digit: what is in the middle between two could be rounded either way
TRUE_DIGITS: Final = 14  # of what was reckoned with 53 bits: 0.1·0.2 is 0.02, not 0.020000000000000004
SMALLEST: Final = Decimal("1e-99")  # a pocket calculator shows nothing smaller
NOTHING_LEFT: Final = Decimal(0)
MOST_TERMS: Final = 5
KEPT_TERMS: Final = 4


@dataclass(frozen=True, slots=True)
class Worked:
    """A formula ready to be shown; its result, and the numbers in it, as they are printed."""

    spans: tuple[Span, ...]
    result: Decimal
    printed: Printed


def work_out(
    lead: str,
    expression: Expression,
    *,
    decimals: int = 2,
    digits: int | None = None,
    signed: bool = False,
    tone: Tone = "strong",
) -> Worked:
    """Write ``lead = expression = result``.

    Parameters
    ----------
    lead : str
        The same with symbols: "z", "L = −ln(ŷ)", "w ←"; may be empty.
    expression : Expression
        With the numbers.
    decimals : int
        Of the result.
    digits : int, optional
        Of the result, that count; instead of `decimals`.
    signed : bool
        Whether a plus is written before a positive result.
    tone : str
        Of the result.
    """
    with decimal.localcontext(PAPER):
        exact = {number: _exact(number.exact) for number in expression.numbers()}
        value = expression.value(exact)
        result, place = _result(value, decimals, digits)
        printed = _fitted(expression, exact, value, result, place) if value.is_finite() else _begun(exact)
    return Worked(
        (*_leading(lead), *expression.spans(printed), Span(" = "), Span(_text(result, signed), tone)), result, printed
    )


def stated(
    lead: str,
    value: float | Decimal,
    *,
    decimals: int = 2,
    digits: int | None = None,
    signed: bool = False,
    tone: Tone = "strong",
) -> Worked:
    """Write ``lead = value`` where there is nothing to reckon; parameters as of `work_out`."""
    with decimal.localcontext(PAPER):
        exact = _exact(value)
        result = _result(exact, decimals, digits)[0]
    return Worked((*_leading(lead), Span(_text(result, signed), tone)), result, {})


def change(before: float, after: float, *, decimals: int = FINE_DECIMALS) -> tuple[str, str, str]:
    """Return two numbers and the signed difference between them, with the digits that show it."""
    first, last = Number(before, decimals), Number(after, decimals)
    worked = work_out("", Sum((last, Minus(first))), decimals=decimals)
    values = worked.printed[first], worked.printed[last], worked.result
    was, now, difference = (_at_least(value, decimals) for value in values)
    return was, now, f"+{difference}" if _is_positive(worked.result) else difference


def numbers_and_result(expression: Expression) -> tuple[str, ...]:
    """Return all numbers of an expression and its value as they are printed, for where they do not stand in a row."""
    worked = work_out("", expression)
    return tuple(_at_least(value, DECIMALS) for value in (*worked.printed.values(), worked.result))


def _at_least(value: Decimal, decimals: int) -> str:
    """Write a number with at least so many decimals: noughts where it has fewer."""
    is_shorter = value.is_finite() and not is_in_powers(value) and -int(value.as_tuple().exponent) < decimals
    return written(PAPER.quantize(value, Decimal((0, (1,), -decimals))) if is_shorter else value)


def _leading(lead: str) -> list[Span]:
    return [Span(f"{lead} " if lead.endswith("←") else f"{lead} = ")] if lead else []


def _decimals(value: Decimal, decimals: int, digits: int | None) -> int:
    return decimals if digits is None else digits - 1 - value.adjusted()


def _text(value: Decimal, signed: bool) -> str:
    return f"+{written(value)}" if signed and _is_positive(value) else written(value)


def _is_positive(value: Decimal) -> bool:
    return not value.is_nan() and value > 0  # what is no number, such as ∞ − ∞, can't be compared


def _exact(value: float | Decimal) -> Decimal:
    exact = value if isinstance(value, Decimal) else Decimal(f"{value:.{TRUE_DIGITS}g}")
    return PAPER.plus(exact)  # a negative zero has no sign worth telling


def _place(value: Decimal, decimals: int) -> int:
    """Return how many decimals to begin with: enough for two digits that count, not more than six."""
    before = value.adjusted()
    if before > 0 and is_in_powers(value):
        return MOST_OF_LARGE - 1 - before
    return min(max(decimals, LEAST_DIGITS - 1 - before), max(0, MOST_DIGITS - 1 - before, LEAST_DIGITS - 1 - before))


def _rounded(value: Decimal, place: int) -> Decimal:
    """Round to so many decimals; what has fewer keeps those it has."""
    if not value.is_finite():
        return value
    rounded = PAPER.quantize(value, Decimal((0, (1,), -place)))
    if rounded == value or not rounded.is_finite():
        return _without_noughts(value)
    return rounded


def _without_noughts(value: Decimal) -> Decimal:
    """Leave out the noughts at the end of the decimals, and those of a power of ten."""
    if not value.is_finite():
        return value
    shortest = value.normalize()
    return shortest if is_in_powers(value) or int(shortest.as_tuple().exponent) < 0 else shortest.quantize(Decimal(1))


def _result(value: Decimal, decimals: int, digits: int | None) -> tuple[Decimal, int]:
    """Return a result as it is printed and its decimals: one more where it lies close to where rounding turns."""
    if not value.is_finite():
        return value, 0
    if abs(value) < SMALLEST:
        return Decimal(0), 0
    place = _place(value, _decimals(value, decimals, digits))
    from_the_middle = abs(abs(value - _rounded(value, place)).scaleb(place) - Decimal("0.5"))
    place += from_the_middle <= CLOSE
    result = _rounded(value, place)
    return result if digits is None else _without_noughts(result), place


def _begun(exact: dict[Number, Decimal]) -> dict[Number, Decimal]:
    """Return all numbers with the decimals that they begin with."""
    return {
        number: value
        if number.fixed
        else _rounded(value, _place(value, _decimals(value, number.decimals, number.digits)))
        for number, value in exact.items()
    }


def _fitted(
    expression: Expression, exact: dict[Number, Decimal], value: Decimal, result: Decimal, place: int
) -> dict[Number, Decimal]:
    """Return all numbers with the decimals from which the printed result follows."""
    printed = _begun(exact)
    allowed = WITHIN.scaleb(-place)

    def moved_by(number: Number) -> Decimal:
        """How far the rounding of this number alone moves the result."""
        if printed[number] == exact[number]:
            return NOTHING_LEFT
        moved = expression.value({**exact, number: printed[number]}) - value
        return abs(moved) if moved.is_finite() else Decimal("Infinity")

    moves = {number: moved_by(number) for number in exact}
    while any(moves.values()) and not abs(expression.value(printed) - result) <= allowed:
        worst = max(moves, key=moves.__getitem__)
        decimals = -int(printed[worst].as_tuple().exponent) + 1
        printed[worst] = _rounded(exact[worst], decimals)
        moves[worst] = moved_by(worst)
    return {number: value if number.digits is None else _without_noughts(value) for number, value in printed.items()}


def sum_of_products(
    left: NDArray[np.floating], right: NDArray[np.floating], *, right_tone: Tone = "plain", decimals: int = 2
) -> tuple[Expression, ...]:
    """Return the terms of Σ left·right: the four largest and the sum of the rest where there are more than five.

    Terms that are 0 belong to the rest, or are only counted.

    Parameters
    ----------
    left, right : (n,) arrays
        Weights, and what they are multiplied with.
    right_tone : str
        Tone of the right factors.
    decimals : int
        Of the right factors, to begin with.
    """
    products = np.asarray(left, dtype=np.float64) * np.asarray(right, dtype=np.float64)
    order = np.flatnonzero(products)
    n_zero = len(products) - len(order)
    if len(order) > MOST_TERMS:
        order = np.sort(np.argsort(-np.abs(products), kind="stable")[:KEPT_TERMS])
        n_zero = 0
    n_more = len(products) - n_zero - len(order)
    terms: list[Expression] = []
    for i in order:
        weight = Number(float(left[i]), tone="positive" if left[i] >= 0 else "negative")
        terms.append(Product((weight, Number(float(right[i]), decimals, right_tone))))
    if n_more:
        rest = float(products.sum() - products[order].sum())
        terms.append(Noted(Number(rest, decimals), word("more", n=n_more)))
    if n_zero:
        terms.append(Noted(terms.pop() if terms else Number(0.0), count(n_zero, "zero term")))
    return tuple(terms)


def added(terms: tuple[Expression, ...]) -> Expression:
    """Return the sum of the terms, or the only one."""
    return Sum(terms) if len(terms) > 1 else terms[0]
