"""The conditions under which the coach names a cause in the rows, which no training mends, each with its thresholds.

They get a `DataReport` as well; `of_data` makes conditions of a run of them. The measures are explained in `probes.py`
and `traits.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ann_viz.explain.run_report import DataReport, RunReport

__all__ = [
    "CEILING",
    "SHORT",
    "SURE",
    "code",
    "drift",
    "duplicates",
    "few_rows",
    "leak",
    "numbered",
    "of_data",
    "outlier",
    "series",
]

# Thresholds, each with its reason.
SHORT: Final = 0.08  # below what a probe gets: beyond what two probes differ by
SURE: Final = 3.0  # standard errors
CEILING: Final = 0.9
MANY_TWINS: Final = 0.2
FAR_SHARE: Final = 0.6
SPLIT_GAP: Final = 8.0  # standard errors
ALIKE: Final = 0.5  # correlation of neighbours
SORTED: Final = 0.99
CODE_GAIN: Final = 0.15
TELLTALE: Final = 0.97
AHEAD: Final = 0.12
FEW_OF_CLASS: Final = 5


def of_data(condition: Callable[[RunReport, DataReport], bool]) -> Callable[[RunReport], bool]:
    """Make a condition hold for no run whose rows nobody has looked at."""
    return lambda r: r.data is not None and condition(r, r.data)


def duplicates(_: RunReport, d: DataReport) -> bool:
    """Rows it is checked on are copies of rows it learns from, more of them than chance would have."""
    copied = d.twins.share > MANY_TWINS and d.twins.share > 3 * d.twins.by_chance
    return copied and d.twins.agreeing > CEILING


def series(_: RunReport, d: DataReport) -> bool:
    """Neighbours in time are alike, and dealt to both parts."""
    return d.shuffled and _is_series(d)


def _is_series(d: DataReport) -> bool:
    return bool(d.order.column) and d.order.alike > ALIKE and d.order.sorted < SORTED


def drift(_: RunReport, d: DataReport) -> bool:
    """Parts that follow each other differ: in their answers, or in what decides them."""
    lost = d.probes.able - d.probes.held
    if d.shuffled or _is_series(d):  # of a series the latest rows are the honest test
        return False
    return d.share_gap > SPLIT_GAP or lost > max(SHORT, SURE * d.probes.error)


def numbered(_: RunReport, d: DataReport) -> bool:
    """A column that numbers the rows is an input, or one that counts along a file sorted by its answer."""
    counts = bool(d.order.column) and d.order.sorted >= SORTED
    return counts or d.finding("identifier", "row counter", "near-unique") is not None


def code(_: RunReport, d: DataReport) -> bool:
    """A column of whole numbers whose values tell much that their size does not."""
    codes = d.codes
    if codes is None:
        return False
    return codes.score - codes.smooth > CODE_GAIN and codes.score > d.probes.able


def leak(r: RunReport, d: DataReport) -> bool:
    """A column gives the answer away, or several together."""
    if d.finding("leak", "sums to target") is not None:
        return True
    if r.task == "regression" or len(d.probes.columns) < 2:
        return False
    first, second = d.probes.columns[:2]
    return min(first.score, first.smooth) >= TELLTALE and first.score - second.score >= AHEAD


def outlier(_: RunReport, d: DataReport) -> bool:
    """A few values squeeze all others of a column, or of the answer, so that what they tell is lost."""
    if d.far_target > FAR_SHARE:
        return True
    tamed = any(each.done and each.kind in ("outliers", "skew") and d.far_column in each.columns for each in d.findings)
    if tamed:
        return False
    hidden = next((each for each in d.probes.columns if each.column == d.far_column), None)
    return d.far_share > FAR_SHARE and hidden is not None and hidden.score - hidden.smooth > SHORT


def few_rows(_: RunReport, d: DataReport) -> bool:
    """There are fewer rows than two for each input, or a class with hardly any."""
    return d.n_inputs > d.n_train / 2 or (bool(d.class_counts) and 0 < min(d.class_counts) < FEW_OF_CLASS)
