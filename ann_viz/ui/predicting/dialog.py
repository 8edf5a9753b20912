"""The dialog that answers every row of a file with the network on show, and writes the answers beside the rows."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ann_viz.errors import AnnVizError, OutputError
from ann_viz.numerals import count, format_number
from ann_viz.session.answer_files import check_format
from ann_viz.session.importing.source import TABLE_FILES
from ann_viz.session.modelfile import Model
from ann_viz.session.new_rows import MissingColumnsError
from ann_viz.session.prediction import Glimpse, OpenRequest, WriteRequest, Written, open_rows, write_answers
from ann_viz.translation import translate
from ann_viz.ui.document import saving
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.kit import file_dialogs
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.kit.file_dialogs import last_folder, remember_folder
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.sheet import Sheet
from ann_viz.ui.predicting.page import PredictPage

__all__ = ["PredictDialog", "choose_rows"]

SIZE: Final = (920, 560)
LEAST_SIZE: Final = (640, 420)


def choose_rows(window: QWidget) -> Path | None:
    """Let the user choose a file of rows to be answered."""
    folder = last_folder("rows", last_folder("data"))
    return file_dialogs.ask_file(window, translate("Predict a file"), "rows", translate(TABLE_FILES), folder)


class PredictDialog(Sheet):
    """Predicts one file, or one after the other.

    Parameters
    ----------
    model : Model
        The network on show; nobody else has it.
    path : Path
        The file; reading starts at once.
    inputs : tuple of Path
        Files that must not be replaced.
    answering : tuple of str
        What answers, in a word and as a sentence; see `answering_tag`.
    """

    def __init__(
        self,
        model: Model,
        path: Path,
        inputs: tuple[Path, ...] = (),
        parent: QWidget | None = None,
        *,
        answering: tuple[str, str] = ("", ""),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Predict a file"))
        self.setObjectName("predictDialog")
        self._model, self._path, self._inputs, self._answering = model, path, inputs, answering
        self._glimpse: Glimpse | None = None
        self._written: Written | None = None
        self.page = PredictPage(model.recipe.task, self)
        self.page.facts.setToolTip(plain_tip(answering[1]))
        self.page.setAutoFillBackground(True)
        self.page.setBackgroundRole(QPalette.ColorRole.Base)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.page)
        self._reader = JobWatcher("opening rows to predict", self)
        self._reader.finished.connect(self._on_opened)
        self._reader.failed.connect(self._on_open_failed)
        self._writer = JobWatcher("writing answers", self)
        self._writer.finished.connect(self._on_written)
        self._writer.failed.connect(self._on_write_failed)
        for watcher in (self._reader, self._writer):
            watcher.progressed.connect(self.page.show_fraction)
        self._connect()
        self.set_sizes(SIZE, LEAST_SIZE)
        self.open_file(path)

    def _connect(self) -> None:
        self.page.closed.connect(self._on_closed)
        self.page.another_asked.connect(self._on_another)
        self.page.fill_asked.connect(lambda: self.open_file(self._path, fill_columns=True))
        self.page.save_asked.connect(self._on_save)
        self.page.folder_asked.connect(self._show_in_folder)

    @classmethod
    def ask(
        cls,
        window: QWidget,
        model: Model,
        path: Path,
        inputs: tuple[Path, ...],
        *,
        answering: tuple[str, str] = ("", ""),
    ) -> None:
        """Show the dialog until the user is done with it."""
        dialog = cls(model, path, inputs, window, answering=answering)
        dialog.exec()
        dialog.deleteLater()

    @property
    def busy(self) -> bool:
        """Whether a file is being read or written."""
        return self._reader.busy or self._writer.busy

    # The rows -------------------------------------------------------------------------------------------------------
    def open_file(self, path: Path, *, fill_columns: bool = False) -> None:
        """Read a file; what was open is let go."""
        self._let_go()
        self._path = path
        remember_folder("rows", path)
        self.page.show_busy(path.name, self.tr("Reading {name} …").format(name=path.name))
        request = OpenRequest(model=self._model, path=path, fill_columns=fill_columns)
        self._reader.start(partial(open_rows, request), discard=Glimpse.close)

    def _on_opened(self, glimpse: Glimpse) -> None:
        self._glimpse = glimpse
        self.page.show_rows(self._facts(glimpse), self.tr("The file itself stays as it is."), glimpse)
        self.page.save.setFocus()

    def _facts(self, glimpse: Glimpse) -> str:
        rows = count(glimpse.rows.table.n_rows, "row")
        if len(glimpse.cells) < glimpse.rows.table.n_rows:
            rows = self.tr("the first {n} of {rows}").format(n=format_number(len(glimpse.cells)), rows=rows)
        return self._about(rows)

    def _about(self, rows: str) -> str:
        """Say which file, how many of its rows, and what is answered by whom."""
        who = f" ({self._answering[0]})" if self._answering[0] else ""
        facts = self.tr("{name} · {rows} · answers {target}{who}")
        return facts.format(name=self._path.name, rows=rows, target=self._model.recipe.target, who=who)

    def _on_open_failed(self, error: AnnVizError) -> None:
        self.page.show_problem(f"{self._path.name}: {error}", may_fill=isinstance(error, MissingColumnsError))

    def _on_another(self) -> None:
        path = choose_rows(self)
        if path is not None:
            self.open_file(path)

    def _let_go(self) -> None:
        glimpse, self._glimpse = self._glimpse, None
        if glimpse is not None:
            glimpse.close()

    # The answers ----------------------------------------------------------------------------------------------------
    def _on_save(self) -> None:
        if self._glimpse is None:
            return
        kind, table = self.page.chosen_kind, self._glimpse.rows.table
        try:
            check_format(kind, table.n_rows + table.n_bad)
        except OutputError as error:
            show_error(self, self.tr("The answers can't be written so"), error)
            return
        folder = last_folder("answers", self._path.absolute().parent)
        suggestion = folder / f"{self._path.name.split('.')[0]} answers{kind.suffix}"
        filters = f"{translate(kind.title)} (*{kind.suffix})"
        chosen = saving.ask_where(self, self.tr("Save answers"), str(suggestion), filters, "answers")
        if chosen:
            self.write_to(Path(chosen))

    def write_to(self, path: Path) -> None:
        """Write the answers for all rows."""
        if self._glimpse is None:
            return
        escape = self.page.escape.isChecked() and self.page.chosen_kind.runs_formulas
        request = WriteRequest(
            rows=self._glimpse.rows,
            path=path,
            order=self.page.chosen_order,
            escape=escape,
            inputs=self._inputs,
        )
        self.page.show_busy(self._facts(self._glimpse), self.tr("Writing {name} …").format(name=path.name))
        self._writer.start(partial(write_answers, request))

    def _on_written(self, written: Written) -> None:
        self._written = written
        receipt = written.receipt
        title = self.tr("{rows} written to {name}").format(rows=count(receipt.n_rows, "row"), name=written.path.name)
        sentences = written.sentences or (self.tr("Every cell could be read as it was learned; nothing was filled."),)
        self.page.facts.setText(self._about(count(receipt.n_rows, "row")))  # no longer the first of them
        self.page.show_receipt(title, sentences, self.tr("Saved as {name}.").format(name=written.path.name))
        self.page.cancel.setFocus()

    def _on_write_failed(self, error: AnnVizError) -> None:
        if self._glimpse is not None:
            self.page.show_rows(self._facts(self._glimpse), self.tr("Nothing was written."), self._glimpse)
        show_error(self, self.tr("The answers were not written"), error)

    def _show_in_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.path.absolute().parent)))

    # The end --------------------------------------------------------------------------------------------------------
    def _on_closed(self) -> None:
        """Stop writing, or leave."""
        if self._writer.busy and self._glimpse is not None:
            self._writer.stop()
            self.page.show_rows(self._facts(self._glimpse), self.tr("Stopped; nothing was written."), self._glimpse)
        else:
            self.reject()

    def reject(self) -> None:
        """Let the file go."""
        self._close_all()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the file go."""
        self._close_all()
        super().closeEvent(event)

    def _close_all(self) -> None:
        self._reader.close()
        self._writer.close()
        self._let_go()
