"""One long piece of work in a plain thread, polled by the window and stopped on request.

The thread never touches Qt: it leaves its fraction done, its result or its error here for the GUI thread to pick up.
A result nobody wants any more (the user closed the dialog meanwhile) is handed to ``discard``.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final, Generic, TypeVar

import numpy as np

from ann_viz.diagnostics import timed
from ann_viz.errors import NO_MEMORY, AnnVizError, Cancelled
from ann_viz.translation import translate

__all__ = ["Job", "Progress", "Work", "stop_jobs"]

_log: Final = logging.getLogger(__name__)
T = TypeVar("T")
Progress = Callable[[float], None]
Work = Callable[[Progress, Callable[[], bool]], T]
"""Gets ``progress(fraction)`` and ``cancelled()``, and returns its result. It holds all it needs, as nobody changes it:
a function with a frozen request. ``progress`` raises ``Cancelled`` once the job was stopped."""

JOIN_SECONDS: Final = 0.1  # what takes longer to stop ends by itself; the window does not wait for it


class Job(Generic[T]):
    """A job that has been started.

    Parameters
    ----------
    name : str
        What it does: "reading a file". Its thread is called so.
    work : Work
        What it does.
    after : iterable of Job
        What has to end first: jobs on the same data would slow each other down.
    discard : callable
        Gets a result that arrived after the job was stopped.
    """

    def __init__(
        self, name: str, work: Work[T], *, after: Iterable[Job[Any]] = (), discard: Callable[[T], None] = lambda _: None
    ) -> None:
        self.name = name
        self.fraction = 0.0
        self.error: Exception | None = None
        self._results: list[T] = []  # one, until it is taken
        self._discard = discard
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._ended = False
        self._at_end: Callable[[], object] | None = None
        # A thread begins with NumPy's own settings, which print what overflows. Said here, since NumPy may not be
        # imported yet: see `ann_viz.late_module`.
        self._quiet = np.errstate(all="ignore")
        self._thread = _JobThread(self, partial(self._run, work, tuple(after)))
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether the thread has ended; only then is ``error`` final, and there is something to `take`."""
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Ask the thread to end, and drop the result it has or will have."""
        with self._lock:
            self._stop.set()
            dropped, self._results = self._results, []
        for result in dropped:
            self._discard(result)

    def join(self) -> None:
        """Wait a moment for a stopped thread."""
        self._thread.join(JOIN_SECONDS)

    def wait(self) -> None:
        """Wait until the thread has ended; not for the GUI thread."""
        self._thread.join()

    def when_ended(self, action: Callable[[], object]) -> None:
        """Call `action` once the job can touch nothing any more: at once if it has ended, else at its end."""
        with self._lock:
            if not self._ended:
                self._at_end = action
                return
        action()

    def take(self) -> T:
        """Hand over the result, or raise what went wrong.

        Raises
        ------
        AnnVizError
            What the job raised; anything unforeseen becomes an ``AnnVizError`` with its cause attached.
        """
        with self._lock:
            results, self._results = self._results, []
        for result in results:
            return result
        if isinstance(self.error, AnnVizError):
            raise self.error
        if isinstance(self.error, MemoryError):
            raise AnnVizError(translate(NO_MEMORY)) from self.error
        if self.error is not None:
            raise AnnVizError(
                translate("Something unexpected happened: {error}.").format(error=repr(self.error))
            ) from self.error
        raise Cancelled

    def _progress(self, fraction: float) -> None:
        if self._stop.is_set():
            raise Cancelled
        self.fraction = fraction

    def _run(self, work: Work[T], after: tuple[Job[Any], ...]) -> None:
        for job in after:
            job.wait()
        if not self._stop.is_set():
            self._do(work)
        with self._lock:
            self._ended = True
            action = self._at_end
        if action is not None:
            action()

    def _do(self, work: Work[T]) -> None:
        try:
            with timed(self.name), self._quiet:
                result = work(self._progress, self._stop.is_set)
        except Exception as error:  # noqa: BLE001 - the edge of a thread: kept, and told by the GUI thread
            _log.info("%s ended with an error", self.name, exc_info=error)
            self.error = error
            return
        with self._lock:
            if not self._stop.is_set():
                self._results.append(result)
                return
        self._discard(result)


class _JobThread(threading.Thread):
    """A thread that tells whose it is, so that the interpreter's list of threads is one of jobs."""

    def __init__(self, job: Job[Any], run: Callable[[], None]) -> None:
        super().__init__(target=run, name=job.name, daemon=True)
        self.job = job


def stop_jobs() -> None:
    """Stop whatever is at work, also what was forgotten by those who began it."""
    for thread in threading.enumerate():
        if isinstance(thread, _JobThread):
            thread.job.stop()
