"""The coach: one table of causes in the order in which they are asked for, and the card that changes its mind slowly.

A cause is a pure function of a `RunReport`. First come faults of the rows, which no training mends; then what stops any
network; then, only where the columns hold more than the network knows, what may keep it from learning; then what is
to be said of one that has learned. The conditions stand in `row_causes.py` and `causes.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

from ann_viz.explain.causes import (
    EARLY_EPOCHS,
    FEW_VALIDATION,
    LOOKS,
    STRONG_DROPOUT,
    at_ceiling,
    blown_up,
    creeps,
    dead_layer,
    equal_start,
    falls,
    few_updates,
    gave_up,
    group_behind,
    is_ending,
    is_short,
    is_young,
    knows_only_its_own,
    loses_a_class,
    no_signal,
    other_size_pays,
    other_starts_do_better,
    overfits,
    penalised,
    rate_gone,
    saturated_layer,
    short,
    stands_still,
    straight,
    swings,
    tiny_batch,
    vanishing,
)
from ann_viz.explain.row_causes import (
    CEILING,
    code,
    drift,
    duplicates,
    few_rows,
    leak,
    numbered,
    of_data,
    outlier,
    series,
)
from ann_viz.explain.run_report import Card, RunReport

__all__ = ["RULES", "Observation", "Rule", "observe", "verdict"]

Tone = Literal["welcome", "advice", "good", "danger"]

NO_DIAGNOSIS: Final = ("untrained", "early", "trying")  # where looks are rare, these do not wait for three of them

UNDER_WAY: Final = (*NO_DIAGNOSIS, "improving")  # never true of a run that has ended


@dataclass(frozen=True, slots=True)
class Rule:
    """One cause, or one thing to say where nothing is wrong.

    Parameters
    ----------
    name : str
        Its texts in ``resources/explain/coach.json``.
    tone : str
        How the card looks.
    holds : callable
        Whether it is true of a run.
    actions : tuple of str
        What may help, the best first, by their names in the texts.
    """

    name: str
    tone: Tone
    holds: Callable[[RunReport], bool]
    actions: tuple[str, ...] = ()


def _is_open(r: RunReport) -> bool:
    """Whether it can't be said that it knows what there is to be known."""
    return r.data is None or r.data.probes.able < CEILING


RULES: Final[tuple[Rule, ...]] = (
    Rule("diverged", "danger", lambda r: r.state == "failed", ("lower_rate", "find_rate")),
    Rule("duplicates", "advice", of_data(duplicates), ("keep_together",)),
    Rule("split_shift", "advice", of_data(lambda r, d: series(r, d) or drift(r, d)), ("split_by_order", "shuffle")),
    Rule("code_as_number", "advice", of_data(code), ("as_category",)),
    Rule("id_column", "advice", of_data(numbered), ("ignore_column",)),
    Rule("leak", "advice", of_data(leak), ("ignore_column",)),
    Rule("outlier", "advice", of_data(outlier), ("tame_outlier",)),
    Rule("too_few_rows", "advice", of_data(few_rows)),
    Rule("untrained", "welcome", lambda r: r.step == 0, ("train",)),
    Rule("symmetric_start", "advice", short(equal_start), ("random_start",)),
    Rule("batch_too_small", "advice", tiny_batch, ("usual_batch",)),
    Rule("rate_too_high", "advice", lambda r: swings(r) or (is_short(r) and blown_up(r)), ("lower_rate", "find_rate")),
    Rule("l2_too_strong", "advice", short(penalised), ("weaken_penalty",)),
    Rule("dropout_too_strong", "advice", short(lambda r: r.training.dropout >= STRONG_DROPOUT), ("less_dropout",)),
    Rule("dead_units", "advice", short(dead_layer), ("new_start", "leaky")),
    Rule("saturated", "advice", short(saturated_layer), ("new_start",)),
    Rule("no_nonlinearity", "advice", short(straight), ("bend",)),
    Rule("stopped_early", "advice", short(gave_up), ("train_more",)),
    Rule("vanishing", "advice", short(vanishing), ("use_relu",)),
    Rule("schedule_too_fast", "advice", short(rate_gone), ("constant_rate",)),
    Rule("imbalance", "advice", loses_a_class, ("balance",)),
    Rule("rate_too_low", "advice", short(creeps), ("raise_rate", "find_rate")),
    Rule("batch_too_large", "advice", short(few_updates), ("usual_batch",)),
    Rule("bad_start", "advice", short(lambda r: stands_still(r) and other_starts_do_better(r)), ("new_start",)),
    Rule("too_small", "advice", short(stands_still), ("add_neurons",)),
    Rule("stopped_early", "advice", short(lambda r: falls(r) and is_ending(r)), ("train_more",)),
    Rule("improving", "good", short(falls)),
    Rule("early", "good", short(is_young)),
    Rule("at_rest", "advice", is_short, ("new_start",)),
    Rule("other_size", "advice", other_size_pays, ("other_size",)),
    Rule("no_validation", "advice", lambda r: r.data is not None and r.data.n_validation == 0, ("keep_back",)),
    Rule("small_validation", "advice", of_data(lambda _, d: d.n_validation < FEW_VALIDATION)),
    Rule("no_signal", "advice", of_data(no_signal)),
    Rule("overfit", "advice", lambda r: overfits(r) or knows_only_its_own(r), ("stop_at_best", "use_l2")),
    Rule("group_behind", "advice", group_behind),
    Rule("noise_ceiling", "good", at_ceiling),
    Rule("improving", "good", lambda r: _is_open(r) and falls(r)),
    Rule("early", "good", lambda r: _is_open(r) and is_young(r)),  # also said before a cause has held on three looks
    Rule("at_rest", "advice", _is_open, ("new_start",)),
    Rule("fine", "good", lambda r: True),
    Rule("trying", "good", lambda r: False),  # after a change of settings
)


def verdict(report: RunReport) -> Rule:
    """Return the first rule of the table that holds."""
    return next(rule for rule in RULES if rule.holds(report))


# The card -------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Observation:
    """What the coach says: a rule, and the card to remember for the next look."""

    rule: Rule
    card: Card


def observe(report: RunReport) -> Observation:
    """Look once more: the card turns to another cause only when that has held on three looks in a row."""
    card = next_card(report)
    return Observation(next(rule for rule in RULES if rule.name == card.rule), card)


def next_card(report: RunReport) -> Card:
    """Return the card after this look."""
    found, card = verdict(report).name, report.card
    if card is None or report.epoch < card.epoch or _at_once(report, found, card):
        return Card(found, found, 1, report.epoch, report.since)
    is_early = report.epoch - report.since < EARLY_EPOCHS and report.finished is None
    if report.since != card.since:  # other settings: what was said of the old ones no longer counts
        return Card("trying" if is_early else found, found, 1, report.epoch, report.since)
    if card.rule == "untrained":  # it has begun since
        card = replace(card, rule="early")
    if report.epoch == card.epoch:
        return card
    looks = card.looks + 1 if found == card.waiting else 1
    has_waited = card.rule in NO_DIAGNOSIS and report.epoch - report.since >= LOOKS * EARLY_EPOCHS
    turns = not is_early and (looks >= LOOKS or has_waited)
    return Card(found if turns else card.rule, found, looks, report.epoch, report.since)


def _at_once(report: RunReport, found: str, card: Card) -> bool:
    """What can't wait for other looks: a run that failed, one not begun, one whose end makes what was said untrue."""
    if report.state == "failed" or report.step == 0:
        return True
    is_put_back = report.finished == "early stopping" or report.training.average_epochs > 0  # to its best epoch
    return report.finished is not None and (is_put_back or found == "stopped_early" or card.rule in UNDER_WAY)
