"""Whether the same network gets further from other starting weights: tried silently, on some rows, for as long."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from ann_viz.engine import Network, NetworkConfig, TrainConfig, Trainer
from ann_viz.engine.rows import judged
from ann_viz.errors import Cancelled, TrainingError
from ann_viz.explain.skill import skill

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.data import Dataset

__all__ = ["OtherStarts", "try_other_starts"]

STARTS: Final = 4
MOST_ROWS: Final = 600
MOST_STEPS: Final = 4_000  # of each start
MOST_PRODUCTS: Final = 400_000_000  # of each start; a large network is not tried for longer than a second


@dataclass(frozen=True, slots=True)
class OtherStarts:
    """What to try.

    Parameters
    ----------
    dataset : Dataset
        Whose training rows are learned.
    network, training
        The settings; only the seed is another one.
    epochs : int
        How long the run has taken that they are compared with.
    """

    dataset: Dataset
    network: NetworkConfig
    training: TrainConfig
    epochs: int


def try_other_starts(asked: OtherStarts, cancelled: Callable[[], bool] = lambda: False) -> float:
    """Return the best score on training rows that other starts reach; NaN where trying would take too long.

    Raises
    ------
    Cancelled
        When ``cancelled`` says so; asked at every step.
    """
    X, Y = (np.asarray(rows) for rows in judged(*asked.dataset.stream("train"), MOST_ROWS))
    steps = asked.epochs * math.ceil(len(X) / (asked.training.batch_size or len(X)))
    if steps > MOST_STEPS or steps * asked.network.n_parameters * min(len(X), 64) > MOST_PRODUCTS:
        return math.nan
    training = replace(asked.training, epochs=asked.epochs, patience=None, max_seconds=None, target_loss=None)
    scores = []
    for number in range(STARTS):
        seed = asked.network.seed + 1 + number
        scores.append(_score(Network(replace(asked.network, seed=seed)), X, Y, training, cancelled))
    return max(scores)


def _score(
    network: Network,
    X: NDArray[np.floating],
    Y: NDArray[np.floating],
    training: TrainConfig,
    cancelled: Callable[[], bool],
) -> float:
    trainer = Trainer(network, X, Y, config=training)
    try:
        for _ in trainer:
            if cancelled():
                raise Cancelled("Trying other starting weights was stopped.")
    except TrainingError:
        return -math.inf
    means = np.full(Y.shape[1], 0.5) if training.class_weights and Y.shape[1] == 1 else Y.mean(axis=0)
    return skill(network.config.task, Y, network.predict(X), means)
