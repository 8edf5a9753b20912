"""The formulas of the five steps for one row, with the row's own numbers put in."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine.activations import ACTIVATIONS
from ann_viz.engine.losses import HUBER_DELTA, LOSSES
from ann_viz.explain.situation import InputFact, Situation
from ann_viz.explain.spans import Line, Span, sum_of_products
from ann_viz.explain.texts import word, word_or
from ann_viz.numerals import FINE_DECIMALS, MINUS, NOTHING, format_number, signed, unsigned

__all__ = ["backward_lines", "error_lines", "forward_lines", "input_lines", "progress_lines"]

MOST_FACTS: Final = 40
WEIGHT_DECIMALS: Final = 4
LARGEST_POWER: Final = 20.0  # e^20 has nine digits


def input_lines(situation: Situation) -> list[Line]:
    """How every column of the row became numbers: the selected one first, then the farthest from what is usual."""
    facts = sorted(situation.facts, key=lambda fact: -max((abs(value) for value in fact.values), default=0.0))
    chosen = _selected_fact(situation)
    if chosen is not None:
        facts = [chosen, *(fact for fact in facts if fact is not chosen)]
    lines = [Line(fact.column, fact.how) for fact in facts[:MOST_FACTS]]
    n_more = len(facts) - len(lines)
    return [*lines, Line("", (Span(word("more columns", n=format_number(n_more)), "muted"),))] if n_more else lines


def _selected_fact(situation: Situation) -> InputFact | None:
    selected, place = situation.selected, 0
    if selected is None or selected.column:
        return None
    for fact in situation.facts:
        place += len(fact.values)
        if selected.index < place:
            return fact
    return None


def _plainly(value: float) -> str:
    """A number in the column's unit with at least four digits that count."""
    magnitude = abs(value)
    decimals = 0 if float(value).is_integer() else 1 if magnitude >= 1000 else 2 if magnitude >= 1 else 4
    return unsigned(value, decimals)


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
    if selected is None or selected.column == 0:
        return _output_lines(situation, _shown_output(situation))
    layer, j = selected.column - 1, selected.index
    lines = [] if selected.source is None else [_signal_line(situation, layer, selected.source, j)]
    if layer == last:
        return [*lines, *_output_lines(situation, j)]
    name = ACTIVATIONS[situation.network.activation_names[layer]].label
    z, a = float(situation.row.Z[layer][j]), float(situation.row.A[layer + 1][j])
    passed = (Span(f"a = f(z) = {name}({unsigned(z)}) = "), Span(unsigned(a), "strong"))
    return [*lines, _sum_line(situation, layer, j), Line(word("passes on"), passed)]


def _output_lines(situation: Situation, j: int) -> list[Line]:
    last = len(situation.network.W) - 1
    return [_sum_line(situation, last, j), _answer_line(situation, j, float(situation.row.Z[last][j]))]


def _sum_line(situation: Situation, layer: int, j: int) -> Line:
    network, row = situation.network, situation.row
    z, bias = float(row.Z[layer][j]), float(network.b[layer][j])
    spans = [Span("z = "), *sum_of_products(network.W[layer][:, j], row.A[layer])]
    spans += [Span(f"{'−' if bias < 0 else '+'} {unsigned(abs(bias))} ", "positive" if bias >= 0 else "negative")]
    spans += [Span(f"({word('bias')}) ", "muted"), Span("= "), Span(unsigned(z), "strong")]
    return Line(_label(situation, layer, j), tuple(spans))


def _signal_line(situation: Situation, layer: int, i: int, j: int) -> Line:
    """What one connection adds to the sum behind it."""
    w, x = float(situation.network.W[layer][i, j]), float(situation.row.A[layer][i])
    spans = (
        Span("w·x = "),
        Span(unsigned(w), "positive" if w >= 0 else "negative"),
        Span(f"·{_factor(unsigned(x))} = "),
        Span(signed(w * x), "strong"),
    )
    return Line(f"{_name(situation, layer, i)} → {_name(situation, layer + 1, j)}", spans)


def _factor(text: str) -> str:
    return f"({text})" if text.startswith(MINUS) else text


def _looked_at(situation: Situation) -> list[Line]:
    """What a selected neuron or connection adds up, beneath a step that is about something else."""
    selected = situation.selected
    return [] if selected is None or selected.column == 0 else forward_lines(situation)[:1]


def _answer_line(situation: Situation, j: int, z: float) -> Line:
    answer = float(situation.row.A[-1][j])
    said = Span(f"  → {situation.names.answer}" if j == _shown_output(situation) else "", "muted")
    task = situation.network.config.task
    if task == "binary":
        power = unsigned(-z)
        return Line(word("as a chance"), (Span(f"ŷ = 1 / (1 + e^{power}) = "), Span(unsigned(answer), "strong"), said))
    if task == "multiclass":
        formula = share_formula(z, situation.row.Z[-1].astype(np.float64))
        return Line(word("as a chance"), (Span(formula), Span(unsigned(answer), "strong"), said))
    mean, std = situation.target_scale
    value = answer * std + mean
    formula = (
        f"ŷ = {unsigned(answer, WEIGHT_DECIMALS)} · {_plainly(std)} {'−' if mean < 0 else '+'} {_plainly(abs(mean))} = "
    )
    return Line(word("in its own unit"), (Span(formula), Span(_plainly(value), "strong")))


def share_formula(z: float, Z: NDArray[np.float64]) -> str:
    """Write softmax with its numbers; powers that are too large or small are taken relative to the largest."""
    top = float(Z.max())
    if abs(top) <= LARGEST_POWER:
        return f"ŷ = e^{unsigned(z)} / Σ e^z = {unsigned(math.exp(z))} / {unsigned(float(np.exp(Z).sum()))} = "
    share, total = math.exp(min(z - top, 0.0)), float(np.exp(Z - top).sum())
    return (
        f"ŷ = e^({unsigned(z)} − {_factor(unsigned(top))}) / Σ e^(z − max z) = {unsigned(share)} / {unsigned(total)} = "
    )


def error_lines(situation: Situation) -> list[Line]:
    """The loss of the row, and how it changes with the sum of the output neuron."""
    row, loss = situation.row, LOSSES[situation.network.config.loss_name]
    k = int(np.argmax(row.y)) if loss.task == "multiclass" else 0
    n_outputs = len(row.y)
    mean = " " + word("averaged over", n=n_outputs) if loss.task == "regression" and n_outputs > 1 else ""
    spans = (Span(f"L = {_told_loss(situation, k)[0]}{mean} = "), Span(unsigned(row.loss, FINE_DECIMALS), "strong"))
    selected = situation.selected
    of_output = selected is not None and selected.column == len(situation.network.W)
    j = selected.index if selected is not None and of_output else k
    delta = float(row.delta[-1][j])
    lines = [Line(word_or(f"loss {loss.name}", loss.label), spans)]
    slope = word("its slope") if j == k else word("slope of", name=_name(situation, len(situation.network.W), j))
    lines.append(Line(slope, (_slope_span(situation, j), Span(signed(delta, FINE_DECIMALS), "error"))))
    return lines if of_output else [*lines, *_looked_at(situation)]


def _told_loss(situation: Situation, k: int) -> tuple[str, str]:
    """L and δ of output k with the row's numbers put in; of a loss that is not told here, L as its table says it."""
    name = situation.network.config.loss_name
    answer, truth = float(situation.row.A[-1][k]), float(situation.row.y[k])
    inner = f"{unsigned(answer)} − {_factor(unsigned(truth))}"
    difference, sign = f"ŷ − y = {inner}", f"sign({inner})"
    is_far = abs(answer - truth) >= HUBER_DELTA
    told = {
        "binary_cross_entropy": (f"−ln({'' if truth > 0.5 else '1 − '}{unsigned(answer)})", difference),
        "categorical_cross_entropy": (f"−ln({unsigned(answer)})", difference),
        "mse": (f"({inner})²", f"2·({inner})"),
        "mae": (f"|{inner}|", sign),
        "huber": (f"|{inner}| − ½", sign) if is_far else (f"½·({inner})²", difference),
    }
    return told.get(name, (LOSSES[name].formula, ""))


def _slope_span(situation: Situation, k: int) -> Span:
    slope = _told_loss(situation, k)[1]
    return Span(f"δ = ∂L/∂z = {slope} = " if slope else "δ = ∂L/∂z = ")


def backward_lines(situation: Situation) -> list[Line]:
    """How the error reaches one neuron, and what one plain gradient step makes of one of its weights."""
    row, selected = situation.row, situation.selected
    last = len(situation.network.W) - 1
    if selected is None or selected.column == 0:
        layer = max(0, last - 1)
        j = int(np.argmax(np.abs(row.delta[layer])))
        lines = [_blame_line(situation, layer, j)] if last else []
        return [*lines, _update_line(situation, layer, j, None)]
    layer, j, i = selected.column - 1, selected.index, selected.source
    lines = [_blame_line(situation, layer, j) if layer < last else _output_blame_line(situation, j)]
    if i is not None:
        lines.append(_gradient_line(situation, layer, i, j))
    lines.append(_update_line(situation, layer, j, i))
    if selected.coming is not None:
        lines.append(Line(word("this batch", optimizer=situation.progress.optimizer), selected.coming.lines[-1].spans))
    return lines


def _output_blame_line(situation: Situation, j: int) -> Line:
    delta = Span(signed(float(situation.row.delta[-1][j]), FINE_DECIMALS), "error")
    return Line(_label(situation, len(situation.network.W) - 1, j), (_slope_span(situation, j), delta))


def _gradient_line(situation: Situation, layer: int, i: int, j: int) -> Line:
    """The gradient of one weight: ∂L/∂w = δ·x (Rumelhart, Hinton & Williams 1986, eq. 5)."""
    delta, x = float(situation.row.delta[layer][j]), float(situation.row.A[layer][i])
    spans = (
        Span("∂L/∂w = δ·x = "),
        Span(_factor(unsigned(delta, FINE_DECIMALS)), "error"),
        Span(f"·{_factor(unsigned(x))} = "),
        Span(signed(float(situation.row.dW[layer][i, j]), FINE_DECIMALS), "error"),
    )
    return Line(word("gradient"), spans)


def _blame_line(situation: Situation, layer: int, j: int) -> Line:
    """δ of a hidden neuron from those behind it: δ = f′(z)·Σ w δ (Rumelhart, Hinton & Williams 1986, eq. 6)."""
    network, row = situation.network, situation.row
    name = network.activation_names[layer]
    slope = float(ACTIVATIONS[name].slope(row.Z[layer][j : j + 1])[0])
    spans = [Span(f"δ = f′(z)·Σ wδ = {unsigned(slope)}·[ ")]
    spans += sum_of_products(network.W[layer + 1][j], row.delta[layer + 1], right_tone="error", decimals=FINE_DECIMALS)
    spans += [Span("] = "), Span(signed(float(row.delta[layer][j]), FINE_DECIMALS), "error")]
    return Line(_label(situation, layer, j), tuple(spans))


def _update_line(situation: Situation, layer: int, j: int, i: int | None) -> Line:
    """One step w ← w − η·δ·x of a weight into a neuron; where none is named, of that with the largest gradient."""
    network, row = situation.network, situation.row
    i = int(np.argmax(np.abs(row.dW[layer][:, j]))) if i is None else i
    w, x, delta = float(network.W[layer][i, j]), float(row.A[layer][i]), float(row.delta[layer][j])
    rate = situation.progress.learning_rate
    after = w - rate * delta * x
    spans = (
        Span("w ← w − η·δ·x = "),
        Span(unsigned(w, WEIGHT_DECIMALS), "positive" if w >= 0 else "negative"),
        Span(f" − {format_number(rate, 'g')}·("),
        Span(unsigned(delta, FINE_DECIMALS), "error"),
        Span(f")·{unsigned(x) if x >= 0 else f'({unsigned(x)})'} = "),
        Span(unsigned(after, WEIGHT_DECIMALS), "strong"),
    )
    return Line(f"{_name(situation, layer, i)} → {_name(situation, layer + 1, j)}", spans)


def progress_lines(situation: Situation) -> list[Line]:
    """The loss at the start, of the weights on show and at its best."""
    progress = situation.progress
    parts = [(word("untrained"), progress.first_loss), (progress.weights, progress.loss)]
    spans: list[Span] = []
    for name, value in parts:
        spans += [Span(f"{name} "), Span(unsigned(value, FINE_DECIMALS) if math.isfinite(value) else NOTHING, "strong")]
        spans.append(Span("  →  " if len(spans) == 2 else ""))
    lines = [Line(word("loss"), tuple(spans))]
    if math.isfinite(progress.best_loss):
        best = (
            Span(unsigned(progress.best_loss, FINE_DECIMALS), "strong"),
            Span(" " + word("after epoch", n=format_number(progress.best_epoch))),
        )
        lines.append(Line(word("best so far"), best))
    return [*lines, *_looked_at(situation)]
