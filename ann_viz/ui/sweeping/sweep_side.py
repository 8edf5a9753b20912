"""The tab *Runs* with sweeps: the runs, above them a line about the sweep, or in their place the form of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ann_viz.rich import bold, joined
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.controls import Glyph
from ann_viz.ui.kit.labels import RichLabel
from ann_viz.ui.kit.late import LatePage
from ann_viz.ui.kit.progress import ProgressBar
from ann_viz.ui.sweeping.sweeping import Sweeping

if TYPE_CHECKING:
    from ann_viz.ui.sweeping.sweep_form import SweepForm

__all__ = ["SweepLine", "SweepSide"]


class SweepLine(QFrame):
    """One line: which sweep, how far it is, and a button that shows it."""

    asked = Signal()

    def __init__(self, sweeping: Sweeping, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sweeping = sweeping
        self.setProperty("card", True)
        self.setObjectName("sweepLine")
        self.words = RichLabel(role="label")
        self.show_it = QPushButton(self.tr("Show"))
        self.show_it.setProperty("small", True)
        self.show_it.setAccessibleName(self.tr("Show the sweep"))
        self.bar = ProgressBar(self.tr("How far the sweep is"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Glyph("chart-scatter", "text2", 15))
        row.addWidget(self.words, 1)
        row.addWidget(self.show_it)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 10, 8)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.bar)
        self.show_it.clicked.connect(self.asked)
        sweeping.state_changed.connect(self.refresh)
        sweeping.results_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say how far it is; hidden where none is under way: then it is among the runs."""
        sweeping = self._sweeping
        self.setVisible(sweeping.is_running or sweeping.is_opening)
        if self.isHidden():
            return
        done, left = sweeping.progress_words()
        parts = [bold(sweeping.title()), done, left]
        if sweeping.is_opening:
            parts = [bold(sweeping.title()), self.tr("opening a run…")]
        self.words.setText(joined(" · ", [part for part in parts if part]))
        self.bar.setVisible(sweeping.is_running)
        self.bar.show_share(sweeping.fraction)


class SweepSide(QStackedWidget):
    """Runs or form.

    Parameters
    ----------
    bridge : Bridge
    sweeping : Sweeping
    runs : QWidget
        What shows the runs.
    """

    page_asked = Signal()
    """The sweep is to be shown in the middle of the window."""

    def __init__(self, bridge: Bridge, sweeping: Sweeping, runs: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._sweeping = bridge, sweeping
        self._form = LatePage(self._make_form)
        self.line = SweepLine(sweeping)
        self._home = QWidget()
        column = QVBoxLayout(self._home)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.line)
        column.addWidget(runs, 1)
        self.addWidget(self._home)
        self.addWidget(self._form)
        self.line.asked.connect(self.page_asked)

    def _make_form(self) -> SweepForm:
        from ann_viz.ui.sweeping.sweep_form import SweepForm

        form = SweepForm(self._bridge, self._sweeping)
        form.back.connect(self.show_runs)
        form.begun.connect(self.page_asked)
        return form

    @property
    def form(self) -> SweepForm:
        """What a sweep is put together in."""
        return self._form.page

    def show_form(self) -> None:
        """Let a sweep be put together."""
        self.setCurrentWidget(self._form)

    def show_runs(self) -> None:
        """Show the runs again."""
        self.setCurrentWidget(self._home)
