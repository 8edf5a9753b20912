"""The inspector's card *What if this weight were different?*: the loss over it, to be dragged along."""

from __future__ import annotations

import math
import time
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from ann_viz.data import Dataset
from ann_viz.engine import OPTIMIZERS
from ann_viz.engine.rows import judged, spread
from ann_viz.explain.printed_formula import change as change_of
from ann_viz.explain.spans import gradient
from ann_viz.explain.update import UpdateStory
from ann_viz.explain.weight_slice import MOST_ROWS, WeightSlice, most_rows, slice_of
from ann_viz.numerals import FINE_DECIMALS, count, fixed, format_number, unsigned
from ann_viz.scene import Connection, round_up_to_one_digit
from ann_viz.session import RunState
from ann_viz.session.shown_row import ShownRow
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.weight_curve import WeightCurve
from ann_viz.ui.inspector.facts import Fact, FactTable
from ann_viz.ui.inspector.neuron_cards import rich_label
from ann_viz.ui.kit.card import Card
from ann_viz.ui.kit.controls import Segments
from ann_viz.ui.kit.wheel import Slider

__all__ = ["WeightCard"]

INTERVAL_S: Final = 1.0
STEPS: Final = 400
"""Of the slider, to each side of zero."""

PAGE: Final = 20
AIR: Final = 1.25  # how much further than the weight itself the curve goes at least
SYMBOL_WIDTH: Final = 64.0
VALUE_WIDTH: Final = 66.0

Array = NDArray[np.floating]


class WeightCard(Card):
    """Curve, slider, and what loss, slope and the optimiser's step are; dragging sets the weight of the network.

    Parameters
    ----------
    title : str
    bridge : Bridge
        To the document; every drag is one step of Undo.
    """

    def __init__(self, title: str, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__("activity", title, parent)
        self._bridge = bridge
        self._place = (0, 0, 0)
        self._seen: tuple[object, ...] = ()
        self._cut: WeightSlice | None = None
        self._rows: tuple[Dataset, Array, Array] | None = None
        self._last = 0.0
        self._gesture = 0
        self._held = False
        self.view = WeightCurve(self)
        self.slider = Slider(self)
        self.slider.setObjectName("weightSlider")
        self.slider.setRange(-STEPS, STEPS)
        self.slider.setPageStep(PAGE)
        self.slider.setAccessibleName(title)
        self.slider.setToolTip(self.tr("Another value for this weight; training pauses, Ctrl+Z takes it back"))
        self.which = Segments((("train", self.tr("Training rows")), ("row", self.tr("This row"))), self.tr("Loss of"))
        self.which.show_value("train")
        self.table = FactTable(SYMBOL_WIDTH, VALUE_WIDTH)
        self.table.setAccessibleName(title)
        self._says = rich_label("muted", self, wrap=True)
        for widget in (self.which, self.view, self.slider, self.table, self._says):
            self.body.addWidget(widget)
        self.which.chosen.connect(lambda _which: self._renew())
        self.view.began.connect(self._on_began)
        self.view.dragged.connect(self._set)
        self.view.ended.connect(self._on_ended)
        self.slider.sliderPressed.connect(self._on_began)
        self.slider.sliderReleased.connect(self._on_ended)
        self.slider.valueChanged.connect(lambda value: self._set(value / STEPS * self._reach()))

    @property
    def cut(self) -> WeightSlice | None:
        """The curve on show."""
        return self._cut

    @property
    def sentence(self) -> str:
        """What is said about it."""
        return self._says.words

    def forget(self) -> None:
        """Let go of the data: there are others."""
        self._rows, self._cut, self._seen = None, None, ()

    # What is shown --------------------------------------------------------------------------------------------------
    def show_weight(self, row: ShownRow, mark: Connection) -> None:
        """Show the curve of a connection's weight; while training runs, once a second."""
        place = mark.gap, mark.source, mark.target
        running = self._bridge.document.state is RunState.RUNNING
        wanted = row, place, self.which.value
        too_soon = running and place == self._place and time.monotonic() - self._last < INTERVAL_S
        if wanted == self._seen or (too_soon and self._cut is not None):
            return
        if place != self._place:
            self._place, self._gesture, self._held, self._cut = place, self._gesture + 1, False, None
        self._seen, self._last = wanted, time.monotonic()
        X, Y = (row.facts.x[None], row.facts.y[None]) if self._is_of_row(row) else self._training_rows(row)
        self._cut = slice_of(row.network, X, Y, place, self._wide_enough(row))
        self._show(row)

    def _renew(self) -> None:
        row, self._seen = self._bridge.document.shown_row(), ()
        if row is not None:
            self.show_weight(row, Connection(*self._place))

    def _training_rows(self, row: ShownRow) -> tuple[Array, Array]:
        """Return as many of the training rows as there is time for; read once, for they may lie in files."""
        dataset = row.facts.dataset
        if self._rows is None or self._rows[0] is not dataset:
            self._rows = dataset, *judged(*dataset.stream("train"), MOST_ROWS)
        n = most_rows(row.network.config.sizes, self._place[0])
        return spread(self._rows[1], n), spread(self._rows[2], n)

    def _wide_enough(self, row: ShownRow) -> float:
        """Return half the width of the curve: it stays while the weight is dragged, or it would run away."""
        if self._held and self._cut is not None:
            return self._reach()
        gap, source, target = self._place
        weight = abs(float(row.network.W[gap][source, target]))
        return round_up_to_one_digit(max(self._bridge.document.full_thickness(), AIR * weight))

    def _reach(self) -> float:
        return 1.0 if self._cut is None else float(self._cut.weights[-1])

    def _show(self, row: ShownRow) -> None:
        cut, document = self._cut, self._bridge.document
        if cut is None:
            return
        finite = math.isfinite(cut.here)
        movable = finite and document.looking_at is None and self._place[:2] not in document.manual_edits.off
        self.view.setEnabled(movable)
        self.slider.setEnabled(movable)
        step = document.explain_update(*self._place)
        pending = step is not None
        if step is None and math.isfinite(cut.slope):
            step = document.explain_step(*self._place, cut.slope)
        self.view.show_slice(cut, None if step is None else step.after)
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(cut.here / self._reach() * STEPS) if finite else 0)
        self.table.show_facts(
            (
                Fact("w", fixed(cut.here, FINE_DECIMALS), self.tr("the ball")),
                Fact("L", unsigned(cut.loss, FINE_DECIMALS), self._whose(row, cut.n_rows)),
                Fact("∂L/∂w", gradient(cut.slope), self.tr("the tangent"), backward=True),
            )
        )
        drag = self.tr("Drag the ball: the network gets that weight, Ctrl+Z takes it back.")
        parts = (self._step_words(step, pending=pending), drag, self._share_words(row, cut.n_rows))
        self._says.setText(" ".join(part for part in parts if part))
        self.view.setAccessibleDescription(f"{self.table.accessibleDescription()}. {self._says.words}")
        self.slider.setAccessibleDescription(fixed(cut.here, FINE_DECIMALS))

    def _is_of_row(self, row: ShownRow) -> bool:
        """Whether the loss is that of the shown row: nobody knows the truth of one that is made up."""
        return self.which.value == "row" and not row.facts.is_made_up

    def _whose(self, row: ShownRow, n: int) -> str:
        if self._is_of_row(row):
            return self.tr("of this row")
        return self.tr("mean of {rows}").format(rows=count(n, "row"))

    def _share_words(self, row: ShownRow, n: int) -> str:
        """Return how many of the training rows the curve is of, where it is not all."""
        n_train = len(row.facts.dataset.train)
        if self._is_of_row(row) or n == n_train:
            return ""
        words = self.tr("Measured on {n} of {rows}.")
        return words.format(n=format_number(n), rows=count(n_train, "training row"))

    def _step_words(self, step: UpdateStory | None, *, pending: bool) -> str:
        """Return what the optimiser would do, or nothing while its memory is the worker's.

        Parameters
        ----------
        pending : bool
            The step is that of the batch under way, and not of this slope.
        """
        if step is None:
            return ""
        words = (
            self.tr("With the slope of its batch {optimizer} will move it by {change}, to {after}.")
            if pending
            else self.tr("On this slope {optimizer} would move it by {change}, to {after}.")
        )
        name = OPTIMIZERS[self._bridge.document.train_config.optimizer].label
        _, after, change = change_of(step.before, step.after)
        return words.format(optimizer=name, change=change, after=after)

    # What the user does ---------------------------------------------------------------------------------------------
    def _on_began(self) -> None:
        self._gesture, self._held = self._gesture + 1, True

    def _on_ended(self) -> None:
        self._gesture, self._held = self._gesture + 1, False
        self._renew()

    def _set(self, weight: float) -> None:
        if self._cut is not None and self.slider.isEnabled():
            gap, source, target = self._place
            self._bridge.set_parameter(gap, source, target, round(weight, FINE_DECIMALS), gesture=self._gesture)
