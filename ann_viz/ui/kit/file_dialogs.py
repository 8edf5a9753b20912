"""Which file: the dialog of the desktop, or Qt's own where there is none.

Each purpose begins in the folder that was chosen for it last.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QHeaderView, QToolButton, QTreeView, QWidget

from ann_viz.ui.kit import icons

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

__all__ = ["Purpose", "ask_file", "file_dialog", "last_folder", "remember_folder"]

Purpose = Literal["data", "project", "rows", "answers", "pictures", "tables", "exports", "lessons"]

_SETTINGS: Final[Mapping[Purpose, str]] = {
    "data": "files/folder",
    "project": "projects/folder",
    "rows": "predict/folder",
    "answers": "predict/answers",
    "pictures": "charts/folder",
    "tables": "tables/folder",
    "exports": "taking/folder",
    "lessons": "learn/folder",
}
WIDTH: Final = 760
HEIGHT: Final = 480
"""At least, of Qt's own dialog."""

_PICTURES: Final[Mapping[str, str]] = {
    "backButton": "arrow-left",
    "forwardButton": "arrow-right",
    "toParentButton": "chevron-up",
}
"""Buttons of Qt's own dialog whose pictures are black in every theme."""


def last_folder(purpose: Purpose, otherwise: Path | str = "") -> Path:
    """Return where such a file was chosen last, or another folder where none ever was."""
    return Path(str(QSettings().value(_SETTINGS[purpose], "")) or otherwise)


def remember_folder(purpose: Purpose, path: Path) -> None:
    """Begin beside this file next time."""
    QSettings().setValue(_SETTINGS[purpose], str(path.absolute().parent))


def file_dialog(window: QWidget, title: str, kinds: str) -> QFileDialog:
    """Return a dialog for some kinds of files, whose pictures can be seen in every theme."""
    from PySide6.QtWidgets import QFileDialog  # PySide makes the class when it is asked for, in two milliseconds

    dialog = QFileDialog(window, title, "", kinds)
    for name, picture in _PICTURES.items():
        button = dialog.findChild(QToolButton, name)
        if button is not None:  # not in the desktop's own
            button.setIcon(icons.icon(picture))
    table = dialog.findChild(QTreeView, "treeView")
    if table is not None:
        _give_room(table.header())
        dialog.resize(max(dialog.width(), WIDTH), max(dialog.height(), HEIGHT))
    return dialog


def _give_room(header: QHeaderView) -> None:
    """Let every column of a file be read whole; the names have what is left."""
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setStretchLastSection(False)


def ask_file(window: QWidget, title: str, purpose: Purpose, kinds: str, folder: Path | None = None) -> Path | None:
    """Let the user choose a file that is there.

    Parameters
    ----------
    window : QWidget
        The dialog stands on it.
    title, kinds : str
        Of the dialog: "Open a table", "Tables (*.csv)".
    purpose : Purpose
    folder : Path, optional
        Where to begin instead of the last folder of that purpose.
    """
    dialog = file_dialog(window, title, kinds)
    dialog.setFileMode(dialog.FileMode.ExistingFile)
    dialog.setDirectory(str(folder or last_folder(purpose)))
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    if not chosen:
        return None
    path = Path(chosen[0])
    remember_folder(purpose, path)
    return path
