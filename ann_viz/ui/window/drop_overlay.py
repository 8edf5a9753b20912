"""The dashed frame over the window while a file is dragged above it."""

from __future__ import annotations

import os
from typing import Final

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ann_viz.numerals import counted
from ann_viz.translation import translate
from ann_viz.ui.kit import theme

__all__ = ["DropOverlay", "dropped_problem"]

INSET: Final = 10.0
TINT: Final = 0.90


def dropped_problem(mime: QMimeData) -> str | None:
    """Say in a sentence why what is dragged can't be opened, or None when it is one local file."""
    urls = mime.urls()
    if len(urls) > 1:
        return counted("This is {n} file. Drop one at a time.", "These are {n} files. Drop one at a time.", len(urls))
    if not urls:
        return translate("This is not a file. Text with a table can be pasted with Ctrl+V.")
    if not urls[0].isLocalFile():
        return translate("This is an address, not a file. Save the table to a file first.")
    if os.path.isdir(urls[0].toLocalFile()):  # where it may not look, `Path.is_dir` raises
        return translate("This is a folder, not a file. Drop a file from inside it.")
    return None


class DropOverlay(QWidget):
    """Covers its window and lets the mouse through."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._sentence = ""
        self._fine = True
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_for(self, mime: QMimeData) -> bool:
        """Appear; return whether this can be dropped here."""
        problem = dropped_problem(mime)
        self._fine = problem is None
        self._sentence = problem or self.tr("Drop to open {name}").format(name=mime.urls()[0].fileName())
        self.setAccessibleName(self._sentence)
        self.setGeometry(self.window().rect())
        self.raise_()
        self.show()
        self.update()
        return self._fine

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tint the window and draw a dashed frame with the sentence in its middle."""
        tokens = theme.current()
        ground = QColor(tokens.accent_soft if self._fine else tokens.danger_soft)
        ground.setAlphaF(TINT)
        strong = QColor(tokens.accent if self._fine else tokens.danger)
        font = QFont(self.font())
        font.setPixelSize(20)
        font.setWeight(QFont.Weight.DemiBold)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(self.rect(), ground)
            pen = QPen(strong, 2, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([5, 4])
            painter.setPen(pen)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET), 14, 14)
            painter.setFont(font)
            painter.setPen(strong)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._sentence)
