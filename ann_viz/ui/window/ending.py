"""The window's end: when the system asks for it (SIGTERM, SIGHUP, Ctrl+C in the terminal), and what is waited for."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType
from typing import Final, Protocol

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication, QWidget

from ann_viz.session.job import stop_jobs
from ann_viz.signals import OF_SIGNALS, end_now, ending_signals
from ann_viz.unfinished import remove_unfinished

__all__ = ["EndingWindow", "end_threads", "ending_on_signals", "wait_for_threads"]

LONGEST_WAIT_S: Final = 5.0
"""What was told to stop ends within a third of a second, as a rule; a batch or a disk may take longer."""


class EndingWindow(Protocol):
    """What is told to end."""

    def window(self) -> QWidget:
        """Return it as a widget."""

    def end(self) -> None:
        """Close without a question: nobody would answer it while a machine is shut down."""


def wait_for_threads(others: Iterable[threading.Thread], code: int) -> int:
    """Return the exit code once all threads have ended but these and our own; end the process where one does not.

    Python takes itself apart at its end, and so do the libraries. A thread that is inside of one then, say in a query
    of the database, ends the process with an abort, now and then with a segmentation fault.
    """
    if not end_threads(others):
        remove_unfinished()
        os._exit(code)
    return code


def end_threads(others: Iterable[threading.Thread]) -> bool:
    """Stop what is at work and wait for all threads but these and our own; return whether all have ended."""
    stop_jobs()
    ours = set(threading.enumerate()) - {threading.current_thread(), *others}
    until = monotonic() + LONGEST_WAIT_S
    for thread in ours:
        thread.join(max(0.0, until - monotonic()))
    return not any(thread.is_alive() for thread in ours)


@contextmanager
def ending_on_signals(window: EndingWindow) -> Iterator[None]:
    """While Qt waits for events, end it in order when such a signal comes; a second one ends the program on the spot.

    Python calls its handlers when the interpreter next gets its turn, which may be long in coming while Qt waits. The
    number of a signal is put into a socket at once, though, and that wakes Qt.
    """
    reader, writer = socket.socketpair()  # connected to each other; it leads nowhere else
    with reader, writer:
        reader.setblocking(False)
        writer.setblocking(False)
        ending = _Ending(window, reader)
        wakened_before = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        handlers = {number: signal.signal(number, _leave_it_to_qt) for number in ending_signals()}
        try:
            yield
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(wakened_before)
            ending.stop()


def _leave_it_to_qt(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, end_now)


class _Ending(QObject):
    """Closes everything without a question."""

    def __init__(self, window: EndingWindow, reader: socket.socket) -> None:
        super().__init__()
        self._window = window
        self._reader = reader
        self._notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    def stop(self) -> None:
        """Listen no more."""
        self._notifier.setEnabled(False)

    def _on_signal(self) -> None:
        number = self._reader.recv(1)[0]
        if number not in ending_signals():  # some other one, which Python tells of all the same
            return
        self.stop()
        for dialog in QApplication.topLevelWidgets():
            if dialog is not self._window.window():
                dialog.close()  # first: each lets its own work go
        self._window.end()
        QCoreApplication.exit(OF_SIGNALS + number)
