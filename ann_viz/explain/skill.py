"""How much answers show of what is known: balanced accuracy of classes, R² of numbers.

Of classes the mean over them of the share found counts (guessing gets 1/k), the answers of a class being weighed by how
rare it is; guessing a number gets 0.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from ann_viz.engine import Task, classes_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["guess_score", "skill", "skill_error"]

Array: TypeAlias = "NDArray[np.float64]"
Rows: TypeAlias = "NDArray[np.floating]"


def guess_score(task: Task, n_outputs: int) -> float:
    """Return the score of knowing nothing."""
    return 0.0 if task == "regression" else 1 / max(2, n_outputs)


def skill(task: Task, Y: Rows, answer: Rows, means: Array) -> float:
    """Score answers with the rare classes counting as much as the common ones.

    A network that was trained on 2 % of "yes" says "yes" hardly ever, and yet may know which rows are likelier. So a
    class is taken for the answer where it is likelier than usual, and what is measured is what is known, not where the
    line was drawn.

    Parameters
    ----------
    task : {"binary", "multiclass", "regression"}
    Y, answer : (n, n_outputs) arrays
        Truth, and probabilities or values.
    means : (n_outputs,) array
        Share of each class, or mean of each number, among the training rows.

    Returns
    -------
    float
        Balanced accuracy or R²; NaN without rows.
    """
    if len(Y) == 0:
        return math.nan
    if task == "regression":
        total = float(((Y - means) ** 2).sum())
        return 1 - float(((Y - answer) ** 2).sum()) / total if total > 0 else 0.0
    return float(np.mean(_recalls(task, Y, answer, means)))


def _recalls(task: Task, Y: Rows, answer: Rows, means: Array) -> list[float]:
    """Share found of each class that occurs."""
    truth = classes_of(Y)
    said = classes_of(answer, means[0]) if task == "binary" else classes_of(answer / np.maximum(means, 1e-9))
    return [float((said[truth == k] == k).mean()) for k in np.unique(truth)]


def skill_error(task: Task, Y: Array, answer: Array, means: Array) -> float:
    """Return the standard error of `skill`, likewise."""
    if task == "regression":
        unexplained = ((Y - answer) ** 2).mean(axis=1) / max(1e-12, float(((Y - means) ** 2).mean()))
        return float(unexplained.std() / math.sqrt(len(Y)))
    _, counts = np.unique(classes_of(Y), return_counts=True)
    recalls = np.array(_recalls(task, Y, answer, means))
    return float(np.sqrt((recalls * (1 - recalls) / counts).sum()) / len(counts))
