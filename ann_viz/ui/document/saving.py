"""What is taken away from the window: the trained model, and a picture of the network."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from ann_viz.errors import AnnVizError
from ann_viz.session import Document, save_model
from ann_viz.translation import translate
from ann_viz.ui.kit.error_report import show_error

__all__ = ["export_picture", "picture_of", "save_model_as"]

PICTURE_SCALE: Final = 2


def save_model_as(window: QWidget, document: Document) -> None:
    """Ask where, and save the model there."""
    if document.dataset is None:
        return
    suggestion = str(Path(document.dataset.name).with_suffix(".annviz"))
    path, _ = QFileDialog.getSaveFileName(
        window, translate("Save model"), suggestion, translate("ANN Viz model (*.annviz)")
    )
    if not path:
        return
    try:
        save_model(Path(path), document.model())
    except AnnVizError as error:
        show_error(window, translate("The model was not saved"), error)


def export_picture(window: QWidget, widget: QWidget) -> None:
    """Ask where, and save a picture of `widget` there."""
    path, _ = QFileDialog.getSaveFileName(
        window, translate("Export picture"), "network.png", translate("PNG picture (*.png)")
    )
    if path and not picture_of(widget).save(path):
        reason = translate("{path} can't be written. Choose another folder.").format(path=path)
        show_error(window, translate("The picture was not saved"), AnnVizError(reason))


def picture_of(widget: QWidget, scale: float = PICTURE_SCALE) -> QImage:
    """Return `widget` as a picture, drawn by the painters of the screen at `scale` pixels per unit."""
    image = QImage((QSize(widget.width(), widget.height()) * scale), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        widget.render(painter, QPoint())
    return image
