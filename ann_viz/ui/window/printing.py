"""The network on paper. Imported when first asked for: Qt's printing takes a while to load."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ann_viz.ui.document.saving import picture_of

__all__ = ["print_picture", "put_on_page"]

PRINT_SCALE: Final = 4


def print_picture(window: QWidget, widget: QWidget) -> None:
    """Ask for a printer, and put a picture of `widget` on a page of it."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    printer.setDocName(widget.window().windowTitle())
    if QPrintDialog(printer, window).exec():
        put_on_page(printer, widget)


def put_on_page(printer: QPrinter, widget: QWidget) -> None:
    """Draw `widget` as large as fits, in the middle of the page."""
    picture = picture_of(widget, PRINT_SCALE)
    with QPainter(printer) as painter:
        page = painter.viewport()
        size = picture.size().scaled(page.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(QPoint((page.width() - size.width()) // 2, (page.height() - size.height()) // 2), size)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, picture)
