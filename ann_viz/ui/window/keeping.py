"""The document's file: saving it, knowing what is not saved, and asking before that would be lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ann_viz.errors import AnnVizError
from ann_viz.session import RunState
from ann_viz.session.open_projects import OpenProject
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.kit.file_dialogs import remember_folder
from ann_viz.ui.kit.message_bar import MessageBar
from ann_viz.ui.window.project_writing import SUFFIX, ProjectWriter, Saved, ask_place, nothing, words_of_rows
from ann_viz.ui.window.save_question import SaveQuestion

if TYPE_CHECKING:
    from ann_viz.data import Table
    from ann_viz.session.work import Work
    from ann_viz.session.work_mark import WorkMark
    from ann_viz.ui.window.unsaved import Unsaved

__all__ = ["Keeper"]

LOOK_INTERVAL_MS: Final = 250


class Keeper(QObject):
    """Saves the document of a window.

    Parameters
    ----------
    bridge : Bridge
        Gives the work.
    window : QWidget
        Dialogs stand on it.
    messages : MessageBar
        Where it says what was saved.
    project : OpenProject, optional
        Tells other windows which project is open here.

    Attributes
    ----------
    path : Path or None
        The project file; None while there is none.
    keep_copy : callable or None
        Keeps of a project what nobody wants to save, and returns whether that was possible; None where nobody does.
    """

    changed = Signal()
    """The document has another name, or there is something unsaved now, or no longer."""

    touched = Signal()
    """Something may be otherwise than a moment ago; while training runs, many times a second."""

    saved = Signal(object)
    """Carries the path of the file that was written."""

    def __init__(
        self, bridge: Bridge, window: QWidget, messages: MessageBar, project: OpenProject | None = None
    ) -> None:
        super().__init__(window)
        self._project = project or OpenProject(None)
        self._bridge, self._window, self._messages = bridge, window, messages
        self.path: Path | None = None
        self._table: Table | None = None
        self._lent = False
        self._let_go = False
        self.keep_copy: Callable[[], bool] | None = None
        self._mark: WorkMark | None = None
        self._seen_changed = False
        self._writer = ProjectWriter(bridge, self)
        self._writer.written.connect(self._on_written)
        self._writer.failed.connect(self._on_failed)
        self._look = QTimer(self, interval=LOOK_INTERVAL_MS, singleShot=True)
        self._look.timeout.connect(self._look_again)
        for signal in (bridge.snapshot_changed, bridge.newest_changed, bridge.settings_changed, bridge.runs_changed):
            signal.connect(self._on_something_changed)
        bridge.state_changed.connect(self.tell)

    # What is not saved ----------------------------------------------------------------------------------------------
    @property
    def name(self) -> str:
        """What the document is called; empty without one."""
        dataset = self._bridge.document.described
        if dataset is None:
            return ""
        return dataset.name if self.path is None else self.path.name

    @property
    def is_changed(self) -> bool:
        """Whether closing would lose something: learned, set or written since the last save, and not a lesson's."""
        document = self._bridge.document
        if document.described is None or self._lent:
            return False
        if self.path is None and not self._bridge.has_own_work:
            return False
        return self._bridge.work_mark() != self._mark

    @property
    def can_go_back(self) -> bool:
        """Whether there is a file from which to be taken back what has changed."""
        return self.path is not None and self.is_changed

    def begin(self, *, lent: bool = False) -> None:
        """Take note of the data that are open now: other data are another document, other columns of them are not.

        Parameters
        ----------
        lent : bool
            Whether they are a lesson's, about which nobody is asked.
        """
        dataset = self._bridge.document.described
        table = None if dataset is None else dataset.table
        if table is not self._table:
            self._table, self._lent, self.path = table, lent, None
            self._project.let_go()
            self._remember_as_kept(table is not None)
        self.tell()

    def opened(self, path: Path) -> bool:
        """Take note that what is open now stands in this file; of one that another window has open it is a copy.

        Returns
        -------
        bool
            Whether it is the file itself.
        """
        is_ours = self._project.take(path)
        self.path = path if is_ours else None
        self._remember_as_kept(is_ours)
        remember_folder("project", path)
        self.tell()
        return is_ours

    @property
    def mark(self) -> WorkMark | None:
        """What the document was like when nothing in it was unsaved; None where nobody knows."""
        return self._mark

    def came_back(self, path: Path | None, mark: WorkMark | None, *, is_saved: bool) -> None:
        """Take note that what is open now was open before, when it had this file or none, and this mark."""
        if path is not None and not self._project.take(path):
            path, mark, is_saved = None, None, False
        self.path = path
        self._remember_as_kept(is_saved)
        if mark is not None and not is_saved:
            self._mark = replace(mark, data=self._bridge.work_mark().data)  # it has been read again
        self.tell()

    def go_on_with(self, table: Table, take: Callable[[], object]) -> None:
        """Have the document take its missing table: it stays the same one, in the same file, saved or not."""
        is_saved = not self.is_changed
        self._table = table
        take()
        if is_saved:
            self._mark = self._bridge.work_mark()
        self.tell()

    @property
    def is_lent(self) -> bool:
        """Whether what is open is a lesson's."""
        return self._lent

    def opened_unsaved(self) -> None:
        """Take note that what is open now is in no file of the user's."""
        self._remember_as_kept(False)
        self.tell()

    def _remember_as_kept(self, is_kept: bool) -> None:
        """Remember what the document is like while nothing in it is unsaved, or that nobody knows."""
        self._mark = self._bridge.work_mark() if is_kept else None
        if self._mark is not None and self.path is not None:
            with suppress(OSError):  # it may have been removed a moment ago
                self._mark = replace(self._mark, at=os.stat(self.path).st_mtime)

    def unsaved(self) -> Unsaved:
        """Return how the document stands against its file; raises StateError without one."""
        from ann_viz.ui.window.unsaved import Unsaved

        return Unsaved(
            name=self.name,
            network=self._bridge.document.model().shown,
            is_in_file=self.path is not None,
            is_lent=self._lent,
            is_changed=self.is_changed,
            stays=self.path is not None and self.keep_copy is not None,
            before=self._mark,
            now=self._bridge.work_mark(),
        )

    @property
    def is_saving(self) -> bool:
        """Whether a save is under way."""
        return self._writer.is_saving

    def _on_something_changed(self) -> None:
        self.touched.emit()
        is_running = self._bridge.document.state is RunState.RUNNING
        if not self._look.isActive() and not (self._seen_changed and is_running):
            self._look.start()

    def tell(self) -> None:
        """Look whether anything is unsaved now, and tell those who show it."""
        self._look.stop()
        self._seen_changed = self.is_changed
        self.changed.emit()

    def _look_again(self) -> None:
        """Look likewise, and tell where it is otherwise than before."""
        if self.is_changed != self._seen_changed:
            self.tell()

    # Leaving --------------------------------------------------------------------------------------------------------
    def may_leave(self, title: str, go_on: Callable[[], object], stay: Callable[[], object] = nothing) -> bool:
        """Return whether the document may go at once: nothing in it is unsaved, or the user lets it go.

        Parameters
        ----------
        title : str
            The question: "Save your work before closing?"
        go_on, stay : callable
            Where it is saved first, `go_on` is called once that has been done; `stay` where nothing came of it.
        """
        if self._let_go or not self.is_changed:
            return True
        answer = SaveQuestion.ask(self._window, title, self.unsaved())
        if answer == "discard" and not self._keeps_copy():
            answer = SaveQuestion.ask(self._window, title, replace(self.unsaved(), stays=False, is_copy_lost=True))
        if self._let_go or answer == "discard":  # the window may have been told to end meanwhile
            return True
        if answer == "save" and self._bridge.document.described is not None:
            self._bridge.pause()  # what it learned meanwhile would be lost
            self.save(go_on, stay)
        else:
            stay()
        return False

    def _keeps_copy(self) -> bool:
        """Keep the copy that was promised, and return whether it is there; true where none was promised."""
        return self._let_go or self.path is None or self.keep_copy is None or self.keep_copy()

    def let_go(self) -> None:
        """Ask nothing from now on: the window ends."""
        self._let_go = True

    # Saving ---------------------------------------------------------------------------------------------------------
    def save(self, done: Callable[[], object] = nothing, failed: Callable[[], object] = nothing) -> None:
        """Save where the project is, or ask where; training goes on meanwhile, and one is called when that is over."""
        if self.path is None:
            self.save_as(done, failed)
        else:
            self._writer.write(self.path, anew=False, done=done, failed=failed)

    def save_as(self, done: Callable[[], object] = nothing, failed: Callable[[], object] = nothing) -> None:
        """Ask where, and save there; one of the two is called when that is over."""
        dataset = self._bridge.document.described
        if dataset is None:
            return
        path = ask_place(self._window, self.path or Path(f"{Path(dataset.name).stem}{SUFFIX}"))
        if path is not None:
            self._writer.write(path, anew=path != self.path, done=done, failed=failed)
        else:
            failed()

    def _on_written(self, work: Work, saved: Saved) -> None:
        if saved.table is self._table:
            self.path, self._mark, self._lent = saved.path, work.mark, False
            self._project.take(saved.path)
        remember_folder("project", saved.path)
        self._tell_of_rows(saved.path, anew=saved.anew, inside=work.bare.rows_inside)
        self.saved.emit(saved.path)
        self.tell()

    def _tell_of_rows(self, path: Path, *, anew: bool, inside: bool) -> None:
        """Say what was saved, and the first time whether the rows are in it: nobody should have to guess."""
        dataset = self._bridge.document.described
        text = self.tr("Saved as {name}.").format(name=path.name)
        if not anew or dataset is None or dataset.is_missing:
            self._messages.show_message(text)
            return
        more, offer = words_of_rows(dataset.name, inside=inside)
        self._messages.show_message(f"{text} {more}", [(offer, partial(self._save_with_rows, not inside))])

    def _save_with_rows(self, inside: bool) -> None:
        self._bridge.keep_rows_inside(inside)
        self.save()

    def _on_failed(self, error: AnnVizError) -> None:
        show_error(self._window, self.tr("The project was not saved"), error)

    def close(self) -> None:
        """Look and write no more; what is being written is waited for a moment."""
        self._project.let_go()
        self._look.stop()
        self._writer.close()
