"""Whether a button of the coach has helped: the run since it was pressed, beside the run before."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final, Literal

from ann_viz.explain.run_report import RunReport

__all__ = ["Effect", "Tried", "effect_of"]

EPOCHS: Final = 5  # before that every curve jumps
AGAIN: Final = 20  # of a run that began anew
BETTER: Final = 0.02  # of a score, or
LOWER: Final = 0.9  # of the loss

Outcome = Literal["waiting", "helped", "no_difference", "hurt", "other_rows"]


@dataclass(frozen=True, slots=True, eq=False)
class Tried:
    """What was pressed, and how the run stood then.

    Parameters
    ----------
    label : str
        Words of the button.
    table : Table
        Whose rows were learned.
    before : RunReport
        The look at which it was pressed.
    other_rows : bool
        Whether rows or columns changed, so that scores before and after are not of the same things.
    """

    label: str
    table: Any
    before: RunReport
    other_rows: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What came of it.

    Parameters
    ----------
    outcome : str
        Names its sentence in ``resources/explain/coach.json``.
    before, now : float
        Score on the validation rows, or on the training rows where none are kept back.
    """

    outcome: Outcome
    before: float
    now: float


def effect_of(tried: Tried, now: RunReport) -> Effect:
    """Compare a run with what it was before a button was pressed."""
    before = tried.before
    scores = [r.known_held if math.isfinite(r.known_held) else r.known for r in (before, now)]
    anew = now.since == 0
    wanted = min(AGAIN, max(EPOCHS, before.epoch)) if anew else now.since + EPOCHS
    is_over = now.finished is not None and (anew or now.epoch > before.epoch)
    if now.epoch < wanted and not is_over:
        return Effect("waiting", *scores)
    if tried.other_rows:
        return Effect("other_rows", *scores)
    losses = [float(r.validation_loss[-1]) for r in (before, now)]
    if scores[1] > scores[0] + BETTER or (losses[1] < LOWER * losses[0] and scores[1] > scores[0] - BETTER):
        return Effect("helped", *scores)
    worse = scores[1] < scores[0] - BETTER or losses[0] < LOWER * losses[1]
    return Effect("hurt" if worse else "no_difference", *scores)
