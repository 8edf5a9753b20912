"""The one place where the window looks at what goes on in threads: it polls, and tells what came of a job."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from ann_viz.errors import AnnVizError, Cancelled
from ann_viz.session.job import Job, Work

__all__ = ["POLL_INTERVAL_MS", "JobWatcher"]

T = TypeVar("T")
POLL_INTERVAL_MS: Final = 20  # sooner than a frame


class JobWatcher(QObject):
    """Starts jobs of one kind, one at a time, and tells in the GUI thread what came of the newest.

    Parameters
    ----------
    name : str
        What the jobs do: "reading a file".
    """

    progressed = Signal(float)
    """The share done, when it has changed."""
    finished = Signal(object)
    """Carries the result."""
    failed = Signal(object)
    """Carries an AnnVizError."""

    def __init__(self, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._name = name
        self._job: Job[Any] | None = None  # whose result is waited for
        self._last: Job[Any] | None = None  # may go on for a moment although it was stopped
        self._fraction = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_INTERVAL_MS)
        self._timer.timeout.connect(self._on_tick)

    @property
    def busy(self) -> bool:
        """Whether a result is still to come."""
        return self._job is not None

    def start(
        self, work: Work[T], *, after: Job[Any] | None = None, discard: Callable[[T], None] = lambda _: None
    ) -> None:
        """Begin a job once the one before, which is stopped and never heard of again, has ended.

        Parameters
        ----------
        work, discard
            As of `Job`.
        after : Job, optional
            What else has to end first.
        """
        earlier = [job for job in (self.stop(), after) if job is not None]
        self._fraction = 0.0
        self._job = self._last = Job(self._name, work, after=earlier, discard=discard)
        self._timer.start()

    def stop(self) -> Job[Any] | None:
        """Drop the job under way; return it, or an earlier one, if it may touch its data for another moment."""
        self._timer.stop()
        job, self._job = self._job, None
        if job is not None:
            job.stop()
        if self._last is not None and self._last.done:
            self._last = None
        return self._last

    def close(self) -> None:
        """Drop the job under way and wait a moment for its thread, before what it works on is closed."""
        last = self.stop()
        if last is not None:
            last.join()

    def _on_tick(self) -> None:
        job = self._job
        if job is None:
            return
        done = job.done  # asked first: the fraction is then the last there will be
        if job.fraction != self._fraction:
            self._fraction = job.fraction
            self.progressed.emit(self._fraction)
        if done and job is self._job:  # nobody has stopped it meanwhile
            self._job = self._last = None
            self._timer.stop()
            self._tell(job)

    def _tell(self, job: Job[Any]) -> None:
        try:
            result = job.take()
        except Cancelled:
            return
        except AnnVizError as error:
            self.failed.emit(error)
            return
        self.finished.emit(result)
