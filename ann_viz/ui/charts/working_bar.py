"""Says that figures are being worked out, how far, and lets them be; seen only when it takes longer than a moment."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.progress import ProgressBar

__all__ = ["WorkingBar"]

MOMENT_MS: Final = 300


class WorkingBar(QFrame):
    """A line with a bar and a button."""

    stopped = Signal()
    """The user does not want the figures."""
    appeared = Signal()
    """It can be seen from now on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = ProgressBar(self.tr("Working out"), self)
        self.bar.setFixedHeight(4)
        self.stop = QPushButton(self.tr("Stop"), self)
        self.stop.setProperty("small", True)
        self.stop.clicked.connect(self.stopped)
        self.words = PlainLabel(self.tr("Working out"), self, role="muted", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(MOMENT_MS)
        self._moment.timeout.connect(self._appear)
        self.hide()

    def begin(self) -> None:
        """Appear in a moment, unless it is over by then."""
        self.bar.show_share(0.0)
        self._say(self.tr("Working out"), working=True)
        if self.isHidden():
            self._moment.start()

    def show_share(self, share: float) -> None:
        """Show how much is done."""
        self.bar.show_share(share)

    def tell(self, sentence: str) -> None:
        """Say why there are no figures."""
        self._moment.stop()
        self._say(sentence, working=False)
        self._appear()

    def _appear(self) -> None:
        self.show()
        self.appeared.emit()

    @property
    def is_working(self) -> bool:
        """Whether it speaks of work, and not of why there is nothing."""
        return not self.stop.isHidden()

    def _say(self, sentence: str, *, working: bool) -> None:
        self.words.setText(sentence)
        self.bar.setVisible(working)
        self.stop.setVisible(working)

    def end(self) -> None:
        """Go."""
        self._moment.stop()
        self.hide()
