"""The chain rule along a path in words, and in formulas whose printed result follows from the printed numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ann_viz.explain.arithmetic import Noted, Product
from ann_viz.explain.chain import ChainStory, Factor, Path
from ann_viz.explain.expression import Expression, Number
from ann_viz.explain.printed_formula import Worked, added, work_out
from ann_viz.explain.spans import Line, Span
from ann_viz.explain.texts import Voice, word
from ann_viz.numerals import compact, count, unsigned, written
from ann_viz.translation import translatable, translate

__all__ = ["chain_lines", "chain_sentence", "factor_hint", "factor_name", "factor_text", "path_name"]

DIGITS: Final = 3
MOST_NAMES: Final = 2
LEAST_COMPACT: Final = 0.005  # smaller ones would read 0.00

_SYMBOLS: Final = {"input": "x", "slope": "f′(z)", "weight": "w", "delta": "δ"}
_WORDS: Final = {
    "input": translatable("input"),
    "slope": translatable("let through"),
    "weight": translatable("weight"),
    "delta": translatable("blame"),
}


def factor_name(factor: Factor, voice: Voice) -> str:
    """Return the symbol of a factor, or what it is called in plain words."""
    return translate(_WORDS[factor.kind]) if voice == "plain" else _SYMBOLS[factor.kind]


def factor_text(factor: Factor) -> str:
    """Return the value of a factor, shortly."""
    value = factor.value
    return compact(value) if value == 0 or abs(value) >= LEAST_COMPACT else unsigned(value)


def factor_hint(factor: Factor, path: Path, names: Sequence[Sequence[str]]) -> str:
    """Return whose factor it is in a list of all of them in order: of a line only where it leads."""
    if factor.kind == "weight":
        return f"→ {names[factor.column + 1][path.neurons[factor.column + 1]]}"
    return names[factor.column][path.neurons[factor.column]]


def path_name(path: Path, names: Sequence[Sequence[str]]) -> str:
    """Return the hidden neurons of a path, many of them by their numbers, or its output where there are none."""
    hidden = path.neurons[1:-1]
    if not hidden:
        return names[-1][path.neurons[-1]]
    if len(hidden) > MOST_NAMES:
        return " → ".join(str(index + 1) for index in hidden)
    return " → ".join(names[column][index] for column, index in enumerate(hidden, start=1))


def chain_sentence(story: ChainStory, voice: Voice) -> str:
    """Return in one sentence what the first line's gradient is, and what part of it comes along the path."""
    names, neurons = story.names, story.path.neurons
    text = (
        translate(
            "If the weight of {line} grew a little, the error of this row would change {all} times as much; along this "
            "path comes {part}."
        )
        if voice == "plain"
        else translate("∂L/∂w of {line} for this row is {all}; this path gives {part}.")
    )
    line = f"{names[0][neurons[0]]} → {names[1][neurons[1]]}"
    whole, part = written(_all_paths(story).result), written(_along(story).result)
    parts = [text.format(line=line, all=whole, part=translate("all of it") if whole == part else part)]
    silent = next((factor for factor in story.path.factors if factor.value == 0), None)
    if silent is not None:
        stops = translate("Nothing comes along it: {factor} of {name} is 0.")
        whose = factor_hint(silent, story.path, names)
        parts.append(stops.format(factor=factor_name(silent, voice), name=whose))
    return " ".join(parts)


def chain_lines(story: ChainStory, voice: Voice) -> tuple[Line, ...]:
    """Return the product along the path, and the sum over all paths."""
    gradient = word("slope") if voice == "plain" else "∂L/∂w"
    symbols = "·".join(factor_name(factor, voice) for factor in story.path.factors)
    along = (Span(f"{gradient} = {symbols} = "), *_along(story).spans)
    return Line(word("along this path"), along), Line(word("all paths"), _all_paths(story).spans)


def _along(story: ChainStory) -> Worked:
    factors = [Number(factor.value, digits=DIGITS) for factor in story.path.factors]
    return work_out("", Product(tuple(factors)), digits=DIGITS, tone="error")


def _all_paths(story: ChainStory) -> Worked:
    return work_out("", added(tuple(_operands(story))), digits=DIGITS, tone="error")


def _operands(story: ChainStory) -> Iterator[Expression]:
    """Yield the paths that bring something one by one, the rest as one operand, and the way by other answers."""
    named = [path for path in story.paths if path.product] or list(story.paths[:1])
    n_more = story.n_paths - len(named)
    operands = [Number(path.product, digits=DIGITS) for path in named]
    yield from operands[:-1]
    if story.rest or not n_more:
        yield operands[-1]
    else:
        yield Noted(operands[-1], word("bring nothing", paths=count(n_more, "more path")))
    if story.rest:
        yield Noted(Number(story.rest, digits=DIGITS), count(n_more, "more path"))
    if len(story.names[-1]) > 1 and len(story.path.neurons) > 2:
        yield Noted(Number(story.elsewhere, digits=DIGITS), word("other answers"))
