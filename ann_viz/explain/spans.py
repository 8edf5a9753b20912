"""Formulas as pieces of text with a tone each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from ann_viz.numerals import FINE_DECIMALS, NOTHING, signed

__all__ = ["Line", "Span", "Told", "Tone", "gradient"]

Tone = Literal["plain", "positive", "negative", "error", "strong", "muted"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is said of one step.

    Parameters
    ----------
    sentence : str
        In which ``**words**`` stand out.
    lines : tuple of Line
        The formulas.
    """

    sentence: str
    lines: tuple[Line, ...]


def gradient(value: float) -> str:
    """Return a gradient with its sign and three decimals, more where it is tiny; a dash where there is none."""
    if not math.isfinite(value):
        return NOTHING
    return signed(value, FINE_DECIMALS) if value else "0"
