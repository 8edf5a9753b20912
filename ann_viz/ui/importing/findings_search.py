"""Looks for findings in the background whenever the choices change, and drops those that are out of date.

Only one search asks the table at a time; a change waits a moment for the next one, then stops the search under way.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from ann_viz.data import Recipe, Table
from ann_viz.data.advice.findings import Finding, find
from ann_viz.errors import AnnVizError, Cancelled
from ann_viz.session.job import Job

__all__ = ["FindingsSearch"]

WAIT_MS: Final = 150
POLL_INTERVAL_MS: Final = 20
Findings = tuple[Finding, ...]


class FindingsSearch(QObject):
    """The findings of the table and recipe asked for last.

    ``found`` carries them.
    """

    found = Signal(tuple)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._wanted: tuple[Table, Recipe] | None = None
        self._answered: tuple[Table, Recipe] | None = None
        self._work: Job[Findings] | None = None
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._stop_outdated)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL_INTERVAL_MS)
        self._poll.timeout.connect(self._on_poll)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._wanted is not None or self._work is not None

    def ask(self, table: Table, recipe: Recipe) -> None:
        """Look for findings, unless that is what is known or looked for already."""
        if (table, recipe) == (self._wanted or self._answered):
            return
        first = self._answered is None or self._answered[0] is not table
        self._wanted = (table, recipe)
        self._wait.start(0 if first else WAIT_MS)
        self._poll.start()

    def stop(self) -> Job[Findings] | None:
        """Stop searching; return the search under way, which may touch the table for another moment."""
        work, self._work = self._work, None
        self._wanted = self._answered = None
        self._wait.stop()
        self._poll.stop()
        if work is not None:
            work.stop()
        return work

    def _stop_outdated(self) -> None:
        if self._work is not None and self._wanted is not None:
            self._work.stop()

    def _on_poll(self) -> None:
        if self._work is not None and self._work.done:
            self._take(self._work)
        if self._work is None and self._wanted is not None and not self._wait.isActive():
            self._start(*self._wanted)
        if not self.busy:
            self._poll.stop()

    def _start(self, table: Table, recipe: Recipe) -> None:
        self._answered, self._wanted = (table, recipe), None
        self._work = Job(lambda _, cancelled: find(table, recipe, cancelled))

    def _take(self, work: Job[Findings]) -> None:
        self._work = None
        try:
            findings = work.take()
        except Cancelled:
            return
        except AnnVizError:
            findings = ()  # findings are advice; a table that can't be asked any more is told elsewhere
        self.found.emit(findings)
