"""The projects saved or opened last, on the start page: a small picture, a name, and how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ann_viz.numerals import counted, short_number
from ann_viz.translation import translate
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.document.thumbnail import STAMP, ThumbnailView
from ann_viz.ui.kit import file_dialogs, icons
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.time_text import day_text
from ann_viz.ui.window.data_menu import RecentFiles
from ann_viz.ui.window.project_writing import PROJECT_FILES, SUFFIX

if TYPE_CHECKING:
    from ann_viz.session.project_summary import ProjectSummary

__all__ = ["RecentList", "RecentProjects"]

ROW_HEIGHT: Final = 62


class RecentProjects(QObject):
    """Reads what the projects in the list of recent files say of themselves.

    Parameters
    ----------
    files : RecentFiles
        The list.
    """

    found = Signal(object)
    """Carries a list of ProjectSummary, the newest first."""

    def __init__(self, files: RecentFiles, parent: QObject) -> None:
        super().__init__(parent)
        self._files = files
        self._reader = JobWatcher("reading recent projects", self)
        self._reader.finished.connect(self.found)

    def look(self) -> None:
        """Begin to read them."""
        from ann_viz.session.project_summary import summarise

        files = self._files

        def read(_progress: object, _cancelled: object) -> list[ProjectSummary]:
            return [summarise(path) for path in files.paths() if path.suffix.lower() == SUFFIX]

        self._reader.start(read)

    def remove(self, path: Path) -> None:
        """Take a project off the list; its file stays."""
        self._files.remove(path)
        self.look()

    def find(self, window: QWidget, path: Path) -> Path | None:
        """Let the user say where a project is now, and remember that."""
        title = translate("Where is {name} now?").format(name=path.name)
        chosen = file_dialogs.ask_file(window, title, "project", translate(PROJECT_FILES), path.parent)
        if chosen is not None:
            self._files.remove(path)
        return chosen

    def close(self) -> None:
        """Read no more."""
        self._reader.close()


class RecentList(QWidget):
    """Rows of projects, as many as there is room for."""

    open_requested = Signal(object)
    """Carries the path of a project."""

    find_requested = Signal(object)
    """Carries the path of one that is no longer there."""

    removed = Signal(object)
    """Carries the path of one that is not to be listed."""

    project_requested = Signal()
    """Another project is to be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[RecentRow] = []
        self._most = 3
        other = self.other = QPushButton(self.tr("Open a project…"))
        other.setProperty("kind", "link")
        other.clicked.connect(self.project_requested)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self.tr("Go on with"), role="strong"))
        head.addStretch()
        head.addWidget(other)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addLayout(head)
        self.hide()

    def show_projects(self, projects: Sequence[ProjectSummary]) -> None:
        """List these."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [RecentRow(project, self) for project in projects]
        for row in self.rows:
            self._column.addWidget(row)
        self.setVisible(bool(self.rows))
        self.show_at_most(self._most)

    def show_at_most(self, n: int) -> None:
        """Show no more rows than there is room for."""
        self._most = n
        for place, row in enumerate(self.rows):
            row.setVisible(place < n)

    def settle(self) -> None:
        """Know its height now, and not once Qt comes to it."""
        self._column.invalidate()
        self._column.activate()


class RecentRow(QPushButton):
    """One project; a click opens it, or asks where it is now."""

    def __init__(self, project: ProjectSummary, owner: RecentList) -> None:
        super().__init__(owner)
        self.project = project
        path, name = project.path, project.path.name
        self.setProperty("kind", "quiet")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(plain_tip(str(path)))
        facts = _facts(project)
        self.setAccessibleName(f"{name}: {facts}")
        asked = owner.open_requested if project.is_there else owner.find_requested
        self.clicked.connect(partial(asked.emit, path))
        picture = ThumbnailView(STAMP)
        picture.show_network(project.thumbnail)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch()
        words.addWidget(PlainLabel(name, role="strong" if project.is_there else "muted"))
        words.addWidget(PlainLabel(facts, role="muted"))
        words.addStretch()
        when = PlainLabel(day_text(project.saved_at) if project.is_there else translate("Find…"), role="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 4, 0)
        row.setSpacing(12)
        row.addWidget(picture)
        row.addLayout(words, 1)
        row.addWidget(when)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._more = self._more_button(owner)
        row.addWidget(self._more)

    def sizeHint(self) -> QSize:
        """Room for what is in the layout, which a push button does not ask."""
        return QSize(200, ROW_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """No less: the picture would be cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew when the theme changes."""
        if event.type() == QEvent.Type.PaletteChange:
            self._more.setIcon(icons.icon("ellipsis"))
        super().changeEvent(event)

    def _more_button(self, owner: RecentList) -> QToolButton:
        """Return the button with what else can be done."""
        path, button = self.project.path, QToolButton(self)
        button.setIcon(icons.icon("ellipsis"))
        button.setProperty("kind", "quiet")
        button.setAccessibleName(self.tr("More about {name}").format(name=path.name))
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        folder = menu.addAction(self.tr("Show in folder"))
        folder.setEnabled(self.project.is_there)
        folder.triggered.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))))
        menu.addAction(self.tr("Remove from this list")).triggered.connect(lambda: owner.removed.emit(path))
        button.setMenu(menu)
        return button


def _facts(project: ProjectSummary) -> str:
    if not project.is_there:
        return translate("Not where it was")
    text = translate("predicts {target} · {runs} · best {loss}")
    runs = counted("{n} run", "{n} runs", project.n_runs)
    return text.format(target=project.target, runs=runs, loss=short_number(project.best_loss))
