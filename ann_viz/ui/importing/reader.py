"""Runs one reading at a time in the worker thread and tells the dialog, in the GUI thread, what came of it."""

from __future__ import annotations

from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from ann_viz.errors import AnnVizError, Cancelled
from ann_viz.session.importing.reading import Glance, Reading, Request, discard_reading, read_file
from ann_viz.session.job import Job

__all__ = ["FileReader"]

POLL_INTERVAL_MS: Final = 15


class FileReader(QObject):
    """The reading asked for last; earlier ones are stopped and never heard of again.

    ``glanced`` carries what is to be seen at once, ``read`` the whole reading, ``failed`` a sentence, and
    ``progressed`` the share done.
    """

    glanced = Signal(object)
    read = Signal(object)
    failed = Signal(str)
    progressed = Signal(float)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Job[Reading] | None = None
        self._glances: SimpleQueue[Glance] = SimpleQueue()
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_INTERVAL_MS)
        self._timer.timeout.connect(self._on_tick)

    @property
    def busy(self) -> bool:
        """Whether a reading is under way."""
        return self._work is not None

    def start(self, request: Request) -> None:
        """Read a file; what was being read is dropped."""
        self._drop()
        glances: SimpleQueue[Glance] = SimpleQueue()  # one for each reading: a stopped one may still put something
        self._glances = glances
        self._work = Job(
            lambda progress, cancelled: read_file(request, glances, progress, cancelled), discard=discard_reading
        )
        self._timer.start()

    def stop(self) -> None:
        """Drop the reading under way and wait a moment for it."""
        self._timer.stop()
        work = self._work
        self._drop()
        if work is not None:
            work.join()

    def _drop(self) -> None:
        work, self._work = self._work, None
        if work is not None:
            work.stop()

    def _on_tick(self) -> None:
        work = self._work
        if work is None:
            self._timer.stop()
            return
        done = work.done  # asked first: what is in the mailbox then is all there will be
        with suppress(Empty):
            self.glanced.emit(self._glances.get_nowait())
        if not done:
            self.progressed.emit(work.fraction)
        elif self._work is work:
            self._work = None
            self._take(work)

    def _take(self, work: Job[Reading]) -> None:
        try:
            reading = work.take()
        except Cancelled:
            return
        except AnnVizError as error:
            self.failed.emit(str(error))
            return
        self.read.emit(reading)
