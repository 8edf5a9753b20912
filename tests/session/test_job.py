"""A job in a thread is polled, stopped and waited for, and begins after others."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest

from ann_viz.errors import AnnVizError, Cancelled
from ann_viz.session.job import Job


def test_stopped_work_discards_its_result() -> None:
    """A result that comes too late is handed back to be closed, and taking it says "cancelled"."""
    go, dropped = threading.Event(), list[str]()

    def work(_: object, __: object) -> str:
        go.wait(10)
        return "table"

    job = Job("a test", work, discard=dropped.append)
    job.stop()
    go.set()
    job.join()
    assert dropped == ["table"]
    with pytest.raises(Cancelled):
        job.take()


def test_what_uses_a_table_ends_before_it_is_closed() -> None:
    """The action waits for the end of the thread, or runs at once when that was before."""
    go, order = threading.Event(), list[str]()

    def work(_: object, __: object) -> str:
        go.wait(10)
        order.append("asked")
        return ""

    job = Job("a test", work)
    job.stop()
    job.when_ended(lambda: order.append("closed"))
    assert order == []
    go.set()
    job.wait()
    assert order == ["asked", "closed"]
    job.when_ended(lambda: order.append("at once"))
    assert order[-1] == "at once"


@pytest.mark.parametrize(
    ("fault", "words"), [(ZeroDivisionError("oh"), "unexpected"), (MemoryError(), "not enough memory")]
)
def test_something_unforeseen_becomes_a_sentence(fault: Exception, words: str) -> None:
    """An error of the job comes out of `take`, whatever it was."""

    def work(progress: object, _: object) -> str:
        raise fault

    job = Job("a test", work)
    job.wait()
    with pytest.raises(AnnVizError, match=words):
        job.take()


def test_reporting_after_a_stop_ends_the_job() -> None:
    """A job that only reports can be stopped too."""
    begun, go = threading.Event(), threading.Event()

    def work(progress: object, _: object) -> str:
        begun.set()
        go.wait(10)
        progress(0.5)  # type: ignore[operator]
        raise AssertionError("not reached")

    job = Job("a test", work)
    begun.wait(10)
    job.stop()
    go.set()
    job.wait()
    assert isinstance(job.error, Cancelled)


def test_a_result_may_be_nothing() -> None:
    """A job that only writes something returns None, which is no error."""
    job = Job("a test", lambda _progress, _cancelled: None)
    job.wait()
    assert job.take() is None


def test_its_thread_is_called_what_it_does() -> None:
    """In a debugger and in the report of a fault, each thread says what it is for."""
    job = Job("reading a file", lambda _progress, _cancelled: threading.current_thread().name)
    job.wait()
    assert job.take() == "reading a file" == job.name


def test_it_begins_after_another_has_ended() -> None:
    """Two on the same data would slow each other down; one that is stopped before its turn never begins."""
    go, order = threading.Event(), list[str]()

    def first(_: object, __: object) -> None:
        go.wait(10)
        order.append("first")

    before = Job("a test", first)
    dropped = Job("a test", lambda _progress, _cancelled: order.append("dropped"), after=[before])
    last = Job("a test", lambda _progress, _cancelled: order.append("last"), after=[before, dropped])
    dropped.stop()
    go.set()
    last.wait()
    assert order == ["first", "last"] and dropped.done
    with pytest.raises(Cancelled):
        dropped.take()


def test_numpy_is_there_before_its_thread_is() -> None:
    """Two threads that import it and a part of it, one each, would wait for each other for ever."""
    code = """
import sys, threading
from ann_viz.late_module import import_late
import_late("numpy")
from ann_viz.session.job import Job
start = threading.Thread.start
def tell(thread):
    print("numpy.linalg" in sys.modules)
    start(thread)
print("numpy.linalg" in sys.modules)
threading.Thread.start = tell
Job("a test", lambda _progress, _cancelled: None).wait()
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["False", "True"]
