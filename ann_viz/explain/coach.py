"""The coach: one table of causes in the order in which they are asked for, and the card that changes its mind slowly.

A cause is a pure function of a `RunReport`. First come faults of the rows, which no training mends; then what stops any
network; then, only where the columns hold more than the network knows, what may keep it from learning; then what is
to be said of one that has learned. The measures are explained in `evidence.py`, `probes.py` and `traits.py`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from ann_viz.explain.run_report import Card, DataReport, RunReport

__all__ = ["RULES", "Observation", "Rule", "observe", "verdict"]

Tone = Literal["welcome", "advice", "good", "danger"]

# Thresholds, each with its reason.
EARLY_EPOCHS: Final = 5  # before that every curve jumps
LOOKS: Final = 3  # that a cause must hold before the card turns to it
SHORT: Final = 0.08  # below what a probe gets: beyond what two probes differ by
SURE: Final = 3.0  # standard errors
SWING: Final = 0.12  # a calm loss swings by less than 0.02
LOW_LOSS: Final = 0.1  # of a guess's: swinging so low down harms nobody
BLOWN_UP: Final = 3.0  # times the starting weights
TINY_BATCH: Final = 4
FEW_STEPS: Final = 3  # an epoch
LARGE_BATCH: Final = 64
STEEP: Final = 0.1  # of the slope at the start
OTHER_START: Final = 0.1  # by which the best of four other starts must lead: one of them is always a little luckier
NARROW: Final = 4  # neurons of the widest layer
HARMLESS: Final = 0.02  # of a guess's loss: a rise that nobody would notice
FEW_OF_CLASS: Final = 5
SMALL_MOVES: Final = 0.0012  # of the weights' length per epoch: a thousand epochs to double them
STEADY: Final = 0.75  # share of the epochs in which the loss falls
FAR: Final = 0.5  # of a guess's loss
CREEP: Final = 0.002  # of the loss per epoch
VANISHED: Final = 0.003  # first layer's slope as a share of the last one's
VANISHING_START: Final = 0.03
BEND: Final = 0.06  # by which a curve must beat a line
PULL: Final = 0.3  # of the data's
STRONG_DROPOUT: Final = 0.3
DECAYED: Final = 0.05  # of the first rate
COMMON: Final = 0.7  # a class this common makes accuracy look good by itself
LOST: Final = 0.35  # recall of a class that is hardly found
FAIR_EPOCHS: Final = 15  # a rare class is learned last
RISEN_Z: Final = 2.5
RISEN_Z_BY_HEART: Final = 1.5  # where the training rows are known better than the columns allow
RISEN: Final = 0.05
FEW_VALIDATION: Final = 30  # one row more or less changes the score by three points
CEILING: Final = 0.9
SETTLED: Final = 40  # epochs after which a loss that still creeps brings little
MANY_TWINS: Final = 0.2
FAR_SHARE: Final = 0.6
SPLIT_GAP: Final = 8.0  # standard errors
ALIKE: Final = 0.5  # correlation of neighbours
SORTED: Final = 0.99
CODE_GAIN: Final = 0.15
TELLTALE: Final = 0.97
AHEAD: Final = 0.12
NO_DIAGNOSIS: Final = ("untrained", "early", "trying")  # where looks are rare, these do not wait for three of them
PATIENCE_EPOCHS: Final = 100  # looked ahead where no end is set


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


# The rows -------------------------------------------------------------------------------------------------------------
def _of_data(condition: Callable[[RunReport, DataReport], bool]) -> Callable[[RunReport], bool]:
    """Make a condition hold for no run whose rows nobody has looked at."""
    return lambda r: r.data is not None and condition(r, r.data)


def _duplicates(_: RunReport, d: DataReport) -> bool:
    copied = d.twins.share > MANY_TWINS and d.twins.share > 3 * d.twins.by_chance
    return copied and d.twins.agreeing > CEILING


def _series(_: RunReport, d: DataReport) -> bool:
    """Neighbours in time are alike, and dealt to both parts."""
    return d.shuffled and _is_series(d)


def _is_series(d: DataReport) -> bool:
    return bool(d.order.column) and d.order.alike > ALIKE and d.order.sorted < SORTED


def _drift(_: RunReport, d: DataReport) -> bool:
    """Parts that follow each other differ: in their answers, or in what decides them."""
    lost = d.probes.able - d.probes.held
    if d.shuffled or _is_series(d):  # of a series the latest rows are the honest test
        return False
    return d.share_gap > SPLIT_GAP or lost > max(SHORT, SURE * d.probes.error)


def _numbered(_: RunReport, d: DataReport) -> bool:
    """A column that numbers the rows is an input, or one that counts along a file sorted by its answer."""
    counts = bool(d.order.column) and d.order.sorted >= SORTED
    return counts or d.finding("identifier", "row counter", "near-unique") is not None


def _code(_: RunReport, d: DataReport) -> bool:
    codes = d.codes
    if codes is None:
        return False
    return codes.score - codes.smooth > CODE_GAIN and codes.score > d.probes.able


def _leak(r: RunReport, d: DataReport) -> bool:
    if d.finding("leak", "sums to target") is not None:
        return True
    if r.task == "regression" or len(d.probes.columns) < 2:
        return False
    first, second = d.probes.columns[:2]
    return min(first.score, first.smooth) >= TELLTALE and first.score - second.score >= AHEAD


def _outlier(_: RunReport, d: DataReport) -> bool:
    if d.far_target > FAR_SHARE:
        return True
    tamed = any(each.done and each.kind in ("outliers", "skew") and d.far_column in each.columns for each in d.findings)
    if tamed:
        return False
    hidden = next((each for each in d.probes.columns if each.column == d.far_column), None)
    return d.far_share > FAR_SHARE and hidden is not None and hidden.score - hidden.smooth > SHORT


# The network ----------------------------------------------------------------------------------------------------------
def _is_short(r: RunReport) -> bool:
    """Whether the columns hold more than the network knows of the very rows it learns from."""
    return r.data is not None and r.data.probes.tells and r.short > max(SHORT, SURE * r.data.probes.error)


def _short(condition: Callable[[RunReport], bool]) -> Callable[[RunReport], bool]:
    return lambda r: _is_short(r) and condition(r)


def _swings(r: RunReport) -> bool:
    """It steps over its goal: the loss goes up and down far above what would be good."""
    return (
        r.trend.swing > SWING
        and r.train_loss[-1] > LOW_LOSS * r.guess_loss
        and r.epoch >= LOOKS
        and not _learned_by_heart(r)
    )


def _learned_by_heart(r: RunReport) -> bool:
    """Whether it does better on its own rows than the columns allow, which no network does that jumps about."""
    return r.data is not None and r.short < -max(SHORT, SURE * r.data.probes.error)


def _tiny_batch(r: RunReport) -> bool:
    return _swings(r) and 0 < r.training.batch_size <= TINY_BATCH


def _blocked(r: RunReport, *, at_start: bool) -> bool:
    """Whether all neurons of a layer are idle: nothing passes, and nothing can be learned before it."""
    layers = r.layers_at_start if at_start else r.layers
    return any(layer.dead + layer.saturated == layer.neurons for layer in layers)


def _blown_up(r: RunReport) -> bool:
    grown = r.weights > BLOWN_UP * r.weights_at_start
    return grown and _blocked(r, at_start=False) and not _blocked(r, at_start=True)


def _equal_start(r: RunReport) -> bool:
    return any(layer.initializer in ("zeros", "constant") and layer.neurons > 1 for layer in r.network.hidden)


def _penalised(r: RunReport) -> bool:
    return r.pull > PULL * r.data_pull and (r.training.l2 > 0 or r.training.l1 > 0)


def _half_dead(r: RunReport) -> bool:
    return _blocked_by(r, lambda layer: layer.dead)


def _half_saturated(r: RunReport) -> bool:
    return _blocked_by(r, lambda layer: layer.saturated)


def _blocked_by(r: RunReport, idle: Callable[..., int]) -> bool:
    return any(idle(layer) == layer.neurons for layer in r.layers)


def _straight(r: RunReport) -> bool:
    bends = any(layer.activation != "linear" for layer in r.network.hidden)
    assert r.data is not None
    return not bends and r.data.probes.curved - r.data.probes.linear > BEND


def _vanishing(r: RunReport) -> bool:
    if len(r.gradients) < 3:
        return False
    now, start = (_first_to_last(each) for each in (r.gradients, r.gradients_at_start))
    return now < VANISHED or (start < VANISHING_START and now < 10 * VANISHING_START)


def _first_to_last(gradients: tuple[float, ...]) -> float:
    return gradients[0] / gradients[-1] if gradients[-1] > 0 else math.inf


def _rate_gone(r: RunReport) -> bool:
    return r.training.schedule != "constant" and r.rate < DECAYED * r.first_rate


def _gave_up(r: RunReport) -> bool:
    return r.finished in ("early stopping", "time")


def _is_ending(r: RunReport) -> bool:
    """Whether the epochs that were asked for are over, or nearly."""
    return r.finished is not None or 0 < r.training.epochs <= r.epoch + LOOKS


def _still_falls(r: RunReport) -> bool:
    return r.trend.falling > STEADY and r.trend.per_epoch > 0


def _expected_loss(r: RunReport) -> float:
    """Loss at the end, as a share of a guess's, if it goes on falling as it does."""
    left = r.training.epochs - r.epoch if r.training.epochs else PATIENCE_EPOCHS
    return float(r.train_loss[-1] / r.guess_loss * (1 - min(0.5, max(0.0, r.trend.per_epoch))) ** max(0, left))


def _too_far(r: RunReport) -> bool:
    return _still_falls(r) and _expected_loss(r) > FAR


def _creeps(r: RunReport) -> bool:
    """Steps are small although the slope is still steep: a network that has arrived stands still for another reason."""
    return _too_far(r) and r.moved < SMALL_MOVES and r.gradients[-1] > STEEP * r.gradients_at_start[-1]


def _few_updates(r: RunReport) -> bool:
    large = r.training.batch_size == 0 or r.training.batch_size > LARGE_BATCH
    return large and r.n_batches <= FEW_STEPS and _still_falls(r) and (_is_ending(r) or _too_far(r))


def _stands_still(r: RunReport) -> bool:
    """A narrow network wanders on for long without arriving."""
    narrow = max((layer.neurons for layer in r.network.hidden), default=0) <= NARROW
    return r.epoch >= 3 * EARLY_EPOCHS and abs(r.trend.per_epoch) < (5 if narrow else 1) * CREEP


def _other_starts_do_better(r: RunReport) -> bool:
    return r.other_starts > r.known + OTHER_START


# What it has learned --------------------------------------------------------------------------------------------------
def _loses_a_class(r: RunReport) -> bool:
    if r.balanced or r.data is None or not r.recalls or not r.data.probes.tells:
        return False
    common = max(r.data.class_counts) / max(1, sum(r.data.class_counts))
    found = [share for share in r.recalls if not math.isnan(share)]
    return common > COMMON and min(found) < LOST and (r.epoch >= FAIR_EPOCHS or r.finished is not None)


def _few_rows(_: RunReport, d: DataReport) -> bool:
    return d.n_inputs > d.n_train / 2 or (bool(d.class_counts) and 0 < min(d.class_counts) < FEW_OF_CLASS)


def _no_signal(r: RunReport, d: DataReport) -> bool:
    return not d.probes.tells and r.known_held < d.probes.guess + max(SHORT, SURE * r.held_error)


def _overfits(r: RunReport) -> bool:
    risen = float(r.validation_loss[-1]) - float(np.min(r.validation_loss))
    sure = r.rise_z > (RISEN_Z_BY_HEART if _learned_by_heart(r) else RISEN_Z)
    return r.rise > RISEN and sure and risen > HARMLESS * r.guess_loss


def _at_ceiling(r: RunReport) -> bool:
    settled = abs(r.trend.per_epoch) < CREEP or r.epoch >= SETTLED or _is_ending(r)
    return settled and r.data is not None and r.data.probes.able < CEILING


RULES: Final[tuple[Rule, ...]] = (
    Rule("diverged", "danger", lambda r: r.state == "failed", ("lower_rate",)),
    Rule("duplicates", "advice", _of_data(_duplicates), ("keep_together",)),
    Rule("split_shift", "advice", _of_data(lambda r, d: _series(r, d) or _drift(r, d)), ("split_by_order", "shuffle")),
    Rule("code_as_number", "advice", _of_data(_code), ("as_category",)),
    Rule(
        "id_column",
        "advice",
        _of_data(_numbered),
        ("ignore_column",),
    ),
    Rule("leak", "advice", _of_data(_leak), ("ignore_column",)),
    Rule("outlier", "advice", _of_data(_outlier), ("tame_outlier",)),
    Rule("untrained", "welcome", lambda r: r.step == 0, ("train",)),
    Rule("symmetric_start", "advice", _short(_equal_start), ("random_start",)),
    Rule("batch_too_small", "advice", _tiny_batch, ("usual_batch",)),
    Rule("rate_too_high", "advice", lambda r: _swings(r) or (_is_short(r) and _blown_up(r)), ("lower_rate",)),
    Rule("l2_too_strong", "advice", _short(_penalised), ("weaken_penalty",)),
    Rule("dropout_too_strong", "advice", _short(lambda r: r.training.dropout >= STRONG_DROPOUT), ("less_dropout",)),
    Rule("dead_units", "advice", _short(_half_dead), ("new_start", "leaky")),
    Rule("saturated", "advice", _short(_half_saturated), ("new_start",)),
    Rule("no_nonlinearity", "advice", _short(_straight), ("bend",)),
    Rule("stopped_early", "advice", _short(_gave_up), ("train_more",)),
    Rule("vanishing", "advice", _short(_vanishing), ("use_relu",)),
    Rule("schedule_too_fast", "advice", _short(_rate_gone), ("constant_rate",)),
    Rule("imbalance", "advice", _loses_a_class, ("balance",)),
    Rule("rate_too_low", "advice", _short(_creeps), ("raise_rate",)),
    Rule("batch_too_large", "advice", _short(_few_updates), ("usual_batch",)),
    Rule("bad_start", "advice", _short(lambda r: _stands_still(r) and _other_starts_do_better(r)), ("new_start",)),
    Rule("too_small", "advice", _short(_stands_still), ("add_neurons",)),
    Rule("stopped_early", "advice", _short(lambda r: _still_falls(r) and _is_ending(r)), ("train_more",)),
    Rule("improving", "good", _is_short),
    Rule("too_few_rows", "advice", _of_data(_few_rows)),
    Rule("no_validation", "advice", lambda r: r.data is not None and r.data.n_validation == 0, ("keep_back",)),
    Rule("small_validation", "advice", _of_data(lambda _, d: d.n_validation < FEW_VALIDATION)),
    Rule("no_signal", "advice", _of_data(_no_signal)),
    Rule("overfit", "advice", _overfits, ("stop_at_best", "use_l2")),
    Rule("noise_ceiling", "good", _at_ceiling),
    Rule("improving", "good", lambda r: r.data is None or r.data.probes.able < CEILING),
    Rule("fine", "good", lambda r: True),
    Rule("early", "good", lambda r: False),  # said before a cause has held on three looks
    Rule("trying", "good", lambda r: False),  # and after a change of settings
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
    if card is None or report.epoch < card.epoch or _at_once(report, found):
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


def _at_once(report: RunReport, found: str) -> bool:
    """What can't wait for other looks: a run that failed, one not begun, one that ended before it was done."""
    return report.state == "failed" or report.step == 0 or (report.finished is not None and found == "stopped_early")
