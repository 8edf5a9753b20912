"""The values that the texts of a lesson may name, in one table, as they are written."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from ann_viz.explain.lesson_state import LessonState, since
from ann_viz.explain.printed_formula import change
from ann_viz.numerals import FINE_DECIMALS, NOTHING, count, format_number, percent_fixed, signed, unsigned

__all__ = ["VALUES", "values_of"]


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
    "epochs_done": lambda start, now: format_number(since(start.epoch, now.epoch)),
    "rounds_done": lambda start, now: count(since(start.epoch, now.epoch), "round"),
    "steps_done": lambda start, now: format_number(since(start.step, now.step)),
    "more_steps": lambda start, now: count(since(start.step, now.step), "step"),
    "updates": lambda start, now: count(since(start.step, now.step), "update"),
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
