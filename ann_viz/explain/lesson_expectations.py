"""What a lesson can ask its reader to do, in one table, and whether it has been done."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from ann_viz.engine import MOST_HIDDEN_LAYERS
from ann_viz.explain.lesson import LINES, LessonStep
from ann_viz.explain.lesson_state import LessonState, since

__all__ = ["EXPECTATIONS", "Expectation", "has_left", "is_met", "is_tried"]


@dataclass(frozen=True, slots=True)
class Expectation:
    """Something a reader can be asked to do.

    Parameters
    ----------
    met : callable
        Gets the value of the step, the state when the step began and the state now.
    allowed : tuple, optional
        Values to choose from; empty where it is a number or nothing.
    smallest, largest : float
        Bounds of a number.
    whole : bool
        Whether the number is a whole one.
    tried : callable, optional
        Whether the reader has done something of the kind that was asked for, though perhaps not the right one; gets
        the value and both states like `met`.
    """

    met: Callable[[Any, LessonState, LessonState], bool]
    allowed: tuple[str, ...] = ()
    smallest: float = math.nan
    largest: float = math.nan
    whole: bool = True
    tried: Callable[[Any, LessonState, LessonState], bool] = lambda _value, _start, _now: False

    @property
    def takes_number(self) -> bool:
        """Whether it needs a number."""
        return not math.isnan(self.smallest)


def _is_selected(value: str, now: LessonState) -> bool:
    if value == "any":
        return bool(now.selected)
    return now.is_category if value == "category" else now.selected == value


def _same_weight(start: LessonState, now: LessonState) -> bool:
    """Whether the weight or bias in hand is the one that was when the step began."""
    return now.place == start.place and math.isfinite(now.weight) and math.isfinite(start.weight)


def _was_edited(_value: object, start: LessonState, now: LessonState) -> bool:
    return now.manual_edits != start.manual_edits


NEARLY: Final = 0.05
"""A weight that is asked to be larger by one may be so by 0.95: a ball that is dragged stops somewhere."""

EXPECTATIONS: Final[dict[str, Expectation]] = {
    "next": Expectation(lambda _value, _start, _now: True),
    "loaded": Expectation(lambda _value, _start, now: bool(now.file)),
    "row_changed": Expectation(lambda _value, start, now: now.row != start.row),
    "wrong_row": Expectation(lambda _value, _start, now: now.right is False),
    "selected": Expectation(
        lambda value, _start, now: _is_selected(value, now),
        allowed=("any", "input", "category", "hidden", "output", "connection"),
        tried=lambda _value, start, now: bool(now.selected) and now.place != start.place,
    ),
    "told": Expectation(lambda value, _start, now: now.told == value, smallest=1, largest=5),
    "phase": Expectation(
        lambda value, _start, now: now.phase == value, allowed=("input", "forward", "error", "backward", "update")
    ),
    "epochs": Expectation(lambda value, start, now: since(start.epoch, now.epoch) >= value, smallest=1, largest=10_000),
    "steps": Expectation(lambda value, start, now: since(start.step, now.step) >= value, smallest=1, largest=10_000),
    "training": Expectation(lambda _value, _start, now: now.running),
    "looked_back": Expectation(lambda _value, _start, now: now.looking_back),
    "paused": Expectation(lambda _value, _start, now: not now.running and now.step > 0),
    "weight_set": Expectation(_was_edited),
    "weight_raised": Expectation(
        lambda value, start, now: _same_weight(start, now) and now.weight - start.weight >= value - NEARLY,
        smallest=0.0,
        largest=100.0,
        whole=False,
        tried=_was_edited,
    ),
    "weight_below_first": Expectation(
        lambda _value, start, now: _same_weight(start, now) and now.weight < now.first_weight, tried=_was_edited
    ),
    "descended": Expectation(
        lambda value, start, now: since(start.step, now.step) >= value and now.slope_loss < start.slope_loss,
        smallest=1,
        largest=10_000,
        tried=lambda value, start, now: since(start.step, now.step) >= value,
    ),
    "row_trained": Expectation(lambda _value, start, now: now.row_steps > start.row_steps),
    "loss_below_start": Expectation(lambda _value, start, now: now.loss < start.loss),
    "loss_above_start": Expectation(lambda _value, start, now: now.loss > start.loss),
    "accuracy": Expectation(lambda value, _start, now: now.accuracy >= value, smallest=0.0, largest=1.0, whole=False),
    "layers": Expectation(lambda value, _start, now: now.layers == value, smallest=0, largest=MOST_HIDDEN_LAYERS),
    "lines": Expectation(lambda value, _start, now: now.lines == value, allowed=LINES),
    "voice": Expectation(lambda value, _start, now: now.voice == value, allowed=("plain", "technical")),
    "voice_changed": Expectation(lambda _value, start, now: now.voice != start.voice),
    "rate_changed": Expectation(lambda _value, start, now: now.learning_rate != start.learning_rate),
    "lands": Expectation(
        lambda value, _start, now: now.landing < now.slope_loss if value == "lower" else now.landing > now.slope_loss,
        allowed=("lower", "higher"),
    ),
    "compared": Expectation(lambda value, _start, now: now.compared >= value, smallest=1, largest=10_000),
    "answered": Expectation(lambda _value, _start, now: now.answer is not None),
}


def is_met(step: LessonStep, start: LessonState, now: LessonState) -> bool:
    """Return whether the reader has done what a step asks.

    Parameters
    ----------
    step : LessonStep
        Of the lesson.
    start : LessonState
        When the step began.
    now : LessonState
        Now.
    """
    return EXPECTATIONS[step.expect].met(step.value, start, now)


def is_tried(step: LessonStep, start: LessonState, now: LessonState) -> bool:
    """Return whether the reader has done something of the kind that a step asks, but not that; as `is_met`."""
    expectation = EXPECTATIONS[step.expect]
    return expectation.tried(step.value, start, now) and not expectation.met(step.value, start, now)


def has_left(step: LessonStep, start: LessonState, now: LessonState) -> bool:
    """Return whether data or network have become others than a step speaks of; as `is_met`."""
    if step.expect == "loaded" or not start.file:
        return False
    if now.file != start.file:
        return True
    return step.expect != "layers" and now.shape != start.shape and now.shape[1:-1] != start.shape[1:-1]
