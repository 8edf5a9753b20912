"""Every way data come into the window: a dialog, a drop, the clipboard, a recent file, a sample, a reload."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ann_viz.app_folder import own_folder
from ann_viz.errors import AnnVizError, DataError
from ann_viz.session.autosave import Rescue
from ann_viz.session.clipboard_table import ClipboardTable
from ann_viz.session.open_projects import OpenProject
from ann_viz.session.samples import SampleData, open_sample
from ann_viz.session.suggested import Suggestion, suggest_training
from ann_viz.translation import translate
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import file_dialogs
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.kit.message_bar import MessageBar
from ann_viz.ui.kit.time_text import time_text
from ann_viz.ui.window.autosaving import Autosaver
from ann_viz.ui.window.data_menu import RecentFiles
from ann_viz.ui.window.drop_overlay import dropped_problem
from ann_viz.ui.window.keeping import Keeper
from ann_viz.ui.window.missing_rows import MissingRows
from ann_viz.ui.window.network_use import NetworkUse
from ann_viz.ui.window.project_opening import OpenedProject, ProjectOpener
from ann_viz.ui.window.project_writing import PROJECT_FILES, SUFFIX
from ann_viz.ui.window.recent_projects import RecentProjects
from ann_viz.ui.window.reloading import Reloader
from ann_viz.ui.window.replaced import Replaced
from ann_viz.ui.window.rescuing import Rescuer

if TYPE_CHECKING:
    from ann_viz.data import Dataset
    from ann_viz.session.remembered import Remembered
    from ann_viz.ui.window.start_card import StartCard

__all__ = ["Opener"]


class Opener(QObject):
    """Opens files for a window and remembers what it opened.

    Parameters
    ----------
    bridge : Bridge
        Gets the dataset.
    window : QWidget
        Dialogs stand on it.
    messages : MessageBar
        Where it says what happened.
    """

    def __init__(self, bridge: Bridge, window: QWidget, messages: MessageBar) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._window = window
        self._messages = messages
        self.recent = RecentFiles(own_folder())
        self.keeper = Keeper(bridge, window, messages, OpenProject(own_folder()))
        self.keeper.saved.connect(self.recent.add)
        self.autosaver = Autosaver(bridge, self.keeper, own_folder())
        self.rescuer = Rescuer(own_folder(), messages, window)
        self.rescuer.wanted.connect(self._open_rescue)
        self.projects = RecentProjects(self.recent, self)
        self._projects = ProjectOpener(window)
        self._projects.opened.connect(self._take_project)
        self._projects.given_up.connect(messages.hide)
        self._replaced = Replaced(bridge, self.keeper)
        self._replaced.wanted.connect(self._projects.bring_back)
        self._projects.anew_asked.connect(self.open_file)
        self.network_use = NetworkUse(bridge, window)
        self.reloader = Reloader(bridge, messages, self)
        self.reloader.read.connect(self._take_again)
        self.reloader.anew_asked.connect(self.open_file)
        self.missing = MissingRows(bridge, self.keeper, self.autosaver, messages, window)
        self.missing.found.connect(self.reloader.watch.watch)
        self._clipboard = ClipboardTable()

    # Ways in --------------------------------------------------------------------------------------------------------
    def choose_file(self) -> None:
        """Let the user choose a file, then look at it."""
        from ann_viz.session.importing.source import TABLE_FILES

        kinds = f"{translate(TABLE_FILES)};;{translate(PROJECT_FILES)}"
        path = file_dialogs.ask_file(self._window, self.tr("Open a table"), "data", kinds)
        if path is not None:
            self.open_file(path)

    def serve(self, card: StartCard) -> None:
        """Let the start card offer the projects opened or saved last, and what a crash has left."""
        card.open_requested.connect(self.choose_file)
        self.rescuer.show_in(card.rescue)
        self.projects.found.connect(card.show_projects)
        card.recent.open_requested.connect(self.open_file)
        card.recent.removed.connect(self.projects.remove)
        card.recent.find_requested.connect(self._find_project)
        card.recent.project_requested.connect(self.choose_project)

    def _find_project(self, path: Path) -> None:
        """Let the user say where a project of the list is now, and open it."""
        found = self.projects.find(self._window, path)
        if found is not None:
            self.open_file(found)

    def choose_project(self) -> None:
        """Let the user choose a project and open it."""
        self._projects.choose(self.open_file)

    def open_file(self, path: Path) -> bool:
        """Let the user look at a file and import it; what is open stays open if they don't.

        A project is opened as it is, once it has been read.
        """
        if path.suffix.lower() == SUFFIX:
            text = self.tr("Opening {name} …").format(name=path.name)
            self._messages.show_message(text, [(self.tr("Cancel"), self._projects.stop)])
            self._projects.read(path)
            return True
        if self.network_use.takes(path):
            return False
        from ann_viz.ui.importing.dialog import ImportDialog  # not needed for the first paint

        dataset = ImportDialog.ask(self._window, path, _remembered())
        if dataset is None:
            return False
        opened = dataset.table.path  # the user may have chosen another file in the dialog
        file_dialogs.remember_folder("data", opened)
        self.recent.add(opened)
        return self._take(dataset, opened)

    def open_dropped(self, mime: QMimeData) -> None:
        """Open the file that was dropped, or say why that can't be."""
        problem = dropped_problem(mime)
        if problem is not None:
            self._messages.show_message(problem)
            return
        self.open_file(Path(mime.urls()[0].toLocalFile()))

    def paste(self) -> None:
        """Import the table on the clipboard."""
        from ann_viz.ui.importing.dialog import ImportDialog

        try:
            path = self._clipboard.save(QGuiApplication.clipboard().text())
        except DataError as error:
            self._messages.show_message(str(error))
            return
        dataset = ImportDialog.ask(self._window, path, _remembered())
        if dataset is not None:
            self._after_asking(dataset.name, partial(self._take_pasted, dataset), dataset.close)

    def open_sample(self, sample: SampleData, *, asked: bool = False) -> None:
        """Open data that come with the program, as their list says; `asked` if the user has agreed to lose the rest."""
        try:
            if asked:
                self._take_now(open_sample(sample), None)
            else:
                self._take(open_sample(sample), None)
        except AnnVizError as error:
            show_error(self._window, self.tr("The sample could not be opened"), error)

    def begin_anew(self) -> None:
        """Go back to the start card, unless the user would lose work by it."""
        title = self.tr("Save your work before starting anew?")
        if self.keeper.may_leave(title, self._begin_anew):
            self._begin_anew()

    def back_to_saved(self) -> None:
        """Open the project again as it is in its file."""
        if self.keeper.path is not None:
            self._projects.read(self.keeper.path, is_state=True)

    def open_copy(self, kept: Rescue) -> None:
        """Open what the document was like when it was kept by itself, as unsaved work."""
        self._projects.read(kept.path, rescue=kept, is_state=True)

    def end(self) -> None:
        """Ask nothing any more, and leave what is not saved to the next start."""
        self.keeper.let_go()
        self.autosaver.keep_for_next_start()

    def close(self) -> None:
        """Stop reading and remove what was pasted."""
        self.reloader.close()
        self._projects.close()
        self.projects.close()
        self.rescuer.close()
        self.autosaver.close()
        self.keeper.close()
        self.missing.close()
        self._clipboard.close()

    def _take(self, dataset: Dataset, path: Path | None) -> bool:
        """Open data unless the user would lose work by it; say whether they are open now."""
        return self._after_asking(dataset.name, partial(self._take_now, dataset, path), dataset.close)

    def _take_pasted(self, dataset: Dataset) -> None:
        self._take_now(dataset, None)
        self._bridge.keep_rows_inside(True)

    def _take_again(self, dataset: Dataset, path: Path) -> bool:
        """Open data that were read anew likewise; the settings stay."""

        def take() -> None:
            self._show(dataset, path, None)
            self.reloader.tell(dataset)

        return self._after_asking(dataset.name, take, dataset.close)

    def _after_asking(self, name: str, take: Callable[[], None], refuse: Callable[[], object]) -> bool:
        title = self.tr("Save your work before opening {name}?").format(name=name)
        may_take = self.keeper.may_leave(title, take, refuse)
        if may_take:
            take()
        return may_take

    def _take_now(self, dataset: Dataset, path: Path | None) -> None:
        self._show(dataset, path, suggest_training(dataset))

    def _show(self, dataset: Dataset, path: Path | None, suggestion: Suggestion | None) -> None:
        self.reloader.stop()
        former = self._replaced.take()
        self._bridge.open_dataset(dataset, suggestion)
        self._replaced.offer(former)
        self.reloader.watch.watch(path)
        self._messages.hide()

    def _begin_anew(self) -> None:
        self.reloader.stop()
        self._projects.stop()
        self._messages.hide()
        former = self._replaced.take()
        self._bridge.begin_anew()
        self._replaced.offer(former)
        self.reloader.watch.watch(None)
        self.projects.look()
        self.rescuer.look()

    def _open_rescue(self, rescue: Rescue) -> None:
        self._projects.read(rescue.path, rescue=rescue)

    def _take_project(self, found: OpenedProject) -> None:
        self._messages.hide()
        name = found.path.name if found.rescue is None else found.rescue.name
        if found.former is None and not found.is_state:
            self._after_asking(name, partial(self._take_project_now, found), found.discard)
        else:
            self._take_project_now(found)  # and Undo brings back what was open
            if found.is_state:
                self._tell_of_state(found)

    def _tell_of_state(self, found: OpenedProject) -> None:
        if found.rescue is None:
            text = self.tr("{name} is as it was saved at {time}.")
            when = found.path.stat().st_mtime
        else:
            text, when = self.tr("This is your work of {time}; it is in no file yet."), found.rescue.saved_at
        undo = self._bridge.undo_stack
        actions = [(self.tr("Undo"), undo.undo)] if undo.canUndo() else []
        self._messages.show_message(text.format(name=found.path.name, time=time_text(when)), actions)

    def _take_project_now(self, found: OpenedProject) -> None:
        assert found.dataset is not None  # only such are handed over, or what stands in for them
        self.reloader.stop()
        former, is_ours = self._replaced.take(), True
        self._bridge.open_project(found.project, found.dataset)
        self._replaced.offer(former)
        is_there = not (self._bridge.rows_inside or found.dataset.is_missing)
        self.reloader.watch.watch(found.dataset.table.path if is_there else None)
        if found.former is not None:
            former_state = found.former
            self.keeper.came_back(former_state.path, former_state.mark, is_saved=former_state.is_saved)
        elif found.rescue is None:
            is_ours = self.keeper.opened(found.path)
            self.recent.add(found.path)
        else:
            self.keeper.opened_unsaved()
            self.autosaver.take_over(found.rescue)
            self.rescuer.take(found.rescue)
        self._messages.hide()
        if not is_ours:
            text = self.tr("{name} is open in another window. This is a copy: save it under another name.")
            self._messages.show_message(text.format(name=found.path.name))
        elif found.dataset.is_missing:
            self.missing.tell(self.keeper.name)


def _remembered() -> Remembered:
    """The decisions about earlier imports, beside the program's other data."""
    from ann_viz.session.remembered import Remembered

    return Remembered(own_folder())
