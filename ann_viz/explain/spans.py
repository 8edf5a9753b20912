"""Formulas as pieces of text with a tone each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from ann_viz.explain.texts import word
from ann_viz.numerals import DECIMALS, FINE_DECIMALS, MINUS, NOTHING, signed, unsigned

__all__ = ["Line", "Span", "Tone", "gradient", "sum_of_products"]

Tone = Literal["plain", "positive", "negative", "error", "strong", "muted"]

MOST_TERMS: Final = 5
KEPT_TERMS: Final = 4


@dataclass(frozen=True, slots=True)
class Span:
    """Some text in one tone."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Line:
    """One formula: what it is of, and its pieces."""

    label: str
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The formula without tones."""
        return "".join(span.text for span in self.spans)


def gradient(value: float) -> str:
    """Return a gradient with its sign and three decimals, more where it is tiny; a dash where there is none."""
    if not math.isfinite(value):
        return NOTHING
    return signed(value, FINE_DECIMALS) if value else "0"


def sum_of_products(
    left: NDArray[np.floating], right: NDArray[np.floating], *, right_tone: Tone = "plain", decimals: int = DECIMALS
) -> list[Span]:
    """Write Σ left·right term by term: the four largest and the sum of the rest where there are more than five.

    Terms that are 0 are only counted.

    Parameters
    ----------
    left, right : (n,) arrays
        Weights, and what they are multiplied with.
    right_tone : str
        Tone of the right factors.
    decimals : int
        Of the right factors.
    """
    products = np.asarray(left, dtype=np.float64) * np.asarray(right, dtype=np.float64)
    order = np.flatnonzero(products)
    n_zero = len(products) - len(order)
    if len(order) > MOST_TERMS:
        order = np.sort(np.argsort(-np.abs(products), kind="stable")[:KEPT_TERMS])
    spans: list[Span] = []
    for i in order:
        tone: Tone = "positive" if left[i] >= 0 else "negative"
        lead = "" if not spans and left[i] >= 0 else f"{MINUS} " if left[i] < 0 else "+ "
        factor = unsigned(float(right[i]), decimals)
        if right[i] < 0:
            factor = f"({factor})"
        spans.append(Span(f"{lead}{unsigned(abs(float(left[i])))}", tone))
        spans.append(Span(f"·{factor} ", right_tone))
    n_more = len(products) - n_zero - len(order)
    if n_more:
        rest = float(products.sum() - products[order].sum())
        spans.append(Span(f"{MINUS if rest < 0 else '+'} {unsigned(abs(rest), decimals)} ", "plain"))
        spans.append(Span(f"({word('more', n=n_more)}) ", "muted"))
    if n_zero:
        spans.append(Span(f"{'+ ' if spans else ''}{n_zero}·0 ", "muted"))
    return spans
