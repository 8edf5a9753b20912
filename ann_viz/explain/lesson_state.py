"""What a lesson may know of the window at one moment; expectations and the values of texts are read from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

__all__ = ["LessonState", "since"]


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
        Texts of the shown row and the document: see `lesson_values.VALUES`.
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


def since(start: int, now: int) -> int:
    """Return how much was done since the step began, also when the network went back to its start meanwhile."""
    return now - start if now >= start else now
