"""What a sweep has come to, in sentences and short texts: the same in the window and on the command line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from ann_viz.numerals import format_number
from ann_viz.session.sweeping.baselines import baseline_name
from ann_viz.session.sweeping.measures import score_decimals, score_text
from ann_viz.session.sweeping.plan import Plan
from ann_viz.session.sweeping.ranking import RunScore, is_ahead, is_clear, wins
from ann_viz.session.sweeping.settings import SETTINGS
from ann_viz.session.sweeping.task import Settings
from ann_viz.translation import translate

__all__ = [
    "against_baselines",
    "done_words",
    "settings_words",
    "time_words",
    "verdict",
]

_MINUTE: Final = 60.0
_LONGEST_IN_SECONDS: Final = 50.0
_STEP_SECONDS: Final = 5
_HOUR_MINUTES: Final = 90


def time_words(seconds: float) -> str:
    """Return a time as roughly as it is known: "20 s", "2 min", "3 h"; empty for none."""
    if not math.isfinite(seconds):
        return ""
    if seconds <= _LONGEST_IN_SECONDS:
        return f"{max(_STEP_SECONDS, _STEP_SECONDS * round(seconds / _STEP_SECONDS))} s"
    minutes = round(seconds / _MINUTE)
    return f"{minutes} min" if minutes <= _HOUR_MINUTES else f"{format_number(round(minutes / _MINUTE))} h"


def done_words(plan: Plan, n_runs: int, n_results: int) -> str:
    """Return how far a sweep is: "23 of 40", or where it narrows down "23 of 40, stage 1 of 4"."""
    words = translate("{done} of {all}").format(done=format_number(n_runs), all=format_number(len(plan.candidates())))
    n_rounds = len(plan.rounds())
    if n_rounds == 1:
        return words
    which = translate("stage {n} of {all}").format(n=plan.round_of(n_results), all=n_rounds)
    return f"{words}, {which}"


def settings_words(settings: Settings) -> str:
    """Return settings in one line: "Hidden layers 12 · 6, Learning rate 0.0057"."""
    return ", ".join(f"{translate(SETTINGS[name].title)} {SETTINGS[name].write(value)}" for name, value in settings)


def verdict(runs: Sequence[RunScore], *, is_higher_better: bool) -> tuple[str, str]:
    """Return what is to be thought of the first two runs: the count, to be stressed, and the rest.

    Empty for fewer than two runs that did not fail.
    """
    good = [run for run in runs if not run.failed and run.n_round == runs[0].n_round]
    if len(good) < 2:
        return "", ""
    first, second = good[:2]
    n_wins, n_seeds = wins(first, second, is_higher_better=is_higher_better)
    by = score_text(abs(_as_read(first, first) - _as_read(second, first)), first.measure, first.mean())
    if n_seeds < 2:
        ahead = translate("Row 1 is ahead of row 2 by {by}.").format(by=by)
        return ahead, translate("One run each: luck is not ruled out.")
    count_words = translate("Row 1 is ahead of row 2 with {n} of {all} seeds,").format(n=n_wins, all=n_seeds)
    rest = translate("on average by {by}.").format(by=by)
    luck = translate("That is too close to call.")
    if is_clear(n_wins, n_seeds):
        luck = translate("That is hardly luck.")
    elif is_ahead(n_wins, n_seeds):
        luck = translate("More seeds would tell whether that is luck.")
    return count_words, f"{rest} {luck}"


def _as_read(run: RunScore, beside: RunScore) -> float:
    """Return the mean of a run as the table has it, so that a reader who subtracts finds what the sentence says."""
    return round(run.mean(), score_decimals(run.measure, beside.mean()))


def against_baselines(runs: Sequence[RunScore], baselines: Sequence[RunScore], *, is_higher_better: bool) -> str:
    """Return whether something simpler would do as well as the best run; empty where that is not known yet."""
    found = [each for each in baselines if math.isfinite(each.mean())]
    if not runs or runs[0].failed or not found:
        return ""
    best = (max if is_higher_better else min)(found, key=lambda each: each.mean())
    n_wins, n_seeds = _against(runs[0], best, is_higher_better=is_higher_better)
    if is_clear(n_wins, n_seeds):
        sentence = translate("The best run is ahead of all it is compared with: {name} comes to {score}.")
    elif n_wins == n_seeds:
        sentence = translate("The best run is ahead of “{name}” ({score}); more seeds would tell whether by luck.")
    elif is_clear(n_seeds - n_wins, n_seeds) or n_wins == 0:
        sentence = translate("{name} does better ({score}): none of these runs is worth its neurons yet.")
    else:
        sentence = translate("{name} does about as well ({score}): would that do?")
    return sentence.format(name=baseline_name(best.results[0].task.model), score=score_text(best.mean(), best.measure))


def _against(run: RunScore, other: RunScore, *, is_higher_better: bool) -> tuple[int, int]:
    """Return wins, seed by seed; what knows no seeds is compared with each."""
    if len(other.results) > 1:
        return wins(run, other, is_higher_better=is_higher_better)
    value = other.values()[0]
    values = [each for each in run.values() if math.isfinite(each)]
    return sum(each > value if is_higher_better else each < value for each in values), len(values)
