"""The head of a sweep's page: how far it is, and the buttons that pause, end and shrink it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from ann_viz.rich import bold, joined
from ann_viz.ui.kit import icons
from ann_viz.ui.kit.controls import Glyph, IconButton
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.progress import ProgressBar
from ann_viz.ui.sweeping.sweeping import Sweeping

__all__ = ["SweepHeader"]

HEIGHT: Final = 52
BAR: Final = 220
NARROW: Final = 820


class SweepHeader(QWidget):
    """Reads the sweep, and calls its methods."""

    shrunk = Signal()
    save_asked = Signal()

    def __init__(self, sweeping: Sweeping, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sweeping = sweeping
        self.setFixedHeight(HEIGHT)
        self.title = PlainLabel(role="title")
        self._question = PlainLabel(self.tr("which settings learn best from this table?"), role="muted")
        self.bar = ProgressBar(self.tr("How far the sweep is"))
        self.bar.setFixedWidth(BAR)
        self.words = RichLabel(role="label")
        self.pause = QPushButton()
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setToolTip(plain_tip(self.tr("End the sweep; runs that are done stay")))
        self.save = QPushButton(icons.beside_icon(self.tr("Save…")))
        self.save.setToolTip(plain_tip(self.tr("Save all runs as a table (CSV)")))
        self.shrink = IconButton("minimize-2", self.tr("Shrink · Esc"), extent=28)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(12)
        for widget in (Glyph("chart-scatter", "text2", 16), self.title, self._question):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(self.bar)
        for other in (self.words, self.pause, self.cancel, self.save, self.shrink):
            row.addWidget(other)
        self.pause.clicked.connect(lambda: sweeping.pause(not sweeping.is_paused))
        self.cancel.clicked.connect(sweeping.cancel)
        self.save.clicked.connect(self.save_asked)
        self.shrink.clicked.connect(self.shrunk)

    def refresh(self) -> None:
        """Show how far it is now."""
        sweeping = self._sweeping
        done, left = sweeping.progress_words()
        self.title.setText(sweeping.title())
        self._question.setVisible(self.width() >= NARROW)
        self.bar.setFixedWidth(BAR if self.width() >= NARROW else BAR // 2)
        self.bar.setVisible(sweeping.is_running)
        self.bar.show_share(sweeping.fraction)
        self.words.setText(joined(" · ", [bold(done), left] if left else [bold(done)]))
        for button in (self.pause, self.cancel):
            button.setVisible(sweeping.is_running)
        self.save.setVisible(not sweeping.is_running and sweeping.study is not None)
        self.pause.setText(icons.beside_icon(self.tr("Go on") if sweeping.is_paused else self.tr("Pause")))
        self._tint()

    def _tint(self) -> None:
        self.pause.setIcon(icons.icon("play" if self._sweeping.is_paused else "pause", size=14, solid=True))
        self.save.setIcon(icons.icon("download", size=14))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icon anew in another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()
        super().changeEvent(event)
