"""A sweep of the open document, as the window does it: in the thread of a job, and read meanwhile by another.

Results are kept in the program's own folder, by data and settings; so a sweep that was cut short goes on when the same
is asked for again.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

from ann_viz.data import Dataset
from ann_viz.engine import NetworkConfig, TrainConfig, Trainer
from ann_viz.errors import AnnVizError, TrainingError
from ann_viz.session.job import Progress
from ann_viz.session.sweeping.crew import Crew, LocalCrew, n_cores
from ann_viz.session.sweeping.kept_results import KeptResults
from ann_viz.session.sweeping.plan import Plan
from ann_viz.session.sweeping.problem import Problem, problem_of
from ann_viz.session.sweeping.ranking import RunScore
from ann_viz.session.sweeping.sweep import Sweep
from ann_viz.session.sweeping.swept import Swept
from ann_viz.session.sweeping.task import Task
from ann_viz.session.sweeping.work import trained, trainer_for

__all__ = ["Ground", "Study", "Survey", "survey", "train_again"]

_log: Final = logging.getLogger(__name__)
_FOLDER: Final = "sweeps"
_SUFFIX: Final = ".journal"
_MOST_JOURNALS: Final = 20
_FEWEST_SECONDS: Final = 0.2  # of epochs that a guess at the time is made from
_MOST_EPOCHS: Final = 5
_SHARE_OF_EPOCHS: Final = 0.6  # that runs have, as a rule, before they end early


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What sweeps start from.

    Parameters
    ----------
    dataset : Dataset
        Open for as long as anything is asked.
    network, training : NetworkConfig, TrainConfig
        The settings to change.
    folder : Path or None
        The program's own; None where there is none, and results are kept in memory alone.
    """

    dataset: Dataset
    network: NetworkConfig
    training: TrainConfig
    folder: Path | None = None

    def problem(self) -> Problem:
        """Return rows and settings as every process gets them."""
        return problem_of(self.dataset, self.network, self.training)


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known before a sweep begins.

    Parameters
    ----------
    seconds_per_epoch : float
        Of the network as it stands, in one process; NaN where it diverges at once.
    earlier : Plan or None
        What was asked for last on the same ground.
    n_kept : int
        How many results are kept of it.
    """

    seconds_per_epoch: float
    earlier: Plan | None
    n_kept: int

    def seconds_of(self, plan: Plan) -> float:
        """Return about how long a plan takes on this machine."""
        return self.seconds_per_epoch * plan.n_epochs * _SHARE_OF_EPOCHS / n_cores()


def survey(ground: Ground, progress: Progress, cancelled: Callable[[], bool]) -> Survey:
    """Time a few epochs, and look what is kept of earlier sweeps; the work of a `Job`."""
    problem = ground.problem()
    progress(0.5)
    earlier, n_kept = None, 0
    path = _journal_path(ground, problem)
    if path is not None and path.exists():
        with suppress(AnnVizError), closing(KeptResults(path, problem)) as kept:
            earlier, n_kept = kept.plan, len(kept.results)
    return Survey(_seconds_per_epoch(problem, cancelled), earlier, n_kept)


def _seconds_per_epoch(problem: Problem, cancelled: Callable[[], bool]) -> float:
    trainer = trainer_for(problem, Task(seed=problem.network.seed, epochs=_MOST_EPOCHS))
    began = perf_counter()
    with suppress(TrainingError):
        while trainer.finished is None and perf_counter() - began < _FEWEST_SECONDS and not cancelled():
            trainer.advance(trainer.epoch + 1)
    return (perf_counter() - began) / trainer.epoch if trainer.epoch else float("nan")


class Study:
    """One sweep.

    Parameters
    ----------
    ground : Ground
    plan : Plan
    make_crew : callable
        Makes what does the tasks.
    """

    def __init__(self, ground: Ground, plan: Plan, make_crew: Callable[[Problem], Crew] = LocalCrew) -> None:
        self.ground, self.plan = ground, plan
        self._make_crew = make_crew
        self._sweep: Sweep | None = None
        self._is_paused = False
        self._ranked: tuple[int, tuple[RunScore, ...]] = (0, ())

    @property
    def n_results(self) -> int:
        """How many tasks are done: as long as it is the same number, nothing else has changed."""
        return 0 if self._sweep is None else self._sweep.n_results

    def runs(self) -> tuple[RunScore, ...]:
        """Return the runs that are done, best first; worked out once for the results there are."""
        n_results = self.n_results
        if self._sweep is not None and self._ranked[0] != n_results:
            self._ranked = n_results, self._sweep.runs()
        return self._ranked[1]

    def baselines(self) -> tuple[RunScore, ...]:
        """Return what they are compared with."""
        return () if self._sweep is None else self._sweep.baselines()

    def seconds_left(self) -> float:
        """Return about how long it will take; NaN when nothing is known."""
        return float("nan") if self._sweep is None else self._sweep.seconds_left()

    @property
    def is_paused(self) -> bool:
        """Whether no task is begun."""
        return self._is_paused

    def pause(self, paused: bool) -> None:
        """Begin no more tasks, or go on."""
        self._is_paused = paused
        if self._sweep is not None:
            (self._sweep.pause if paused else self._sweep.go_on)()

    def work(self, progress: Progress, cancelled: Callable[[], bool]) -> tuple[RunScore, ...]:
        """Do what is missing, and return the runs; the work of a `Job`.

        Raises
        ------
        Cancelled, AnnVizError
            As `Sweep.work` does.
        """
        problem = self.ground.problem()
        with self._sweep_on(problem) as sweep:
            self._sweep = sweep
            self.pause(self._is_paused)
            return sweep.work(progress, cancelled)

    @contextmanager
    def _sweep_on(self, problem: Problem) -> Iterator[Sweep]:
        kept = self._journal(problem)
        if kept is None:
            yield Sweep(self.plan, problem, make_crew=self._make_crew)
            return
        with closing(kept):
            kept.begin(self.plan)
            yield Sweep(self.plan, problem, results=kept.results, keep=kept.keep, make_crew=self._make_crew)

    def recall(self, _: Progress, cancelled: Callable[[], bool]) -> bool:
        """Take the results that are kept of an earlier time, and do nothing; the work of a `Job`.

        Returns
        -------
        bool
            Whether any are.
        """
        problem = self.ground.problem()
        path = _journal_path(self.ground, problem)
        if path is None or not path.exists():
            return False
        with closing(KeptResults(path, problem)) as kept:
            self._sweep = Sweep(self.plan, problem, results=kept.results)
        return bool(self.runs())

    def swept(self, number: int) -> Swept | None:
        """Return how it stands among the runs, under a number; None before a run is done."""
        runs = self.runs()
        if not runs:
            return None
        best, ground = runs[0].mean(), self.ground
        return Swept(
            number=number,
            plan=self.plan,
            network=ground.network,
            training=ground.training,
            n_runs=len(runs),
            best=best if math.isfinite(best) else None,
        )

    def _journal(self, problem: Problem) -> KeptResults | None:
        """Open the journal; None where none can be kept, or another window is at the same sweep."""
        path = _journal_path(self.ground, problem)
        if path is None:
            return None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _remove_old(path.parent)
            return KeptResults(path, problem)
        except (OSError, AnnVizError):
            _log.info("this sweep is kept in memory alone", exc_info=True)
            return None


def train_again(ground: Ground, task: Task, _: Progress, cancelled: Callable[[], bool]) -> Trainer:
    """Return the run that a task came to, with its whole course; the work of a `Job`.

    On the same kind of processor it is the same bit for bit, unless every process had a part of the rows only: now it
    learns from all.
    """
    return trained(problem_of(ground.dataset, ground.network, ground.training, whole=True), task, cancelled)


def _journal_path(ground: Ground, problem: Problem) -> Path | None:
    return None if ground.folder is None else ground.folder / _FOLDER / f"{problem.fingerprint()}{_SUFFIX}"


def _remove_old(folder: Path) -> None:
    """Remove the journals that were written longest ago, but for the newest few."""
    found = sorted(folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in found[_MOST_JOURNALS:]:
        with suppress(OSError):
            path.unlink()
