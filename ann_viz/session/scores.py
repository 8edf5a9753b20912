"""How good a network is on a part of the data, in the units of the target's own column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ann_viz.data import Dataset
from ann_viz.data import PartName as Part
from ann_viz.engine import Network, baseline, evaluate

__all__ = ["Part", "score", "trivial_score"]

IN_TARGET_UNITS: Final = ("mae", "rmse")


def score(dataset: Dataset, network: Network, part: Part) -> Mapping[str, float]:
    """Score `network` on a part of `dataset`.

    Returns
    -------
    Mapping of str to float
        loss, accuracy, auc … or loss, mae, rmse, r2; empty for a part without rows. For a number, loss is
        the mean square of the standardised error, as in the chart; mae and rmse are in the target's units.
    """
    X, Y = dataset.part(part)
    if not len(X):
        return {}
    return _in_target_units(dataset, evaluate(dataset.recipe.task, Y, network.predict(X)))


def trivial_score(dataset: Dataset, part: Part) -> Mapping[str, float]:
    """Score the answer that needs no learning, the commonest class or the mean of the training rows, likewise."""
    Y_train = dataset.part("train")[1]
    Y = dataset.part(part)[1]
    if not len(Y):
        return {}
    return _in_target_units(dataset, baseline(dataset.recipe.task, Y_train, Y))


def _in_target_units(dataset: Dataset, scores: Mapping[str, float]) -> dict[str, float]:
    """Undo the division of the target by its spread."""
    std = dataset.encoder.target_std
    return {name: value * std if name in IN_TARGET_UNITS else value for name, value in scores.items()}
