"""Turns errors into words: what the user can mend becomes a sentence, a fault of the program a copyable report."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from types import TracebackType
from typing import Final

import PySide6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from ann_viz import __version__
from ann_viz.errors import AnnVizError
from ann_viz.ui.kit.message_box import MessageBox

__all__ = ["ErrorReporter", "show_error"]

_log: Final = logging.getLogger(__name__)


def show_error(parent: QWidget | None, title: str, error: AnnVizError) -> None:
    """Say in one calm sentence what went wrong and what to do."""
    _log.info("said: %s", title, exc_info=error)
    box = MessageBox(title, title, str(error), parent, strong=True)
    box.setObjectName("errorBox")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


class ErrorReporter(QObject):
    """Receives what no slot caught, from any thread, and shows it on the GUI thread.

    PySide6 prints exceptions of slots and goes on as if nothing had happened; ``sys.excepthook`` is where to notice.
    """

    caught = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._previous = (sys.excepthook, threading.excepthook)
        self.caught.connect(self.report, Qt.ConnectionType.QueuedConnection)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def restore(self) -> None:
        """Put the interpreter's own hooks back."""
        sys.excepthook, threading.excepthook = self._previous

    def _on_exception(self, kind: type[BaseException], value: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, value, trace)
            return
        self._previous[0](kind, value, trace)
        self.caught.emit("".join(traceback.format_exception(kind, value, trace)))

    def _on_thread_exception(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._on_exception(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    def report(self, trace: str) -> None:
        """Show the trace of a fault, to be copied."""
        report = (
            f"ANN Viz {__version__} · Python {platform.python_version()} · PySide6 {PySide6.__version__}\n\n{trace}"
        )
        said = self.tr("Something went wrong inside the program. Your data and network are as they were.")
        box = MessageBox(self.tr("Something went wrong"), said, parent=self._window)
        box.setObjectName("reportBox")
        box.setDetailedText(report)
        copy = box.addButton(self.tr("Copy report"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        box.addButton(QMessageBox.StandardButton.Close)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
