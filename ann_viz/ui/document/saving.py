"""What is taken away from the window as files of their own: where to, and a picture of the network."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from ann_viz.session import Document

__all__ = ["ask_where", "data_files", "picture_of", "png_of"]

PICTURE_SCALE: Final = 2


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
