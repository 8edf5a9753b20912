"""What is told of the five steps, in both voices; that its formulas add up is tested in `test_printed_formulas`."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ann_viz.engine import LOSSES, Network, Phase
from ann_viz.errors import DataError
from ann_viz.explain import (
    follow,
    load_texts,
    texts,
)
from ann_viz.explain.arithmetic import Sum
from ann_viz.explain.judged_row import share_of
from ann_viz.explain.printed_formula import added, sum_of_products, work_out
from ann_viz.explain.story import step_of_phase, tell

CASES = [(loss.task, loss.name) for loss in LOSSES.values()]


def test_an_input_is_told_with_its_numbers(situation: Any) -> None:
    """A number is standardised, and a category lists its zeros and ones."""
    category, number = tell(1, situation("binary", None), "plain").lines
    assert number.text == "42 → (42 − 38) / 6.67 = +0.60"
    assert category.text == "Spain → 0, 1"


def test_every_step_has_its_formulas(situation: Any) -> None:
    """Symbols first, then the numbers of this row."""
    told = situation("binary", None)
    texts = [line.text for step in (2, 3, 4) for line in tell(step, told, "technical").lines]
    assert texts == [
        "z = 0.44·0.19 + 0.90·(−0.22) − 0.73·(−0.14) − 0.21 (bias) = −0.22",
        "ŷ = 1 / (1 + e^0.22) = 0.445  → B 40 %",
        "L = −ln(0.4451) = 0.809",
        "δ = ∂L/∂z = ŷ − y = 0.445 − 1 = −0.555",
        "∂L/∂w = δ·x = −0.4737·0.805 = −0.381",
        "δ = f′(z)·Σ wδ = 0.95·0.899·(−0.555) = −0.474",
    ]


def test_a_long_sum_says_what_it_leaves_out() -> None:
    """Of more than five terms the four largest are shown, the rest is one number, and what is 0 is only counted."""
    terms = sum_of_products(np.append(np.linspace(-1, 1.1, 9), 0.0), np.full(10, 0.5))
    text = "".join(span.text for span in work_out("z", Sum(terms)).spans)
    assert text == "z = −1·0.5 − 0.74·0.5 + 0.84·0.5 + 1.1·0.5 + 0.125 (6 more) = 0.225"
    nothing = sum_of_products(np.ones(3), np.zeros(3))
    assert "".join(span.text for span in work_out("z", added(nothing)).spans) == "z = 0 (3 terms are 0) = 0"


def test_a_share_of_many_classes_names_the_largest(situation: Any) -> None:
    """The neuron's own power of e is always there."""
    lead, share = share_of(np.array([0.5, 2.0, 1.0, -1.0, 0.0, 1.5, -2.0]), 3)
    text = "".join(span.text for span in work_out(lead, share).spans)
    assert text == "ŷ = e^z / Σ e^z = e^−1 / [ e^0.5 + e^2 + e^1 + e^−1 + e^1.5 + 1.14 (2 more) ] = 0.021"


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

    told = situation("binary", None)
    network = Network(NetworkConfig(n_inputs=3, n_outputs=1, hidden=(), dtype="float64"))
    row = follow(network, told.row.A[0], told.row.y)
    lines = tell(4, replace(told, network=network, row=row), "plain").lines
    assert [line.label for line in lines] == ["b → A: this row alone"]


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
def test_shares_of_endless_powers_are_those_of_their_distances(top: float) -> None:
    """e^800 is no number: powers are then taken relative to the largest, and the shares are the same."""
    for z in (top, top - 2.0):
        lead, share = share_of(np.array([top, top - 2.0, -1e30]), int(z != top))
        apart = 2.0 if abs(top) < 1e6 else 0.0
        assert lead == "ŷ = e^(z − max z) / Σ e^(z − max z)"
        expected = math.exp(z - top) / (1 + math.exp(-apart))
        assert float(work_out(lead, share).result) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize(("task", "loss"), CASES)
@pytest.mark.parametrize("size", [1e3, 1e18, 1e30])
def test_huge_weights_are_told_without_an_error(situation: Any, task: str, loss: str, size: float) -> None:
    """After a step that was far too large every step can still be told."""
    told = situation(task, loss, "relu")
    told.network.params[:] *= size
    with np.errstate(all="ignore"):
        row = follow(told.network, told.row.A[0], told.row.y)
    texts = [line.text for step in range(1, 6) for line in tell(step, replace(told, row=row), "technical").lines]
    assert texts and [text for text in texts if "nan" in text.lower()] == []


def test_what_was_missing_of_certainty_is_said(situation: Any) -> None:
    """45 % for the truth is a wrong answer; 60 % is the larger chance of two, or the largest of more."""
    wrong = tell(3, situation("binary", None, right=False, truth="B", certainty="45 %"), "plain").sentence
    assert wrong.startswith("The truth: **B**. It gave that only 45 %, so it is wrong.")
    told = situation("multiclass", None)
    assert "the largest chance, so it is right; the missing 60 % still count as an error" in tell(
        3, told, "plain"
    ).sentence.replace("\N{NO-BREAK SPACE}", " ")
    assert "the larger chance" in tell(3, situation("binary", None), "plain").sentence


def test_one_of_something_is_not_many(situation: Any) -> None:
    """A network of one layer of weights, a batch of one row, an epoch of one row."""
    told = situation("binary", None)
    network = Network(replace(told.network.config, hidden=()))
    row = follow(network, told.row.A[0], told.row.y)
    progress = replace(told.progress, n_train=1, batch_size=1, epoch=1)
    alone = replace(told, network=network, row=row, progress=progress, facts=told.facts[:1])
    sentences = " ".join(tell(step, alone, voice).sentence for step in range(1, 6) for voice in ("plain", "technical"))
    assert "through 1 layer of weights." in sentences
    assert "everything in its 1 column" in sentences
    assert "its 1 training row **once**" in sentences
    assert "the mean over 1 row," in sentences
