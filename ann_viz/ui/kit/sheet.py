"""A large dialog that stands on the dimmed window like a sheet of paper: rounded, without the desktop's frame.

It is moved by its empty upper part and resized by the grip in its lower right corner; Esc closes it as any dialog.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QBitmap,
    QColor,
    QGuiApplication,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPushButton, QSizeGrip, QVBoxLayout, QWidget

from ann_viz.ui.kit import theme
from ann_viz.ui.kit.screen_fit import dialog_size

__all__ = ["Sheet"]

RADIUS: Final = 14
HANDLE_HEIGHT: Final = 64
GRIP: Final = 14
MASKED_PLATFORMS: Final = {"xcb", "windows", "cocoa"}  # the others print a warning instead
SCRIM_OPACITY: Final = {"light": 0.42, "dark": 0.60}


class _Scrim(QWidget):
    """Dims the window behind a sheet."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover everything with the design's scrim: the ink of the light theme, black in the dark one."""
        tokens = theme.current()
        colour = QColor(tokens.scrim)
        colour.setAlphaF(SCRIM_OPACITY["dark" if tokens.dark else "light"])
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colour)


class _Grip(QSizeGrip):
    """Resizes the sheet; the pointer tells, nothing is drawn."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw nothing: the design's corner is empty."""


class Sheet(QDialog):
    """A frameless dialog over a dimmed parent window.

    ``restyled`` fires after the theme has changed. Not at once: Qt is walking over all widgets then, and those made
    anew would vanish under its feet.
    """

    restyled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._retint = QTimer(self)
        self._retint.setSingleShot(True)
        self._retint.setInterval(0)
        self._retint.timeout.connect(self.restyled)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self._scrim = _Scrim(parent.window()) if parent is not None else None
        if self._scrim is not None:
            self._scrim.hide()
        self._wanted = QSize()
        self._pressed: QPoint | None = None
        self._grip = _Grip(self)
        self._grip.resize(GRIP, GRIP)

    def white_column(self) -> QVBoxLayout:
        """Return the column of a small sheet's white page."""
        page = QWidget(self)
        page.setAutoFillBackground(True)
        page.setBackgroundRole(QPalette.ColorRole.Base)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        return column

    def add_answers(self, row: QHBoxLayout, words: str) -> QPushButton:
        """Put Cancel and the button that accepts at the end of a row; return the latter."""
        cancel, accept = QPushButton(self.tr("Cancel")), QPushButton(words)
        cancel.setProperty("kind", "tool")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        accept.setProperty("kind", "primary")
        accept.setDefault(True)
        accept.clicked.connect(self.accept)
        row.addWidget(cancel)
        row.addWidget(accept)
        return accept

    def set_sizes(self, wanted: tuple[int, int], least: tuple[int, int]) -> None:
        """Take a size and a smallest size, as far as the screen has room, and within the window where that fits."""
        self._wanted = QSize(*wanted)
        self.setMinimumSize(self.screen().availableSize().boundedTo(QSize(*least)))
        self.resize(dialog_size(self._wanted, self).expandedTo(self.minimumSize()))

    def showEvent(self, event: QShowEvent) -> None:
        """Dim the window behind."""
        super().showEvent(event)
        parent = self.parentWidget()
        if self._scrim is not None and parent is not None:
            self._scrim.raise_()
            self._scrim.show()
            self._follow(parent.window())
            parent.window().installEventFilter(self)
        self._grip.raise_()

    def _follow(self, window: QWidget) -> None:
        """Stand in the middle of the window, and leave something of it to be seen."""
        if self._scrim is not None:
            self._scrim.setGeometry(window.rect())
        if self._wanted.isValid():
            self.resize(dialog_size(self._wanted, self).expandedTo(self.minimumSize()))
        self._move_to_centre(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window to another size."""
        parent = self.parentWidget()
        if event.type() == QEvent.Type.Resize and parent is not None and watched is parent.window():
            self._follow(parent.window())
        return super().eventFilter(watched, event)

    def _move_to_centre(self, window: QWidget) -> None:
        place = self.rect()
        place.moveCenter(window.frameGeometry().center())
        room = self.screen().availableGeometry()
        self.move(max(room.left(), place.left()), max(room.top(), place.top()))

    def hideEvent(self, event: QHideEvent) -> None:
        """Light the window up again."""
        if self._scrim is not None and not event.spontaneous():
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Round the corners of the new size; a mask works without a compositor too."""
        super().resizeEvent(event)
        self._grip.move(self.width() - GRIP - 3, self.height() - GRIP - 3)
        if QGuiApplication.platformName() in MASKED_PLATFORMS:
            self._round_corners()

    def _round_corners(self) -> None:
        shape = QBitmap(self.size())
        shape.fill(Qt.GlobalColor.color0)
        with QPainter(shape) as painter:
            painter.setBrush(Qt.GlobalColor.color1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRect(0, 0, self.width(), self.height()), RADIUS, RADIUS)
        self.setMask(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the upper part was pressed."""
        if event.button() == Qt.MouseButton.LeftButton and event.position().y() < HANDLE_HEIGHT:
            self._pressed = event.globalPosition().toPoint()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the desktop move the sheet once it is dragged; after a mere click it would stick to the pointer."""
        window, here = self.windowHandle(), event.globalPosition().toPoint()
        if self._pressed is None or window is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
        elif (here - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            window.startSystemMove()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Forget the press: it was a click."""
        self._pressed = None
        super().mouseReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Tell, in a moment, that the theme has changed."""
        if event.type() == QEvent.Type.StyleChange and self.isVisible():
            self._retint.start()
        super().changeEvent(event)
