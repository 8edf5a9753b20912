"""A sweep on a Dask cluster of two workers: one is killed, the scheduler is restarted, and it goes on."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from ann_viz.errors import AnnVizError
from ann_viz.session.sweeping.cluster import ClusterCrew
from ann_viz.session.sweeping.plan import Plan
from ann_viz.session.sweeping.problem import Problem
from ann_viz.session.sweeping.sweep import Sweep
from ann_viz.session.sweeping.task import Result
from ann_viz.session.sweeping.work import solve

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="kills as on Unix"),
    pytest.mark.filterwarnings("ignore"),  # of Dask's own
]
PLAN = Plan(space=(("hidden", ((3,), (5,), (8,))), ("learning_rate", (0.01, 0.1))), search="grid", seeds=8, epochs=300)


class Cluster:
    """A scheduler and two workers, in processes of their own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self.port}"
        self._folder = folder
        self.scheduler = self._start_scheduler()
        self.workers = [self._start_worker() for _ in range(2)]

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([os.getcwd(), *sys.path])}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen([sys.executable, "-m", *arguments], env=environment, cwd=self._folder, **quiet)  # type: ignore[call-overload, no-any-return]

    def _start_scheduler(self) -> subprocess.Popen[bytes]:
        return self._start(
            "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard"
        )

    def _start_worker(self) -> subprocess.Popen[bytes]:
        options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--death-timeout", "60")
        return self._start("distributed.cli.dask_worker", self.address, *options)

    def kill_a_worker(self) -> None:
        self.workers[0].send_signal(signal.SIGKILL)
        self.workers[0].wait()

    def restart(self) -> None:
        """Kill the scheduler, with whom its workers go, and start all anew."""
        for process in (self.scheduler, *self.workers):
            process.send_signal(signal.SIGKILL)
            process.wait()
        self.scheduler = self._start_scheduler()
        self.workers = [self._start_worker() for _ in range(2)]

    def end(self) -> None:
        for process in (self.scheduler, *self.workers):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    pytest.importorskip("distributed")
    cluster = Cluster(tmp_path)
    yield cluster
    cluster.end()


def test_killed_workers_and_a_restarted_scheduler_lose_no_result(
    problem: Problem, cluster: Cluster, capfd: pytest.CaptureFixture[str]
) -> None:
    """Every result comes once, they are those of this machine, and nothing is said about what was lost."""
    came: list[Result] = []
    seconds = time.monotonic()

    def keep(result: Result) -> None:
        came.append(result)
        if len(came) == 5:
            cluster.kill_a_worker()
        if len(came) == 20:
            cluster.restart()

    sweep = Sweep(PLAN, problem, keep=keep, make_crew=partial(ClusterCrew, address=cluster.address))
    runs = sweep.work(lambda _: None, lambda: False)
    assert len(runs) == 6 and len(came) == PLAN.n_tasks == len({result.task for result in came})
    for result in (came[0], came[-1]):
        assert result.scores == solve(problem, result.task).scores
    assert time.monotonic() - seconds < 120
    assert capfd.readouterr().err == ""


def test_what_goes_on_is_sent_with_its_state(problem: Problem, cluster: Cluster) -> None:
    """Narrowing down on a cluster comes to what single runs from beginning to end do here."""
    plan = Plan(space=(("hidden", ((3,), (5,))),), search="halving", seeds=2, epochs=24)
    sweep = Sweep(plan, problem, make_crew=partial(ClusterCrew, address=cluster.address))
    sweep.work(lambda _: None, lambda: False)
    assert len(sweep.results) == plan.n_tasks and all(each.state for task, each in sweep.results.items() if task.total)
    for task, result in sweep.results.items():
        assert result.scores == solve(problem, task).scores


def test_nobody_there_is_one_sentence(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is an address that is none."""
    pytest.importorskip("distributed")
    monkeypatch.setattr("ann_viz.session.sweeping.cluster._REACH_S", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense://x"):
        with pytest.raises(AnnVizError, match=address):
            ClusterCrew(problem, address)


def test_without_the_package_is_one_sentence(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the extra."""
    monkeypatch.setattr("ann_viz.session.sweeping.cluster.find_spec", lambda _: None)
    with pytest.raises(AnnVizError, match="cluster"):
        ClusterCrew(problem, "tcp://127.0.0.1:9")
