"""The files opened last, kept with the settings; shown as a menu that greys out what is no longer there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QMenu, QWidget

from ann_viz.ui.kit.plain_text import plain_caption, plain_tip

__all__ = ["RecentFiles", "RecentMenu"]

MOST: Final = 10
_KEY: Final = "files/recent"


class RecentFiles:
    """Paths, newest first."""

    def paths(self) -> list[Path]:
        """Return them."""
        stored = QSettings().value(_KEY, [])
        names = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        return [Path(str(name)) for name in names if name]

    def add(self, path: Path) -> None:
        """Put a file first."""
        path = path.absolute()
        self._store([path, *(other for other in self.paths() if other != path)][:MOST])

    def clear(self) -> None:
        """Forget all."""
        self._store([])

    def _store(self, paths: list[Path]) -> None:
        QSettings().setValue(_KEY, [str(path) for path in paths])


class RecentMenu(QMenu):
    """A submenu of the files opened last, made anew each time it is shown.

    Parameters
    ----------
    files : RecentFiles
        What it lists.
    open_file : callable
        Called with the chosen path.
    """

    def __init__(self, files: RecentFiles, open_file: Callable[[Path], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Open recent"))
        self.setToolTipsVisible(True)
        self._files = files
        self._open_file = open_file
        self.aboutToShow.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """List what is remembered now."""
        self.clear()
        paths = self._files.paths()
        for path in paths:
            action = self.addAction(plain_caption(path.name))
            action.setToolTip(plain_tip(str(path)))
            action.setEnabled(path.is_file())
            action.triggered.connect(lambda _checked=False, chosen=path: self._open_file(chosen))
        if paths:
            self.addSeparator()
            self.addAction(self.tr("Clear this list")).triggered.connect(self._files.clear)
        else:
            self.addAction(self.tr("No file opened yet")).setEnabled(False)
