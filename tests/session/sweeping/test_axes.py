"""The axes of a sweep: settings by what was tried, scores with better up, and far-off runs at the bottom."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ann_viz.session.sweeping.axes import SCORE, axes_of, filter_words
from ann_viz.session.sweeping.plan import Plan, Span
from ann_viz.session.sweeping.ranking import RunScore
from ann_viz.session.sweeping.task import Result, Task

PLAN = Plan(
    space=(("learning_rate", Span(0.001, 0.1)), ("hidden", ((6, 6), (4,))), ("batch_size", (0, 64, 16))), seeds=2
)


def run(rate: float, hidden: tuple[int, ...], batch: int, loss: float) -> RunScore:
    settings = (("learning_rate", rate), ("hidden", hidden), ("batch_size", batch))
    scores = (("loss", loss),) if math.isfinite(loss) else ()
    results = tuple(Result(task=Task(settings=settings, seed=seed), scores=scores) for seed in range(2))
    return RunScore(settings=settings, results=results, measure="loss")


RUNS = (
    run(0.01, (4,), 0, 0.30),
    run(0.001, (6, 6), 16, 0.31),
    run(0.1, (4,), 64, 0.32),
    run(0.02, (4,), 64, 0.90),
    run(0.02, (4,), 64, math.inf),
)


def test_an_axis_for_each_setting_and_the_score_last() -> None:
    """Rates over powers; layers as they were given; batches by size, all rows at the top."""
    rate, hidden, batch, score = axes_of(PLAN, RUNS)
    assert rate.places[:3].tolist() == pytest.approx([0.5, 0.0, 1.0]) and rate.ticks[0] == (0.0, "0.001")
    assert hidden.bands == ("6 · 6", "4") and batch.bands == ("16", "64", "all")
    assert hidden.places[1] < 0.5 < hidden.places[0] and batch.places[0] > batch.places[2] > batch.places[1]
    assert score.name == SCORE and score.title == "Validation loss" and score.subtitle == "mean of 2 seeds"


def test_better_is_up_and_what_is_far_off_at_the_bottom() -> None:
    """A single bad run does not press the good ones together; one that exploded has no place."""
    score = axes_of(PLAN, RUNS)[-1]
    assert 0.9 < score.places[0] < 1.0
    assert score.places[0] > score.places[1] > score.places[2] > 0.2 and score.places[3] == 0.0
    assert np.isnan(score.places[4]) and score.texts[4] == "–" and score.texts[0] == "0.3000"


def test_before_anything_is_done() -> None:
    """No run, or none that went well: the axes are there."""
    assert [len(axis.places) for axis in axes_of(PLAN, ())] == [0, 0, 0, 0]
    only = axes_of(PLAN, RUNS[4:])[-1]
    assert np.isnan(only.places).all() and only.ticks == ()
    assert axes_of(PLAN, RUNS[:1])[-1].places[0] > 0.9


def test_what_a_filter_lets_through() -> None:
    """In the words of its axis; a loss goes down as its axis goes up."""
    rate, hidden, _, score = axes_of(PLAN, RUNS)
    assert filter_words(rate, 0.0, 0.5) == "Learning rate 0.001 – 0.01"
    assert filter_words(hidden, 0.0, 0.3) == "Hidden layers 6 · 6"
    low, high = filter_words(score, 0.0, 1.0).removeprefix("Validation loss ").split(" – ")
    assert float(low) < float(high)
