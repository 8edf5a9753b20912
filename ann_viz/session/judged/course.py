"""Every score over the epochs of a run, from the weights that its timeline has kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.engine import Snapshot, class_recalls, confusion, evaluate
from ann_viz.session.judged.rows import JudgedRows

__all__ = ["Course", "ScoreCourse", "score_name"]

MOST_ROWS: Final = 3000
_RECALL: Final = "recall of class "


def score_name(index: int) -> str:
    """Return under which name the recall of a class stands in a `ScoreCourse`."""
    return f"{_RECALL}{index}"


@dataclass(frozen=True, slots=True, eq=False)
class ScoreCourse:
    """Scores epoch by epoch.

    Parameters
    ----------
    epoch : (m,) ndarray
    scores : mapping of str to (m,) ndarray
        Those of `ann_viz.engine.evaluate`, and the recall of every class; mae and rmse in the target's unit.
    n_rows : int
        Rows they are of.
    """

    epoch: NDArray[np.float64]
    scores: Mapping[str, NDArray[np.float64]]
    n_rows: int


class Course:
    """Scores kept moments, each only once as long as rows and threshold stay.

    Parameters
    ----------
    rows : JudgedRows
        Of which at most 3,000 are used.
    threshold : float
        Above which chance a yes-or-no answer is yes.
    unit : float
        What 1 of a standardised number is in the target's unit.
    """

    def __init__(self, rows: JudgedRows, threshold: float, unit: float = 1.0) -> None:
        self._rows, self._threshold, self._unit = rows.at_most(MOST_ROWS), threshold, unit
        self._known: dict[int, tuple[Snapshot, Mapping[str, float]]] = {}

    def of(self, moments: tuple[Snapshot, ...], progress: Callable[[float], None] = lambda _: None) -> ScoreCourse:
        """Return the scores of some moments; `progress` is told the share done and may raise to stop."""
        found = []
        for done, moment in enumerate(moments):
            progress(done / len(moments))
            kept = self._known.get(id(moment))
            if kept is None:
                kept = self._known[id(moment)] = moment, self._score(moment)
            found.append(kept[1])
        names = found[0].keys() if found else ()
        columns = {name: np.array([scores[name] for scores in found]) for name in names}
        return ScoreCourse(np.array([float(moment.epoch) for moment in moments]), columns, len(self._rows))

    def _score(self, moment: Snapshot) -> Mapping[str, float]:
        Y, task = self._rows.Y, moment.config.task
        if not len(Y):
            return {}
        answer: NDArray[Any] = moment.model().predict(self._rows.X)
        scores = dict(evaluate(task, Y, answer, self._threshold))
        if task == "regression":
            return scores | {name: scores[name] * self._unit for name in ("mae", "rmse")}
        recalls = class_recalls(confusion(Y, answer, self._threshold))
        return scores | {score_name(index): float(value) for index, value in enumerate(recalls)}
