"""Whatever is lost on the way, every result is kept, and only what is missing is done again."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ann_viz.errors import AnnVizError, Cancelled, OutputError
from ann_viz.session.job import Job
from ann_viz.session.sweeping.kept_results import KeptResults
from ann_viz.session.sweeping.plan import Plan, Span
from ann_viz.session.sweeping.problem import Problem
from ann_viz.session.sweeping.sweep import Sweep
from ann_viz.session.sweeping.task import Result, Task
from ann_viz.session.sweeping.work import solve, trained, trainer_for

PLAN = Plan(space=(("hidden", ((3,), (5,))), ("learning_rate", (0.01, 0.1))), search="grid", seeds=2, epochs=4)


class OwnCrew:
    """Does tasks at once, in this process; `before` may raise what a lost crew raises."""

    n_workers = 1

    def __init__(self, problem: Problem, before: Callable[[Task], None] = lambda _: None) -> None:
        self._problem, self._before = problem, before
        self.is_closed = False
        self.begun_with: list[bool] = []

    def submit(self, task: Task, state: str = "") -> Future[Result]:
        future: Future[Result] = Future()
        try:
            self._before(task)
            self.begun_with.append(bool(state))
            future.set_result(solve(self._problem, task, state))
        except ConnectionError as error:
            future.set_exception(error)
        return future

    def is_lost(self, error: BaseException) -> bool:
        return isinstance(error, ConnectionError)

    def close(self) -> None:
        self.is_closed = True


class Crews:
    """Makes crews that are lost before every n-th task, and counts what they did."""

    def __init__(self, lost_at: int = 0) -> None:
        self.made: list[OwnCrew] = []
        self.asked: list[Task] = []
        self._lost_at = lost_at

    def __call__(self, problem: Problem) -> OwnCrew:
        self.made.append(OwnCrew(problem, self._before))
        return self.made[-1]

    def _before(self, task: Task) -> None:
        self.asked.append(task)
        if self._lost_at and len(self.asked) % self._lost_at == 0:
            raise ConnectionError


def work(sweep: Sweep) -> None:
    sweep.work(lambda _: None, lambda: False)


def test_every_run_with_every_seed(problem: Problem) -> None:
    """The best is first, what guesses is beside it, and all crews are closed."""
    crews = Crews()
    sweep = Sweep(replace(PLAN, baselines=("guessing",)), problem, make_crew=crews)
    told: list[float] = []
    sweep.work(told.append, lambda: False)
    runs = sweep.runs()
    assert len(runs) == 4 and all(len(run.results) == 2 for run in runs)
    means = [run.mean() for run in runs]
    assert means == sorted(means) and sweep.baselines()[0].mean() > means[0]
    assert told[-1] == 1.0 and sweep.seconds_left() == 0
    assert [crew.is_closed for crew in crews.made] == [True]


def test_lost_crews_lose_no_result(problem: Problem) -> None:
    """Every third task its crew is lost; the next one does only what is missing."""
    crews = Crews(lost_at=3)
    sweep = Sweep(PLAN, problem, make_crew=crews)
    work(sweep)
    assert len(sweep.runs()) == 4 and len(crews.made) > 2
    assert all(crew.is_closed for crew in crews.made)
    calm = Sweep(PLAN, problem, make_crew=Crews())
    work(calm)
    assert [run.values() for run in sweep.runs()] == [run.values() for run in calm.runs()]


def test_a_crew_that_is_always_lost_is_given_up(problem: Problem) -> None:
    """A task that kills whoever does it does not do so for ever."""
    with pytest.raises(AnnVizError, match="again and again"):
        work(Sweep(PLAN, problem, make_crew=Crews(lost_at=1)))


def test_a_scheduler_that_is_not_there_is_not_waited_for(problem: Problem) -> None:
    """Only one that was there and is being restarted is."""

    def none(_: Problem) -> OwnCrew:
        raise AnnVizError("Nobody is there.")

    with pytest.raises(AnnVizError, match="Nobody"):
        work(Sweep(PLAN, problem, make_crew=none))


def test_narrowing_down_in_rounds(problem: Problem) -> None:
    """The same crew does all rounds: four runs, two, and with more epochs each time."""
    crews = Crews()
    plan = replace(PLAN, search="halving", epochs=8)
    sweep = Sweep(plan, problem, make_crew=crews)
    work(sweep)
    assert len(crews.made) == 1 and len(crews.asked) == plan.n_tasks == 2 * (4 + 2)
    assert [run.n_round for run in sweep.runs()] == [1, 1, 0, 0]
    assert crews.made[0].begun_with == [False] * 8 + [True] * 4


@pytest.mark.parametrize(
    "training",
    [
        {},
        {"schedule": "cosine", "dropout": 0.2, "average_epochs": 2.0},
        {"schedule": "plateau", "schedule_epochs": 1, "optimizer": "sgd", "class_weights": "balanced"},
    ],
)
def test_what_goes_on_comes_to_what_never_stopped(problem: Problem, training: dict[str, object]) -> None:
    """Bit for bit: the scores of every round are those of a run that was trained straight to there."""
    problem = replace(problem, training=replace(problem.training, **training))
    plan = replace(PLAN, search="halving", epochs=24, patience=9)
    sweep = Sweep(plan, problem, make_crew=Crews())
    work(sweep)
    assert plan.rounds() == (3, 6, 12, 24) and len(sweep.results) == plan.n_tasks
    for task, result in sweep.results.items():
        straight = solve(problem, task)
        assert (result.scores, result.kept_epoch, result.epochs) == (
            straight.scores, straight.kept_epoch, straight.epochs,
        )  # fmt: skip
    longest = sweep.runs()[0].median_task
    assert longest.total == 0, "the last round is what any sweep would train"
    left = next(task for task in sweep.results if task.epochs == 12)
    opened = trained(problem, left)
    assert opened.finished is not None and opened.epoch <= 12
    assert opened.config.schedule_total == (24 if opened.finished == "epochs" else None)


def test_a_state_of_something_else_is_not_gone_on_from(problem: Problem) -> None:
    """Another network, other settings, other rows or no state at all: it begins anew, and comes to the same."""
    task = Task(settings=(("hidden", (4,)),), epochs=3, total=6)
    longer, state = replace(task, epochs=6, total=0), solve(problem, task).state
    assert trainer_for(problem, longer, state).epoch == 3
    for other in (
        replace(longer, settings=(("hidden", (5,)),)),
        replace(longer, seed=4),
        replace(longer, epochs=7),
    ):
        assert trainer_for(problem, other, state).epoch == 0
    fewer = replace(problem, X=problem.X[:-1], Y=problem.Y[:-1])
    assert trainer_for(fewer, longer, state).epoch == 0
    for broken in ("", "nonsense", state[:-8], state[:40] + "AAAA" + state[44:]):
        assert solve(problem, longer, broken).scores == solve(problem, longer).scores


def test_what_diverges_is_a_result_too(problem: Problem) -> None:
    """It stands at the end of the table, with its reason, and nothing stops for it."""
    plan = replace(PLAN, space=(("learning_rate", (0.01, 100.0)), ("optimizer", ("sgd",)), ("l2", (0.0, 100.0))))
    sweep = Sweep(plan, problem, make_crew=Crews())
    work(sweep)
    last = sweep.runs()[-1]
    assert last.failed and math.isnan(last.mean()) and not sweep.runs()[0].failed


def test_pause_and_cancel(problem: Problem) -> None:
    """Paused it begins no task; cancelled while it is, it ends, and what was done is there."""
    reached, go = threading.Event(), threading.Event()
    sweep: Sweep

    def keep(_: Result) -> None:
        if len(sweep.results) == 2:
            sweep.pause()
            reached.set()
            assert go.wait(10)

    crews = Crews()
    sweep = Sweep(PLAN, problem, keep=keep, make_crew=crews)
    job = Job("a sweep", sweep.work)
    assert reached.wait(10) and sweep.is_paused
    asked = len(crews.asked)
    job.stop()
    go.set()
    job.wait()
    with pytest.raises(Cancelled):
        job.take()
    assert len(sweep.results) >= 3 and len(crews.asked) == asked


def test_it_goes_on_when_told(problem: Problem) -> None:
    """A paused sweep does the rest after `go_on`."""
    sweep = Sweep(PLAN, problem, make_crew=Crews())
    sweep.pause()
    job = Job("a sweep", sweep.work)
    sweep.go_on()
    job.wait()
    assert len(job.take()) == 4


# The journal ---------------------------------------------------------------------------------------------------------
def test_results_come_back_from_the_journal(problem: Problem, tmp_path: Path) -> None:
    """A sweep that was stopped goes on with what is missing; a larger plan takes what it needs from a smaller one."""
    path = tmp_path / "sweep.journal"
    with closing(KeptResults(path, problem)) as kept:
        kept.begin(PLAN)
        first = Sweep(PLAN, problem, results=kept.results, keep=kept.keep, make_crew=Crews())
        with pytest.raises(Cancelled):
            first.work(lambda _: None, lambda: len(first.results) >= 3)
    crews = Crews()
    more = replace(PLAN, seeds=3)
    with closing(KeptResults(path, problem)) as kept:
        assert kept.plan == PLAN and kept.results == first.results
        kept.begin(more)
        second = Sweep(more, problem, results=kept.results, keep=kept.keep, make_crew=crews)
        work(second)
    assert len(crews.asked) == more.n_tasks - len(first.results)
    with closing(KeptResults(path, problem)) as kept:
        assert kept.plan == more and kept.results == second.results
        third = Sweep(more, problem, results=kept.results, make_crew=crews)
        work(third)
    assert len(crews.made) == 1, "with nothing left to do no crew is made"


def test_states_come_back_from_the_journal(problem: Problem, tmp_path: Path) -> None:
    """A sweep that narrows down and was stopped between two rounds goes on with what its runs have learned."""
    path, plan = tmp_path / "sweep.journal", replace(PLAN, search="halving", epochs=8)
    with closing(KeptResults(path, problem)) as kept:
        first = Sweep(plan, problem, results=kept.results, keep=kept.keep, make_crew=Crews())
        with pytest.raises(Cancelled):
            first.work(lambda _: None, lambda: len(first.results) >= 8)
    crews = Crews()
    with closing(KeptResults(path, problem)) as kept:
        second = Sweep(plan, problem, results=kept.results, keep=kept.keep, make_crew=crews)
        work(second)
    assert crews.made[0].begun_with == [True] * 4
    calm = Sweep(plan, problem, make_crew=Crews())
    work(calm)
    assert [run.values() for run in second.runs()] == [run.values() for run in calm.runs()]


def test_plans_of_every_kind_come_back(problem: Problem, tmp_path: Path) -> None:
    """Also a range, words and no hidden layer at all."""
    space = (("hidden", ((), (6, 6))), ("l2", Span(0.001, 0.1)), ("activation", ("relu", "tanh")))
    plan = Plan(space=space, search="halving", patience=None, measure="auc", baselines=("guessing", "boosting"))
    for _ in range(2):
        with closing(KeptResults(tmp_path / "plan.journal", problem)) as kept:
            kept.begin(plan)
    with closing(KeptResults(tmp_path / "plan.journal", problem)) as kept:
        assert kept.plan == plan


def test_a_journal_of_other_rows_is_refused(problem: Problem, tmp_path: Path) -> None:
    """Results on one table say nothing on another; seeds and epochs do not matter."""
    path = tmp_path / "sweep.journal"
    KeptResults(path, problem).close()
    longer = replace(problem, training=replace(problem.training, epochs=7, seed=9))
    KeptResults(path, longer).close()
    for other in (
        replace(problem, Y=1 - problem.Y),
        replace(problem, training=replace(problem.training, momentum=0.5)),
    ):
        with pytest.raises(OutputError, match="other rows"):
            KeptResults(path, other)


def test_the_same_task_gives_the_same_weights(problem: Problem) -> None:
    """So a run can be opened by training it once more."""
    task = Task(settings=(("hidden", (4,)),), seed=5, epochs=6, patience=None)
    first, second = trained(problem, task), trained(problem, task)
    assert np.array_equal(first.network.params, second.network.params)
    assert solve(problem, task).score("loss") == pytest.approx(first.best_loss, rel=1e-5)
