"""The window's way to *Take it with you*: waits for the work, shows the dialog, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ann_viz.errors import AnnVizError
from ann_viz.numerals import format_number
from ann_viz.translation import translate
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import POLL_INTERVAL_MS, JobWatcher
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.kit.message_bar import MessageBar

if TYPE_CHECKING:
    from ann_viz.session.exports.easel import Motif
    from ann_viz.session.exports.making import Printed, Written
    from ann_viz.session.exports.stamp import Stamp
    from ann_viz.session.work import Work
    from ann_viz.ui.taking.easel import WindowEasel

__all__ = ["TakingAlong"]

STAMPED: Final = frozenset({".png", ".svg", ".pdf", ".html"})
MOST_BYTES: Final = 64 << 20


class TakingAlong(QObject):
    """Takes along what is open in a window.

    Parameters
    ----------
    bridge : Bridge
    window : QWidget
        Dialogs stand on it.
    messages : MessageBar
    motifs : callable
        Returns the part of the window that shows a motif.
    make_window : callable
        Makes another window on a session, about which nobody is asked.
    """

    def __init__(
        self,
        bridge: Bridge,
        window: QWidget,
        messages: MessageBar,
        motifs: Callable[[Motif], QWidget],
        make_window: Callable[[Bridge], QWidget],
    ) -> None:
        super().__init__(window)
        self._bridge, self._window, self._messages = bridge, window, messages
        self._motifs, self._make_window = motifs, make_window
        self._easel: WindowEasel | None = None
        self._then: Callable[[Work], None] | None = None
        self._writer = JobWatcher("exporting again", self)
        self._writer.finished.connect(self._on_written)
        self._writer.failed.connect(self._on_failed)
        self._setter = JobWatcher("setting a report", self)
        self._setter.finished.connect(self._on_set)
        self._setter.failed.connect(self._on_failed)
        self._pick_up = QTimer(self, interval=POLL_INTERVAL_MS, singleShot=True)
        self._pick_up.timeout.connect(self._take_work)

    def take(self, name: str = "") -> None:
        """Show the dialog, with a format by its name or the one that was taken last."""
        self._with_work(partial(self._ask, name=name))

    def again(self) -> None:
        """Write what was taken last once more, to the same place; the dialog where there is nothing yet."""
        from ann_viz.ui.taking.remembered import last_path

        path = last_path()
        if path is None or self._writer.busy:
            self.take()
        else:
            self._with_work(partial(self._write_again, path))

    def print_report(self) -> None:
        """Put a report on paper."""
        from ann_viz.session.exports.making import report_on

        self._with_work(lambda work: self._setter.start(partial(report_on, work)))

    def _on_set(self, printed: Printed) -> None:
        from ann_viz.ui.window.printing import print_report

        print_report(self._window, printed.report, printed.remark, self._bridge.document)

    # Settings inside a file -----------------------------------------------------------------------------------------
    def takes(self, path: Path) -> bool:
        """Take back the settings inside a file that was made here; return whether it is such a file."""
        stamp = _stamp_in(path)
        if stamp is None:
            return False
        document = self._bridge.document
        if document.described is None or document.described.recipe.target != stamp.recipe.target:
            text = self.tr(
                "{name} has the settings of a network that predicts {target} from {data}. Open that file first."
            )
            self._messages.show_message(
                text.format(name=path.name, target=stamp.recipe.target, data=stamp.data or self.tr("a table"))
            )
            return True
        try:
            self._restore(stamp)
        except AnnVizError as error:
            show_error(self._window, self.tr("The settings were not taken over"), error)
            return True
        text = self.tr("The settings inside {name} are in place: network, training and seed.")
        self._messages.show_message(text.format(name=path.name), [(self.tr("Undo"), self._bridge.undo_stack.undo)])
        return True

    def _restore(self, stamp: Stamp) -> None:
        network = stamp.network
        self._bridge.set_hidden(network.hidden)
        self._bridge.set_network(seed=network.seed, loss=network.loss)
        if stamp.training is not None:
            now = self._bridge.document.train_config
            wanted = {field.name: getattr(stamp.training, field.name) for field in fields(stamp.training)}
            changes = {name: value for name, value in wanted.items() if value != getattr(now, name)}
            if changes:
                self._bridge.set_training(**changes)

    # The work -------------------------------------------------------------------------------------------------------
    def _with_work(self, then: Callable[[Work], None]) -> None:
        if self._bridge.document.described is None:
            return
        self._then = then
        self._bridge.ask_for_work()
        self._take_work()

    def _take_work(self) -> None:
        """Go on with the work, or wait for the worker to come to the end of its batch."""
        if self._then is None or self._bridge.document.described is None:
            return
        work = self._bridge.take_work()
        if work is None:
            self._pick_up.start()
            return
        then, self._then = self._then, None
        then(work)

    def _drawn_by(self) -> WindowEasel:
        from ann_viz.ui.taking.easel import WindowEasel

        self._close_easel()
        self._easel = WindowEasel(self._motifs, self._make_window, self._bridge.document.example, self)
        return self._easel

    def _ask(self, work: Work, name: str = "") -> None:
        from ann_viz.ui.document import saving
        from ann_viz.ui.taking.dialog import TakeDialog  # not needed for the first paint

        inputs = saving.data_files(self._bridge.document)
        written = TakeDialog.ask(self._window, work, self._drawn_by(), self._about(), inputs, name)
        self._close_easel()
        if written is not None:
            self._on_written(written)

    def _about(self) -> str:
        """Say which run it is, and whose weights."""
        document = self._bridge.document
        run, snapshot = document.current_run, document.newest
        if run is None or snapshot is None:
            return ""
        epoch = format_number(snapshot.weights_of.epoch)
        text = translate("{run} · at its best, epoch {n}") if snapshot.is_best else translate("{run} · epoch {n}")
        return text.format(run=document.run_name(run), n=epoch)

    def _write_again(self, path: Path, work: Work) -> None:
        from ann_viz.session.exports import format_for
        from ann_viz.session.exports.making import Order, write_to
        from ann_viz.ui.document import saving
        from ann_viz.ui.taking.remembered import last_format, last_wish

        try:
            format = format_for(last_format())
        except AnnVizError:
            self._ask(work)
            return
        order = Order(work=work, easel=self._drawn_by(), format=format, wish=last_wish(format))
        inputs = saving.data_files(self._bridge.document)
        self._writer.start(partial(write_to, path, inputs, order))

    def _on_written(self, written: Written) -> None:
        self._close_easel()
        text = self.tr("Saved as {name}.").format(name=written.path.name)
        self._messages.show_message(text, [(self.tr("Show in folder"), partial(_show_folder, written.path))])

    def _on_failed(self, error: AnnVizError) -> None:
        self._close_easel()
        show_error(self._window, self.tr("The file was not saved"), error)

    def _close_easel(self) -> None:
        easel, self._easel = self._easel, None
        if easel is not None:
            easel.close()
            easel.deleteLater()

    def close(self) -> None:
        """Write and wait no more."""
        self._then = None
        self._pick_up.stop()
        self._writer.close()
        self._setter.close()
        self._close_easel()


def _stamp_in(path: Path) -> Stamp | None:
    """Return the settings inside a file, if it is of a kind that may have some and not too large."""
    from ann_viz.session.exports.stamp import read_stamp

    try:
        if path.suffix.casefold() not in STAMPED or path.stat().st_size > MOST_BYTES:
            return None
        return read_stamp(path.read_bytes())
    except OSError:
        return None


def _show_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.absolute().parent)))
