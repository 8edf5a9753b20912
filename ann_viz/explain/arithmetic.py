"""Arithmetic that can be worked out and written down: sums, products, quotients, powers, functions of expressions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from ann_viz.explain.expression import ATOM, PAPER, POWER, PRODUCT, SUM, Compound, Expression, Printed
from ann_viz.explain.spans import Span
from ann_viz.numerals import MINUS

__all__ = [
    "Apply",
    "Minus",
    "Noted",
    "Power",
    "Product",
    "Quotient",
    "Sum",
    "e_to_the",
    "ln",
    "magnitude",
    "root",
    "sign",
    "square",
]


def _bracketed(spans: list[Span], marks: tuple[str, str] = ("(", ")")) -> list[Span]:
    """Put brackets around."""
    spans = [Span(marks[0] + spans[0].text, spans[0].tone), *spans[1:]]
    return [*spans[:-1], Span(spans[-1].text + marks[1], spans[-1].tone)]


def _begins_with_minus(spans: list[Span]) -> bool:
    return spans[0].text.startswith(MINUS)


def _after(lead: str, spans: list[Span]) -> list[Span]:
    """Put `lead` before the first piece, in its tone."""
    return [Span(lead + spans[0].text, spans[0].tone), *spans[1:]]


def _inside(part: Expression, of: Printed, rank: int, *, first: bool = False) -> list[Span]:
    """Write a part where something of at least `rank` belongs, unsigned unless it is the first: perhaps in brackets."""
    spans = part.spans(of)
    if part.rank(of) >= rank and (first or not _begins_with_minus(spans)):
        return spans
    return _bracketed(spans, ("[ ", " ]") if isinstance(part, Sum) and len(part.parts) > 2 else ("(", ")"))


@dataclass(frozen=True, slots=True, eq=False)
class Sum(Compound):
    """a + b − c; in square brackets where it is long and needs brackets."""

    terms: tuple[Expression, ...]

    @property
    def parts(self) -> tuple[Expression, ...]:
        """The terms."""
        return self.terms

    def reckon(self, *values: Decimal) -> Decimal:
        """Add."""
        total = Decimal(0)
        for value in values:
            total = PAPER.add(total, value)
        return total

    def rank(self, of: Printed) -> int:
        """Bind as loosely as can be."""
        return SUM

    def spans(self, of: Printed) -> list[Span]:
        """Write the terms with their signs between them."""
        spans = self.terms[0].spans(of)
        for term in self.terms[1:]:
            more = term.spans(of)
            is_less = _begins_with_minus(more)
            more[0] = Span(more[0].text[is_less:], more[0].tone)
            spans += _after(f" {MINUS} " if is_less else " + ", more)
        return spans


@dataclass(frozen=True, slots=True, eq=False)
class Product(Compound):
    """a·b·c."""

    factors: tuple[Expression, ...]

    @property
    def parts(self) -> tuple[Expression, ...]:
        """The factors."""
        return self.factors

    def reckon(self, *values: Decimal) -> Decimal:
        """Multiply."""
        product = Decimal(1)
        for value in values:
            product = PAPER.multiply(product, value)
        return product

    def rank(self, of: Printed) -> int:
        """Bind more tightly than a sum."""
        return PRODUCT

    def spans(self, of: Printed) -> list[Span]:
        """Write the factors; only the first may be negative without brackets."""
        spans = _inside(self.factors[0], of, PRODUCT, first=True)
        for factor in self.factors[1:]:
            spans += _after("·", _inside(factor, of, PRODUCT))
        return spans


@dataclass(frozen=True, slots=True, eq=False)
class Quotient(Compound):
    """a / b."""

    top: Expression
    bottom: Expression

    @property
    def parts(self) -> tuple[Expression, ...]:
        """What is divided, and by what."""
        return self.top, self.bottom

    def reckon(self, *values: Decimal) -> Decimal:
        """Divide."""
        return PAPER.divide(*values)

    def rank(self, of: Printed) -> int:
        """Bind as a product does."""
        return PRODUCT

    def spans(self, of: Printed) -> list[Span]:
        """Write them with a slash between them."""
        return [*_inside(self.top, of, PRODUCT, first=True), Span(" / "), *_inside(self.bottom, of, POWER)]


@dataclass(frozen=True, slots=True, eq=False)
class Minus(Compound):
    """−a, which in a sum is subtracted."""

    of_what: Expression

    @property
    def parts(self) -> tuple[Expression, ...]:
        """What it is the negative of."""
        return (self.of_what,)

    def reckon(self, *values: Decimal) -> Decimal:
        """Turn the sign."""
        return PAPER.minus(values[0])

    def rank(self, of: Printed) -> int:
        """Bind as a product does."""
        return PRODUCT

    def spans(self, of: Printed) -> list[Span]:
        """Write it behind a minus."""
        return _after(MINUS, _inside(self.of_what, of, PRODUCT))


@dataclass(frozen=True, slots=True, eq=False)
class Power(Compound):
    """a², or a to the power of another whole number."""

    base: Expression
    exponent: int

    @property
    def parts(self) -> tuple[Expression, ...]:
        """What is raised."""
        return (self.base,)

    def reckon(self, *values: Decimal) -> Decimal:
        """Raise it."""
        return PAPER.power(values[0], self.exponent)

    def rank(self, of: Printed) -> int:
        """Bind more tightly than a product."""
        return POWER

    def spans(self, of: Printed) -> list[Span]:
        """Write the exponent behind it."""
        spans = _inside(self.base, of, ATOM)
        return [*spans, Span("²" if self.exponent == 2 else f"^{self.exponent}", spans[-1].tone)]


@dataclass(frozen=True, slots=True, eq=False)
class Apply(Compound):
    """A function of something.

    Parameters
    ----------
    before, after : str
        What is written around: "ln(" and ")".
    to : Expression
        What it is applied to.
    how : callable
        The function.
    needs : int
        Rank that is written without brackets of its own.
    """

    before: str
    to: Expression
    after: str
    how: Callable[[Decimal], Decimal]
    needs: int = SUM

    @property
    def parts(self) -> tuple[Expression, ...]:
        """What it is applied to."""
        return (self.to,)

    def reckon(self, *values: Decimal) -> Decimal:
        """Apply it."""
        return self.how(values[0])

    def spans(self, of: Printed) -> list[Span]:
        """Write it around."""
        spans = _after(self.before, _inside(self.to, of, self.needs, first=True))
        return [*spans[:-1], Span(spans[-1].text + self.after, spans[-1].tone)]


def ln(of: Expression) -> Expression:
    """Return the natural logarithm."""
    return Apply("ln(", of, ")", PAPER.ln)


def e_to_the(exponent: Expression) -> Expression:
    """Return a power of e."""
    return Apply("e^", exponent, "", PAPER.exp, ATOM)


def root(of: Expression) -> Expression:
    """Return the square root."""
    return Apply("√", of, "", PAPER.sqrt, ATOM)


def magnitude(of: Expression) -> Expression:
    """Return it without its sign."""
    return Apply("|", of, "|", PAPER.abs)


def sign(of: Expression) -> Expression:
    """Return −1, 0 or 1."""
    return Apply("sign(", of, ")", lambda value: Decimal((value > 0) - (value < 0)))


def square(of: Expression) -> Expression:
    """Return it times itself."""
    return Power(of, 2)


@dataclass(frozen=True, slots=True, eq=False)
class Noted(Compound):
    """Something with a word in brackets behind it: "0.12 (bias)"."""

    what: Expression
    note: str

    @property
    def parts(self) -> tuple[Expression, ...]:
        """What the word is about."""
        return (self.what,)

    def reckon(self, *values: Decimal) -> Decimal:
        """Leave it as it is."""
        return values[0]

    def rank(self, of: Printed) -> int:
        """Bind as it does without the word."""
        return self.what.rank(of)

    def spans(self, of: Printed) -> list[Span]:
        """Write the word behind it."""
        return [*self.what.spans(of), Span(f" ({self.note})", "muted")]
