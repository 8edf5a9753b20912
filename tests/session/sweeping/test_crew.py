"""Processes on this machine do the tasks, survive what kills them, and end with the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from multiprocessing import active_children
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest

from ann_viz.session.sweeping.crew import LocalCrew, n_cores
from ann_viz.session.sweeping.plan import Plan
from ann_viz.session.sweeping.problem import Problem
from ann_viz.session.sweeping.sweep import Sweep
from ann_viz.session.sweeping.task import Task
from ann_viz.session.sweeping.work import solve

PLAN = Plan(space=(("hidden", ((3,), (5,))),), search="grid", seeds=4, epochs=5)


def workers() -> list[SpawnProcess]:
    return [process for process in active_children() if isinstance(process, SpawnProcess)]


@pytest.mark.slow
def test_processes_come_to_the_same_results(problem: Problem) -> None:
    """What they send back is what is worked out here; a sweep loses none when one of them is killed."""
    killed: list[SpawnProcess] = []

    def make(problem: Problem) -> LocalCrew:
        crew = LocalCrew(problem, 2)
        if not killed:
            crew.submit(PLAN.tasks_of((("hidden", (3,)),), 5)[0]).result(60)
            worker = workers()[0]
            worker.kill()
            killed.append(worker)
        return crew

    sweep = Sweep(PLAN, problem, make_crew=make)
    runs = sweep.work(lambda _: None, lambda: False)
    assert killed and len(runs) == 2
    for task, result in sweep.results.items():
        assert result.scores == solve(problem, task).scores


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at the processes in /proc")
def test_processes_are_polite_and_end_at_once(problem: Problem) -> None:
    """A lower priority and one thread each; a task of hours ends when the crew is closed."""
    with closing(LocalCrew(problem, 1)) as crew:
        crew.submit(Task(epochs=1)).result(60)
        process = workers()[0]
        assert os.getpriority(os.PRIO_PROCESS, process.pid or 0) == min(19, os.nice(0) + 10)
        assert b"OPENBLAS_NUM_THREADS=1" in Path(f"/proc/{process.pid}/environ").read_bytes()
        endless = crew.submit(Task(epochs=10_000_000))
    process.join(30)
    assert process.exitcode is not None
    with pytest.raises((BrokenProcessPool, CancelledError)):
        endless.result(30)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").exists(), reason="looks for the processes in /proc")
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_no_process_outlives_the_program(sent: signal.Signals, tmp_path: Path) -> None:
    """However it is killed, and without a word about it from Python."""
    program = (
        "import os\n"
        "from ann_viz.signals import end_on_signals\n"
        "if __name__ == '__main__':\n"
        "    end_on_signals()\n"
        "    from multiprocessing import active_children\n"
        "    import numpy as np\n"
        "    from ann_viz.engine import NetworkConfig, TrainConfig\n"
        "    from ann_viz.session.sweeping.crew import LocalCrew\n"
        "    from ann_viz.session.sweeping.problem import Problem\n"
        "    from ann_viz.session.sweeping.task import Task\n"
        "    X = np.ones((50, 2), np.float32)\n"
        "    problem = Problem(network=NetworkConfig(n_inputs=2, n_outputs=1), training=TrainConfig(), X=X,\n"
        "                      Y=X[:, :1], X_judged=X, Y_judged=X[:, :1], target_std=1.0, n_train=50)\n"
        "    crew = LocalCrew(problem, 1)\n"
        "    crew.submit(Task(epochs=1)).result()\n"
        "    print(active_children()[0].pid, flush=True)\n"
        "    crew.submit(Task(epochs=10_000_000)).result()\n"
    )
    source = tmp_path / "crew_of_its_own.py"
    source.write_text(program)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([os.getcwd(), *sys.path])}
    command = [sys.executable, str(source)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, env=environment, **pipes) as running:  # type: ignore[call-overload]
        worker = int(running.stdout.readline())
        assert Path(f"/proc/{worker}").exists()
        running.send_signal(sent)
        _, words = running.communicate(timeout=30)  # the pipes are closed when no process has them any more
    assert words in ("", "ann-viz: stopped\n")


@pytest.mark.slow
def test_a_process_that_comes_too_late_goes_without_a_word(problem: Problem, capfd: pytest.CaptureFixture[str]) -> None:
    """All may be done before the second one is up."""
    crew = LocalCrew(problem, 3)
    futures = [crew.submit(Task(epochs=1, seed=seed)) for seed in range(3)]
    late = workers()
    futures[0].result(60)
    crew.close()
    for process in late:
        process.join(60)
        assert process.exitcode is not None
    assert capfd.readouterr().err == ""


def test_as_many_workers_as_cores(problem: Problem) -> None:
    """A crew that is asked for nothing starts nothing."""
    with closing(LocalCrew(problem)) as crew:
        assert crew.n_workers == n_cores() >= 1
