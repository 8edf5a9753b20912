"""Keeps unsaved work by itself: every half a minute, at the end of a run, and when the system ends the program.

What a project was like when it was kept stays when it has been saved or closed.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ann_viz.errors import AnnVizError
from ann_viz.session import RunState
from ann_viz.session.autosave import Autosave, Rescue
from ann_viz.session.job import Progress
from ann_viz.session.kept_copies import KeptCopies
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import POLL_INTERVAL_MS, JobWatcher
from ann_viz.ui.window.keeping import Keeper

if TYPE_CHECKING:
    from ann_viz.data import Table
    from ann_viz.session.work import Work
    from ann_viz.session.work_mark import WorkMark

__all__ = ["INTERVAL_MS", "Autosaver"]

INTERVAL_MS: Final = 30_000
_ENDED: Final = (RunState.FINISHED, RunState.FAILED)


class Autosaver(QObject):
    """Keeps what `keeper` says is unsaved; what is saved or let go is kept no longer.

    Parameters
    ----------
    bridge : Bridge
        Gives the work.
    keeper : Keeper
        Knows what is not saved.
    folder : Path or None
        The program's own, as of `Autosave`.
    """

    kept = Signal()
    """There is a newer copy."""

    def __init__(self, bridge: Bridge, keeper: Keeper, folder: Path | None) -> None:
        super().__init__(keeper)
        self._bridge = bridge
        self._keeper = keeper
        self._folder = folder
        self._autosave = Autosave(folder)
        self._earlier = KeptCopies(folder)
        self._table: Table | None = None
        self._path: Path | None = None
        self._kept: WorkMark | None = None
        self._rescue: Rescue | None = None
        self._is_ending = False
        self._writer = JobWatcher("keeping work", self)
        self._writer.finished.connect(self._on_kept)
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.keep)
        self._timer.start()
        self._pick_up = QTimer(self, interval=POLL_INTERVAL_MS, singleShot=True)
        self._pick_up.timeout.connect(self._take_work)
        bridge.state_changed.connect(self._on_state_changed)
        keeper.changed.connect(self._on_document_changed)
        keeper.keep_copy = None if folder is None else self.keep_copy

    def go_on_with(self, table: Table) -> None:
        """Take note that the table of the document is found: what is kept of it is kept on."""
        self._table = table

    # Keeping --------------------------------------------------------------------------------------------------------
    def keep(self) -> None:
        """Keep what is unsaved, unless it was kept as it is; one amid a batch waits for the next time."""
        if self.busy or self._keeper.is_saving or self._bridge.document.batch is not None or not self._is_due:
            return
        self._bridge.ask_for_work()
        self._take_work()

    @property
    def busy(self) -> bool:
        """Whether work is being kept."""
        return self._writer.busy or self._pick_up.isActive()

    @property
    def _is_due(self) -> bool:
        return self._keeper.is_changed and self._bridge.work_mark() != self._kept

    def _take_work(self) -> None:
        dataset = self._bridge.document.described
        if dataset is None or dataset.table is not self._table or self._keeper.is_saving:
            return
        work = self._bridge.take_work()
        if work is None:
            self._pick_up.start()
        else:
            has_ended = self._bridge.document.state in _ENDED
            self._writer.start(partial(_keep, work, self._autosave, has_ended))

    def _on_kept(self, work: Work | None) -> None:
        if work is not None and work.dataset.table is self._table:
            self._kept = work.mark
            self._discard_rescue()
            self.kept.emit()
            self._on_state_changed()  # the run may have ended meanwhile

    def copies(self) -> list[Rescue]:
        """Return what the document was like when it was kept; called from a thread, since it reads files."""
        earlier = [] if self._path is None else self._earlier.copies_of(self._path)
        return [*self._autosave.copies(), *earlier]

    def _on_state_changed(self) -> None:
        if self._bridge.document.state in _ENDED:
            self.keep()

    # What is kept no longer -----------------------------------------------------------------------------------------
    def _on_document_changed(self) -> None:
        """Begin anew with another document, and keep nothing of one that has been saved."""
        if self._is_ending:
            return
        dataset = self._bridge.document.described
        table = None if dataset is None else dataset.table
        if table is self._table:
            self._path = self._keeper.path
        if table is not self._table or (self._kept is not None and not self._keeper.is_changed):
            self._table = table
            self._drop()
            self._path = self._keeper.path

    def take_over(self, rescue: Rescue) -> None:
        """Keep what a crash had left and is open now; only then it is removed where it was."""
        self._rescue = rescue
        self.keep()

    def _drop(self) -> None:
        self._pick_up.stop()
        self._remove()
        self._discard_rescue()
        self._autosave, self._kept = Autosave(self._folder), None

    def _remove(self) -> None:
        """Keep the document no longer, but of a project what it was like."""
        self._autosave.remove(None if self._path is None else partial(self._earlier.take, self._path))

    def _discard_rescue(self) -> None:
        rescue, self._rescue = self._rescue, None
        if rescue is not None:
            rescue.discard()

    # The end --------------------------------------------------------------------------------------------------------
    def keep_for_next_start(self) -> None:
        """Keep what is unsaved before this returns, and leave it: the program is told to end."""
        self._is_ending = True
        self._keep_now()
        self._autosave.leave()

    def keep_copy(self) -> bool:
        """Keep of a project what nobody wants to save; return whether it will be one of its copies."""
        self._keep_now()
        return not self._is_due

    def _keep_now(self) -> None:
        if self._keeper.is_changed:
            self._bridge.pause()
        if self._bridge.document.state is not RunState.RUNNING and self._is_due:
            with suppress(AnnVizError):
                work = self._bridge.take_work()
                if work is not None and self._autosave.write(work.project()):
                    self._kept = work.mark
                    self._discard_rescue()

    def close(self) -> None:
        """Keep nothing any more, but what was left to the next start."""
        self._timer.stop()
        self._pick_up.stop()
        if not self._is_ending:
            self._is_ending = True
            self._remove()
            self._discard_rescue()
        self._writer.close()


def _keep(work: Work, autosave: Autosave, has_ended: bool, _progress: Progress, _cancelled: object) -> Work | None:
    """Keep work, at the end of a run with its past; returns it, or None where nothing can be kept."""
    project = work.project()
    if not autosave.write(project):
        return None
    if has_ended:
        autosave.write_past(project)
    return work
