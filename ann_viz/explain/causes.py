"""The conditions under which the coach names a cause in a network or its training, each with its thresholds.

Those that look for it in the rows stand in `row_causes.py`. `short` makes a condition ask first whether the network is
at fault at all. The measures are explained in `evidence.py`, `probes.py` and `traits.py`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

import numpy as np

from ann_viz.explain.evidence import WINDOW, LayerState
from ann_viz.explain.row_causes import CEILING, SHORT, SURE
from ann_viz.explain.run_report import DataReport, RunReport

__all__ = [
    "EARLY_EPOCHS",
    "FEW_VALIDATION",
    "LOOKS",
    "STRONG_DROPOUT",
    "at_ceiling",
    "blown_up",
    "creeps",
    "dead_layer",
    "equal_start",
    "falls",
    "few_updates",
    "gave_up",
    "group_behind",
    "is_ending",
    "is_short",
    "is_young",
    "knows_only_its_own",
    "loses_a_class",
    "no_signal",
    "other_size_pays",
    "other_starts_do_better",
    "overfits",
    "penalised",
    "rate_gone",
    "saturated_layer",
    "short",
    "stands_still",
    "still_falls",
    "straight",
    "swings",
    "tiny_batch",
    "vanishing",
]

# Thresholds, each with its reason.
EARLY_EPOCHS: Final = 5  # before that every curve jumps
LOOKS: Final = 3  # that a cause must hold before the card turns to it
SURE_OF_FEW: Final = 5.0  # of a hundred rows, where the error itself is uncertain
SWING: Final = 0.12  # a calm loss swings by less than 0.02
LOW_LOSS: Final = 0.1  # of a guess's: swinging so low down harms nobody
BLOWN_UP: Final = 3.0  # times the starting weights
TINY_BATCH: Final = 4
FEW_STEPS: Final = 3  # an epoch
PAYS: Final = 0.01  # one answer in a hundred: less is luck, and a smaller network is easier to read
LARGE_BATCH: Final = 64
STEEP: Final = 0.1  # of the slope at the start
OTHER_START: Final = 0.1  # by which the best of four other starts must lead: one of them is always a little luckier
ROWS_TO_TELL: Final = 100  # in fewer even a probe is uncertain
NARROW: Final = 4  # neurons of the widest layer
HARMLESS: Final = 0.02  # of a guess's loss: a rise that nobody would notice
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
FAIR_EPOCHS: Final = 15  # a rare class is learned last, and a curve that rests early may fall again
RISEN_Z: Final = 2.5
RISEN_Z_BY_HEART: Final = 1.5  # where the training rows are known better than the columns allow
RISEN_Z_TOLD: Final = 0.5  # what was said is taken back only when it no longer holds
RISEN: Final = 0.05
GAP: Final = 0.12  # between training and validation rows
GROUP_GAP: Final = 0.15  # between a group and all others: what somebody in it would notice
GROUP_GAP_TOLD: Final = 0.1  # what was said is taken back only when it no longer holds
HARDLY_CHANCE: Final = 0.01  # of some group being so far behind; each look is another chance, and three must agree
HARDLY_CHANCE_TOLD: Final = 0.025  # as the table in Answers, which looks to both sides at 0.05
FEW_VALIDATION: Final = 30  # one row more or less changes the score by three points
SETTLED: Final = 40  # epochs after which a loss that still creeps brings little
PATIENCE_EPOCHS: Final = 100  # looked ahead where no end is set


# The network ----------------------------------------------------------------------------------------------------------
def is_short(r: RunReport) -> bool:
    """Whether the columns hold more than the network knows of the very rows it learns from."""
    if r.data is None or not r.data.probes.tells:
        return False
    sure = SURE if r.data.n_train >= ROWS_TO_TELL else SURE_OF_FEW
    return r.short > max(SHORT, sure * r.data.probes.error)


def short(condition: Callable[[RunReport], bool]) -> Callable[[RunReport], bool]:
    """Make a condition hold only where the network is at fault, not the columns."""
    return lambda r: is_short(r) and condition(r)


def swings(r: RunReport) -> bool:
    """It steps over its goal: the loss goes up and down far above what would be good."""
    usual = float(np.median(r.train_loss[-WINDOW:]))  # not the last one, which jumps itself
    return r.trend.swing > SWING and usual > LOW_LOSS * r.guess_loss and r.epoch >= LOOKS and not _learned_by_heart(r)


def _learned_by_heart(r: RunReport) -> bool:
    """Whether it does better on its own rows than the columns allow, which no network does that jumps about."""
    return r.data is not None and r.short < -max(SHORT, SURE * r.data.probes.error)


def tiny_batch(r: RunReport) -> bool:
    """It swings since each step follows a few rows."""
    return swings(r) and 0 < r.training.batch_size <= TINY_BATCH


def _blocked(r: RunReport, *, at_start: bool) -> bool:
    """Whether all neurons of a layer are idle: nothing passes, and nothing can be learned before it."""
    layers = r.layers_at_start if at_start else r.layers
    return any(layer.dead + layer.saturated == layer.neurons for layer in layers)


def blown_up(r: RunReport) -> bool:
    """Its weights have grown until a layer fell idle that was not so at the start."""
    grown = r.weights > BLOWN_UP * r.weights_at_start
    return grown and _blocked(r, at_start=False) and not _blocked(r, at_start=True)


def equal_start(r: RunReport) -> bool:
    """The weights of a layer began equal."""
    return any(layer.initializer in ("zeros", "constant") and layer.neurons > 1 for layer in r.network.hidden)


def penalised(r: RunReport) -> bool:
    """A penalty pulls at the weights about as strongly as the data do, which no longer win."""
    return r.pull > PULL * r.data_pull and (r.training.l2 > 0 or r.training.l1 > 0) and not still_falls(r)


def dead_layer(r: RunReport) -> bool:
    """A layer passes nothing on."""
    return _blocked_by(r, lambda layer: layer.dead)


def saturated_layer(r: RunReport) -> bool:
    """A layer says the same for nearly every row."""
    return _blocked_by(r, lambda layer: layer.saturated)


def _blocked_by(r: RunReport, idle: Callable[[LayerState], int]) -> bool:
    return any(idle(layer) == layer.neurons for layer in r.layers)


def straight(r: RunReport) -> bool:
    """It has nothing that bends, and what bends does better."""
    bends = any(layer.activation != "linear" for layer in r.network.hidden)
    assert r.data is not None
    return not bends and r.data.probes.curved - r.data.probes.linear > BEND


def vanishing(r: RunReport) -> bool:
    """Its first layer gets next to no gradient."""
    if len(r.gradients) < 3:
        return False
    now, start = (_first_to_last(each) for each in (r.gradients, r.gradients_at_start))
    at_start = VANISHING_START * r.network.output_scale  # what begins small on purpose passes little back at first
    return now < VANISHED or (start < at_start and now < 10 * VANISHING_START)


def _first_to_last(gradients: tuple[float, ...]) -> float:
    return gradients[0] / gradients[-1] if gradients[-1] > 0 else math.inf


def rate_gone(r: RunReport) -> bool:
    """Its schedule has left nearly nothing of the rate."""
    return r.training.schedule != "constant" and r.rate < DECAYED * r.first_rate


def gave_up(r: RunReport) -> bool:
    """It was ended before the epochs that were asked for, while it still got better."""
    return r.finished in ("early stopping", "time") and falls(r)


def is_ending(r: RunReport) -> bool:
    """Whether the epochs that were asked for are over, or nearly."""
    return r.finished is not None or 0 < r.training.epochs <= r.epoch + LOOKS


def still_falls(r: RunReport) -> bool:
    """Its loss falls steadily."""
    return r.trend.falling > STEADY and r.trend.per_epoch > 0


def falls(r: RunReport) -> bool:
    """Its loss falls: steadily, or with ups and downs by enough to be seen, and did so all along."""
    seen = r.trend.per_epoch >= CREEP and r.trend.drop >= CREEP * min(WINDOW, r.epoch)
    return still_falls(r) or seen


def is_young(r: RunReport) -> bool:
    """Whether it has begun not long ago and goes on: a curve that rests may fall again."""
    return r.epoch < FAIR_EPOCHS and r.finished is None


def _expected_loss(r: RunReport) -> float:
    """Loss at the end, as a share of a guess's, if it goes on falling as it does."""
    left = r.training.epochs - r.epoch if r.training.epochs else PATIENCE_EPOCHS
    return float(r.train_loss[-1] / r.guess_loss * (1 - min(0.5, max(0.0, r.trend.per_epoch))) ** max(0, left))


def _too_far(r: RunReport) -> bool:
    return still_falls(r) and _expected_loss(r) > FAR


def creeps(r: RunReport) -> bool:
    """Steps are small although the slope is still steep: a network that has arrived stands still for another reason."""
    return _too_far(r) and r.moved < SMALL_MOVES and r.gradients[-1] > STEEP * r.gradients_at_start[-1]


def few_updates(r: RunReport) -> bool:
    """It takes a few steps an epoch, and they will not do."""
    large = r.training.batch_size == 0 or r.training.batch_size > LARGE_BATCH
    return large and r.n_batches <= FEW_STEPS and still_falls(r) and (is_ending(r) or _too_far(r))


def stands_still(r: RunReport) -> bool:
    """A narrow network wanders on for long without arriving."""
    narrow = max((layer.neurons for layer in r.network.hidden), default=0) <= NARROW
    can_tell = r.data is not None and r.data.n_train >= ROWS_TO_TELL
    return can_tell and r.epoch >= 3 * EARLY_EPOCHS and abs(r.trend.per_epoch) < (5 if narrow else 1) * CREEP


def other_starts_do_better(r: RunReport) -> bool:
    """The same network gets from other starting weights to where the columns allow, or nearly."""
    led = r.other_starts > r.known + OTHER_START
    return led and r.data is not None and r.data.probes.able - r.other_starts < OTHER_START


def other_size_pays(r: RunReport) -> bool:
    """The other network that is suggested for these data was trained as well, and answered better."""
    return r.finished is not None and r.other_lead >= PAYS


# What it has learned --------------------------------------------------------------------------------------------------
def loses_a_class(r: RunReport) -> bool:
    """One class is common, and another hardly ever found although the columns tell it."""
    if r.balanced or r.data is None or not r.recalls or not r.data.probes.tells:
        return False
    common = max(r.data.class_counts) / max(1, sum(r.data.class_counts))
    found = [share for share in r.recalls if not math.isnan(share)]
    return common > COMMON and min(found) < LOST and (r.epoch >= FAIR_EPOCHS or r.finished is not None)


def no_signal(r: RunReport, d: DataReport) -> bool:
    """Neither probes nor the network do better than chance."""
    return not d.probes.tells and r.known_held < d.probes.guess + max(SHORT, SURE * r.held_error)


def overfits(r: RunReport) -> bool:
    """Rows it has not seen are answered worse than at the best epoch, surely and noticeably."""
    risen = float(r.validation_loss[-1]) - float(np.min(r.validation_loss))
    told = r.card is not None and r.card.rule == "overfit"
    sure = r.rise_z > (RISEN_Z_TOLD if told else RISEN_Z_BY_HEART if _learned_by_heart(r) else RISEN_Z)
    return r.rise > RISEN and sure and risen > HARMLESS * r.guess_loss


def knows_only_its_own(r: RunReport) -> bool:
    """Whether rows it has not seen are answered far worse than those it learned from, and than the columns allow."""
    far = max(GAP, SURE * r.held_error)
    return r.data is not None and r.data.shuffled and min(r.known, r.data.probes.able) - r.known_held > far


def group_behind(r: RunReport) -> bool:
    """One group of rows is answered clearly worse than all others, and no chance makes such a gap."""
    ripe = r.epoch >= FAIR_EPOCHS or r.finished is not None
    if not ripe or r.gap is None:
        return False
    if r.card is not None and r.card.rule == "group_behind":
        return r.gap.width > GROUP_GAP_TOLD and r.gap.chance < HARDLY_CHANCE_TOLD
    return r.gap.width > GROUP_GAP and r.gap.chance < HARDLY_CHANCE


def at_ceiling(r: RunReport) -> bool:
    """It has come to rest, and the columns hold no more."""
    rests = r.trend.per_epoch < CREEP and r.epoch >= FAIR_EPOCHS
    settled = rests or r.epoch >= SETTLED or is_ending(r)
    return settled and r.data is not None and r.data.probes.able < CEILING
