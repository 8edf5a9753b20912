"""Opening a project: the file is read on the side, with its data; data that have moved are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from ann_viz.errors import AnnVizError, DataError, ProjectFileError
from ann_viz.session.autosave import Rescue
from ann_viz.session.job import Progress
from ann_viz.translation import translate
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.document.thumbnail import thumbnail_picture
from ann_viz.ui.kit import file_dialogs
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.kit.message_box import MessageBox
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.window.missing_rows import ask_for_table
from ann_viz.ui.window.project_writing import PROJECT_FILES
from ann_viz.ui.window.replaced import Former

if TYPE_CHECKING:
    from ann_viz.data import Dataset
    from ann_viz.session.project import Project

__all__ = ["DataQuestion", "OpenedProject", "ProjectOpener"]

PICTURE: Final = QSize(168, 100)


@dataclass(frozen=True, eq=False)
class OpenedProject:
    """A project that was read.

    Parameters
    ----------
    path : Path
        Its file.
    project : Project
    dataset : Dataset or None
        Its data.
    rescue : Rescue or None
        What it is a copy of that was kept by itself.
    former : Former or None
        What it was before other data replaced it.
    problem : AnnVizError or None
        Why the data could not be opened.
    changed : Path or None
        The file that stands where they were, and is another one.
    is_state : bool
        Whether it is an earlier state of what is open, whose place it takes without a question: Undo brings that back.
    """

    path: Path
    project: Project
    dataset: Dataset | None
    rescue: Rescue | None = None
    former: Former | None = None
    problem: AnnVizError | None = None
    changed: Path | None = None
    is_state: bool = False

    def discard(self) -> None:
        """Let the data go."""
        if self.dataset is not None:
            self.dataset.close()


Way = Path | Literal["without", "anew"] | None
"""How to go on: with the data from a file, without them, by learning from the changed file anew, or not at all."""


class DataQuestion(MessageBox):
    """Says what is wrong with the data of a project; they can be looked for, or done without.

    Parameters
    ----------
    window : QWidget
    problem : AnnVizError
        What is wrong.
    project : Project
    changed : Path or None
        The file that stands where the data were, and is another one.
    """

    def __init__(self, window: QWidget, problem: AnnVizError, project: Project, changed: Path | None = None) -> None:
        from ann_viz.scene.thumbnail import thumbnail_of

        title = translate("The table of this project is missing")
        if changed is not None:
            title = translate("The table of this project has changed")
        elif isinstance(problem, DataError):
            title = translate("The table of this project can't be used")
        without = translate(
            "Without its table the network can be looked at, tried and used on files as it is; training, scores and "
            "all that needs rows wait for it."
        )
        super().__init__(title, title, f"{problem} {without}", window, strong=True)
        picture = thumbnail_picture(thumbnail_of(project.model.shown), PICTURE, self.devicePixelRatioF())
        self.setIconPixmap(picture)
        self.setObjectName("dataQuestion")
        self.search = self.addButton(translate("Find the file…"), QMessageBox.ButtonRole.AcceptRole)
        self.without = self.addButton(translate("Open without it"), QMessageBox.ButtonRole.ActionRole)
        self.anew: QPushButton | None = None
        if changed is not None:
            self.anew = self.addButton(translate("Train anew…"), QMessageBox.ButtonRole.ActionRole)
            self.anew.setToolTip(plain_tip(translate("Import the changed file, and leave this project as it is")))
        self.cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(self.search)
        self.setEscapeButton(self.cancel)

    @classmethod
    def ask(cls, window: QWidget, problem: AnnVizError, project: Project, changed: Path | None = None) -> Way:
        """Return how to go on."""
        box = cls(window, problem, project, changed)
        clicked = box.wait()
        if clicked is box.search:
            return ask_for_table(window)
        if clicked is box.without:
            return "without"
        return "anew" if clicked is not None and clicked is box.anew else None


class ProjectOpener(QObject):
    """Reads projects for a window, one at a time.

    Parameters
    ----------
    window : QWidget
        Dialogs stand on it.
    """

    opened = Signal(object)
    """Carries an OpenedProject with its data, or with what stands in for them; they now belong to the receiver."""

    anew_asked = Signal(object)
    """Carries the path of a table that has changed, to be learned from anew."""

    given_up = Signal()
    """Nothing is opened, and the user knows why."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._reader = JobWatcher("opening a project", self)
        self._reader.finished.connect(self._on_read)
        self._reader.failed.connect(self._on_failed)

    def choose(self, open_file: Callable[[Path], object]) -> None:
        """Let the user choose a project, and hand its path to `open_file`."""
        title = self.tr("Open a project")
        path = file_dialogs.ask_file(self._window, title, "project", translate(PROJECT_FILES))
        if path is not None:
            open_file(path)

    def read(
        self, path: Path, *, elsewhere: Path | None = None, rescue: Rescue | None = None, is_state: bool = False
    ) -> None:
        """Begin to read a project, perhaps a rescued one, whose data are `elsewhere`, if somebody knows.

        With `is_state` it is an earlier one of what is open; see `OpenedProject`.
        """
        work = partial(_read, path.absolute(), elsewhere, rescue, is_state)
        self._reader.start(work, discard=OpenedProject.discard)

    def bring_back(self, former: Former, elsewhere: Path | None = None) -> None:
        """Begin to read the data of what was replaced."""
        self._reader.start(partial(_read_again, former, elsewhere), discard=OpenedProject.discard)

    def stop(self) -> None:
        """Open nothing after all."""
        self._reader.stop()

    def close(self) -> None:
        """Read no more."""
        self._reader.close()

    def _on_read(self, found: OpenedProject) -> None:
        from ann_viz.session.project import without_data

        if found.problem is None:
            self.opened.emit(found)
            return
        way = DataQuestion.ask(self._window, found.problem, found.project, found.changed)
        if way == "without":
            self.opened.emit(replace(found, dataset=without_data(found.project)))
        elif way == "anew":
            self.given_up.emit()
            self.anew_asked.emit(found.changed)
        elif way is not None and found.former is not None:
            self.bring_back(found.former, way)
        elif way is not None:
            self.read(found.path, elsewhere=way, rescue=found.rescue, is_state=found.is_state)
        else:
            self.given_up.emit()

    def _on_failed(self, error: AnnVizError) -> None:
        self.given_up.emit()
        show_error(self._window, self.tr("The project was not opened"), error)


def _read(
    path: Path, elsewhere: Path | None, rescue: Rescue | None, is_state: bool, _progress: Progress, _cancelled: object
) -> OpenedProject:
    """Read a project and its data; raises ProjectFileError when the project itself can't be read."""
    from ann_viz.session.project import open_data
    from ann_viz.session.projectfile import load_project

    project = load_project(path) if rescue is None else rescue.load()
    try:
        return OpenedProject(path, project, open_data(project, path.parent, elsewhere), rescue, is_state=is_state)
    except (ProjectFileError, DataError) as error:
        changed = None if elsewhere is not None else _changed_file(project, path.parent)
        return OpenedProject(path, project, None, rescue, problem=error, changed=changed, is_state=is_state)


def _read_again(former: Former, elsewhere: Path | None, _progress: Progress, _cancelled: object) -> OpenedProject:
    """Read the data of what was replaced; raises OutputError where they were never read to their end."""
    from ann_viz.session.project import open_data

    project, path = former.work.project(), former.path or Path(former.name)
    try:
        return OpenedProject(path, project, open_data(project, former.folder, elsewhere), former=former)
    except (ProjectFileError, DataError) as error:
        changed = None if elsewhere is not None else _changed_file(project, former.folder)
        return OpenedProject(path, project, None, former=former, problem=error, changed=changed)


def _changed_file(project: Project, beside: Path) -> Path | None:
    """Return the file that is where the data were, if it can be read and is another one."""
    from ann_viz.session.data_source import find_data

    try:
        path, is_same = find_data(project.source, beside)
    except ProjectFileError:
        return None
    return None if is_same else path
