"""The report on paper, or in a PDF file. Imported when first asked for: Qt's printing takes a while to load."""

from __future__ import annotations

from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ann_viz.errors import AnnVizError
from ann_viz.files import write_file
from ann_viz.session import Document
from ann_viz.session.exports.blocks import Report
from ann_viz.translation import translate
from ann_viz.ui.document.saving import data_files
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.taking.paper import paint_report, pdf_of_report

__all__ = ["print_report"]


def print_report(window: QWidget, report: Report, remark: str, document: Document) -> None:
    """Ask for a printer or a file, and set a report on pages of it.

    Parameters
    ----------
    window : QWidget
        The dialog stands on it.
    report : Report
    remark : str
        Written into a file where nobody sees it.
    document : Document
        Whose data must not be written over.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setDocName(report.title)
    if not QPrintDialog(printer, window).exec():
        return
    if not printer.outputFileName():
        paint_report(printer, report)
        return
    try:
        # Left to itself, Qt would empty the file first and fill it then.
        write_file(printer.outputFileName(), pdf_of_report(report, remark), inputs=data_files(document))
    except AnnVizError as error:
        show_error(window, translate("The page was not saved"), error)
