"""Runs are compared over their seeds, and a first place that may be luck is called so."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import pytest

from ann_viz.session.sweeping.plan import Plan
from ann_viz.session.sweeping.ranking import is_clear, scored, scored_baselines, tasks_wanted, wins
from ann_viz.session.sweeping.task import Result, Task

PLAN = Plan(space=(("hidden", ((4,), (8,), (16,))),), search="grid", seeds=3, epochs=40)


def result(task: Task, loss: float) -> Result:
    """A run whose loss depends on its seed a little; infinite for one that diverged."""
    if math.isinf(loss):
        return Result(task=task, failed="It exploded.")
    return Result(task=task, scores=(("loss", loss + 0.01 * task.seed), ("auc", 1 - loss)), n_parameters=7)


def results_of(plan: Plan, losses: Iterable[float], epochs: int) -> dict[Task, Result]:
    return {
        task: result(task, loss)
        for settings, loss in zip(plan.candidates(), losses, strict=True)
        for task in plan.tasks_of(settings, epochs)
    }


def test_best_first_with_mean_and_spread() -> None:
    """Mean and one standard deviation over the seeds, worked out by hand."""
    first, second, third = scored(PLAN, results_of(PLAN, [0.5, 0.3, math.inf], 40))
    assert first.settings == (("hidden", (8,)),) and second.settings == (("hidden", (4,)),)
    assert first.mean() == pytest.approx(0.3 + 0.01 * 4) and first.spread() == pytest.approx(0.01)
    assert first.mean("auc") == pytest.approx(0.7) and first.spread("auc") == pytest.approx(0)
    assert first.median_task.seed == 4
    assert third.failed == "It exploded." and third.n_failed == 3 and math.isnan(third.mean())


def test_higher_is_better_for_shares() -> None:
    """Ranked by AUC the order follows it."""
    plan = replace(PLAN, measure="auc")
    assert scored(plan, results_of(plan, [0.5, 0.3, 0.4], 40))[0].settings == (("hidden", (8,)),)


def test_a_run_counts_with_all_its_seeds() -> None:
    """One seed short of its seeds it is not ranked yet."""
    results = results_of(PLAN, [0.5, 0.3, 0.4], 40)
    results.pop(PLAN.tasks_of((("hidden", (8,)),), 40)[1])
    assert [run.settings for run in scored(PLAN, results)] == [(("hidden", (16,)),), (("hidden", (4,)),)]
    assert len(tasks_wanted(PLAN, results)) == 9


def test_narrowing_down_goes_on_with_the_better_half() -> None:
    """All short; then the better two of three for longer; they stay ahead of the one that was left behind."""
    plan = replace(PLAN, search="halving", epochs=8)
    assert {task.epochs for task in tasks_wanted(plan, {})} == {4}
    results = results_of(plan, [0.5, 0.3, 0.4], 4)
    wanted = [task for task in tasks_wanted(plan, results) if task not in results]
    chosen = {task.settings for task in wanted}
    better = [settings for settings, loss in zip(plan.candidates(), [0.5, 0.3, 0.4], strict=True) if loss < 0.5]
    assert chosen == set(better) and {task.epochs for task in wanted} == {8}
    results |= {task: result(task, 0.9) for task in wanted}
    runs = scored(plan, results)
    assert [run.n_round for run in runs] == [1, 1, 0]
    assert sorted(run.at_first.mean() for run in runs) == pytest.approx([0.3, 0.4, 0.5], abs=0.05)
    assert runs[0].mean() == pytest.approx(0.9, abs=0.05) and runs[2].at_first is runs[2]
    assert all(task in results for task in tasks_wanted(plan, results))


def test_baselines_stand_in_the_same_table() -> None:
    """Guessing is asked once, what depends on a seed with every one."""
    plan = replace(PLAN, baselines=("guessing", "linear"))
    tasks = plan.baseline_tasks()
    assert [task.model for task in tasks] == ["guessing", "linear", "linear", "linear"]
    assert tasks_wanted(plan, {})[:4] == list(tasks)
    found = scored_baselines(plan, {task: result(task, 0.5) for task in tasks})
    assert [run.is_baseline for run in found] == [True, True]
    assert math.isnan(found[0].spread())


@pytest.mark.parametrize(
    ("n_wins", "n_seeds", "clear"),
    [(5, 5, True), (4, 5, False), (7, 8, True), (8, 10, True), (7, 10, False), (1, 1, False), (0, 0, False)],
)
def test_luck(n_wins: int, n_seeds: int, clear: bool) -> None:
    """Few wins can be luck."""
    assert is_clear(n_wins, n_seeds) is clear


def test_wins_are_counted_seed_by_seed() -> None:
    """A seed that exploded is no pair."""
    results = results_of(PLAN, [0.5, 0.3, 0.4], 40)
    lost = PLAN.tasks_of((("hidden", (4,)),), 40)[0]
    results[lost] = result(lost, math.inf)
    by_size = {dict(run.settings)["hidden"]: run for run in scored(PLAN, results)}
    assert wins(by_size[(8,)], by_size[(4,)], is_higher_better=False) == (2, 2)
    assert wins(by_size[(8,)], by_size[(16,)], is_higher_better=True) == (0, 3)
