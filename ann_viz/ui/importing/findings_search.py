"""Looks for findings in the background whenever the choices change.

Only one search asks the table at a time; a change waits a moment for the next one, then stops the search under way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ann_viz.data import Recipe, Table
from ann_viz.data.advice.findings import Finding, find
from ann_viz.session.job import Job
from ann_viz.ui.document.jobs import JobWatcher

__all__ = ["FindingsSearch"]

WAIT_MS: Final = 150


class FindingsSearch(QObject):
    """The findings of the table and recipe asked for last.

    ``found`` carries them.
    """

    found = Signal(tuple)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._asked: tuple[Table, Recipe] | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self._start)
        self._watcher = JobWatcher("looking for findings", self)
        self._watcher.finished.connect(self.found)
        self._watcher.failed.connect(self._on_failed)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._wait.isActive() or self._watcher.busy

    def ask(self, table: Table, recipe: Recipe) -> None:
        """Look for findings, unless that is what is known or looked for already."""
        if (table, recipe) == self._asked:
            return
        first = self._asked is None or self._asked[0] is not table
        self._asked = (table, recipe)
        self._wait.start(0 if first else WAIT_MS)

    def stop(self) -> Job[Any] | None:
        """Stop searching; return the search that may touch the table for another moment."""
        self._asked = None
        self._wait.stop()
        return self._watcher.stop()

    def _start(self) -> None:
        if self._asked is not None:
            table, recipe = self._asked

            def search(_progress: object, cancelled: Callable[[], bool]) -> tuple[Finding, ...]:
                return find(table, recipe, cancelled)

            self._watcher.start(search)

    def _on_failed(self, _error: object) -> None:
        self.found.emit(())  # findings are advice; a table that can't be asked any more is told elsewhere
