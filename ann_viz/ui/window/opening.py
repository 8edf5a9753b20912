"""Every way data come into the window: a dialog, a drop, the clipboard, a recent file, a sample, a reload."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QObject, QSettings, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ann_viz.app_folder import app_folder
from ann_viz.data import (
    Dataset,
    Dialect,
    Recipe,
    Table,
    build_dataset,
    open_table,
    possible_tasks,
    suggest_recipe,
    suggest_task,
    target_problem,
)
from ann_viz.errors import AnnVizError, Cancelled, DataError
from ann_viz.numerals import format_number
from ann_viz.session.clipboard_table import ClipboardTable
from ann_viz.session.job import Job
from ann_viz.session.remembered import Remembered
from ann_viz.session.samples import SampleData, open_sample
from ann_viz.translation import translatable, translate
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.kit.message_bar import MessageBar
from ann_viz.ui.window.data_menu import RecentFiles
from ann_viz.ui.window.drop_overlay import dropped_problem
from ann_viz.ui.window.file_watch import FileWatch

__all__ = ["FILE_FILTER", "Opener"]

FILE_FILTER: Final = translatable("Tables (*.csv *.tsv *.txt *.tab *.dat *.data *.gz *.zst *.parquet);;All files (*)")
POLL_MS: Final = 30
UNUSABLE: Final = frozenset({"constant", "empty"})


@dataclass(frozen=True, slots=True)
class _Reload:
    """What is read again, and how."""

    path: Path
    overrides: dict[str, object]
    recipe: Recipe
    n_edited: int  # corrections belong to lines of the old file


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
        self.recent = RecentFiles(app_folder())
        self.watch = FileWatch(self)
        self.watch.changed.connect(self._on_file_changed)
        self._clipboard = ClipboardTable()
        self._reload: tuple[_Reload, Job[Dataset]] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._on_tick)

    # Ways in --------------------------------------------------------------------------------------------------------
    def choose_file(self) -> None:
        """Let the user choose a file, then look at it."""
        folder = str(QSettings().value("files/folder", ""))
        path, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open a CSV file"), folder, translate(FILE_FILTER))
        if path:
            self.open_file(Path(path))

    def open_file(self, path: Path) -> bool:
        """Let the user look at a file and import it; what is open stays open if they don't."""
        from ann_viz.ui.importing.dialog import ImportDialog  # not needed for the first paint

        dataset = ImportDialog.ask(self._window, path, _remembered())
        if dataset is None:
            return False
        opened = dataset.table.path  # the user may have chosen another file in the dialog
        QSettings().setValue("files/folder", str(opened.parent))
        self.recent.add(opened)
        self._take(dataset, opened)
        return True

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
            self._take(dataset, None)

    def open_sample(self, sample: SampleData) -> None:
        """Open data that come with the program, as their list says."""
        try:
            self._take(open_sample(sample), None)
        except AnnVizError as error:
            show_error(self._window, self.tr("The sample could not be opened"), error)

    def close(self) -> None:
        """Stop reading and remove what was pasted."""
        self._timer.stop()
        self.watch.watch(None)
        if self._reload is not None:
            work = self._reload[1]
            work.stop()
            work.join()
            self._reload = None
        self._clipboard.close()

    def _take(self, dataset: Dataset, path: Path | None) -> None:
        self._bridge.open_dataset(dataset)
        self.watch.watch(path)
        self._messages.hide()

    # Reload ---------------------------------------------------------------------------------------------------------
    def _on_file_changed(self, path: object) -> None:
        if isinstance(path, Path):
            self._messages.show_message(
                self.tr("{name} has changed on disk.").format(name=path.name),
                [(self.tr("Reload"), self.reload), (self.tr("Ignore"), self._messages.hide)],
            )

    def reload(self) -> None:
        """Read the open file again in the same way; the network keeps its hidden layers."""
        dataset = self._bridge.session.dataset
        if dataset is None or self._reload is not None:
            return
        dialect, detected = dataset.table.dialect, dataset.table.detected
        chosen = {field.name: getattr(dialect, field.name) for field in fields(Dialect) if field.name not in detected}
        order = _Reload(dataset.table.path, chosen, dataset.recipe, dataset.table.n_edited)
        self._messages.show_message(
            self.tr("Reading {name} again …").format(name=order.path.name), [(self.tr("Cancel"), self._stop_reload)]
        )
        self._reload = order, Job(lambda _progress, cancelled: _read_again(order, cancelled), discard=Dataset.close)
        self._timer.start()

    def _stop_reload(self) -> None:
        if self._reload is not None:
            self._reload[1].stop()

    def _on_tick(self) -> None:
        if self._reload is None or not self._reload[1].done:
            return
        order, work = self._reload
        self._reload = None
        self._timer.stop()
        try:
            dataset = work.take()
        except Cancelled:
            self._messages.hide()
        except AnnVizError as error:
            self._messages.show_message(
                f"{order.path.name}: {error}",
                [(self.tr("Import it anew"), lambda: self.open_file(order.path))],
            )
        else:
            self._take(dataset, order.path)
            self._tell_reloaded(order, dataset)

    def _tell_reloaded(self, order: _Reload, dataset: Dataset) -> None:
        text = self.tr("{name} was read again: {rows} rows. The network starts anew with the same layers.").format(
            name=order.path.name, rows=format_number(dataset.table.n_rows)
        )
        if order.n_edited:
            one, many = (
                self.tr("1 corrected row is as in the file again."),
                self.tr("{n} corrected rows are as in the file again."),
            )
            text += " " + (one if order.n_edited == 1 else many).format(n=format_number(order.n_edited))
            self._messages.show_message(text, [(self.tr("Import it anew"), lambda: self.open_file(order.path))])
        else:
            self._messages.show_message(text)


def _remembered() -> Remembered:
    """The decisions about earlier imports, beside the program's other data."""
    return Remembered(app_folder())


def _read_again(order: _Reload, cancelled: Callable[[], bool]) -> Dataset:
    table = open_table(order.path, overrides=order.overrides, cancelled=cancelled)
    try:
        return build_dataset(table, _recipe_for(table, order.recipe), cancelled=cancelled)
    except BaseException:
        table.close()
        raise


def _recipe_for(table: Table, recipe: Recipe) -> Recipe:
    """Return the recipe as far as the columns are still there.

    Raises
    ------
    DataError
        When the target is gone or can't be learned any more.
    """
    names = {column.name for column in table.columns}
    if recipe.target not in names:
        gone = translate("The column '{name}', which was predicted, is gone.").format(name=recipe.target)
        raise DataError(gone, hint=translate("Import the file anew."))
    problem = target_problem(table, recipe.target)
    if problem is not None:
        raise DataError(problem, hint=translate("Import the file anew."))
    inputs = tuple(name for name in recipe.inputs if name in names and table.column(name).kind not in UNUSABLE)
    if not inputs:
        return suggest_recipe(table, recipe.target)
    task = recipe.task if recipe.task in possible_tasks(table, recipe.target) else suggest_task(table, recipe.target)
    return replace(recipe, inputs=inputs, task=task)
