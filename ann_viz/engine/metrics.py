"""How good answers are, in the field's usual numbers, and how good the trivial answer would be.

What is undefined (an AUC with one class only, how many of no alarms are true) is NaN, never a warning.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from ann_viz.engine.config import Task

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "USUAL_THRESHOLD",
    "Metrics",
    "baseline",
    "class_recalls",
    "classes_of",
    "confusion",
    "evaluate",
    "mix_ups",
]

Metrics = Mapping[str, float]
Array: TypeAlias = "NDArray[np.floating]"

USUAL_THRESHOLD: Final = 0.5
"""Above which probability a yes-or-no answer is yes, unless somebody decides otherwise."""


def evaluate(task: Task, Y: Array, output: Array, threshold: float = USUAL_THRESHOLD) -> Metrics:
    """Score `output` against the truth.

    Parameters
    ----------
    task : {"binary", "multiclass", "regression"}
    Y : ndarray
        Binary (n, 1) of 0 and 1, multiclass one-hot (n, k), regression (n, m).
    output : ndarray, same shape
        Probabilities, or values.
    threshold : float
        Above which probability a binary answer is yes.

    Returns
    -------
    dict
        Classes: loss, accuracy, balanced_accuracy, precision, recall, f1, auc, log_loss, brier (macro means for more
        than two classes). Regression: loss (mean squared), mae, rmse, r2 (mean over targets).
    """
    Y, output = np.asarray(Y, np.float64), np.asarray(output, np.float64)
    if len(Y) == 0:
        return {}
    return _regression(Y, output) if task == "regression" else _classification(Y, output, threshold)


def baseline(task: Task, Y_train: Array, Y: Array) -> Metrics:
    """Score the answer of someone who only knows `Y_train`: its class shares, or its mean, for every row of `Y`.

    Parameters
    ----------
    task : {"binary", "multiclass", "regression"}
    Y_train, Y : arrays, shape (n_train, n_outputs) and (n, n_outputs)
        Truth of the rows that are known, and of those that are judged.
    """
    constant = np.asarray(Y_train, np.float64).mean(axis=0, keepdims=True)
    return evaluate(task, Y, np.repeat(constant, len(Y), axis=0))


def classes_of(values: Array, threshold: float = USUAL_THRESHOLD) -> NDArray[np.int64]:
    """Return the class of every row of answers, or of the truth, shape (n,).

    Parameters
    ----------
    values : (n, 1) or (n, k) ndarray
        Probability of yes, which is answered above `threshold`, or those of k classes, of which the largest counts.
    threshold : float
        As for `evaluate`; any will do for the truth.
    """
    if values.shape[1] == 1:
        return (values[:, 0] > threshold).astype(np.int64)
    return np.asarray(values.argmax(axis=1), np.int64)


def class_recalls(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the share of each class that is found, 0 to 1, NaN of a class that does not occur; shape (n_classes,).

    Parameters
    ----------
    counts : (n_classes, n_classes) array
        From `confusion`: a row for each true class, a column for each answer.
    """
    whole = counts.sum(axis=1)
    return np.asarray(np.divide(np.diag(counts), whole, out=np.full(len(whole), math.nan), where=whole > 0))


def confusion(Y: Array, output: Array, threshold: float = USUAL_THRESHOLD) -> NDArray[np.int64]:
    """Count rows by true class (down) and answered class (across), shape (k, k); `threshold` as for `evaluate`."""
    truth, answer, k = classes_of(np.asarray(Y)), classes_of(np.asarray(output), threshold), max(2, Y.shape[1])
    return np.bincount(truth * k + answer, minlength=k * k).reshape(k, k).astype(np.int64)


def mix_ups(counts: NDArray[np.int64], most: int) -> list[tuple[int, int, int]]:
    """Return the most frequent mistakes as (true class, answered class, rows), the most frequent first.

    Parameters
    ----------
    counts : (k, k) ndarray
        As from `confusion`.
    most : int
        How many at most; ties in the order of the classes.
    """
    wrong = counts.copy()
    np.fill_diagonal(wrong, 0)
    places = np.flatnonzero(wrong)  # most of many classes are never mixed up
    order = places[np.argsort(-wrong.ravel()[places], kind="stable")[:most]]
    pairs = (divmod(int(place), len(counts)) for place in order)
    return [(truth, answer, int(wrong[truth, answer])) for truth, answer in pairs]


def _classification(Y: Array, output: Array, threshold: float) -> Metrics:
    counts = confusion(Y, output, threshold).astype(float)
    P, T = (np.hstack([1 - a, a]) if a.shape[1] == 1 else a for a in (output, Y))
    right, true, said = np.diag(counts), counts.sum(axis=1), counts.sum(axis=0)
    recall, precision = _ratio(right, true), _ratio(right, said)
    f1 = _ratio(2 * right, true + said)
    binary = Y.shape[1] == 1
    seen = (true > 0) | (said > 0)  # macro means leave out classes that occur nowhere, as scikit-learn does
    epsilon = np.finfo(np.float64).eps
    log_loss = float(-np.log(np.clip((P * T).sum(axis=1), epsilon, 1.0)).mean())
    brier = float(((output - Y) ** 2).mean()) if binary else float(((P - T) ** 2).sum(axis=1).mean())
    return {
        "loss": log_loss,
        "accuracy": float(right.sum() / counts.sum()),
        "balanced_accuracy": float(recall[true > 0].mean()),
        "precision": (float(precision[1]) if said[1] else math.nan) if binary else float(precision[seen].mean()),
        "recall": float(recall[1] if binary else recall[seen].mean()),
        "f1": float(f1[1] if binary else f1[seen].mean()),
        "auc": _auc(Y[:, 0], output[:, 0]) if binary else _macro_auc(Y, output),
        "log_loss": log_loss,
        "brier": brier,
    }


def _ratio(part: Array, whole: Array) -> Array:
    """Divide; nothing of nothing counts as 0."""
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)


def _auc(truth: Array, score: Array) -> float:
    """Return the area under the ROC curve: in how many pairs the yes is above the no; ties count half.

    Mann and Whitney 1947.
    """
    yes, no = score[truth > 0.5], np.sort(score[truth <= 0.5])
    if not len(yes) or not len(no):
        return math.nan
    below, not_above = np.searchsorted(no, yes, "left"), np.searchsorted(no, yes, "right")
    return float((below.sum() + not_above.sum()) / 2 / (len(yes) * len(no)))


def _macro_auc(Y: Array, output: Array) -> float:
    """Return the mean of each class against the rest; NaN when a class is absent."""
    return float(np.mean([_auc(Y[:, k], output[:, k]) for k in range(Y.shape[1])]))


def _regression(Y: Array, output: Array) -> Metrics:
    error = output - Y
    squared = (error**2).mean(axis=0)
    spread = ((Y - Y.mean(axis=0)) ** 2).mean(axis=0)
    constant = np.where(squared == 0, 1.0, 0.0)
    r2 = np.where(spread > 0, 1 - squared / np.where(spread > 0, spread, 1.0), constant)
    return {
        "loss": float(squared.mean()),
        "mae": float(np.abs(error).mean()),
        "rmse": float(np.sqrt(squared).mean()),
        "r2": float(r2.mean()) if len(Y) > 1 else math.nan,
    }
