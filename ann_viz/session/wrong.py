"""Finding a row that the network gets wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from ann_viz.engine import USUAL_THRESHOLD, Network, classes_of

if TYPE_CHECKING:
    from ann_viz.data import Dataset

__all__ = ["next_wrong"]

CHUNK: Final = 4096
FAR_OFF: Final = 1.0
"""A number is wrong when it is off by more than so many standard deviations of the target."""


def next_wrong(network: Network, dataset: Dataset, after: int, threshold: float = USUAL_THRESHOLD) -> int | None:
    """Return the next row that is answered wrongly, begun anew at the top, or None when all are right.

    Parameters
    ----------
    after : int
        Looked for behind this row; the row itself comes last.
    threshold : float
        Above which chance a yes-or-no answer is yes.
    """
    n_rows = len(dataset.X)
    for begin, end in ((after + 1, n_rows), (0, min(after + 1, n_rows))):
        for start in range(begin, end, CHUNK):
            stop = min(start + CHUNK, end)
            answers = network.predict(np.asarray(dataset.X[start:stop]))
            wrong = np.flatnonzero(_wrong(answers, np.asarray(dataset.Y[start:stop]), dataset.recipe.task, threshold))
            if len(wrong):
                return start + int(wrong[0])
    return None


def _wrong(answers: np.ndarray, truth: np.ndarray, task: str, threshold: float) -> np.ndarray:
    """Return for every row whether the answer is wrong, shape (n,)."""
    if task != "regression":
        return np.asarray(classes_of(answers, threshold) != classes_of(truth))
    return np.asarray(np.abs(answers - truth).max(axis=1) > FAR_OFF)
