"""Runs one reading at a time and tells the dialog what is to be seen at once, and what came of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from ann_viz.session.importing.reading import Glance, Request, discard_reading, read_file
from ann_viz.session.mailbox import Mailbox
from ann_viz.ui.document.jobs import JobWatcher

__all__ = ["FileReader"]


class FileReader(QObject):
    """The reading asked for last; earlier ones are stopped and never heard of again.

    ``glanced`` carries what is to be seen at once, ``read`` the whole reading, ``failed`` an AnnVizError, and
    ``progressed`` the share done.
    """

    glanced = Signal(object)
    read = Signal(object)
    failed = Signal(object)
    progressed = Signal(float)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._glances: Mailbox[Glance] = Mailbox()
        self._watcher = JobWatcher("reading a file", self)
        self._watcher.progressed.connect(self._on_progressed)
        self._watcher.finished.connect(self._on_finished)
        self._watcher.failed.connect(self.failed)

    @property
    def busy(self) -> bool:
        """Whether a reading is under way."""
        return self._watcher.busy

    def start(self, request: Request) -> None:
        """Read a file; what was being read is dropped."""
        self._glances = Mailbox()  # one for each reading: a stopped one may still put something
        self._watcher.start(partial(read_file, request, self._glances), discard=discard_reading)

    def stop(self) -> None:
        """Drop the reading under way and wait a moment for it."""
        self._watcher.close()

    def _on_progressed(self, fraction: float) -> None:
        self._show_glance()
        self.progressed.emit(fraction)

    def _on_finished(self, reading: object) -> None:
        self._show_glance()
        self.read.emit(reading)

    def _show_glance(self) -> None:
        glance = self._glances.take()
        if glance is not None:
            self.glanced.emit(glance)
