"""How the loss falls, epoch by epoch, on rows learned from and on rows kept aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from ann_viz.explain.moment import answering_tag
from ann_viz.numerals import short_number
from ann_viz.rich import Rich, rich
from ann_viz.scene.loss_curves import LossCurves, Shown
from ann_viz.session import RunState
from ann_viz.ui.charts.chart_page import ChartPage, EmptyChart
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit import theme
from ann_viz.ui.kit.controls import ToggleSwitch
from ann_viz.ui.kit.labels import PlainLabel, RichLabel
from ann_viz.ui.kit.plain_text import plain_tip

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ann_viz.engine import EpochScores, HistoryView, Snapshot
    from ann_viz.ui.charts.loss_plot import LossPlot

__all__ = ["LossChart", "dotted"]

FEWEST_EPOCHS: Final = 1
DOTTED: Final = (
    '<span style="color:{colour}">●</span> {name} <span style="color:{strong}; font-weight:600">{value}</span>'
)
MANY_EPOCHS: Final = 500  # from here on wide lines cost too much while training runs


class LossChart(ChartPage):
    """Header with the two losses of the weights on show, and the chart below it, with a dot for each of them.

    Parameters
    ----------
    bridge : Bridge
        Its document's newest snapshot is what is drawn.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.setObjectName("lossChart")
        self._plot: LossPlot | None = None
        self._needs: tuple[object, ...] = ()
        self._names = ("", "")
        self._baseline = self._guessing()
        self.train = RichLabel(role="label")
        self.validation = RichLabel(role="label")
        for label in (self.train, self.validation):
            label.setFont(theme.tabular(label.font()))
        self.log = ToggleSwitch(self.tr("Logarithmic loss axis"))
        self.log.setToolTip(self.tr("Show the loss on a logarithmic scale"))
        self.log.toggled.connect(self.redraw_if_seen)
        self._header = QWidget()
        self._header.setMinimumWidth(1)  # its names are shortened, it never asks for more room
        self._stack = QStackedLayout()
        self._empty = EmptyChart(self.tr("The loss curve draws itself\nhere once training starts"), parent=self)
        self._stack.addWidget(self._empty)
        self._lay_out()
        bridge.settings_changed.connect(self._on_guessing_changed)
        bridge.dataset_changed.connect(self._on_guessing_changed)

    def _levels(self) -> tuple[str, ...]:
        """Return what something simpler comes to, as is said before there is a curve."""
        told = self.tr("always guessing {value}")
        return () if self._baseline is None else (told.format(value=short_number(self._baseline)),)

    def hide_controls(self) -> None:
        """Show curves and numbers only: for pictures, in which nobody can press a button."""
        for control in self._controls:
            control.hide()

    def _lay_out(self) -> None:
        self._caption = PlainLabel(self.tr("log"), role="muted")
        self._answering = PlainLabel(role="muted")
        self._row = row = QHBoxLayout(self._header)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.train)
        row.addWidget(self.validation)
        row.addWidget(self._answering)
        row.addStretch()
        row.addWidget(self._caption)
        row.addWidget(self.log)
        enlarge = self.enlarge_button()
        row.addWidget(enlarge)
        self._controls: list[QWidget] = [self._caption, self.log, enlarge]
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._header)
        column.addLayout(self._stack, 1)

    def add_to_header(self, widget: QWidget) -> None:
        """Put a control before the losses in the header."""
        self._row.insertWidget(0, widget)

    def add_below(self, widget: QWidget) -> None:
        """Put something below the chart."""
        self._column.addWidget(widget)

    @property
    def plot(self) -> LossPlot | None:
        """The chart below the header, once there was something to draw."""
        return self._plot

    def sizeHint(self) -> QSize:
        """As in the design."""
        return QSize(296, 180)

    def redraw(self) -> None:
        """Draw the newest history."""
        snapshot = self._bridge.document.snapshot
        drawable = snapshot is not None and len(self._whole_history(snapshot)) > FEWEST_EPOCHS
        self._header.setVisible(drawable)
        if snapshot is None or not drawable:
            self._empty.show_levels(self._levels())
            self._stack.setCurrentIndex(0)
            return
        curves = self._curves(snapshot)
        self._show_header(curves)
        plot = self._plot or self._build_plot()
        plot.show_curves(curves)
        self._stack.setCurrentWidget(plot)

    def numbers(self) -> list[tuple[str | float, ...]]:
        """Return the curves, epoch by epoch."""
        snapshot = self._bridge.document.snapshot
        if snapshot is None:
            return []
        history = self._whole_history(snapshot)
        columns = (history.epoch, *self._columns(history))
        return [
            (self.tr("epoch"), self.tr("training"), self.tr("validation")),
            *zip(*(c.tolist() for c in columns), strict=True),
        ]

    def _build_plot(self) -> LossPlot:
        from ann_viz.ui.charts.loss_plot import LossPlot  # pyqtgraph takes longer to import than the window

        self._plot = LossPlot()
        self._stack.addWidget(self._plot)
        return self._plot

    def _columns(self, history: HistoryView) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the two columns of the history that are drawn."""
        return history.train_loss, history.validation_loss

    def _curves(self, snapshot: Snapshot) -> LossCurves:
        document, history = self._bridge.document, self._whole_history(snapshot)
        running = document.state is RunState.RUNNING
        train, validation = self._columns(history)
        has_validation = history.is_validated
        best_epoch = (document.newest or snapshot).best_epoch
        rows = np.flatnonzero(history.epoch == best_epoch)
        best = int(rows[0]) if has_validation and len(rows) and best_epoch > 0 else None
        return LossCurves(
            epoch=history.epoch,
            train=train,
            validation=validation if has_validation else None,
            best=best,
            baseline=self._baseline,
            log=self.log.isChecked(),
            fast=running and (document.speed.kind == "max" or len(history) > MANY_EPOCHS),
            now=Shown(place_of(snapshot), *self._scores(snapshot.scores)),
            past=document.looking_at is not None,
        )

    def _whole_history(self, snapshot: Snapshot) -> HistoryView:
        """Return the course of the run as far as it is known, also where one looks back."""
        newest = self._bridge.document.newest
        return snapshot.history if newest is None else newest.history

    def _scores(self, scores: EpochScores) -> tuple[float, float]:
        """Return the two of the scores that are drawn."""
        return scores.train_loss, scores.validation_loss

    def _guessing(self) -> float | None:
        """Loss of always giving the commonest class or the mean; it is known for the standard losses only."""
        document = self._bridge.document
        network = document.network_config
        if document.dataset is None or network is None or network.loss_name in {"mae", "huber"}:
            return None
        loss = document.baseline(document.dataset.judged_part).get("loss")
        return float(loss) if loss is not None and np.isfinite(loss) else None

    def _on_guessing_changed(self) -> None:
        self._baseline = self._guessing()
        self.redraw_if_seen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the names of the curves as shortly as the new width asks for."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.redraw_if_seen()

    def _tell_who_answers(self, snapshot: Snapshot | None) -> None:
        """Say of what the losses are, where it is not of the weights that are drawn."""
        tip = self.tr("Losses of the average of the weights over the last epochs: that is the model")
        if snapshot is not None and snapshot.n_networks > 1:
            tip = self.tr("Losses of the mean of {n} networks: that is the model. The curves are of the first")
            tip = tip.format(n=snapshot.n_networks)
        self._answering.setText(answering_tag(snapshot))
        self._answering.setToolTip(plain_tip(tip))
        self._answering.setVisible(bool(answering_tag(snapshot)))

    def _show_header(self, curves: LossCurves) -> None:
        """Name the curves and their newest values; where there is little room the names give way, never a digit."""
        snapshot = self._bridge.document.snapshot
        self.train.setVisible(not curves.runs)
        self.validation.setVisible(curves.validation is not None and not curves.runs)
        self._tell_who_answers(snapshot)
        room, shown = self.contentsRect().width(), curves.shown
        digits = (len(short_number(value)) for value in (shown.train, shown.validation))
        beside = (widget.isHidden() for widget in (self._answering, self.train, self.validation, self.log))
        needs = (room, self._answering.text(), *digits, *beside, theme.current(), theme.magnified())
        if needs == self._needs:  # to try out how much there is room for takes longer than to draw it
            self._name_curves(curves, *self._names)
            return
        self._needs = needs
        train, long, short = self.tr("train"), self.tr("validation"), self.tr("valid.")
        for spacing, *names in ((8, train, long), (8, train, short), (3, train, short), (8, "", "")):
            self._row.setSpacing(spacing)
            self._names = names[0], names[1]
            self._name_curves(curves, *self._names)
            self._caption.setVisible(not self.log.isHidden() and bool(names[0]))
            if self._row.sizeHint().width() <= room:
                break

    def _name_curves(self, curves: LossCurves, train: str, validation: str) -> None:
        tokens, shown = theme.current(), curves.shown
        self.train.setText(dotted(tokens.train, train, short_number(shown.train)))
        if curves.validation is not None:
            self.validation.setText(dotted(tokens.validation, validation, short_number(shown.validation)))


def place_of(snapshot: Snapshot) -> float:
    """Return where the scores of a snapshot are on the axis of epochs."""
    if snapshot.measured is None:
        return snapshot.history.last("epoch")
    of = snapshot.weights_of
    return of.epoch + of.batch / snapshot.n_batches


def dotted(colour: str, name: str, value: str) -> Rich:
    """Return a curve's label: a dot in its colour, its name, and its newest value."""
    strong = theme.current().text
    return rich(DOTTED, colour=colour, name=name, strong=strong, value=value)
