"""What settings make of the story: no validation rows, class weights, dropout, penalties, a moment in the past."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from ann_viz.engine import LOSSES
from ann_viz.explain import (
    Later,
    Selected,
    Settings,
    follow,
)
from ann_viz.explain.story import tell
from ann_viz.numerals import four_digits

CASES = [(loss.task, loss.name) for loss in LOSSES.values()]


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
