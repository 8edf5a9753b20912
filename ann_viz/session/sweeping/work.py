"""Does one task: trains what it asks for and scores it. Runs in whatever process, and knows none."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from time import perf_counter
from typing import Final

import numpy as np

from ann_viz.engine import Network, TrainConfig
from ann_viz.engine.compiled.choice import make_trainer
from ann_viz.engine.trainer import Trainer
from ann_viz.errors import Cancelled, ConfigError, TrainingError
from ann_viz.session.sweeping.learned_state import read_state, write_state
from ann_viz.session.sweeping.peers import PEERS
from ann_viz.session.sweeping.problem import Problem
from ann_viz.session.sweeping.settings import applied
from ann_viz.session.sweeping.task import Result, Task
from ann_viz.translation import translate

__all__ = ["LINEAR", "solve", "trained", "trainer_for"]

Stopped = Callable[[], bool]

LINEAR: Final = TrainConfig(learning_rate=0.01, batch_size=64, l2=0.001, epochs=100, patience=10)
"""How a network without hidden layer learns to be compared with, whatever the others do; its valley has one bottom."""

_LINEAR_STEPS: Final = 8000  # at least as many, however few rows there are


def trainer_for(problem: Problem, task: Task, state: str = "") -> Trainer:
    """Return what learns a task, before its first step; the same wherever the same engine is.

    Parameters
    ----------
    problem : Problem
    task : Task
    state : str
        Of the same run after fewer epochs, to go on from. What can't be gone on from begins anew, and comes to the
        same.

    Raises
    ------
    ConfigError
        When a setting is out of its range.
    """
    if task.model == "linear":
        network = replace(problem.network, hidden=())
        epochs = max(LINEAR.epochs, _LINEAR_STEPS * LINEAR.batch_size // len(problem.X))
        training = replace(LINEAR, seed=task.seed, epochs=epochs)
    else:
        network, training = applied(task.settings, problem.network, problem.training)
        training = replace(training, seed=task.seed, epochs=task.total or task.epochs, patience=task.patience)
    start = Network(replace(network, seed=task.seed))
    began = read_state(state, start.config, training, len(problem.X))
    return make_trainer("auto", start, problem.X, problem.Y, **problem.unseen, config=training, checkpoint=began)


def trained(problem: Problem, task: Task, stopped: Stopped = lambda: False) -> Trainer:
    """Train a task to its end, with the weights of the best epoch.

    Raises
    ------
    TrainingError
        When it diverges.
    Cancelled
        When it was stopped.
    """
    trainer = trainer_for(problem, task)
    _train(trainer, task, stopped)
    if trainer.finished is None:  # it was to be left here
        config = trainer.config
        total = config.schedule_total or config.epochs
        trainer.configure(replace(config, epochs=task.epochs, schedule_total=total))
    trainer.restore_best()
    return trainer


def _train(trainer: Trainer, task: Task, stopped: Stopped) -> None:
    """Train until the task is over, or the run."""
    until = task.epochs if task.total else math.inf
    while trainer.finished is None and trainer.epoch < until:
        if stopped():
            raise Cancelled
        trainer.advance(until)


def solve(problem: Problem, task: Task, state: str = "", stopped: Stopped = lambda: False) -> Result:
    """Do a task; one that diverges, or can't be done with these settings, has its result too.

    Parameters
    ----------
    problem : Problem
    task : Task
    state : str
        See `trainer_for`.
    stopped : callable
        Asked now and then.

    Raises
    ------
    Cancelled
        When it was stopped.
    """
    began = perf_counter()
    try:
        with np.errstate(all="ignore"):
            result = _ANSWERS.get(task.model, _peer)(problem, task, state, stopped)
    except (TrainingError, ConfigError) as error:
        result = Result(task=task, failed=str(error))
    return replace(result, seconds=round(perf_counter() - began, 4))


def _network(problem: Problem, task: Task, state: str, stopped: Stopped) -> Result:
    trainer = trainer_for(problem, task, state)
    _train(trainer, task, stopped)
    left = write_state(trainer) if task.total else ""
    trainer.restore_best()
    scores = problem.score(trainer.network.predict(problem.judging[0]))
    if not math.isfinite(scores["loss"]):
        raise TrainingError(translate("The answers became infinite."))
    return Result(
        task=task,
        scores=_finite(scores),
        epochs=trainer.epoch,
        kept_epoch=trainer.best_epoch,
        n_parameters=trainer.network.config.n_parameters,
        state=left,
    )


def _guessing(problem: Problem, task: Task, _state: str, _stopped: Stopped) -> Result:
    return Result(task=task, scores=_finite(problem.score_guessing()))


def _peer(problem: Problem, task: Task, _state: str, _stopped: Stopped) -> Result:
    try:
        output, n_parameters = PEERS[task.model](problem, task)
    except ImportError as error:
        raise TrainingError(translate("scikit-learn is not installed where this was to be tried.")) from error
    return Result(task=task, scores=_finite(problem.score(output)), n_parameters=n_parameters)


def _finite(scores: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    return tuple((name, float(value)) for name, value in scores.items() if math.isfinite(value))


_ANSWERS: Final[Mapping[str, Callable[[Problem, Task, str, Stopped], Result]]] = {
    "network": _network,
    "linear": _network,
    "guessing": _guessing,
}
