"""The menu of data: commands, the files opened last (the same in all windows), samples."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ann_viz.session.kept import KeptList
from ann_viz.session.samples import SampleData, samples
from ann_viz.ui.kit.plain_text import plain_caption, plain_tip

__all__ = ["DataMenu", "RecentFiles", "RecentMenu"]

MOST: Final = 10
_FILE: Final = "recent.json"


class RecentFiles:
    """Paths, newest first.

    Parameters
    ----------
    folder : Path or None
        Where the list is kept, as of `KeptList`.
    """

    def __init__(self, folder: Path | None) -> None:
        self._list = KeptList(folder, _FILE)

    def paths(self) -> list[Path]:
        """Return them."""
        return _paths(self._list.read())

    def add(self, path: Path) -> None:
        """Put a file first."""
        path = path.absolute()
        self._list.change(
            lambda kept: [str(each) for each in [path, *(other for other in _paths(kept) if other != path)][:MOST]]
        )

    def remove(self, path: Path) -> None:
        """Forget one file."""
        self._list.change(lambda kept: [str(each) for each in _paths(kept) if each != path.absolute()])

    def clear(self) -> None:
        """Forget all."""
        self._list.change(lambda _: [])


def _paths(kept: list[Any]) -> list[Path]:
    return [Path(name) for name in kept if isinstance(name, str) and name]


class RecentMenu(QMenu):
    """A submenu of the files opened last, made anew each time it is shown; what is no longer there is greyed out.

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
            action.setEnabled(os.path.isfile(path))  # where it may not look, `Path.is_file` raises
            action.triggered.connect(lambda _checked=False, chosen=path: self._open_file(chosen))
        if paths:
            self.addSeparator()
            self.addAction(self.tr("Clear this list")).triggered.connect(self._files.clear)
        else:
            self.addAction(self.tr("No file opened yet")).setEnabled(False)


class DataMenu(QMenu):
    """Every way to other data.

    Parameters
    ----------
    actions : mapping of id to QAction
        The window's.
    recent : RecentFiles
        The files opened last.
    open_file, open_sample : callable
        Called with what was chosen.

    Attributes
    ----------
    submenus : tuple of QMenu
        Recent files and samples, which other menus may show as well.
    """

    def __init__(
        self,
        actions: Mapping[str, QAction],
        recent: RecentFiles,
        open_file: Callable[[Path], object],
        open_sample: Callable[[SampleData], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._samples = QMenu(self.tr("Sample data"), parent)
        self._samples.setToolTipsVisible(True)
        for sample in samples():
            action = self._samples.addAction(f"{sample.title} — {sample.subtitle}")
            action.setToolTip(plain_tip(sample.about))
            action.triggered.connect(lambda _checked=False, chosen=sample: open_sample(chosen))
        self.recent = RecentMenu(recent, open_file, parent)
        self.submenus = (self.recent, self._samples)
        for name in ("open_csv", "reload", "show_rows"):
            self.addAction(actions[name])
        for menu in self.submenus:
            self.addMenu(menu)

    def entries(self) -> dict[str, Sequence[QAction]]:
        """Return what the submenus offer now, by what is said of it in the command palette."""
        self.recent.refresh()
        return {self.tr("Sample data"): self._samples.actions(), self.tr("Recent files"): self.recent.actions()}
