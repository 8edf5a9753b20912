"""The dialog that turns a CSV file into a dataset: how it is read, what each column is for, how it is split.

The file is read and the dataset built in a worker thread; whatever the user chooses in between acts at once. The table
stays open only when the dialog is accepted, because the dataset then owns it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from ann_viz.data import Dataset, Role, Split, Table, Task, build_dataset
from ann_viz.errors import AnnVizError, Cancelled, DataError
from ann_viz.ui.import_choices import CategoryFill, ImportChoices, NumberFill
from ann_viz.ui.import_page import ImportPage
from ann_viz.ui.import_reading import Reading, discard_reading, read_file
from ann_viz.ui.import_work import Work
from ann_viz.ui.sheet import Sheet

__all__ = ["ImportDialog"]

SIZE: Final = (1368, 772)
LEAST_SIZE: Final = (960, 620)
POLL_INTERVAL_MS: Final = 30
FILE_FILTER: Final = "Tables (*.csv *.tsv *.txt *.data *.dat);;All files (*)"


class ImportDialog(Sheet):
    """Import one CSV file.

    Parameters
    ----------
    path : Path
        The file; reading starts at once.
    parent : QWidget, optional
        The window to stand on.
    """

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dataset: Dataset | None = None
        self._path = path
        self._overrides: dict[str, object] = {}
        self._choices: ImportChoices | None = None
        self._last_choices: ImportChoices | None = None  # outlives a reading that failed
        self._reading: Work[Reading] | None = None
        self._building: Work[Dataset] | None = None
        self._stopped: list[Work[Reading]] = []
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_INTERVAL_MS)
        self._timer.timeout.connect(self._on_tick)
        self._retint = QTimer(self)
        self._retint.setSingleShot(True)
        self._retint.setInterval(0)
        self._retint.timeout.connect(self._on_retint)
        self.setWindowTitle("Import a CSV file")
        self.page = ImportPage(self)
        self._connect()
        self._set_size()
        self.page.table.setFocus()
        self.page.options.show_nothing()
        self.page.options.setEnabled(False)
        self._read()

    @classmethod
    def ask(cls, parent: QWidget | None, path: Path) -> Dataset | None:
        """Show the dialog for a file; return the dataset, or None when the user cancelled."""
        dialog = cls(path, parent)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dataset = dialog.dataset if accepted else None
        dialog.deleteLater()
        return dataset

    def _connect(self) -> None:
        page = self.page
        page.another.clicked.connect(self._on_choose_another)
        page.message_another.clicked.connect(self._on_choose_another)
        page.close_button.clicked.connect(self.reject)
        page.options.changed.connect(self._on_option_changed)
        page.options.detect_again.connect(self._on_detect_again)
        page.table.role_chosen.connect(self._on_role_chosen)
        page.broken.linkActivated.connect(lambda _: page.table.show_trouble())
        page.notices.use_anyway.connect(lambda name: self._on_role_chosen(name, "input"))
        page.missing.fills_changed.connect(self._on_fills_changed)
        page.split.split_changed.connect(self._on_split_changed)
        page.footer.phrase_changed.connect(self._on_phrase_changed)
        page.footer.task_changed.connect(self._on_task_changed)
        page.footer.cancel.clicked.connect(self.reject)
        page.footer.accept.clicked.connect(self._on_import)

    def _set_size(self) -> None:
        room = self.screen().availableSize()
        self.setMinimumSize(min(LEAST_SIZE[0], room.width()), min(LEAST_SIZE[1], room.height()))
        self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))

    # Reading --------------------------------------------------------------------------------------------------------
    def _read(self) -> None:
        if self._reading is not None:
            self._reading.stop()
            self._stopped.append(self._reading)
        path, overrides = self._path, dict(self._overrides)
        self._reading = Work(
            lambda progress, cancelled: read_file(path, overrides, progress, cancelled), discard=discard_reading
        )
        self.page.show_reading(path.name)
        self._timer.start()

    def _on_tick(self) -> None:
        self._stopped = [work for work in self._stopped if not work.done]
        if self._reading is not None:
            looking = self._reading.fraction >= 1.0
            self.page.show_fraction(
                "Looking at every column" if looking else f"Reading {self._path.name}", self._reading.fraction
            )
            if self._reading.done:
                self._take_reading(self._reading)
        elif self._building is not None:
            self.page.show_fraction("Preparing the rows", self._building.fraction)
            if self._building.done:
                self._take_dataset(self._building)
        if self._reading is None and self._building is None and not self._stopped:
            self._timer.stop()

    def _take_reading(self, work: Work[Reading]) -> None:
        self._reading = None
        try:
            reading = work.take()
        except Cancelled:
            return
        except AnnVizError as error:
            self._show_failure(str(error))
            return
        self._show_options(reading)
        if reading.table is None:
            self._show_failure(str(reading.error))
            return
        self._show_table(reading.table, reading)

    def _show_options(self, reading: Reading) -> None:
        options = self.page.options
        if reading.dialect is not None:
            options.show_dialect(reading.dialect, reading.detected)
        else:
            options.show_nothing()
        options.mark_changed(self._overrides)
        # A file that can't even be looked at leaves nothing to choose, unless a choice made here is the cause.
        options.setEnabled(reading.dialect is not None or bool(self._overrides))

    def _show_table(self, table: Table, reading: Reading) -> None:
        self._drop_table()
        self._choices = self._last_choices = ImportChoices(table, self._last_choices)
        self.page.show_table(reading.rows, self._choices)
        self.page.show_choices(self._choices)

    def _drop_table(self) -> None:
        if self._choices is not None:
            self._choices.table.close()
            self._choices = None

    def _show_failure(self, sentence: str) -> None:
        self._drop_table()
        self.page.show_failure(self._path.name, sentence)

    # What the user does ---------------------------------------------------------------------------------------------
    def _on_choose_another(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Choose a CSV file", str(self._path.parent), FILE_FILTER)
        if not name:
            return
        self._path = Path(name)
        self._overrides.clear()
        self._drop_table()
        self._last_choices = None
        self._read()

    def _on_option_changed(self, field: str, value: object) -> None:
        self._overrides[field] = value
        self.page.options.mark_changed(self._overrides)
        self._read()

    def _on_detect_again(self) -> None:
        self._overrides.clear()
        self._read()

    def _on_role_chosen(self, name: str, role: Role) -> None:
        if self._choices is None:
            return
        try:
            self._choices.set_role(name, role)
        except DataError as error:
            self._refresh()
            self.page.footer.show_remark(str(error))
            return
        self._refresh()

    def _on_task_changed(self, task: Task) -> None:
        if self._choices is not None:
            self._choices.set_task(task)
            self._refresh()

    def _on_phrase_changed(self, phrase: str) -> None:
        if self._choices is not None:
            self._choices.phrase = phrase.strip()

    def _on_fills_changed(self, number_fill: NumberFill, category_fill: CategoryFill) -> None:
        if self._choices is not None:
            self._choices.number_fill, self._choices.category_fill = number_fill, category_fill

    def _on_split_changed(self, split: Split) -> None:
        if self._choices is not None:
            self._choices.split = split
            self._refresh()

    def _refresh(self) -> None:
        if self._choices is not None and self._reading is None and self._building is None:
            self.page.show_choices(self._choices)

    # Importing ------------------------------------------------------------------------------------------------------
    def _on_import(self) -> None:
        if self._choices is None or self._reading is not None or self._building is not None:
            return
        try:
            recipe = self._choices.recipe()
        except AnnVizError as error:
            self.page.footer.show_problem(str(error))
            return
        table = self._choices.table
        self._building = Work(lambda progress, _: build_dataset(table, recipe, progress))
        self.page.show_building()
        self._timer.start()

    def _take_dataset(self, work: Work[Dataset]) -> None:
        self._building = None
        try:
            dataset = work.take()
        except AnnVizError as error:
            self.page.set_busy(False)
            self._refresh()
            self.page.footer.show_problem(str(error))
            return
        self.dataset = dataset
        self.accept()

    # Closing --------------------------------------------------------------------------------------------------------
    def _release(self) -> None:
        """Stop the thread, wait for it, and close the table unless a dataset owns it now."""
        self._timer.stop()
        for work in (self._reading, self._building, *self._stopped):
            if work is not None:
                work.stop()
                work.join()
        self._reading, self._building, self._stopped = None, None, []
        if self.dataset is None:
            self._drop_table()
        self._choices = self._last_choices = None

    def done(self, result: int) -> None:
        """Leave nothing behind, however the dialog ends."""
        self._release()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave nothing behind; Qt calls `done` only for a dialog in sight."""
        self._release()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow footer says less."""
        super().resizeEvent(event)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Colour the icons anew when the theme changes.

        Not at once: Qt is walking over all widgets, and those made anew here would vanish under its feet.
        """
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            self._retint.start()
        super().changeEvent(event)

    def _on_retint(self) -> None:
        self.page.tint()
        self._refresh()
