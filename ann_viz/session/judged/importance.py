"""Which columns the network uses: by how much its score falls when one column is shuffled among the rows.

This tells what the network uses, not what causes the answer; columns that say the same share their credit.

References
----------
L. Breiman (2001), Random forests. Machine Learning 45, p. 5: permutation importance.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.data.encoding.features import Group
from ann_viz.engine import Network, classes_of
from ann_viz.session.judged.rows import JudgedRows

__all__ = ["N_SHUFFLES", "ColumnImportance", "Importance", "measure_importance", "score_of"]

Array = NDArray[np.floating[Any]]

N_SHUFFLES: Final = 20
MOST_ROWS: Final = 1500
LEAST_SPREADS: Final = 2.0
LEAST_SHARE: Final = 0.02  # of the largest: for numbers, which have no points
LEAST_POINTS: Final = 0.3


@dataclass(frozen=True, slots=True)
class ColumnImportance:
    """What the score loses without one column.

    Parameters
    ----------
    column : str
    loss : float
        Mean over the shuffles: in points of the AUC or of the accuracy, or in the target's unit.
    spread : float
        Standard deviation over the shuffles.
    counts : bool
        Whether that is more than chance, and enough to speak of.
    """

    column: str
    loss: float
    spread: float
    counts: bool


@dataclass(frozen=True, slots=True)
class Importance:
    """All columns, the most important first.

    Parameters
    ----------
    score : float
        With all columns in place: AUC or accuracy from 0 to 1, or the typical error in the target's unit.
    columns : tuple of ColumnImportance
    n_rows : int
        Rows that were used.
    """

    score: float
    columns: tuple[ColumnImportance, ...]
    n_rows: int


def score_of(task: str, Y: Array, answer: Array, unit: float = 1.0) -> float:
    """Return the score that importance is measured in; larger is better, except for the error of numbers.

    Parameters
    ----------
    task : {"binary", "multiclass", "regression"}
    Y, answer : (n, n_outputs) ndarray
    unit : float
        What 1 of a standardised number is in the target's unit.
    """
    if task == "regression":
        return float(np.abs(answer[:, 0] - Y[:, 0]).mean() * unit)
    if task == "multiclass":
        return float((classes_of(answer) == classes_of(Y)).mean())
    return _auc(Y[:, 0] > 0.5, answer[:, 0])


def _auc(is_yes: NDArray[np.bool_], chance: Array) -> float:
    """Return the area under the ROC curve: counting pairs in order, ties for half; the accuracy with one class."""
    yes, no = chance[is_yes], chance[~is_yes]
    if not len(yes) or not len(no):
        return float(((chance > 0.5) == is_yes).mean())
    no = np.sort(no)
    below, below_or_same = np.searchsorted(no, yes, side="left"), np.searchsorted(no, yes, side="right")
    return float((below + below_or_same).sum() / (2 * len(yes) * len(no)))


def measure_importance(
    network: Network,
    rows: JudgedRows,
    groups: tuple[Group, ...],
    *,
    unit: float = 1.0,
    n_shuffles: int = N_SHUFFLES,
    progress: Callable[[int], None] = lambda _: None,
) -> Importance:
    """Shuffle each column on its own, its inputs together, and score the answers.

    Parameters
    ----------
    network : Network
    rows : JudgedRows
        Of which at most 1,500 are used.
    groups : tuple of Group
        Which inputs belong to which column.
    unit : float
        As of `score_of`.
    n_shuffles : int
        How often each column is shuffled; always in the same ways.
    progress : callable
        Told how many columns are done; may raise to stop.
    """
    task = network.config.task
    some = rows.at_most(MOST_ROWS)
    n = len(some)
    if not n:
        return Importance(math.nan, (), 0)
    score = score_of(task, some.Y, network.predict(some.X), unit)
    sign, points = (1.0, 1.0) if task == "regression" else (-1.0, 100.0)
    rng = np.random.default_rng(0)
    orders = [rng.permutation(n) for _ in range(n_shuffles)]
    mixed = np.tile(some.X, (n_shuffles, 1))
    found: list[tuple[str, float, float]] = []
    for done, group in enumerate(groups):
        progress(done)
        place = slice(group.start, group.stop)
        own = some.X[:, place]
        mixed[:, place] = own[np.concatenate(orders)]
        answers = network.predict(mixed).reshape(n_shuffles, n, -1)
        mixed[:, place] = np.tile(own, (n_shuffles, 1))
        losses = [sign * points * (score_of(task, some.Y, answer, unit) - score) for answer in answers]
        found.append((group.column, float(np.mean(losses)), float(np.std(losses))))
    progress(len(groups))
    least = LEAST_SHARE * max((loss for _, loss, _ in found), default=0.0) if task == "regression" else LEAST_POINTS
    columns = (ColumnImportance(*each, each[1] >= max(LEAST_SPREADS * each[2], least)) for each in found)
    return Importance(score, tuple(sorted(columns, key=lambda column: -column.loss)), n)
