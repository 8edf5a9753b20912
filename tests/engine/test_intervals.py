"""Intervals have the true value as often as they say, and are those of the literature."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ann_viz.engine.intervals import bootstrap_mean, chance_of_wins, spread, wilson


def test_wilson_is_that_of_the_literature() -> None:
    """Newcombe (1998), Statistics in Medicine 17, p. 857, table I, method 3."""
    for n_right, n, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611)):
        found = wilson(n_right, n)
        assert (found.value, round(found.low, 4), round(found.high, 4)) == (n_right / n, low, high)


@pytest.mark.parametrize("n", [60, 20_000])
def test_the_mean_of_errors_is_inside_nineteen_times_of_twenty(n: int) -> None:
    """For a skewed distribution, in small samples by resampling and in large ones by the normal distribution."""
    rng, inside = np.random.default_rng(5), 0
    for _ in range(20):
        found = bootstrap_mean(rng.exponential(2.0, n))
        inside += found.low <= 2.0 <= found.high
    assert 17 <= inside <= 20


def test_no_rows_have_no_score() -> None:
    assert all(map(math.isnan, (*wilson(0, 0), *bootstrap_mean(np.empty(0)))))


def test_the_same_rows_have_the_same_interval() -> None:
    values = np.random.default_rng(1).random(50)
    assert bootstrap_mean(values) == bootstrap_mean(values)


@pytest.mark.parametrize(
    "values", [[0.5], [math.nan, math.nan], [0.5, math.nan], [1.0, math.inf], [-math.inf, -math.inf]]
)
def test_what_has_no_spread_says_so(values: list[float]) -> None:
    """A loss that overflowed, the AUC of rows of one class: no number, and nothing is raised."""
    assert math.isnan(spread(values)) and spread([1.0, 3.0]) == pytest.approx(math.sqrt(2))


def test_wins_of_equals_are_those_of_a_coin() -> None:
    """Five heads of five are one of 32 ways, four or five of five are six."""
    assert [chance_of_wins(wins, 5) for wins in (5, 4, 0)] == [1 / 32, 6 / 32, 1.0]
