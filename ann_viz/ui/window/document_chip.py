"""The name of the document at the end of the menu bar, with a dot while something in it is not saved."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolButton, QWidget

from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.plain_text import plain_tip

__all__ = ["DocumentChip"]

HEIGHT: Final = 26
MOST_OF_NAME: Final = 190
MARGIN: Final = 8
DOT: Final = 7.0
ARROW: Final = 12


class DocumentChip(QToolButton):
    """Says whether the document is saved, and is clicked to hear more; hidden while there is no document."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("documentChip")
        self.setProperty("kind", "quiet")
        self._name = ""
        self._is_changed = False
        self.hide()

    def show_document(self, name: str, *, changed: bool) -> None:
        """Show what the document is called and whether it is saved."""
        self._name, self._is_changed = name, changed
        state = self.tr("not saved") if changed else self.tr("nothing unsaved")
        self.setToolTip(plain_tip(f"{name} · {state}"))
        self.setAccessibleName(self.tr("Document {name}, {state}").format(name=name, state=state))
        self.setFixedSize(self.sizeHint())
        self.setVisible(bool(name))
        self.update()

    @property
    def _shown(self) -> str:
        return self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, MOST_OF_NAME)

    def sizeHint(self) -> QSize:
        """Room for dot, name and arrow; the dot's is kept free, so that nothing moves."""
        text = self.fontMetrics().horizontalAdvance(self._shown)
        return QSize(round(2 * MARGIN + DOT + 6 + text + 6 + ARROW), HEIGHT)

    def changeEvent(self, event: QEvent) -> None:
        """Fit another font."""
        if event.type() == QEvent.Type.FontChange:
            self.setFixedSize(self.sizeHint())
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground as any quiet button's, then dot, name and arrow."""
        super().paintEvent(event)
        tokens = theme.current()
        middle = self.height() / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._is_changed:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.accent))
                painter.drawEllipse(QPointF(MARGIN + DOT / 2, middle), DOT / 2, DOT / 2)
            painter.setPen(QColor(tokens.text2))
            left = round(MARGIN + DOT + 6)
            painter.drawText(left, 0, self.width() - left, self.height(), Qt.AlignmentFlag.AlignVCenter, self._shown)
            arrow = icons.pixmap("chevron-down", tokens.muted, ARROW, ratio=self.devicePixelRatioF())
            painter.drawPixmap(QPointF(self.width() - MARGIN - ARROW, middle - ARROW / 2), arrow)
