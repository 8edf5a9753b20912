"""One situation: a table, settings, the cause behind its trouble, and a repair that cures it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from coach_cases.rows import Rows

__all__ = ["CAUSES", "Situation", "layers"]

CAUSES = tuple(
    [
        "rate_too_high",
        "rate_too_low",
        "batch_too_large",
        "batch_too_small",
        "stopped_early",
        "schedule_too_fast",
        "symmetric_start",
        "bad_start",
        "vanishing",
        "dead_units",
        "saturated",
        "no_nonlinearity",
        "too_small",
        "overfit",
        "too_few_rows",
        "small_validation",
        "no_signal",
        "noise_ceiling",
        "imbalance",
        "group_behind",
        "leak",
        "id_column",
        "duplicates",
        "split_shift",
        "outlier",
        "code_as_number",
        "l2_too_strong",
        "dropout_too_strong",
        "fine",
    ]
)


def layers(text: str) -> list[dict[str, Any]]:
    """Return hidden layers from a text such as "8 relu, 4 tanh/zeros"."""
    found = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        neurons, _, kind = part.partition(" ")
        activation, _, initializer = kind.partition("/")
        found.append({"neurons": int(neurons), "activation": activation, "initializer": initializer or None})
    return found


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What a run is made of, and what should be said of it.

    Parameters
    ----------
    name : str
    rows : callable
        Draws the table.
    expected : str
        One of `CAUSES`.
    hidden : str
        Layers, as `layers` reads them.
    train : dict
        Fields of `TrainConfig`.
    acceptable, forbidden : str
        Further causes, divided by blanks.
    recipe : dict
        inputs, treat, split.
    repair : dict or None
        hidden, train, recipe, drop: what cures it.
    effect : {"score_up", "score_down", "loss_down", "none"}
        What the repair does.
    symptom : str
        Condition on what `measure` finds, without which a draw does not show the trouble.
    """

    name: str
    rows: Rows
    expected: str
    hidden: str = "8 relu, 8 relu"
    train: dict[str, Any] = field(default_factory=dict)
    acceptable: str = ""
    forbidden: str = ""
    recipe: dict[str, Any] = field(default_factory=dict)
    repair: dict[str, Any] | None = None
    effect: str = "score_up"
    symptom: str = "True"
    output_initializer: str | None = None
    mended: Rows | None = None
