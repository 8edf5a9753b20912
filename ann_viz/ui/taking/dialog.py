"""Take it with you: the dialog in which a format is chosen, looked at and saved."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ann_viz.errors import AnnVizError
from ann_viz.numerals import size_text
from ann_viz.session.exports import Format
from ann_viz.session.exports.easel import Easel
from ann_viz.session.exports.making import Made, Order, Written, look_at, write_to
from ann_viz.session.exports.telling import title_of
from ann_viz.session.work import Work
from ann_viz.temporary import TemporaryFolder
from ann_viz.translation import translate
from ann_viz.ui.document import saving
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.kit.controls import IconButton
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.line import horizontal_line, vertical_line
from ann_viz.ui.kit.plain_text import plain_caption
from ann_viz.ui.kit.progress import ProgressBar
from ann_viz.ui.kit.sheet import Sheet
from ann_viz.ui.taking.format_list import FormatList
from ann_viz.ui.taking.options import OptionsPane
from ann_viz.ui.taking.preview import PreviewPane
from ann_viz.ui.taking.remembered import last_format, last_wish, remember

__all__ = ["TakeDialog"]

SIZE: Final = (1128, 704)
LEAST_SIZE: Final = (900, 600)
SETTLE_MS: Final = 350  # somebody who types is not waited for letter by letter
IN_BROWSER: Final = (".html",)


class TakeDialog(Sheet):
    """Chooses a format, shows what the file will be, and saves it.

    Parameters
    ----------
    work : Work
        What is taken along.
    easel : Easel
        What draws the window.
    about : str
        Beside the title: which run, and at which epoch.
    inputs : tuple of Path
        Files that must not be replaced.

    Attributes
    ----------
    written : Written or None
        What came of it.
    """

    def __init__(
        self, work: Work, easel: Easel, about: str, inputs: tuple[Path, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Take it with you"))
        self.setObjectName("takeDialog")
        self._work, self._easel, self._inputs = work, easel, inputs
        self._made: Made | None = None
        self._browsed: TemporaryFolder | None = None
        self.written: Written | None = None
        self._looker = JobWatcher("looking at an export", self)
        self._looker.finished.connect(self._on_made)
        self._looker.failed.connect(self._on_look_failed)
        self._writer = JobWatcher("exporting", self)
        self._writer.finished.connect(self._on_written)
        self._writer.failed.connect(self._on_write_failed)
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._look)
        self._make_parts(about)
        for watcher in (self._looker, self._writer):
            watcher.progressed.connect(self.progress.show_share)
        self.formats.chosen.connect(self._on_format_chosen)
        self.options.changed.connect(self._on_options_changed)
        self.set_sizes(SIZE, LEAST_SIZE)
        self.formats.choose(last_format())

    def _make_parts(self, about: str) -> None:
        self.formats, self.preview, self.options = FormatList(self), PreviewPane(self), OptionsPane(self)
        self.amount, self.promise = PlainLabel(parent=self, role="strong"), PlainLabel(parent=self, role="body")
        self.progress = ProgressBar(self.tr("Progress"), self)
        self.progress.setFixedWidth(140)
        self.browse = QPushButton(self.tr("Open in browser"), self)
        self.browse.clicked.connect(self._on_browse)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.cancel.clicked.connect(self._on_cancel)
        self.save = QPushButton(self)
        self.save.clicked.connect(self._on_save)
        for button, kind in ((self.browse, "tool"), (self.cancel, "tool"), (self.save, "primary")):
            button.setProperty("kind", kind)
            button.setAutoDefault(False)
        self.save.setDefault(True)
        page = QWidget(self)
        page.setAutoFillBackground(True)
        page.setBackgroundRole(QPalette.ColorRole.Base)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head(about))
        column.addWidget(horizontal_line(self))
        column.addLayout(self._middle(), 1)
        column.addWidget(horizontal_line(self))
        column.addLayout(self._foot())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)

    def _head(self, about: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 16, 12)
        head.setSpacing(12)
        head.addWidget(PlainLabel(self.tr("Take it with you"), self, role="dialogTitle"))
        head.addWidget(PlainLabel(about, self, role="muted"), 1)
        close = IconButton("x", self.tr("Close"), parent=self)
        close.clicked.connect(self._on_cancel)
        head.addWidget(close)
        return head

    def _middle(self) -> QHBoxLayout:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        list_side = QVBoxLayout()
        list_side.setContentsMargins(6, 8, 6, 8)
        list_side.addWidget(self.formats)
        middle.addLayout(list_side)
        middle.addWidget(vertical_line(self))
        middle.addWidget(self.preview, 1)
        middle.addWidget(vertical_line(self))
        middle.addWidget(self.options)
        return middle

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 11, 20, 11)
        foot.setSpacing(10)
        for label in (self.amount, self.promise, self.progress):
            foot.addWidget(label)
        foot.addStretch()
        for button in (self.browse, self.cancel, self.save):
            foot.addWidget(button)
        return foot

    @classmethod
    def ask(
        cls, window: QWidget, work: Work, easel: Easel, about: str, inputs: tuple[Path, ...], name: str = ""
    ) -> Written | None:
        """Return what was saved, None where nothing was; `name` is that of the format to begin with."""
        dialog = cls(work, easel, about, inputs, window)
        if name:
            dialog.formats.choose(name)
        dialog.exec()
        dialog.deleteLater()
        return dialog.written

    @property
    def busy(self) -> bool:
        """Whether a file is being made."""
        return self._looker.busy or self._writer.busy or self._settle.isActive()

    # Looking --------------------------------------------------------------------------------------------------------
    def _on_format_chosen(self, format: Format) -> None:
        offered = format.told_of(self._work.bare.model)
        offered = replace(offered, rows="") if self._work.dataset.is_missing else offered
        self.options.show_format(offered, last_wish(format), title_of(self._work.bare.model.recipe))
        self.preview.about.setText(translate(format.about))
        self.save.setText(plain_caption(self.tr("Save {format}…").format(format=_in_sentence(format))))
        self._show_promise()
        self._look()

    def _on_options_changed(self) -> None:
        self._show_promise()
        self._settle.start()

    def _look(self) -> None:
        """Make the file without writing it."""
        self._settle.stop()
        self._looker.stop()
        self._made = None
        format, wish = self.formats.format, self.options.wish
        self.browse.setVisible(wish.suffix in IN_BROWSER)
        self._show_busy(False)
        self.amount.setText("")
        if format.missing:
            text = self.tr("This format needs {packages}. Install it with: pip install 'ann-viz[{extra}]'")
            self.preview.show_message(text.format(packages=", ".join(format.missing), extra=format.extra))
            self.save.setEnabled(False)
        else:
            self._show_busy(True)
            self._looker.start(partial(look_at, self._order()))

    def _order(self) -> Order:
        return Order(work=self._work, easel=self._easel, format=self.formats.format, wish=self.options.wish)

    def _on_made(self, made: Made) -> None:
        self._made = made
        self._show_busy(False)
        size = self.tr("about {size}").format(size=size_text(len(made.content)))
        self.amount.setText(size if made.content else self.tr("some seconds to make"))
        self.preview.show_preview(made.preview, self.tr("This file is for programs: there is nothing to see in it."))

    def _on_look_failed(self, error: AnnVizError) -> None:
        self._show_busy(False)
        self.save.setEnabled(False)
        self.preview.show_message(str(error))

    def _show_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.progress.show_share(0.0)
        self.save.setEnabled(not self._writer.busy)
        self.browse.setEnabled(not busy)

    def _show_promise(self) -> None:
        """Say whether rows will be in the file."""
        wish, format = self.options.wish, self.formats.format
        if wish.rows:
            text, role = self.tr("{rows} will be in the file"), "warningChip"
            text = text.format(rows=translate(format.rows))
        elif wish.suffix in format.drawn and format.name != "report":
            text, role = self.tr("the row on show can be read from it"), "body"
        else:
            text, role = self.tr("your rows stay on this computer"), "body"
        self.promise.setText(text)
        self.promise.setProperty("role", role)
        self.promise.style().polish(self.promise)

    # Saving ---------------------------------------------------------------------------------------------------------
    def _on_browse(self) -> None:
        """Show the page as it will be, from a temporary file."""
        if self._made is None:
            return
        if self._browsed is None:
            self._browsed = TemporaryFolder()
        path = self._browsed.write("page.html", self._made.content.decode("utf-8", "surrogateescape"))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _on_save(self) -> None:
        format, wish = self.formats.format, self.options.wish
        name = f"{self._work.dataset.name.rpartition('.')[0] or self._work.dataset.name}{wish.suffix}"
        kind = f"{translate(format.label)} (*{wish.suffix})"
        chosen = saving.ask_where(self, self.tr("Take it with you"), name, kind, "exports")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Make the file and write it there."""
        self._looker.stop()
        self._show_busy(True)
        self.save.setEnabled(False)
        self._writer.start(partial(write_to, path, self._inputs, self._order()))

    def _on_written(self, written: Written) -> None:
        self.written = written
        remember(written.order.format, written.order.wish, written.path)
        self.accept()

    def _on_write_failed(self, error: AnnVizError) -> None:
        self._show_busy(False)
        show_error(self, self.tr("The file was not saved"), error)

    # The end --------------------------------------------------------------------------------------------------------
    def _on_cancel(self) -> None:
        """Stop saving, or leave."""
        if self._writer.busy:
            self._writer.stop()
            self._look()
        else:
            self.reject()

    def done(self, result: int) -> None:
        """Let go of everything."""
        self._close_all()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of everything."""
        self._close_all()
        super().closeEvent(event)

    def _close_all(self) -> None:
        self._settle.stop()
        self._looker.close()
        self._writer.close()


def _in_sentence(format: Format) -> str:
    """Return a format's name as it is in the middle of a sentence: "web page", "ONNX"."""
    name = translate(format.label)
    return name if name[1:2].isupper() or name.startswith(("Py", "Keras")) else name[0].lower() + name[1:]
