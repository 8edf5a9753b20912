"""A sweep beside a session on the flowers, whose runs are trained in the test's own process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ann_viz.resources import resource
from ann_viz.session.headless import open_dataset
from ann_viz.session.sweeping.plan import Plan
from ann_viz.session.sweeping.problem import Problem
from ann_viz.session.sweeping.task import Result, Task
from ann_viz.session.sweeping.work import solve
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.sweeping.sweeping import Sweeping


class OwnCrew:
    """Does tasks at once, where they are given out."""

    n_workers = 1

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    def submit(self, task: Task, state: str = "") -> Future[Result]:
        future: Future[Result] = Future()
        future.set_result(solve(self._problem, task, state))
        return future

    def is_lost(self, error: BaseException) -> bool:
        return False

    def close(self) -> None:
        """Nothing was started."""


@pytest.fixture
def plan() -> Plan:
    """Nine runs of a moment, one of which diverges."""
    space = (("learning_rate", (0.003, 0.03, 100.0)), ("hidden", ((2,), (4,), (3, 3))))
    return Plan(space=space, search="grid", seeds=3, epochs=4, baselines=("guessing",))


@pytest.fixture
def sweeping(bridge: Bridge, tmp_path: Path) -> Iterator[Sweeping]:
    """What is done about sweeps, beside a session on the flowers."""
    bridge.open_dataset(open_dataset(resource("samples", "iris.csv")))
    bridge.set_training(optimizer="sgd")
    made = Sweeping(bridge, tmp_path, make_crew=OwnCrew)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def swept(sweeping: Sweeping, plan: Plan, qtbot: QtBot) -> Sweeping:
    """The same with a sweep that is done."""
    sweeping.begin(plan)
    wait_for(sweeping, qtbot)
    return sweeping


def wait_for(sweeping: Sweeping, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not sweeping.is_running)


@pytest.fixture
def finish(qtbot: QtBot) -> Callable[[Sweeping], None]:
    """Return a function that waits until a sweep is done."""
    return lambda sweeping: wait_for(sweeping, qtbot)
