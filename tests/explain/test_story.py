"""What is told of the five steps, in both voices; that its formulas add up is tested in `test_printed_formulas`."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ann_viz.data import Dialect, Feature
from ann_viz.engine import LOSSES, Network, Phase
from ann_viz.errors import DataError
from ann_viz.explain import (
    InputFact,
    Later,
    Names,
    RowPass,
    RunProgress,
    Selected,
    Settings,
    Situation,
    follow,
    load_texts,
    texts,
)
from ann_viz.explain.arithmetic import Sum
from ann_viz.explain.encoding import how_encoded
from ann_viz.explain.judged_row import share_of
from ann_viz.explain.printed_formula import added, sum_of_products, work_out
from ann_viz.explain.story import step_of_phase, tell
from ann_viz.numerals import four_digits

CASES = [(loss.task, loss.name) for loss in LOSSES.values()]


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


# What settings make of the story -------------------------------------------------------------------------------------
def test_without_validation_rows_nothing_speaks_of_them(situation: Any) -> None:
    """The error is that of the rows learned from, in both voices."""
    told = situation("binary", None)
    for validated in (True, False):
        progress = replace(told.progress, validated=validated)
        sentences = [tell(5, replace(told, progress=progress), voice).sentence for voice in ("plain", "technical")]
        speaks = "doesn't learn from" in sentences[0], "alidation" in sentences[1]
        assert speaks == (validated, validated)


def test_why_it_stopped_and_which_weights_are_told(situation: Any) -> None:
    """After early stopping the last step says both, and while weights lie within an epoch which."""
    told = situation("binary", None)
    stopped = "Stopped early: no better for 10 epochs. These are the weights of epoch 6 (best) of 16 run."
    for voice in ("plain", "technical"):
        assert stopped in tell(5, replace(told, progress=replace(told.progress, stopped=stopped)), voice).sentence
        within = replace(told.progress, weights="epoch 4 + 3 of 22 batches", is_plain=False)
        assert "(epoch 4 + 3 of 22 batches)" in tell(5, replace(told, progress=within), voice).sentence


def test_a_past_moment_is_told_in_the_past(situation: Any) -> None:
    """What it was then, what it is now, and where the best epoch of the run is found."""
    told = situation("binary", None)
    later = Later(weights="epoch 64", loss=0.425)
    for epoch, begins in ((4, "After epoch 4 it had gone"), (0, "At the start it had gone")):
        then = replace(told.progress, epoch=epoch, weights=f"epoch {epoch}", best_epoch=36, later=later)
        plain, technical = (tell(5, replace(told, progress=then), voice) for voice in ("plain", "technical"))
        assert plain.sentence.startswith(begins)
        assert "had gone from 0.693 to **0.410**; now, epoch 64, it is 0.425." in plain.sentence
        assert "was 0.693 → **0.410**; now, epoch 64, 0.425, lowest 0.400 at epoch 36." in technical.sentence
        loss, best = plain.lines
        assert loss.text == f"at the start 0.693  →  epoch {epoch} 0.410  →  now, epoch 64 0.425"
        assert best.text == "0.400 after epoch 36  the flag on the time bar; Home goes there"
    unvalidated = replace(told, progress=replace(then, validated=False))
    assert "On these rows the error had gone" in tell(5, unvalidated, "plain").sentence


def test_the_totals_of_classes_compete(situation: Any) -> None:
    """Softmax is no output neuron by itself."""
    assert "compete" in tell(2, situation("multiclass", None), "plain").sentence
    assert "compete" in tell(2, situation("multiclass", None), "technical").sentence
    assert "compete" not in tell(2, situation("binary", None), "plain").sentence


def test_how_columns_became_numbers_is_said_of_those_there_are(situation: Any) -> None:
    """Two-valued columns are 0 or 1, not one-hot, and dates are parts; no kind of column is named that isn't there."""
    told = situation("binary", None)
    ways = {way: replace(told.facts[0], way=way) for way in ("standard", "category", "yes_no", "date")}
    only = tell(1, replace(told, facts=(ways["yes_no"],)), "technical").sentence
    assert "Two-valued columns are 0 or 1." in only
    assert "one-hot" not in only
    assert "standardised" not in only
    both = tell(1, replace(told, facts=(ways["date"], ways["standard"], ways["date"])), "technical").sentence
    assert both.count("circle") == 1
    assert "standardised with the mean and spread of 700 training rows" in both


def test_class_weights_are_in_loss_and_slope(situation: Any) -> None:
    """L = k·(−ln ŷ) and δ = k·(ŷ − y), worked out with the numbers on show."""
    told = situation("binary", None)
    row = follow(told.network, told.row.A[0], told.row.y, weight=1.832)
    weighed = replace(told, row=row)
    loss, slope = (line.text for line in tell(3, weighed, "technical").lines)
    k, answer, value = map(float, re.findall(r"L = ([\d.]+)·\(?−ln\(([\d.]+)\)\)? = ([\d.]+)", loss)[0])
    assert k * -math.log(answer) == pytest.approx(value, abs=0.0006)
    assert value == pytest.approx(row.loss, abs=0.0006)
    assert slope.startswith("δ = ∂L/∂z = k·(ŷ − y) = 1.832·(")
    assert "1.832" in tell(3, weighed, "plain").sentence


def test_dropout_is_in_the_story(situation: Any) -> None:
    """In the sampled pass m stands in the formulas and the neurons are counted; the expected pass says what it is."""
    told = situation("binary", None)
    masks = tuple(np.where(np.arange(len(A)) == 1, 0.0, 2.0) for A in told.row.A[1:-1])
    row = follow(told.network, told.row.A[0], told.row.y, masks=masks)
    sampled = replace(told, row=row, settings=Settings(dropout=0.5))
    assert "switched off 2 of 7 hidden neurons; the others count 2 times as much" in tell(2, sampled, "plain").sentence
    for index, factor in ((0, "2·"), (1, "0·")):
        chosen = replace(sampled, selected=Selected(column=1, index=index))
        passed = {line.label: line.text for line in tell(2, chosen, "plain").lines}["passes on"]
        assert passed.startswith(f"a = m·f(z) = {factor}tanh(")
        blame = tell(4, chosen, "technical").lines[-1].text
        assert blame.startswith(f"δ = m·f′(z)·Σ wδ = {factor}")
    expected = replace(told, settings=Settings(dropout=0.5))
    assert "all take part" in tell(2, expected, "plain").sentence


def test_penalties_and_clipping_are_named(situation: Any) -> None:
    """They come to the gradient of rows that are learned from."""
    told = replace(situation("binary", None), settings=Settings(penalties="L1 0.01, L2 0.1", clip_norm=0.5))
    assert "L1 0.01, L2 0.1" in tell(4, told, "plain").sentence
    assert "longer than 0.5 is clipped" in tell(4, told, "technical").sentence
    assert "L2" not in tell(4, replace(told, part="test"), "technical").sentence


def test_on_the_way_there_is_no_answer(situation: Any) -> None:
    """In the middle of a batch's way forward what has been reached is told; behind it stands "not yet"."""
    under_way = replace(situation("multiclass", None), n_sent=1)
    for voice in ("plain", "technical"):
        told = tell(2, under_way, voice)
        assert under_way.names.answer not in told.sentence
        assert told.lines[0].label.startswith("layer 1, neuron ")
    assert "no answer yet" in tell(2, under_way, "plain").sentence
    later = tell(2, replace(under_way, selected=Selected(column=2, index=0)), "plain").lines
    assert [line.text for line in later] == ["not yet"]


@pytest.mark.parametrize(("task", "loss"), CASES)
def test_the_sentence_has_the_numbers_of_the_formulas(situation: Any, task: str, loss: str) -> None:
    """The error in the sentence is the one below it, and a number is off by what lies between the two as written."""
    told = situation(task, loss)
    cost, slope = tell(3, told, "technical").lines
    sentence = tell(3, told, "technical").sentence
    assert f"L = {cost.text.rpartition('= ')[2]}**" in sentence
    if task != "multiclass":
        assert f"∂L/∂z = {slope.text.rpartition('= ')[2]}**" in sentence
    if task == "regression":
        written = [four_digits(float(value) * 20 + 100) for value in (told.row.A[-1][0], told.row.y[0])]
        miss = abs(Decimal(written[0]) - Decimal(written[1]))
        assert f"off by {miss}." in sentence
