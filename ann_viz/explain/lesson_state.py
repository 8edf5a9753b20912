"""What a lesson may know of the window, when an expectation is met, and the values its texts may name."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from ann_viz.engine import MOST_HIDDEN_LAYERS
from ann_viz.explain.lesson import LINES, LessonStep
from ann_viz.explain.printed_formula import change
from ann_viz.numerals import FINE_DECIMALS, NOTHING, count, format_number, percent_fixed, signed, unsigned

__all__ = ["EXPECTATIONS", "VALUES", "Expectation", "LessonState", "has_left", "is_met", "is_tried", "values_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonState:
    """The window at one moment, as far as lessons ask.

    Losses and accuracies are those of the validation rows (of the training rows where none are kept back), NaN where
    there are none. What has no value is None, NaN or empty.

    Parameters
    ----------
    file : str
        Name of the open data; empty without.
    row : int
        Row that is shown, counted from 0.
    right : bool or None
        Whether the network's answer for it is the truth.
    selected, selected_name : str
        "input", "hidden", "output", "connection" or empty; and what it is called.
    place : tuple of int
        Which circle or line that is; empty for none.
    is_category : bool
        Whether it is the circle of one category of a column.
    told : int
        Step on show in the Explain panel.
    phase : str
        The phase just done while a batch is under way.
    running : bool
        Whether the network learns now.
    epoch, step : int
        Epochs completed and updates made.
    layers : int
        Hidden layers.
    shape : tuple of int
        Neurons of all layers.
    learning_rate : float
        Of the settings.
    loss, first_loss, accuracy, guess : float
        Now; untrained; now; of always giving the commonest answer.
    train_loss, best_loss : float
        Now on the training rows; the lowest so far, at the end of `best_epoch`.
    best_epoch : int
        Which epoch had it.
    other_loss : float
        The lowest loss of the run before this one.
    row_steps : int
        Steps done on a single row.
    looking_back : bool
        Whether an earlier epoch is on show.
    row_loss : float
        Error of the shown row alone.
    manual_edits : tuple
        Every weight set by hand, with its value.
    weight, gradient : float
        Of the selected connection, or the bias of the selected neuron; the gradient is that of the shown row.
    first_weight : float
        That weight before it was first set by hand in this run.
    loss_name : str
        What the loss is called.
    lines, voice : str
        What the lines show; "plain" or "technical".
    answer : int or None
        Choice of the reader in this step.
    landing : float
        Loss where the step on the slope page would end, and `slope_loss` where it begins.
    compared : int
        Epochs that both networks of the comparison have done.
    without, with_layer : float
        Accuracy of the two.
    words : mapping
        Texts of the shown row and the document: see `VALUES`.
    """

    file: str = ""
    row: int = 0
    right: bool | None = None
    selected: str = ""
    selected_name: str = ""
    place: tuple[int, ...] = ()
    is_category: bool = False
    told: int = 0
    phase: str = ""
    running: bool = False
    epoch: int = 0
    step: int = 0
    layers: int = 0
    shape: tuple[int, ...] = ()
    learning_rate: float = math.nan
    loss: float = math.nan
    first_loss: float = math.nan
    accuracy: float = math.nan
    guess: float = math.nan
    train_loss: float = math.nan
    best_loss: float = math.nan
    best_epoch: int = 0
    other_loss: float = math.nan
    row_steps: int = 0
    looking_back: bool = False
    row_loss: float = math.nan
    manual_edits: tuple[Any, ...] = ()
    weight: float = math.nan
    gradient: float = math.nan
    first_weight: float = math.nan
    loss_name: str = ""
    lines: str = "weights"
    voice: str = "plain"
    answer: int | None = None
    slope_loss: float = math.nan
    landing: float = math.nan
    compared: int = 0
    without: float = math.nan
    with_layer: float = math.nan
    words: dict[str, str] | None = None


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


def _since(start: int, now: int) -> int:
    """How much was done since the step began, also when the network went back to its start meanwhile."""
    return now - start if now >= start else now


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
    "epochs": Expectation(
        lambda value, start, now: _since(start.epoch, now.epoch) >= value, smallest=1, largest=10_000
    ),
    "steps": Expectation(lambda value, start, now: _since(start.step, now.step) >= value, smallest=1, largest=10_000),
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
        lambda value, start, now: _since(start.step, now.step) >= value and now.slope_loss < start.slope_loss,
        smallest=1,
        largest=10_000,
        tried=lambda value, start, now: _since(start.step, now.step) >= value,
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


def _fine(value: float) -> str:
    return unsigned(value, FINE_DECIMALS) if math.isfinite(value) else NOTHING


def _compared(before: float, after: float) -> tuple[str, str, str]:
    """What was, what is and the difference, which follows from the two as they are written."""
    if math.isfinite(before) and math.isfinite(after):
        return change(before, after)
    return _fine(before), _fine(after), NOTHING


def _change(value: float) -> str:
    return signed(value, FINE_DECIMALS) if math.isfinite(value) else NOTHING


def _share(value: float) -> str:
    return percent_fixed(value) if math.isfinite(value) else NOTHING


Value = Callable[[LessonState, LessonState], str]

_WORDS: Final = (
    "row", "target", "answer", "truth", "certainty", "optimizer", "n_rows", "n_columns", "n_inputs", "n_train",
    "n_validation", "n_parameters", "n_hidden", "batch_size", "n_batches", "input", "input_raw", "input_number",
    "input_way",
)  # fmt: skip


def _word(name: str) -> Value:
    return lambda _start, now: (now.words or {}).get(name) or NOTHING


VALUES: Final[dict[str, Value]] = {
    **{name: _word(name) for name in _WORDS},
    "file": lambda _start, now: now.file or NOTHING,
    "epoch": lambda _start, now: format_number(now.epoch),
    "rounds": lambda _start, now: count(now.epoch, "round"),
    "epochs_done": lambda start, now: format_number(_since(start.epoch, now.epoch)),
    "rounds_done": lambda start, now: count(_since(start.epoch, now.epoch), "round"),
    "steps_done": lambda start, now: format_number(_since(start.step, now.step)),
    "more_steps": lambda start, now: count(_since(start.step, now.step), "step"),
    "updates": lambda start, now: count(_since(start.step, now.step), "update"),
    "layers": lambda _start, now: format_number(now.layers),
    "train_loss": lambda _start, now: _fine(now.train_loss),
    "best_loss": lambda _start, now: _fine(now.best_loss),
    "best_epoch": lambda _start, now: format_number(now.best_epoch),
    "other_loss": lambda _start, now: _fine(now.other_loss),
    "loss_name": lambda _start, now: now.loss_name or NOTHING,
    "learning_rate": lambda _start, now: (
        format_number(now.learning_rate, ".2g") if math.isfinite(now.learning_rate) else NOTHING
    ),
    "loss": lambda start, now: _compared(start.loss, now.loss)[1],
    "start_loss": lambda start, now: _compared(start.loss, now.loss)[0],
    "loss_change": lambda start, now: _compared(start.loss, now.loss)[2],
    "first_loss": lambda _start, now: _fine(now.first_loss),
    "accuracy": lambda _start, now: _share(now.accuracy),
    "start_accuracy": lambda start, _now: _share(start.accuracy),
    "guess": lambda _start, now: _share(now.guess),
    "row_loss": lambda _start, now: _fine(now.row_loss),
    "start_row_loss": lambda start, _now: _fine(start.row_loss),
    "start_answer": lambda start, _now: (start.words or {}).get("answer") or NOTHING,
    "selected": lambda _start, now: now.selected_name or NOTHING,
    "weight": lambda start, now: _compared(start.weight, now.weight)[1],
    "start_weight": lambda start, now: _compared(start.weight, now.weight)[0],
    "weight_change": lambda start, now: _compared(start.weight, now.weight)[2],
    "gradient": lambda _start, now: _change(now.gradient),
    "slope_loss": lambda _start, now: _compared(now.slope_loss, now.landing)[0],
    "start_slope_loss": lambda start, _now: _fine(start.slope_loss),
    "first_weight": lambda _start, now: _fine(now.first_weight),
    "landing": lambda _start, now: _compared(now.slope_loss, now.landing)[1],
    "compared_rounds": lambda _start, now: count(now.compared, "round"),
    "compared": lambda _start, now: format_number(now.compared),
    "without": lambda _start, now: _share(now.without),
    "with": lambda _start, now: _share(now.with_layer),
}
"""How every name that a text may contain is filled."""


def values_of(start: LessonState, now: LessonState) -> dict[str, str]:
    """Return all values that texts may name, as they are written."""
    return {name: value(start, now) for name, value in VALUES.items()}
