"""How a cell of the file became inputs, with the numbers that the encoder learned from the training rows.

Numbers are written with as many decimals as it takes for a reader to arrive at the same input.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data import Dataset, Dialect, Feature, parse_number
from ann_viz.data.encoding.date_parts import CYCLES, date_part
from ann_viz.explain.situation import InputFact
from ann_viz.explain.spans import Span, Tone
from ann_viz.explain.texts import word
from ann_viz.numerals import MINUS, format_number, signed, unsigned

__all__ = ["how_encoded", "input_facts"]

MOST_LISTED: Final = 6
LONGEST: Final = 28
DIGITS: Final = 4  # of the spread, and the centre with the same decimals
MOST_DECIMALS: Final = 9
LARGEST_PLAIN: Final = 1e12
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
            )
        )
    return tuple(facts)


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
        return [*spans, Span("0", "strong"), Span(" " + word("in all inputs", n=len(values)))]
    spans += [Span("1", "strong"), Span(f" {word('in the input', name=_short(on[0]))}, ")]
    return [*spans, Span("0", "strong"), Span(" " + word("in the other inputs", n=len(values) - 1))]


def _number(feature: Feature, raw: str | None, value: float, dialect: Dialect) -> list[Span]:
    if feature.kind == "text":
        number = math.nan if raw is None else float(len(raw) if feature.text_as == "length" else len(raw.split()))
        unit = "characters" if feature.text_as == "length" else "words"
        told = "" if raw is None else f"{word(unit, n=format_number(number, ',.0f'))} → "
    else:
        number = math.nan if raw is None else parse_number(raw, feature.form, dialect)
        told = "" if raw is None or math.isfinite(number) else f"{word('no number')}, "
    if not math.isfinite(number):
        number = float(feature.fill or 0.0)
        told += f"{word('taken as', value=_to(number, _decimals(feature.std)))} → "
    spans = [Span(told)] if told else []
    return spans + _scaled(number, value, feature.scaling, feature.mean, feature.std)


def _date(feature: Feature, raw: str | None, values: Sequence[float], dialect: Dialect) -> list[Span]:
    days = math.nan if raw is None else parse_number(raw, feature.form, dialect)
    spans: list[Span] = []
    if not math.isfinite(days):
        days = float(feature.fill or 0.0)
        spans.append(Span(f"{word('taken as day', n=format_number(days, ',.0f'))} → "))
    place = 0
    for part, (centre, spread) in zip(feature.parts, feature.part_scales, strict=True):
        number = float(date_part(np.array([days]), part)[0])
        spans.append(Span(f"{' · ' if place else ''}{word(f'part {part}')} "))
        if part in CYCLES:
            turn = f"{format_number(number, 'g')}/{CYCLES[part]}"
            spans.append(Span(f"{word('of a circle', n=turn)}: sin "))
            spans += [_result(values[place]), Span(", cos "), _result(values[place + 1])]
            place += 2
        else:
            spans += _scaled(number, values[place], feature.scaling, centre, spread, grouped=part != "year")
            place += 1
    return spans


def _scaled(
    number: float, value: float, scaling: str, centre: float, spread: float, *, grouped: bool = True
) -> list[Span]:
    """Write (number − centre) / spread = value."""
    decimals = _decimals(spread)
    shown = _to(number, decimals, grouped=grouped)
    if scaling == "log":
        shown = _to(abs(number), _decimals(spread * (1 + abs(number))), grouped=grouped)
        shown = f"{MINUS if number < 0 else ''}ln(1 + {shown})"
    sign, middle = ("+", -centre) if centre < 0 else (MINUS, centre)
    formula = f"({shown} {sign} {_to(middle, decimals, grouped=grouped)}) / {_to(spread, decimals)} = "
    legend = [] if scaling == "standard" else [Span(f"  ({word(f'scale {scaling}')})", "muted")]
    return [Span(formula), _result(value), *legend]


def _result(value: float) -> Span:
    tone: Tone = "positive" if value >= 0 else "negative"
    return Span(signed(value), tone)


def _magnitude(value: float) -> int:
    return math.floor(math.log10(value)) if value > 0 and math.isfinite(value) else 0


def _decimals(spread: float) -> int:
    return min(MOST_DECIMALS, max(0, DIGITS - 1 - _magnitude(spread)))


def _to(value: float, decimals: int, *, grouped: bool = True) -> str:
    """A number with at most so many decimals, none where it is whole; very large ones as powers of ten."""
    if abs(value) >= LARGEST_PLAIN:
        return format_number(value, ".6e")
    decimals = 0 if float(value).is_integer() else decimals
    return format_number(value, f"{',' if grouped else ''}.{decimals}f")
