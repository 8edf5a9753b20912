"""The dialog that turns a CSV file into a dataset: how it is read, what each column is for, how it is split.

The file is read, looked through and the dataset built in worker threads; whatever the user chooses in between acts at
once. The table stays open only when the dialog is accepted, because the dataset then owns it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QDialog, QWidget

from ann_viz.data import BadLine, Dataset
from ann_viz.data.columns.marks import decimals_of
from ann_viz.errors import AnnVizError, DataError
from ann_viz.session.importing.building import BuildRequest, build
from ann_viz.session.importing.choices import ImportChoices
from ann_viz.session.importing.notice import Notice, reading_of, take_notice
from ann_viz.session.importing.reading import Glance, Reading
from ann_viz.session.importing.source import TABLE_FILES, Source
from ann_viz.session.remembered import Remembered
from ann_viz.translation import translate
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.importing.findings_search import FindingsSearch
from ann_viz.ui.importing.page import ImportPage
from ann_viz.ui.importing.popups import ask_words, open_settings, repair_all, repair_one
from ann_viz.ui.importing.reader import FileReader
from ann_viz.ui.kit import file_dialogs
from ann_viz.ui.kit.sheet import Sheet

__all__ = ["ImportDialog"]

SIZE: Final = (1368, 772)
LEAST_SIZE: Final = (960, 620)


class ImportDialog(Sheet):
    """Import one file.

    Parameters
    ----------
    path : Path
        The file; reading starts at once.
    parent : QWidget, optional
        The window to stand on.
    remembered : Remembered, optional
        Decisions of earlier imports.

    Attributes
    ----------
    page : ImportPage
        Everything that is seen.
    choices : ImportChoices or None
        What was chosen so far; None until the file has been read.
    dataset : Dataset or None
        What came of it.
    """

    def __init__(self, path: Path, parent: QWidget | None = None, remembered: Remembered | None = None) -> None:
        super().__init__(parent)
        self.dataset: Dataset | None = None
        self._remembered = remembered
        self.source = Source(path, remembered)
        self.choices: ImportChoices | None = None
        self._last_choices: ImportChoices | None = None  # outlives a reading that failed
        self._reader = FileReader(self)
        self._search = FindingsSearch(self)
        self._builder = JobWatcher("making a dataset", self)
        self.restyled.connect(self._on_restyled)
        self.setWindowTitle(self.tr("Import a table"))
        self.page = ImportPage(self)
        self._connect_reading()
        self._connect_choices()
        self.set_sizes(SIZE, LEAST_SIZE)
        self.page.table.setFocus()
        self._read()

    @classmethod
    def ask(cls, parent: QWidget | None, path: Path, remembered: Remembered | None = None) -> Dataset | None:
        """Show the dialog for a file; return the dataset, or None when the user cancelled."""
        dialog = cls(path, parent, remembered)
        dataset = dialog.dataset if dialog.exec() == QDialog.DialogCode.Accepted else None
        dialog.deleteLater()
        return dataset

    def _connect_reading(self) -> None:
        page, reader = self.page, self._reader
        reader.glanced.connect(self._on_glanced)
        reader.read.connect(self._on_read)
        reader.failed.connect(lambda error: self.show_failure(str(error)))
        reader.progressed.connect(page.show_fraction)
        self._builder.progressed.connect(page.show_fraction)
        self._builder.finished.connect(self._on_built)
        self._builder.failed.connect(self._on_build_failed)
        self._search.found.connect(page.show_findings)
        page.another_asked.connect(self._on_choose_another)
        page.title.close_asked.connect(self.reject)
        page.options.changed.connect(self._on_option_changed)
        page.options.detect_again.connect(self._on_detect_again)
        page.table.row_decided.connect(self._on_row_decided)
        page.heading.list_asked.connect(self._on_repair_all)
        page.heading.link_followed.connect(self._on_hint_link)
        page.missing.words_asked.connect(self._on_words_asked)
        page.footer.cancelled.connect(self.reject)
        page.footer.accepted.connect(self._on_import)

    def _connect_choices(self) -> None:
        page = self.page
        page.table.role_chosen.connect(lambda name, role: self.choose(lambda choices: choices.set_role(name, role)))
        page.table.settings_asked.connect(self._on_settings_asked)
        page.notices.action_taken.connect(self._on_notice)
        page.missing.fills_changed.connect(
            lambda numbers, categories: self.choose(lambda choices: choices.set_fills(numbers, categories))
        )
        page.split.split_changed.connect(lambda split: self.choose(lambda choices: choices.set_split(split)))
        page.footer.task_changed.connect(lambda task: self.choose(lambda choices: choices.set_task(task)))
        page.footer.phrase_changed.connect(self._on_phrase_changed)

    @property
    def busy(self) -> bool:
        """Whether the file is being read or looked through, or the dataset built."""
        return self._reader.busy or self._search.busy or self._builder.busy

    # Reading --------------------------------------------------------------------------------------------------------
    def _read(self) -> None:
        self.page.show_reading(self.source.path.name)
        self._reader.start(self.source.request())

    def _on_glanced(self, glance: Glance) -> None:
        roles = self._last_choices.roles if self._last_choices is not None else {}
        self.page.options.show_dialect(glance.dialect, glance.detected)
        self.page.options.setEnabled(True)
        self.page.show_glance(self.source.path.name, glance, roles)

    def _on_read(self, reading: Reading) -> None:
        adopted = self.source.take(reading)
        options = self.page.options
        if reading.dialect is not None:
            options.show_dialect(reading.dialect, reading.detected)
            if reading.table is not None and reading.table.workbook is not None:
                options.show_sheets(reading.table.workbook.sheets, reading.dialect.sheet)
            if reading.table is not None:
                options.show_decimals(decimals_of(reading.table.columns))
        else:
            options.show_nothing()
        options.mark_changed(self.source.overrides)
        # A file that can't even be looked at leaves nothing to choose, unless a choice made here is the cause.
        options.setEnabled(reading.dialect is not None or bool(self.source.overrides))
        if reading.table is None:
            self.show_failure(str(reading.error))
            return
        self._drop_table()
        self.choices = self._last_choices = ImportChoices(reading.table, reading.suggestion, self._last_choices)
        self.choices.n_filled = min(self.source.repairs.n_filled, reading.table.n_edited)
        if adopted is not None:
            self.choices.adopt(adopted)
        self.page.show_table(reading.rows, self.choices, self.source)
        self._refresh()

    def _drop_table(self) -> None:
        """Close the table once nothing asks it any more; a dataset is only made after the search has ended."""
        search = self._search.stop()
        last = self._builder.stop() or search
        choices, self.choices = self.choices, None
        if choices is not None and last is not None:
            last.join()
            last.when_ended(choices.table.close)
        elif choices is not None:
            choices.table.close()

    def show_failure(self, sentence: str) -> None:
        """Say in the place of the preview why the file can't be read."""
        self._drop_table()
        self.page.show_failure(self.source.path.name, sentence)

    def _on_choose_another(self) -> None:
        folder = self.source.path.parent
        path = file_dialogs.ask_file(self, self.tr("Choose a table"), "data", translate(TABLE_FILES), folder)
        if path is None:
            return
        self.source = Source(path, self._remembered)
        self._drop_table()
        self._last_choices = None
        self._read()

    def _on_option_changed(self, field: str, value: object) -> None:
        self.source.override(field, value)
        self.page.options.mark_changed(self.source.overrides)
        self._read()

    def _on_detect_again(self) -> None:
        self.source.forget()
        self._read()

    def _on_hint_link(self, link: str) -> None:
        if link == "#forget":
            self.source.forget()
            self._last_choices = None
            self._read()
        elif self.choices is not None and self.source.offered is not None:
            again, recipe = self.source.accept_offered()
            if recipe is not None:
                self.choices.adopt(recipe)
            if again:
                self._read()
            self._refresh()

    # Rows with trouble ----------------------------------------------------------------------------------------------
    def _on_row_decided(self, bad: BadLine, decision: str) -> None:
        if self.choices is not None and repair_one(self, self.source, bad, decision, self.choices.table.dialect):
            self._read()

    def _on_repair_all(self) -> None:
        if self.choices is not None and repair_all(self, self.source, self.choices.table):
            self._read()

    def _on_words_asked(self) -> None:
        if self.choices is not None:
            ask_words(
                self.page.missing.words,
                self.choices.table,
                lambda words: self._on_option_changed("missing", words),
            )

    # Choices --------------------------------------------------------------------------------------------------------
    def choose(self, act: Callable[[ImportChoices], object]) -> None:
        """Change the choices; what can't be done is said in the footer."""
        if self.choices is None:
            return
        try:
            act(self.choices)
        except DataError as error:
            self._refresh()
            self.page.footer.show_remark(str(error))
            return
        self._refresh()

    def _on_settings_asked(self, place: int) -> None:
        if self.choices is not None and not self._reader.busy:
            open_settings(self.page.table, place, self.choices, self.choose)

    def _on_notice(self, notice: Notice) -> None:
        self.choose(lambda choices: take_notice(choices, notice))
        for field, value in reading_of(notice).items():
            self._on_option_changed(field, value)

    def _on_phrase_changed(self, phrase: str) -> None:
        if self.choices is not None:
            self.choices.phrase = phrase.strip()

    def _refresh(self) -> None:
        choices = self.choices
        if choices is None or self._reader.busy or self._builder.busy:
            return
        self.page.show_choices(choices)
        self.page.show_hint(choices, self.source)
        draft = choices.draft()
        if draft is not None:
            self._search.ask(choices.table, draft)

    # Importing ------------------------------------------------------------------------------------------------------
    def _on_import(self) -> None:
        choices = self.choices
        if choices is None or self._reader.busy or self._builder.busy:
            return
        try:
            recipe = choices.recipe()
        except AnnVizError as error:
            self.page.footer.show_problem(str(error))
            return
        request = BuildRequest(
            path=self.source.path,
            table=choices.table,
            recipe=recipe,
            decisions=self.source.decisions(recipe, choices.table),
            remembered=self._remembered,
        )
        self._builder.start(partial(build, request), after=self._search.stop(), discard=Dataset.release)
        self.page.show_building()

    def _on_built(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.accept()

    def _on_build_failed(self, error: AnnVizError) -> None:
        self.page.set_busy(False)
        self._refresh()
        self.page.footer.show_problem(str(error))

    # Closing --------------------------------------------------------------------------------------------------------
    def _release(self) -> None:
        """Stop the threads, and close the table unless a dataset owns it now."""
        self._reader.stop()
        if self.dataset is None:
            self._drop_table()
        self._search.stop()
        self.choices = self._last_choices = None

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

    def _on_restyled(self) -> None:
        self.page.tint()
        self._refresh()
