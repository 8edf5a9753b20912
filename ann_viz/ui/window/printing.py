"""The network on paper, or in a PDF file. Imported when first asked for: Qt's printing takes a while to load."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, Qt
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ann_viz.errors import AnnVizError
from ann_viz.files import write_file
from ann_viz.session import Document
from ann_viz.translation import translate
from ann_viz.ui.document.saving import data_files, picture_of
from ann_viz.ui.kit.error_report import show_error

__all__ = ["pdf_of", "print_picture", "put_on_page"]

PRINT_SCALE: Final = 4


def print_picture(window: QWidget, widget: QWidget, document: Document) -> None:
    """Ask for a printer or a file, and put a picture of `widget` on a page of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    printer.setDocName(widget.window().windowTitle())
    if not QPrintDialog(printer, window).exec():
        return
    if not printer.outputFileName():
        put_on_page(printer, widget)
        return
    try:
        # Left to itself, Qt would empty the file first and fill it then.
        write_file(printer.outputFileName(), pdf_of(widget, printer.pageLayout()), inputs=data_files(document))
    except AnnVizError as error:
        show_error(window, translate("The page was not saved"), error)


def pdf_of(widget: QWidget, layout: QPageLayout) -> bytes:
    """Return a page with a picture of `widget` as the bytes of a PDF file."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(layout)
    put_on_page(writer, widget)
    del writer  # only then is the file complete
    return bytes(content.data())


def put_on_page(page: QPagedPaintDevice, widget: QWidget) -> None:
    """Draw `widget` as large as fits, in the middle of the page."""
    picture = picture_of(widget, PRINT_SCALE)
    with QPainter(page) as painter:
        view = painter.viewport()
        size = picture.size().scaled(view.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(QPoint((view.width() - size.width()) // 2, (view.height() - size.height()) // 2), size)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, picture)
