"""The open file once more: it is watched, and read again in the same way when it has changed or the user says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ann_viz.errors import AnnVizError
from ann_viz.numerals import count, counted
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.kit.message_bar import MessageBar
from ann_viz.ui.window.file_watch import FileWatch

if TYPE_CHECKING:
    from ann_viz.data import Dataset
    from ann_viz.session.importing.reloading import ReloadRequest

__all__ = ["Reloader"]


class Reloader(QObject):
    """Reads the file of the open data again, and says what came of it.

    Parameters
    ----------
    bridge : Bridge
        To the data.
    messages : MessageBar
        Where it says that the file has changed, and what has become of it.

    Attributes
    ----------
    watch : FileWatch
        Of the file that is open.
    """

    read = Signal(object, object)
    """Carries the dataset and the path of its file; whoever takes it calls `tell`."""

    anew_asked = Signal(object)
    """The file is to be imported like one never seen; carries its path."""

    def __init__(self, bridge: Bridge, messages: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._messages = bridge, messages
        self.watch = FileWatch(self)
        self.watch.changed.connect(self._on_file_changed)
        self._request: ReloadRequest  # the last one
        self._reader = JobWatcher("reading the file again", self)
        self._reader.finished.connect(self._on_read)
        self._reader.failed.connect(self._on_failed)

    def reload(self) -> None:
        """Read the open file again in the same way; the network keeps its hidden layers."""
        from ann_viz.data import Dataset
        from ann_viz.session.importing.reloading import ReloadRequest, read_again

        dataset = self._bridge.document.dataset
        if dataset is None or self._reader.busy:
            return
        request = ReloadRequest.of(dataset)
        self._messages.show_message(
            self.tr("Reading {name} again …").format(name=request.path.name), [(self.tr("Cancel"), self._reader.stop)]
        )
        self._request = request
        self._reader.start(partial(read_again, request), discard=Dataset.close)

    def tell(self, dataset: Dataset) -> None:
        """Say that this is open now, and what has been lost by it."""
        request = self._request
        text = self.tr("{name} was read again: {rows}. The network starts anew with the same layers.").format(
            name=request.path.name, rows=count(dataset.table.n_rows, "row")
        )
        if request.n_edited:
            text += " " + counted(
                "{n} corrected row is as in the file again.",
                "{n} corrected rows are as in the file again.",
                request.n_edited,
            )
        self._messages.show_message(text, [self._import_anew()] if request.n_edited else [])

    def stop(self) -> None:
        """Read no more: other data have been opened than those being read again."""
        self._reader.stop()

    def close(self) -> None:
        """Read and watch no more."""
        self._reader.close()
        self.watch.watch(None)

    def _on_file_changed(self, path: object) -> None:
        if isinstance(path, Path):
            self._messages.show_message(
                self.tr("{name} has changed on disk.").format(name=path.name),
                [(self.tr("Reload"), self.reload), (self.tr("Ignore"), self._messages.hide)],
            )

    def _on_read(self, dataset: Dataset) -> None:
        self._messages.hide()
        self.read.emit(dataset, self._request.path)

    def _on_failed(self, error: AnnVizError) -> None:
        self._messages.show_message(f"{self._request.path.name}: {error}", [self._import_anew()])

    def _import_anew(self) -> tuple[str, Callable[[], object]]:
        path = self._request.path
        return self.tr("Import it anew"), lambda: self.anew_asked.emit(path)
