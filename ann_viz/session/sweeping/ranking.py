"""How the runs of a sweep compare: every run over its seeds, best first, and whether the first is really ahead."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Final

from ann_viz.engine.intervals import chance_of_wins, spread
from ann_viz.session.sweeping.plan import Measure, Plan
from ann_viz.session.sweeping.task import Result, Settings, Task

__all__ = ["CHANCE_OF_LUCK", "RunScore", "is_ahead", "is_clear", "scored", "tasks_wanted", "wins"]

CHANCE_OF_LUCK: Final = 0.06
"""8 of 10, 7 of 8 or 5 of 5 seeds are clear then, 4 of 5 are not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunScore:
    """One run with all its seeds.

    Parameters
    ----------
    settings : Settings
    results : tuple of Result
        One per seed.
    measure : str
        What is compared.
    n_round : int
        How often it was among the better half, when a sweep narrows down.
    first : tuple of Result
        What it came to in the first round, which all runs had; empty where there was no other.
    """

    settings: Settings
    results: tuple[Result, ...]
    measure: Measure
    n_round: int = 0
    first: tuple[Result, ...] = ()

    @property
    def at_first(self) -> RunScore:
        """The run as it was after the first round, as long as all others then."""
        return replace(self, results=self.first, first=(), n_round=0) if self.first else self

    @property
    def is_baseline(self) -> bool:
        """Whether something else than a network of the sweep learned."""
        return self.results[0].task.model != "network"

    @property
    def failed(self) -> str:
        """Why a seed has no result; empty when all have one."""
        return next((result.failed for result in self.results if result.failed), "")

    @property
    def n_failed(self) -> int:
        """How many seeds have no result."""
        return sum(bool(result.failed) for result in self.results)

    def values(self, measure: str = "") -> tuple[float, ...]:
        """Return the scores of the seeds, NaN where one failed."""
        return tuple(result.score(measure or self.measure) for result in self.results)

    def mean(self, measure: str = "") -> float:
        """Return the mean over the seeds; NaN where one failed."""
        return fmean(self.values(measure))

    def spread(self, measure: str = "") -> float:
        """Return one standard deviation over the seeds; see `intervals.spread`."""
        return spread(self.values(measure))

    @property
    def n_parameters(self) -> int:
        """Weights and biases."""
        return self.results[0].n_parameters

    @property
    def median_task(self) -> Task:
        """The seed that stands for the run: the one in the middle, of two the lower."""
        order = sorted(self.results, key=lambda result: result.score(self.measure))
        return order[(len(order) - 1) // 2].task


def scored(plan: Plan, results: Mapping[Task, Result]) -> tuple[RunScore, ...]:
    """Return the runs that are done with all their seeds: best first, those that failed last.

    Of a sweep that narrows down, those that were tried longer come first: they are not compared with short ones.
    """
    rounds = plan.rounds()
    found: dict[Settings, RunScore] = {}
    for n_round, epochs in enumerate(rounds):
        for settings in plan.candidates():
            done = [results[task] for task in plan.tasks_of(settings, epochs) if task in results]
            if len(done) == plan.seeds:
                before = found.get(settings)
                first = () if before is None else before.first or before.results
                found[settings] = RunScore(
                    settings=settings, results=tuple(done), measure=plan.measure, n_round=n_round, first=first
                )
    return tuple(sorted(found.values(), key=lambda run: _place(run, plan)))


def scored_baselines(plan: Plan, results: Mapping[Task, Result]) -> tuple[RunScore, ...]:
    """Return what the models to compare with have come to, as far as they are done, in the order of the plan."""
    by_model: dict[str, list[Result]] = {}
    for task in plan.baseline_tasks():
        if task in results:
            by_model.setdefault(task.model, []).append(results[task])
    return tuple(RunScore(settings=(), results=tuple(each), measure=plan.measure) for each in by_model.values())


def _place(run: RunScore, plan: Plan) -> tuple[bool, int, float]:
    mean = run.mean()
    return bool(run.failed) or math.isnan(mean), -run.n_round, -mean if plan.is_higher_better else mean


def tasks_wanted(plan: Plan, results: Mapping[Task, Result]) -> list[Task]:
    """Return all that is to be done as far as the results tell, done or not, run by run."""
    wanted = list(plan.baseline_tasks())
    chosen: Sequence[Settings] = plan.candidates()
    for n_round, epochs in enumerate(plan.rounds()):
        wanted += [task for settings in chosen for task in plan.tasks_of(settings, epochs)]
        if any(task not in results for task in wanted):
            break
        done = {run.settings: run for run in _of_round(plan, results, chosen, epochs, n_round)}
        chosen = sorted(chosen, key=lambda settings: _place(done[settings], plan))[: math.ceil(len(chosen) / 2)]
    return wanted


def _of_round(
    plan: Plan, results: Mapping[Task, Result], chosen: Sequence[Settings], epochs: int, n_round: int
) -> list[RunScore]:
    return [
        RunScore(
            settings=settings,
            results=tuple(results[task] for task in plan.tasks_of(settings, epochs)),
            measure=plan.measure,
            n_round=n_round,
        )
        for settings in chosen
    ]


def wins(first: RunScore, second: RunScore, *, is_higher_better: bool) -> tuple[int, int]:
    """Return with how many seeds the first run is ahead of the second, and of how many both have one."""
    pairs = [
        (a, b) for a, b in zip(first.values(), second.values(), strict=False) if math.isfinite(a) and math.isfinite(b)
    ]
    return sum(a > b if is_higher_better else a < b for a, b in pairs), len(pairs)


def is_clear(n_wins: int, n_seeds: int) -> bool:
    """Return whether so many wins are hardly luck, by a one-sided sign test."""
    return n_seeds > 0 and chance_of_wins(n_wins, n_seeds) < CHANCE_OF_LUCK


def is_ahead(n_wins: int, n_seeds: int) -> bool:
    """Return whether so many wins are clear or, of seeds too few for that, all there are."""
    return is_clear(n_wins, n_seeds) or 0 < n_wins == n_seeds
