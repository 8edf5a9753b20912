"""One long piece of work in a plain thread, polled by the window and stopped on request.

The thread never touches Qt: it leaves its fraction done, its result or its error here for the GUI thread to pick up.
A result nobody wants any more (the user closed the dialog meanwhile) is handed to ``discard``.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final, Generic, TypeVar

import numpy as np

from ann_viz.diagnostics import timed
from ann_viz.errors import AnnVizError, Cancelled
from ann_viz.translation import translate

__all__ = ["Job", "Progress"]

_log: Final = logging.getLogger(__name__)
T = TypeVar("T")
Progress = Callable[[float], None]
JOIN_SECONDS: Final = 0.1  # what takes longer to stop ends by itself; the window does not wait for it


class Job(Generic[T]):
    """A job that has been started.

    Parameters
    ----------
    job : callable
        Gets ``progress(fraction)`` and ``cancelled()``; its return value is the result. ``progress`` raises
        ``Cancelled`` once the work was stopped, so a job that only reports can be stopped too.
    discard : callable
        Gets a result that arrived after the work was stopped.
    """

    def __init__(
        self, job: Callable[[Progress, Callable[[], bool]], T], *, discard: Callable[[T], None] = lambda _: None
    ) -> None:
        self.fraction = 0.0
        self.result: T | None = None
        self.error: Exception | None = None
        self._job = job
        self._discard = discard
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._ended = False
        self._after: Callable[[], object] | None = None
        self._thread = threading.Thread(target=self._run, name="import", daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether the thread has ended; only then are ``result`` and ``error`` final."""
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Ask the thread to end, and drop the result it has or will have."""
        with self._lock:
            self._stop.set()
            result, self.result = self.result, None
        if result is not None:
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
                self._after = action
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
            result, self.result = self.result, None
        if result is not None:
            return result
        if isinstance(self.error, AnnVizError):
            raise self.error
        if self.error is not None:
            raise AnnVizError(
                translate("Something unexpected happened: {error}.").format(error=repr(self.error))
            ) from self.error
        raise Cancelled

    def _progress(self, fraction: float) -> None:
        if self._stop.is_set():
            raise Cancelled
        self.fraction = fraction

    def _run(self) -> None:
        self._work()
        with self._lock:
            self._ended = True
            action = self._after
        if action is not None:
            action()

    def _work(self) -> None:
        try:
            # A thread begins with NumPy's own settings, which print what overflows.
            with timed(f"the work of {self._job.__module__}"), np.errstate(all="ignore"):
                result = self._job(self._progress, self._stop.is_set)
        except Exception as error:  # noqa: BLE001 - the edge of a thread: kept, and told by the GUI thread
            _log.info("work ended with an error", exc_info=error)
            self.error = error
            return
        with self._lock:
            if not self._stop.is_set():
                self.result = result
                return
        self._discard(result)
