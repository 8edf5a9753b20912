"""The tab *Runs*: all runs as a tree, what is known of one of them, and the way to twins and sweeps."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ann_viz.errors import AnnVizError
from ann_viz.session.certainty import making_sure
from ann_viz.session.run_tree import RunRow, run_rows, sweep_rows
from ann_viz.session.runs import freed_bytes
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.document.missing_table import need_rows
from ann_viz.ui.kit import icons, theme
from ann_viz.ui.kit.card import Card
from ann_viz.ui.kit.controls import IconButton
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.kit.search_field import SearchField
from ann_viz.ui.runs.run_card import RunCard
from ann_viz.ui.runs.run_menu import RunMenu, ask_to_forget
from ann_viz.ui.runs.run_tree import RunTree

__all__ = ["RunsPanel"]

MANY: Final = 60
INTERVAL_S: Final = 0.5


class RunsPanel(QWidget):
    """Tree and card; while it is hidden it costs nothing.

    Attributes
    ----------
    tree : RunTree
    card : RunCard
    twin_row : callable
        Returns the row of a twin in training, or None.
    """

    compare_asked = Signal(object, object)
    """Show these two runs side by side, as A and B."""
    side_asked = Signal(int, str)
    """Show this run as A or as B."""
    twin_asked = Signal(int)
    sweep_asked = Signal()
    """A sweep is to be put together."""
    sweep_chosen = Signal(int)
    """Show this one."""
    enlarge_asked = Signal()
    """The runs want the room of the picture, as a table."""
    export_asked = Signal(int)
    """This run is to be taken along."""
    training_asked = Signal(int)
    """This run is to be trained on."""
    seen = Signal()
    """The tab was turned to, or away from."""
    shown = Signal(int)
    """A run was made the one in the window."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._letters: Mapping[int, str] = {}
        self._shown_at = 0.0
        self.twin_row: Callable[[], RunRow | None] = lambda: None
        self.setObjectName("runsPanel")
        self.search = SearchField(self.tr("Find a run"), self.tr("Find a run…"))
        self.tree = RunTree()
        self.promise = PlainLabel(
            self.tr("Every network you train is kept here: change something and press Train, and the old run stays."),
            role="muted",
            wrap=True,
        )
        self.twin = QPushButton(icons.beside_icon(self.tr("Twin…")))
        self.twin.setObjectName("twinButton")
        self.twin.setToolTip(plain_tip(self.tr("The same network again with one thing changed (Ctrl+Shift+D)")))
        self.sweep = QPushButton(icons.beside_icon(self.tr("Sweep…")))
        self.sweep.setObjectName("sweepButton")
        self.sweep.setToolTip(plain_tip(self.tr("Try many settings at once (Ctrl+Shift+G)")))
        self.card = RunCard(bridge)
        self._making_sure = JobWatcher("making sure of a score", self)
        self._lay_out()
        self._connect()
        self._tint()

    def _lay_out(self) -> None:
        self._tree_card = Card("list-tree", self.tr("Runs"))
        self._tree_card.setObjectName("runsCard")
        self.enlarge = IconButton("maximize-2", self.tr("Enlarge: a table of all runs · Ctrl+Shift+M"))
        self._tree_card.header.addWidget(self.enlarge)
        body = self._tree_card.body
        body.addWidget(self.search)
        body.addWidget(self.promise)
        body.addWidget(self.tree, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (self.twin, self.sweep):
            buttons.addWidget(button, 1)
        body.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._tree_card, 1)
        column.addWidget(self.card)

    def _connect(self) -> None:
        bridge, tree = self._bridge, self.tree
        for changed in (bridge.runs_changed, bridge.threshold_changed, bridge.state_changed):
            changed.connect(self.refresh_if_seen)
        for changed in (bridge.dataset_changed, bridge.settings_changed):
            changed.connect(self.refresh_if_seen)
        bridge.turn_offered.connect(self._on_turn_offered)
        self.search.textChanged.connect(self.refresh)
        tree.shown_asked.connect(self.show_run)
        tree.compared_asked.connect(self._on_compared)
        tree.sided.connect(self.side_asked)
        tree.pinned.connect(bridge.pin_run)
        tree.eyed.connect(bridge.show_curve)
        tree.renamed.connect(bridge.rename_run)
        tree.deleted.connect(self.delete_run)
        tree.menu_asked.connect(self.open_menu)
        tree.chosen.connect(self.card.show_run)
        tree.sweep_asked.connect(self.sweep_chosen)
        self.card.made_current.connect(self.show_run)
        self.card.certainty_asked.connect(self.make_sure)
        need_rows(bridge, self.twin, self.sweep)
        self._making_sure.progressed.connect(self.card.show_making_sure)
        self._making_sure.finished.connect(lambda _: self._on_sure())
        self._making_sure.failed.connect(self._on_not_sure)
        bridge.dataset_changed.connect(self.stop)
        self.card.noted.connect(bridge.set_run_note)
        self.card.more_asked.connect(lambda number: self.open_menu(number, self._below(self.card.more)))
        self.enlarge.clicked.connect(self.enlarge_asked)
        self.twin.clicked.connect(self._on_twin)
        self.sweep.clicked.connect(self.sweep_asked)

    # What is shown --------------------------------------------------------------------------------------------------
    @property
    def rows(self) -> tuple[RunRow, ...]:
        """The runs that are shown."""
        return self.tree.runs.rows

    @property
    def letters(self) -> Mapping[int, str]:
        """A and B, by the numbers of the runs that are compared."""
        return self._letters

    def show_letters(self, letters: Mapping[int, str]) -> None:
        """Mark the runs that are compared with A and B."""
        self._letters = dict(letters)
        self.refresh_if_seen()

    def refresh(self) -> None:
        """Read all runs anew."""
        document = self._bridge.document
        twin = self.twin_row()
        rows = run_rows(document) if twin is None else (*run_rows(document), twin)
        self._shown_at = time.monotonic()
        trained = [row for row in rows if row.epoch]
        newest = document.newest
        is_validated = newest is not None and newest.history.is_validated
        best = self.tr("best validation loss") if is_validated else self.tr("best training loss")
        self._tree_card.summary.setText(best if trained else "")
        self.search.setVisible(len(rows) > MANY)
        self.promise.setVisible(len(rows) < 2)
        for button in (self.twin, self.sweep):
            button.setEnabled(document.dataset is not None)
        find = self.search.text() if len(rows) > MANY else ""
        self.tree.show_rows(rows, self._letters, find, sweep_rows(document))
        self.card.show_run(self.tree.number)

    def refresh_if_seen(self) -> None:
        """Read them, unless the tab is hidden."""
        if self.isVisible():
            self.refresh()

    def keep_up(self) -> None:
        """Read them, where that was not done a moment ago: a twin has come further."""
        if time.monotonic() - self._shown_at > INTERVAL_S:
            self.refresh_if_seen()

    def _on_turn_offered(self) -> None:
        if self.isVisible() and self._bridge.take_turn(self._shown_at, INTERVAL_S):
            self.refresh()

    # What the user does ---------------------------------------------------------------------------------------------
    def show_run(self, number: int) -> None:
        """Make a run the one in the window."""
        if number != self._bridge.document.run_numbers[0]:
            self._bridge.show_run(number)
        self.shown.emit(number)

    def make_sure(self, number: int) -> None:
        """Train networks like a run from other seeds and on other rows, in the background."""
        document = self._bridge.document
        setup = document.setup_of(document.find_run(number))
        self.card.show_making_sure(0.0)
        self._making_sure.start(making_sure(document.siblings, setup))

    def _on_sure(self) -> None:
        self.card.show_making_sure(None)
        self._bridge.announce_siblings()

    def _on_not_sure(self, error: AnnVizError) -> None:
        self.card.show_making_sure(None)
        self.card.show_problem(str(error))

    def stop(self) -> None:
        """End what goes on in threads, before the data are closed."""
        self._making_sure.close()
        self.card.show_making_sure(None)
        self.card.show_problem("")

    def delete_run(self, number: int) -> None:
        """Take a run off the list, or say why not."""
        try:
            self._bridge.delete_run(number)
        except AnnVizError as error:
            self._tree_card.show_problem(str(error))
        else:
            self._tree_card.show_problem("")

    def _on_compared(self, number: int) -> None:
        current = self._bridge.document.run_numbers[0]
        if number != current and self._bridge.document.dataset is not None:
            self.compare_asked.emit(current, number)

    def _on_twin(self) -> None:
        number = self.card.number
        if number is not None:
            self.twin_asked.emit(number)

    def open_menu(self, number: int, at: QPoint) -> None:
        """Offer what can be done with a run."""
        row = next((row for row in self.rows if row.number == number), None)
        if row is None:
            return
        freed = freed_bytes(self._bridge.document.find_run(number))
        deeds: dict[str, Callable[[], object]] = {
            "show": lambda: self.show_run(number),
            "compare": lambda: self._on_compared(number),
            "train": lambda: self.training_asked.emit(number),
            "twin": lambda: self.twin_asked.emit(number),
            "rename": lambda: self.begin_renaming(number),
            "note": lambda: self.begin_note(number),
            "pin": lambda: self._bridge.pin_run(number, not row.is_pinned),
            "eye": lambda: self._bridge.show_curve(number, not row.is_shown),
            "copy": self.tree.copy_all,
            "take": lambda: self.export_asked.emit(number),
            "bare": lambda: self.keep_weights_only(row, freed),
            "delete": lambda: self.delete_run(number),
        }
        menu = RunMenu(row, freed, self, has_rows=self._bridge.document.dataset is not None)
        menu.asked.connect(lambda deed: deeds[deed]())
        menu.popup(at)

    def keep_weights_only(self, row: RunRow, freed: int) -> None:
        """Forget the moments of a run, if that is really meant."""
        if ask_to_forget(self.window(), row.name, freed):
            self._bridge.keep_weights_only(row.number)

    def begin_note(self, number: int) -> None:
        """Let a note be written beside a run."""
        self.tree.choose(number)
        self.card.note.setFocus()

    def begin_renaming(self, number: int) -> None:
        """Let the name of a run be typed in the tree."""
        self.tree.choose(number)
        self.tree.setFocus()
        self.tree.edit(self.tree.runs.index_of(number))

    @staticmethod
    def _below(widget: QWidget) -> QPoint:
        return widget.mapToGlobal(QPoint(0, widget.height()))

    # Qt -------------------------------------------------------------------------------------------------------------
    def _tint(self) -> None:
        tokens = theme.current()
        self.twin.setIcon(icons.icon("copy-plus", tokens.text2, 14))
        self.sweep.setIcon(icons.icon("chart-scatter", tokens.text2, 14))

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up after having been hidden."""
        super().showEvent(event)
        self.refresh()
        self.seen.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell those who keep it company."""
        super().hideEvent(event)
        self.seen.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Tint the icons anew in another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()
        super().changeEvent(event)
