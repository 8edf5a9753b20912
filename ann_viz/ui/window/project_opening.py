"""Opening a project: the file is read on the side, with its data; data that have moved are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QObject, QSettings, QSize, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from ann_viz.errors import AnnVizError, DataError, ProjectFileError
from ann_viz.scene.thumbnail import thumbnail_of
from ann_viz.session.autosave import Rescue
from ann_viz.session.job import Progress
from ann_viz.session.project import Project, open_data
from ann_viz.session.projectfile import load_project
from ann_viz.translation import translate
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.document.thumbnail import thumbnail_picture
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.kit.message_box import MessageBox
from ann_viz.ui.window.keeping import FOLDER, PROJECT_FILES
from ann_viz.ui.window.replaced import Former

if TYPE_CHECKING:
    from ann_viz.data import Dataset

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
    """

    path: Path
    project: Project
    dataset: Dataset | None
    rescue: Rescue | None = None
    former: Former | None = None
    problem: AnnVizError | None = None

    def discard(self) -> None:
        """Let the data go."""
        if self.dataset is not None:
            self.dataset.close()


class DataQuestion(MessageBox):
    """Says what is wrong with the data of a project; they can be looked for, and its network used without them."""

    def __init__(self, window: QWidget, problem: AnnVizError, project: Project) -> None:
        title = translate("The project was not opened")
        super().__init__(title, title, str(problem), window, strong=True)
        picture = thumbnail_picture(thumbnail_of(project.model.network), PICTURE, self.devicePixelRatioF())
        self.setIconPixmap(picture)
        self.setObjectName("dataQuestion")
        self.search = self.addButton(translate("Find the file…"), QMessageBox.ButtonRole.AcceptRole)
        self.use = self.addButton(translate("Predict a file…"), QMessageBox.ButtonRole.ActionRole)
        self.cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(self.search)
        self.setEscapeButton(self.cancel)

    @classmethod
    def ask(cls, window: QWidget, problem: AnnVizError, project: Project) -> Path | Literal["use"] | None:
        """Return where the data are, "use" to predict without them, or None."""
        from ann_viz.session.importing.source import TABLE_FILES

        box = cls(window, problem, project)
        box.exec()
        clicked = box.clickedButton()
        box.deleteLater()
        if clicked is not box.search:
            return "use" if clicked is box.use else None
        folder = str(QSettings().value("files/folder", ""))
        name, _ = QFileDialog.getOpenFileName(window, translate("Find the file"), folder, translate(TABLE_FILES))
        return Path(name) if name else None


class ProjectOpener(QObject):
    """Reads projects for a window, one at a time.

    Parameters
    ----------
    window : QWidget
        Dialogs stand on it.
    """

    opened = Signal(object)
    """Carries an OpenedProject with its data, which now belong to the receiver."""

    use_asked = Signal(object)
    """Carries an OpenedProject without data, whose network is to be used on a file."""

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
        folder = str(QSettings().value(FOLDER, ""))
        path, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open a project"), folder, translate(PROJECT_FILES))
        if path:
            open_file(Path(path))

    def read(self, path: Path, *, elsewhere: Path | None = None, rescue: Rescue | None = None) -> None:
        """Begin to read a project, perhaps a rescued one, whose data are `elsewhere`, if somebody knows."""
        self._reader.start(partial(_read, path.absolute(), elsewhere, rescue), discard=OpenedProject.discard)

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
        if found.problem is None:
            self.opened.emit(found)
            return
        elsewhere = DataQuestion.ask(self._window, found.problem, found.project)
        if elsewhere == "use":
            self.given_up.emit()
            self.use_asked.emit(found)
        elif elsewhere is not None and found.former is not None:
            self.bring_back(found.former, elsewhere)
        elif elsewhere is not None:
            self.read(found.path, elsewhere=elsewhere, rescue=found.rescue)
        else:
            self.given_up.emit()

    def _on_failed(self, error: AnnVizError) -> None:
        self.given_up.emit()
        show_error(self._window, self.tr("The project was not opened"), error)


def _read(
    path: Path, elsewhere: Path | None, rescue: Rescue | None, _progress: Progress, _cancelled: object
) -> OpenedProject:
    """Read a project and its data; raises ProjectFileError when the project itself can't be read."""
    project = load_project(path) if rescue is None else rescue.load()
    try:
        return OpenedProject(path, project, open_data(project, path.parent, elsewhere), rescue)
    except (ProjectFileError, DataError) as error:
        return OpenedProject(path, project, None, rescue, problem=error)


def _read_again(former: Former, elsewhere: Path | None, _progress: Progress, _cancelled: object) -> OpenedProject:
    """Read the data of what was replaced; raises OutputError where they were never read to their end."""
    project, path = former.work.project(), former.path or Path(former.name)
    try:
        return OpenedProject(path, project, open_data(project, former.folder, elsewhere), former=former)
    except (ProjectFileError, DataError) as error:
        return OpenedProject(path, project, None, former=former, problem=error)
