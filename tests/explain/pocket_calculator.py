"""A pocket calculator that works printed formulas out.

It knows nothing of the program but the names of functions: it takes the text of a line, reads it as a person would, and
reckons with fifty digits.
"""

from __future__ import annotations

import decimal
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

PAPER: Final = decimal.Context(prec=50, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN, traps=[])
RAISED: Final = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
PLAIN: Final = r"\d[\d,]*(?:\.\d+)?"
NUMBER: Final = rf"(?:{PLAIN}·)?10[{RAISED}]+(?![\d.])|{PLAIN}"
TOKEN: Final = re.compile(rf"\s*({NUMBER}|Leaky ReLU|[A-Za-z]+|[−+·/^²√|()\[\]])")
NOTE: Final = re.compile(r" \((?:bias|class weight|dropout|[\d,]+ more|[\d,]+ terms? (?:is|are) 0)\)")


class NotReckonedError(Exception):
    """There are letters in it that stand for numbers."""


def number(text: str) -> tuple[Decimal, Decimal]:
    """A printed number, and half of its last digit."""
    found = re.fullmatch(rf"([−+]?)(?:({PLAIN})·10([{RAISED}]+)|10([{RAISED}]+)|({PLAIN}))", text)
    assert found, f"{text!r} is no number"
    sign, mantissa, power, ten, plain = found.groups()
    digits = (mantissa or plain or "1").replace(",", "")
    e = int("".join(str("⁰¹²³⁴⁵⁶⁷⁸⁹".find(c)) if c != "⁻" else "-" for c in power or ten or "⁰"))
    value = Decimal(f"{'-' if sign == '−' else ''}{digits}e{e}")
    return value, Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)


def _exp(z: Decimal) -> Decimal:
    return PAPER.exp(z)


def _sigmoid(z: Decimal) -> Decimal:
    return PAPER.divide(Decimal(1), 1 + _exp(-z))


def _tanh(z: Decimal) -> Decimal:
    return 2 * _sigmoid(2 * z) - 1


def _gelu(z: Decimal) -> Decimal:
    return z * (1 + _tanh(PAPER.sqrt(2 / Decimal(math.pi)) * (z + Decimal("0.044715") * z**3))) / 2


FUNCTIONS: Final[dict[str, Callable[[Decimal], Decimal]]] = {
    "ReLU": lambda z: max(z, Decimal(0)),
    "Leaky ReLU": lambda z: z if z > 0 else z / 100,
    "ELU": lambda z: z if z > 0 else _exp(z) - 1,
    "GELU": _gelu,
    "SiLU": lambda z: z * _sigmoid(z),
    "tanh": _tanh,
    "Sigmoid": _sigmoid,
    "Softplus": lambda z: max(z, Decimal(0)) + PAPER.ln(1 + _exp(-abs(z))),
    "Linear": lambda z: z,
    "ln": PAPER.ln,
    "sign": lambda z: Decimal((z > 0) - (z < 0)),
}


class Calculator:
    """Reads one side of a formula from the left to the right."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        place = 0
        text = text.rstrip()
        while place < len(text):
            found = TOKEN.match(text, place)
            if found is None:
                raise NotReckonedError(text)
            self.tokens.append(found[1])
            place = found.end()

    def value(self) -> Decimal:
        """Work all of it out."""
        with decimal.localcontext(PAPER):
            total = self.sum()
        if self.tokens:
            raise NotReckonedError(self.tokens[0])
        return total

    def _next(self, *wanted: str) -> str:
        if not self.tokens or (wanted and self.tokens[0] not in wanted):
            raise NotReckonedError(str(self.tokens[:1]))
        return self.tokens.pop(0)

    def _is(self, *wanted: str) -> bool:
        return bool(self.tokens) and self.tokens[0] in wanted

    def sum(self) -> Decimal:
        """Products with signs between them."""
        total = self.product()
        while self._is("+", "−"):
            total = total + self.product() if self._next() == "+" else total - self.product()
        return total

    def product(self) -> Decimal:
        """Factors, from the left to the right."""
        if self._is("−"):
            self._next()
            return -self.product()
        result = self.power()
        while self._is("·", "/"):
            result = result * self.power() if self._next() == "·" else result / self.power()
        return result

    def power(self) -> Decimal:
        """Something, perhaps squared."""
        base = self.atom()
        if self._is("²"):
            self._next()
            return base * base
        if self._is("^"):
            self._next()
            return base ** int(self._next())
        return base

    def atom(self) -> Decimal:
        """A number, a bracket, a function of a bracket, a root or a power of e."""
        token = self._next()
        if re.fullmatch(NUMBER, token):
            return number(token)[0]
        if token in ("(", "[", "|"):
            inside = self.sum()
            self._next({"(": ")", "[": "]", "|": "|"}[token])
            return abs(inside) if token == "|" else inside
        if token == "√":
            return PAPER.sqrt(self.atom())
        if token == "e":
            self._next("^")
            sign = -1 if self._is("−") and self._next() else 1
            return _exp(sign * self.atom())
        if token in FUNCTIONS:
            self._next("(")
            inside = self.sum()
            self._next(")")
            return FUNCTIONS[token](inside)
        raise NotReckonedError(token)


class Checked:
    """Counts the formulas that were worked out, and those that only state a number."""

    def __init__(self) -> None:
        self.formulas = 0
        self.stated: set[str] = set()
        self.wrong: list[str] = []

    def line(self, text: str) -> None:
        """Work out every side of a formula that consists of numbers, and compare it with what stands at its end."""
        text = NOTE.sub("", text.partition("  →")[0].partition("  (")[0].rpartition("→ ")[2])
        assert "-" not in text, f"{text}: a minus is longer"
        *sides, end = text.removeprefix("w ← ").split(" = ")
        if not sides or "of a circle" in text:
            return
        result, half = number(end)
        n_worked = 0
        for side in sides:
            try:
                value = Calculator(side).value()
            except NotReckonedError:
                continue
            n_worked += 1
            if not abs(value - result) <= half:
                self.wrong.append(f"{text}: {value:.12g}")
        self.formulas += n_worked
        if not n_worked:
            self.stated.add(sides[-1])
