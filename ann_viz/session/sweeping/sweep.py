"""A sweep under way: gives tasks to a crew, keeps every result, and goes on after whatever was lost."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from statistics import fmean
from typing import Final

from ann_viz.errors import AnnVizError, Cancelled
from ann_viz.session.job import Progress
from ann_viz.session.sweeping.crew import Crew, LocalCrew
from ann_viz.session.sweeping.plan import Plan
from ann_viz.session.sweeping.problem import Problem
from ann_viz.session.sweeping.ranking import RunScore, scored, scored_baselines, tasks_wanted
from ann_viz.session.sweeping.task import Result, Task
from ann_viz.translation import translate

__all__ = ["Sweep"]

_log: Final = logging.getLogger(__name__)
_LOOK_S: Final = 0.1
_AHEAD: Final = 2  # tasks on their way for every worker, so that none waits for its next
_MOST_LOSSES: Final = 5  # of crews one after the other without a result in between
_PATIENCE_S: Final = 120.0  # with a cluster that is being restarted
_AGAIN_S: Final = 1.0


class Sweep:
    """One sweep. `work` does it, in a thread of its own; everything else may be asked for meanwhile.

    Parameters
    ----------
    plan : Plan
    problem : Problem
    results : Mapping
        Those there are already.
    keep : callable
        Gets every new result before it counts, and raises where it can't be kept.
    make_crew : callable
        Makes what does the tasks.
    """

    def __init__(
        self,
        plan: Plan,
        problem: Problem,
        *,
        results: Mapping[Task, Result] | None = None,
        keep: Callable[[Result], None] = lambda _: None,
        make_crew: Callable[[Problem], Crew] = LocalCrew,
    ) -> None:
        self.plan, self.problem = plan, problem
        self._keep, self._make_crew = keep, make_crew
        self._results = dict(results or {})
        self._lock = threading.Lock()
        self._is_paused = threading.Event()
        self._n_workers = 1
        self._had_crew = False

    # What is known meanwhile -----------------------------------------------------------------------------------------
    @property
    def results(self) -> dict[Task, Result]:
        """What is done so far."""
        with self._lock:
            return dict(self._results)

    @property
    def n_results(self) -> int:
        """How many tasks are done; a task is never done twice."""
        return len(self._results)

    def runs(self) -> tuple[RunScore, ...]:
        """Return the runs that are done, best first."""
        return scored(self.plan, self.results)

    def baselines(self) -> tuple[RunScore, ...]:
        """Return what they are compared with."""
        return scored_baselines(self.plan, self.results)

    @property
    def is_paused(self) -> bool:
        """Whether no task is begun."""
        return self._is_paused.is_set()

    def pause(self) -> None:
        """Begin no more tasks; those under way end."""
        self._is_paused.set()

    def go_on(self) -> None:
        """Take up where it was paused."""
        self._is_paused.clear()

    def seconds_left(self) -> float:
        """Return about how long it will take, from how long it took; NaN before the first result."""
        results = self.results
        networks = [each for each in results.values() if each.task.model == "network"]
        speeds = [each.seconds / self.plan.epochs_of(each.task) for each in networks]
        left = self.plan.n_epochs - sum(self.plan.epochs_of(each.task) for each in networks)
        return fmean(speeds) * max(0, left) / self._n_workers if speeds else float("nan")

    # Doing it --------------------------------------------------------------------------------------------------------
    def work(self, progress: Progress, cancelled: Callable[[], bool]) -> tuple[RunScore, ...]:
        """Do all tasks that have no result yet; the work of a `Job`.

        Raises
        ------
        Cancelled
            When it was; results are kept.
        AnnVizError
            When nobody can do the tasks, or results can't be kept.
        """
        losses = 0
        while self._todo():
            n_before = len(self._results)
            crew = self._find_crew(cancelled)
            try:
                if self._give_out(crew, progress, cancelled):
                    break
            finally:
                crew.close()
            losses = losses + 1 if len(self._results) == n_before else 0
            if losses == _MOST_LOSSES:
                sentence = translate(
                    "What trains ends by itself again and again, perhaps for lack of memory. Results so far are kept."
                )
                raise AnnVizError(sentence)
        return self.runs()

    def _todo(self) -> list[Task]:
        return [task for task in tasks_wanted(self.plan, self._results) if task not in self._results]

    def _find_crew(self, cancelled: Callable[[], bool]) -> Crew:
        """Make a crew; where one was lost, try again for a while: it may just be restarted."""
        until = time.monotonic() + (_PATIENCE_S if self._had_crew else 0)
        while True:
            try:
                crew = self._make_crew(self.problem)
            except AnnVizError:
                if time.monotonic() > until:
                    raise
                _log.info("no crew yet", exc_info=True)
            else:
                self._had_crew = True
                return crew
            if cancelled():
                raise Cancelled
            time.sleep(_AGAIN_S)

    def _give_out(self, crew: Crew, progress: Progress, cancelled: Callable[[], bool]) -> bool:
        """Have tasks done until none is left; return false when the crew was lost before."""
        waiting: list[Task] = []
        pending: dict[Future[Result], Task] = {}
        try:
            while True:
                if cancelled():
                    raise Cancelled
                if not waiting and not pending:
                    waiting = self._todo()[::-1]  # all, or of a sweep that narrows down the next round
                    if not waiting:
                        return True
                if not self.is_paused:
                    self._submit(crew, waiting, pending)
                self._collect(pending)
                progress(len(self._results) / self.plan.n_tasks)
        except Exception as error:
            if not crew.is_lost(error):
                raise
            _log.info("a crew was lost", exc_info=error)
            return False

    def _submit(self, crew: Crew, waiting: list[Task], pending: dict[Future[Result], Task]) -> None:
        """Send on their way as many tasks as keep all workers busy."""
        self._n_workers = crew.n_workers
        while waiting and len(pending) < _AHEAD * self._n_workers:
            task = waiting[-1]
            pending[crew.submit(task, self._state_before(task))] = task
            waiting.pop()

    def _state_before(self, task: Task) -> str:
        """Return the state that a task goes on from; empty where it begins, or that was not kept."""
        before = self.plan.before(task)
        result = None if before is None else self._results.get(before)
        return "" if result is None else result.state

    def _collect(self, pending: dict[Future[Result], Task]) -> None:
        """Wait a moment, and keep what has come."""
        if not pending:
            time.sleep(_LOOK_S)  # paused
            return
        done, _ = wait(pending, timeout=_LOOK_S, return_when=FIRST_COMPLETED)
        for future in done:
            result = future.result()
            self._keep(result)
            del pending[future]
            with self._lock:
                self._results[result.task] = result
