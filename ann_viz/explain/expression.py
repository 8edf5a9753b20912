"""What can be worked out and written down: a number, or in `arithmetic` what is made of numbers.

Both are asked with the same table of numbers as they are printed, so what is read is what was reckoned. Reckoning is
decimal, as on paper: no power overflows, and a printed 0.1 is a tenth.
"""

from __future__ import annotations

import decimal
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from ann_viz.explain.spans import Span, Tone
from ann_viz.numerals import is_in_powers, written

__all__ = ["ATOM", "PAPER", "POWER", "PRODUCT", "SUM", "Compound", "Expression", "Number", "Printed", "setting"]

PAPER: Final = decimal.Context(
    prec=34, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN, rounding=decimal.ROUND_HALF_EVEN, traps=[]
)
"""How everything is reckoned; what has no value is infinite or no number, never an error."""

SUM, PRODUCT, POWER, ATOM = range(4)  # what binds more tightly ranks higher
SHORT: Final = 4  # digits of a number that people type


class Expression(ABC):
    """Something with a value that can be written down."""

    __slots__ = ()

    @abstractmethod
    def value(self, of: Printed) -> Decimal:
        """Work it out."""

    @abstractmethod
    def spans(self, of: Printed) -> list[Span]:
        """Write it; it may begin with a minus."""

    @abstractmethod
    def numbers(self) -> Iterator[Number]:
        """Walk all numbers in it, from the left to the right."""

    def rank(self, of: Printed) -> int:
        """Return how tightly it binds as it is printed."""
        return ATOM


class Compound(Expression):
    """What is made of other expressions."""

    __slots__ = ()

    @property
    @abstractmethod
    def parts(self) -> tuple[Expression, ...]:
        """What it is made of."""

    @abstractmethod
    def reckon(self, *values: Decimal) -> Decimal:
        """Make its value of those of its parts."""

    def value(self, of: Printed) -> Decimal:
        """Work it out."""
        return self.reckon(*(part.value(of) for part in self.parts))

    def numbers(self) -> Iterator[Number]:
        """Walk all numbers in it, from the left to the right."""
        for part in self.parts:
            yield from part.numbers()


@dataclass(frozen=True, slots=True, eq=False)
class Number(Expression):
    """A number. The same object at several places is printed alike everywhere.

    Parameters
    ----------
    exact : float or Decimal
        Its value.
    decimals : int
        To begin with; more where the result would not follow, none where it is whole.
    tone : str
        In which it is written.
    digits : int, optional
        That count, to begin with; instead of `decimals`.
    fixed : bool
        Whether it is written out in full.
    grouped : bool
        Whether there are marks between thousands; years have none.
    """

    exact: float | Decimal
    decimals: int = 2
    tone: Tone = "plain"
    digits: int | None = None
    fixed: bool = False
    grouped: bool = True

    def value(self, of: Printed) -> Decimal:
        """Return it as it is printed."""
        return of[self]

    def spans(self, of: Printed) -> list[Span]:
        """Write it with as many decimals as it is printed with."""
        return [Span(written(of[self], grouped=self.grouped), self.tone)]

    def rank(self, of: Printed) -> int:
        """Return the rank of a product where it is one with a power of ten."""
        return PRODUCT if is_in_powers(of[self]) else ATOM

    def numbers(self) -> Iterator[Number]:
        """Walk this one."""
        yield self


Printed = Mapping[Number, Decimal]
"""Every number as it is printed, with as many decimals as the value has."""


def setting(value: float, tone: Tone = "plain") -> Number:
    """Return a number that people chose, such as 0.05, in full; one that came out of a calculation as others are."""
    exact = Decimal(f"{value:.14g}")
    return Number(exact, SHORT, tone, fixed=len(exact.as_tuple().digits) <= SHORT)
