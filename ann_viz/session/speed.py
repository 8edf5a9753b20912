"""How fast training goes on screen: so many phases or steps a second, or as fast as the machine can."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal, get_args

from ann_viz.errors import ConfigError
from ann_viz.numerals import counted
from ann_viz.translation import translate

__all__ = ["FASTEST_POSITION", "Speed", "SpeedKind", "position_of", "speed_at", "speed_words"]

FASTEST_POSITION: Final = 100
"""The end of the speed slider: flat out."""

MAX_STEPS_PER_SECOND: Final = 10_000.0
PHASES_PER_SECOND: Final = 1.5
SpeedKind = Literal["phase", "step", "max"]


@dataclass(frozen=True, slots=True)
class Speed:
    """A pace of training.

    Parameters
    ----------
    kind : {"phase", "step", "max"}
        What is counted: phases of a batch, optimiser steps, or nothing (flat out).
    per_second : float
        Phases or steps per second, above 0; ignored flat out.
    """

    kind: SpeedKind = "max"
    per_second: float = math.inf

    def __post_init__(self) -> None:
        if self.kind not in get_args(SpeedKind):
            raise ConfigError(f"speed can't be {self.kind!r}. Choose phase, step or max.", field="speed")
        if not self.per_second > 0 or (self.kind != "max" and math.isinf(self.per_second)):
            raise ConfigError("speed must be a number per second above 0.", field="speed")

    @property
    def interval_s(self) -> float:
        """Seconds between two moves; 0 flat out."""
        return 0.0 if self.kind == "max" else 1.0 / self.per_second

    @property
    def steps_per_second(self) -> float | None:
        """How many optimiser steps are made in a second: no limit flat out, None where training stops at each phase."""
        return {"phase": None, "step": self.per_second, "max": math.inf}[self.kind]


def speed_at(position: int) -> Speed:
    """Return the speed of a slider position, 0 to 100: phases, then 1 to 10,000 steps a second (log), then no limit."""
    if position <= 0:
        return Speed(kind="phase", per_second=PHASES_PER_SECOND)
    if position >= FASTEST_POSITION:
        return Speed(kind="max", per_second=math.inf)
    return Speed(kind="step", per_second=MAX_STEPS_PER_SECOND ** ((position - 1) / (FASTEST_POSITION - 2)))


def position_of(steps_per_second: float) -> int:
    """Return the slider position nearest to a number of steps a second."""
    rate = min(max(steps_per_second, 1.0), MAX_STEPS_PER_SECOND)
    return 1 + round(math.log(rate, MAX_STEPS_PER_SECOND) * (FASTEST_POSITION - 2))


def speed_words(speed: Speed, steps_per_epoch: int) -> str:
    """Return a speed in words: "4 epochs / s"."""
    if speed.kind == "phase":
        return translate("one phase at a time")
    if speed.kind == "max":
        return translate("as fast as it can")
    epochs = speed.per_second / max(steps_per_epoch, 1)
    if epochs >= 1:
        return counted("{n} epoch / s", "{n} epochs / s", round(epochs))
    return counted("{n} step / s", "{n} steps / s", round(speed.per_second))
