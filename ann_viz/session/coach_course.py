"""How the loss of a run went that is optimised, as the coach is told of it; and the rows that it looks at."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from ann_viz.engine import Snapshot, Task
from ann_viz.engine.rows import class_weighing, class_weights_of, judged
from ann_viz.explain.evidence import rise, row_losses
from ann_viz.session.document import Document
from ann_viz.session.starting import require

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.data import Dataset, PartName

__all__ = ["LOOKED_AT", "LossCourse", "course_of", "rows_looked_at"]

LOOKED_AT: Final = 500  # rows sent through the network
MOST_COMPARED: Final = 5_000  # validation rows whose losses are compared
LEAST_LOOKED_AT: Final = 100
MOST_PRODUCTS: Final = 20_000_000  # of a pass: some milliseconds
TRAIN: Final[PartName] = "train"

Rows: TypeAlias = "NDArray[np.floating]"


def rows_looked_at(document: Document, dataset: Dataset, part: PartName, most: int) -> tuple[Rows, Rows]:
    """Return rows of a part, always the same ones; fewer where the network is large, so that a look stays quick."""
    config, kept = require(document.network_config), document.coach_memory.rows
    n = min(most, max(LEAST_LOOKED_AT, MOST_PRODUCTS // config.n_parameters))
    if (part, n) not in kept:
        kept[part, n] = judged(*dataset.stream(part), n)
    return kept[part, n]


@dataclass(frozen=True, slots=True, eq=False)
class LossCourse:
    """How the loss went that is optimised.

    Parameters
    ----------
    train, judged : (n,) arrays
        Of training rows and of those judged by, epoch by epoch.
    guess : float
        Of the answer that needs no learning.
    best_epoch : int
        Which had the lowest loss of the judged rows.
    rise, rise_z : float
        By how much that has risen since, and how sure that is; see `evidence.rise`.
    """

    train: NDArray[np.float64]
    judged: NDArray[np.float64]
    guess: float
    best_epoch: int
    rise: float
    rise_z: float


def course_of(document: Document, dataset: Dataset, snapshot: Snapshot) -> LossCourse:
    """Read the course of the loss; where classes are weighed, work out the weighed one, which alone is optimised."""
    history, kept = snapshot.history, _epochs(snapshot)
    X, Y = rows_looked_at(document, dataset, dataset.judged_part, MOST_COMPARED)
    is_weighed = snapshot.train_config.class_weights is not None
    weights = _row_weights(dataset.recipe.task, Y) if is_weighed else np.ones(len(Y))
    if not is_weighed:
        guess = float(document.baseline("train").get("loss", np.nan))
        train, values, best_epoch = history.train_loss, history.judged_loss, snapshot.best_epoch
    else:
        guess = math.log(max(2, Y.shape[1]))
        train, values = _weighed(document, dataset, snapshot)
        best_epoch = kept[int(np.argmin(values))].epoch if kept else snapshot.epoch
    rose = 0.0, 0.0
    if len(dataset.validation) and best_epoch < snapshot.epoch and kept:
        best = min(kept, key=lambda each: abs(each.epoch - best_epoch))
        memory = document.coach_memory
        if memory.best is None or memory.best[0] is not best:
            memory.best = best, row_losses(best.model(), X, Y)
        rose = rise(row_losses(document.model_network, X, Y) * weights, memory.best[1] * weights)
    return LossCourse(train, values, guess, best_epoch, *rose)


def _epochs(snapshot: Snapshot) -> list[Snapshot]:
    """Return the kept moments at which an epoch ended."""
    return [moment for moment in snapshot.timeline if moment.batch_index == 0]


def _row_weights(task: Task, Y: Rows) -> NDArray[np.float64]:
    """Return what each row counts where classes count the same; 1 for a number."""
    weights = class_weights_of(task, Y)
    if weights is None:
        return np.ones(len(Y))
    return np.asarray(class_weighing(task, weights)(Y)[:, 0], np.float64)


def _weighed(
    document: Document, dataset: Dataset, snapshot: Snapshot
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the weighed losses of training and judged rows at the ends of the epochs whose weights are kept."""
    known, found = document.coach_memory.weighed, {}
    parts = [rows_looked_at(document, dataset, part, LOOKED_AT) for part in (TRAIN, dataset.judged_part)]
    for moment in _epochs(snapshot):
        if moment.epoch in known and known[moment.epoch][0] is moment:
            found[moment.epoch] = known[moment.epoch]
            continue
        network = moment.model()
        losses = [float((row_losses(network, X, Y) * _row_weights(dataset.recipe.task, Y)).mean()) for X, Y in parts]
        found[moment.epoch] = moment, losses
    document.coach_memory.weighed = found
    train, values = (np.array([losses[place] for _, losses in found.values()]) for place in (0, 1))
    return train, values
