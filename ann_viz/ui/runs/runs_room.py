"""The runs with the room of the whole window: a table of them, to be sorted, copied and saved."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from ann_viz.errors import AnnVizError
from ann_viz.files import write_file
from ann_viz.numerals import count, counted
from ann_viz.session import RunState
from ann_viz.session.run_columns import runs_csv, runs_side_by_side
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.saving import ask_where, data_files
from ann_viz.ui.kit.controls import Glyph, IconButton
from ann_viz.ui.kit.error_report import show_error
from ann_viz.ui.kit.icons import beside_icon, icon
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.room import lay_out_room
from ann_viz.ui.runs.runs_table import RunsTable

__all__ = ["RunsRoom"]

INTERVAL_S: Final = 1.0


class RunsRoom(QFrame):
    """Shows all runs; while it is hidden it costs nothing.

    Parameters
    ----------
    bridge : Bridge
        To the document, whose current run a click changes.
    """

    closed = Signal()
    """The picture is wanted back."""

    chosen = Signal(int)
    """The keys are on another run."""

    menu_asked = Signal(int, QPoint)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._shown_at = 0.0
        self.setProperty("card", True)
        self.setObjectName("runsRoom")
        self.setAccessibleName(self.tr("Runs"))
        self.table = RunsTable()
        self.setFocusProxy(self.table)
        self.about = PlainLabel(role="muted")
        self.copy = QPushButton(beside_icon(self.tr("Copy")), self)
        self.copy.setToolTip(plain_tip(self.tr("The selected rows, for a spreadsheet or a mail (Ctrl+C)")))
        self.save = QPushButton(beside_icon(self.tr("Save…")), self)
        self.save.setToolTip(plain_tip(self.tr("All runs, in this order, as a CSV file")))
        self.shrink = IconButton("minimize-2", self.tr("Shrink · Esc"), extent=28, parent=self)
        self._lay_out()
        self.table.shown_asked.connect(bridge.show_run)
        self.table.chosen.connect(self.chosen)
        self.table.menu_asked.connect(self.menu_asked)
        self.copy.clicked.connect(self.table.copy)
        self.save.clicked.connect(self._on_save)
        self.shrink.clicked.connect(self.closed)
        for changed in (bridge.runs_changed, bridge.state_changed, bridge.dataset_changed, bridge.settings_changed):
            changed.connect(self._on_changed)
        bridge.turn_offered.connect(self._on_turn_offered)

    def _lay_out(self) -> None:
        self._tint()
        row = lay_out_room(self, self.table, left=16)
        for widget in (Glyph("list-tree", "text2", 16), PlainLabel(self.tr("Runs"), role="title"), self.about):
            row.addWidget(widget)
        row.addStretch()
        for button in (self.copy, self.save, self.shrink):
            row.addWidget(button)

    def refresh(self) -> None:
        """Read all runs anew."""
        self._shown_at = time.monotonic()
        runs = runs_side_by_side(self._bridge.document)
        self.table.show_runs(runs)
        n_settings = sum(column.is_setting for column in runs.columns)
        differ = self.tr("same settings")
        if n_settings:
            differ = counted("{n} setting differs", "{n} settings differ", n_settings)
        self.about.setText(f"{count(len(runs.numbers), 'run')} · {differ}")

    def _on_changed(self) -> None:
        if self.isVisible():
            self.refresh()

    def _on_turn_offered(self) -> None:
        running = self._bridge.document.state is RunState.RUNNING
        if running and self.isVisible() and self._bridge.take_turn(self._shown_at, INTERVAL_S):
            self.refresh()

    def _on_save(self) -> None:
        path = ask_where(self.window(), self.tr("Save the runs"), "runs.csv", self.tr("CSV file (*.csv)"), "tables")
        if not path:
            return
        try:
            write_file(path, runs_csv(self.table.lines(selected=False)), inputs=data_files(self._bridge.document))
        except AnnVizError as error:
            show_error(self.window(), self.tr("The runs were not saved"), error)

    # Qt -------------------------------------------------------------------------------------------------------------
    def _tint(self) -> None:
        self.copy.setIcon(icon("copy"))
        self.save.setIcon(icon("download"))

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up after having been hidden."""
        super().showEvent(event)
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Draw icons and swatches in the colours of another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()
        super().changeEvent(event)
