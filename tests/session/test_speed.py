"""Paces of training."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ann_viz.errors import ConfigError
from ann_viz.session import Speed
from ann_viz.session.speed import position_of, speed_at, speed_words


def test_interval_is_the_time_between_two_moves() -> None:
    # Intention: a pace is given per second and waited for in seconds; flat out waits for nothing.
    assert Speed("step", 4).interval_s == 0.25
    assert Speed("phase", 0.5).interval_s == 2
    assert Speed().interval_s == Speed("max", 7).interval_s == 0


@pytest.mark.parametrize(
    ("kind", "rate"), [("hop", 1), ("step", 0), ("step", -1), ("phase", math.nan), ("step", math.inf)]
)
def test_impossible_paces_are_refused(kind: str, rate: float) -> None:
    # Intention: a pace that could never be kept is a ConfigError, not an endless wait.
    with pytest.raises(ConfigError):
        Speed(kind, rate)  # type: ignore[arg-type]  # on purpose


def test_the_speed_slider_goes_from_phases_to_no_limit() -> None:
    """Ends and middle say what they do."""
    assert speed_words(speed_at(0), 219) == "one phase at a time"
    assert speed_at(1).per_second == 1.0
    assert speed_words(speed_at(1), 219) == "1 step / s"
    assert speed_at(99).per_second == pytest.approx(10_000)
    assert speed_at(100).kind == "max" and math.isinf(speed_at(100).per_second)
    assert speed_words(speed_at(position_of(876)), 219) == "4 epochs / s"


@given(st.integers(1, 99))
def test_a_position_finds_its_way_back(position: int) -> None:
    """Position → speed → position is the identity."""
    assert position_of(speed_at(position).per_second) == position


def test_how_many_steps_a_second_a_speed_lets_through() -> None:
    """As many as it says, without a limit flat out; phase by phase there is no such number."""
    assert Speed(kind="step", per_second=12.0).steps_per_second == 12.0
    assert Speed(kind="max", per_second=5.0).steps_per_second == math.inf
    assert Speed(kind="phase", per_second=1.5).steps_per_second is None
