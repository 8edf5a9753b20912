"""The test rows, kept back to judge by once at the end: what they said, and how often they were looked at.

Each further network that is judged by them, and chosen for it, makes what they say a little too good.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from ann_viz.engine import USUAL_THRESHOLD, Network, classes_of
from ann_viz.engine.arrays import Array
from ann_viz.engine.intervals import Estimate, bootstrap_mean, wilson
from ann_viz.numerals import at_most_four_digits, count, format_number, percent_fixed
from ann_viz.rich import Rich, rich
from ann_viz.session.run import Moment
from ann_viz.translation import translate

if TYPE_CHECKING:
    from ann_viz.data import Dataset

__all__ = ["LookAtTest", "judge_rows", "look_of", "told_look", "told_number_of_looks"]

Measure = Literal["accuracy", "mae"]
_TWICE: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtTest:
    """What the test rows said of one network.

    Parameters
    ----------
    run, epoch : int
        Whose weights they were.
    weights : int
        Sum over the weights, by which the network is known again.
    n_rows : int
        Rows that were asked.
    measure : {"accuracy", "mae"}
        Share of right answers, or mean of the errors in the target's unit.
    value, low, high : float
        The score and its 95 % interval.
    threshold : float
        From which chance on yes was said.
    """

    run: int
    epoch: int
    weights: int
    n_rows: int
    measure: Measure
    value: float
    low: float
    high: float
    threshold: float = USUAL_THRESHOLD

    def __post_init__(self) -> None:
        if self.n_rows < 1 or not all(map(math.isfinite, (self.value, self.low, self.high))):
            raise ValueError("what the test rows said makes no sense")

    def is_of(self, params: Array, threshold: float) -> bool:
        """Whether it is about a network with these parameters, deciding at this threshold."""
        return self.weights == _sum_of(params) and self.threshold == threshold


def judge_rows(
    dataset: Dataset, truth: Array, answer: Array, threshold: float = USUAL_THRESHOLD
) -> tuple[Measure, Estimate]:
    """Return the score of answers and its interval: Wilson's for classes, by bootstrap for numbers.

    Parameters
    ----------
    dataset : Dataset
    truth, answer : (n, n_outputs) arrays
        As of `Document.answers`.
    threshold : float
        Above which chance a yes-or-no answer is yes.
    """
    if dataset.recipe.task == "regression":
        errors = np.abs(answer[:, 0].astype(np.float64) - truth[:, 0]) * dataset.encoder.target_std
        return "mae", bootstrap_mean(errors)
    right = classes_of(answer, threshold) == classes_of(truth)
    return "accuracy", wilson(int(np.count_nonzero(right)), len(right))


def look_of(
    dataset: Dataset, moment: Moment, network: Network, truth: Array, answer: Array, threshold: float = USUAL_THRESHOLD
) -> LookAtTest:
    """Return what the test rows say of the network of a moment.

    Parameters
    ----------
    dataset : Dataset
    moment : Moment
        Of the run.
    network : Network
        Its weights then.
    truth, answer : (n, n_outputs) arrays
        Of the test rows, as the network is told and tells them.
    threshold : float
        Above which chance a yes-or-no answer is yes.
    """
    measure, found = judge_rows(dataset, truth, answer, threshold)
    return LookAtTest(
        run=moment.run,
        epoch=moment.epoch,
        weights=_sum_of(network.params),
        n_rows=len(truth),
        measure=measure,
        value=found.value,
        low=found.low,
        high=found.high,
        threshold=threshold,
    )


def _sum_of(params: Array) -> int:
    return zlib.crc32(params.tobytes())


# In words -----------------------------------------------------------------------------------------------------------
def told_look(look: LookAtTest) -> Rich:
    """Say a result: "<b>85.1 %</b> right on 1,500 test rows, between 83.2 and 86.8"."""
    rows = count(look.n_rows, "test row")
    if look.measure == "mae":
        text = translate("Off by <b>{value}</b> on average on {rows}, between {low} and {high}")
        value, low, high = map(at_most_four_digits, (look.value, look.low, look.high))
    else:
        text = translate("<b>{value}</b> right on {rows}, between {low} and {high}")
        value = percent_fixed(look.value)
        low, high = (format_number(end * 100, ".1f") for end in (look.low, look.high))
    return rich(text, value=value, rows=rows, low=low, high=high)


def told_number_of_looks(n: int) -> str:
    """Say how often the test rows were looked at."""
    if n == 0:
        return translate("Nobody has looked at the test rows yet.")
    if n == 1:
        return translate("Looked at once, as it should be.")
    if n == _TWICE:
        return translate("Looked at twice: what you chose by it makes it look better than it is.")
    text = translate("Looked at {n} times: what you chose by it makes it look better than it is.")
    return text.format(n=format_number(n))
