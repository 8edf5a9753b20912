"""What a sweep costs beside its runs: 40 runs of 10 seeds through the sweep, with its journal, and the same runs alone.

Run by hand: ``python tests/bench/sweep.py``. *Alone* is the same tasks in as many processes that have their data and
wait for the signal to begin; the sweep's time has everything in it, from the start of its processes to the last line of
the journal. The sweep must not take more than 1.15 times as long.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"

from ann_viz.engine import NetworkConfig, TrainConfig
from ann_viz.engine.compiled.choice import about_turbo
from ann_viz.resources import resource
from ann_viz.session.headless import open_dataset
from ann_viz.session.sweeping.crew import LocalCrew, n_cores
from ann_viz.session.sweeping.kept_results import KeptResults
from ann_viz.session.sweeping.plan import Plan
from ann_viz.session.sweeping.problem import Problem, problem_of
from ann_viz.session.sweeping.ranking import tasks_wanted
from ann_viz.session.sweeping.spaces import usual_space
from ann_viz.session.sweeping.sweep import Sweep
from ann_viz.session.sweeping.task import Task
from ann_viz.session.sweeping.work import solve

WORST = 1.15


def bank_problem() -> Problem:
    """The bank's customers and the small network of its sample."""
    with closing(open_dataset(resource("samples", "bank_customers.csv"))) as dataset:
        network = NetworkConfig(n_inputs=dataset.encoder.n_inputs, n_outputs=dataset.encoder.n_outputs)
        return problem_of(dataset, network, TrainConfig())


def do_alone(problem: Problem, tasks: Sequence[Task], ready: Barrier) -> None:
    """Do tasks one after the other, once all processes are ready."""
    os.nice(10)
    ready.wait()
    for task in tasks:
        solve(problem, task)


def seconds_alone(problem: Problem, tasks: Sequence[Task], n_workers: int) -> float:
    """Return how long the tasks take by themselves."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(n_workers + 1)
    processes = [
        context.Process(target=do_alone, args=(problem, tasks[first::n_workers], ready)) for first in range(n_workers)
    ]
    for process in processes:
        process.start()
    ready.wait()
    began = time.perf_counter()
    for process in processes:
        process.join()
    return time.perf_counter() - began


def seconds_swept(problem: Problem, plan: Plan, n_workers: int) -> float:
    """Return how long the sweep takes, with a journal on the disk."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        with closing(KeptResults(Path(folder) / "bench.journal", problem)) as kept:
            kept.begin(plan)
            make_crew = partial(LocalCrew, n_workers=n_workers)
            sweep = Sweep(plan, problem, results=kept.results, keep=kept.keep, make_crew=make_crew)
            sweep.work(lambda _: None, lambda: False)
        seconds = time.perf_counter() - began
    for process in multiprocessing.active_children():
        process.join()  # so that its time is counted
    return seconds


def measured(work: Callable[[], float]) -> tuple[float, float]:
    """Return the seconds that `work` tells, and the processor's time that it and its processes took."""
    before = os.times()
    seconds = work()
    after = os.times()
    return seconds, sum(after[:4]) - sum(before[:4])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--workers", type=int, default=n_cores())
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    problem = bank_problem()
    space = usual_space(problem.network, problem.training)
    plan = Plan(space=space, runs=options.runs, seeds=options.seeds, epochs=options.epochs)
    tasks = tasks_wanted(plan, {})
    print(f"{len(tasks)} runs of at most {plan.epochs} epochs, {options.workers} processes. {about_turbo()}")
    ratios, of_processor = [], []
    for _ in range(options.repeats):
        (alone, alone_cpu) = measured(partial(seconds_alone, problem, tasks, options.workers))
        (swept, swept_cpu) = measured(partial(seconds_swept, problem, plan, options.workers))
        ratios.append(swept / alone)
        of_processor.append(swept_cpu / alone_cpu)
        print(
            f"alone {alone:6.2f} s ({alone_cpu:6.2f} of a core)   swept {swept:6.2f} s ({swept_cpu:6.2f})   "
            f"{ratios[-1]:.3f} ({of_processor[-1]:.3f})"
        )
    middle = sorted(ratios)[len(ratios) // 2]
    print(f"middle {middle:.3f}, allowed {WORST}: {'well' if middle <= WORST else 'TOO SLOW'}")
    print(f"of the processor's time, which other programs hardly touch: {sorted(of_processor)[len(ratios) // 2]:.3f}")


if __name__ == "__main__":
    main()
