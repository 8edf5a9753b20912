"""The formulas of the five steps for one row, with the row's own numbers put in."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from ann_viz.engine.activations import ACTIVATIONS
from ann_viz.engine.losses import HUBER_DELTA
from ann_viz.explain.situation import InputFact, Situation
from ann_viz.explain.spans import FINE_DECIMALS, Line, Span, signed, sum_of_products, unsigned

__all__ = ["backward_lines", "error_lines", "forward_lines", "input_lines", "progress_lines"]

MOST_FACTS: Final = 3
WEIGHT_DECIMALS: Final = 4
LOSS_LABELS: Final = {
    "binary_cross_entropy": "cross-entropy",
    "categorical_cross_entropy": "cross-entropy",
    "mse": "squared error",
    "mae": "absolute error",
    "huber": "Huber loss",
}


def input_lines(situation: Situation) -> list[Line]:
    """How the columns that say most about this row became numbers: those farthest from what is usual."""
    facts = sorted(situation.facts, key=lambda fact: -max((abs(value) for value in fact.values), default=0.0))
    chosen = {fact.column for fact in facts[:MOST_FACTS]}
    return [_input_line(fact) for fact in situation.facts if fact.column in chosen]


def _input_line(fact: InputFact) -> Line:
    if fact.mean is None or fact.std is None or fact.number is None:
        values = ", ".join(unsigned(value, 0 if float(value).is_integer() else 2) for value in fact.values)
        return Line(fact.column, (Span(f"{fact.raw} → "), Span(values, "strong")))
    value = fact.values[0]
    middle = f"({_plainly(fact.number)} − {_plainly(fact.mean)}) / {_plainly(fact.std)} = "
    if fact.mean < 0:
        middle = middle.replace(f"− {_plainly(fact.mean)}", f"+ {_plainly(-fact.mean)}")
    return Line(
        fact.column,
        (Span(f"{fact.raw} → "), Span(middle), Span(signed(value), "positive" if value >= 0 else "negative")),
    )


def _plainly(value: float) -> str:
    """A number in the column's unit with at least four digits that count."""
    magnitude = abs(value)
    decimals = 0 if float(value).is_integer() else 1 if magnitude >= 1000 else 2 if magnitude >= 1 else 4
    return unsigned(value, decimals)


def _shown_output(situation: Situation) -> int:
    """The output neuron the formulas are about: the one that answers, or the largest error in the way back."""
    return int(np.argmax(situation.row.A[-1]))


def forward_lines(situation: Situation) -> list[Line]:
    """The sum of the output neuron and what its output function makes of it."""
    network, row = situation.network, situation.row
    j = _shown_output(situation)
    z, bias = float(row.Z[-1][j]), float(network.b[-1][j])
    spans = [Span("z = "), *sum_of_products(network.W[-1][:, j], row.A[-2])]
    spans += [Span(f"{'−' if bias < 0 else '+'} {unsigned(abs(bias))} ", "positive" if bias >= 0 else "negative")]
    spans += [Span("(bias) ", "muted"), Span("= "), Span(unsigned(z), "strong")]
    label = situation.names.outputs[j] if len(situation.names.outputs) > 1 else "last neuron"
    return [Line(label, tuple(spans)), _answer_line(situation, j, z)]


def _answer_line(situation: Situation, j: int, z: float) -> Line:
    answer = float(situation.row.A[-1][j])
    said = Span(f"  → {situation.names.answer}", "muted")
    task = situation.network.config.task
    if task == "binary":
        power = unsigned(-z)
        return Line("as a chance", (Span(f"ŷ = 1 / (1 + e^{power}) = "), Span(unsigned(answer), "strong"), said))
    if task == "multiclass":
        total = float(np.exp(situation.row.Z[-1].astype(np.float64)).sum())
        formula = f"ŷ = e^{unsigned(z)} / Σ e^z = {unsigned(math.exp(z))} / {unsigned(total)} = "
        return Line("as a chance", (Span(formula), Span(unsigned(answer), "strong"), said))
    mean, std = situation.target_scale
    value = answer * std + mean
    formula = (
        f"ŷ = {unsigned(answer, WEIGHT_DECIMALS)} · {_plainly(std)} {'−' if mean < 0 else '+'} {_plainly(abs(mean))} = "
    )
    return Line("in its own unit", (Span(formula), Span(_plainly(value), "strong")))


def error_lines(situation: Situation) -> list[Line]:
    """The loss of the row, and how it changes with the sum of the output neuron."""
    row, name = situation.row, situation.network.config.loss_name
    answer, truth = row.A[-1].astype(np.float64), row.y.astype(np.float64)
    k = int(np.argmax(truth)) if name == "categorical_cross_entropy" else 0
    spans: tuple[Span, ...]
    if name == "binary_cross_entropy":
        inner = f"{unsigned(float(answer[0]))}" if truth[0] > 0.5 else f"1 − {unsigned(float(answer[0]))}"
        spans = (Span(f"L = −ln({inner}) = "),)
    elif name == "categorical_cross_entropy":
        spans = (Span(f"L = −ln({unsigned(float(answer[k]))}) = "),)
    else:
        spans = (Span(_distance_formula(name, float(answer[0]), float(truth[0]), len(answer))),)
    delta = float(row.delta[-1][k])
    lines = [Line(LOSS_LABELS[name], (*spans, Span(unsigned(row.loss, FINE_DECIMALS), "strong")))]
    lines.append(Line("its slope", (*_slope_spans(situation, k), Span(signed(delta, FINE_DECIMALS), "error"))))
    return lines


def _distance_formula(name: str, answer: float, truth: float, n_outputs: int) -> str:
    second = f"({unsigned(truth)})" if truth < 0 else unsigned(truth)
    inner = f"{unsigned(answer)} − {second}"
    mean = "" if n_outputs == 1 else f" averaged over {n_outputs} outputs"
    if name == "mse":
        return f"L = ({inner})²{mean} = "
    if name == "huber" and abs(answer - truth) < HUBER_DELTA:
        return f"L = ½·({inner})²{mean} = "
    return f"L = |{inner}|{' − ½' if name == 'huber' else ''}{mean} = "


def _slope_spans(situation: Situation, k: int) -> tuple[Span, ...]:
    answer, truth = float(situation.row.A[-1][k]), float(situation.row.y[k])
    second = f"({unsigned(truth)})" if truth < 0 else unsigned(truth)
    inner = f"{unsigned(answer)} − {second}"
    name = situation.network.config.loss_name
    if name == "mae" or (name == "huber" and abs(answer - truth) >= HUBER_DELTA):
        return (Span(f"δ = ∂L/∂z = sign({inner}) = "),)
    factor = "2·" if name == "mse" else ""
    return (Span(f"δ = ∂L/∂z = {factor}({inner}) = " if factor else f"δ = ∂L/∂z = ŷ − y = {inner} = "),)


def backward_lines(situation: Situation) -> list[Line]:
    """How the error reaches one neuron, and what one plain gradient step makes of one of its weights."""
    network, row = situation.network, situation.row
    lines = []
    layer = len(network.W) - 1
    if layer:
        layer -= 1
        j = int(np.argmax(np.abs(row.delta[layer])))
        lines.append(_blame_line(situation, layer, j))
    else:
        j = int(np.argmax(np.abs(row.delta[0])))
    lines.append(_update_line(situation, layer, j))
    return lines


def _blame_line(situation: Situation, layer: int, j: int) -> Line:
    """δ of a hidden neuron from those behind it: δ = f′(z)·Σ w δ (Rumelhart, Hinton & Williams 1986, eq. 6)."""
    network, row = situation.network, situation.row
    name = network.activation_names[layer]
    slope = float(ACTIVATIONS[name].slope(row.Z[layer][j : j + 1])[0])
    spans = [Span(f"δ = f′(z)·Σ wδ = {unsigned(slope)}·[ ")]
    spans += sum_of_products(network.W[layer + 1][j], row.delta[layer + 1], right_tone="error", decimals=FINE_DECIMALS)
    spans += [Span("] = "), Span(signed(float(row.delta[layer][j]), FINE_DECIMALS), "error")]
    return Line(f"layer {layer + 1}, neuron {j + 1}", tuple(spans))


def _update_line(situation: Situation, layer: int, j: int) -> Line:
    """One step w ← w − η·δ·x of the weight into a neuron that has the largest gradient."""
    network, row = situation.network, situation.row
    i = int(np.argmax(np.abs(row.dW[layer][:, j])))
    source = situation.names.inputs[i] if layer == 0 else f"neuron {i + 1}"
    w, x, delta = float(network.W[layer][i, j]), float(row.A[layer][i]), float(row.delta[layer][j])
    rate = situation.progress.learning_rate
    after = w - rate * delta * x
    spans = (
        Span("w ← w − η·δ·x = "),
        Span(unsigned(w, WEIGHT_DECIMALS), "positive" if w >= 0 else "negative"),
        Span(f" − {rate:g}·("),
        Span(unsigned(delta, FINE_DECIMALS), "error"),
        Span(f")·{unsigned(x) if x >= 0 else f'({unsigned(x)})'} = "),
        Span(unsigned(after, WEIGHT_DECIMALS), "strong"),
    )
    return Line(f"{source} → neuron {j + 1}", spans)


def progress_lines(situation: Situation) -> list[Line]:
    """The loss before any training, now and at its best."""
    progress = situation.progress
    parts = [("untrained", progress.first_loss), ("now", progress.loss)]
    spans: list[Span] = []
    for word, value in parts:
        spans += [Span(f"{word} "), Span(unsigned(value, FINE_DECIMALS) if math.isfinite(value) else "–", "strong")]
        spans.append(Span("  →  " if word == "untrained" else ""))
    lines = [Line("loss", tuple(spans))]
    if math.isfinite(progress.best_loss):
        best = (
            Span(unsigned(progress.best_loss, FINE_DECIMALS), "strong"),
            Span(f" after epoch {progress.best_epoch}"),
        )
        lines.append(Line("best so far", best))
    return lines
