"""Says that figures are being worked out, how far, and lets them be; seen only when it takes longer than a moment."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from ann_viz.ui.kit.labels import PlainLabel

__all__ = ["WorkingBar"]

MOMENT_MS: Final = 300
WHOLE: Final = 1000


class WorkingBar(QFrame):
    """A line with a bar and a button."""

    stopped = Signal()
    """The user does not want the figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, WHOLE)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(4)
        self.bar.setAccessibleName(self.tr("Working out"))
        stop = QPushButton(self.tr("Stop"), self)
        stop.setProperty("small", True)
        stop.clicked.connect(self.stopped)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(PlainLabel(self.tr("Working out"), self, role="muted"))
        row.addWidget(self.bar, 1)
        row.addWidget(stop)
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(MOMENT_MS)
        self._moment.timeout.connect(self.show)
        self.hide()

    def begin(self) -> None:
        """Appear in a moment, unless it is over by then."""
        self.bar.setValue(0)
        if self.isHidden():
            self._moment.start()

    def show_share(self, share: float) -> None:
        """Show how much is done."""
        self.bar.setValue(round(WHOLE * share))

    def end(self) -> None:
        """Go."""
        self._moment.stop()
        self.hide()
