"""The middle of the dialog: what the file will look like, and a sentence about it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPalette, QPicture
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from ann_viz.session.exports.blocks import Report
from ann_viz.session.exports.preview import Preview
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.controls import Segments
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.taking.paper import PAGE_SIZE, paint_page

__all__ = ["PreviewPane"]

PAPER: Final = QSizeF(*PAGE_SIZE)


class PreviewPane(QWidget):
    """Shows one preview at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Preview | None = None
        self.setAutoFillBackground(True)  # it lies on the colour of the window
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.sheet = _Sheet(self)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(self.tr("Preview"))
        self.text.setProperty("mono", True)
        self.message = PlainLabel(parent=self, role="body", wrap=True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget(self)
        for page in (self.sheet, self.text, self.message):
            self._stack.addWidget(page)
        self.about = PlainLabel(parent=self, role="body", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        self.device = Segments([("wide", self.tr("Desktop")), ("narrow", self.tr("Phone"))], self.tr("Screen"), self)
        self.device.show_value("wide")
        self.device.chosen.connect(self._on_screen_chosen)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(self.tr("Preview"), self, role="title"))
        head.addStretch()
        head.addWidget(self.device)
        policy = self.device.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # or the preview jumps from format to format
        self.device.setSizePolicy(policy)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.about)

    def _on_screen_chosen(self) -> None:
        if self._shown is not None:
            self.sheet.show_preview(self._shown, narrow=self.device.value == "narrow")

    def show_message(self, text: str) -> None:
        """Show a sentence in the place of the preview."""
        self.device.hide()
        self.message.setText(text)
        self._stack.setCurrentWidget(self.message)

    def show_preview(self, preview: Preview, nothing: str) -> None:
        """Show what there is to see; `nothing` is said where that is nothing."""
        self._shown = preview
        self.device.setVisible(bool(preview.narrow))
        if preview.kind == "nothing":
            self.show_message(nothing)
        elif preview.kind == "text":
            self.text.setPlainText(preview.content.decode("utf-8", "replace"))
            self._stack.setCurrentWidget(self.text)
        else:
            self.sheet.show_preview(preview, narrow=bool(preview.narrow) and self.device.value == "narrow")
            self._stack.setCurrentWidget(self.sheet)


class _Sheet(QWidget):
    """A drawing, a picture or a page, as large as fits."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._drawing: QSvgRenderer | None = None
        self._image: QImage | None = None
        self._page: QPicture | None = None

    def show_preview(self, preview: Preview, *, narrow: bool) -> None:
        """Take over what is to be seen, on a wide screen or a narrow one."""
        self._drawing = self._image = self._page = None
        if preview.kind == "svg":
            self._drawing = QSvgRenderer(QByteArray(preview.narrow if narrow else preview.content), self)
        elif preview.kind == "png":
            self._image = QImage.fromData(preview.content)
        elif preview.kind == "pixels":
            width, height = preview.size
            self._image = QImage(preview.content, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        elif preview.report is not None:
            self._page = _recorded(preview.report)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the middle, on a ground that shows where it ends."""
        size = PAPER
        if self._drawing is not None:
            size = self._drawing.viewBoxF().size()
        elif self._image is not None:
            size = QSizeF(self._image.size())
        fitted = size.scaled(QSizeF(self.size()) - QSizeF(2, 2), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRectF(QPointF((self.width() - fitted.width()) / 2, (self.height() - fitted.height()) / 2), fitted)
        tokens = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            if self._drawing is not None:
                self._drawing.render(painter, box)
            elif self._image is not None:
                pixels = (box.size() * self.devicePixelRatioF()).toSize()  # far smaller: Qt's painter leaves pixels out
                smooth = Qt.TransformationMode.SmoothTransformation
                painter.drawImage(box, self._image.scaled(pixels, mode=smooth))
            elif self._page is not None:
                painter.fillRect(box, QColor(tokens.node_base if not tokens.dark else tokens.ink_light))
                painter.save()
                painter.translate(box.topLeft())
                painter.scale(box.width() / size.width(), box.height() / size.height())
                painter.drawPicture(0, 0, self._page)
                painter.restore()
            painter.setPen(QColor(tokens.border_strong))
            painter.drawRect(box)


def _recorded(report: Report) -> QPicture:
    """Return the first page of a report as what is to be painted."""
    picture = QPicture()
    with QPainter(picture) as painter:
        painter.setFont(QFont())
        paint_page(painter, report)
    return picture
