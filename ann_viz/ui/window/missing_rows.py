"""Where the missing table of an open project is: the user says so, everything goes on, and nothing is lost."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ann_viz.errors import AnnVizError
from ann_viz.session.job import Progress
from ann_viz.translation import translate
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.kit import file_dialogs
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.kit.message_bar import MessageBar
from ann_viz.ui.window.autosaving import Autosaver
from ann_viz.ui.window.keeping import Keeper

if TYPE_CHECKING:
    from ann_viz.data import Dataset
    from ann_viz.session.project import Project

__all__ = ["MissingRows", "ask_for_table"]


def ask_for_table(window: QWidget) -> Path | None:
    """Let the user say where the table of a project is now."""
    from ann_viz.session.importing.source import TABLE_FILES  # not needed for the first paint

    return file_dialogs.ask_file(window, translate("Find the file"), "data", translate(TABLE_FILES))


class MissingRows(QObject):
    """Finds the table of the project in a window.

    Parameters
    ----------
    bridge : Bridge
        Gets the data.
    keeper : Keeper
    autosaver : Autosaver
        Both are told that it is the same document still.
    messages : MessageBar
    window : QWidget
        Dialogs stand on it.
    """

    found = Signal(object)
    """Carries the path of the table, whose rows are open now."""

    def __init__(
        self, bridge: Bridge, keeper: Keeper, autosaver: Autosaver, messages: MessageBar, window: QWidget
    ) -> None:
        super().__init__(window)
        self._bridge, self._keeper, self._autosaver = bridge, keeper, autosaver
        self._messages, self._window = messages, window
        self._reader = JobWatcher("opening the table of a project", self)
        self._reader.finished.connect(self._take)
        self._reader.failed.connect(self._refuse)
        bridge.rows_asked.connect(self.ask)
        bridge.dataset_changed.connect(self.stop)

    def tell(self, name: str) -> None:
        """Say of a project that it was opened without its table, and what to do about it."""
        text = self.tr("{name} is open without its table: look, try and predict. Training waits for it.")
        self._messages.show_message(text.format(name=name), [(self.tr("Find the file…"), self.ask)])

    def ask(self) -> None:
        """Let the user say where the table is, and open it."""
        path = ask_for_table(self._window)
        if path is not None and self._bridge.document.is_without_rows:
            self.open(path)

    def open(self, path: Path) -> None:
        """Open the table that the project learned from, and go on with it; another one is refused."""
        work = self._bridge.take_work()
        if work is None:
            return
        text = self.tr("Opening {name} …").format(name=path.name)
        self._messages.show_message(text, [(self.tr("Cancel"), self.stop)])
        self._reader.start(partial(_open, work.project(), path), discard=lambda dataset: dataset.close())

    def _take(self, dataset: Dataset) -> None:
        self._messages.hide()
        self._autosaver.go_on_with(dataset.table)
        self._keeper.go_on_with(dataset.table, partial(self._bridge.take_rows, dataset))
        self.found.emit(dataset.table.path)

    def _refuse(self, error: AnnVizError) -> None:
        self._messages.hide()
        show_error(self._window, self.tr("The table was not opened"), error)

    def stop(self) -> None:
        """Open nothing after all."""
        self._reader.stop()

    def close(self) -> None:
        """Read no more."""
        self._reader.close()


def _open(project: Project, path: Path, _progress: Progress, _cancelled: object) -> Dataset:
    from ann_viz.session.project import open_data

    return open_data(project, path.parent, path)
