"""The live numbers of the toolbar: which weights, their losses and their score, all of one snapshot."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ann_viz.engine import USUAL_THRESHOLD, Snapshot
from ann_viz.explain.moment import answering_tag, counted_text, stop_text
from ann_viz.numerals import NOTHING, format_number, percent, short_number
from ann_viz.session import RunState
from ann_viz.ui.document.bridge import Bridge
from ann_viz.ui.kit.line import vertical_line
from ann_viz.ui.kit.plain_text import plain_tip
from ann_viz.ui.window.metric_label import MetricLabel

__all__ = ["MetricStrip", "rate_and_unit"]

INTERVAL_S: Final = 0.1
LINE_HEIGHT: Final = 34
LONG_RUN: Final = 888  # epochs of a run without end


class MetricStrip(QWidget):
    """Epoch, losses and score of the weights on show; while training runs, of the last end of an epoch.

    Parameters
    ----------
    bridge : Bridge
        To the document.
    """

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._last = 0.0
        self._compact = self._tight = False
        self._room = 0
        self._captions: tuple[str, ...] = ()
        self._lines: list[QFrame] = []
        self.epoch = MetricLabel(self.tr("Epoch"), self)
        self.train_loss = MetricLabel(self.tr("Loss, training"), self, dot="train")
        self.validation_loss = MetricLabel(self.tr("Loss, validation"), self, dot="validation")
        self.accuracy = MetricLabel(self.tr("Accuracy"), self)
        self.samples = MetricLabel(self.tr("Rows / s"), self)
        self._metrics = (self.epoch, self.train_loss, self.validation_loss, self.accuracy, self.samples)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for metric in self._metrics:
            if metric is not self.epoch:
                row.addWidget(self._line())
            row.addWidget(metric)
        bridge.dataset_changed.connect(self._reserve)
        bridge.dataset_changed.connect(self.show_metrics)
        bridge.settings_changed.connect(self._reserve)
        bridge.settings_changed.connect(self.show_metrics)
        bridge.snapshot_changed.connect(self._on_snapshot_changed)
        bridge.state_changed.connect(self.show_metrics)
        self.show_metrics()

    def _line(self) -> QFrame:
        line = vertical_line(self)
        line.setFixedHeight(LINE_HEIGHT)
        self._lines.append(line)
        return line

    def _reserve(self) -> None:
        """Keep room for the numbers that will come, where there is some: the button under the pointer stays there."""
        epochs = format_number(self._bridge.document.train_config.epochs or LONG_RUN)
        self.epoch.reserve(epochs, self.tr("(best) of {n}").format(n=epochs))
        for loss in (self.train_loss, self.validation_loss):
            loss.reserve("0.000")
        self.accuracy.reserve("88.8", "%")
        self.samples.reserve("888.8", "k")
        seen = [metric.sizeHint().width() for metric in self._metrics if not metric.isHidden()]
        if sum(seen) + len(seen) > self._room:  # with a pixel for each line; the layout learns of it only later
            for metric in self._metrics:
                metric.reserve("")

    def _on_snapshot_changed(self) -> None:
        now = time.monotonic()
        running = self._bridge.document.state is RunState.RUNNING
        if running and now - self._last < INTERVAL_S:
            return
        self._last = now
        self.show_metrics()

    def show_metrics(self) -> None:
        """Show the newest numbers, all of the same weights."""
        document = self._bridge.document
        snapshot, dataset = document.snapshot, document.described
        self._name_metrics()
        self.epoch.show_past(document.looking_at is not None)
        self.epoch.set_value(*self._moment(snapshot))
        looking = document.looking_at is not None
        if dataset is None or snapshot is None or (snapshot.step == 0 and not looking):
            for metric in self._metrics[1:]:
                metric.set_value(NOTHING)
            self._explain("")
            return
        scores = snapshot.scores
        self.train_loss.set_value(short_number(scores.train_loss))
        self.validation_loss.set_value(short_number(scores.validation_loss))
        if dataset.recipe.task == "regression":
            self.accuracy.set_value(short_number(snapshot.judged_metric))
        else:
            share = self._accuracy(snapshot)
            self.accuracy.set_value(*((NOTHING,) if share is None else (format_number(share * 100, ".1f"), "%")))
        self.samples.set_value(*((NOTHING,) if looking else rate_and_unit(document.samples_per_second)))
        running = document.state is RunState.RUNNING and not looking
        self._tell_pace(running)
        self._explain("" if running else f"{counted_text(snapshot)} {stop_text(snapshot)}".strip())

    def _accuracy(self, snapshot: Snapshot) -> float | None:
        """Return the share of right answers at the threshold; the engine counts at the usual one only.

        None where that takes rows and these are missing.
        """
        document, dataset = self._bridge.document, self._bridge.document.dataset
        if document.threshold == USUAL_THRESHOLD:
            return snapshot.judged_metric
        return None if dataset is None else document.metrics(dataset.judged_part)["accuracy"]

    def _moment(self, snapshot: Snapshot | None) -> tuple[str, str]:
        """Return which weights the numbers are of: "16 / 80", "6 (best) of 16", "3 + 12 of 51"."""
        total = self._bridge.document.train_config.epochs
        of_all = f"/ {format_number(total)}" if total else ""
        if snapshot is None:
            return "0", of_all
        of, newest = snapshot.weights_of, self._bridge.document.newest
        if self._bridge.document.looking_at is not None and newest is not None:
            unit = self.tr("of {n}").format(n=format_number(newest.epoch))
        elif of.restored:
            best = self.tr("(best) of {n}") if of.epoch == snapshot.best_epoch else self.tr("of {n}")
            unit = best.format(n=format_number(snapshot.epoch))
        else:
            unit = of_all
        if of.batch and snapshot.measured is not None:
            unit = f"+ {format_number(of.batch)}/{format_number(snapshot.n_batches)}"
        return format_number(of.epoch), self.tr("{moment}, by hand").format(moment=unit) if of.edited else unit

    def _name_metrics(self) -> None:
        """Name the losses, and leave out what there is not."""
        document = self._bridge.document
        dataset, snapshot = document.described, document.snapshot
        weighted = document.train_config.class_weights is not None
        validated = snapshot is None or snapshot.history.is_validated
        tag, who = answering_tag(snapshot, brief=self._compact), answering_tag(snapshot, brief=True)
        several = snapshot is not None and snapshot.n_networks > 1
        # What is said behind the names takes room, and the loss on training rows gives way.
        gives_way = (self._compact and several) or (self._tight and bool(tag))
        right = self.tr("Accuracy")
        if several and self._compact:
            train, validation = self.tr("Train"), self.tr("Val.") if self._tight else self.tr("Valid.")
            right = self.tr("Acc.") if self._tight else right
        elif self._compact:
            train = self.tr("Train") if validated else self.tr("Loss")
            validation = self.tr("Valid.") if self._tight else self.tr("Validation")
        elif weighted:  # training counts classes, these numbers count rows
            train, validation = self.tr("Unweighted, training"), self.tr("Unweighted, validation")
        elif several:  # more is said behind it
            train, validation = self.tr("Train"), self.tr("Valid.")
        elif tag:  # which is said behind it, and takes room
            train, validation = self.tr("Loss, train"), self.tr("Loss, valid.")
        else:
            train, validation = self.tr("Loss, training"), self.tr("Loss, validation")
        regression = dataset is not None and dataset.recipe.task == "regression"
        self._caption(((train, tag), (validation, tag), ("R²" if regression else right, who)))
        for metric, shown in ((self.train_loss, not gives_way), (self.validation_loss, validated)):
            for widget in (metric, self._lines[self._metrics.index(metric) - 1]):
                if widget.isHidden() == shown:
                    widget.setVisible(shown)

    def _caption(self, names: Iterable[tuple[str, str]]) -> None:
        """Write names over losses and score, each with what answers, if there is something to be said of that."""
        captions = tuple(f"{name} · {who}" if who else name for name, who in names)
        for metric, caption in zip((self.train_loss, self.validation_loss, self.accuracy), captions, strict=True):
            metric.set_caption(caption)
        if captions != self._captions:  # they may need the room that was kept
            self._captions = captions
            self._reserve()

    def _tell_pace(self, running: bool) -> None:
        """Say on hover how often the picture follows, and why not more often."""
        pace, text = self._bridge.pace, ""
        if running:
            text = self.tr("The picture follows {n} times a second. A frame takes {ms} ms of the processor.")
            cost = format_number(max(1, round(pace.cost_s * 1000)))
            text = text.format(n=format_number(pace.per_second, ".0f"), ms=cost)
        if running and pace.is_slowed:
            text += " " + self.tr("More of them would hold training up.")
        if text != self.samples.accessibleDescription():
            self.samples.setToolTip(plain_tip(text))
            self.samples.setAccessibleDescription(text)

    def _explain(self, text: str) -> None:
        """Say on hover, and to screen readers, what the numbers are of."""
        if text != self.epoch.accessibleDescription():
            for metric in self._metrics[:-1]:
                metric.setToolTip(plain_tip(text))
                metric.setAccessibleDescription(text)
        threshold, counted = self._bridge.document.threshold, ""
        if threshold != USUAL_THRESHOLD:
            counted = self.tr("Right answers where yes is said from {percent} on.").format(percent=percent(threshold))
        self.accuracy.setToolTip(plain_tip(f"{counted} {text}".strip()))

    def set_compact(self, compact: bool, *, tight: bool = False, room: int = 0) -> None:
        """Show fewer numbers, under shorter names; under still shorter ones where it is tight.

        In a `room` of enough pixels there is some for all numbers that will come.
        """
        self._compact, self._tight, self._room = compact, tight, room
        self.samples.setVisible(not compact)
        self._lines[-1].setVisible(not compact)
        self._name_metrics()
        self._reserve()

    def changeEvent(self, event: QEvent) -> None:
        """Tint the dots anew when the theme changes."""
        if event.type() == QEvent.Type.PaletteChange:
            for metric in self._metrics:
                metric.tint()
            self.show_metrics()
        super().changeEvent(event)


def rate_and_unit(per_second: float) -> tuple[str, str]:
    """Return a rate with its unit: 41.2 k."""
    if per_second <= 0:
        return NOTHING, ""
    if per_second >= 1e6:
        return format_number(per_second / 1e6, ".1f"), "M"
    if per_second >= 1e3:
        return format_number(per_second / 1e3, ".1f"), "k"
    return format_number(per_second, ".0f"), ""
