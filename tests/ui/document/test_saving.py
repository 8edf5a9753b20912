"""Exported and printed pictures come from the painters of the screen, as sharp as their own pixels."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPageLayout
from PySide6.QtPrintSupport import QPrinter

from ann_viz.session.samples import samples
from ann_viz.ui.document.saving import picture_of
from ann_viz.ui.window.printing import put_on_page


@pytest.fixture
def window(window):
    """Return the window with data."""
    window.open_sample(next(sample for sample in samples() if sample.file == "iris.csv"))
    return window


def grey(image: QImage) -> np.ndarray:
    """Return the lightness of all pixels, 0 to 255."""
    image = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].astype(float)


def test_words_are_as_sharp_as_the_picture(window) -> None:
    """At twice the size, words have edges of one pixel: steeper than those of an enlarged picture."""
    canvas = window.canvas_card.canvas
    small, large = picture_of(canvas, 1.0), picture_of(canvas, 2.0)
    blown_up = small.scaled(large.size())
    words = slice(0, 100), slice(0, 600)  # headings
    assert (
        np.abs(np.diff(grey(large)[words], axis=1)).sum() > 1.15 * np.abs(np.diff(grey(blown_up)[words], axis=1)).sum()
    )
    again = picture_of(canvas, 1.0)
    assert (grey(again) == grey(small)).all()  # the screen's own sharpness is back


def test_a_page_has_the_whole_picture(window, tmp_path) -> None:
    """Printed into a file, in landscape."""
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "network.pdf"))
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    put_on_page(printer, window.canvas_card)
    assert (tmp_path / "network.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "network.pdf").stat().st_size > 20_000
