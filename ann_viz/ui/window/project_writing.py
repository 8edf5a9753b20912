"""Writes the document to its project file in a thread, once the worker has come to the end of its batch.

Also asks where to, and says what is in the file then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ann_viz.errors import AnnVizError
from ann_viz.session.autosave import SUFFIX
from ann_viz.session.job import Progress
from ann_viz.translation import translatable, translate
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import POLL_INTERVAL_MS, JobWatcher

if TYPE_CHECKING:
    from ann_viz.data import Table
    from ann_viz.session.work import Work

__all__ = ["PROJECT_FILES", "SUFFIX", "ProjectWriter", "Saved", "ask_place", "nothing", "words_of_rows"]

PROJECT_FILES: Final = translatable("ANN Viz project (*.annviz)")


@dataclass(frozen=True, eq=False)
class Saved:
    """What a save is about.

    Parameters
    ----------
    path : Path
        Where to.
    table : Table
        Whose work it is.
    anew : bool
        Whether the project was in another file before, or in none.
    """

    path: Path
    table: Table
    anew: bool


def nothing() -> None:
    """Nobody waits for it."""


def ask_place(window: QWidget, suggestion: Path) -> Path | None:
    """Let the user say where to; None where they don't."""
    from ann_viz.ui.document import saving

    path = saving.ask_where(window, translate("Save project"), str(suggestion), translate(PROJECT_FILES), "project")
    return Path(path) if path else None


def words_of_rows(data: str, *, inside: bool) -> tuple[str, str]:
    """Return whether the rows of some data are in a file, in a sentence, and what can be done about it."""
    if inside:
        return translate("The rows of {data} are inside.").format(data=data), translate("Leave them out")
    return translate("The rows of {data} are not inside.").format(data=data), translate("Put them inside")


class ProjectWriter(QObject):
    """Takes the work of the document and writes it; other data that are opened meanwhile are not written.

    Parameters
    ----------
    bridge : Bridge
        Gives the work.
    """

    written = Signal(object, object)
    """Carries the Work that is in the file now, and what was Saved."""

    failed = Signal(object)
    """Carries the error."""

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._saving: Saved | None = None
        self._afterwards: tuple[Callable[[], object], Callable[[], object]] = nothing, nothing
        self._writer = JobWatcher("saving", self)
        self._writer.finished.connect(self._on_written)
        self._writer.failed.connect(self._on_failed)
        self._pick_up = QTimer(self, interval=POLL_INTERVAL_MS, singleShot=True)
        self._pick_up.timeout.connect(self._take_work)

    @property
    def is_saving(self) -> bool:
        """Whether a save is under way."""
        return self._saving is not None

    def write(self, path: Path, *, anew: bool, done: Callable[[], object], failed: Callable[[], object]) -> None:
        """Write what is open; one of the two is called when that is over and told."""
        dataset = self._bridge.document.described
        if dataset is None:
            return
        self._afterwards = done, failed
        self._saving = Saved(path, dataset.table, anew)
        self._bridge.ask_for_work()
        self._take_work()

    def _take_work(self) -> None:
        """Write what there is, or wait for the worker to come to the end of its batch."""
        from ann_viz.ui.document import saving

        dataset, saving_now = self._bridge.document.described, self._saving
        if saving_now is None or dataset is None or dataset.table is not saving_now.table:
            self._saving = None
            return
        work = self._bridge.take_work()
        if work is None:
            self._pick_up.start()
            return
        inputs = saving.data_files(self._bridge.document)
        self._writer.start(partial(_write, work, saving_now.path, inputs))

    def _on_written(self, work: Work) -> None:
        saved, self._saving = self._saving, None
        if saved is None:
            return
        self.written.emit(work, saved)
        (done, _), self._afterwards = self._afterwards, (nothing, nothing)
        done()

    def _on_failed(self, error: AnnVizError) -> None:
        self._saving = None
        (_, failed), self._afterwards = self._afterwards, (nothing, nothing)
        self.failed.emit(error)
        failed()

    def close(self) -> None:
        """Write no more; what is being written is waited for a moment."""
        self._pick_up.stop()
        self._writer.close()


def _write(work: Work, path: Path, inputs: tuple[Path, ...], _progress: Progress, _cancelled: object) -> Work:
    """Save work in a file; nobody may stop that half-way."""
    from ann_viz.session.projectfile import save_project

    save_project(path, work.project(), inputs=inputs)
    return work
