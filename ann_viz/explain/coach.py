"""The coach: one observation about a run, from a table of rules that are asked in order.

A rule is a pure function of a `RunReport`. The first that holds speaks; the last one always does.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from ann_viz.explain.run_report import RunReport
from ann_viz.numerals import percent_fixed

__all__ = ["RULES", "Observation", "Rule", "observe"]

Tone = Literal["welcome", "advice", "good", "danger"]

# Thresholds, each with its reason.
EARLY_EPOCHS: Final = 5  # before that every curve jumps
PATIENCE_SHARE: Final = 0.1  # of the epochs done: a best epoch that recent may still be beaten
PATIENCE_EPOCHS: Final = 8
WORSE_FACTOR: Final = 1.02  # 2 % above the best is beyond the noise of some hundred validation rows
WINDOW: Final = 10  # epochs looked back
SWING: Final = 0.08  # mean change per epoch of an oscillating loss, as a share of it
TURNS: Final = 0.4  # share of epochs in which the loss went up
SLOW_FALL: Final = 0.004  # less than this share of the loss per epoch takes hundreds of epochs
STEADY: Final = 0.85  # of the fall in the first half of the window
LITTLE_LEARNED: Final = 0.15  # of the untrained loss
FLAT: Final = 0.005  # change over the window, as a share
DEAD_SHARE: Final = 0.3  # some silent units are normal, a third is capacity lost
SATURATED_SHARE: Final = 0.3
COMMON: Final = 0.75  # a commonest class this common makes accuracy look good by itself
SMALL_VALIDATION: Final = 60  # one row more or less changes the accuracy by 1.7 points
GUESS_MARGIN: Final = 0.005  # or one standard error of an accuracy on so many rows, if that is more


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing the coach can notice.

    Parameters
    ----------
    name : str
        Its texts in ``resources/explain/coach.json``.
    tone : str
        How the card looks.
    holds : callable
        Whether it is true of a run.
    actions : tuple of str
        What may help, at most two, by their names in the texts.
    """

    name: str
    tone: Tone
    holds: Callable[[RunReport], bool]
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """What the coach says: a rule and the values its texts may name."""

    rule: Rule
    values: dict[str, str]


def observe(report: RunReport) -> Observation:
    """Return the first rule of the table that holds."""
    rule = next(rule for rule in RULES if rule.holds(report))
    return Observation(rule, report.values() | {"slow_fall": percent_fixed(SLOW_FALL)})


def _tail(report: RunReport) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return report.train_loss[-WINDOW - 1 :]


def _oscillates(report: RunReport) -> bool:
    tail = _tail(report)
    if report.epoch < EARLY_EPOCHS or len(tail) < EARLY_EPOCHS:
        return False
    changes = np.diff(tail)
    return bool(np.mean(changes > 0) >= TURNS and np.abs(changes).mean() > SWING * tail.mean())


def _memorises(report: RunReport) -> bool:
    since = report.epoch - report.best_epoch
    if not report.n_validation or since < max(PATIENCE_EPOCHS, PATIENCE_SHARE * report.epoch):
        return False
    best = report.best_epoch
    fell = report.train_loss[-1] < report.train_loss[best]
    recent = report.validation_loss[-3:].mean()  # of three epochs: a single bad one is no trend
    return bool(fell and recent > WORSE_FACTOR * report.validation_loss[best])


def _no_better_than_guessing(report: RunReport) -> bool:
    guess = report.guess_metric
    spread = (
        0.0 if report.task == "regression" else math.sqrt(max(0.0, guess * (1 - guess)) / max(1, report.n_validation))
    )
    return report.epoch >= WINDOW and report.metric <= guess + max(GUESS_MARGIN, spread)


def _too_slow(report: RunReport) -> bool:
    tail = _tail(report)
    if report.epoch < WINDOW:
        return False
    falls = bool((np.diff(tail) < 0).mean() >= 0.8)
    rate = (tail[0] - tail[-1]) / len(tail) / tail[0] if tail[0] > 0 else 0.0
    learned = 1 - tail[-1] / report.train_loss[0] if report.train_loss[0] > 0 else 1.0
    middle = tail[len(tail) // 2]
    steady = middle - tail[-1] > STEADY * (tail[0] - middle)  # a curve that flattens out is near its end instead
    return falls and 0 < rate < SLOW_FALL and bool(learned < LITTLE_LEARNED and steady)


def _underfits(report: RunReport) -> bool:
    tail = _tail(report)
    if report.epoch < 3 * WINDOW or report.guess_loss <= 0 or report.n_hidden > 8:
        return False
    flat = abs(tail[0] - tail[-1]) < FLAT * tail[0]
    return bool(flat and tail[-1] > 0.7 * report.guess_loss)


RULES: Final[tuple[Rule, ...]] = (
    Rule("diverged", "danger", lambda r: r.state == "failed", ("restart_slower",)),
    Rule("untrained", "welcome", lambda r: r.step == 0, ("train",)),
    Rule("early", "good", lambda r: r.epoch < EARLY_EPOCHS and r.finished is None),
    Rule("rate_too_high", "advice", _oscillates, ("lower_rate",)),
    Rule("dead_units", "advice", lambda r: r.n_dead >= max(2, DEAD_SHARE * r.n_rectified), ("new_start", "lower_rate")),
    Rule(
        "saturated_units",
        "advice",
        lambda r: r.n_saturated >= max(2, SATURATED_SHARE * r.n_squashing),
        ("new_start", "lower_rate"),
    ),
    Rule("memorises", "advice", _memorises, ("restore_best", "use_l2")),
    Rule("rate_too_low", "advice", _too_slow, ("raise_rate",)),
    Rule("guessing", "advice", _no_better_than_guessing, ("new_start",)),
    Rule("underfits", "advice", _underfits, ("add_neurons",)),
    Rule(
        "accuracy_misleads",
        "advice",
        lambda r: r.task != "regression" and r.commonest_share >= COMMON and not r.balanced,
        ("balance",),
    ),
    Rule("small_validation", "advice", lambda r: 0 < r.n_validation < SMALL_VALIDATION),
    Rule("finished", "good", lambda r: r.finished is not None, ("restore_best",)),
    Rule("learning", "good", lambda r: True),
)
