"""The watcher of jobs: what goes on in a thread is told in the window's own, and only of the newest job."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ann_viz.errors import AnnVizError, DataError
from ann_viz.ui.document.jobs import JobWatcher

Told = list[tuple[str, object]]


@pytest.fixture
def watcher(qtbot: QtBot) -> Iterator[JobWatcher]:
    """A watcher that is closed at the end."""
    owner = QObject()
    made = JobWatcher("a test", owner)
    yield made
    made.close()
    owner.deleteLater()


@pytest.fixture
def told(watcher: JobWatcher) -> Told:
    """Return a list that gains everything the watcher tells."""
    heard: Told = []
    for name in ("progressed", "finished", "failed"):
        getattr(watcher, name).connect(lambda value, name=name: heard.append((name, value)))
    return heard


def held_until(go: threading.Event, result: str) -> Callable[..., str]:
    """Return work that waits to be let go."""

    def work(_progress: object, _cancelled: object) -> str:
        go.wait(10)
        return result

    return work


def test_progress_and_result_are_told_in_this_thread(watcher: JobWatcher, told: Told, qtbot: QtBot) -> None:
    """The share done is told when it has changed, then the result; the watcher is free again by then."""
    go, threads = threading.Event(), list[threading.Thread]()

    def work(progress: Callable[[float], None], _cancelled: object) -> str:
        progress(0.5)
        go.wait(10)
        return "done"

    watcher.finished.connect(lambda _: threads.append(threading.current_thread()))
    watcher.start(work)
    qtbot.waitUntil(lambda: bool(told))
    assert watcher.busy
    go.set()
    qtbot.waitUntil(lambda: not watcher.busy)
    assert told == [("progressed", 0.5), ("finished", "done")]
    assert threads == [threading.current_thread()]


@pytest.mark.parametrize("error", [DataError("Row 3 is broken."), ZeroDivisionError("oh")])
def test_an_error_is_told_as_one_of_ours(watcher: JobWatcher, told: Told, qtbot: QtBot, error: Exception) -> None:
    """Whatever a job raises reaches the window as an AnnVizError."""

    def work(_progress: object, _cancelled: object) -> None:
        raise error

    watcher.start(work)
    qtbot.waitUntil(lambda: not watcher.busy)
    assert [name for name, _ in told] == ["failed"]
    assert isinstance(told[0][1], AnnVizError) and str(error) in str(told[0][1])


def test_a_new_job_takes_the_place_of_the_old_one(watcher: JobWatcher, told: Told, qtbot: QtBot) -> None:
    """The first ends before the second begins, its result is handed back, and only the second is heard of."""
    go, dropped = threading.Event(), list[str]()
    watcher.start(held_until(go, "old"), discard=dropped.append)
    watcher.start(lambda _progress, _cancelled: f"new, after {dropped}")
    go.set()
    qtbot.waitUntil(lambda: not watcher.busy)
    assert told == [("finished", "new, after ['old']")]


def test_of_what_was_stopped_nothing_is_told(watcher: JobWatcher, told: Told, qtbot: QtBot) -> None:
    """Stopping returns the job for as long as it may touch its data, and nothing once it has ended."""
    go = threading.Event()
    watcher.start(held_until(go, "result"))
    job = watcher.stop()
    assert job is not None and not watcher.busy and watcher.stop() is job
    go.set()
    job.wait()
    assert watcher.stop() is None
    watcher.start(lambda _progress, _cancelled: "another")
    qtbot.waitUntil(lambda: not watcher.busy)
    assert told == [("finished", "another")]


def test_a_job_may_begin_another(watcher: JobWatcher, told: Told, qtbot: QtBot) -> None:
    """What hears of a result can go on with the next job at once."""
    watcher.finished.connect(
        lambda result: watcher.start(lambda _progress, _cancelled: result + 1) if result < 3 else None
    )
    watcher.start(lambda _progress, _cancelled: 1)
    qtbot.waitUntil(lambda: told[-1:] == [("finished", 3)])
    assert not watcher.busy
