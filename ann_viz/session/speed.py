"""How fast training goes on screen: so many phases or steps a second, or as fast as the machine can."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

from ann_viz.errors import ConfigError

__all__ = ["Speed", "SpeedKind"]

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
