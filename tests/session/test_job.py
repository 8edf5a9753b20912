"""Job in a thread that is polled, stopped and waited for."""

from __future__ import annotations

import threading

import pytest

from ann_viz.errors import AnnVizError, Cancelled
from ann_viz.session.job import Job


def test_stopped_work_discards_its_result() -> None:
    """A result that comes too late is handed back to be closed, and taking it says "cancelled"."""
    go, dropped = threading.Event(), list[str]()

    def job(_: object, __: object) -> str:
        go.wait(10)
        return "table"

    work = Job(job, discard=dropped.append)
    work.stop()
    go.set()
    work.join()
    assert dropped == ["table"]
    with pytest.raises(Cancelled):
        work.take()


def test_what_uses_a_table_ends_before_it_is_closed() -> None:
    """The action waits for the end of the thread, or runs at once when that was before."""
    go, order = threading.Event(), list[str]()

    def job(_: object, __: object) -> str:
        go.wait(10)
        order.append("asked")
        return ""

    work = Job(job)
    work.stop()
    work.when_ended(lambda: order.append("closed"))
    assert order == []
    go.set()
    work.wait()
    assert order == ["asked", "closed"]
    work.when_ended(lambda: order.append("at once"))
    assert order[-1] == "at once"


def test_something_unforeseen_becomes_a_sentence() -> None:
    """An error of the job comes out of `take`, whatever it was."""

    def job(progress: object, _: object) -> str:
        raise ZeroDivisionError("oh")

    work = Job(job)
    work.wait()
    with pytest.raises(AnnVizError, match="unexpected"):
        work.take()


def test_reporting_after_a_stop_ends_the_job() -> None:
    """A job that only reports can be stopped too."""
    begun, go = threading.Event(), threading.Event()

    def job(progress: object, _: object) -> str:
        begun.set()
        go.wait(10)
        progress(0.5)  # type: ignore[operator]
        raise AssertionError("not reached")

    work = Job(job)
    begun.wait(10)
    work.stop()
    go.set()
    work.wait()
    assert isinstance(work.error, Cancelled)
