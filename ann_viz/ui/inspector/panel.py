"""The Inspector of the right dock: one neuron or connection, with every number that makes it what it is.

It looks at what is selected in the picture and at the shown row. Hidden it works out nothing; while training runs it
looks again five times a second, and at the validation rows once a second; standing still it is exact.
"""

from __future__ import annotations

import time
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ann_viz.data import Dataset
from ann_viz.engine import function_named
from ann_viz.engine.rows import spread
from ann_viz.explain.connection import connection_story, weight_trail
from ann_viz.explain.neuron import input_story, neuron_story
from ann_viz.explain.neuron_spread import activations_over, spread_of
from ann_viz.numerals import count
from ann_viz.scene import FULL_TINT, Connection, Element, Neuron, activation_reference, fits
from ann_viz.session import RunState
from ann_viz.session.shown_row import ShownRow
from ann_viz.session.ways import next_way
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.missing_table import need_rows
from ann_viz.ui.document.view import View
from ann_viz.ui.document.weight_gestures import WeightGestures
from ann_viz.ui.inspector.chain_cards import WayCards
from ann_viz.ui.inspector.connection_cards import FactsCard, TrailCard, UpdateCard
from ann_viz.ui.inspector.neuron_cards import AddsUpCard, BlameCard, GoesToCard, PassesOnCard, SpreadCard
from ann_viz.ui.inspector.plots import Heading
from ann_viz.ui.inspector.weight_card import WeightCard
from ann_viz.ui.kit.card import HintCard
from ann_viz.ui.kit.controls import IconButton
from ann_viz.ui.kit.scrolling import Scrolling

__all__ = ["InspectorPanel"]

INTERVAL_S: Final = 0.2
SPREAD_INTERVAL_S: Final = 1.0
MOST_ROWS: Final = 2000  # that activations are counted over
WIDTH: Final = 280


class InspectorPanel(QWidget):
    """What is selected in the picture, told in numbers.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    view : View
        What is selected; the panel's buttons and rows select too.
    """

    def __init__(self, bridge: Bridge, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._view = view
        self._hand = WeightGestures(bridge, view, self)
        self._last = self._spread_last = 0.0
        self._seen: tuple[ShownRow, Element, object, object, str] | None = None
        self._rows: tuple[Dataset, NDArray[np.floating]] | None = None
        self._spread_seen: tuple[object, Element] | None = None
        self.setAccessibleName(self.tr("Inspector"))
        self.setMinimumWidth(WIDTH)
        self.heading = Heading(self)
        self.up = IconButton("chevron-up", self.tr("Neuron above"), parent=self)
        self.down = IconButton("chevron-down", self.tr("Neuron below"), parent=self)
        self.shut = IconButton("x", self.tr("Select nothing"), parent=self)
        self.lock = IconButton("lock", self.tr("Lock: training leaves it alone"), parent=self)
        self.power = IconButton("power", self.tr("Switch the neuron off, or on again"), parent=self)
        for button in (self.lock, self.power):
            button.setCheckable(True)
        self._head = self._head_card()
        self._hint = HintCard(self.tr("Click a neuron or a connection in the picture."), self)
        self.facts = FactsCard(self.tr("What it carries"))
        self.adds_up = AddsUpCard(self.tr("What it adds up"))
        self.passes_on = PassesOnCard(self.tr("What it passes on"))
        self.blame = BlameCard(self.tr("Its share of the blame"))
        self.goes_to = GoesToCard(self.tr("Where it goes"))
        self.spread = SpreadCard(self.tr("Over many rows"))
        self.trail = TrailCard(self.tr("Its weight over time"))
        self.update_card = UpdateCard(self.tr("What the step will do"))
        self.what_if = WeightCard(self.tr("What if it were different?"), bridge)
        self.way = WayCards(view)
        self.cards = (
            self.way, self.facts, self.update_card, self.what_if, self.adds_up, self.passes_on,
            self.blame, self.goes_to, self.spread, self.trail,
        )  # fmt: skip
        self._arrange()
        self._connect()
        self._show_cards(())

    def _head_card(self) -> QFrame:
        card = QFrame(self)
        card.setProperty("card", "true")
        row = QHBoxLayout(card)
        row.setContentsMargins(12, 8, 6, 8)
        row.setSpacing(0)
        row.addWidget(self.heading, 1)
        for button in (self.lock, self.power, self.up, self.down, self.shut):
            row.addWidget(button)
        return card

    def _arrange(self) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for card in (self._hint, *self.cards):
            column.addWidget(card)
        column.addStretch(1)
        scroll = Scrolling(inside, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self._head)
        whole.addWidget(scroll, 1)

    def _connect(self) -> None:
        bridge, view = self._bridge, self._view
        bridge.dataset_changed.connect(self._on_dataset_changed)
        bridge.turn_offered.connect(self._on_turn_offered)
        bridge.state_changed.connect(self.refresh)
        bridge.settings_changed.connect(self.refresh)
        bridge.example_changed.connect(self.refresh)
        view.selection_changed.connect(self._on_selection_changed)
        view.voice_changed.connect(self.refresh)
        self.up.clicked.connect(lambda: self._walk(-1))
        self.down.clicked.connect(lambda: self._walk(1))
        self.shut.clicked.connect(lambda: view.select(None))
        need_rows(bridge, self.lock)
        self.lock.clicked.connect(lambda _checked: self._hand.lock())
        self.power.clicked.connect(lambda _checked: self._hand.switch())
        self.adds_up.chosen.connect(self._on_source_chosen)
        self.goes_to.chosen.connect(self._on_target_chosen)
        self.facts.path_asked.connect(self._on_path_asked)

    # What changed ---------------------------------------------------------------------------------------------------
    def _on_dataset_changed(self) -> None:
        self._seen = self._spread_seen = self._rows = None
        self.what_if.forget()
        self.refresh()

    def _on_selection_changed(self) -> None:
        self._spread_seen = None
        self.refresh()

    def _on_turn_offered(self) -> None:
        if self.isVisible() and self._bridge.take_turn(self._last, INTERVAL_S):
            self.refresh()

    def _is_running(self) -> bool:
        return self._bridge.document.state is RunState.RUNNING

    def refresh(self) -> None:
        """Look again, unless nobody can see it or nothing has changed."""
        if not self.isVisible():
            return
        mark = self._view.selection
        row = None if mark is None else self._bridge.document.shown_row()
        if mark is None or row is None or not fits(mark, row.snapshot.config.sizes):
            self._seen = None
            self._show_cards(())
            return
        wanted = mark, self._view.way, self._view.voice, self._bridge.document.as_of
        if self._seen is not None and self._seen[0] is row and self._seen[1:] == wanted:
            return
        self._seen = row, *wanted
        self._last = time.monotonic()
        self._show_held(mark)
        if self._view.way is not None and not row.facts.is_made_up:  # of which no error comes back
            self.heading.show_heading(*self.way.show_way(row, self._view.way, self._view.voice))
            self._show_cards((self.way,), walks=False)
        elif isinstance(mark, Connection):
            self._show_connection(row, mark)
        elif mark.column == 0:
            self._show_input(row, mark)
        else:
            self._show_neuron(row, mark)

    def _show_held(self, mark: Element) -> None:
        self.lock.setVisible(isinstance(mark, Connection))
        self.lock.setChecked(self._hand.is_locked(mark))
        self.power.setVisible(self._hand.can_switch(mark))
        self.power.setChecked(self._hand.is_off(mark))

    # What is shown --------------------------------------------------------------------------------------------------
    def _show_cards(self, cards: tuple[QWidget, ...], *, walks: bool = True) -> None:
        self._hint.setVisible(not cards)
        self._head.setVisible(bool(cards))
        self.up.setVisible(walks)
        self.down.setVisible(walks)
        for card in self.cards:
            card.setVisible(card in cards)

    def _as_of(self, text: str) -> str:
        """Add the epoch of the numbers while they change."""
        moment = self._bridge.document.as_of
        return f"{text} · {moment}" if moment else text

    def _show_neuron(self, row: ShownRow, mark: Neuron) -> None:
        names = row.facts.neuron_names
        story = neuron_story(row.network, row.passes, mark.column, mark.index, names)
        is_output = mark.column == len(names) - 1
        where = self.tr("Output layer") if is_output else self.tr("Hidden {n}").format(n=mark.column)
        inputs = count(story.n_inputs, "input")
        number = self.tr("Neuron {n}").format(n=mark.index + 1)
        title = self.tr("Answer: {name}").format(name=story.name) if is_output else number
        function = function_named(story.activation)
        about = self._as_of(f"{where} · {function.label} · {inputs}")
        self.heading.show_heading(title, about, story.a, activation_reference(story.activation))
        self.adds_up.show_story(story)
        self.passes_on.show_story(story)
        self.blame.show_story(story, learned=row.is_learned_from)
        self.goes_to.show_outgoing(story.outgoing, story.n_outgoing)
        has_rows = self._bridge.document.dataset is not None
        if has_rows:
            self._show_spread(row, mark, story.a, may_be_silent=function.can_die)
        blame = () if row.facts.is_made_up else (self.blame,)
        between = () if is_output else (self.goes_to,)
        spread = (self.spread,) if has_rows else ()
        self._show_cards((self.adds_up, self.passes_on, *blame, *between, *spread))

    def _show_input(self, row: ShownRow, mark: Neuron) -> None:
        story = input_story(row.network, row.passes, mark.index, row.facts.neuron_names)
        self.heading.show_heading(story.name, self._as_of(self.tr("input layer")), story.value, FULL_TINT)
        self.facts.show_input(story, row.facts.labels.values[mark.index])
        self.goes_to.show_outgoing(story.outgoing, story.n_outgoing)
        self._show_cards((self.facts, self.goes_to))

    def _show_connection(self, row: ShownRow, mark: Connection) -> None:
        snapshot, names = row.snapshot, row.facts.neuron_names
        place = (mark.gap, mark.source, mark.target)
        story = connection_story(row.network, row.passes, place, names, snapshot.dW)
        is_last = mark.gap == len(names) - 2
        where = (
            self.tr("connection to the output layer")
            if is_last
            else self.tr("connection to hidden layer {n}").format(n=mark.gap + 1)
        )
        self.heading.show_heading(f"{story.source_name} → {story.target_name}", self._as_of(where))
        self.facts.show_connection(story, row)
        self.trail.show_trail(weight_trail(snapshot, *place))
        update = self._bridge.document.explain_update(*place)
        if update is not None:
            self.update_card.show_story(update)
        coming = () if update is None else (self.update_card,)
        what_if = () if self._bridge.document.is_without_rows else (self.what_if,)
        for card in what_if:
            card.show_weight(row, mark)
        self._show_cards((self.facts, *coming, *what_if, self.trail), walks=False)

    def _show_spread(self, row: ShownRow, mark: Neuron, value: float, *, may_be_silent: bool) -> None:
        """Count over other rows when the network is another, while training once a second."""
        key = row.snapshot, mark
        same_mark = self._spread_seen is not None and self._spread_seen[1] == mark
        too_soon = self._is_running() and time.monotonic() - self._spread_last < SPREAD_INTERVAL_S
        if same_mark and self._spread_seen is not None and (self._spread_seen[0] is row.snapshot or too_soon):
            self.spread.show_value(value)
            return
        self._spread_seen = key
        self._spread_last = time.monotonic()
        dataset = row.facts.dataset
        counted = spread_of(activations_over(row.network, self._rows_of(dataset), mark.column, mark.index))
        self.spread.show_spread(counted, value, dataset.judged_part, may_be_silent=may_be_silent)

    def _rows_of(self, dataset: Dataset) -> NDArray[np.floating]:
        """Return some of the rows to judge by; read once, for they may lie in files."""
        if self._rows is None or self._rows[0] is not dataset:
            self._rows = dataset, spread(dataset.stream(dataset.judged_part)[0], MOST_ROWS)
        return self._rows[1]

    # What the user does ---------------------------------------------------------------------------------------------
    def _walk(self, step: int) -> None:
        """Select the neuron above or below; after the last comes the first."""
        mark, config = self._view.selection, self._bridge.document.network_config
        if isinstance(mark, Neuron) and config is not None:
            self._view.select(Neuron(mark.column, (mark.index + step) % config.sizes[mark.column]))

    def _on_path_asked(self) -> None:
        row = self._bridge.document.shown_row()
        if row is not None:
            self._view.follow(next_way(row, self._view.selection, None))

    def _on_source_chosen(self, source: int) -> None:
        mark = self._view.selection
        if isinstance(mark, Neuron):
            self._view.select(Connection(mark.column - 1, source, mark.index))

    def _on_target_chosen(self, target: int) -> None:
        mark = self._view.selection
        if isinstance(mark, Neuron):
            self._view.select(Connection(mark.column, mark.index, target))

    # Qt -------------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        self.refresh()
