"""The window without its parts: where it lies, how often it is painted, what is dragged over it, and its layout."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QSettings, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QIcon, QShowEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from ann_viz.resources import resource
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.screen_fit import ScreenFit
from ann_viz.ui.window.drop_overlay import DropOverlay

__all__ = ["WindowFrame"]

LEAST: Final = (1100, 700)
USUAL: Final = (1440, 900)
"""Smallest window; with larger text on a small screen it may be less."""

PLACE: Final = "window/geometry"
"""In the settings: where the window lay the last time."""


class WindowFrame(QMainWindow):
    """What the window does as a window; `MainWindow` brings the parts.

    Parameters
    ----------
    bridge : Bridge
        To the session, which paints as often as the screen shows it.
    """

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.setObjectName("mainWindow")
        self.setWindowTitle("ANN Viz")
        self.setWindowIcon(QIcon(str(resource("icons", "app.svg"))))
        self._screen_fit = ScreenFit(self, QSize(*LEAST))
        self._centre = QVBoxLayout()
        self.setAcceptDrops(True)
        self.drop_overlay = DropOverlay(self)

    def _put_in(self, above: Iterable[QWidget], middle: QWidget) -> None:
        """Take the rows at the top of the window, and what stands in its middle."""
        # Not a QToolBar: it hands its widgets back while it dies, and their changeEvent then meets dead children.
        header = QWidget(self)
        rows = QVBoxLayout(header)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for row in above:
            rows.addWidget(row)
        self.setMenuWidget(header)
        centre = QWidget(self)
        self._centre = QVBoxLayout(centre)
        self._centre.setContentsMargins(0, 8, 0, 8)
        self._centre.addWidget(middle)
        self.setCentralWidget(centre)

    def add_above_picture(self, widget: QWidget) -> None:
        """Put a strip that was made later between the toolbar and the picture."""
        self._centre.insertWidget(0, widget)

    def _open_in_its_place(self) -> None:
        """Lie where the window lay the last time, or in the middle."""
        place = QSettings().value(PLACE)
        if place is None or not self.restoreGeometry(place):
            self._screen_fit.open_in(QSize(*USUAL))
        else:
            self._screen_fit.fit()  # it may have been on another screen

    def _remember_place(self) -> None:
        QSettings().setValue(PLACE, self.saveGeometry())

    def _take_dropped(self, mime: QMimeData) -> None:
        """Open what was dropped."""
        raise NotImplementedError

    def _on_screen_changed(self) -> None:
        self.bridge.show_on(self.screen().refreshRate())

    # Qt -------------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Paint as often as the screen shows it."""
        super().showEvent(event)
        self.windowHandle().screenChanged.connect(self._on_screen_changed, Qt.ConnectionType.UniqueConnection)
        self._on_screen_changed()

    def changeEvent(self, event: QEvent) -> None:
        """Ask for no frames while minimised."""
        if event.type() == QEvent.Type.WindowStateChange:
            self.bridge.set_watched(not self.isMinimized())
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say over the whole window what would happen."""
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            self.drop_overlay.show_for(event.mimeData())
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing was dropped."""
        self.drop_overlay.hide()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the dropped file."""
        self.drop_overlay.hide()
        event.acceptProposedAction()
        self._take_dropped(event.mimeData())
