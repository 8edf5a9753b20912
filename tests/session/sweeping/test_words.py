"""What is said of a sweep is what its numbers bear out."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from ann_viz.engine import LayerConfig, NetworkConfig, TrainConfig
from ann_viz.session.sweeping.mattered import what_mattered
from ann_viz.session.sweeping.measures import score_text
from ann_viz.session.sweeping.plan import Plan, Span
from ann_viz.session.sweeping.ranking import RunScore
from ann_viz.session.sweeping.spaces import measures_of, rates_around, usual_space
from ann_viz.session.sweeping.task import ModelName, Result, Settings, Task
from ann_viz.session.sweeping.words import against_baselines, settings_words, time_words, verdict


def run(losses: Sequence[float], settings: Settings = (("hidden", (4,)),), model: ModelName = "network") -> RunScore:
    results = tuple(
        Result(task=Task(settings=settings, seed=seed, model=model), scores=(("loss", loss),))
        if math.isfinite(loss)
        else Result(task=Task(settings=settings, seed=seed), failed="It exploded.")
        for seed, loss in enumerate(losses)
    )
    return RunScore(settings=settings, results=results, measure="loss")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(2, "5 s"), (38, "40 s"), (52, "1 min"), (130, "2 min"), (5400, "90 min"), (9000, "2 h"), (math.nan, "")],
)
def test_times_are_as_rough_as_they_are_known(seconds: float, text: str) -> None:
    """Seconds by fives, then minutes, then hours."""
    assert time_words(seconds) == text


@pytest.mark.parametrize(
    ("value", "measure", "text"),
    [(0.33219, "loss", "0.3322"), (5.12345, "loss", "5.123"), (85.52, "rmse", "85.52"), (51234.5, "rmse", "51,234")],
)
def test_scores_have_the_digits_that_tell_runs_apart(value: float, measure: str, text: str) -> None:
    """Four of them; a spread as many decimals as its mean; a share three."""
    assert score_text(value, measure) == text
    assert score_text(0.002, "loss", 0.3322) == "0.0020"
    assert score_text(0.87899, "auc") == "0.879"


def test_few_seeds_are_too_few() -> None:
    """A lead is called clear only where luck hardly makes it."""
    better, worse = run([0.3] * 5), run([0.31] * 5)
    bold, rest = verdict([better, worse], is_higher_better=False)
    assert bold == "Row 1 is ahead of row 2 with 5 of 5 seeds," and rest == "on average by 0.0100. That is hardly luck."
    assert "More seeds would tell" in verdict([run([0.3] * 4), run([0.31] * 4)], is_higher_better=False)[1]
    split = run([0.3, 0.32, 0.3, 0.3])
    assert "too close to call" in verdict([split, run([0.31] * 4)], is_higher_better=False)[1]
    assert "luck is not ruled out" in verdict([run([0.3]), run([0.31])], is_higher_better=False)[1]
    assert verdict([better], is_higher_better=False) == verdict([better, run([math.inf])], is_higher_better=False)


def test_would_something_simpler_do() -> None:
    """Ahead with every seed, ahead with too few, or not."""
    linear = run([0.35] * 5, model="linear")
    assert "ahead of all" in against_baselines([run([0.3] * 5)], [linear], is_higher_better=False)
    assert "more seeds" in against_baselines([run([0.3] * 3)], [linear], is_higher_better=False)
    assert "would that do?" in against_baselines([run([0.34, 0.36] * 2)], [linear], is_higher_better=False)
    assert "does better" in against_baselines([run([0.4] * 5)], [linear], is_higher_better=False)
    guessing = run([0.5], model="guessing")
    assert "Guessing comes to 0.5000" in against_baselines([run([0.3] * 5)], [guessing], is_higher_better=False)
    assert against_baselines([run([math.inf])], [linear], is_higher_better=False) == ""


def test_settings_have_words() -> None:
    """As they are written beside a run that is opened."""
    assert settings_words((("hidden", (12, 6)), ("batch_size", 0))) == "Hidden layers 12 · 6, Batch all"
    assert settings_words((("hidden", ()), ("activation", "gelu"))) == "Hidden layers none, Activation GELU"


def test_what_made_the_difference_is_found() -> None:
    """A rate that decides everything by a valley, layers that decide nothing; chance counts for little."""
    plan = Plan(space=(("hidden", ((4,), (8,))), ("learning_rate", Span(1e-4, 1.0))), runs=40)
    rng = np.random.default_rng(0)
    runs = []
    for settings in plan.candidates():
        rate = dict(settings)["learning_rate"]
        assert isinstance(rate, float)
        runs.append(run([(math.log10(rate) + 2) ** 2 + 0.05 * rng.normal()] * 2, settings))
    (first, share), (second, little) = what_mattered(runs)
    assert first == "learning_rate" and share > 0.95
    assert second == "hidden" and little < 0.1
    assert what_mattered(runs[:11]) == []


def test_a_setting_with_steps_explains_what_it_decides() -> None:
    """Worked out by hand: two of three values differ, nothing else does."""
    means = {(4,): 0.5, (8,): 0.3, (16,): 0.3}
    runs = [
        run([means[size] + 0.01 * k], (("hidden", size), ("l2", 0.1 * (k % 2)))) for size in means for k in range(4)
    ]
    shares = dict(what_mattered(runs))
    values = np.array([each.mean() for each in runs])
    within = sum(((values[start : start + 4] - values[start : start + 4].mean()) ** 2).sum() for start in (0, 4, 8))
    expected = 1 - within / ((values - values.mean()) ** 2).sum() * 11 / 9
    assert shares["hidden"] == pytest.approx(expected) and shares["l2"] < 0.05


def test_what_is_usual_goes_around_what_stands() -> None:
    """The layers that stand are tried, and rates on both sides of the one that stands."""
    network = NetworkConfig(n_inputs=3, n_outputs=1, hidden=(LayerConfig(neurons=7),))
    space = dict(usual_space(network, TrainConfig(learning_rate=0.01)))
    assert (7,) in space["hidden"]  # type: ignore[operator]
    assert space["learning_rate"] == Span(0.0007, 0.1) == rates_around(0.01)
    wide = NetworkConfig(n_inputs=3, n_outputs=1, hidden=(LayerConfig(neurons=64), LayerConfig(neurons=32)))
    layers = dict(usual_space(wide, TrainConfig()))["hidden"]
    assert (64, 32) in layers and (4,) not in layers  # type: ignore[operator]
    assert rates_around(1e-7).low == 1e-4 and rates_around(50).high == 1.0
    assert measures_of("regression") == ("loss", "rmse") and measures_of("binary")[0] == "loss"
