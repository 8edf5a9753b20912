"""Paces of training."""

from __future__ import annotations

import math

import pytest

from ann_viz.errors import ConfigError
from ann_viz.session import Speed


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
