"""Collects cyclic garbage on the GUI thread only.

Python runs the cyclic collector on whichever thread happens to allocate. When that is the training thread, it may
destroy Qt objects there that were dropped in a cycle, and Qt crashes. So automatic collection is off while the window
lives, and a timer of the GUI thread collects when Python would have done so.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

__all__ = ["GcGuard"]

INTERVAL_MS: Final = 2000


class GcGuard(QObject):
    """Takes garbage collection over from the interpreter until `stop`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def _on_timeout(self) -> None:
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation]:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Hand collection back to the interpreter."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()
