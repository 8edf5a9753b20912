"""Calls from a job's thread that are done in the window's: widgets may be painted nowhere else."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, QThread, QTimer

from ann_viz.errors import Cancelled

__all__ = ["HandingOver"]

T = TypeVar("T")
POLL_INTERVAL_MS: Final = 5
LOOK_INTERVAL_S: Final = 0.1


class _Call:
    """A call that waits to be done, and then for whoever asked."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self.function = function
        self.done = threading.Event()
        self.result: Any = None
        self.error: Exception | None = None

    def do(self) -> None:
        try:
            self.result = self.function()
        except Exception as error:  # noqa: BLE001 - the edge of a thread: raised again in the one that asked
            self.error = error
        self.done.set()


class HandingOver(QObject):
    """Does calls in the thread it was made in, one at a time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls: queue.SimpleQueue[_Call] = queue.SimpleQueue()
        self._closed = threading.Event()
        self._timer = QTimer(self, interval=POLL_INTERVAL_MS)
        self._timer.timeout.connect(self._do_one)
        self._timer.start()

    def call(self, function: Callable[[], T]) -> T:
        """Return what a function returns in the window's thread; raises Cancelled once nobody is there to do it."""
        if QThread.currentThread() is self.thread():
            return function()
        asked = _Call(function)
        self._calls.put(asked)
        while not asked.done.wait(LOOK_INTERVAL_S):
            if self._closed.is_set():
                raise Cancelled
        if asked.error is not None:
            raise asked.error
        result: T = asked.result
        return result

    def _do_one(self) -> None:
        if not self._calls.empty():
            self._calls.get().do()

    def close(self) -> None:
        """Do nothing more: whoever waits is told."""
        self._timer.stop()
        self._closed.set()
