"""Says that figures are being worked out, how far, and lets them be; seen only when it takes longer than a moment."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.progress import ProgressBar

__all__ = ["WorkingBar"]

MOMENT_MS: Final = 300


class WorkingBar(QFrame):
    """A card with what is done and how much of it, a bar, and a button."""

    stopped = Signal()
    """The user does not want the figures."""
    appeared = Signal()
    """It can be seen from now on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "soft")
        self.bar = ProgressBar(self.tr("Working out"), self)
        self.bar.setFixedHeight(4)
        self.stop = QPushButton(self.tr("Stop"), self)
        self.stop.setProperty("small", True)
        self.stop.clicked.connect(self.stopped)
        self.words = PlainLabel(parent=self, role="label", wrap=True)
        self.count = PlainLabel(parent=self, role="muted")
        self.note = PlainLabel(parent=self, role="muted")
        self._lay_out()
        self._moment = QTimer(self)
        self._moment.setSingleShot(True)
        self._moment.setInterval(MOMENT_MS)
        self._moment.timeout.connect(self._appear)
        self.hide()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 9, 12, 9)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.words, 0, 0)
        grid.addWidget(self.count, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.bar, 1, 0, 1, 2)
        grid.addWidget(self.note, 2, 0)
        grid.addWidget(self.stop, 2, 1, Qt.AlignmentFlag.AlignRight)

    def begin(self, doing: str, note: str) -> None:
        """Appear in a moment, unless it is over by then.

        Parameters
        ----------
        doing : str
            What is worked out.
        note : str
            When it will be again; empty where that is not known.
        """
        self.note.setText(note)
        self._say(doing, working=True)
        self.show_progress(0.0, doing, "")
        if self.isHidden():
            self._moment.start()

    def show_progress(self, share: float, doing: str, count: str) -> None:
        """Show what is done, and how much of it."""
        self.bar.show_share(share)
        self.words.setText(doing)
        self.count.setText(count)

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
        for widget in (self.bar, self.count, self.note, self.stop):
            widget.setVisible(working)

    def end(self) -> None:
        """Go."""
        self._moment.stop()
        self.hide()
