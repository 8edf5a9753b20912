"""The formulas of the five steps for one row, with the row's own numbers put in."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Final

import numpy as np

from ann_viz.engine.activations import ACTIVATIONS
from ann_viz.engine.losses import LOSSES
from ann_viz.explain.arithmetic import Apply, Noted, Product, Sum
from ann_viz.explain.expression import Expression, Number
from ann_viz.explain.judged_row import answer_formula, loss_formula, slope_formula
from ann_viz.explain.learning_lines import learning_lines, told_weight
from ann_viz.explain.printed_formula import added, sum_of_products, work_out
from ann_viz.explain.situation import InputFact, Selected, Situation
from ann_viz.explain.spans import Line, Span, Tone
from ann_viz.explain.texts import word, word_or
from ann_viz.numerals import FINE_DECIMALS, NOTHING, count, format_number, target_decimals, unsigned

__all__ = ["backward_lines", "error_lines", "forward_lines", "input_lines", "progress_lines"]

MOST_FACTS: Final = 40
MOST_TRUE_DECIMALS: Final = 12  # in the tails of some activations the rest is what was lost between large numbers


def input_lines(situation: Situation) -> list[Line]:
    """How every column of the row became numbers: the selected one first, then the farthest from what is usual."""
    facts = sorted(situation.facts, key=lambda fact: -max((abs(value) for value in fact.values), default=0.0))
    chosen = _selected_fact(situation)
    if chosen is not None:
        facts = [chosen, *(fact for fact in facts if fact is not chosen)]
    lines = [Line(fact.column, fact.how) for fact in facts[:MOST_FACTS]]
    n_more = len(facts) - len(lines)
    return [*lines, Line("", (Span(word("and", more=count(n_more, "more column")), "muted"),))] if n_more else lines


def _selected_fact(situation: Situation) -> InputFact | None:
    selected, place = situation.selected, 0
    if selected is None or selected.column:
        return None
    for fact in situation.facts:
        place += len(fact.values)
        if selected.index < place:
            return fact
    return None


def _shown_output(situation: Situation) -> int:
    """The output neuron the formulas are about: the one that answers, or the largest error in the way back."""
    return int(np.argmax(situation.row.A[-1]))


def _name(situation: Situation, column: int, index: int) -> str:
    """What a neuron is called where room is short."""
    names = situation.names.inputs if column == 0 else situation.names.outputs
    if 0 < column < len(situation.network.W):
        return word("neuron", n=index + 1)
    return names[index] if column == 0 or len(names) > 1 else word("last neuron")


def _label(situation: Situation, layer: int, j: int) -> str:
    """What a neuron behind `layer` is called when it stands alone."""
    name = _name(situation, layer + 1, j)
    return name if layer + 1 == len(situation.network.W) else word("in layer", n=layer + 1, name=name)


def forward_lines(situation: Situation) -> list[Line]:
    """The sum of the output neuron and what its output function makes of it; likewise of a selected neuron."""
    selected, last = situation.selected, len(situation.network.W) - 1
    sent = last + 1 if situation.n_sent is None else situation.n_sent
    if selected is None or selected.column == 0:
        if sent == last + 1:
            return _output_lines(situation, _shown_output(situation))
        selected = Selected(column=max(1, sent), index=int(np.argmax(np.abs(situation.row.A[max(1, sent)]))))
    if selected.column > sent:
        return [Line(_label(situation, selected.column - 1, selected.index), (Span(word("not yet"), "muted"),))]
    layer, j = selected.column - 1, selected.index
    lines = [] if selected.source is None else [_signal_line(situation, layer, selected.source, j)]
    if layer == last:
        return [*lines, *_output_lines(situation, j)]
    activation = ACTIVATIONS[situation.network.activation_names[layer]]

    def f(z: Decimal) -> Decimal:
        return Decimal(repr(round(float(activation.evaluate(np.array([float(z)]))[0]), MOST_TRUE_DECIMALS)))

    z = Number(float(situation.row.Z[layer][j]))
    masked, mask = _masked(situation, layer, j)
    passed = work_out(f"a = {masked}f(z)", _times(mask, Apply(f"{activation.label}(", z, ")", f)))
    return [*lines, _sum_line(situation, layer, j), Line(word("passes on"), passed.spans)]


def _masked(situation: Situation, layer: int, j: int) -> tuple[str, tuple[Number, ...]]:
    """Return what dropout multiplies a neuron by in the batch under way, in symbols and numbers; nothing without."""
    masks = situation.row.masks
    return ("m·", (Number(float(masks[layer][j]), FINE_DECIMALS),)) if masks else ("", ())


def _times(mask: tuple[Number, ...], *factors: Expression) -> Expression:
    every = (*mask, *factors)
    return every[0] if len(every) == 1 else Product(every)


def _output_lines(situation: Situation, j: int) -> list[Line]:
    return [_sum_line(situation, len(situation.network.W) - 1, j), _answer_line(situation, j)]


def _sum_line(situation: Situation, layer: int, j: int) -> Line:
    network, row = situation.network, situation.row
    bias = float(network.b[layer][j])
    terms = sum_of_products(network.W[layer][:, j], row.A[layer])
    last = Noted(Number(bias, tone=_tone(bias)), word("bias"))
    return Line(_label(situation, layer, j), work_out("z", Sum((*terms, last))).spans)


def _tone(value: float) -> Tone:
    return "positive" if value >= 0 else "negative"


def _signal_line(situation: Situation, layer: int, i: int, j: int) -> Line:
    """What one connection adds to the sum behind it."""
    w, x = float(situation.network.W[layer][i, j]), float(situation.row.A[layer][i])
    signal = work_out("w·x", Product((Number(w, tone=_tone(w)), Number(x))), signed=True)
    return Line(f"{_name(situation, layer, i)} → {_name(situation, layer + 1, j)}", signal.spans)


def _looked_at(situation: Situation) -> list[Line]:
    """What a selected neuron or connection adds up, beneath a step that is about something else."""
    selected = situation.selected
    return [] if selected is None or selected.column == 0 else forward_lines(situation)[:1]


def _answer_line(situation: Situation, j: int) -> Line:
    if situation.network.config.task == "regression":
        mean, std = situation.target_scale
        answer = float(situation.row.A[-1][j])
        value = Sum((Product((Number(answer), Number(std))), Number(mean)))
        worked = work_out("ŷ", value, decimals=target_decimals(answer * std + mean))
        return Line(word("in its own unit"), worked.spans)
    said = (Span(f"  → {situation.names.answer}", "muted"),) if j == _shown_output(situation) else ()
    return Line(word("as a chance"), (*answer_formula(situation, j).spans, *said))


def error_lines(situation: Situation) -> list[Line]:
    """The loss of the row, and how it changes with the sum of the output neuron."""
    row, loss = situation.row, LOSSES[situation.network.config.loss_name]
    k = int(np.argmax(row.y)) if loss.task == "multiclass" else 0
    selected = situation.selected
    of_output = selected is not None and selected.column == len(situation.network.W)
    j = selected.index if selected is not None and of_output else k
    slope = word("its slope") if j == k else word("slope of", name=_name(situation, len(situation.network.W), j))
    lines = [
        Line(word_or(f"loss {loss.name}", loss.label), loss_formula(situation).spans),
        Line(slope, slope_formula(situation, j).spans),
    ]
    return lines if of_output else [*lines, *_looked_at(situation)]


def backward_lines(situation: Situation) -> list[Line]:
    """How the error of a training row reaches one neuron, and what becomes of one of its weights."""
    if situation.part != "train":
        return []
    selected, last = situation.selected, len(situation.network.W) - 1
    layer, i, j = told_weight(situation.row, selected)
    name = f"{_name(situation, layer, i)} → {_name(situation, layer + 1, j)}"
    lines = learning_lines(situation, name, layer, i, j)
    if layer < last:
        return [*lines, _blame_line(situation, layer, j)]
    return [*lines, _output_blame_line(situation, j)] if selected is not None and selected.column else lines


def _output_blame_line(situation: Situation, j: int) -> Line:
    return Line(_label(situation, len(situation.network.W) - 1, j), slope_formula(situation, j).spans)


def _blame_line(situation: Situation, layer: int, j: int) -> Line:
    """δ of a hidden neuron from those behind it: δ = f′(z)·Σ w δ (Rumelhart, Hinton & Williams 1986, eq. 6)."""
    network, row = situation.network, situation.row
    name = network.activation_names[layer]
    slope = Number(float(ACTIVATIONS[name].slope(row.Z[layer][j : j + 1])[0]))
    terms = sum_of_products(network.W[layer + 1][j], row.delta[layer + 1], right_tone="error", decimals=FINE_DECIMALS)
    masked, mask = _masked(situation, layer, j)
    share = _times(mask, slope, added(terms))
    worked = work_out(f"δ = {masked}f′(z)·Σ wδ", share, decimals=FINE_DECIMALS, signed=True, tone="error")
    return Line(_label(situation, layer, j), worked.spans)


def progress_lines(situation: Situation) -> list[Line]:
    """The loss at the start, of the weights on show and at its best; of a past moment, also as it is now."""
    progress, later = situation.progress, situation.progress.later
    parts = [(word("untrained"), progress.first_loss), (progress.weights, progress.loss)]
    if later is not None:
        parts.append((word("by now", weights=later.weights), later.loss))
    spans: list[Span] = []
    for name, value in parts:
        text = unsigned(value, FINE_DECIMALS) if math.isfinite(value) else NOTHING
        spans += [Span(f"{'  →  ' if spans else ''}{name} "), Span(text, "strong")]
    lines = [Line(word("loss"), tuple(spans))]
    if math.isfinite(progress.best_loss):
        best = [
            Span(unsigned(progress.best_loss, FINE_DECIMALS), "strong"),
            Span(" " + word("after epoch", n=format_number(progress.best_epoch))),
        ]
        if later is not None and progress.best_epoch:
            best.append(Span(f"  {word('at the flag')}", "muted"))
        lines.append(Line(word("best so far"), tuple(best)))
    return [*lines, *_looked_at(situation)]
