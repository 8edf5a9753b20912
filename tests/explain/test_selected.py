"""A selected neuron or connection is what the formulas are about, and their numbers are its own."""

from __future__ import annotations

from typing import Any

import pytest

from ann_viz.engine import TrainConfig
from ann_viz.engine.parameter_state import ParameterState
from ann_viz.explain import InputFact, Names, RunProgress, Selected, Situation, Span, tell
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
    """w·x, ∂L/∂w = δ·x and the new weight are those of this connection."""
    lines, situation = told(2, task, loss, column=2, index=1, source=3)
    network, row = situation.network, situation.row
    w, x = network.W[1][3, 1], row.A[1][3]
    assert last(lines["neuron 4 → neuron 2"]) == pytest.approx(w * x, abs=0.005)
    lines, _ = told(4, task, loss, column=2, index=1, source=3)
    assert last(lines["gradient"]) == pytest.approx(row.dW[1][3, 1], abs=0.0005)
    assert last(lines["neuron 4 → neuron 2"]) == pytest.approx(w - 0.01 * row.dW[1][3, 1], abs=0.0001)
    assert last(lines["layer 2, neuron 2"]) == pytest.approx(row.delta[1][1], abs=0.0005)


@pytest.mark.parametrize(("task", "loss"), TASKS)
def test_a_neuron_tells_its_blame_and_its_steepest_weight(told: Any, task: str, loss: str | None) -> None:
    """δ of the neuron that is selected, and one step of the weight that most of its error hangs on."""
    lines, situation = told(4, task, loss, column=1, index=0)
    row = situation.row
    steepest = int(abs(row.dW[0][:, 0]).argmax())
    assert last(lines["layer 1, neuron 1"]) == pytest.approx(row.delta[0][0], abs=0.0005)
    source = ("Age", "Spain", "Score")[steepest]
    after = situation.network.W[0][steepest, 0] - 0.01 * row.dW[0][steepest, 0]
    assert last(lines[f"{source} → neuron 1"]) == pytest.approx(after, abs=0.0001)


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


def test_the_coming_step_of_the_optimiser_is_told(told: Any) -> None:
    """Between backward and update the real step stands beneath the plain one."""
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
    lines, _ = told(4, "binary", None, column=1, index=1, source=0, coming=coming)
    assert last(lines["Adam, this batch"]) == pytest.approx(0.49, abs=1e-4)


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
