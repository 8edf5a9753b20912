"""How good a network is on a part of the data, in the units of the target's own column.

A part of more than 100,000 rows is judged by as many, evenly spread and always the same, as in the chart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from ann_viz.engine import USUAL_THRESHOLD, Network, baseline, evaluate
from ann_viz.engine.rows import judged

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.data import Dataset
    from ann_viz.data import PartName as Part

__all__ = ["Scores", "in_target_units"]

IN_TARGET_UNITS: Final = ("mae", "rmse")
Rows: TypeAlias = "tuple[NDArray[Any], NDArray[Any]]"


class Scores:
    """Scores on the parts of a dataset, worked out when first asked for.

    Parameters
    ----------
    dataset : Dataset
        The data.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._rows: dict[Part, Rows] = {}
        self._answers: dict[Part, Rows] = {}
        self._found: dict[tuple[Part, float], Mapping[str, float]] = {}
        self._trivial: dict[Part, Mapping[str, float]] = {}

    def forget(self) -> None:
        """Work out everything anew: there is another network."""
        self._answers.clear()
        self._found.clear()

    def answers(self, network: Network, part: Part) -> Rows:
        """Return the truth and what `network`, the same one until `forget` is called, answers to a part.

        Returns
        -------
        truth, answer : (n_judged, n_outputs) arrays
        """
        if part not in self._answers:
            X, Y = self._judged(part)
            self._answers[part] = Y, network.predict(X)
        return self._answers[part]

    def score(self, network: Network, part: Part, threshold: float = USUAL_THRESHOLD) -> Mapping[str, float]:
        """Score what `network` answers to a part, where from `threshold` on yes is said.

        Returns
        -------
        Mapping of str to float
            loss, accuracy, auc … or loss, mae, rmse, r2; empty for a part without rows. For a number, loss is
            the mean square of the standardised error, as in the chart; mae and rmse are in the target's units.
        """
        if (part, threshold) not in self._found:
            truth, answer = self.answers(network, part)
            found = evaluate(self._dataset.recipe.task, truth, answer, threshold) if len(truth) else {}
            self._found[part, threshold] = in_target_units(self._dataset, found)
        return self._found[part, threshold]

    def trivial(self, part: Part) -> Mapping[str, float]:
        """Score the answer that needs no learning, the commonest class or the mean of the training rows, likewise."""
        if part not in self._trivial:
            Y_train, Y = self._judged("train")[1], self._judged(part)[1]
            found = baseline(self._dataset.recipe.task, Y_train, Y) if len(Y) else {}
            self._trivial[part] = in_target_units(self._dataset, found)
        return self._trivial[part]

    def _judged(self, part: Part) -> Rows:
        """Inputs and targets to judge by; those that are asked for at every snapshot or read from a file are kept."""
        if part in self._rows:
            return self._rows[part]
        rows = judged(*self._dataset.stream(part))
        if self._dataset.is_streamed or part == self._dataset.judged_part:
            self._rows[part] = rows
        return rows


def in_target_units(dataset: Dataset, scores: Mapping[str, float]) -> Mapping[str, float]:
    """Undo the division of the target by its spread."""
    std = dataset.encoder.target_std
    return {name: value * std if name in IN_TARGET_UNITS else value for name, value in scores.items()}
