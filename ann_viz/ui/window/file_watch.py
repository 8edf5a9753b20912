"""Notices when the open file changes on disk, however the program that writes it goes about it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

__all__ = ["FileWatch"]

SETTLE_MS: Final = 300  # a program may write a file in several goes, or move a new one over it


class FileWatch(QObject):
    """Watches one file; says once that it changed, after it has been still for a moment."""

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._seen: tuple[int, int] | None = None
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._on_touched)
        self._watcher.directoryChanged.connect(self._on_touched)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)

    def watch(self, path: Path | None) -> None:
        """Watch this file instead; None for nothing."""
        watched = [*self._watcher.files(), *self._watcher.directories()]
        if watched:
            self._watcher.removePaths(watched)
        self._settle.stop()
        self._path = path
        self._seen = _stamp(path)
        if path is not None and self._seen is not None:
            # The folder as well: a file that is replaced is another file, which the watcher does not follow.
            self._watcher.addPaths([str(path), str(path.parent)])

    def _on_touched(self, _path: str) -> None:
        self._settle.start()

    def _on_settled(self) -> None:
        stamp = _stamp(self._path)
        if self._path is None or stamp is None or stamp == self._seen:
            return
        self._seen = stamp
        if str(self._path) not in self._watcher.files():
            self._watcher.addPath(str(self._path))
        self.changed.emit(self._path)


def _stamp(path: Path | None) -> tuple[int, int] | None:
    """Size and time of the last change; None where there is no file."""
    try:
        status = path.stat() if path is not None else None
    except OSError:
        return None
    return None if status is None else (status.st_size, status.st_mtime_ns)
