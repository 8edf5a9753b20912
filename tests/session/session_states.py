"""A session brought into one of its states, and waited for."""

from __future__ import annotations

import threading
from collections.abc import Callable

from ann_viz.engine import Snapshot
from ann_viz.session import RunState, Session, Speed
from ann_viz.session.project import without_data

ONE_STEP_THEN_WAIT = Speed("step", 0.001)


def poll_until(session: Session, condition: Callable[[], object]) -> None:
    """Poll as the window does until something holds."""
    tick = threading.Event()
    for _ in range(30_000):
        session.poll()
        if condition():
            return
        tick.wait(0.002)
    raise AssertionError("waited too long")


def shown(session: Session) -> Snapshot:
    assert session.snapshot is not None
    return session.snapshot


def finish(session: Session) -> Snapshot:
    session.train()
    assert session.wait(30)
    return shown(session)


def in_state(session: Session, state: RunState) -> None:
    """Bring a READY session into another state."""
    if state is RunState.EMPTY:
        session.close()
    elif state is RunState.RUNNING:
        session.set_speed(ONE_STEP_THEN_WAIT)
        session.train()
    elif state is RunState.PAUSED:
        session.step("batch")
    elif state is RunState.FINISHED:
        finish(session)
    elif state is RunState.FAILED:
        session.set_training(optimizer="sgd", learning_rate=100)
        session.set_network(dtype="float32")
        session.step("batch")
    elif state is RunState.WITHOUT_ROWS:
        project = session.project()
        session.open_project(project, without_data(project))
    assert session.state is state
