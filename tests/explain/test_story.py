"""What is displayed adds up: numbers are taken from the text, with the digits they have there, and recomputed."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ann_viz.data import Dialect, Feature
from ann_viz.engine import LOSSES, Network, Phase
from ann_viz.errors import DataError
from ann_viz.explain import InputFact, Names, RowPass, RunProgress, Situation, load_texts, step_of_phase, tell, texts
from ann_viz.explain.encoding import how_encoded
from ann_viz.explain.formulas import share_formula

CASES = [(loss.task, loss.name) for loss in LOSSES.values()]
NUMBER = re.compile(r"[+−]?\s?\d[\d,]*(?:\.\d+)?(?:e[−+]?\d+)?")


def numbers(text: str) -> list[float]:
    """All numbers in a text, with their signs."""
    return [float(n.replace("−", "-").replace(",", "").replace(" ", "")) for n in NUMBER.findall(text)]


@pytest.fixture
def situation(make: Any) -> Callable[..., Situation]:
    """What there is to tell of a row, as a function of task, loss, activation and words."""

    def tell_of(task: str, loss: str | None, activation: str = "tanh", **names: Any) -> Situation:
        return build(*make(task, loss, activation), task, names)

    return tell_of


def build(network: Network, row: RowPass, task: str, names: dict[str, Any]) -> Situation:
    """Words, facts and progress around a row."""
    words: dict[str, Any] = {"row": "row 3", "target": "price", "inputs": ("a", "b", "c"), "outputs": ("A", "B", "C")}
    words |= {"answer": "B 40 %", "truth": "B", "certainty": "40 %", "right": None if task == "regression" else True}
    age = Feature(column="a", kind="number", inputs=("a",), mean=38.0, std=6.6666667)
    where = Feature(column="b", kind="category", inputs=("France", "Spain"), categories=("France", "Spain"))
    facts = (
        InputFact(column="a", raw="42", values=(0.6,), how=how_encoded(age, "42", (0.6,), Dialect())),
        InputFact(column="b", raw="Spain", values=(0.0, 1.0), how=how_encoded(where, "Spain", (0.0, 1.0), Dialect())),
    )
    progress = RunProgress(
        epoch=4, epochs=200, n_train=700, learning_rate=0.01, optimizer="Adam", batch_size=32,
        first_loss=0.693, loss=0.41, best_loss=0.4, best_epoch=3, weights="epoch 4",
    )  # fmt: skip
    return Situation(
        network=network,
        row=row,
        facts=facts,
        names=Names(**(words | names)),
        progress=progress,
        target_scale=(100.0, 20.0) if task == "regression" else (0.0, 1.0),
    )


def test_an_input_adds_up(situation: Any) -> None:
    """(42 − 38) / 6.67 = +0.60, and a category lists its zeros and ones."""
    category, number = tell(1, situation("binary", None), "plain").lines
    raw, value, mean, std, result = numbers(number.text.replace("− 38", "38"))
    assert (raw, value) == (42, 42)
    assert (value - mean) / std == pytest.approx(result, abs=0.006)
    assert category.text == "Spain → 0, 1"


@pytest.mark.parametrize(("task", "loss"), CASES)
def test_the_sum_of_the_last_neuron_adds_up(situation: Any, task: str, loss: str) -> None:
    """Terms and bias on display make the z on display, within what two decimals can tell."""
    told = situation(task, loss)
    text = tell(2, told, "technical").lines[0].text
    terms = re.findall(r"([+−]?)\s?([\d.e−]+)·\(?(−?[\d.e−]+)\)?", text)
    total = sum((-1 if sign == "−" else 1) * float(w) * float(a.replace("−", "-")) for sign, w, a in terms)
    sign, bias = re.findall(r"([+−]) ([\d.]+) \(bias\)", text)[0]
    shown_z = numbers(text.split("= ")[-1])[0]
    assert total + (-1 if sign == "−" else 1) * float(bias) == pytest.approx(shown_z, abs=0.02 * len(terms) + 0.02)
    assert shown_z == pytest.approx(float(told.row.Z[-1].max()), abs=0.005)


def test_the_chance_adds_up(situation: Any) -> None:
    """1 / (1 + e^−z) of the displayed power is the displayed answer."""
    power, answer = re.findall(
        r"e\^(−?[\d.]+)\) = ([\d.]+)", tell(2, situation("binary", None), "plain").lines[1].text
    )[0]
    assert 1 / (1 + math.exp(float(power.replace("−", "-")))) == pytest.approx(float(answer), abs=0.01)


def test_the_share_of_a_class_adds_up(situation: Any) -> None:
    """e^z / Σ e^z of the displayed numbers is the displayed answer."""
    text = tell(2, situation("multiclass", None), "plain").lines[1].text
    z, top, total, answer = re.findall(r"e\^(−?[\d.]+) / Σ e\^z = ([\d.]+) / ([\d.]+) = ([\d.]+)", text)[0]
    assert math.exp(float(z.replace("−", "-"))) == pytest.approx(float(top), rel=0.02)
    assert float(top) / float(total) == pytest.approx(float(answer), abs=0.01)


def test_a_number_comes_back_to_its_own_unit(situation: Any) -> None:
    """ŷ·20 + 100 of the displayed ŷ is the displayed value."""
    text = tell(2, situation("regression", "mse"), "plain").lines[1].text
    y, std, mean, value = re.findall(r"ŷ = (−?[\d.]+) · (\d+) \+ (\d+) = ([\d.]+)", text)[0]
    assert float(y.replace("−", "-")) * float(std) + float(mean) == pytest.approx(float(value), abs=0.2)


@pytest.mark.parametrize(("task", "loss"), CASES)
def test_the_error_adds_up(situation: Any, task: str, loss: str) -> None:
    """The displayed formula of the loss gives the displayed loss, and that of the slope the displayed slope."""
    told = situation(task, loss)
    loss_line, slope_line = tell(3, told, "plain").lines
    value, slope = numbers(loss_line.text.split("= ")[-1])[0], numbers(slope_line.text.split("= ")[-1])[0]
    assert value == pytest.approx(told.row.loss, abs=0.0005)
    inside = [float(n.replace("−", "-")) for n in re.findall(r"−?\d\.\d+", loss_line.text.split("= ")[1])]
    if loss == "binary_cross_entropy" or loss == "categorical_cross_entropy":
        assert -math.log(inside[0]) == pytest.approx(value, abs=0.02)
    else:
        gap = abs(inside[0] - inside[1])
        expected = {"mse": gap**2, "mae": gap, "huber": gap**2 / 2 if gap < 1 else gap - 0.5}[loss]
        assert expected == pytest.approx(value, abs=0.03)
    k = 1 if task == "multiclass" else 0
    answer, truth = float(told.row.A[-1][k]), float(told.row.y[k])
    gap = answer - truth
    shown = {"mse": 2 * gap, "mae": np.sign(gap), "huber": np.clip(gap, -1, 1)}.get(loss, gap)
    assert slope == pytest.approx(float(shown), abs=0.0006)


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "gelu"])
def test_the_blame_and_the_step_add_up(situation: Any, activation: str) -> None:
    """f′·[Σ wδ] is the displayed δ, and w − η·δ·x the displayed new weight."""
    told = situation("multiclass", None, activation)
    blame, update = (line.text for line in tell(4, told, "technical").lines)
    slope, inside, delta = re.findall(r"= (−?[\d.]+)·\[ (.*) \] = ([+−][\d.e−]+)", blame)[0]
    terms = re.findall(r"([+−]?)\s?([\d.e−]+)·\(?(−?[\d.e−]+)\)?", inside)
    total = sum((-1 if sign == "−" else 1) * float(w) * float(d.replace("−", "-")) for sign, w, d in terms)
    assert float(slope.replace("−", "-")) * total == pytest.approx(float(delta.replace("−", "-")), abs=0.01)
    w, rate, d, x, after = re.findall(
        r"= (−?[\d.]+) − ([\d.]+)·\((−?[\d.e−]+)\)·\(?(−?[\d.]+)\)? = (−?[\d.]+)", update
    )[0]
    step = [float(text.replace("−", "-")) for text in (w, rate, d, x, after)]
    assert step[0] - step[1] * step[2] * step[3] == pytest.approx(step[4], abs=0.0002)


def test_a_long_sum_says_what_it_leaves_out(situation: Any) -> None:
    """Of more than six terms the four largest are shown, and the rest as one number that makes the sum right."""
    told = situation("binary", None)
    W = np.append(np.linspace(-1, 1.1, 9), 0.0)
    text = "".join(span.text for span in texts_of_sum(W, np.full(10, 0.5)))
    assert "(5 more)" in text
    shown = [
        (-1 if s == "−" else 1) * float(w) * float(a) for s, w, a in re.findall(r"([+−]?)\s?([\d.]+)·([\d.]+)", text)
    ]
    sign, rest = re.findall(r"([+−]) ([\d.e−]+) \(5 more\)", text)[0]
    total = sum(shown) + (-1 if sign == "−" else 1) * float(rest.replace("−", "-"))
    assert total == pytest.approx(float((W * 0.5).sum()), abs=0.05)
    assert told.row.loss > 0


def texts_of_sum(left: Any, right: Any) -> Any:
    """The spans of Σ left·right."""
    from ann_viz.explain.spans import sum_of_products

    return sum_of_products(left, right)


def test_both_voices_tell_every_step_in_every_case(situation: Any) -> None:
    """No text names a value that is not there."""
    for task, loss in CASES:
        for right in (True, False):
            told = situation(task, loss, right=None if task == "regression" else right)
            for step in range(1, 6):
                for voice in ("plain", "technical"):
                    sentence = tell(step, told, voice).sentence
                    assert sentence
                    assert "{" not in sentence


def test_wrong_and_right_are_told_apart(situation: Any) -> None:
    """A wrong answer is called wrong."""
    told = situation("binary", None)
    assert "wrong" not in tell(3, told, "plain").sentence
    assert "wrong" in tell(3, replace(told, names=replace(told.names, right=False)), "plain").sentence


def test_losses_that_do_not_exist_are_dashes(situation: Any) -> None:
    """Without rows to measure on, no number is made up."""
    told = situation("binary", None)
    nothing = replace(told.progress, first_loss=math.nan, loss=math.nan, best_loss=math.nan)
    lines = tell(5, replace(told, progress=nothing), "plain").lines
    assert [line.text for line in lines] == ["at the start –  →  epoch 4 –"]


def test_without_hidden_layers_the_step_is_that_of_the_output(situation: Any) -> None:
    """Logistic regression has no blame to pass on, only a step."""
    from ann_viz.engine import Network, NetworkConfig
    from ann_viz.explain import follow

    told = situation("binary", None)
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=(), dtype="float64"))
    row = follow(network, told.row.A[0], told.row.y)
    lines = tell(4, replace(told, network=network, row=row), "plain").lines
    assert [line.label for line in lines] == ["b → A"]


def test_phases_belong_to_steps() -> None:
    """The phases of a batch light up steps 1 to 4 in order."""
    kinds: list[Any] = ["input", "forward", "error", "backward", "update"]
    assert [step_of_phase(Phase(kind)) for kind in kinds] == [1, 2, 3, 4, 4]


@pytest.mark.parametrize("content", ["", "[]", '{"steps": []}', '{"steps": [{"title": {"plain": "a"}}]}'])
def test_a_broken_text_file_is_named(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever edits the texts is told which file can't be read."""
    path = tmp_path / "steps.json"
    path.write_text(content)
    monkeypatch.setattr(texts, "resource", lambda *_: path)
    load_texts.cache_clear()
    with pytest.raises(DataError, match=r"steps\.json"):
        load_texts()
    load_texts.cache_clear()


def test_the_texts_are_five_steps_in_two_voices() -> None:
    """The file that comes with the program is whole."""
    assert len(json.loads((texts.resource("explain", "steps.json")).read_text(encoding="utf-8"))["steps"]) == 5
    assert all(step.title["plain"] and step.title["technical"] for step in load_texts())


@pytest.mark.parametrize("top", [800.0, -800.0, 1e5, 1e30])
def test_shares_of_endless_powers_add_up(top: float) -> None:
    """e^800 is no number: powers are then taken relative to the largest, and the shares are the same."""
    for z in (top, top - 2.0):
        text = share_formula(z, np.array([top, top - 2.0, -1e30]))
        share, total = numbers(text.split("= ")[-2])
        assert share / total == pytest.approx(
            math.exp(z - top) / (1 + math.exp(-2.0 if abs(top) < 1e6 else 0)), abs=0.01
        )
