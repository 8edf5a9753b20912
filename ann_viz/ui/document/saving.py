"""What is taken away from the window as files of their own: where to, and a picture of the network."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from ann_viz.printable import printable
from ann_viz.session import Document
from ann_viz.translation import translate
from ann_viz.ui.kit.file_dialogs import Purpose, file_dialog, last_folder, remember_folder
from ann_viz.ui.kit.message_box import MessageBox

__all__ = ["ReplaceQuestion", "ask_where", "data_files", "picture_of", "png_of"]

PICTURE_SCALE: Final = 2


class ReplaceQuestion(MessageBox):
    """Asks before a file is replaced whose name nobody typed in full."""

    def __init__(self, window: QWidget, name: str) -> None:
        title = translate("Replace {name}?").format(name=printable(name))
        more = translate("A file of this name is there already. What is in it would be gone.")
        super().__init__(title, title, more, window, strong=True)
        self.replace = self.addButton(translate("Replace"), QMessageBox.ButtonRole.DestructiveRole)
        self.cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        self.setDefaultButton(self.cancel)
        self.setEscapeButton(self.cancel)

    @classmethod
    def ask(cls, window: QWidget, name: str) -> bool:
        """Return whether it may be replaced."""
        box = cls(window, name)
        return box.wait() is box.replace


def ask_where(window: QWidget, title: str, suggestion: str, kind: str, purpose: Purpose) -> str:
    """Ask where to save, and remember the folder.

    Parameters
    ----------
    window : QWidget
        The dialog stands on it.
    title, kind : str
        Of the dialog: "Save project", "ANN Viz project (*.annviz)".
    suggestion : str
        A name, with or without its folder; its ending is added to a name that is typed without it: a file without
        would not be found again among its kind.
    purpose : Purpose
        In whose last folder it begins.

    Returns
    -------
    str
        The path; empty for none.
    """
    wanted = last_folder(purpose) / suggestion
    dialog = file_dialog(window, title, kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(wanted.suffix)
    dialog.selectFile(str(wanted))
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    if not chosen:
        return ""
    path = Path(chosen[0])
    if path.suffix.lower() != wanted.suffix.lower():  # "work.v2": to the dialog that is an ending
        path = path.with_name(path.name + wanted.suffix)
        if path.exists() and not ReplaceQuestion.ask(window, path.name):
            return ""
    remember_folder(purpose, path)
    return str(path)


def data_files(document: Document) -> tuple[Path, ...]:
    """Return what must not be written over: the file that is open."""
    return () if document.described is None else (document.described.table.path,)


def png_of(picture: QImage, remarks: Mapping[str, str] | None = None) -> bytes:
    """Return a picture as the bytes of a PNG file, with remarks by their names that no one sees."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    for name, text in (remarks or {}).items():
        writer.setText(name, text)
    writer.write(picture)
    return bytes(content.data())


def picture_of(widget: QWidget, scale: float = PICTURE_SCALE) -> QImage:
    """Return `widget` as a picture, drawn by the painters of the screen at `scale` pixels per unit."""
    image = QImage((QSize(widget.width(), widget.height()) * scale), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        widget.render(painter, QPoint())
    return image
