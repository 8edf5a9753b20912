"""The page on which a network stands on its slope: what one step would do, and the button that really takes it.

The slices are measured on a thread of their own whenever the weights are others, at most twice a second.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ann_viz.engine import OPTIMIZERS, Network, Snapshot
from ann_viz.engine.arrays import Array
from ann_viz.engine.rows import judged
from ann_viz.explain.descent import (
    MOST_ROWS,
    Plane,
    Slope,
    is_plain_descent,
    judged_rows,
    landing,
    measure_plane,
    measure_slope,
)
from ann_viz.explain.printed_formula import change
from ann_viz.numerals import count
from ann_viz.session import RunState
from ann_viz.session.job import Progress
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.document.jobs import JobWatcher
from ann_viz.ui.kit.labels import PlainLabel
from ann_viz.ui.kit.number_controls import LogSlider, number_text
from ann_viz.ui.lessons.slope_views import PlaneView, SlopeView

__all__ = ["SlopePage"]

INTERVAL_S: Final = 0.5
LOWEST_POWER, HIGHEST_POWER = -4, 2
SEED: Final = 3  # of the direction across: always the same one


class SlopePage(QFrame):
    """Curve, map, slider, and a sentence about where the step lands."""

    changed = Signal()
    closed = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._rows: tuple[Array, Array] | None = None
        self._slope: Slope | None = None
        self._network: Network | None = None
        self._measured: Snapshot | None = None
        self._landing = math.nan
        self._last = 0.0
        self._watcher = JobWatcher("measuring the slope", self)
        self.setObjectName("slopePage")
        self.setProperty("card", "canvas")
        self.setAccessibleName(self.tr("Slope of the loss"))
        self.curve, self.map = SlopeView(self), PlaneView(self)
        self.rate = LogSlider(self.tr("Learning rate"), LOWEST_POWER, HIGHEST_POWER, self)
        self.rate.setObjectName("slopeRate")
        self._rate_text = self._label("strong")
        self._rate_text.setMinimumWidth(44)
        self._says = self._label("body")
        self.note = self._label("muted")
        self.step = QPushButton(self.tr("Take this step"), self)
        self.step.setObjectName("slopeStep")
        self.step.setProperty("kind", "soft")
        self.leave = QPushButton(self.tr("Back to the network"), self)
        self.leave.setProperty("small", True)
        self._arrange()
        self.rate.value_dragged.connect(lambda rate: bridge.set_training(learning_rate=rate))
        self.step.clicked.connect(self._take)
        self.leave.clicked.connect(self.closed)
        self._watcher.finished.connect(self._on_measured)
        self._watcher.failed.connect(lambda error: self._says.setText(str(error)))
        bridge.dataset_changed.connect(self._on_dataset_changed)
        bridge.snapshot_changed.connect(self.refresh)
        bridge.state_changed.connect(self.refresh)
        bridge.settings_changed.connect(self._on_settings_changed)
        self._on_settings_changed()

    def _label(self, role: str) -> PlainLabel:
        return PlainLabel(parent=self, role=role, wrap=role != "strong")

    def _arrange(self) -> None:
        title = self._label("title")
        title.setText(self.tr("Where one step of gradient descent lands"))
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.leave)
        pictures = QHBoxLayout()
        pictures.setSpacing(8)
        pictures.addWidget(self.curve, 3)
        pictures.addWidget(self.map, 2)
        caption = self._label("label")
        caption.setText(self.tr("Learning rate"))
        caption.setWordWrap(False)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        for widget, stretch in ((caption, 0), (self.rate, 1), (self._rate_text, 0), (self.step, 0)):
            foot.addWidget(widget, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(pictures, 1)
        column.addLayout(foot)
        column.addWidget(self._says)
        column.addWidget(self.note)

    # What it knows --------------------------------------------------------------------------------------------------
    @property
    def slope_loss(self) -> float:
        """The loss where the network stands; NaN before it is measured."""
        return math.nan if self._slope is None else self._slope.loss

    @property
    def landing(self) -> float:
        """The loss where the step would land; NaN before it is measured."""
        return self._landing

    @property
    def text(self) -> str:
        """What is said about the step."""
        return self._says.text()

    @property
    def busy(self) -> bool:
        """Whether it is measuring."""
        return self._watcher.busy

    # What happened --------------------------------------------------------------------------------------------------
    def _on_dataset_changed(self) -> None:
        self.stop()
        self._rows = self._slope = self._measured = None
        self._landing = math.nan
        self.refresh()

    def _on_settings_changed(self) -> None:
        config = self._bridge.document.train_config
        self.rate.show_number(config.learning_rate)
        self._rate_text.setText(number_text(config.learning_rate))
        n_train = 0 if self._bridge.document.dataset is None else len(self._bridge.document.dataset.train)
        manual_edits = self._bridge.document.manual_edits
        plain = is_plain_descent(config, n_train) and not manual_edits.locked and not manual_edits.off
        self.step.setText(self.tr("Take this step") if plain else self.tr("One batch"))
        note = self.tr("The picture shows plain gradient steps on {rows}. Now set: {optimizer}, {batch}.")
        batch = config.batch_size or n_train
        n = min(n_train, MOST_ROWS)
        words = note.format(
            rows=count(n, "row"), optimizer=OPTIMIZERS[config.optimizer].label, batch=count(batch, "row")
        )
        self.note.setText("" if plain else words)
        self.note.setVisible(not plain)
        self._land()

    def refresh(self) -> None:
        """Measure anew if the weights are others and somebody looks."""
        document = self._bridge.document
        still = document.state is not RunState.RUNNING
        self.step.setEnabled(document.state in (RunState.READY, RunState.PAUSED))
        now = time.monotonic()
        if not self.isVisible() or document.snapshot is None or document.dataset is None or self.busy:
            return
        if document.snapshot is self._measured or (not still and now - self._last < INTERVAL_S):
            return
        self._last = now
        if self._rows is None:
            X, Y = judged(*document.dataset.stream("train"))
            rows = judged_rows(len(X))
            self._rows = X[rows], Y[rows]
        self._measured = document.snapshot
        if self._slope is None:
            self._says.setText(self.tr("Measuring …"))
        self._watcher.start(partial(_measure, document.snapshot.network(), *self._rows))

    def _on_measured(self, measured: tuple[Network, Slope, Plane]) -> None:
        self._network, self._slope, plane = measured
        self.curve.show_slope(self._slope)
        self.map.show_plane(plane)
        self._land()
        self.refresh()

    def _land(self) -> None:
        """Work out where the step would land, and say it."""
        if self._slope is None or self._rows is None or self._network is None:
            return
        rate = self._bridge.document.train_config.learning_rate
        self._landing = landing(self._network, *self._rows, self._slope, rate)
        self.curve.show_landing(rate, self._landing)
        self.map.show_landing(rate, self._landing)
        here, there, difference = change(self._slope.loss, self._landing)
        if not math.isfinite(self._landing):
            says = self.tr("This step is far too large: the loss would become infinite.")
        elif self._landing < self._slope.loss:
            says = self.tr("One step goes from {here} to {there}: {change}.")
        elif self._landing == self._slope.loss:
            says = self.tr("A step changes nothing here: the loss stays at {here}.")
        else:
            says = self.tr("Too large a step: it goes from {here} up to {there}, {change}.")
        self._says.setText(says.format(here=here, there=there, change=difference))
        self.curve.setAccessibleDescription(self._says.text())
        self.changed.emit()

    def _take(self) -> None:
        self._bridge.step("batch")

    def stop(self) -> None:
        """End the measuring; before the data are closed."""
        self._watcher.close()

    # Qt -------------------------------------------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        self._on_settings_changed()
        self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Colour the map anew in another theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self.map.tint()
        super().changeEvent(event)


def _measure(
    network: Network, X: Array, Y: Array, _progress: Progress, cancelled: Callable[[], bool]
) -> tuple[Network, Slope, Plane]:
    slope = measure_slope(network, X, Y, cancelled)
    return network, slope, measure_plane(network, X, Y, slope, SEED, cancelled)
