"""What is taken away from the window as files of their own: where to, and a picture of the network."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from ann_viz.errors import AnnVizError
from ann_viz.files import write_file
from ann_viz.session import Document
from ann_viz.translation import translate
from ann_viz.ui.kit.error_report import show_error

__all__ = ["ask_where", "data_files", "export_picture", "picture_of", "png_of"]

PICTURE_SCALE: Final = 2


def export_picture(window: QWidget, widget: QWidget, document: Document) -> None:
    """Ask where, and save a picture of `widget` there."""
    path = ask_where(window, translate("Export picture"), "network.png", translate("PNG picture (*.png)"))
    if not path:
        return
    try:
        write_file(path, png_of(picture_of(widget)), inputs=data_files(document))
    except AnnVizError as error:
        show_error(window, translate("The picture was not saved"), error)


def ask_where(window: QWidget, title: str, suggestion: str, kind: str) -> str:
    """Return the chosen path, empty for none; a name typed without an ending gets that of the suggestion."""
    dialog = QFileDialog(window, title, "", kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(suggestion).suffix)
    dialog.selectFile(suggestion)
    chosen = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return chosen[0] if chosen else ""


def data_files(document: Document) -> tuple[Path, ...]:
    """Return what must not be written over: the file that is open."""
    return () if document.dataset is None else (document.dataset.table.path,)


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
