"""A selected neuron or connection is what the formulas are about, and their numbers are its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ann_viz.engine import TrainConfig
from ann_viz.engine.parameter_state import ParameterState
from ann_viz.explain import BatchSeen, InputFact, Names, RunProgress, Selected, Situation, Span
from ann_viz.explain.story import tell
from ann_viz.explain.update import explain_update

TASKS = [("binary", None), ("multiclass", None), ("regression", "mse"), ("regression", "huber")]


@pytest.fixture
def told(make: Any) -> Any:
    """The lines of a step about what is selected, and the situation they are told of."""

    def lines(step: int, task: str, loss: str | None, **selected: Any) -> tuple[dict[str, str], Situation]:
        network, row = make(task, loss, "tanh")
        names = Names(
            row="row 3", target="t", inputs=("Age", "Spain", "Score"), outputs=("A", "B", "C")[: len(row.y)],
            answer="B 40 %", truth="B", certainty="", right=None,
        )  # fmt: skip
        facts = tuple(
            InputFact(column=column, raw=raw, values=values, how=(Span(raw),))
            for column, raw, values in (("Age", "42", (0.1,)), ("Place", "Spain", (3.0,)), ("Score", "7", (2.0,)))
        )
        progress = RunProgress(
            epoch=4, epochs=200, n_train=700, learning_rate=0.01, optimizer="Adam", batch_size=32,
            first_loss=0.693, loss=0.41, best_loss=0.4, best_epoch=3, weights="epoch 4",
        )  # fmt: skip
        situation = Situation(
            network=network, row=row, facts=facts, names=names, progress=progress, selected=Selected(**selected)
        )
        return {line.label: line.text for line in tell(step, situation, "plain").lines}, situation

    return lines


def last(text: str) -> float:
    """The result of a formula."""
    return float(text.rsplit("= ", maxsplit=1)[-1].replace("−", "-").replace(",", ""))


@pytest.mark.parametrize(("task", "loss"), TASKS)
def test_a_hidden_neuron_tells_its_sum_and_what_it_passes_on(told: Any, task: str, loss: str | None) -> None:
    """Terms and bias of the neuron itself, not of the output."""
    lines, situation = told(2, task, loss, column=1, index=2)
    z, a = situation.row.Z[0][2], situation.row.A[1][2]
    assert last(lines["layer 1, neuron 3"]) == pytest.approx(z, abs=0.005)
    assert f"{situation.network.b[0][2]:.2f}".lstrip("-") in lines["layer 1, neuron 3"]
    assert lines["passes on"].startswith("a = f(z) = tanh(")
    assert last(lines["passes on"]) == pytest.approx(a, abs=0.005)


@pytest.mark.parametrize(("task", "loss"), TASKS)
def test_a_connection_tells_signal_gradient_and_step(told: Any, task: str, loss: str | None) -> None:
    """w·x and ∂L/∂w = δ·x of this row alone are those of this connection."""
    lines, situation = told(2, task, loss, column=2, index=1, source=3)
    network, row = situation.network, situation.row
    w, x = network.W[1][3, 1], row.A[1][3]
    assert last(lines["neuron 4 → neuron 2"]) == pytest.approx(w * x, abs=0.005)
    lines, _ = told(4, task, loss, column=2, index=1, source=3)
    assert last(lines["neuron 4 → neuron 2: this row alone"]) == pytest.approx(row.dW[1][3, 1], abs=0.0005)
    assert last(lines["layer 2, neuron 2"]) == pytest.approx(row.delta[1][1], abs=0.0005)


@pytest.mark.parametrize(("task", "loss"), TASKS)
def test_a_neuron_tells_its_blame_and_its_steepest_weight(told: Any, task: str, loss: str | None) -> None:
    """δ of the neuron that is selected, and the gradient of the weight that most of its error hangs on."""
    lines, situation = told(4, task, loss, column=1, index=0)
    row = situation.row
    steepest = int(abs(row.dW[0][:, 0]).argmax())
    assert last(lines["layer 1, neuron 1"]) == pytest.approx(row.delta[0][0], abs=0.0005)
    source = ("Age", "Spain", "Score")[steepest]
    assert last(lines[f"{source} → neuron 1: this row alone"]) == pytest.approx(row.dW[0][steepest, 0], abs=0.0005)


def test_an_output_tells_its_own_slope(told: Any) -> None:
    """With three classes the selected one's sum, share and slope are told."""
    lines, situation = told(2, "multiclass", None, column=3, index=2)
    assert last(lines["C"]) == pytest.approx(situation.row.Z[-1][2], abs=0.005)
    assert last(lines["as a chance"].split("  →")[0]) == pytest.approx(situation.row.A[-1][2], abs=0.005)
    lines, _ = told(3, "multiclass", None, column=3, index=2)
    assert last(lines["slope of C"]) == pytest.approx(situation.row.delta[-1][2], abs=0.0005)
    lines, _ = told(4, "multiclass", None, column=3, index=2)
    assert last(lines["C"]) == pytest.approx(situation.row.delta[-1][2], abs=0.0005)


def test_a_selected_input_comes_first(told: Any) -> None:
    """Its column stands above those that are farther from what is usual."""
    lines, _ = told(1, "binary", None, column=0, index=2)
    assert list(lines) == ["Score", "Place", "Age"]
    lines, _ = told(1, "binary", None, column=0, index=0)
    assert list(lines) == ["Age", "Place", "Score"]


@pytest.mark.parametrize("step", [3, 5])
def test_other_steps_keep_an_eye_on_it(told: Any, step: int) -> None:
    """Below the error and the progress stands what the selected neuron adds up; for an input nothing is added."""
    lines, _ = told(step, "binary", None, column=1, index=1)
    assert list(lines)[-1] == "layer 1, neuron 2"
    lines, _ = told(step, "binary", None, column=0, index=1)
    assert "layer" not in " ".join(lines)


def in_batch(make: Any, **batch: Any) -> tuple[str, dict[str, str], Situation]:
    """The sentence and the lines of step 4 for the seventh of 32 rows, and the situation they are told of."""
    network, row = make("binary", None, "tanh")
    names = Names(
        row="row 3 (training)", target="t", inputs=("a", "b", "c"), outputs=("A",), answer="A 40 %", truth="A",
        certainty="", right=True,
    )  # fmt: skip
    progress = RunProgress(
        epoch=4, epochs=200, n_train=700, learning_rate=0.01, optimizer="Adam", batch_size=32,
        first_loss=0.693, loss=0.41, best_loss=0.4, best_epoch=3, weights="epoch 4",
    )  # fmt: skip
    situation = Situation(
        network=network, row=row, facts=(), names=names, progress=progress,
        selected=Selected(column=1, index=1, source=0), batch=BatchSeen(n_rows=32, place=6, **batch),
    )  # fmt: skip
    told = tell(4, situation, "technical")
    return told.sentence, {line.label: line.text for line in told.lines}, situation


def test_before_the_error_has_come_back_the_mean_is_not_yet(make: Any) -> None:
    """Neither 0 nor the last batch's: there is none."""
    sentence, lines, _ = in_batch(make)
    assert "row 3 (training), row 7 of 32 rows" in sentence
    assert lines["mean of these 32 rows"] == lines["what Adam makes of it"] == "not yet"
    assert "a → neuron 2: this row alone" in lines
    assert "←" not in " ".join(lines.values())


def test_this_row_the_mean_and_the_step_are_three_things(make: Any) -> None:
    """Between the last backward phase and the update the three stand together, and only the step has an arrow."""
    parameter = ParameterState(
        weight=0.5,
        gradient=0.2,
        gradient_length=1.0,
        learning_rate=0.01,
        is_bias=False,
        optimizer_state=(0.0, 0.0),
        steps=0,
    )
    coming = explain_update(TrainConfig(optimizer="adam"), parameter)
    _, lines, situation = in_batch(make, mean=0.2, coming=coming)
    assert last(lines["a → neuron 2: this row alone"]) == pytest.approx(situation.row.dW[0][0, 1], abs=0.0005)
    assert last(lines["mean of these 32 rows"]) == pytest.approx(0.2)
    assert last(lines["what Adam makes of it"]) == pytest.approx(0.49, abs=1e-4)
    assert [label for label, text in lines.items() if "←" in text] == ["what Adam makes of it"]


def test_after_the_update_the_change_is_what_happened(make: Any) -> None:
    """From the weight before to the weight of now."""
    _, lines, situation = in_batch(make, mean=0.2, before=0.5, is_over=True)
    w = float(situation.network.W[0][0, 1])
    assert last(lines["what Adam makes of it"]) == pytest.approx(w, rel=1e-4)
    assert lines["what Adam makes of it"].startswith("w ← 0.5")
    assert "a → neuron 2: this row, after the step" in lines


@pytest.mark.parametrize("part", ["validation", "test"])
def test_rows_that_are_not_learned_from_have_no_update(make: Any, part: Any) -> None:
    """They say so, in both voices, and show no gradient."""
    _, _, situation = in_batch(make)
    kept = replace(situation, part=part, batch=None)
    for voice in ("plain", "technical"):
        told = tell(4, kept, voice)
        assert told.lines == ()
        assert "does not learn from" in told.sentence
        assert f"a {part} row" in told.sentence or "row 3" in told.sentence


def test_a_row_outside_of_a_batch_asks_and_nothing_happens(make: Any) -> None:
    """What a training row alone asks for is told without an arrow."""
    _, _, situation = in_batch(make)
    told = tell(4, replace(situation, batch=None), "plain")
    assert "this row alone" in told.sentence
    assert "32 rows" in told.sentence
    assert not any("←" in line.text for line in told.lines)


def test_many_columns_are_counted_not_listed(make: Any) -> None:
    """Beyond forty lines the rest is a number."""
    network, row = make("binary", None)
    facts = tuple(InputFact(column=f"c{n}", raw="1", values=(float(n),), how=(Span("1"),)) for n in range(52))
    names = Names(
        row="row 1", target="t", inputs=("a", "b", "c"), outputs=("A",), answer="", truth="", certainty="", right=True
    )
    progress = RunProgress(
        epoch=0, epochs=0, n_train=1, learning_rate=0.1, optimizer="SGD", batch_size=1, first_loss=1.0, loss=1.0,
        best_loss=1.0, best_epoch=0, weights="the start",
    )  # fmt: skip
    lines = tell(1, Situation(network=network, row=row, facts=facts, names=names, progress=progress), "plain").lines
    assert len(lines) == 41
    assert lines[0].label == "c51"
    assert lines[-1].text == "and 12 more columns"
