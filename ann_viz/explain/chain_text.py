"""The chain rule along a path in words, and in formulas whose printed result follows from the printed numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ann_viz.explain.chain import ChainStory, Factor, Path
from ann_viz.explain.spans import Line, Span
from ann_viz.explain.texts import Voice, word
from ann_viz.numerals import FINE_DECIMALS, MINUS, format_number, power_of_ten
from ann_viz.translation import translatable, translate

__all__ = ["chain_lines", "chain_sentence", "factor_meaning", "factor_name", "path_name", "printed_product"]

SIGNIFICANT: Final = 3
MOST_SIGNIFICANT: Final = 12
SMALLEST_PLAIN: Final = 1e-4

_SYMBOLS: Final = {"input": "x", "slope": "f′(z)", "weight": "w", "delta": "δ"}
_WORDS: Final = {
    "input": translatable("input"),
    "slope": translatable("slope"),
    "weight": translatable("weight"),
    "delta": translatable("blame"),
}


@dataclass(frozen=True, slots=True)
class _Scale:
    """How the results of one story are written: so many decimals, of the number over a power of ten."""

    decimals: int
    power: int = 0

    def rounded(self, value: float) -> int:
        """Return `value` in units of the last digit."""
        return round(value / 10.0**self.power * 10.0**self.decimals)

    def text(self, units: int) -> str:
        """Write a number of such units, without the power."""
        return format_number(units / 10.0**self.decimals, f"z.{self.decimals}f")

    @property
    def suffix(self) -> str:
        """What stands behind a number or a bracket of them."""
        return f"·{power_of_ten(self.power)}" if self.power else ""


def factor_name(factor: Factor, voice: Voice) -> str:
    """Return the symbol of a factor, or what it is called in plain words."""
    return translate(_WORDS[factor.kind]) if voice == "plain" else _SYMBOLS[factor.kind]


def factor_meaning(factor: Factor, path: Path, names: Sequence[Sequence[str]]) -> str:
    """Return whose factor it is."""
    here = names[factor.column][path.neurons[factor.column]]
    if factor.kind == "weight":
        return f"{here} → {names[factor.column + 1][path.neurons[factor.column + 1]]}"
    return here


def path_name(path: Path, names: Sequence[Sequence[str]]) -> str:
    """Return the hidden neurons of a path, or its output where there are none."""
    hidden = path.neurons[1:-1]
    if not hidden:
        return names[-1][path.neurons[-1]]
    return " → ".join(names[column][index] for column, index in enumerate(hidden, start=1))


def chain_sentence(story: ChainStory, voice: Voice) -> str:
    """Return in one sentence what the first line's gradient is, and what part of it comes along the path."""
    names, neurons = story.names, story.path.neurons
    silent = next((factor for factor in story.path.factors if factor.value == 0), None)
    scale = _scale_of(story)
    text = (
        translate(
            "If the weight of {line} grew a little, the error of this row would change {all} times as much; {part} of "
            "it along this path."
        )
        if voice == "plain"
        else translate("∂L/∂w of {line} for this row is {all}; this path gives {part}.")
    )
    parts = [
        text.format(
            line=f"{names[0][neurons[0]]} → {names[1][neurons[1]]}",
            all=_whole(scale, story.gradient),
            part=_whole(scale, story.path.product),
        )
    ]
    if silent is not None:
        of = factor_meaning(silent, story.path, names)
        stops = translate("Nothing comes along it: {factor} of {name} is 0.")
        parts.append(stops.format(factor=factor_name(silent, voice), name=of))
    return " ".join(parts)


def chain_lines(story: ChainStory, voice: Voice) -> tuple[Line, ...]:
    """Return the product along the path, and the sum over all paths."""
    scale = _scale_of(story)
    product = printed_product([factor.value for factor in story.path.factors], scale.rounded(story.path.product), scale)
    symbols = "·".join(factor_name(factor, voice) for factor in story.path.factors)
    result = scale.text(scale.rounded(story.path.product)) + scale.suffix
    along = Line(word("along this path"), (Span(f"∂L/∂w: {symbols} = {product} = "), Span(result, "error")))
    return along, Line(word("all paths"), tuple(_sum(story, scale)))


def _sum(story: ChainStory, scale: _Scale) -> Iterator[Span]:
    operands = [scale.rounded(path.product) for path in story.paths]
    total = scale.rounded(story.gradient)
    n_more = story.n_paths - len(story.paths)
    elsewhere = scale.rounded(story.elsewhere)
    # What is elided is printed as one operand, so that the sum as printed is the total as printed.
    rest = total - sum(operands) - elsewhere
    bracket = bool(scale.suffix)
    texts = [_summand(scale, units, first=place == 0) for place, units in enumerate(operands)]
    yield Span(("(" if bracket else "") + " ".join(texts))
    if n_more or rest:
        yield Span(f" {_summand(scale, rest)}")
        yield Span(f" ({word('more paths', n=format_number(n_more))})", "muted")
    if len(story.names[-1]) > 1:
        yield Span(f" {_summand(scale, elsewhere)}")
        yield Span(f" ({word('other answers')})", "muted")
    yield Span(f"){scale.suffix} = " if bracket else " = ")
    yield Span(scale.text(total) + scale.suffix, "error")


def _summand(scale: _Scale, units: int, *, first: bool = False) -> str:
    if first:
        return scale.text(units)
    return f"{MINUS if units < 0 else '+'} {scale.text(abs(units))}"


def _whole(scale: _Scale, value: float) -> str:
    return scale.text(scale.rounded(value)) + scale.suffix


def _scale_of(story: ChainStory) -> _Scale:
    """Return the coarsest scale of three digits and more on which the operands as printed give the total as printed."""
    operands = [path.product for path in story.paths] + [story.elsewhere]
    largest = max(abs(value) for value in (*operands, story.gradient, story.path.product))
    power = 0
    if 0 < largest < SMALLEST_PLAIN:
        power = math.floor(math.log10(largest))
        largest /= 10.0**power
    fewest = FINE_DECIMALS if largest == 0 else max(2, SIGNIFICANT - 1 - math.floor(math.log10(largest)))
    has_rest = story.n_paths > len(story.paths)
    for decimals in range(fewest, fewest + SIGNIFICANT + 2):
        scale = _Scale(decimals, power)
        if has_rest or sum(map(scale.rounded, operands)) == scale.rounded(story.gradient):
            return scale
    return _Scale(fewest, power)


def printed_product(factors: Sequence[float], result: int, scale: _Scale) -> str:
    """Write factors with as few digits as give the printed result, which is so many units of a scale."""
    for digits in range(SIGNIFICANT, MOST_SIGNIFICANT):
        printed = [_number(value, digits) for value in factors]
        if scale.rounded(math.prod(value for value, _ in printed)) == result:
            break
    return "·".join(f"({text})" if value < 0 else text for value, text in printed)


def _number(value: float, digits: int) -> tuple[float, str]:
    """Return a number rounded to so many digits that count, and how it is written: without an exponent."""
    rounded = float(f"{value:.{digits}g}")
    if rounded != 0 and abs(rounded) < SMALLEST_PLAIN:
        mantissa, power = f"{value:.{digits - 1}e}".split("e")
        return rounded, f"{format_number(float(mantissa), f'.{digits - 1}f')}·{power_of_ten(int(power))}"
    if rounded == 0:
        return 0.0, "0"
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(rounded))))
    text = format_number(rounded, f".{decimals}f")
    plain = f"{rounded:.{decimals}f}"
    return rounded, text if "." not in plain else text[: len(plain.rstrip("0").rstrip("."))]
