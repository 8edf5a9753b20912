"""The honest question: would something simpler do? Guessing and other models on the same rows and splits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from ann_viz.engine import NetworkConfig
from ann_viz.session.sweeping.task import ModelName, Result, Task
from ann_viz.translation import translatable, translate

if TYPE_CHECKING:
    from ann_viz.data import Dataset

__all__ = ["RealityCheck", "baseline_models", "baseline_name", "reality_checks"]

_NAMES: Final[dict[ModelName, str]] = {
    "guessing": translatable("Guessing"),
    "linear": translatable("No hidden layer"),
    "sklearn_mlp": translatable("scikit-learn's network"),
    "boosting": translatable("Gradient boosting"),
}


@dataclass(frozen=True, slots=True)
class RealityCheck:
    """What something simpler comes to on the rows that a network is judged by.

    Parameters
    ----------
    model : str
        "guessing" or "linear", a network without hidden layer: logistic or ridge regression.
    result : Result
        Its scores: ``result.score("loss")``, "accuracy", "auc" … or "rmse", "r2" ….
    """

    model: ModelName
    result: Result

    @property
    def name(self) -> str:
        """What it is called in the reader's language."""
        return baseline_name(self.model)


def baseline_name(model: ModelName) -> str:
    """Return what a baseline is called."""
    return translate(_NAMES[model])


def baseline_models() -> tuple[ModelName, ...]:
    """Return the baselines there are here, the simplest first; those of scikit-learn where it is installed."""
    own: tuple[ModelName, ...] = ("guessing", "linear")
    return (*own, "sklearn_mlp", "boosting") if find_spec("sklearn") is not None else own


def reality_checks(
    dataset: Dataset, network: NetworkConfig, cancelled: Callable[[], bool] = lambda: False
) -> tuple[RealityCheck, ...]:
    """Return how far guessing and a network without hidden layer come, for lines in charts; the work of a `Job`.

    Parameters
    ----------
    dataset : Dataset
    network : NetworkConfig
        Gives the ends, the loss and the seed.
    cancelled : callable
        Asked now and then.

    Raises
    ------
    Cancelled
        When it was stopped.
    """
    from ann_viz.session.sweeping.problem import problem_of
    from ann_viz.session.sweeping.work import LINEAR, solve

    problem = problem_of(dataset, network, LINEAR)
    models: tuple[ModelName, ...] = ("guessing", "linear")
    tasks = (Task(model=each, seed=network.seed) for each in models)
    return tuple(RealityCheck(task.model, solve(problem, task, stopped=cancelled)) for task in tasks)
