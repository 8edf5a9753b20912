"""Schedules of the learning rate, one row each: what share of it is left as the epochs pass."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ann_viz.engine.choices import Choice, table
from ann_viz.translation import translatable

__all__ = ["SCHEDULES", "Elapsed", "Schedule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Elapsed:
    """How far a run is, as a schedule sees it.

    Parameters
    ----------
    epoch, epochs : int
        Completed epochs t, of T to do; T = 0 means no limit.
    every : int
        Epochs between two drops, s.
    factor : float
        What a drop multiplies the rate by, γ.
    plateaus : int
        How often the loss has stood still for s epochs, p.
    """

    epoch: int
    epochs: int
    every: int
    factor: float
    plateaus: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule(Choice):
    """One schedule.

    Parameters
    ----------
    share : callable
        Gives what the learning rate is multiplied by.
    drops : bool
        Whether the settings of a drop have an effect.
    waits : bool
        Whether a drop comes when the loss stands still; only then is that counted.
    """

    share: Callable[[Elapsed], float]
    drops: bool = False
    waits: bool = False


def _constant(_now: Elapsed) -> float:
    """η(t) = η."""
    return 1.0


def _step(now: Elapsed) -> float:
    """η(t) = η·γ^⌊t / s⌋ (``torch.optim.lr_scheduler.StepLR``)."""
    return float(now.factor ** (now.epoch // now.every))


def _cosine(now: Elapsed) -> float:
    """η(t) = η·½·(1 + cos(π·t / T)) (Loshchilov & Hutter 2017, eq. 5 without restarts); constant without limit."""
    if now.epochs == 0:
        return 1.0
    return 0.5 * (1 + math.cos(math.pi * min(now.epoch, now.epochs) / now.epochs))


def _plateau(now: Elapsed) -> float:
    """η(t) = η·γ^p (``torch.optim.lr_scheduler.ReduceLROnPlateau``)."""
    return float(now.factor**now.plateaus)


SCHEDULES: Final[Mapping[str, Schedule]] = table(
    Schedule(name="constant", label=translatable("Constant"), share=_constant),
    Schedule(name="step", label=translatable("In steps"), share=_step, drops=True),
    Schedule(name="cosine", label=translatable("Cosine"), share=_cosine),
    Schedule(name="plateau", label=translatable("On a plateau"), share=_plateau, drops=True, waits=True),
)
