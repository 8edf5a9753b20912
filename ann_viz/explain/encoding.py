"""How a cell of the file became inputs, with the numbers that the encoder learned from the training rows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset, Dialect, Feature, parse_number
from ann_viz.data.encoding.date_parts import CYCLES, date_part, day_in_words, part_in_words
from ann_viz.data.encoding.recipe import Scaling
from ann_viz.data.encoding.scaling import SOFT_END, TAIL_START, scaled
from ann_viz.explain.arithmetic import Minus, Quotient, Sum, ln, root, square
from ann_viz.explain.expression import Expression, Number
from ann_viz.explain.printed_formula import work_out
from ann_viz.explain.situation import InputFact
from ann_viz.explain.spans import Span, Tone
from ann_viz.explain.texts import word
from ann_viz.numerals import count, fixed_signed, format_number, unsigned

__all__ = ["how_encoded", "input_facts"]

MOST_LISTED: Final = 6
LONGEST: Final = 28
SECONDS_PER_HOUR: Final = 3600
PLAIN: Final = {"0", "1"}
"""Answers that need no translation into 0 and 1."""


def how_encoded(feature: Feature, raw: str | None, values: Sequence[float], dialect: Dialect) -> tuple[Span, ...]:
    """Tell how a cell became inputs: "42 → (42 − 38.92) / 10.49 = +0.29", "Germany → 0, 1, 0".

    Parameters
    ----------
    feature : Feature
        What was learned of the column.
    raw : str or None
        The cell as the file has it; None where it is empty.
    values : sequence of float
        The inputs it became.
    dialect : Dialect
        How the file writes numbers.
    """
    spans = [Span(f"{_short(raw)} → ")]
    own = values[: len(values) - feature.flag]
    if feature.kind in ("category", "yes_no"):
        spans += _category(feature, raw, own)
    elif feature.kind == "date":
        spans += _date(feature, raw, own, dialect)
    else:
        spans += _number(feature, raw, own[0], dialect)
    if feature.flag:
        spans += [Span(f"  {word('missing')}: "), Span(unsigned(values[-1], 0), "strong")]
    return tuple(spans)


def input_facts(dataset: Dataset, texts: Mapping[str, str | None], x: NDArray[np.floating]) -> tuple[InputFact, ...]:
    """Tell how each column of the file became inputs of a row.

    Parameters
    ----------
    texts : mapping of str to str or None
        What the file says in every column.
    x : ndarray, shape (n_inputs,)
        The encoded row.
    """
    dialect, facts = dataset.table.dialect, []
    for feature, group in zip(dataset.encoder.features, dataset.encoder.groups, strict=True):
        raw = texts[feature.column]
        number = math.nan if raw is None else parse_number(raw, feature.form, dialect)
        values = tuple(float(value) for value in x[group.start : group.stop])
        standardised = feature.kind == "number" and len(values) == 1 and _is_standardised(number, values[0], feature)
        facts.append(
            InputFact(
                column=feature.column,
                raw="empty" if raw is None else raw,
                values=values,
                mean=feature.mean if standardised else None,
                std=feature.std if standardised else None,
                number=number if standardised else None,
                how=how_encoded(feature, raw, values, dialect),
                way=_way(feature),
            )
        )
    return tuple(facts)


def _way(feature: Feature) -> str:
    """Return in which way a column becomes numbers, as a word of the formulas has it."""
    if feature.kind == "number":
        return "standard" if feature.scaling == "standard" else "scaled"
    return feature.kind


def _is_standardised(number: float, value: float, feature: Feature) -> bool:
    """Whether the mean and spread on show lead from the cell to the input (a logarithm or a fill leads elsewhere)."""
    return math.isfinite(number) and math.isclose((number - feature.mean) / feature.std, value, abs_tol=1e-4)


def _short(raw: str | None) -> str:
    if raw is None:
        return word("empty")
    return raw if len(raw) <= LONGEST else f"{raw[: LONGEST - 1]}…"


def _category(feature: Feature, raw: str | None, values: Sequence[float]) -> list[Span]:
    spans = []
    if raw is None and isinstance(feature.fill, str):
        spans.append(Span(f"{word('taken as', value=_short(feature.fill))} → "))
    if feature.kind == "yes_no":
        spans.append(Span(unsigned(values[0], 0), "strong"))
        no, yes = feature.categories
        told = word("is 0", value=_short(no)) if values[0] else word("is 1", value=_short(yes))
        return spans if {no, yes} <= PLAIN else [*spans, Span(f"  ({told})", "muted")]
    if len(values) <= MOST_LISTED:
        spans.append(Span(", ".join(unsigned(value, 0) for value in values), "strong"))
        return spans
    on = [label for label, value in zip(feature.inputs, values, strict=False) if value]
    if not on:
        return [*spans, Span("0", "strong"), Span(" " + word("in all inputs", inputs=count(len(values), "input")))]
    spans += [Span("1", "strong"), Span(f" {word('in the input', name=_short(on[0]))}, ")]
    return [
        *spans,
        Span("0", "strong"),
        Span(" " + word("in the other inputs", others=count(len(values) - 1, "other input"))),
    ]


def _number(feature: Feature, raw: str | None, value: float, dialect: Dialect) -> list[Span]:
    spans: list[Span] = []
    if feature.kind == "text":
        number = math.nan if raw is None else float(len(raw) if feature.text_as == "length" else len(raw.split()))
        unit = "character" if feature.text_as == "length" else "word"
        told = "" if raw is None else f"{count(int(number), unit)} → "
    else:
        number = math.nan if raw is None else parse_number(raw, feature.form, dialect)
        told = "" if raw is None or math.isfinite(number) else f"{word('no number')}, "
    if not math.isfinite(number):
        number = float(feature.fill or 0.0)
        told += f"{word('taken as', value=format_number(number, ',.6g'))} → "
    spans = [Span(told)] if told else []
    return spans + _scaled(number, value, feature.scaling, feature.mean, feature.std)


def _date(feature: Feature, raw: str | None, values: Sequence[float], dialect: Dialect) -> list[Span]:
    days = math.nan if raw is None else parse_number(raw, feature.form, dialect)
    spans: list[Span] = []
    if not math.isfinite(days):
        days = float(feature.fill or 0.0)
        spans.append(Span(f"{word('taken as', value=day_in_words(days))} → "))
    elif feature.parts != ("hour",) and day_in_words(days) != raw:
        spans.append(Span(f"{day_in_words(days)} → "))
    place = 0
    for part, (centre, spread) in zip(feature.parts, feature.part_scales, strict=True):
        number = float(date_part(np.array([days]), part)[0])
        spans.append(Span(" · " if place else ""))
        if part in CYCLES:
            spans += _on_circle(number, part)
            place += 2
        else:
            spans.append(Span(f"{word(f'part {part}')} "))
            spans += _scaled(number, values[place], feature.scaling, centre, spread, grouped=part != "year")
            place += 1
    return spans


def _on_circle(number: float, part: str) -> list[Span]:
    """Write "July, 6/12 of a circle: sin 0.00, cos −1.00"; hours go in whole seconds, so that nothing is rounded."""
    steps, all_steps = number, CYCLES[part]
    if not number.is_integer():
        steps, all_steps = round(number * SECONDS_PER_HOUR), CYCLES[part] * SECONDS_PER_HOUR
    turn = 2 * math.pi * steps / all_steps
    name, share = part_in_words(number, part), f"{steps:.0f}/{all_steps}"
    around = word("of a circle", name=name, n=share)
    return [Span(f"{around}: sin "), _signed(math.sin(turn)), Span(", cos "), _signed(math.cos(turn))]


def _scaled(
    number: float, value: float, scaling: Scaling, centre: float, spread: float, *, grouped: bool = True
) -> list[Span]:
    """Write (number − centre) / spread = value."""
    x: Expression = Number(number, grouped=grouped)
    if scaling == "none":
        return [_signed(value)]
    if scaling == "log":
        logarithm = ln(Sum((Number(1.0), Number(abs(number)))))
        x = Minus(logarithm) if number < 0 else logarithm
    middle = Number(abs(centre), grouped=grouped)
    formula = Quotient(Sum((x, middle if centre < 0 else Minus(middle))), Number(spread))
    if scaling in ("tails", "soft"):
        return _drawn_in(formula, (number - centre) / spread, scaling)
    legend = [] if scaling == "standard" else [Span(f"  ({word(f'scale {scaling}')})", "muted")]
    return [*work_out("", formula, signed=True, tone=_tone(value)).spans, *legend]


def _drawn_in(formula: Expression, z: float, scaling: Scaling) -> list[Span]:
    """Write the formula = z, and how far values are drawn in where that makes another number as it is printed."""
    tone = _tone(z)
    spans = list(work_out("", formula, signed=True, tone=tone).spans)
    if fixed_signed(z) == fixed_signed(float(scaled(np.array([z]), scaling, 0.0, 1.0)[0])):
        return spans
    drawn = _tail(z) if scaling == "tails" else _softened(Number(z))
    legend = Span(f"  ({word('scale soft')})", "muted")
    return [*spans, Span(" → "), *work_out("", drawn, signed=True, tone=tone).spans, legend]


def _tail(z: float) -> Expression:
    """Draw in a far value: 4 + ln(|z| − 3), which is 4 + ln(1 + (|z| − 4)), with the sign of z."""
    far = Sum((Number(TAIL_START), ln(Sum((Number(abs(z)), Minus(Number(TAIL_START - 1)))))))
    return Minus(far) if z < 0 else far


def _softened(z: Number) -> Expression:
    """Draw in all values: z / √(1 + (z/3)²)."""
    return Quotient(z, root(Sum((Number(1.0), square(Quotient(z, Number(SOFT_END)))))))


def _signed(value: float) -> Span:
    return Span(fixed_signed(value), _tone(value))


def _tone(value: float) -> Tone:
    return "positive" if value >= 0 else "negative"
