"""Others that learn the same rows, for the question whether something simpler, or something else, would do as well.

They are of scikit-learn, which the extra ``baselines`` brings.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ann_viz.session.sweeping.problem import Problem
from ann_viz.session.sweeping.task import Task

__all__ = ["PEERS"]

Answer = tuple[NDArray[np.floating], int]
"""What was answered to the rows judged by, and how many weights stand behind it."""


def _mlp(problem: Problem, task: Task) -> Answer:
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    training = problem.training
    options = {
        "hidden_layer_sizes": tuple(layer.neurons for layer in problem.network.hidden),
        "alpha": training.l2,
        "learning_rate_init": training.learning_rate,
        "batch_size": min(training.batch_size or len(problem.X), len(problem.X)),
        "max_iter": task.epochs,
        "random_state": task.seed,
    }
    model = (MLPRegressor if problem.network.task == "regression" else MLPClassifier)(**options)
    output = _fitted(problem, model)
    return output, sum(array.size for array in (*model.coefs_, *model.intercepts_))


def _boosting(problem: Problem, task: Task) -> Answer:
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    is_number = problem.network.task == "regression"
    model = (HistGradientBoostingRegressor if is_number else HistGradientBoostingClassifier)(random_state=task.seed)
    return _fitted(problem, model), 0


def _fitted(problem: Problem, model: Any) -> NDArray[np.floating]:
    """Let a model of scikit-learn learn the rows, and return its answers in the form of ours."""
    task, X, Y = problem.network.task, problem.X[:], problem.Y[:]
    labels = Y.argmax(axis=1) if task == "multiclass" else Y[:, 0] > 0.5 if task == "binary" else Y[:, 0]
    X_judged = problem.judging[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that so many epochs were not enough, the score says
        model.fit(X, labels)
        answer = model.predict(X_judged) if task == "regression" else model.predict_proba(X_judged)
    if task == "regression":
        return np.asarray(answer)[:, None]
    shares = np.zeros((len(X_judged), max(2, Y.shape[1])))
    shares[:, model.classes_.astype(int)] = answer
    return shares[:, 1:] if task == "binary" else shares


PEERS: Final[Mapping[str, Callable[[Problem, Task], Answer]]] = {"sklearn_mlp": _mlp, "boosting": _boosting}
